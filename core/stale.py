"""Two people saved the same thing: the second sees both texts and chooses (design 4.13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


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


def show_both_forms(
    request: HttpRequest,
    mine: forms.BaseForm,
    theirs: forms.BaseForm,
    *,
    revision: int,
    back: str,
    by: str = "",
) -> HttpResponse:
    """Both texts of a form field by field: `mine` as it was sent, `theirs` unbound, of the row as it stands now."""
    pairs = [
        (mine.fields[name].label, _words(mine, name), _words(theirs, name))
        for name in mine.fields
        if not mine[name].is_hidden and name in theirs.fields
    ]
    resend: dict[str, Any] = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "revision")
    }
    resend["revision"] = revision
    return show_both(request, pairs, back=back, by=by, resend=resend)


def _words(form: forms.BaseForm, name: str) -> str:
    """A field's value as its person reads it: labels of what was chosen, not their keys."""
    field = form.fields[name]
    value = field.prepare_value(form.cleaned_data.get(name)) if form.is_bound else form[name].value()
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        several = isinstance(value, (list, tuple, set)) or hasattr(value, "model")
        chosen = {
            str(field.prepare_value(one)) for one in (value if several else [value]) if one not in (None, "")
        }
        return ", ".join(str(label) for key, label in field.choices if str(key) in chosen)
    shown = field.widget.format_value(value)
    return "" if shown is None else str(shown)
