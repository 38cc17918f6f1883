"""The words of a scan: read by machine in a job, proposed, and taken as the article's text by a person only."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, jobs
from core.actor import Actor
from core.errors import DomainError
from core.models import Job
from documents.converting import programs
from documents.converting.convert import PICTURES, convert
from documents.converting.reading import Read, read_pages
from documents.converting.words import sentence
from media_monitoring.models import ArticleFile

LONGEST_TEXT = 400_000
KIND = "media_monitoring.read_scan"


def is_scan(file: ArticleFile) -> bool:
    """Whether there are words to read in it: a picture or a PDF, not a recording."""
    return file.stored.media_type in PICTURES or file.stored.media_type == "application/pdf"


def ask_reading(file: ArticleFile) -> Job | None:
    """Let the words be read by a worker."""
    return jobs.enqueue(KIND, file.pk) if is_scan(file) else None


def read_scan(pk: int, job: Job) -> None:
    """Read the words; what was settled by a person is left alone. Safe to run again."""
    file = ArticleFile.objects.select_related("stored").filter(pk=pk, settled_at=None).first()
    if file is None:
        return
    job.report(0, 0, _("The words of the scan are being read"))
    made = convert(file.stored.read(), file.name, file.stored.media_type)
    read = read_pages(made.content) if made.content else Read(reason=made.reason)
    text = "\n".join(read.texts).strip()[:LONGEST_TEXT]
    file.proposal, file.read_at, file.problem = text, timezone.now(), ""
    if not text:
        file.problem = _why_not(sentence(read.reason) if read.reason else "")[:300]
    ArticleFile.objects.filter(pk=pk, settled_at=None).update(
        proposal=file.proposal, read_at=file.read_at, problem=file.problem
    )


def _why_not(reason: str) -> str:
    if reason:
        return reason
    if not programs.program("tesseract").is_there:
        return _(
            "Scans are not read on this machine: Tesseract with Lithuanian is not installed (%(command)s)."
        ) % {"command": programs.INSTALL}
    return _("No words were found in the scan.")


@transaction.atomic
def read_again(file: ArticleFile) -> None:
    """Another try, for instance after the reading program was installed."""
    if file.settled_at or file.proposal:
        raise DomainError(_("The words of this scan were read already."))
    ask_reading(file)


@transaction.atomic
def take_proposal(file: ArticleFile, text: str, *, by: Actor) -> None:
    """The words, corrected by a person, become the article's text; what stood there stays as a version."""
    from media_monitoring.services.articles import keep_text  # noqa: PLC0415 -- which asks for the reading

    locked = _open(file)
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST_TEXT]
    if not text:
        raise DomainError(_("Write the text, or leave the proposal aside."), field="text")
    keep_text(locked.article, locked.article.title, text)
    _settle(locked)
    audit.record("article.text_taken", locked.article, by=by, file=locked.name)


@transaction.atomic
def leave_proposal(file: ArticleFile, *, by: Actor) -> None:
    """The words are of no use; the scan stays."""
    locked = _open(file)
    _settle(locked)
    audit.record("article.text_left", locked.article, by=by, file=locked.name)


def _open(file: ArticleFile) -> ArticleFile:
    rows = ArticleFile.objects.select_for_update(of=("self",)).select_related("article__outlet")
    locked = rows.get(pk=file.pk)
    if locked.settled_at:
        raise DomainError(_("Somebody settled the words of this scan already."))
    return locked


def _settle(file: ArticleFile) -> None:
    file.settled_at, file.proposal = timezone.now(), ""
    file.save(update_fields=["settled_at", "proposal"])
