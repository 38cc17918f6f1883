"""What partners show in the house: the room, what the search box finds, the personal data held, the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import personal
from core.models import PersonalValue
from core.registry import (
    ActionWords,
    CreateItem,
    NavItem,
    PersonalHolding,
    Seed,
    register_action_words,
    register_create,
    register_nav,
    register_personal_holding,
    register_seed,
)


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


def _held_contacts() -> Iterator[dict[str, Any]]:
    """Who has contact values here and until when, without the values."""
    from partners.models import Person  # noqa: PLC0415 -- models, once asked
    from partners.models.people import CONTACT_PURPOSE  # noqa: PLC0415

    rows = PersonalValue.objects.filter(holder_type=Person._meta.label_lower, purpose=CONTACT_PURPOSE)
    people = {person.pk: person for person in Person.objects.filter(pk__in=rows.values("holder_pk"))}
    for row in rows.order_by("holder_pk", "field"):
        if person := people.get(row.holder_pk):
            yield {
                "holder": person.full_name,
                "holder_pk": person.pk,
                "url": person.get_absolute_url(),
                "field": row.field,
                "class": row.data_class,
                "until": row.erase_on,
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
