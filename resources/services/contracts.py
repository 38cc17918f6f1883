"""Signed contracts of interpreters as files: brought, opened, told of before their end, gone with the contacts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, deadlines
from core.actor import Actor
from core.dates import day_words
from core.deadlines import Deadline
from core.errors import DomainError
from core.files import store
from core.models import AccessRecord, StoredFile, acted_by
from documents import intake
from documents.services.filing import drop_unused
from matters.services import notify
from resources.contacts import KEPT_RULE
from resources.models import Interpreter, InterpreterContract, Resource
from resources.services.directory import parent_of

# What a signed contract comes as.
EXTENSIONS = ("pdf", "adoc", "asice", "docx", "odt", "jpg", "jpeg", "png", "tif", "tiff")
TOLD_BEFORE = (30, 7)  # days before the end
SUBJECT = "resources.interpretercontract"


@transaction.atomic
def add_contract(
    interpreter: Interpreter,
    file: Any,
    *,
    number: str,
    valid_from: datetime.date | None,
    valid_until: datetime.date | None,
    by: Actor,
) -> InterpreterContract:
    """Keep the signed contract; from now on its number and days are those in force."""
    row = Interpreter.objects.select_for_update(of=("self",)).get(pk=interpreter.pk)
    number = number.strip()
    if not number:
        raise DomainError(_("Write the number of the contract."), field="number")
    if valid_from and valid_until and valid_until < valid_from:
        raise DomainError(_("The contract ends before it begins."), field="valid_until")
    contract = InterpreterContract(
        interpreter=row,
        number=number[:60],
        valid_from=valid_from,
        valid_until=valid_until,
        **acted_by(by),
    )
    contract.stored, contract.name = _keep(file)
    if row.contracts.filter(stored=contract.stored, number=number).exists():
        raise DomainError(_("This very file is kept already."), field="file")
    contract.save()
    Interpreter.objects.filter(pk=row.pk).update(
        contract_number=contract.number, contract_from=valid_from, contract_until=valid_until
    )
    Resource(pk=row.pk, name=row.name).save_if_current(None, ["name"])  # who has the old form open is told
    audit.record("interpreter.contract_added", parent_of(row), by=by, number=contract.number)
    return contract


@transaction.atomic
def open_contract(contract: InterpreterContract, *, by: Actor) -> StoredFile:
    """Its file; who opened it is kept in the access log."""
    AccessRecord.objects.create(
        subject_type=SUBJECT, subject_pk=contract.pk, fields=["file"], purpose="contract", **acted_by(by)
    )
    return contract.stored


@transaction.atomic
def remove_contract(contract: InterpreterContract, *, by: Actor) -> None:
    """A file brought by mistake: it goes for good; the number and days of the contract stay as written."""
    audit.record(
        "interpreter.contract_removed",
        parent_of(contract.interpreter),
        by=by,
        number=contract.number,
    )
    _drop(InterpreterContract.objects.filter(pk=contract.pk))


def tell_of_ends(today: datetime.date) -> int:
    """Thirty and seven days before a contract ends, who brought it is told, or the heads when she has left.

    Safe to run again. Returns how many contracts were told of.
    """
    first, last = today, today + datetime.timedelta(days=max(TOLD_BEFORE))
    people = Interpreter.objects.active().filter(contract_until__range=(first, last), is_staff=False)
    told = 0
    for row in people.exclude(contract_number=""):
        left = (row.contract_until - today).days
        mark = min(days for days in TOLD_BEFORE if left <= days)
        for person in _told_of(row):
            notify(
                person,
                key=f"contract-ends:{row.pk}:{row.contract_until}:{mark}",
                text=lambda row=row: (
                    _("The contract with %(name)s ends on %(day)s")
                    % {"name": row.name, "day": day_words(row.contract_until)}
                ),
                url=f"{reverse('resources:resource', args=[row.pk])}#contract",
                icon="clock-hour-4",
            )
        told += 1
    return told


def forget_contracts(pk: int) -> int:
    """The person asks to be forgotten: her files go. Returns how many."""
    return _drop(InterpreterContract.objects.filter(interpreter=pk))


def drop_needless(today: datetime.date) -> int:
    """Our copies go as long after a contract's end as contacts do after the last work. Returns how many."""
    ended = InterpreterContract.objects.filter(valid_until__lt=today)
    return _drop([row for row in ended if (end := kept_until(row)) and end.due_on <= today])


def kept_until(contract: InterpreterContract) -> Deadline | None:
    """When our copy is erased and why; None without an end, or where no rule is in force."""
    if contract.valid_until is None:
        return None
    try:
        return deadlines.compute(KEPT_RULE, contract.valid_until, event=_("The contract ends"))
    except DomainError:
        return None


# --- inside -------------------------------------------------------------------------------------------------


def _keep(file: Any) -> tuple[StoredFile, str]:
    if file.size:
        file.seek(0)
    content = file.read()
    try:
        checked = intake.check_file(content, file.name or "")
    except DomainError as error:
        raise DomainError(str(error), field="file") from error
    if checked.extension not in EXTENSIONS:
        raise DomainError(
            _("Bring the signed contract as PDF, ADOC, an office document or a picture."), field="file"
        )
    return store(content, name=checked.name, media_type=checked.media_type), checked.name


def _told_of(interpreter: Interpreter) -> list[Any]:
    newest = interpreter.contracts.select_related("actor_user").first()
    person = newest.actor_user if newest else None
    if person is not None and person.is_active and person.has_perm("resources.change_resource"):
        return [person]
    return list(get_user_model().objects.with_role("head"))


def _drop(rows: Iterable[InterpreterContract]) -> int:
    rows = list(rows)
    files = [row.stored_id for row in rows]
    InterpreterContract.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: drop_unused(files))
    return len(rows)
