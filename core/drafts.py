"""Nothing typed is lost: a form keeps its words on the server until it is sent (design 4.13)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.models.drafts import Draft

MAX_BYTES = 200_000
MAX_PER_PERSON = 200
DAYS_KEPT = 30


def save_draft(user: Any, key: str, raw: str) -> Draft:
    """Keep what is typed under this form's key; the last one wins, since one person types in one form."""
    try:
        values = json.loads(raw.replace("\\u0000", ""))
        # half of an emoji cut off by a field's bound: the database takes whole letters only
        values = json.loads(json.dumps(values, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        values = None
    if not key or len(key) > 160 or not isinstance(values, dict):
        raise DomainError(_("This draft cannot be read."))
    if len(raw.encode()) > MAX_BYTES:
        raise DomainError(_("The text is too long for a draft. Save the form itself."))
    draft, is_new = Draft.objects.update_or_create(user=user, key=key, defaults={"values": values})
    if is_new:
        kept = (
            Draft.objects.filter(user=user)
            .order_by("-saved_at")
            .values_list("pk", flat=True)[:MAX_PER_PERSON]
        )
        Draft.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
    return draft


def find_draft(user: Any, key: str) -> Draft | None:
    return (
        Draft.objects.filter(user=user, key=key).first() if getattr(user, "is_authenticated", False) else None
    )


def drop_draft(user: Any, key: str) -> None:
    Draft.objects.filter(user=user, key=key).delete()


def forget_old_drafts(today: datetime.date) -> int:
    """Drafts nobody came back to within thirty days."""
    return Draft.objects.filter(saved_at__date__lt=today - datetime.timedelta(days=DAYS_KEPT)).delete()[0]


def saved_text(draft: Draft) -> str:
    moment = timezone.localtime(draft.saved_at)
    return _("Draft saved at {time}").format(time=f"{moment.hour}.{moment.minute:02}")


class DraftMiddleware:
    """A form that was taken (its POST answered with a redirect) needs its draft no more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        was_taken = request.method == "POST" and response.status_code in {302, 303}
        if was_taken and request.user.is_authenticated and (key := request.POST.get("_draft", "")):
            drop_draft(request.user, key)
        return response
