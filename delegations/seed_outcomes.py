"""What came of the demonstration's past visits: the newest is being reported on, the older ones are closed. All invented."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core import jobs
from core.models import Job
from delegations import closing, services
from delegations.choices import ItemKind, Progress, Status, TicketState
from delegations.models import MealOrder, Ticket, Visit
from delegations.pictures import EXIF_PART, OUR_ZONE, TAKEN
from delegations.services import photographs
from documents.services import request_paper
from matters.models import Task
from matters.services import close_matter, closing_problems, finish_task

DAY = datetime.timedelta(days=1)
# city, who prepares it, days ago, title, purpose, language, guests
REPORTED = (
    "Vélizy-Villacoublay",
    "specialiste",
    20,
    "Velizi-Vilakublė meno mokyklų delegacija",
    "Meno mokyklų mainų programa ir bendra paroda.",
    "fr",
    ["Claire Dumoulin"],
)
PLACE = {1: "N", 2: (54.0, 23.0, 45.0), 3: "E", 4: (24.0, 2.0, 20.0)}
PICTURES = [  # sky, ground, houses; what it shows; hours after midnight; agreed; in the report
    ((205, 222, 238), (122, 128, 104), (158, 76, 66), "Svečiai prie miesto rotušės", 14.2, True, True),
    ((238, 214, 180), (96, 110, 90), (90, 84, 120), "Pasivaikščiojimas Nemuno krantine", 15.1, True, True),
    ((190, 205, 215), (88, 92, 98), (176, 140, 92), "Meras įteikia dovaną", 11.3, True, False),
    ((222, 226, 230), (140, 132, 120), (70, 104, 112), "", 12.5, False, False),
]


def run(office: Any) -> None:
    """Of each past visit what became of it; those long past are closed, with the reasons people gave."""
    for visit in Visit.objects.filter(status=Status.REPORTING).order_by("starts_on"):
        by = visit.responsible.actor
        _prices(visit)
        services.say_rest_held(visit, by=by)
        if (office.today - visit.ends_on).days < 60:
            _report(office, visit)
            continue
        services.write_summary(visit, summary="Vizitas įvyko pagal programą.", revision=None, by=by)
        _kept_work(visit, in_time=visit.pk % 2 == 0)
        for check in closing.problems(Visit.objects.get(pk=visit.pk)):
            services.explain_warning(
                visit,
                key=check.key,
                fact=check.fact,
                reason="Dokumentai sutvarkyti senojoje sistemoje.",
                by=by,
            )
        if not closing_problems(Visit.objects.get(pk=visit.pk)):
            close_matter(visit, by=by)


def _prices(visit: Visit) -> None:
    for item in visit.items.alive().filter(kind=ItemKind.MEAL, meal=None):
        MealOrder.objects.create(item=item, hosts=3, price=Decimal("18.50"))


def _kept_work(visit: Visit, *, in_time: bool) -> None:
    """Work agreed on long ago: done by its day, or a week after."""
    item = visit.items.filter(kind=ItemKind.MEETING).order_by("pk").first()
    if item is None:
        return
    by = visit.responsible.actor
    row = services.add_follow_up(
        item,
        title="Išsiųsti mainų programos projektą",
        owner=visit.responsible,
        due_on=timezone.localdate(),
        by=by,
    )
    finish_task(row.task, by=by)
    due = visit.ends_on + 30 * DAY
    done = datetime.datetime.combine(due + (-3 if in_time else 7) * DAY, datetime.time(15, 0), OUR_ZONE)
    Task.objects.filter(pk=row.task_id).update(due_on=due, done_at=done)


def _report(office: Any, visit: Visit) -> None:
    """The newest: outcomes, pictures, a summary, a draft of the report, one thing left to do."""
    by = visit.responsible.actor
    meeting = visit.items.filter(kind=ItemKind.MEETING).order_by("starts").first()
    walk = visit.items.filter(kind=ItemKind.CULTURE).order_by("starts").first()
    dinner = visit.items.filter(kind=ItemKind.MEAL).order_by("-starts").first()
    if meeting is None or walk is None or dinner is None:
        return
    services.say_outcome(
        meeting,
        progress=Progress.DONE,
        note="Aptarta meno mokyklų mainų programa 2027 metams.\nSvečiai kviečia į pavasario parodą.",
        agreed="Mokyklos apsikeis parodomis: pavasarį Velizi-Vilakublė, rudenį Alytuje.",
        by=by,
    )
    services.say_outcome(
        walk,
        progress=Progress.DONE,
        note="Aplankyta rotušė ir Nemuno krantinė.",
        agreed="Parengti bendrą leidinį apie abiejų miestų meno mokyklas.",
        by=by,
    )
    services.say_outcome(
        dinner,
        progress=Progress.CANCELLED,
        note="Svečiai išvyko anksčiau dėl pakeisto skrydžio.",
        by=by,
    )
    for title, owner, days in (
        ("Parengti parodos mainų sutarties projektą", "mantas", 9),
        ("Išsiųsti svečiams nuotraukas", "specialiste", 3),
    ):
        services.add_follow_up(
            meeting, title=title, owner=office.users[owner], due_on=office.today + days * DAY, by=by
        )
    done = services.add_follow_up(
        meeting, title="Paskelbti naujieną svetainėje", owner=visit.responsible, due_on=office.today, by=by
    )
    finish_task(done.task, by=by, note="Paskelbta")
    Ticket.objects.create(
        visit=visit,
        what="Kraštotyros muziejus",
        count=3,
        state=TicketState.HANDED,
        bought_by="Ieva Juknelytė",
        price=Decimal("4.00"),
        item=walk,
    )
    services.write_summary(
        visit,
        summary="Sutarta dėl meno mokyklų mainų: dvi parodos per metus ir bendras leidinys. "
        "Svečiai patvirtino, kad keliones apmokės jų savivaldybė.",
        revision=None,
        by=by,
    )
    _photographs(visit)
    document = request_paper(visit, "delegations.report", "lt", by=by)
    jobs.run(Job.objects.get(kind="documents.render", key=str(document.pk)).pk)


def _photographs(visit: Visit) -> None:
    by = visit.responsible.actor
    for place, (sky, ground, houses, caption, hour, agreed, chosen) in enumerate(PICTURES):
        moment = f"{visit.starts_on:%Y:%m:%d} {int(hour):02d}:{int(hour % 1 * 60):02d}:00"
        photograph = services.add_photograph(
            visit,
            SimpleUploadedFile(f"IMG_{2041 + place}.jpg", _draw(sky, ground, houses, moment, place)),
            author="Antanas Žilinskas",
            has_consent=agreed,
            consent_note="Atsiklausta prieš susitikimą." if agreed else "",
            by=by,
        )
        photographs.draw(photograph)
        photograph.refresh_from_db()
        services.describe_photograph(
            photograph,
            author=photograph.author,
            caption=caption,
            item=photograph.item,
            has_consent=agreed,
            consent_note=photograph.consent_note,
            in_report=chosen,
            by=by,
        )
    Job.objects.filter(kind=photographs.JOB, state="queued").delete()  # drawn above already


def _draw(sky: Any, ground: Any, houses: Any, moment: str, seed: int) -> bytes:
    """A town by a river, drawn: the demonstration shows nobody."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- only for the demonstration

    image = Image.new("RGB", (1600, 1200), sky)
    pen = ImageDraw.Draw(image)
    for row in range(600):  # the sky grows lighter to the horizon
        pen.line((0, row, 1600, row), fill=tuple(min(255, part + row // 20) for part in sky))
    for place in range(9):
        left, height = place * 185 - 20, 160 + (place * 67 + seed * 91) % 260
        tone = tuple(max(0, part - (place * 13 + seed * 7) % 40) for part in houses)
        pen.rectangle((left, 760 - height, left + 165, 760), fill=tone)
        pen.polygon(
            [(left - 8, 760 - height), (left + 82, 690 - height), (left + 173, 760 - height)],
            fill=tuple(part // 2 for part in houses),
        )
        for window in range(6):
            x, y = left + 22 + window % 3 * 46, 790 - height + window // 3 * 78
            pen.rectangle((x, y, x + 24, y + 38), fill=(246, 232, 190))
    pen.rectangle((0, 760, 1600, 1200), fill=ground)
    for row in range(800, 1200, 46):
        pen.line((0, row, 1600, row - 24), fill=tuple(min(255, part + 22) for part in ground), width=7)
    exif = Image.Exif()
    exif.get_ifd(EXIF_PART)[TAKEN] = moment
    exif.get_ifd(0x8825).update(PLACE)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=85, exif=exif.tobytes())
    return target.getvalue()
