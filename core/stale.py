"""Two people saved the same thing: the second sees both texts and chooses (design 4.13)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.audit import last_hand


def show_both_forms(
    request: HttpRequest,
    mine: forms.BaseForm,
    theirs: forms.BaseForm,
    row: Any,
    *,
    back: str = "",
    by: str = "",
) -> HttpResponse:
    """A 409 page with both texts field by field; mine may be sent again, now with their revision.

    Args:
        mine: as it was sent.
        theirs: unbound, of the row as it stands now.
        row: as it stands now, with its `revision`.
        back: where "leave it as it is" leads; this page without more said.
        by: who was first, where the audit tells it of something else than the row.
    """
    both = [
        (mine.fields[name].label, _words(mine, name), _words(theirs, name))
        for name in mine.fields
        if not mine[name].is_hidden and name in theirs.fields
    ]
    resend = [
        (name, value)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "revision")
        for value in request.POST.getlist(name)
    ]
    context = {
        "pairs": [
            {"label": label, "mine": one, "theirs": other}
            for label, one, other in both
            if one.strip() != other.strip()
        ],
        "by": by or last_hand(row),
        "back": back or request.get_full_path(),
        "resend": [*resend, ("revision", row.revision)],
    }
    return render(request, "core/stale_write.html", context, status=409)


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
