"""What letters to hosts say: asked, reminded, asked again, no longer needed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.dates import weekday_words
from core.letters import Letter, Line
from delegations.models import MeetingRequest, Visit


def _asked_time(request: MeetingRequest) -> str:
    return f"{weekday_words(request.asked_on)}, {request.asked_hours}"


def _meeting(request: MeetingRequest, visit: Visit, *groups: tuple[str, str]) -> tuple:
    """The facts of the meeting as the letter's lines."""
    item = request.item
    lines = [
        Line(_asked_time(request), note=item.where),
        Line(item.title, note=visit.title),
    ]
    return ((_("The meeting"), tuple(lines)), *((head, (Line(text),)) for head, text in groups if text))


def _contact(visit: Visit) -> str:
    person = visit.responsible
    return _("Questions: %(who)s") % {
        "who": ", ".join(part for part in (person.full_name, person.phone, person.email) if part)
    }


def asking_letter(request: MeetingRequest, visit: Visit, kind: str, token: str, url: str) -> Letter:
    """The host is asked; `kind` says whether for the first time, again, of another time, or after a refusal."""
    title = request.item.title
    subject, words = {
        "asked": (
            _("Could you receive our guests? %(title)s"),
            _("We ask you to receive our guests. Please say by one press whether the time suits."),
        ),
        "chased": (
            _("We are still waiting for your answer: %(title)s"),
            _("We have asked you to receive our guests and have no answer yet. One press is enough."),
        ),
        "moved": (
            _("The time has changed: %(title)s"),
            _(
                "The time of the meeting has changed since we asked you. Please say whether the new one suits."
            ),
        ),
        "refused": (
            _("The other time does not suit: %(title)s"),
            _(
                "Thank you for proposing another time; it cannot be fitted in. Could you receive the guests as asked?"
            ),
        ),
    }[kind]
    groups = [(_("What we would like to say"), request.message)]
    if kind == "refused":
        groups = [(_("Why the other time does not suit"), request.refusal)]
    return Letter(
        subject=subject % {"title": title},
        paragraphs=(f"{request.name},", words),
        groups=_meeting(request, visit, *groups),
        act=Line(_("Open and answer"), url),
        closing=(_("The link is yours alone: please do not pass it on."), _contact(visit)),
        secret=token,
    )


def taken_letter(request: MeetingRequest, visit: Visit, token: str, url: str) -> Letter:
    """The time the host proposed stands in the programme now."""
    return Letter(
        subject=_("The time you proposed suits: %(title)s") % {"title": request.item.title},
        paragraphs=(
            f"{request.name},",
            _("Thank you. The meeting stands in the programme at the time you proposed."),
        ),
        groups=_meeting(request, visit),
        act=Line(_("Open the meeting's page"), url),
        closing=(_("The link is yours alone: please do not pass it on."), _contact(visit)),
        secret=token,
    )


def withdrawn_letter(request: MeetingRequest, visit: Visit) -> Letter:
    """The host is asked no more."""
    return Letter(
        subject=_("The meeting will not take place: %(title)s") % {"title": request.item.title},
        paragraphs=(
            f"{request.name},",
            _(
                "The meeting we asked you about is no longer in the programme. There is nothing for you to do. Thank you."
            ),
        ),
        groups=_meeting(request, visit),
        closing=(_contact(visit),),
    )
