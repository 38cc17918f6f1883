from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(TextChoices):
    """Where a matter stands in its life, whatever its kind (etapas)."""

    DRAFT = "draft", pgettext_lazy("matter", "being prepared")
    ACTIVE = "active", pgettext_lazy("matter", "under way")
    WAITING = "waiting", pgettext_lazy("matter", "waiting for others")
    CLOSED = "closed", pgettext_lazy("matter", "closed")
    VOID = "void", pgettext_lazy("matter", "void")


class Tone(TextChoices):
    """Look of a state badge: icon and hue of look.md; the word stands beside it."""

    DRAFT = "draft", "draft"
    WAIT = "wait", "wait"
    BACK = "back", "back"
    OK = "ok", "ok"
    LIVE = "live", "live"
    LATE = "late", "late"
    SHUT = "shut", "shut"
    OFF = "off", "off"


class Access(TextChoices):
    """Who may see a matter (prieiga)."""

    DEPARTMENT = "department", _("the department")
    NAMED = "named", _("named people")
    LEADERSHIP = "leadership", _("leadership only")

    @property
    def consequence(self) -> Any:
        """Who will see the matter, said beside the choice."""
        return {
            Access.DEPARTMENT: _(
                "All whose role reads the department's matters see it, its documents and its tasks."
            ),
            Access.NAMED: _(
                "Only the responsible person and those ticked below find it; search and lists hide it."
            ),
            Access.LEADERSHIP: _(
                "The leadership, the responsible person and those ticked below; nobody else finds it."
            ),
        }[self]


class LinkRelation(TextChoices):
    AROSE_FROM = "arose_from", _("arose from")
    ANSWERS = "answers", _("answers")
    PART_OF = "part_of", _("part of")
    REPEATS = "repeats", _("repeats")


class RoundState(TextChoices):
    """State of one approval of one version (derinimas)."""

    PREPARING = "preparing", pgettext_lazy("approval", "paper being prepared")
    OPEN = "open", pgettext_lazy("approval", "waiting")
    BLOCKED = "blocked", pgettext_lazy("approval", "blocked")
    APPROVED = "approved", pgettext_lazy("approval", "approved")
    RETURNED = "returned", pgettext_lazy("approval", "returned for correction")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrawn")


class StepState(TextChoices):
    WAITING = "waiting", pgettext_lazy("step", "not yet")
    OPEN = "open", pgettext_lazy("step", "waiting")
    AGREED = "agreed", pgettext_lazy("step", "agreed")
    RETURNED = "returned", pgettext_lazy("step", "returned")
    BLOCKED = "blocked", pgettext_lazy("step", "nobody may decide")
    CALLED_OFF = "called_off", pgettext_lazy("step", "called off")


class LinkPurpose(TextChoices):
    APPROVE = "approve", _("decide")
    READ = "read", _("read")
    ANSWER = "answer", _("answer a question")
    GUEST = "guest", _("read one's own page")


class NoticeUrgency(TextChoices):
    NOW = "now", _("at once")
    DIGEST = "digest", _("in the daily digest")


class CalendarScope(TextChoices):
    """Whose work a calendar shows."""

    MINE = "mine", pgettext_lazy("calendar", "Mine")
    DEPARTMENT = "department", pgettext_lazy("calendar", "The department's")
