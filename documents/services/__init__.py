"""The verbs of documents; one file per noun."""

from documents.services.filing import (
    attach,
    change_title,
    drop_unused,
    erase_due,
    restore_document,
    void_document,
)
from documents.services.frozen import assemble_approved, render_version
from documents.services.making import make, progress_of, request_paper
from documents.services.reading import log_reading
from documents.services.received import open_letter, openings_of, receive_mail
from documents.services.registration import await_number, record_number, register_document, void_registration
from documents.services.uploads import add_note, upload

__all__ = [
    "add_note",
    "assemble_approved",
    "attach",
    "await_number",
    "change_title",
    "drop_unused",
    "erase_due",
    "log_reading",
    "make",
    "open_letter",
    "openings_of",
    "progress_of",
    "receive_mail",
    "record_number",
    "register_document",
    "render_version",
    "request_paper",
    "restore_document",
    "upload",
    "void_document",
    "void_registration",
]
