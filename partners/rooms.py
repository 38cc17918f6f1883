"""What partners show in the house: the room, what the search box finds, the personal data held, the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core import personal
from core.models import PersonalValue
from core.registry import (
    ActionWords,
    CreateItem,
    NavItem,
    PersonalHolding,
    SearchSource,
    Seed,
    register_action_words,
    register_create,
    register_nav,
    register_personal_holding,
    register_search_source,
    register_seed,
)
from core.search import SearchDocument


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
            list_rows=_held_contacts,
            export=_export_person,
            erase=lambda today: 0,  # core erases every value on its day; there are no rows of our own
        )
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
                "person.contacts_erased": (_("contacts erased"), "eraser"),
            },
        )
    )
    register_seed(Seed("partners", _seed, order=20))


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


def _held_contacts() -> Iterator[dict[str, Any]]:
    """Who has contact values here and until when, without the values."""
    from partners.models import Person  # noqa: PLC0415 -- models, once asked
    from partners.models.people import CONTACT_PURPOSE  # noqa: PLC0415

    found: dict[int, list[PersonalValue]] = {}
    for row in PersonalValue.objects.filter(
        holder_type=Person._meta.label_lower, purpose=CONTACT_PURPOSE
    ).order_by("holder_pk", "field"):
        found.setdefault(row.holder_pk, []).append(row)
    for person in Person.objects.filter(pk__in=found):
        rows = found[person.pk]
        yield {
            "holder_pk": person.pk,
            "name": person.full_name,
            "fields": [row.field for row in rows],
            "erase_on": min((row.erase_on for row in rows if row.erase_on), default=None),
            "url": person.get_absolute_url(),
            "matter": "",
        }


def _export_person(pk: int) -> dict[str, Any]:
    """All that is kept of the person, for the person."""
    from core.actor import Actor  # noqa: PLC0415 -- once asked
    from partners.models import Person  # noqa: PLC0415
    from partners.models.people import CONTACT_PURPOSE  # noqa: PLC0415

    person = Person.objects.with_posts().get(pk=pk)
    return {
        "name": person.full_name,
        "own_name": person.own_name,
        "languages": person.languages,
        "note": person.note,
        "posts": [
            {
                "title": post.title_lt,
                "where": post.where,
                "from": str(post.starts_on or ""),
                "until": str(post.ends_on or ""),
            }
            for post in person.posts.all()
        ],
        "contacts": personal.get_values([person], purpose=CONTACT_PURPOSE, by=Actor.system()).get(pk, {}),
    }


def _seed() -> str:
    from partners import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()
