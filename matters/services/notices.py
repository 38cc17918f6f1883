"""Telling people: in the portal at once, by mail at once when it is urgent, else in the daily digest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from core.letters import queue_letter
from matters.choices import NoticeUrgency
from matters.mail import notice_letter
from matters.models import Matter, Notice


def notify(
    user: Any,
    *,
    key: str,
    text: Callable[[], str],
    url: str,
    icon: str = "bell",
    urgency: NoticeUrgency = NoticeUrgency.DIGEST,
    matter: Matter | None = None,
) -> Notice | None:
    """Write the notice once per `key`, in the person's language; nobody is told of what she may not see."""
    if not user.is_active:
        return None
    if matter and not Matter.objects.visible_to(user).filter(pk=matter.pk).exists():
        return None
    with override(user.language):
        words = text()
    notice, created = Notice.objects.get_or_create(
        user=user,
        key=key,
        defaults={"text": words[:300], "url": url, "icon": icon, "urgency": urgency, "matter": matter},
    )
    if created and urgency == NoticeUrgency.NOW and user.email and user.wants_urgent_mail:
        with override(user.language):
            queue_letter(user.email, notice_letter(notice), key=f"notice:{notice.pk}", matter=matter)
        Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
    return notice


def mark_read(user: Any, notices: Any = None) -> int:
    """Mark the person's notices as read; all of them when none are named."""
    rows = Notice.objects.filter(user=user, read_at=None)
    if notices is not None:
        rows = rows.filter(pk__in=notices)
    return rows.update(read_at=timezone.now())
