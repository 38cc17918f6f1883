"""What the spine needs to know of a year of the archive's work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.registry import MatterKind, State

UNDER_WAY = "under_way"
KIND = MatterKind(
    code="archive_year",
    label=gettext_lazy("Year of the archive"),
    plural_label=gettext_lazy("Years of the archive"),
    list_url_name="archive:acts",
    icon="archive",
    model="archive.archiveyear",
    url_name="archive:year",
    number_prefix="AR",
    states={UNDER_WAY: State(pgettext_lazy("matter", "under way"), "live")},
)


def closing_problems(matter: Any) -> Iterable[tuple[str, str]]:
    """Its acts are carried out first: what is done by them still comes into their papers."""
    if matter.kind != KIND.code:
        return
    from archive.services.registering import unfinished  # noqa: PLC0415 -- app ready

    for act in unfinished(document__matter=matter.pk):
        yield _("The act is not carried out: %(act)s") % {"act": act}, act.get_absolute_url()
