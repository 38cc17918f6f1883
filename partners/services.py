"""The verbs of partners: cities, institutions, people and their posts; the list of cities from data."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.models import VersionedModel
from partners.contacts import keep as keep_contacts
from partners.contacts import set_end as set_end_of_contacts
from partners.models import City, CityEvent, Institution, Person, PersonPost

DATA = Path(__file__).parent / "data"
VERIFIED = {"sourced"}  # confidence of the list; what is less asks to be checked

M = TypeVar("M", bound=VersionedModel)


@transaction.atomic
def save_city(city: City, *, by: Actor, fields: list[str], revision: int | None = None) -> City:
    return _save(city, "city", by=by, fields=fields, revision=revision)


@transaction.atomic
def save_institution(
    institution: Institution, *, by: Actor, fields: list[str], revision: int | None = None
) -> Institution:
    return _save(institution, "institution", by=by, fields=fields, revision=revision)


@transaction.atomic
def save_person(
    person: Person,
    *,
    by: Actor,
    fields: list[str],
    revision: int | None = None,
    contacts: dict[str, str] | None = None,
) -> Person:
    """Add or change a person; `contacts` (mail, telephone) are kept encrypted, apart from the row."""
    saved = _save(person, "person", by=by, fields=fields, revision=revision)
    if contacts is not None:
        keep_contacts(saved, contacts)
    return saved


@transaction.atomic
def save_post(post: PersonPost, *, by: Actor) -> PersonPost:
    """Add or change a post; the day decides who holds it, nothing is switched by hand."""
    if post.starts_on and post.ends_on and post.ends_on < post.starts_on:
        raise DomainError(_("The post ends before it begins."), field="ends_on")
    is_new = post.pk is None
    post.save()
    set_end_of_contacts(post.person)
    audit.record(
        "person.post_added" if is_new else "person.post_changed", post.person, by=by, title=post.title_lt
    )
    return post


@transaction.atomic
def end_post(post: PersonPost, *, on: datetime.date, by: Actor) -> PersonPost:
    post.ends_on = on
    return save_post(post, by=by)


@transaction.atomic
def save_event(event: CityEvent, *, by: Actor) -> CityEvent:
    is_new = event.pk is None
    event.save()
    audit.record("city.event_added" if is_new else "city.event_changed", event.city, by=by, text=event.text)
    return event


@transaction.atomic
def delete_event(event: CityEvent, *, by: Actor) -> None:
    audit.record("city.event_deleted", event.city, by=by, text=event.text, year=event.year)
    event.delete()


def _save(row: M, noun: str, *, by: Actor, fields: list[str], revision: int | None) -> M:
    is_new = row.pk is None
    if is_new:
        row.save()
    else:
        row.save_if_current(revision, fields)
    audit.record(f"{noun}.added" if is_new else f"{noun}.changed", row, by=by, fields=sorted(fields))
    return row


# ---- the list of cities from data ----


@transaction.atomic
def sync_cities(*, by: Actor, dry_run: bool = False) -> dict[str, int]:
    """Bring the cities of `data/partner_cities.csv` and their history in; what people changed is left alone.

    A row is known by country and local name. Only fields that nobody has filled are filled.
    """
    counts = {"added": 0, "filled": 0, "events": 0}
    known = {(city.country, city.name_local): city for city in City.objects.all()}
    rows = list(csv.DictReader((DATA / "partner_cities.csv").open(encoding="utf-8")))
    rows.sort(key=lambda row: bool(row["succeeded_by"]))  # a successor must stand first
    for row in rows:
        values = _city_values(row, known)
        city = known.get((row["country"], row["name_local"]))
        if city is None:
            city = City(**values)
            known[(city.country, city.name_local)] = city
            counts["added"] += 1
            if not dry_run:
                save_city(city, by=by, fields=list(values))
            continue
        empty = [
            name for name, value in values.items() if value not in (None, "", []) and not getattr(city, name)
        ]
        empty = [name for name in empty if name != "is_verified"]
        if empty:
            counts["filled"] += 1
            for name in empty:
                setattr(city, name, values[name])
            if not dry_run:
                save_city(city, by=by, fields=empty)
    if not dry_run:
        counts["events"] = _sync_events(known)
    return counts


def _city_values(row: dict[str, str], known: dict[tuple[str, str], City]) -> dict[str, Any]:
    sources = [row["source"], row["place_source"]]
    return {
        "name_lt": row["name_lt"],
        "name_local": row["name_local"],
        "country": row["country"],
        "unit": row["unit"],
        "agreement_year": int(row["agreement_year"]) if row["agreement_year"] else None,
        "agreement_kind": row["agreement_kind"],
        "areas": row["areas"].split(),
        "status": row["status"],
        "succeeded_by": known.get((row["country"], row["succeeded_by"])) if row["succeeded_by"] else None,
        "languages": row["languages"].split(),
        "latitude": row["latitude"] or None,
        "longitude": row["longitude"] or None,
        "zone": row["zone"],
        "note": row["note_lt"],
        "note_en": row["note_en"],
        "source": " ; ".join(part for part in sources if part),
        "is_verified": row["confidence"] in VERIFIED,
    }


def _sync_events(known: dict[tuple[str, str], City]) -> int:
    by_name = {name: city for (_country, name), city in known.items()}
    events = [
        CityEvent(
            city=by_name[row["name_local"]],
            kind=row["kind"],
            year=int(row["year"]),
            text=row["text_lt"],
            text_en=row["text_en"],
            source=row["source"],
            is_imported=True,
        )
        for row in csv.DictReader((DATA / "city_events.csv").open(encoding="utf-8"))
    ]
    there = set(CityEvent.objects.values_list("city_id", "kind", "year", "text"))
    new = [event for event in events if (event.city.pk, event.kind, event.year, event.text) not in there]
    CityEvent.objects.bulk_create(new)
    return len(new)
