"""What the archive shows in the house: the room, the place on a document's page, my day, search, the demonstration."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import registry
from core.registry import (
    ActionWords,
    ClosingCheck,
    DaySource,
    DocumentFollower,
    FilingDefault,
    LoggedReading,
    NavItem,
    Panel,
    SearchSource,
    Seed,
    SelfCheck,
    Tab,
)
from core.search import SearchDocument

SHOWN = 5
READ_DOCUMENT = "archive.document"  # in the access log: a filed document was opened to be read
SERIES = {  # rows of the retention index, by what an act is
    "inventory": "inventories",
    "transfer": "transfer_acts",
    "destruction": "destruction_acts",
}


def register() -> None:
    from archive import year_kind  # noqa: PLC0415 -- app ready

    registry.register_matter_kind(year_kind.KIND)
    registry.register_tab(
        Tab(
            gettext_lazy("Acts"),
            "archive:year",
            5,
            kinds=("archive_year",),
            permission="archive.view_inventory",
        )
    )
    registry.register_closing_check(ClosingCheck("archive.acts", year_kind.closing_problems))
    for act, series in SERIES.items():
        registry.register_filing_default(
            FilingDefault(f"archive.{act}", series, document_kind=f"archive.{act}")
        )
    registry.register_nav(
        NavItem(
            "memory",
            gettext_lazy("Case files and archive"),
            "archive:files",
            "archive",
            "archive.view_casefile",
            10,
            count_waiting,
            prefix="/archyvas/",
        )
    )
    registry.register_document_follower(DocumentFollower("archive", _follow))
    registry.register_closing_check(ClosingCheck("archive.unplaced", unplaced))
    registry.register_panel(
        Panel(
            "documents:detail",
            gettext_lazy("Place in a case file"),
            "archive/_document_panel.html",
            document_panel,
            "archive.view_casefile",
            10,
        )
    )
    registry.register_day_source(
        DaySource("archive.closing", "archive/_my_day.html", files_to_close, column="side", order=40)
    )
    registry.register_day_source(
        DaySource("archive.plans", "archive/_my_day_plans.html", plans_to_approve, column="side", order=15)
    )
    registry.register_day_source(
        DaySource("archive.acts", "archive/_my_day_acts.html", acts_to_decide, column="side", order=16)
    )
    registry.register_logged_reading(
        LoggedReading(
            "archive.documents",
            gettext_lazy("Documents of case files"),
            READ_DOCUMENT,
            {"pages": gettext_lazy("pages of the document")},
            read_documents,
        )
    )
    registry.register_search_source(
        SearchSource(
            "case_files",
            gettext_lazy("Case files"),
            "archive",
            search_entries,
            70,
            "archive.view_casefile",
            "archive.casefile",
        )
    )
    registry.register_action_words(ActionWords("archive", WORDS))
    registry.register_self_check(
        SelfCheck("archive.seals", gettext_lazy("Seals of exports"), look_at_seals, order=25)
    )
    registry.register_self_check(
        SelfCheck("archive.texts", gettext_lazy("Search in documents"), look_at_texts, order=26)
    )
    registry.register_seed(Seed("archive.plan", _seed_plan, order=15, at_once=True))
    registry.register_seed(Seed("archive.files", _seed_files, order=90))
    registry.register_seed(Seed("archive.acts", _seed_acts, order=91))
    registry.register_seed(Seed("archive.kinds", _seed_kinds, order=92))


def _follow(document: Any, event: str, by: Any) -> None:
    from archive.services import follow  # noqa: PLC0415 -- app ready

    follow(document, event, by)


def _seed_plan() -> str:
    from archive import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.plans()


def _seed_files() -> str:
    from archive import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.files()


def _seed_kinds() -> str:
    from archive import seed_kinds  # noqa: PLC0415 -- only for the demonstration

    return seed_kinds.kinds()


def _seed_acts() -> str:
    from archive import seed_acts  # noqa: PLC0415 -- only for the demonstration

    return seed_acts.acts()


def count_waiting(user: Any) -> int:
    """What the archivist has to place; nobody else is called."""
    from archive.models import WaitingDocument  # noqa: PLC0415 -- app ready

    if not user.has_perm("archive.place_document"):
        return 0
    return WaitingDocument.objects.of_years_in_force().visible_to(user).count()


def unplaced(matter: Any) -> Iterable[tuple[str, str]]:
    """A matter is not closed while a document of it has no place, once the plan of the document's year is approved."""
    from archive.models import WaitingDocument  # noqa: PLC0415 -- app ready

    waiting = WaitingDocument.objects.of_years_in_force().filter(document__matter_id=matter.pk)
    for row in waiting.select_related("document"):
        yield (
            _("No place in a case file: %(title)s") % {"title": row.document.title},
            row.document.get_absolute_url() + "#place-in-file",
        )


def document_panel(request: HttpRequest, document: Any) -> dict[str, Any] | None:
    from archive.choices import Waiting  # noqa: PLC0415 -- app ready
    from archive.services.registering import act_of  # noqa: PLC0415 -- app ready

    if document.is_working_paper or document.is_void:
        return None
    places = list(document.placements.select_related("file__line__plan").order_by("-pk"))
    waiting = getattr(document, "waiting_for_place", None)
    if not places and waiting is None:
        return None
    return {
        "document": document,
        "act": act_of(document),
        "standing": next((place for place in places if place.left_at is None), None),
        "former": [place for place in places if place.left_at],
        "waiting": waiting,
        "is_without_plan": waiting is not None and waiting.why == Waiting.NO_PLAN,
        "may_place": request.user.has_perm("archive.place_document"),
    }


def files_to_close(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """My day of the archivist: files of past years still open, and how many documents wait for a place."""
    from archive.models import CaseFile  # noqa: PLC0415 -- app ready

    if not user.has_perm("archive.close_casefile"):
        return None
    files = CaseFile.objects.filter(state="begun", line__plan__year__lt=today.year)
    rows = list(
        files.select_related("line__plan")
        .annotate(documents=Count("placements", filter=Q(placements__left_at=None)))
        .order_by("line__plan__year", "line__index_key", "volume")[: SHOWN + 1]
    )
    waiting = count_waiting(user)
    if not rows and not waiting:
        return None
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "waiting": waiting}


def look_at_seals() -> Iterable[tuple[str, str]]:
    """Self-check: seals that end soon are renewed by the beat; one that ended before is beyond help."""
    from archive.models import CaseExport  # noqa: PLC0415 -- app ready

    lost, due = CaseExport.objects.seal_lost().count(), CaseExport.objects.seal_to_renew().count()
    if lost:
        yield (
            "bad",
            _("Exports whose seal ended before it was renewed: %(count)d. Export those files anew.")
            % {"count": lost},
        )
    if due:
        yield "note", _("Exports whose seal is to be renewed: %(count)d.") % {"count": due}
    if not lost and not due:
        yield "ok", _("Every seal can be verified for two months at least.")


def look_at_texts() -> Iterable[tuple[str, str]]:
    """Self-check: what the search in documents does not know."""
    from archive.models import DocumentText  # noqa: PLC0415 -- app ready
    from archive.services import texts  # noqa: PLC0415 -- app ready

    if unread := texts.unread().count():
        yield "note", _("Filed documents not read yet: %(count)d. A worker reads them.") % {"count": unread}
    if silent := DocumentText.objects.exclude(problem="").count():
        yield (
            "note",
            _("Filed documents without words (recordings, locked files, pictures): %(count)d.")
            % {"count": silent},
        )
    if not unread:
        yield "ok", _("Every filed document was read.")


def read_documents() -> Any:
    """Filed documents by the number of their matter: a title would tell more than one may know."""
    from documents.models import Document  # noqa: PLC0415 -- app ready

    return Document.objects.annotate(held_name=F("matter__number"))


def plans_to_approve(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """My day of the head: plans that somebody else submitted."""
    from archive.models import Plan  # noqa: PLC0415 -- app ready

    if not user.has_perm("archive.approve_plan"):
        return None
    plans = list(Plan.objects.filter(state="submitted").exclude(submitted_by=user))
    return {"plans": plans} if plans else None


def acts_to_decide(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """My day of whoever has the next step of an inventory or an act: approving, judging, confirming."""
    from archive.models import Destruction, Inventory, Transfer  # noqa: PLC0415 -- app ready

    rows: list[Any] = []
    if user.has_perm("archive.approve_inventory"):
        rows += Inventory.objects.filter(state="submitted").exclude(submitted_by=user)
    if user.has_perm("archive.approve_transfer"):
        rows += Transfer.objects.filter(state="submitted").exclude(submitted_by=user)
    mine = Q(pk__in=[])
    if user.has_perm("archive.judge_destruction"):
        mine |= Q(state="judging")
    if user.has_perm("archive.approve_destruction"):
        mine |= Q(state="approving") & ~Q(opinion_by=user)
    if user.has_perm("archive.confirm_destruction"):
        mine |= Q(state="approved") & ~Q(opinion_by=user) & ~Q(approved_by=user)
    rows += Destruction.objects.filter(mine).exclude(submitted_by=user).order_by("pk")
    return {"rows": rows[:SHOWN]} if rows else None


def search_entries(pks: Iterable[int] | None) -> Iterator[Any]:
    """Headings, indexes, years and who answers: of documents each matter speaks for itself."""
    from archive.models import CaseFile  # noqa: PLC0415 -- app ready

    rows = CaseFile.objects.select_related("line__plan", "line__responsible", "line__point")
    for file in (rows if pks is None else rows.filter(pk__in=pks)).iterator(chunk_size=200):
        line = file.line
        yield SearchDocument(
            pk=file.pk,
            title=f"{file.signature} {line.heading}",
            subtitle=str(line.plan.year),
            text=f"{line.plan.year} {line.point.name_lt} {line.note} {line.responsible or ''}",
            url=reverse("archive:file", args=[file.pk]),
        )


WORDS = {
    "plan.begun": (gettext_lazy("documentation plan begun"), "plus"),
    "plan.line_added": (gettext_lazy("file added to the plan"), "plus"),
    "plan.line_changed": (gettext_lazy("line of the plan changed"), "pencil"),
    "plan.line_removed": (gettext_lazy("file taken out of the plan"), "trash"),
    "plan.described": (gettext_lazy("data of the plan changed"), "pencil"),
    "plan.submitted": (gettext_lazy("plan submitted"), "send"),
    "plan.approved": (gettext_lazy("plan approved"), "circle-check"),
    "plan.returned": (gettext_lazy("plan returned"), "arrow-back-up"),
    "point.changed": (gettext_lazy("retention period changed"), "pencil"),
    "case_file.begun": (gettext_lazy("file begun"), "folder"),
    "case_file.closed": (gettext_lazy("file closed"), "lock"),
    "case_file.reopened": (gettext_lazy("file reopened"), "lock-open"),
    "case_file.held": (pgettext_lazy("audit", "legal hold"), "hand-stop"),
    "case_file.hold_lifted": (gettext_lazy("legal hold lifted"), "check"),
    "case_file.described": (gettext_lazy("data of the file changed"), "pencil"),
    "case_file.exported": (gettext_lazy("file exported as one PDF"), "file-type-pdf"),
    "case_file.export_read": (gettext_lazy("export downloaded"), "download"),
    "case_file.export_verified": (gettext_lazy("export verified"), "shield-check"),
    "case_file.seal_renewed": (gettext_lazy("seal of an export renewed"), "certificate"),
    "case_file.split": (gettext_lazy("file split into volumes"), "versions"),
    "case_file.inventoried": (gettext_lazy("file entered in the inventory"), "list-details"),
    "inventory.begun": (gettext_lazy("inventory begun"), "plus"),
    "inventory.gathered": (gettext_lazy("files taken up in the inventory"), "refresh"),
    "inventory.described": (gettext_lazy("data of the inventory changed"), "pencil"),
    "inventory.submitted": (gettext_lazy("inventory submitted"), "send"),
    "inventory.returned": (gettext_lazy("inventory returned"), "arrow-back-up"),
    "inventory.approved": (gettext_lazy("inventory approved"), "circle-check"),
    "inventory.deleted": (gettext_lazy("draft of an inventory deleted"), "trash"),
    "case_file.kept_longer": (gettext_lazy("file taken out of the list to be destroyed"), "arrow-back-up"),
    "case_file.destroyed": (gettext_lazy("file destroyed by act"), "flame"),
    "case_file.destruction_skipped": (gettext_lazy("file not destroyed: under a legal hold"), "hand-stop"),
    "document.destroyed": (gettext_lazy("document destroyed by act"), "flame"),
    "destruction.begun": (gettext_lazy("list of files to destroy begun"), "plus"),
    "destruction.line_dropped": (gettext_lazy("file taken out of the list to be destroyed"), "arrow-back-up"),
    "destruction.submitted": (gettext_lazy("list of files to destroy submitted"), "send"),
    "destruction.judged": (gettext_lazy("expert's opinion given"), "eye"),
    "destruction.returned": (gettext_lazy("list of files to destroy returned"), "arrow-back-up"),
    "destruction.approved": (gettext_lazy("act of destruction approved"), "circle-check"),
    "destruction.confirmed": (gettext_lazy("destruction confirmed"), "flame"),
    "destruction.resumed": (gettext_lazy("erasure taken up again"), "refresh"),
    "destruction.aborted": (gettext_lazy("destruction aborted"), "ban"),
    "destruction.carried_out": (gettext_lazy("act of destruction carried out"), "flame"),
    "case_file.transferred": (gettext_lazy("file handed over to the archive"), "building-bank"),
    "transfer.begun": (gettext_lazy("list of files to hand over begun"), "plus"),
    "transfer.submitted": (gettext_lazy("list of files to hand over submitted"), "send"),
    "transfer.returned": (gettext_lazy("list of files to hand over returned"), "arrow-back-up"),
    "transfer.approved": (gettext_lazy("act of transfer approved"), "circle-check"),
    "transfer.packed": (gettext_lazy("transfer packages made"), "package"),
    "transfer.received": (gettext_lazy("receipt of the archive recorded"), "building-bank"),
    "transfer.aborted": (gettext_lazy("transfer aborted"), "ban"),
    "document.placed": (gettext_lazy("document placed in a case file"), "archive"),
    "document.taken_out": (gettext_lazy("document taken out of a case file"), "arrow-back-up"),
    "document.counted": (gettext_lazy("pages of a document counted"), "hash"),
}
