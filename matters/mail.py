"""What the spine's letters say: a notice at once, the daily digest, links to decide and to read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.dates import day_relative, day_words
from core.letters import Letter, Line, whole
from matters.models import ApprovalStep, Matter, Notice, PersonalLink, Task


def notice_letter(notice: Notice) -> Letter:
    """An urgent notice by itself."""
    matter = notice.matter
    return Letter(
        subject=notice.text,
        paragraphs=(f"{matter.number} · {matter.title}",) if matter else (),
        act=Line(_("Open in the portal"), whole(notice.url)),
        closing=(_no_answer(),),
        choices=_choices(),
    )


def digest(
    *,
    waiting: Iterable[ApprovalStep],
    due: Iterable[Task],
    notices: Iterable[Notice],
    today: datetime.date,
) -> Letter:
    """Everything a person should know today, in one letter."""
    groups = (
        (
            _("Waiting for your decision"),
            tuple(
                Line(
                    step.round.matter.title,
                    whole(reverse("matters:decision", args=[step.pk])),
                    _by(step.due_on, today),
                )
                for step in waiting
            ),
        ),
        (
            _("Tasks due today or late"),
            tuple(
                Line(
                    task.title,
                    whole(reverse("matters:tasks", args=[task.matter_id])),
                    f"{_by(task.due_on, today)} · {task.matter.number} {task.matter.title}",
                )
                for task in due
            ),
        ),
        (pgettext("in a letter", "New"), tuple(Line(notice.text, whole(notice.url)) for notice in notices)),
    )
    filled = tuple((heading, lines) for heading, lines in groups if lines)
    total = sum(len(lines) for _heading, lines in filled)
    return Letter(
        subject=ngettext("Your day: %(count)d line", "Your day: %(count)d lines", total) % {"count": total},
        groups=filled,
        act=Line(_("My day"), whole(reverse("matters:my_day"))),
        closing=(_no_answer(),),
        choices=_choices(),
    )


def decision_letter(link: PersonalLink, token: str, url: str, step: ApprovalStep, matter: Matter) -> Letter:
    """A personal link to a decision."""
    asked = _("The department asks for your decision: %(title)s.") % {"title": matter.title}
    needed = _("The decision is needed by %(day)s.") % {"day": day_words(step.due_on)} if step.due_on else ""
    return Letter(
        subject=_("Waiting for your decision: %(title)s") % {"title": matter.title},
        paragraphs=(f"{link.name},", f"{asked} {needed}".strip()),
        act=Line(_("Open, read and decide"), url),
        closing=(_yours_alone(link),),
        secret=token,
    )


def reading_letter(link: PersonalLink, token: str, url: str, matter: Matter) -> Letter:
    """A personal link to read a version."""
    return Letter(
        subject=matter.title,
        paragraphs=(f"{link.name},", _("Here you can read: %(title)s.") % {"title": matter.title}),
        act=Line(_("Open and read"), url),
        closing=(_yours_alone(link),),
        secret=token,
    )


def _by(day: datetime.date | None, today: datetime.date) -> str:
    if day is None:
        return ""
    words = day_relative(day, today=today)
    return (_("late, was due %(day)s") if day < today else _("by %(day)s")) % {"day": words}


def _no_answer() -> str:
    return _("This letter was sent by the portal; there is no need to answer it.")


def _choices() -> str:
    return whole(reverse("accounts:profile"))


def _yours_alone(link: PersonalLink) -> str:
    until = day_words(timezone.localdate(link.expires_at))
    return _("The link is yours alone: please do not pass it on. It works until %(until)s.") % {
        "until": until
    }
