"""What the spine needs to know of a festival: its states, steps, what its head says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.registry import MatterKind, State
from delegations.choices import FESTIVAL_TONES, FestivalStatus, ItemKind, Progress
from delegations.kind import next_why
from delegations.models import Festival
from delegations.services.state import follow_festival

NEXT_STEPS = {
    "join": gettext_lazy("say which delegations come"),
    "build_programme": gettext_lazy("put in what all the delegations share"),
    "receive": gettext_lazy("receive the guests"),
    "close": gettext_lazy("say what became of what was shared and close the festival"),
}

STAGE_OF = {
    FestivalStatus.UNDER_WAY: 2,
    FestivalStatus.OVER: 3,
    FestivalStatus.CLOSED: 4,
    FestivalStatus.CALLED_OFF: 4,
}
TOLD = (ItemKind.MEETING, ItemKind.CEREMONY, ItemKind.CULTURE)  # of these it must be said what became of them


def stages(matter: Any) -> list[tuple[Any, str]]:
    """Delegations, shared programme, festival, outcome."""
    words = [
        pgettext("stage of a festival", "Delegations"),
        pgettext("stage of a festival", "Shared programme"),
        pgettext("stage of a festival", "Festival"),
        pgettext("stage of a festival", "Outcome"),
    ]
    at = STAGE_OF.get(matter.state, {"join": 0, "build_programme": 1}.get(matter.next_step, 2))
    return [
        (word, "done" if place < at else "now" if place == at else "later")
        for place, word in enumerate(words)
    ]


def head(request: HttpRequest, festival: Festival) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "festival": festival,
        "today": today,
        "may_edit": festival.is_editable and request.user.has_perm("delegations.change_festival"),
        "next_why": next_why(festival, today),
    }


def closing_problems(matter: Any) -> Iterable[tuple[str, str]]:
    if matter.kind != "festival":
        return
    festival = matter.child()
    if festival.status != FestivalStatus.OVER:
        yield (
            _("The festival is not over: only one that has taken place is closed."),
            festival.get_absolute_url(),
        )
        return
    left = festival.items.alive().filter(progress=Progress.PLANNED, kind__in=TOLD).count()
    if left:
        url = f"{reverse('delegations:programme', args=[matter.pk])}?rodinys=sarasas"
        yield _("Say what became of the items: %(count)d left") % {"count": left}, url


KIND = MatterKind(
    code="festival",
    label=gettext_lazy("Festival"),
    plural_label=gettext_lazy("Festivals"),
    list_url_name="delegations:festivals",
    icon="confetti",
    model="delegations.festival",
    url_name="delegations:festival",
    number_prefix="SV",
    states={status.value: State(status.label, FESTIVAL_TONES[status]) for status in FestivalStatus},
    next_steps=NEXT_STEPS,
    stages=stages,
    on_event=follow_festival,
    base_template="delegations/festival_base.html",
    head=head,
)
