"""What a page says after a deed: a toast with a way back, also in answer to htmx."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse


def say(request: HttpRequest, text: Any, *, undo: str = "") -> None:
    """A toast on the next page; `undo` is a POST address behind *Atšaukti*."""
    messages.success(request, str(text), extra_tags=f"undo:{undo}" if undo else "")


def tell(response: HttpResponse, text: Any) -> HttpResponse:
    """A toast beside the part that htmx swaps in."""
    triggers = json.loads(response.headers.get("HX-Trigger") or "{}")
    response.headers["HX-Trigger"] = json.dumps({**triggers, "say": str(text)})
    return response
