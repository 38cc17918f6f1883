from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.generic import DetailView

from core import personal
from core.errors import DomainError
from core.lists import Choice, Column, Filter, FilteredList, Words
from core.views import StaffView, staff_action
from matters.models import Matter
from partners.views.base import SaveView
from resources import services
from resources.choices import CarKind, ResourceKind
from resources.contacts import end_of
from resources.forms import FOREIGN, FORMS, BlockForm
from resources.models import Booking, Resource
from resources.models.resources import CONTACT_PURPOSE
from resources.services.bookings import CHILDREN
from resources.services.contracts import TOLD_BEFORE
from resources.views.base import SLUG_OF, SLUGS, TITLES, room_tabs

WORKS_SHOWN = 12
CONTRACTS_SHOWN = 6
NEW_TITLES = {
    ResourceKind.INTERPRETER: gettext_lazy("New interpreter"),
    ResourceKind.CAR: gettext_lazy("New vehicle"),
    ResourceKind.DRIVER: gettext_lazy("New driver"),
    ResourceKind.HALL: gettext_lazy("New hall"),
    ResourceKind.EQUIPMENT: gettext_lazy("New equipment"),
}


class DirectoryView(StaffView, FilteredList):
    """Interpreters, vehicles, drivers, halls or equipment."""

    permission_required = "resources.view_resource"
    template_name = "resources/directory.html"
    default_sort = "sort_key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["slug"] not in SLUGS:
            raise Http404
        self.kind = SLUGS[kwargs["slug"]]
        self.list_code = f"resources.{self.kind}"
        self.title = TITLES[ResourceKind(self.kind)]
        self.columns = self._columns(may_read_ratings=request.user.has_perm("resources.read_ratings"))
        return super().dispatch(request, *args, **kwargs)

    def get_filters(self) -> list[Filter]:
        filters: list[Filter] = [Words("q", _("Words"), ("name", "note"))]
        if self.kind == ResourceKind.INTERPRETER:
            filters.append(
                Choice(
                    "language",
                    _("Language"),
                    FOREIGN,
                    narrow=lambda rows, value, request: rows.speaking(value),
                )
            )
        if self.kind == ResourceKind.CAR:
            filters.append(Choice("body", _("Vehicle"), CarKind.choices))
        filters.append(
            Choice(
                "shown",
                _("Shown"),
                [("closed", _("closed ones"))],
                narrow=lambda rows, value, request: CHILDREN[self.kind].objects.filter(is_active=False),
                any_label=pgettext("resources", "in use"),
            )
        )
        return filters

    def get_rows(self) -> Any:
        return CHILDREN[self.kind]._default_manager.filter(is_active="shown" not in self.request.GET)

    def prepare(self, rows: Any) -> Any:
        if self.kind == ResourceKind.INTERPRETER:
            return rows.with_pairs().with_rating()
        if self.kind == ResourceKind.CAR:
            return rows.select_related("usual_driver")
        if self.kind in (ResourceKind.HALL, ResourceKind.EQUIPMENT):
            return rows.select_related("place")
        return rows

    def _columns(self, *, may_read_ratings: bool) -> tuple[Column, ...]:
        is_person = self.kind in (ResourceKind.INTERPRETER, ResourceKind.DRIVER)
        name = Column("name", _("Name and surname") if is_person else _("Name"), sort="sort_key")
        note = Column("note", _("Note"))
        rating = (
            (Column("rating", _("Rating"), css="end"),)
            if self.kind == ResourceKind.INTERPRETER and may_read_ratings
            else ()
        )
        return {
            ResourceKind.INTERPRETER: (
                name,
                Column(
                    "languages", _("Languages"), value=lambda row: ", ".join(map(str, row.language_labels))
                ),
                Column("sworn", _("Sworn for"), value=lambda row: ", ".join(map(str, row.sworn_labels))),
                Column("fee", _("Fee an hour"), sort="fee", css="end"),
                Column("contract_number", _("Contract"), sort="contract_until"),
                Column("contract_until", _("Contract valid until"), on_page=False),
                *rating,
                note,
            ),
            ResourceKind.CAR: (
                name,
                Column("plate", _("Number plate"), sort="plate"),
                Column("seats", _("Seats"), sort="seats", css="end"),
                Column("usual_driver", _("Usual driver"), value=lambda row: row.usual_driver),
                Column("owner", _("Owner")),
            ),
            ResourceKind.DRIVER: (
                name,
                Column("categories", _("Categories")),
                Column("languages", _("Speaks")),
                note,
            ),
            ResourceKind.HALL: (
                name,
                Column("place", _("Place"), value=lambda row: row.place),
                Column("seats", _("Seats"), sort="seats", css="end"),
                note,
            ),
            ResourceKind.EQUIPMENT: (name, Column("place", _("Kept at"), value=lambda row: row.place), note),
        }[ResourceKind(self.kind)]

    def counted(self, count: int) -> str:
        return ngettext("{n} entry", "{n} entries", count).format(n=count)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context.update(
            kind=self.kind,
            tabs=room_tabs(self.kind),
            add_url=reverse("resources:resource_add", args=[SLUG_OF[self.kind]]),
            add_label=NEW_TITLES[ResourceKind(self.kind)],
            today=timezone.localdate(),
        )
        return context


class ResourceDetailView(StaffView, DetailView):
    permission_required = "resources.view_resource"
    template_name = "resources/resource_detail.html"
    context_object_name = "resource"

    def get_object(self, queryset: Any = None) -> Any:
        parent = get_object_or_404(Resource, pk=self.kwargs["pk"])
        rows = CHILDREN[parent.kind]._default_manager.filter(pk=parent.pk)
        if parent.kind == ResourceKind.INTERPRETER:
            rows = rows.with_pairs().with_rating()
        elif parent.kind == ResourceKind.CAR:
            rows = rows.select_related("usual_driver")
        elif parent.kind in (ResourceKind.HALL, ResourceKind.EQUIPMENT):
            rows = rows.select_related("place")
        return rows.get()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        resource = self.object
        may_read = self.staff.has_perm("resources.read_contacts") and resource.kind in (
            ResourceKind.INTERPRETER,
            ResourceKind.DRIVER,
        )
        contacts = None
        if may_read and self.request.GET.get("kontaktai"):
            holder = Resource(pk=resource.pk)
            contacts = personal.get_values([holder], purpose=CONTACT_PURPOSE, by=self.actor).get(
                resource.pk, {}
            )
        context.update(
            slug=SLUG_OF[resource.kind],
            kind_title=TITLES[ResourceKind(resource.kind)],
            bookings=shown_bookings(
                Booking.objects.filter(resource=resource.pk, period__endswith__gte=timezone.now())[:40],
                self.staff,
            ),
            may_read_contacts=may_read,
            has_contacts=resource.kind in (ResourceKind.INTERPRETER, ResourceKind.DRIVER),
            contacts=contacts,
            contacts_end=end_of(resource) if contacts else None,
            block_form=kwargs.get("block_form") or BlockForm(),
        )
        if resource.kind == ResourceKind.INTERPRETER:
            works = [
                pair
                for pair in services.works_of_interpreter(resource, self.staff)
                if pair[1].row or pair[1].may_be_rated
            ]
            context.update(
                works=works[:WORKS_SHOWN],
                more_works=max(0, len(works) - WORKS_SHOWN),
                may_read_ratings=self.staff.has_perm("resources.read_ratings"),
                is_under_contract=resource.is_under_contract(timezone.localdate()),
                contracts=self._contracts(resource),
                contract_ends_in=_days_left(resource.contract_until),
            )
        return context

    def _contracts(self, interpreter: Any) -> list[Any]:
        """The signed contracts, for those who may open them."""
        if not self.staff.has_perm("resources.read_contracts"):
            return []
        rows = list(interpreter.contracts.all()[:CONTRACTS_SHOWN])
        for row in rows:
            row.erased_on = services.kept_until(row)
        return rows

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write down when the resource is away."""
        if not request.user.has_perm("resources.change_resource"):
            return self.handle_no_permission()
        self.object = self.get_object()
        form = BlockForm(request.POST)
        if form.is_valid():
            try:
                start, end = form.moments
                services.block(self.object, start, end, what=form.cleaned_data["what"], by=self.actor)
                messages.success(request, _("Written down."))
                return redirect(self.object)
            except DomainError as error:
                form.add_error(None, str(error))
        return self.render_to_response(self.get_context_data(block_form=form), status=422)


def _days_left(until: datetime.date | None) -> int | None:
    """How many days a contract is still valid, when they are few."""
    if until is None:
        return None
    left = (until - timezone.localdate()).days
    return left if 0 <= left <= max(TOLD_BEFORE) else None


def shown_bookings(bookings: Any, user: Any) -> list[dict[str, Any]]:
    """Bookings with what this person may know of them; two queries however many."""
    rows = list(bookings.select_related("resource", "matter"))
    matters = {row.matter_id for row in rows if row.matter_id}
    seen = set(Matter.objects.visible_to(user).filter(pk__in=matters).values_list("pk", flat=True))
    return [
        {
            "row": row,
            "starts": timezone.localtime(row.starts_at),
            "ends": timezone.localtime(row.ends_at),
            "what": row.what if row.matter_id is None or row.matter_id in seen else _("another matter"),
            "matter": row.matter if row.matter_id in seen else None,
            "is_away": row.matter_id is None,
        }
        for row in rows
    ]


class ResourceFormView(SaveView):
    kind = ""

    @property
    def may_read_contacts(self) -> bool:
        return self.staff.has_perm("resources.read_contacts")

    def get_form_class(self) -> Any:
        return FORMS[self.kind]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "with_contacts": self.may_read_contacts}

    def get_draft_key(self) -> str:
        return f"resources.{self.kind}:{self.instance.pk or 'new'}"

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            (_("People, halls, vehicles"), reverse("resources:week")),
            (str(TITLES[ResourceKind(self.kind)]), reverse("resources:directory", args=[SLUG_OF[self.kind]])),
        ]

    def save(self, form: Any) -> Any:
        return services.save_resource(
            form.instance,
            by=self.actor,
            fields=form.own_fields,
            revision=form.cleaned_data.get("revision"),
            pairs=form.pairs,
            contacts=form.contacts,
        )

    def show_stale(self, form: Any, theirs: Any) -> HttpResponse:
        """The row that was guarded is the parent; what the form shows is its kind's."""
        return super().show_stale(form, CHILDREN[self.kind]._default_manager.get(pk=theirs.pk))


class ResourceCreateView(ResourceFormView):
    permission_required = "resources.add_resource"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["slug"] not in SLUGS:
            raise Http404
        self.kind = SLUGS[kwargs["slug"]]
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return str(NEW_TITLES[ResourceKind(self.kind)])

    def get_instance(self) -> Any:
        return CHILDREN[self.kind]()

    def get_initial(self) -> dict[str, Any]:
        place = self.request.GET.get("place", "")
        return {"place": place} if place.isdecimal() and len(place) < 10 else {}


class ResourceUpdateView(ResourceFormView):
    permission_required = "resources.change_resource"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.kind = get_object_or_404(Resource, pk=kwargs["pk"]).kind
        return super().dispatch(request, *args, **kwargs)

    def get_instance(self) -> Any:
        return CHILDREN[self.kind]._default_manager.get(pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Change: {name}").format(name=self.instance)

    def get_initial(self) -> dict[str, Any]:
        if self.request.method != "GET" or not self.may_read_contacts:
            return {}
        if self.kind not in (ResourceKind.INTERPRETER, ResourceKind.DRIVER):
            return {}
        holder = Resource(pk=self.kwargs["pk"])
        return personal.get_values([holder], purpose=CONTACT_PURPOSE, by=self.actor).get(holder.pk, {})


@staff_action("resources.change_resource")
def resource_close(request: HttpRequest, pk: int) -> HttpResponse:
    resource = get_object_or_404(Resource, pk=pk)
    try:
        services.close_resource(resource, by=request.actor)
        messages.success(request, _("It may not be chosen any more. What was booked stays in the history."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(resource)


@staff_action("resources.change_resource")
def resource_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    resource = get_object_or_404(Resource, pk=pk)
    services.reopen_resource(resource, by=request.actor)
    messages.success(request, _("It may be chosen again."))
    return redirect(resource)


@staff_action("resources.change_resource")
def block_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the time a resource was said to be away; a matter's booking is let go from the matter."""
    booking = get_object_or_404(Booking.objects.select_related("resource"), pk=pk, matter=None)
    services.release(booking, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect(booking.resource)
