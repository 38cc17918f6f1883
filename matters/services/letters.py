"""Letters that stopped on their way: who learns of it, and who decides what becomes of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.choices import MailState
from core.models import OutgoingMail
from matters.models import Matter
from matters.services.notices import notify

DECIDES_ALL = "core.change_outgoingmail"


def stopped_letters(user: Any) -> QuerySet[OutgoingMail]:
    """Those the person decides about: she asked for them or answers for their matter; the administrator all."""
    rows = OutgoingMail.objects.undecided()
    if user.has_perm(DECIDES_ALL):
        return rows
    hers = Matter.objects.visible_to(user).filter(responsible__in=user.selves)
    return rows.filter(Q(asked_by__in=user.selves) | Q(matter_pk__in=hers.values("pk")))


def tell_stopped() -> int:
    """Notices to who asked for the letter, who answers for its matter and the administrators; once each time it stops.

    They stand in the portal and in the digest; no letter tells of a letter, for it would stop as well.
    """
    waiting = OutgoingMail.objects.undecided().filter(told_at=None)
    return sum(_tell(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _tell(pk: int) -> bool:
    rows = OutgoingMail.objects.undecided().filter(told_at=None)
    mail = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if mail is None:
        return False
    matter = Matter.objects.select_related("responsible").filter(pk=mail.matter_pk).first()
    people = {one.pk: one for one in (mail.asked_by, matter.responsible if matter else None) if one}
    page = reverse("matters:letters")
    for person in people.values():
        notify(
            person,
            key=f"letter-stopped:{mail.pk}:{mail.tried_at and mail.tried_at.isoformat()}",
            text=lambda: words_of(mail) % {"subject": mail.subject},
            url=page,
            icon="mail-exclamation",
            matter=matter,
        )
    today = timezone.localdate()
    for person in get_user_model().objects.with_role("administrator").exclude(pk__in=people):
        notify(
            person,
            key=f"letters-stopped:{today}",
            text=lambda: _("Letters stopped on their way: somebody has to decide about them."),
            url=page,
            icon="mail-exclamation",
        )
    mail.told_at = timezone.now()
    mail.save(update_fields=["told_at"])
    return True


def words_of(mail: OutgoingMail) -> str:
    """What happened to the letter, in a sentence that takes its subject."""
    if mail.state == MailState.UNCERTAIN:
        return _("It is not known whether the letter arrived: %(subject)s")
    return _("The letter did not go out: %(subject)s")
