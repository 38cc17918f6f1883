from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView

from core import personal
from core.lists import Choice, Column, FilteredList, Words
from core.registry import panels
from core.views import StaffRequest, StaffView, staff_action
from partners import contacts, services
from partners.forms import PersonForm, PostForm
from partners.models import City, Person, PersonPost
from partners.models.people import CONTACT_PURPOSE
from partners.views.base import SaveView


def _people_crumbs() -> list[tuple[str, str]]:
    return [(_("Partners"), reverse("partners:list")), (_("People"), reverse("partners:people"))]


class PersonListView(StaffView, FilteredList):
    permission_required = "partners.view_person"
    template_name = "partners/person_list.html"
    list_code = "partners.people"
    title = gettext_lazy("People of partners")
    filters = (
        Words(
            "q",
            gettext_lazy("Words"),
            search=lambda rows, text, request: rows.named_like(text.replace("\x00", "")),
            placeholder=gettext_lazy("name in either script"),
        ),
        Choice(
            "city",
            gettext_lazy("City"),
            lambda request: [(city.pk, city.name) for city in City.objects.partners()],
            narrow=lambda rows, value, request: rows.of_city(City(pk=int(value))),
        ),
    )
    columns = (
        Column("full_name", gettext_lazy("Name and surname"), sort="sort_key"),
        Column(
            "post",
            gettext_lazy("Post"),
            value=lambda row: post.title_lt if (post := row.post_today()) else "",
        ),
        Column(
            "where", gettext_lazy("Where"), value=lambda row: post.where if (post := row.post_today()) else ""
        ),
        Column(
            "languages", gettext_lazy("Languages"), value=lambda row: ", ".join(map(str, row.language_labels))
        ),
    )
    views = (("", gettext_lazy("All")),)
    default_sort = "sort_key"

    def get_rows(self) -> Any:
        return Person.objects.filter(is_active=True)

    def prepare(self, rows: Any) -> Any:
        return rows.with_posts()

    def counted(self, count: int) -> str:
        return ngettext("{n} person", "{n} people", count).format(n=count)


class PersonDetailView(StaffView, DetailView):
    """A person with posts by date; contacts are read only on request, and the reading is logged."""

    permission_required = "partners.view_person"
    template_name = "partners/person_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> Any:
        return Person.objects.with_posts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        person, today = self.object, timezone.localdate()
        may_read = self.staff.has_perm("partners.read_contacts")
        shown_contacts = None
        if may_read and self.request.GET.get("kontaktai"):
            shown_contacts = personal.get_values([person], purpose=CONTACT_PURPOSE, by=self.actor).get(
                person.pk, {}
            )
        shown = []
        for panel in panels("partners:person"):
            if not panel.permission or self.staff.has_perm(panel.permission):
                content = panel.context(self.request, person)
                if content is not None:
                    shown.append({"template": panel.template, "title": panel.title, "content": content})
        context.update(
            posts=sorted(person.posts.all(), key=lambda post: (not post.holds_on(today), post.rank)),
            today=today,
            may_read_contacts=may_read,
            contacts=shown_contacts,
            contacts_end=contacts.end_of(person) if shown_contacts else None,
            city=next((post.of_city for post in person.posts.all() if post.of_city), None),
            panels=shown,
        )
        return context


class PersonFormView(SaveView):
    permission_required = "partners.change_person"
    form_class = PersonForm

    @property
    def may_read_contacts(self) -> bool:
        return self.staff.has_perm("partners.read_contacts")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "with_contacts": self.may_read_contacts}

    def save(self, form: PersonForm) -> Person:
        return services.save_person(
            form.instance,
            by=self.actor,
            fields=form.own_fields,
            revision=form.cleaned_data.get("revision"),
            contacts=form.contacts,
        )


class PersonCreateView(PersonFormView):
    """A new person; with `?city=` the post in that city comes next."""

    permission_required = "partners.add_person"
    title = gettext_lazy("New person of a partner")
    saved_text = gettext_lazy("The person is in the list. Say which post she or he holds.")

    def get_city(self) -> City | None:
        city = self.request.GET.get("city", "")
        return City.objects.filter(pk=city).first() if city.isdecimal() and len(city) < 10 else None

    def get_instance(self) -> Person:
        city = self.get_city()
        return Person(language=city.language if city else "en")

    def get_crumbs(self) -> list[tuple[str, str]]:
        if city := self.get_city():
            return [
                (_("Partners"), reverse("partners:list")),
                (str(city), reverse("partners:city_people", args=[city.pk])),
            ]
        return _people_crumbs()

    def get_next(self, saved: Person) -> str:
        city = self.get_city()
        return reverse("partners:post_add", args=[saved.pk]) + (f"?city={city.pk}" if city else "")


class PersonUpdateView(PersonFormView):
    def get_instance(self) -> Person:
        return get_object_or_404(Person, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        if self.request.method != "GET" or not self.may_read_contacts:
            return {}
        person = get_object_or_404(Person, pk=self.kwargs["pk"])
        return personal.get_values([person], purpose=CONTACT_PURPOSE, by=self.actor).get(person.pk, {})

    def get_title(self) -> str:
        return _("Change: {name}").format(name=self.instance)

    def get_crumbs(self) -> list[tuple[str, str]]:
        return [
            *_people_crumbs(),
            (
                Person.objects.get(pk=self.kwargs["pk"]).full_name,
                reverse("partners:person", args=[self.kwargs["pk"]]),
            ),
        ]


class PostView(SaveView):
    """Add a post to a person (`pk`), or change one (`post`)."""

    permission_required = "partners.change_person"
    form_class = PostForm
    title = gettext_lazy("Post")

    def get_instance(self) -> PersonPost:
        if post := self.kwargs.get("post"):
            return get_object_or_404(PersonPost, pk=post, person=self.kwargs["pk"])
        person = get_object_or_404(Person, pk=self.kwargs["pk"])
        city = self.request.GET.get("city", "")
        found = City.objects.filter(pk=city).first() if city.isdecimal() and len(city) < 10 else None
        return PersonPost(person=person, city=found)

    def get_crumbs(self) -> list[tuple[str, str]]:
        person = get_object_or_404(Person, pk=self.kwargs["pk"])
        return [*_people_crumbs(), (person.full_name, person.get_absolute_url())]

    def save(self, form: PostForm) -> PersonPost:
        return services.save_post(form.instance, by=self.actor)

    def get_next(self, saved: PersonPost) -> str:
        return saved.person.get_absolute_url()


@staff_action("partners.change_person")
def contacts_erase(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    contacts.erase(person, by=request.actor)
    messages.success(request, _("The contacts are erased for good."))
    return redirect(person)


@staff_action("partners.change_person")
def contacts_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """They are right: kept on from today. Only who may read them can say so."""
    if not request.user.has_perm("partners.read_contacts"):
        raise PermissionDenied
    person = get_object_or_404(Person.objects.with_posts(), pk=pk)
    contacts.confirm(person, by=request.actor)
    messages.success(request, _("The contacts are kept on."))
    return redirect(person)
