"""Two people saved the same thing: the second sees both texts and chooses (design 4.13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_both(
    request: HttpRequest,
    fields: Iterable[tuple[Any, Any, Any]],
    *,
    back: str,
    by: str = "",
    resend: dict[str, Any] | None = None,
) -> HttpResponse:
    """A 409 page: `fields` are (label, mine, theirs); `resend` is posted again, with their revision, to save mine."""
    names: list[tuple[str, Any]] = []
    for name, value in (resend or {}).items():
        names += [(name, one) for one in value] if isinstance(value, (list, tuple)) else [(name, value)]
    pairs = [
        {"label": label, "mine": mine, "theirs": theirs}
        for label, mine, theirs in fields
        if str(mine or "").strip() != str(theirs or "").strip()
    ]
    context = {"pairs": pairs, "by": by, "back": back, "resend": names}
    return render(request, "core/stale_write.html", context, status=409)
