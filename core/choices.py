from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """By which way a decision came (kanalas)."""

    SESSION = "session", _("in the portal")
    LINK = "link", _("by personal link")
    PAPER = "paper", _("on paper or by word")
    SYSTEM = "system", _("by the portal itself")


class JobState(TextChoices):
    QUEUED = "queued", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "under way")
    DONE = "done", pgettext_lazy("job", "done")
    FAILED = "failed", pgettext_lazy("job", "failed")


class MailState(TextChoices):
    QUEUED = "queued", pgettext_lazy("mail", "waiting")
    SENDING = "sending", pgettext_lazy("mail", "being sent")
    SENT = "sent", pgettext_lazy("mail", "sent")
    UNCERTAIN = "uncertain", pgettext_lazy("mail", "uncertain")
    FAILED = "failed", pgettext_lazy("mail", "failed")
    CANCELLED = "cancelled", pgettext_lazy("mail", "cancelled")


class Verdict(TextChoices):
    """What a person says of a letter that stopped on its way."""

    AGAIN = "sent_again", _("Send again")
    ARRIVED = "arrived", _("It arrived")
    LEFT = "left", _("Let it be")


class DataClass(TextChoices):
    """Classes of personal data (design 4.8); records are ordinary fields, these two are encrypted."""

    CONTACT = "contact", _("contact data")
    SPECIAL = "special", _("special data")


class PeriodUnit(TextChoices):
    """In what a period is counted."""

    WORKING_DAY = "working_day", _("working days")
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
    DATE = "date", _("a fixed day")
    TIME = "time", _("an hour")
