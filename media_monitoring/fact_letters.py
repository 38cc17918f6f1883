"""What letters to units say: facts are asked, reminded of, no longer needed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import weekday_words
from core.letters import Letter, Line
from media_monitoring.models import Claim, FactRequest


def due_words(request: FactRequest) -> str:
    """ "trečiadienis, lapkričio 25 d., 16.10" """
    local = timezone.localtime(request.due_at)
    return f"{weekday_words(local.date())}, {date_format(local, 'H.i')}"


def _contact(matter: Any) -> str:
    person = matter.responsible
    parts = (person.full_name, person.phone, person.email)
    return _("Questions: %(who)s") % {"who": ", ".join(part for part in parts if part)}


def asking_letter(request: FactRequest, matter: Any, kind: str, token: str, url: str) -> Letter:
    """The unit is asked, for the first time or again."""
    subject, words = {
        "asked": (
            _("Facts are needed for an answer to the press: %(title)s"),
            _("We are preparing an answer to the press and need your facts. A few sentences are enough."),
        ),
        "chased": (
            _("We are still waiting for your facts: %(title)s"),
            _("We have asked you for facts and have no answer yet. The answer to the press waits for them."),
        ),
    }[kind]
    groups: list[tuple[str, tuple[Line, ...]]] = [
        (_("What we ask"), (Line(request.question),)),
        (_("By when"), (Line(due_words(request), note=request.due_reason),)),
    ]
    if isinstance(matter, Claim):
        groups.insert(0, (_("What is claimed"), (Line(f"„{matter.quote}“", note=str(matter.outlet)),)))
    return Letter(
        subject=subject % {"title": matter.title},
        paragraphs=(f"{request.name},", words),
        groups=tuple(groups),
        act=Line(_("Open and answer"), url),
        closing=(_("The link is yours alone: please do not pass it on."), _contact(matter)),
        secret=token,
    )


def withdrawn_letter(request: FactRequest, matter: Any) -> Letter:
    return Letter(
        subject=_("Facts are no longer needed: %(title)s") % {"title": matter.title},
        paragraphs=(
            f"{request.name},",
            _("The facts we asked you for are no longer needed. There is nothing for you to do. Thank you."),
        ),
        closing=(_contact(matter),),
    )
