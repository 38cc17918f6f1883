"""Inventories and acts as documents: registered the moment they are approved, placed in their file, drawn by a worker.

Their matter is the archive's year. A list that is not approved yet is no document: its paper bears PROJEKTAS.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from archive.choices import DestructionState, TransferState
from archive.models import ArchiveYear, Destruction, Inventory, Transfer
from archive.year_kind import UNDER_WAY
from core.actor import Actor
from core.errors import DomainError
from core.models import StoredFile
from documents.choices import Origin
from documents.models import Register, RegisterYear, Registration
from documents.services import register_document, void_document, void_registration
from documents.services.filing import add_version, new_document
from matters.services import lock_matter, matter_of_year

REGISTERS = {  # of documents/data/registers.json
    "inventory": "bylu-apyrasai",
    "transfer": "perdavimo-aktai",
    "destruction": "naikinimo-aktai",
}
LEVEL = "2a ua1"


def document_kind(row: Any) -> str:
    return f"archive.{row._meta.model_name}"


def archive_year(year: int, *, by: Actor) -> ArchiveYear:
    """The matter of this year's acts."""
    return matter_of_year(
        ArchiveYear,
        year,
        kind="archive_year",
        state=UNDER_WAY,
        title=gettext_lazy("Work of the archive, %(year)d"),
        responsible=lambda: User.objects.with_role("archivist").order_by("pk").first(),
        by=by,
    )


def register_act(row: Any, *, by: Actor) -> Registration:
    """The approved list becomes a document of this year under the next number of its register.

    The number stands on the paper, so it is given before the paper is drawn. No act comes into a file that it lists:
    those are closed, and a closed volume takes nothing.
    """
    name = row._meta.model_name
    register = Register.objects.filter(code=REGISTERS[name]).first()
    if register is None or not register.is_ours:
        raise DomainError(
            _("Acts are numbered here: the register “%(code)s” is missing.") % {"code": REGISTERS[name]}
        )
    year = timezone.localdate().year
    matter = lock_matter(archive_year(year, by=by).pk)
    _go_on_from_acts_before(row, register, year)
    with override(settings.LANGUAGE_CODE):
        document = new_document(
            matter, kind=document_kind(row), title=_title(row), origin=Origin.FILED, by=by
        )
    registration = register_document(document, register, by=by, before_it_is_drawn=True)
    type(row).objects.filter(pk=row.pk).update(document=document)
    row.document = document
    return registration


def _go_on_from_acts_before(row: Any, register: Register, year: int) -> None:
    """Acts had numbers before they were documents: the register goes on from the last of this year."""
    if isinstance(row, Inventory):
        return
    taken = type(row).objects.filter(year=year, number__isnull=False)
    last = taken.aggregate(last=Max("number"))["last"] or 0
    RegisterYear.objects.get_or_create(register=register, year=year, defaults={"last": last})


def _title(row: Any) -> str:
    if isinstance(row, Inventory):
        return f"{_('Inventory of case files')}: {row}"
    if isinstance(row, Transfer):
        return f"{_('Act of transfer of documents')}: {row.receiver_name}"
    return f"{_('Act of destruction of documents')}: {row.ground}"


@transaction.atomic
def file_paper(row: Any, stored: StoredFile, *, pages: int) -> None:
    """The drawn paper as a version of the act: as it was approved, then with what was done by it."""
    lock_matter(row.document.matter_id)
    newest = row.document.versions.first()
    if newest is None or newest.file_id != stored.pk:
        add_version(row.document, stored, name=stored.name, by=Actor.system(), level=LEVEL, pages=pages)


def void_act(row: Any, *, reason: str, by: Actor) -> None:
    """An approved act that was aborted: its number stays visible as void, its paper leaves the file."""
    if row.document is None:
        return
    registration = row.document.registrations.standing().first()
    if registration is not None:
        void_registration(registration, reason=reason, by=by)
    void_document(row.document, reason=reason, by=by)


def registration_of(row: Any) -> Registration | None:
    return row.document.registrations.standing().first() if row.document_id else None


def act_of(document: Any) -> Any:
    """The inventory or act whose document this is; None for any other document."""
    for model in (Inventory, Transfer, Destruction):
        if document.kind == f"archive.{model._meta.model_name}":
            return model.objects.filter(document=document).first()
    return None


def unfinished(**filters: Any) -> list[Any]:
    """Approved acts that are not carried out yet: the receipt or the erasure still comes into their paper."""
    erasing = Destruction.objects.filter(state__in=[DestructionState.APPROVED, DestructionState.ERASING])
    return [*Transfer.objects.filter(state=TransferState.APPROVED, **filters), *erasing.filter(**filters)]
