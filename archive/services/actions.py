"""The register of actions of a case file: what was done with the file, and who approved the papers in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from archive.models import CaseFile, Placement
from core import registry
from core.models import AuditEvent

OF_APPROVALS = (
    "approval.submitted",
    "approval.agreed",
    "approval.returned",
    "approval.agreed_on_paper",
    "approval.returned_on_paper",
    "approval.withdrawn",
    "approval.completed",
)
# What an export or its seal left in the trail: else no export would repeat another.
OF_EXPORTS = (
    "case_file.exported",
    "case_file.seal_renewed",
    "case_file.export_verified",
    "case_file.export_read",
)


@dataclass(frozen=True)
class Action:
    """Something done: when, by whom, what, and with which document of the file."""

    at: datetime.datetime
    pk: int
    who: str
    what: str
    title: str = ""

    def as_row(self) -> tuple[str, str, str]:
        when = timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M")
        return when, self.who, f"{self.title}: {self.what}" if self.title else self.what


def actions_of(file: CaseFile, rows: list[Placement]) -> list[Action]:
    """In order of time."""
    own = AuditEvent.objects.filter(subject_type="archive.casefile", subject_pk=file.pk)
    words = {code: say[0] for entry in registry.register_action_words for code, say in entry.words.items()}
    found = [_action(event, words) for event in own.exclude(action__in=OF_EXPORTS)]
    papers = _approved_papers(rows)
    matters = {matter for matter, _number in papers}
    for event in AuditEvent.objects.filter(action__in=OF_APPROVALS, matter_pk__in=matters):
        if title := papers.get((event.matter_pk or 0, event.data.get("version", 0))):
            found.append(_action(event, words, title))
    return sorted(found, key=lambda action: (action.at, action.pk))


def _action(event: AuditEvent, words: dict, title: str = "") -> Action:
    who = event.actor_label
    if signer := event.data.get("signer"):  # decided on paper: who recorded it, and whose the decision is
        who = f"{signer} ({who})"
    return Action(event.at, event.pk, who, str(words.get(event.action, event.action)), title)


def _approved_papers(rows: list[Placement]) -> dict[tuple[int, int], str]:
    """Documents made of a frozen version, by the matter and the number of the version."""
    papers = {}
    for row in rows:
        for version in row.document.versions.all():
            if version.source is not None:
                papers[row.document.matter_id, version.source.number] = row.document.title
    return papers
