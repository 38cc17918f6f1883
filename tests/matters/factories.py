"""Matters for tests: a plain kind, whose content is its title, so that the spine is tried without upper floors."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from core import registry
from core.choices import Channel
from core.files import store
from core.registry import MatterKind, State
from matters import approvals
from matters.choices import Phase
from matters.models import ApprovalRound, Ladder, LadderStep, Matter
from matters.services import open_matter, set_state
from tests.accounts.factories import UserFactory

STATES = {"draft": State(_("being prepared"), "draft"), "approved": State(_("approved"), "ok")}


def _follow(matter: Matter, event: str, by: Any) -> None:
    if event == "approved":
        set_state(matter, state="approved", phase=Phase.ACTIVE)


def register_note() -> None:
    """The kind "note": what is frozen is its title; titles that begin with "veža" differ operationally only."""
    registry.register_matter_kind(
        MatterKind(
            code="note",
            label=_("note"),
            icon="file-text",
            model="matters.matter",
            url_name="matters:history",
            number_prefix="PZ",
            states=STATES,
            snapshot=lambda matter: {"title": matter.title},
            summary=lambda content: [{"label": "Title", "value": content["title"], "note": ""}],
            anchors=lambda content: [("title", "Title")],
            on_event=_follow,
        )
    )


def make_note(by: Any = None, **fields: Any) -> Matter:
    register_note()
    responsible = fields.pop("responsible", None) or by or UserFactory(role="specialist")
    fields.setdefault("title", "Kvietimas į miesto šventę")
    matter = open_matter(Matter, kind="note", by=(by or responsible).actor, responsible=responsible, **fields)
    set_state(matter, state="draft", phase=Phase.DRAFT)
    return matter


def make_ladder(*steps: dict[str, Any]) -> Ladder:
    """A ladder for notes; each step is {"role": …} or {"user": …} or {"outside_email": …} with what differs."""
    ladder = Ladder.objects.create(kind="note", name="Pastabos", is_default=True)
    for position, step in enumerate(steps or ({"role": "head"},), start=1):
        values = {
            "order": position,
            "label": "tvirtina",
            "channels": [Channel.SESSION, Channel.PAPER],
            **step,
        }
        for name in ("role", "passes_to"):
            if values.get(name):
                values[name] = Group.objects.get_or_create(name=values[name])[0]
        LadderStep.objects.create(ladder=ladder, **values)
    return ladder


def submit_note(matter: Matter, by: Any) -> ApprovalRound:
    """Submit and let the frozen paper be there at once."""
    approval = approvals.submit(matter, by=by.actor)
    approvals.open_round(
        approval.version, store(b"%PDF-1.7 frozen", name="v.pdf", media_type="application/pdf")
    )
    approval.refresh_from_db()
    return approval
