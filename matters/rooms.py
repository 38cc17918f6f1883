"""What the spine itself shows in the house: rooms in the rail, tabs, words of the timeline."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import registry
from core.counts import count_of
from core.registry import ActionWords, DaySource, NavItem, Panel, Tab, WorkHolder


def register() -> None:
    registry.register_nav(NavItem("own", _("My day"), "matters:my_day", "sun", order=10))
    registry.register_nav(
        NavItem(
            "own", _("Approvals"), "matters:approvals", "checkbox", "matters.view_matter", 20, count_waiting
        )
    )
    registry.register_nav(
        NavItem("own", _("Calendar"), "matters:calendar", "calendar", order=30, prefix="/kalendorius/")
    )
    registry.register_nav(
        NavItem("bar", _("Notices"), "matters:notices", "bell", order=10, count=count_unread)
    )
    registry.register_nav(
        NavItem(
            "office",
            _("Stopped letters"),
            "matters:letters",
            "mail-exclamation",
            "core.change_outgoingmail",
            80,
            count_stopped,
            prefix="/laiskai/",
        )
    )
    registry.register_day_source(
        DaySource("matters.letters", "matters/_stopped_letters.html", stopped_panel, column="side", order=5)
    )
    registry.register_tab(Tab(_("Tasks"), "matters:tasks", 60, count_tasks, permission="matters.view_matter"))
    registry.register_tab(Tab(_("History"), "matters:history", 90, permission="matters.view_matter"))
    registry.register_panel(
        Panel(
            "accounts:profile", _("Your calendar in other programs"), "matters/_feed_panel.html", feed_panel
        )
    )
    from matters import calendar  # noqa: PLC0415 -- app ready
    from matters.services import hand_over  # noqa: PLC0415 -- app ready
    from matters.views import link_pages  # noqa: PLC0415 -- app ready

    calendar.register()
    for page in link_pages.PAGES:
        registry.register_link_page(page)

    for holder in (
        WorkHolder("matters", _("Matters"), hand_over.matters_of, hand_over.hand_matters, 10),
        WorkHolder("tasks", _("Tasks"), hand_over.tasks_of, hand_over.hand_tasks, 20),
        WorkHolder("approvals", _("Approvals"), hand_over.steps_of, hand_over.hand_steps, 30),
    ):
        registry.register_work_holder(holder)
    registry.register_action_words(ActionWords("matters", WORDS))


def count_waiting(user: Any) -> int:
    from matters.deciders import steps_waiting_for  # noqa: PLC0415 -- app ready

    return len(steps_waiting_for(user, timezone.localdate()))


def count_unread(user: Any) -> int:
    from matters.models import Notice  # noqa: PLC0415 -- app ready

    return Notice.objects.of(user).unread().count()


def count_stopped(user: Any) -> int:
    from matters.services.letters import stopped_letters  # noqa: PLC0415 -- app ready

    return stopped_letters(user).count()


def stopped_panel(user: Any, today: datetime.date) -> dict[str, Any] | None:
    from matters.views.letters import day_panel  # noqa: PLC0415 -- app ready

    return day_panel(user)


def feed_panel(request: Any, person: Any) -> dict[str, Any]:
    from matters.feeds import address_of  # noqa: PLC0415 -- app ready

    return {"address": address_of(person)}


def count_tasks() -> Any:
    from matters.models import Task  # noqa: PLC0415 -- app ready

    return count_of(Task.objects.open(), "matter")


WORDS = {
    "matter.opened": (_("matter opened"), "player-play"),
    "matter.voided": (_("matter voided"), "ban"),
    "matter.restored": (_("matter restored"), "arrow-back-up"),
    "matter.closed": (_("matter closed"), "lock"),
    "matter.reopened": (_("matter opened again"), "arrow-back-up"),
    "matter.access_changed": (_("access changed"), "lock"),
    "matter.linked": (_("linked to another matter"), "link"),
    "matter.unlinked": (_("link to another matter removed"), "link"),
    "matter.handed_over": (_("handed over"), "users"),
    "task.given": (_("task given"), "checkbox"),
    "task.changed": (_("task changed"), "pencil"),
    "task.done": (_("task done"), "circle-check"),
    "task.reopened": (_("task opened again"), "arrow-back-up"),
    "task.dropped": (_("task called off"), "ban"),
    "task.handed_over": (_("task handed over"), "users"),
    "comment.added": (_("remark written"), "message"),
    "comment.resolved": (_("remark met"), "circle-check"),
    "comment.reopened": (_("remark opened again"), "message"),
    "approval.submitted": (_("submitted for approval"), "checkbox"),
    "approval.agreed": (_("approved the version"), "circle-check"),
    "approval.returned": (_("returned for correction"), "arrow-back-up"),
    "approval.agreed_on_paper": (_("recorded an approval on paper"), "circle-check"),
    "approval.returned_on_paper": (_("recorded a return on paper"), "arrow-back-up"),
    "approval.withdrawn": (_("withdrew the version"), "arrow-back-up"),
    "approval.completed": (_("the version is approved"), "circle-check"),
    "approval.passed_on": (_("the step passed on"), "users"),
    "approval.handed_over": (_("approval handed over"), "users"),
    "approval.blocked": (_("approval stopped: nobody may decide"), "alert-triangle"),
    "amendment.published": (_("amendment published"), "pencil"),
    "amendment.seen": (_("amendment seen"), "eye"),
    "calendar.address_made": (_("calendar address made"), "calendar-share"),
    "calendar.address_renewed": (_("calendar address renewed"), "calendar-share"),
    "calendar.address_changed": (_("calendar address set otherwise"), "pencil"),
    "calendar.address_revoked": (_("calendar address revoked"), "ban"),
    "link.issued": (_("personal link sent"), "link"),
    "mail.sent_again": (_("letter sent again"), "mail-forward"),
    "mail.arrived": (_("letter known to have arrived"), "mail-check"),
    "mail.left": (_("stopped letter let be"), "mail-off"),
    "link.revoked": (_("personal link revoked"), "ban"),
}
