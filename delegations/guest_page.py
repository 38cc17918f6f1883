"""What a guest sees of her visit: the approved content alone, her own items, in her language; nothing internal."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from core.ics import calendar_file
from core.registry import CalendarEntry
from delegations.choices import ITEM_ICONS, DayPart, ItemKind, Progress
from delegations.models import MeetingRequest, Member, Visit
from delegations.papers import content as read
from documents.models import Document, DocumentVersion
from matters.models import Version
from matters.models.approvals import current_content, latest_approved
from partners.choices import Language
from resources.models import Place

GUEST_PAGE = "delegations.guest"  # the subject of links to a guest's page begins so
CARD = "delegations.pocket_card"
NAMES = {
    "lt": "Lietuvių", "en": "English", "pl": "Polski", "lv": "Latviešu", "et": "Eesti", "uk": "Українська",
    "ka": "ქართული", "de": "Deutsch", "fr": "Français", "ru": "Русский", "be": "Беларуская", "sv": "Svenska",
    "da": "Dansk", "nb": "Norsk", "fi": "Suomi", "es": "Español", "it": "Italiano", "cs": "Čeština",
}  # fmt: skip


def subject_of(member: Member) -> str:
    """What the links of a guest are bound to."""
    return f"{GUEST_PAGE}:{member.pk}"


def language_of(member: Member, visit: Visit) -> str:
    """The guest's own language where the visit has its texts, else the first one of the guests."""
    spoken = [code for code in (member.name_language, *member.languages) if code in visit.languages]
    return spoken[0] if spoken else visit.guest_language


def offered(visit: Visit, asked: str, given: str) -> tuple[str, list[tuple[str, str]]]:
    """The language to show and those that may be chosen, each by its own name."""
    codes = list(dict.fromkeys([*visit.languages, "en", "lt"]))
    language = next((code for code in (asked, given) if code in codes), codes[0])
    return language, [(code, NAMES.get(code, str(Language(code).label))) for code in codes]


@dataclass(frozen=True)
class Approved:
    """The version in force, its content now and as it was when the day began (or as first approved today)."""

    version: Version
    content: dict[str, Any]
    before: dict[str, Any]


def approved_of(visit: Visit, today: datetime.date) -> Approved | None:
    """What is approved now, and what was when the day began."""
    version = latest_approved(visit)
    if version is None:
        return None
    return Approved(version, current_content(version), _before_today(visit, version, today))


def _before_today(visit: Visit, version: Version, today: datetime.date) -> dict[str, Any]:
    for amendment in version.amendments.all():  # the newest first
        if timezone.localdate(amendment.published_at) < today:
            return amendment.content
    if version.approved_at and timezone.localdate(version.approved_at) < today:
        return version.content
    earlier = visit.versions.filter(approved_at__isnull=False, number__lt=version.number)
    previous = earlier.order_by("-number").first()
    return current_content(previous) if previous else version.content


def page(visit: Visit, member: Member, language: str, *, today: datetime.date) -> dict[str, Any]:
    """The page's facts; without an approved programme only that it is being prepared."""
    words = read.words(language)
    facts: dict[str, Any] = {
        "words": words,
        "heading": settings.HOME_CITY,
        "dates": read.days_of_visit(visit.starts_on, visit.ends_on, language),
        "guest": member,
        "emergency": read.EMERGENCY,
        "is_called_off": visit.phase == "void" or visit.status == "called_off",
        "approved": None,
    }
    approved = None if facts["is_called_off"] else approved_of(visit, today)
    if approved is None:
        return facts
    days = _days(approved, member.pk, language, today)
    return facts | {
        "approved": approved,
        "days": days,
        "today": next((day for day in days if day["is_today"]), None),
        "is_during": visit.holds(today),
        "escort": approved.content["responsible"],
    }


def _mine(content: dict[str, Any], member: int) -> list[dict[str, Any]]:
    """What this guest takes part in, day by day in order; nights last in their day."""
    rows = [row for row in content["items"] if row["participants"] is None or member in row["participants"]]
    return sorted(rows, key=lambda row: (row["on"], row["kind"] == ItemKind.ACCOMMODATION, _clock(row)))


def _clock(row: dict[str, Any]) -> str:
    hours = {DayPart.MORNING: "08:00", DayPart.NOON: "12:00", DayPart.AFTERNOON: "15:00"}
    return row["starts"] or hours.get(row["part"], "19:00")


def _is_on(row: dict[str, Any]) -> bool:
    return row["progress"] != Progress.CANCELLED


def _days(approved: Approved, member: int, language: str, today: datetime.date) -> list[dict[str, Any]]:
    now = _mine(approved.content, member)
    was = {row["key"]: row for row in _mine(approved.before, member)}
    shown = [_row(row, was.get(row["key"]), language) for row in now]
    shown = [row for row in shown if row["is_on"] or row["change"]]
    kept = {row["key"] for row in now}  # what was taken out today is said too
    shown += [
        _row(row, row, language, is_gone=True) for key, row in was.items() if key not in kept and _is_on(row)
    ]
    coordinates = _coordinates(shown)
    papers = papers_of([row["key"] for row in shown if row["is_on"]])
    days: dict[datetime.date, list[dict[str, Any]]] = {}
    for row in shown:
        row["map"] = _map(row, coordinates)
        row["papers"] = [{"key": paper.pk, "title": paper.title} for paper in papers.get(row["key"], [])]
        days.setdefault(row["on"], []).append(row)
    return [
        {
            "on": on,
            "heading": read.day_heading(on, language),
            "is_today": on == today,
            "rows": rows,
            "has_changes": any(row["change"] for row in rows),
        }
        for on, rows in sorted(days.items())
    ]


def _row(
    row: dict[str, Any], was: dict[str, Any] | None, language: str, *, is_gone: bool = False
) -> dict[str, Any]:
    """One item as the guest reads it, with what changed of it today."""
    text = row["texts"].get(language)
    is_on = _is_on(row) and not is_gone
    change, before = "", ""
    if not is_on:
        change = "cancelled" if was and _is_on(was) else ""
    elif was is None or not _is_on(was):
        change = "new"
    elif before := _difference(was, row, language):
        change = "changed"
    return {
        "key": row["key"],
        "on": read.day(row["on"]),
        "icon": ITEM_ICONS[row["kind"]],
        "hours": read.hours(row, language),
        "what": read.title(row, language),
        "what_lang": language if text and text.get("title") else "lt",
        "description": read.description(row, language),
        "where": read.where(row, language),
        "place": row["place"],
        "host": (row["host"] or {}).get("name", ""),
        "is_on": is_on,
        "change": change,
        "was": before,
    }


def _difference(was: dict[str, Any], row: dict[str, Any], language: str) -> str:
    """What the guest knew of the item before today, as far as it is otherwise now."""
    parts = []
    if was["on"] != row["on"]:
        parts.append(read.day_heading(read.day(was["on"]), language))
    if was["on"] != row["on"] or read.hours(was, language) != read.hours(row, language):
        parts.append(read.hours(was, language))
    if read.where(was, language) != read.where(row, language):
        parts.append(read.where(was, language))
    if read.title(was, language) != read.title(row, language):
        parts.append(read.title(was, language))
    return ", ".join(part for part in parts if part)


def papers_of(items: list[int]) -> dict[int, list[Document]]:
    """What the hosts of these items attached and we chose for the guests."""
    found: dict[int, list[Document]] = {}
    rows = MeetingRequest.objects.standing().filter(item__in=items).exclude(shown_papers=None).distinct()
    for row in rows.prefetch_related(Prefetch("shown_papers", Document.objects.exclude(state="void"))):
        found.setdefault(row.item_id, []).extend(row.shown_papers.all())
    return found


def paper_of(visit: Visit, member: Member, number: int) -> DocumentVersion | None:
    """The newest file of a host's paper, if it belongs to an item of this very guest."""
    approved = approved_of(visit, timezone.localdate())
    if approved is None:
        return None
    mine = [row["key"] for row in _mine(approved.content, member.pk) if _is_on(row)]
    papers = {paper.pk: paper for rows in papers_of(mine).values() for paper in rows}
    paper = papers.get(number)
    return paper.versions.select_related("file").first() if paper else None


def _coordinates(rows: list[dict[str, Any]]) -> dict[int, Place]:
    keys = {row["place"]["key"] for row in rows if row["place"]}
    return Place.objects.in_bulk(keys) if keys else {}


def _map(row: dict[str, Any], places: dict[int, Place]) -> str:
    """OpenStreetMap by link only: the point where we know it, else the address asked for."""
    if not row["place"] or not row["is_on"]:
        return ""
    place = places.get(row["place"]["key"])
    if place and place.has_coordinates:
        point = {"mlat": f"{place.latitude:.6f}", "mlon": f"{place.longitude:.6f}"}
        return f"https://www.openstreetmap.org/?{urlencode(point)}#map=17/{point['mlat']}/{point['mlon']}"
    if address := row["place"]["address"]:
        return f"https://www.openstreetmap.org/search?{urlencode({'query': address})}"
    return ""


# --- files --------------------------------------------------------------------------------------------------


def card_of(visit: Visit, version: Version, language: str) -> DocumentVersion | None:
    """The pocket card of the approved version in this language, when it is made."""
    document = (
        Document.objects.filter(matter=visit, kind=CARD, language=language).exclude(state="void").first()
    )
    if document is None:
        return None
    return document.versions.filter(source=version, is_draft=False).select_related("file").first()


def calendar_of(visit: Visit, member: Member, language: str) -> bytes:
    """The guest's own items as a calendar, which programs may ask for again; empty until the programme is approved."""
    name = f"{read.words(language)['programme']}: {settings.HOME_CITY}"
    approved = approved_of(visit, timezone.localdate())
    entries: list[CalendarEntry] = []
    if approved is not None:
        changed, sequence = approved.version.approved_at, approved.version.number * 1000
        if amendment := approved.version.amendments.first():
            changed, sequence = amendment.published_at, sequence + amendment.number
        entries = [_entry(row, language, changed, sequence) for row in _mine(approved.content, member.pk)]
    return calendar_file(name, entries, refresh=datetime.timedelta(hours=1))


def _entry(
    row: dict[str, Any], language: str, changed: datetime.datetime | None, sequence: int
) -> CalendarEntry:
    on = read.day(row["on"])
    starts: datetime.date = on
    ends: datetime.date | None = None
    if row["kind"] == ItemKind.ACCOMMODATION and row["until_on"]:
        ends = read.day(row["until_on"]) - datetime.timedelta(days=1)
    elif row["starts"]:
        zone = ZoneInfo(row["zone"])
        starts = datetime.datetime.combine(on, datetime.time.fromisoformat(row["starts"]), zone)
        if row["ends"]:
            end = datetime.time.fromisoformat(row["ends"])
            last = on if row["ends"] > row["starts"] else on + datetime.timedelta(days=1)
            ends = datetime.datetime.combine(last, end, zone)
        else:
            ends = starts + datetime.timedelta(minutes=30)
    return CalendarEntry(
        uid=f"item-{row['key']}",
        title=read.title(row, language),
        starts=starts,
        ends=ends,
        url="",
        icon="",
        place=read.where(row, language),
        description=read.description(row, language),
        sequence=sequence,
        changed_at=changed,
        is_cancelled=not _is_on(row),
    )
