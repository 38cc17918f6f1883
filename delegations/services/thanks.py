"""The words of a letter of thanks, kept once somebody has read them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from delegations.models import ThanksLetter, Visit
from delegations.services.state import changed, lock_visit

LONGEST = {"salutation": 200, "body": 4000, "signatory": 200}


@transaction.atomic
def word_thanks(
    visit: Visit,
    language: str,
    *,
    salutation: str,
    body: str,
    signatory: str,
    revision: int | None,
    by: Actor,
) -> ThanksLetter:
    """Keep the words; somebody else's words in between are not overwritten (StaleWriteError)."""
    visit = lock_visit(visit.pk, for_change=False)
    if visit.is_over:
        raise DomainError(_("The visit is closed: it cannot be changed."))
    said = {"salutation": salutation.strip(), "body": body.replace("\r\n", "\n").strip(), "signatory": signatory.strip()}  # fmt: skip
    empty = {
        "salutation": _("Write the salutation."),
        "body": _("Write the text of the letter."),
        "signatory": _("Write who signs."),
    }
    for field, text in said.items():
        if not text:
            raise DomainError(empty[field], field=field)
        if len(text) > LONGEST[field]:
            raise DomainError(
                _("At most %(most)d characters; there are %(count)d.")
                % {"most": LONGEST[field], "count": len(text)},
                field=field,
            )
    letter = (
        ThanksLetter.objects.select_for_update(of=("self",)).filter(visit=visit, language=language).first()
    )
    if letter is None:
        letter = ThanksLetter.objects.create(visit=visit, language=language, **said, **acted_by(by))
    else:
        for field, value in {**said, **acted_by(by)}.items():
            setattr(letter, field, value)
        letter.save_if_current(revision or 0, [*said, *acted_by(by)])
    changed(visit, "thanks.written", letter, by, title=said["salutation"])
    return letter
