from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, TemplateView

from core.lists import Choice, Column, FilteredList, Words
from core.registry import panels
from core.views import StaffView, staff_action
from partners import map as maps
from partners import services
from partners.choices import Area, CityStatus, Country
from partners.forms import CityEventForm, CityForm, InstitutionForm
from partners.models import City, CityEvent, Institution, PersonPost
from partners.views.base import SaveView


def _countries(request: HttpRequest) -> list[tuple[str, Any]]:
    codes = City.objects.order_by("country").values_list("country", flat=True).distinct()
    return sorted(((code, Country(code).label) for code in codes), key=lambda pair: str(pair[1]))


class CityListView(StaffView, FilteredList):
    permission_required = "partners.view_city"
    template_name = "partners/city_list.html"
    list_code = "partners.cities"
    title = gettext_lazy("Partners")
    filters = (
        Words(
            "q",
            gettext_lazy("Words"),
            ("name_lt", "name_local", "region", "note"),
            placeholder=gettext_lazy("name in either language"),
        ),
        Choice("country", gettext_lazy("Country"), _countries),
        Choice("status", gettext_lazy("Partnership"), CityStatus.choices),
        Choice(
            "area",
            gettext_lazy("Area"),
            Area.choices,
            narrow=lambda rows, value, request: rows.filter(areas__contains=[value]),
        ),
    )
    columns = (
        Column("name_lt", gettext_lazy("City"), sort="sort_key"),
        Column(
            "country", gettext_lazy("Country"), sort="country", value=lambda row: row.get_country_display()
        ),
        Column("agreement_year", gettext_lazy("Since"), sort="agreement_year", css="end"),
        Column(
            "basis",
            gettext_lazy("Basis and areas"),
            value=lambda row: ", ".join(map(str, [row.get_agreement_kind_display(), *row.area_labels])),
        ),
        Column("people_count", gettext_lazy("People"), css="end"),
        Column("status", gettext_lazy("State"), value=lambda row: row.get_status_display()),
        Column("source", gettext_lazy("Source"), on_page=False),
    )
    views = (
        ("", gettext_lazy("All")),
        ("status=active", gettext_lazy("Active")),
        ("status=check_status", gettext_lazy("To be checked")),
    )
    default_sort = "sort_key"

    def get_rows(self) -> Any:
        return City.objects.all()

    def prepare(self, rows: Any) -> Any:
        return rows.with_people_count(timezone.localdate()).select_related("succeeded_by")

    def counted(self, count: int) -> str:
        return ngettext("{n} partner", "{n} partners", count).format(n=count)


class CityMapView(StaffView, TemplateView):
    """Every partner on one map; the list beneath says the same in words."""

    permission_required = "partners.view_city"
    template_name = "partners/city_map.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        cities = list(City.objects.partners())
        placed = [city for city in cities if city.latitude is not None]
        countries: dict[str, list[City]] = {}
        for city in cities:
            countries.setdefault(str(city.get_country_display()), []).append(city)
        context.update(
            drawing=maps.draw_all(placed),
            unplaced=[city for city in cities if city.latitude is None],
            countries=sorted(countries.items(), key=lambda pair: (-len(pair[1]), pair[0])),
        )
        return context


class CityPage(StaffView, DetailView):
    """What the pages of one city share: head and tabs."""

    permission_required = "partners.view_city"
    model = City
    context_object_name = "city"
    tab = "overview"

    def get_queryset(self) -> Any:
        return City.objects.select_related("responsible", "succeeded_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        city, today = self.object, timezone.localdate()
        shown_panels = self._panels(city)
        counts = PersonPost.objects.of_city(city).aggregate(
            now=Count(
                "person",
                distinct=True,
                filter=Q(ends_on=None) | Q(ends_on__gte=today),
            ),
            ever=Count("person", distinct=True),
        )
        context.update(
            counts=counts,
            panels=shown_panels,
            clock=_clock(city.hours_ahead()),
            is_oldest=_is_oldest(city),
            acts=[act for panel in shown_panels for act in panel["content"].get("acts", ())],
            tabs=[
                {
                    "label": _("Overview"),
                    "url": reverse("partners:city", args=[city.pk]),
                    "here": self.tab == "overview",
                    "count": None,
                },
                {
                    "label": _("People"),
                    "url": reverse("partners:city_people", args=[city.pk]),
                    "here": self.tab == "people",
                    "count": counts["now"],
                },
            ],
        )
        return context

    def _panels(self, city: City) -> list[dict[str, Any]]:
        """What upper floors have on this city, each for those who may see it."""
        shown = []
        for panel in panels("partners:city"):
            if panel.permission and not self.staff.has_perm(panel.permission):
                continue
            content = panel.context(self.request, city)
            if content is not None:
                shown.append({"template": panel.template, "title": panel.title, "content": content})
        return shown


def _clock(hours: float | None) -> str:
    """How the partner's clock differs from ours, in words."""
    if hours is None:
        return ""
    if hours == 0:
        return _("the same time as in Alytus")
    amount = formats.number_format(abs(hours), 0 if hours == int(hours) else 1)
    words = _("{hours} h behind Alytus") if hours < 0 else _("{hours} h ahead of Alytus")
    return words.format(hours=amount)


def _is_oldest(city: City) -> bool:
    year = city.agreement_year
    return bool(year) and not City.objects.partners().filter(agreement_year__lt=year).exists()


class CityDetailView(CityPage):
    template_name = "partners/city_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        city, today = self.object, timezone.localdate()
        posts = PersonPost.objects.of_city(city).current(today).select_related("person", "institution")
        context.update(
            today=today,
            posts=_one_a_person(posts[:60])[:12],
            institutions=city.institutions.filter(is_active=True)[:30],
            events=city.events.all()[:12],
            predecessors=city.predecessors.all() if city.status != CityStatus.SUCCEEDED else [],
            distance=maps.distance_km(city),
            drawing=maps.draw_one(city, City.objects.partners().placed())
            if city.latitude is not None
            else None,
        )
        return context


def _one_a_person(posts: Any) -> list[PersonPost]:
    """Each person once, by the highest post."""
    seen: dict[int, PersonPost] = {}
    for post in posts:
        seen.setdefault(post.person_id, post)
    return list(seen.values())


class CityPeopleView(CityPage):
    template_name = "partners/city_people.html"
    tab = "people"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        posts = list(
            PersonPost.objects.of_city(self.object)
            .select_related("person", "institution")
            .order_by("rank", "person__sort_key")
        )
        now = [post for post in posts if post.holds_on(today)]
        context.update(
            today=today,
            posts=now,
            past=[post for post in posts if not post.holds_on(today)],
        )
        return context


class CityCreateView(SaveView):
    permission_required = "partners.add_city"
    form_class = CityForm
    title = gettext_lazy("New partner city")
    saved_text = gettext_lazy("The city is in the list.")

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [(_("Partners"), reverse("partners:list"))]

    def save(self, form: CityForm) -> City:
        return services.save_city(form.instance, by=self.actor, fields=form.own_fields)


class CityUpdateView(SaveView):
    permission_required = "partners.change_city"
    form_class = CityForm

    def get_instance(self) -> City:
        return get_object_or_404(City, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Change: {name}").format(name=City.objects.get(pk=self.kwargs["pk"]))

    def get_crumbs(self) -> list[tuple[str, str]]:
        city = City.objects.get(pk=self.kwargs["pk"])
        return [(_("Partners"), reverse("partners:list")), (str(city), city.get_absolute_url())]

    def save(self, form: CityForm) -> City:
        return services.save_city(
            form.instance, by=self.actor, fields=form.own_fields, revision=form.cleaned_data["revision"]
        )


class CityEventView(SaveView):
    """Add an event to a city's history (`pk` is the city), or change one (`event`)."""

    permission_required = "partners.change_city"
    form_class = CityEventForm
    title = gettext_lazy("Event of the history")

    def get_city(self) -> City:
        return get_object_or_404(City, pk=self.kwargs["pk"])

    def get_instance(self) -> CityEvent:
        if event := self.kwargs.get("event"):
            return get_object_or_404(CityEvent, pk=event, city=self.kwargs["pk"])
        return CityEvent(city=self.get_city(), year=timezone.localdate().year)

    def get_crumbs(self) -> list[tuple[str, str]]:
        city = self.get_city()
        return [(_("Partners"), reverse("partners:list")), (str(city), city.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.instance.pk:
            context["delete_url"] = reverse("partners:event_delete", args=[self.instance.pk])
            context["delete_title"] = _("Delete this event from the history?")
        return context

    def save(self, form: CityEventForm) -> CityEvent:
        return services.save_event(form.instance, by=self.actor)

    def get_next(self, saved: CityEvent) -> str:
        return saved.city.get_absolute_url()


@staff_action("partners.change_city")
def event_delete(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(CityEvent.objects.select_related("city"), pk=pk)
    services.delete_event(event, by=request.actor)
    messages.success(request, _("The event is deleted from the history."))
    return redirect(event.city)


class InstitutionView(SaveView):
    """Add an institution (`?city=` fills the city in), or change one."""

    permission_required = "partners.change_institution"
    form_class = InstitutionForm

    def get_title(self) -> str:
        return _("Institution") if self.kwargs.get("pk") else _("New institution")

    def get_instance(self) -> Institution:
        if pk := self.kwargs.get("pk"):
            return get_object_or_404(Institution, pk=pk)
        city = self.request.GET.get("city", "")
        found = City.objects.filter(pk=city).first() if city.isdecimal() and len(city) < 10 else None
        return Institution(city=found, language=found.language if found else "en")

    def get_crumbs(self) -> list[tuple[str, str]]:
        crumbs = [(_("Partners"), reverse("partners:list"))]
        city = self.instance.city if getattr(self, "instance", None) else None
        return [*crumbs, (str(city), city.get_absolute_url())] if city else crumbs

    def save(self, form: InstitutionForm) -> Institution:
        return services.save_institution(
            form.instance, by=self.actor, fields=form.own_fields, revision=form.cleaned_data.get("revision")
        )

    def get_next(self, saved: Institution) -> str:
        return saved.city.get_absolute_url() if saved.city else reverse("partners:list")
