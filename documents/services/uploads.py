"""Files that people bring: a document, a photo, a letter, a note."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from core.files import store
from documents import intake
from documents.choices import DocumentState, Origin
from documents.models import Document
from documents.services.filing import add_version, new_document
from documents.services.received import EXTENSIONS, receive_mail
from matters.models import Matter
from matters.services import lock_matter

LONGEST_NOTE = 10_000


def upload(matter: Matter, file: UploadedFile, *, by: Actor, replaces: Document | None = None) -> Document:
    """File what was brought; of a letter a worker files the attachments too.

    With `replaces` the file becomes the next version of that document.
    """
    _must_be_open(matter)
    if file.size and file.size > 0:
        file.seek(0)
    content = file.read()
    checked = intake.check_file(content, file.name or "")
    if checked.extension in EXTENSIONS and replaces is None:
        return receive_mail(matter, content, checked, by=by)
    stored = store(content, name=checked.name, media_type=checked.media_type)
    with transaction.atomic():
        matter = lock_matter(matter.pk)
        if replaces is not None:
            return _replace(replaces, stored, checked, by=by)
        document = new_document(
            matter,
            kind="photo" if checked.is_image else "upload",
            title=checked.stem,
            origin=Origin.UPLOADED,
            by=by,
            state=DocumentState.FINAL,
        )
        add_version(document, stored, name=checked.name, by=by)
    return document


def _replace(document: Document, stored: object, checked: intake.Checked, *, by: Actor) -> Document:
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.is_gone:
        raise DomainError(_("The document is void: restore it first."))
    if document.origin == Origin.MADE:
        raise DomainError(
            _("This paper is made from the matter's own data. Bring the finished file as a new document.")
        )
    if document.registrations.standing().exists():
        raise DomainError(_("The document is registered: its file does not change any more."))
    newest = document.versions.first()
    if newest and newest.file == stored:
        raise DomainError(_("This very file is the newest version already."), field="files")
    add_version(document, stored, name=checked.name, by=by)  # type: ignore[arg-type]
    return document


def add_note(matter: Matter, text: str, *, by: Actor, title: str = "") -> Document:
    """Write a note on the matter; it is kept as a text file like any other document."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError(_("Write the note."), field="text")
    if len(text) > LONGEST_NOTE:
        raise DomainError(
            _("The note is %(length)d characters long; at most %(bound)d can be kept.")
            % {"length": len(text), "bound": LONGEST_NOTE},
            field="text",
        )
    _must_be_open(matter)
    title = title.strip() or text.split("\n", 1)[0][:80]
    stored = store(text.encode(), name=f"{intake.clean_name(title)[:60]}.txt", media_type="text/plain")
    with transaction.atomic():
        matter = lock_matter(matter.pk)
        document = new_document(
            matter, kind="note", title=title, origin=Origin.NOTE, by=by, state=DocumentState.FINAL, text=text
        )
        add_version(document, stored, name=stored.name, by=by)
    return document


def _must_be_open(matter: Matter) -> None:
    if matter.is_over:
        raise DomainError(_("The matter is closed: open it again to add documents."))
