"""What forms of every app are laid out with."""

from __future__ import annotations

from crispy_forms.layout import Submit


class PlainSubmit(Submit):
    """The button of a form that is not what its page is for: one red button is enough."""

    field_classes = "btn btn-plain"
