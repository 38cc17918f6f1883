"""What partners show in the house: the room, what the search box finds, the personal data held, the words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from core import personal
from core.actor import Actor
from core.registry import (
    ActionWords,
    CreateItem,
    DaySource,
    NavItem,
    PersonalHolding,
    SearchSource,
    Seed,
    register_action_words,
    register_create,
    register_day_source,
    register_nav,
    register_personal_holding,
    register_search_source,
    register_seed,
)
from core.search import SearchDocument

ENDING_SHOWN = 5


def register() -> None:
    register_nav(
        NavItem(
            "relations",
            _("Partners"),
            "partners:list",
            "world",
            "partners.view_city",
            10,
            prefix="/partneriai/",
        )
    )
    register_create(
        CreateItem(_("person of a partner"), "partners:person_add", "user-plus", "partners.add_person")
    )
    register_search_source(
        SearchSource("cities", _("Partners"), "world", _cities, 30, "partners.view_city", "partners.city")
    )
    register_search_source(
        SearchSource(
            "people", _("People of partners"), "user", _people, 35, "partners.view_person", "partners.person"
        )
    )
    register_personal_holding(
        PersonalHolding(
            code="partners.contacts",
            label=_("Contacts of partners' people"),
            holder_type="partners.person",
            purpose=_("To keep in touch with partners: invitations, letters, visits."),
            kept=lazy(_kept, str)(),
            fields={"email": _("e-mail"), "phone": _("telephone")},
            holders=_holders,
            export=_export_person,
            forget=_forget_person,
            erase=_bring_up_to_date,
            url_name="partners:person",
            permission="partners.view_person",
            order=20,
        )
    )
    register_day_source(
        DaySource("partners.contacts", "partners/_contacts_ending.html", _ending, column="side", order=60)
    )
    register_action_words(
        ActionWords(
            code="partners",
            words={
                "city.added": (_("partner city added"), "world"),
                "city.changed": (_("partner city changed"), "pencil"),
                "city.event_added": (_("event of the history added"), "history"),
                "city.event_changed": (_("event of the history changed"), "history"),
                "city.event_deleted": (_("event of the history deleted"), "trash"),
                "institution.added": (_("institution added"), "building"),
                "institution.changed": (_("institution changed"), "building"),
                "person.added": (_("person added"), "user-plus"),
                "person.changed": (_("person changed"), "user-edit"),
                "person.post_added": (_("post added"), "id-badge"),
                "person.post_changed": (_("post changed"), "id-badge"),
                "person.contacts_checked": (_("contacts found right"), "check"),
                "person.contacts_erased": (_("contacts erased"), "eraser"),
            },
        )
    )
    register_seed(Seed("partners", _seed, order=20, at_once=True))


def _cities(pks: Iterable[int] | None) -> Iterator[SearchDocument]:
    from partners.models import City  # noqa: PLC0415 -- models, once asked

    rows = City.objects.prefetch_related("events", "institutions")
    for city in (rows if pks is None else rows.filter(pk__in=pks)).iterator(chunk_size=200):
        with override("lt"):
            words = [
                city.name_local,
                str(city.get_country_display()),
                city.region,
                city.note,
                *map(str, city.area_labels),
            ]
        words += [event.text for event in city.events.all()]
        words += [word for one in city.institutions.all() for word in (one.name_lt, one.name_local)]
        yield SearchDocument(
            pk=city.pk,
            title=city.name_lt,
            subtitle=city.name_local if city.name_local != city.name_lt else "",
            text=" ".join(word for word in words if word),
            url=city.get_absolute_url(),
        )


def _people(pks: Iterable[int] | None) -> Iterator[SearchDocument]:
    """Names and posts only: contacts never enter the search."""
    from partners.models import Person  # noqa: PLC0415 -- models, once asked

    rows = Person.objects.filter(is_active=True).with_posts()
    for person in (rows if pks is None else rows.filter(pk__in=pks)).iterator(chunk_size=200):
        posts = list(person.posts.all())
        words = [person.own_name]
        for post in posts:
            place = post.of_city
            words += [post.title_lt, post.title_local, post.where, place.name_lt if place else ""]
        held = person.post_today()
        yield SearchDocument(
            pk=person.pk,
            title=person.full_name,
            subtitle=", ".join(
                part
                for part in (person.own_name, held.title_lt if held else "", held.where if held else "")
                if part
            ),
            text=" ".join(word for word in words if word),
            url=person.get_absolute_url(),
        )


def _holders() -> Any:
    from partners.models import Person  # noqa: PLC0415 -- models, once asked

    return Person.objects.annotate(held_name=Concat("first_name", Value(" "), "last_name"))


def _forget_person(pk: int, by: Actor) -> int:
    from partners import contacts  # noqa: PLC0415 -- once asked
    from partners.models import Person  # noqa: PLC0415

    return contacts.erase(Person.objects.get(pk=pk), by=by)


def _bring_up_to_date(today: datetime.date) -> int:
    from partners import contacts  # noqa: PLC0415 -- once asked

    return contacts.bring_up_to_date(today)


def _kept() -> str:
    """How long, by the rules in force today."""
    from core.deadlines import period_words  # noqa: PLC0415 -- once asked
    from core.models import DeadlineRule  # noqa: PLC0415
    from partners.contacts import CHECKED_RULE, POST_RULE  # noqa: PLC0415

    codes = [CHECKED_RULE, POST_RULE]
    rules = DeadlineRule.objects.filter(code__in=codes).in_force(timezone.localdate())
    periods = {rule.code: period_words(rule.length, rule.unit) for rule in reversed(rules)}
    if len(periods) < len(codes):
        return gettext("No rule says how long: set it in the deadline rules.")
    return gettext(
        "From the last check: %(checked)s; from the end of the last post: %(post)s; or until the person asks."
    ) % {"checked": periods[CHECKED_RULE], "post": periods[POST_RULE]}


def _ending(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """My day of those who keep the directory: contacts that go within a month unless somebody checks them."""
    from partners import contacts  # noqa: PLC0415 -- once asked

    if not (user.has_perm("partners.change_person") and user.has_perm("partners.read_contacts")):
        return None
    people = list(contacts.ending(today)[: ENDING_SHOWN + 1])
    return {"people": people[:ENDING_SHOWN], "more": len(people) > ENDING_SHOWN} if people else None


def _export_person(pk: int, by: Actor) -> dict[Any, Any]:
    """All that is kept of the person, for the person."""
    from partners.models import Person  # noqa: PLC0415 -- models, once asked
    from partners.models.people import CONTACT_PURPOSE  # noqa: PLC0415

    person = Person.objects.with_posts().get(pk=pk)
    contacts = personal.get_values([person], purpose=CONTACT_PURPOSE, by=by).get(pk, {})
    return {
        _("Name and surname"): person.full_name,
        _("Name in its own script"): person.own_name,
        _("Languages"): [str(label) for label in person.language_labels],
        _("Remarks"): person.note,
        _("Posts"): [
            f"{post.title_lt}, {post.where} ({post.starts_on or '…'} – {post.ends_on or '…'})"
            for post in person.posts.all()
        ],
        _("E-mail"): contacts.get("email", ""),
        _("Telephone"): contacts.get("phone", ""),
    }


def _seed() -> str:
    from partners import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()
