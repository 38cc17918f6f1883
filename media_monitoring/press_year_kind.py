"""What the spine needs to know of a year of watching the press."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from core.registry import MatterKind, State

WATCHED = "watched"
KIND = MatterKind(
    code="press_year",
    label=gettext_lazy("Year of watching the press"),
    plural_label=gettext_lazy("Morning pages"),
    list_url_name="media_monitoring:digests",
    icon="news",
    model="media_monitoring.pressyear",
    url_name="media_monitoring:press_year",
    number_prefix="ŽS",
    states={WATCHED: State(pgettext_lazy("matter", "under way"), "live")},
)
