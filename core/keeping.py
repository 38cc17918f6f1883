"""What the house does by itself once a day: erasing what is due, shortening the access log, telling the last root."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import personal, registry, search
from core.choices import JobState
from core.drafts import forget_old_drafts
from core.files import drop_forgotten
from core.letters import Letter, queue_letter
from core.mail import SECRETS_KEPT, forget_secrets
from core.models import AccessRecord, AuditSeal, Job

ACCESS_LOG_KEPT = datetime.timedelta(days=730)
FINISHED_JOBS_KEPT = datetime.timedelta(days=60)
UNNAMED_BYTES_KEPT = datetime.timedelta(days=2)  # longer than any transaction lasts


def run_daily() -> None:
    today = timezone.localdate()
    if not cache.add(f"kept:{today}", True, 24 * 3600):
        return
    erase_due(today)
    now = timezone.now()
    AccessRecord.objects.filter(at__lt=now - ACCESS_LOG_KEPT).delete()
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now - FINISHED_JOBS_KEPT).delete()
    forget_old_drafts(today)
    search.words_may_end()
    drop_forgotten(UNNAMED_BYTES_KEPT)
    forget_secrets(now - SECRETS_KEPT)
    tell_last_root(today)


def erase_due(today: datetime.date) -> int:
    """Erase every personal value and working paper whose day has come; holdings first bring their days up to date."""
    count = sum(holding.erase(today) for holding in registry.register_personal_holding)
    return count + personal.erase_due(today)


def tell_last_root(today: datetime.date) -> None:
    """Once a day the last root leaves the database, by mail to the archivists (design 4.7)."""
    seal = AuditSeal.objects.last()
    if seal is None:
        return
    from django.contrib.auth import get_user_model  # noqa: PLC0415 -- core names the user only here

    with override(settings.LANGUAGE_CODE):
        for person in get_user_model().objects.with_role("archivist").exclude(email=""):
            letter = Letter(
                subject=_("Seal of the audit trail, %(day)s") % {"day": today.isoformat()},
                paragraphs=(
                    _("Events up to No. %(last)s are sealed. Root: %(root)s")
                    % {"last": seal.last, "root": seal.root},
                    _("Keep this letter: it proves that the trail was not changed afterwards."),
                ),
            )
            queue_letter(person.email, letter, key=f"audit-root:{today}:{person.pk}")
