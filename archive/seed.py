"""The archive of the demonstration office: plans of last year and this one, files with the office's own documents.

Plans come before anything is made, so that documents find their places as they do in a real office; last year's
papers come after the visits they belong to. All invented.
"""

from __future__ import annotations

import datetime
import io
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.utils import timezone

from accounts.models import Unit, User
from archive import services
from archive.choices import FileState, Medium
from archive.models import CaseFile, Placement, Plan, PlanLine
from core.actor import Actor
from core.files import store
from documents import pdf
from documents.choices import Origin
from documents.models import Document, Register
from documents.services import await_number, record_number
from documents.services.filing import add_version, new_document
from matters.models import Matter
from matters.services import lock_matter

DAY = datetime.timedelta(days=1)

# index, heading, row of the retention index, medium, who answers
LINES: list[tuple[str, str, str, str, str]] = [
    ("5.1", "Skyriaus metiniai veiklos planai ir ataskaitos", "unit_plans", Medium.ELECTRONIC, "vedeja"),
    ("5.2", "Bendradarbiavimo su užsienio miestais sutartys", "agreements", Medium.MIXED, "vedeja"),
    ("5.3", "Užsienio delegacijų priėmimo dokumentai", "visits", Medium.ELECTRONIC, "specialiste"),
    ("5.4", "Oficialių priėmimų dokumentai", "receptions", Medium.ELECTRONIC, "specialiste"),
    ("5.5", "Susirašinėjimo su užsienio miestais partneriais dokumentai", "partner_letters", Medium.ELECTRONIC, "specialiste"),
    ("5.6", "Reprezentacinių išlaidų sąmatos ir aktai", "representation", Medium.PAPER, "mantas"),
    ("5.7", "Pranešimai žiniasklaidai", "releases", Medium.ELECTRONIC, "pavaduotoja"),
    ("5.8", "Žiniasklaidos stebėsenos apžvalgos", "media_digests", Medium.ELECTRONIC, "pavaduotoja"),
    ("5.9", "Renginių organizavimo dokumentai", "events", Medium.ELECTRONIC, "mantas"),
    ("5.10", "Nuotraukos, vaizdo ir garso įrašai", "pictures", Medium.ELECTRONIC, "mantas"),
    ("5.11", "Tarptautinių projektų paraiškos ir sutartys", "projects_funded", Medium.MIXED, "pavaduotoja"),
    ("5.12", "Sutikimai dėl asmens duomenų tvarkymo", "consents", Medium.PAPER, "specialiste"),
    ("5.13", "Dovanų registras ir vertinimo aktai", "gifts", Medium.ELECTRONIC, "specialiste"),
    ("5.14", "Dokumentų naikinimo aktai", "destruction_acts", Medium.ELECTRONIC, "archyvare"),
]  # fmt: skip
NEW_HEADING = {"5.8": "Žiniasklaidos stebėsenos apžvalgos ir analizės"}
NEW_LINES = (
    ("5.15", "Atsakymai žiniasklaidai ir paneigimai", "media_replies", Medium.ELECTRONIC, "pavaduotoja"),
    ("5.16", "Bylų apyrašai", "inventories", Medium.ELECTRONIC, "archyvare"),
    ("5.17", "Dokumentų perdavimo aktai", "transfer_acts", Medium.ELECTRONIC, "archyvare"),
)

# kind, days from the visit, title, register, number, what it says
PAPERS: list[tuple[str, int, str, str, str, list[str]]] = [
    ("mail", -96, "Prośba o przyjęcie orkiestry", "gautieji-rastai", "G-214", ["Szanowni Państwo,", "Orkiestra Młodzieżowa miasta Opola chciałaby odwiedzić Alytus i zagrać wspólny koncert."]),
    ("paper", -88, "Atsakymas dėl orkestro viešnagės", "siunciamieji-rastai", "S-187", ["Maloniai kviečiame Opolės jaunimo orkestrą į Alytų.", "Prašome iki mėnesio pabaigos atsiųsti dalyvių sąrašą."]),
    ("mail", -61, "Lista uczestników", "gautieji-rastai", "G-263", ["W załączeniu przesyłamy listę uczestników."]),
    ("paper", -30, "Įsakymas dėl delegacijos priėmimo", "direktoriaus-isakymai", "DV-402", ["Priimti Opolės miesto jaunimo orkestrą.", "Priėmimu rūpinasi Viešųjų ir užsienio ryšių skyrius."]),
    ("paper", -21, "Bendro koncerto programa", "skyriaus-pazymos-pernai", "P-31", ["Koncertas Alytaus miesto teatre.", "Dalyvauja Alytaus muzikos mokykla ir Opolės jaunimo orkestras."]),
    ("paper", 6, "Viešnagės ataskaita", "skyriaus-pazymos-pernai", "P-38", ["Viešėjo trys delegacijos nariai ir orkestras.", "Sutarta koncertą pakartoti Opolėje."]),
    ("mail", 12, "Podziękowanie za gościnność", "gautieji-rastai", "G-391", ["Serdecznie dziękujemy za ciepłe przyjęcie w Alytusie."]),
]  # fmt: skip


@transaction.atomic
def plans() -> str:
    """Nothing when there is a plan already: the office goes on from where its people left it."""
    if Plan.objects.exists():
        return "plans are there already"
    people = {user.username: user for user in User.objects.all()}
    year = timezone.localdate().year
    archivist, head = people["archyvare"], people["vedeja"]
    unit = Unit.objects.filter(code="VUR").first()
    before = services.create_plan(year - 1, by=archivist.actor, unit=unit)
    for row in LINES:
        _add(before, row, people, archivist.actor)
    _approve(before, archivist, head)
    plan = services.copy_plan(before, year, by=archivist.actor)
    for line in plan.lines.filter(index__in=NEW_HEADING):
        line.heading = NEW_HEADING[line.index]
        services.save_line(plan, line, by=archivist.actor)
    for row in NEW_LINES:
        _add(plan, row, people, archivist.actor)
    _approve(plan, archivist, head)
    return f"{Plan.objects.count()} plans, {PlanLine.objects.count()} files"


def _add(plan: Plan, row: tuple[str, str, str, str, str], people: dict[str, User], by: Actor) -> None:
    index, heading, series, medium, responsible = row
    line = PlanLine(
        index=index,
        heading=heading,
        point=plan.retention_index.points.get(code=series),
        medium=medium,
        responsible=people.get(responsible),
        unit=plan.unit,
    )
    services.save_line(plan, line, by=by)


def _approve(plan: Plan, archivist: User, head: User) -> None:
    services.submit_plan(plan, by=archivist.actor)
    services.approve_plan(plan, by=head.actor)
    day = datetime.datetime(plan.year - 1, 12, 15, 10, tzinfo=timezone.get_current_timezone())
    Plan.objects.filter(pk=plan.pk).update(submitted_at=day, approved_at=day + 2 * DAY)


@transaction.atomic
def files() -> str:
    """Last year's papers of a visit that is over; one file ready to be closed, one with something missing."""
    year = timezone.localdate().year
    if Placement.objects.filter(file__line__plan__year=year - 1).exists():
        return "papers are there already"
    archivist = User.objects.get(username="archyvare")
    found = _visit_of(year - 1)
    if found is None:
        return "no visit to file"
    matter, day = found
    _registers()
    for place, (kind, days, title, register, number, lines) in enumerate(PAPERS):
        on = min(
            max(day + days * DAY, datetime.date(year - 1, 1, 10 + place)), datetime.date(year - 1, 12, 20)
        )
        _registered(matter, kind, title, register, number, on, lines)
    late = _document(
        matter, "paper", "Padėkos raštas Opolės muzikos mokyklai", ["Dėkojame už gražią draugystę."], day
    )
    line = PlanLine.objects.get(plan__year=year - 1, index="5.5")
    late.state = "final"
    late.save(update_fields=["state", "updated_at"])
    services.move_document(
        late, line, reason="Raštas priklauso praėjusių metų susirašinėjimui", by=archivist.actor
    )
    await_number(late, Register.objects.get(code="siunciamieji-rastai"), by=archivist.actor)
    count = Placement.objects.standing().count()
    return f"{count} documents in {CaseFile.objects.exclude(state=FileState.PLANNED).count()} files"


def _visit_of(year: int) -> tuple[Matter, datetime.date] | None:
    """A matter whose approved content tells a first day in that year: upper floors are not asked."""
    for matter in Matter.objects.filter(kind="visit", phase="closed").order_by("pk"):
        version = matter.versions.exclude(approved_at=None).first()
        told = (version.content if version else {}).get("starts_on") or ""
        if str(told).startswith(str(year)):
            return matter, datetime.date.fromisoformat(str(told)[:10])
    return None


def _registers() -> None:
    Register.objects.get_or_create(
        code="skyriaus-pazymos-pernai",
        defaults={
            "name": "Skyriaus pažymos (iki portalo)",
            "is_ours": False,
            "system": "popierinis registras",
            "is_active": False,
        },
    )


def _registered(
    matter: Matter, kind: str, title: str, register: str, number: str, on: datetime.date, lines: list[str]
) -> Document:
    document = _document(matter, kind, title, lines, on)
    record_number(
        document,
        Register.objects.get(code=register),
        number=number,
        registered_on=on,
        by=matter.responsible.actor,
    )
    return document


def _document(matter: Matter, kind: str, title: str, lines: list[str], on: datetime.date) -> Document:
    """Kept but not final yet: it finds its place by its number."""
    by = matter.responsible.actor
    matter = lock_matter(matter.pk)
    if kind == "mail":
        content, name, media_type = _letter(title, lines, on), f"{title}.eml", "message/rfc822"
        sender, kind_code, origin = "Urząd Miasta Opola <kultura@opole.example>", "email", Origin.RECEIVED
    else:
        content, name, media_type = _paper(matter, title, lines, on), f"{title}.pdf", "application/pdf"
        sender, kind_code, origin = "", "upload", Origin.UPLOADED
    document = new_document(
        matter,
        kind=kind_code,
        title=title,
        origin=origin,
        by=by,
        sender=sender,
        text="\n".join(lines) if sender else "",
    )
    is_paper = media_type == "application/pdf"
    add_version(
        document,
        store(content, name=name, media_type=media_type),
        name=name,
        by=by,
        pages=1 if is_paper else None,
        level="2a ua1" if is_paper else "",
    )
    return document


def _letter(title: str, lines: list[str], on: datetime.date) -> bytes:
    message = EmailMessage()
    message["From"] = "Urząd Miasta Opola <kultura@opole.example>"
    message["To"] = "rysiai@alytus.example"
    message["Subject"] = title
    message["Date"] = f"{on:%d %b %Y} 09:15:00 +0200"
    message.set_content("\n\n".join(lines) + "\n")
    target = io.BytesIO()
    target.write(message.as_bytes())
    return target.getvalue()


def _paper(matter: Matter, title: str, lines: list[str], on: datetime.date) -> bytes:
    context: dict[str, Any] = {
        "paper": {"title": title, "kind": f"{on:%Y-%m-%d}"},
        "lang": "lt",
        "language": "lt",
        "number": matter.number,
        "page": "A4",
        "OFFICE_NAME": settings.OFFICE_NAME,
        "OFFICE_UNIT": settings.OFFICE_UNIT,
    }
    context["paper"]["rows"] = [
        {"label": f"{place}.", "value": line} for place, line in enumerate(lines, start=1)
    ]
    html = get_template("documents/papers/version.html").render(context)
    return pdf.render(html, moment=datetime.datetime(on.year, on.month, on.day, 10, tzinfo=datetime.UTC))
