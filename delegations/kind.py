"""What the spine needs to know of a visit: its stages, figures for the approver, places to pin a remark to."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.dates import day_words, range_words
from core.registry import MatterKind, State
from delegations.choices import TONES, ItemKind, Status
from delegations.differences import differ, item_place
from delegations.models import Festival, Visit
from delegations.services import clone_visit, follow_approval
from delegations.snapshot import snapshot
from matters.choices import Access

NEXT_STEPS = {
    "add_guests": gettext_lazy("say who comes"),
    "build_programme": gettext_lazy("build the programme"),
    "submit": gettext_lazy("submit the programme for approval"),
    "correct": gettext_lazy("meet the remarks and submit the programme again"),
    "resubmit": gettext_lazy("submit the changed programme for approval"),
    "amend": gettext_lazy("publish the changes as an amendment"),
    "receive": gettext_lazy("receive the guests"),
    "close": gettext_lazy("write down what came of the visit and close it"),
}

STAGE_OF = {
    Status.PREPARING: 2,
    Status.SUBMITTED: 3,
    Status.RETURNED: 2,
    Status.CHANGING: 2,
    Status.APPROVED: 4,
    Status.UNDER_WAY: 4,
    Status.REPORTING: 5,
    Status.CLOSED: 7,
    Status.CALLED_OFF: 7,
}


def stages(matter: Any) -> list[tuple[Any, str]]:
    """Invitation, guests, programme, approval, visit, report, closed; the state of the matter says where it stands."""
    words = [
        pgettext("stage of a visit", "Invitation"),
        pgettext("stage of a visit", "Guests"),
        pgettext("stage of a visit", "Programme"),
        pgettext("stage of a visit", "Approval"),
        pgettext("stage of a visit", "Visit"),
        pgettext("stage of a visit", "Report"),
        pgettext("stage of a visit", "Closed"),
    ]
    at = STAGE_OF.get(matter.state, 2)
    if matter.next_step == "add_guests":
        at = 1
    return [
        (word, "done" if place < at else "now" if place == at else "later")
        for place, word in enumerate(words)
    ]


def head(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """What the head of every tab says of a visit, and whether the person may change it."""
    return {
        "visit": visit,
        "occasion": _occasion(request, visit),
        "today": timezone.localdate(),
        "may_edit": visit.is_editable and request.user.has_perm("delegations.change_visit"),
        "next_why": next_why(visit, timezone.localdate()),
    }


def _occasion(request: HttpRequest, visit: Visit) -> Festival | None:
    """The festival they come to; a limited one is not named here, where nothing more is asked of the database."""
    festival = visit.occasion
    is_seen = (
        festival and festival.access == Access.DEPARTMENT and request.user.has_perm("matters.view_matter")
    )
    return festival if is_seen else None


def next_why(visit: Visit | Festival, today: datetime.date) -> str:
    """What the next step must be in time for."""
    if today < visit.starts_on:
        left = (visit.starts_on - today).days
        return ngettext(
            "The guests arrive on %(day)s, in %(count)d day.",
            "The guests arrive on %(day)s, in %(count)d days.",
            left,
        ) % {"day": day_words(visit.starts_on), "count": left}
    if today <= visit.ends_on:
        return _("The guests stay until %(day)s.") % {"day": day_words(visit.ends_on)}
    return _("The guests left on %(day)s.") % {"day": day_words(visit.ends_on)}


def summary(content: dict[str, Any]) -> list[dict[str, str]]:
    """Three figures for who decides: when, who, what."""
    first, last = (datetime.date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    days = (last - first).days + 1
    head = next((row for row in content["members"] if row["kind"] == "head"), None)
    guests, items = len(content["members"]), len(content["items"])
    meals = sum(1 for row in content["items"] if row["kind"] == ItemKind.MEAL)
    return [
        {
            "label": _("When"),
            "value": range_words(first, last),
            "note": ngettext("%(count)d day", "%(count)d days", days) % {"count": days},
        },
        {
            "label": _("Guests"),
            "value": ngettext("%(count)d guest", "%(count)d guests", guests) % {"count": guests},
            "note": _("head: %(name)s") % {"name": head["name"]} if head else _("no head is named"),
        },
        {
            "label": _("Programme"),
            "value": ngettext("%(count)d item", "%(count)d items", items) % {"count": items},
            "note": ngettext("%(count)d meal", "%(count)d meals", meals) % {"count": meals},
        },
    ]


def anchors(content: dict[str, Any]) -> list[tuple[str, str]]:
    """What a remark may be pinned to: the visit, each item."""
    return [
        ("visit", str(_("The visit"))),
        *((f"item:{row['key']}", item_place(row)) for row in content["items"]),
    ]


def decide_by(visit: Visit) -> datetime.date | None:
    """The day from which the deadline of the decision is counted back."""
    return visit.starts_on


def blockers(visit: Visit) -> list[str]:
    """Without these there is nothing to approve; warnings do not stop, officials decide."""
    found = []
    if not visit.members.exists():
        found.append(_("say who comes"))
    if not visit.programme.alive().exists():
        found.append(_("build the programme"))
    return found


KIND = MatterKind(
    code="visit",
    label=gettext_lazy("Delegation"),
    plural_label=gettext_lazy("Delegations"),
    list_url_name="delegations:list",
    icon="plane-arrival",
    model="delegations.visit",
    url_name="delegations:programme",
    number_prefix="DA",
    states={status.value: State(status.label, TONES[status]) for status in Status},
    next_steps=NEXT_STEPS,
    stages=stages,
    snapshot=snapshot,
    document_kind="delegations.guests_programme",
    summary=summary,
    anchors=anchors,
    differ=differ,
    on_event=follow_approval,
    decide_by=decide_by,
    blockers=blockers,
    clone=clone_visit,
    base_template="delegations/visit_base.html",
    head=head,
)
