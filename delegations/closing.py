"""What is left to do before a visit is closed, each thing with where it is mended; some may be left with a reason.

The same rows stop the matter from closing (core.registry.ClosingCheck) and stand as a list on the report's page.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core import registry
from core.dates import day_words
from core.models import PersonalValue
from delegations.choices import ItemKind, Progress, Status, TicketState
from delegations.models import FollowUp, ItemResource, Member, Photograph, ProgrammeItem, Visit, WarningNote
from delegations.models.members import GUEST_PURPOSE
from documents.choices import DocumentState, Origin
from documents.models import Document

# Of a drive, a meal or a night nobody asks what came of it.
WITH_OUTCOME = (ItemKind.MEETING, ItemKind.CEREMONY, ItemKind.CULTURE)
REPORT = "delegations.report"
REGISTERED = (REPORT, "delegations.thanks_letter")
KEY = "closing:"


@dataclass(frozen=True)
class Check:
    """One thing of the list: in order, or what is missing and where it is mended; left with a reason, it stops nothing."""

    code: str
    title: str
    url: str
    action: str = ""
    detail: str = ""
    is_done: bool = False
    fact: str = ""  # the figures a reason was given for: when they change, it is asked anew
    may_leave: bool = True
    note: WarningNote | None = None

    @property
    def stops(self) -> bool:
        return not self.is_done and self.note is None

    @property
    def status(self) -> str:
        return "ok" if self.is_done else "wait" if self.note else "no"

    @property
    def act_url(self) -> str:
        """Where it is mended; what is in order needs no way."""
        return "" if self.is_done else self.url

    @property
    def key(self) -> str:
        return KEY + self.code


def items_reported(visit: Visit) -> list[ProgrammeItem]:
    """What the report goes through: the items in order, each with what it shows and the work that came of it."""
    return list(
        ProgrammeItem.objects.alive()
        .of_visit(visit)
        .exclude(kind=ItemKind.ACCOMMODATION)
        .in_order()
        .select_related("place", "to_place", "host")
        .with_rows("texts")
        .prefetch_related(
            Prefetch("resources", ItemResource.objects.select_related("resource")),
            Prefetch("follow_ups", FollowUp.objects.of_visit(visit)),
        )
    )


def documents_held(visit: Visit) -> list[Document]:
    """The visit's documents that stand, with their versions and numbers."""
    rows = visit.documents.exclude(state=DocumentState.VOID).order_by("pk")
    return list(rows.prefetch_related("versions", "registrations"))


def checks(
    visit: Visit,
    *,
    items: list[ProgrammeItem] | None = None,
    documents: list[Document] | None = None,
    photographs: list[Photograph] | None = None,
) -> list[Check]:
    """Everything a finished visit is checked for, what is missing first; a page hands over what it has read."""
    notes = {note.key: note for note in visit.warning_notes.filter(key__startswith=KEY)}
    items = items_reported(visit) if items is None else items
    documents = documents_held(visit) if documents is None else documents
    photographs = list(visit.photographs.all()) if photographs is None else photographs
    found = [
        _outcomes(visit, items),
        _summary(visit),
        _report(visit, documents),
        _given_out(visit, items),
        _owners(visit, items),
        _consents(visit, photographs),
        _tickets(visit),
        _numbers(visit, documents),
    ]
    noted = [_with_note(check, notes) for check in found]
    return sorted(noted, key=lambda row: ("no", "wait", "ok").index(row.status))


def problems(visit: Visit) -> list[Check]:
    """What stops the visit from closing."""
    return [check for check in checks(visit) if check.stops]


def _with_note(check: Check, notes: dict[str, WarningNote]) -> Check:
    note = notes.get(check.key)
    if check.is_done or note is None or note.fact != check.fact:
        return check
    return Check(**{**check.__dict__, "note": note})


def _outcomes(visit: Visit, items: list[ProgrammeItem]) -> Check:
    left = [item for item in items if item.kind in WITH_OUTCOME and item.progress == Progress.PLANNED]
    return Check(
        "outcomes",
        _("What became of each item"),
        reverse("delegations:report", args=[visit.pk]) + "#items",
        _("Say"),
        ngettext("%(count)d item is left: %(titles)s", "%(count)d items are left: %(titles)s", len(left))
        % {"count": len(left), "titles": _some([item.title for item in left])}
        if left
        else "",
        not left,
        ",".join(str(item.pk) for item in left)[:120],
    )


def _summary(visit: Visit) -> Check:
    return Check(
        "summary",
        _("What the visit brought"),
        reverse("delegations:report", args=[visit.pk]) + "#summary",
        _("Write"),
        "" if visit.report_summary else _("Nothing is written yet."),
        bool(visit.report_summary),
    )


def _report(visit: Visit, documents: list[Document]) -> Check:
    state = next((row.state for row in documents if row.kind == REPORT and row.origin == Origin.MADE), None)
    return Check(
        "report",
        _("The report as a document"),
        reverse("delegations:report", args=[visit.pk]) + "#paper",
        _("Make"),
        ""
        if state == DocumentState.FINAL
        else _("It is a draft still: make it anew.")
        if state
        else _("It is not made yet."),
        state == DocumentState.FINAL,
        str(state or ""),
    )


def _given_out(visit: Visit, items: list[ProgrammeItem]) -> Check:
    left = [item for item in items if item.agreed and not item.follow_ups.all()]
    return Check(
        "follow_ups",
        _("Who does what was agreed"),
        reverse("delegations:outcome", args=[visit.pk, left[0].pk])
        if left
        else reverse("delegations:report", args=[visit.pk]),
        _("Give out"),
        _("Agreed, but nobody was asked to do it: %(titles)s") % {"titles": _some([i.title for i in left])}
        if left
        else "",
        not left,
        ",".join(str(item.pk) for item in left)[:120],
    )


def _owners(visit: Visit, items: list[ProgrammeItem]) -> Check:
    tasks = [row.task for item in items for row in item.follow_ups.all()]
    left = [
        task
        for task in tasks
        if not (task.done_at or task.dropped_at or task.assignee.is_active) and task.matter_id == visit.pk
    ]
    return Check(
        "owners",
        _("Work agreed on has its people"),
        reverse("matters:tasks", args=[visit.pk]),
        _("Give to another"),
        _("The account of who does it is closed: %(titles)s") % {"titles": _some([t.title for t in left])}
        if left
        else "",
        not left,
        ",".join(str(task.pk) for task in left)[:120],
        may_leave=False,
    )


def _consents(visit: Visit, photographs: list[Photograph]) -> Check:
    left = sum(1 for row in photographs if not row.has_consent)
    return Check(
        "photographs",
        _("Consent of those in the photographs"),
        reverse("delegations:photographs", args=[visit.pk]),
        _("Look"),
        ngettext(
            "%(count)d photograph is without consent.", "%(count)d photographs are without consent.", left
        )
        % {"count": left}
        if left
        else "",
        not left,
        str(left),
    )


def _tickets(visit: Visit) -> Check:
    left = visit.tickets.filter(state=TicketState.NEEDED).count()
    return Check(
        "tickets",
        _("Tickets"),
        reverse("delegations:services", args=[visit.pk]),
        _("Look"),
        ngettext("%(count)d batch was not bought.", "%(count)d batches were not bought.", left)
        % {"count": left}
        if left
        else "",
        not left,
        str(left),
    )


def _numbers(visit: Visit, documents: list[Document]) -> Check:
    """Final papers without a number, and papers whose number has not come back from the other system."""
    rows = [
        row
        for row in documents
        if (row.awaits_id or (row.kind in REGISTERED and row.state == DocumentState.FINAL))
        and all(number.void_at for number in row.registrations.all())
    ]
    return Check(
        "numbers",
        _("Documents are registered"),
        rows[0].get_absolute_url() if rows else reverse("documents:matter", args=[visit.pk]),
        pgettext("document", "Register"),
        _("Without a number: %(titles)s") % {"titles": _some([row.title for row in rows])} if rows else "",
        not rows,
        ",".join(str(row.pk) for row in rows)[:120],
    )


def closing_problems(matter: Any) -> Any:
    """For the spine: what stops the matter from closing, with where it is mended."""
    if matter.kind != "visit":
        return
    visit = matter.child()
    if visit.status != Status.REPORTING:
        yield (
            _("The visit is not over: only one that has taken place is closed."),
            reverse("delegations:programme", args=[visit.pk]),
        )
        return
    for check in problems(visit):
        yield f"{check.title}: {check.detail}" if check.detail else check.title, check.url


def other_problems(visit: Visit) -> list[tuple[str, str]]:
    """What other rooms ask for before the matter closes."""
    found = [
        problem
        for check in registry.register_closing_check
        if check.code != "delegations.visit"
        for problem in check.problems(visit)
    ]
    if count := visit.tasks.open().count():
        words = ngettext("%(count)d task is open", "%(count)d tasks are open", count) % {"count": count}
        found.append((words, reverse("matters:tasks", args=[visit.pk])))
    return found


# --- what goes by itself ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Erased:
    """Something held for the visit alone, and the day it goes."""

    what: str
    on: datetime.date | None
    url: str = ""

    @property
    def when(self) -> str:
        return _("will be erased on %(day)s") % {"day": day_words(self.on)} if self.on else ""


def erased_later(visit: Visit, documents: list[Document] | None = None) -> list[Erased]:
    """Guests' values and working papers that are still held, with the day each goes."""
    values = PersonalValue.objects.filter(
        holder_type=Member._meta.label_lower,
        holder_pk__in=visit.members.values("pk"),
        purpose=GUEST_PURPOSE,
    )
    rows = [
        Erased(document.title, document.erase_on, document.get_absolute_url())
        for document in (documents_held(visit) if documents is None else documents)
        if document.is_working_paper
    ]
    if last := values.aggregate(last=Max("erase_on"))["last"]:
        rows.insert(0, Erased(_("Guests' contacts, diet and needs"), last))
    return rows


def _some(titles: list[str], most: int = 3) -> str:
    shown = "; ".join(titles[:most])
    return shown if len(titles) <= most else _("%(titles)s and others") % {"titles": shown}
