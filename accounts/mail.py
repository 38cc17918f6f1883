"""What the letters of accounts say: a link to set a password by."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.letters import Letter, Line, whole


def password_letter(person: User, secret: str, *, is_new: bool) -> Letter:
    """The link behind which a password is set, for a new account or a forgotten password."""
    url = whole(reverse("accounts:password_reset_confirm", args=[secret]))
    greeting = f"{person.full_name},"
    if is_new:
        return Letter(
            subject=_("Your account in the portal"),
            paragraphs=(
                greeting,
                _("An account was made for you; your user name is %(user)s.") % {"user": person.username},
            ),
            act=Line(_("Set your password"), url),
            closing=(_("The link is good for three days; later ask for a new one on the log-in page."),),
            secret=secret,
        )
    return Letter(
        subject=_("A new password for the portal"),
        paragraphs=(
            greeting,
            _("Somebody asked for a new password for your account (%(user)s).") % {"user": person.username},
        ),
        act=Line(_("Set a new password"), url),
        closing=(
            _("The link is good for three days."),
            _("If it was not you, leave this letter: nothing changes."),
        ),
        secret=secret,
    )
