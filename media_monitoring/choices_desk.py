"""Words of claims, enquiries, coding and journalists."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matters.choices import Phase


class ClaimStatus(TextChoices):
    """Where a claim (teiginys) stands."""

    NOTED = "noted", pgettext_lazy("claim", "noted")
    ASKING = "asking", pgettext_lazy("claim", "waiting for facts")
    WRITING = "writing", pgettext_lazy("claim", "answer being written")
    SUBMITTED = "submitted", pgettext_lazy("claim", "being approved")
    RETURNED = "returned", pgettext_lazy("claim", "returned for correction")
    APPROVED = "approved", pgettext_lazy("claim", "approved, to be sent")
    SENT = "sent", pgettext_lazy("claim", "answered, outcome awaited")
    SETTLED = "settled", pgettext_lazy("claim", "settled")
    CLOSED = "closed", pgettext_lazy("claim", "closed")


CLAIM_TONES = {
    "noted": "late",
    "asking": "wait",
    "writing": "draft",
    "submitted": "wait",
    "returned": "back",
    "approved": "ok",
    "sent": "live",
    "settled": "ok",
    "closed": "shut",
}
CLAIM_PHASES = {
    "noted": Phase.ACTIVE,
    "asking": Phase.WAITING,
    "writing": Phase.ACTIVE,
    "submitted": Phase.WAITING,
    "returned": Phase.ACTIVE,
    "approved": Phase.ACTIVE,
    "sent": Phase.WAITING,
    "settled": Phase.ACTIVE,
    "closed": Phase.CLOSED,
}


class ClaimVerdict(TextChoices):
    """What a person finds a claim to be (vertinimas)."""

    FALSE = "false", pgettext_lazy("claim", "false")
    OUT_OF_DATE = "out_of_date", pgettext_lazy("claim", "out of date")
    LACKS_CONTEXT = "lacks_context", pgettext_lazy("claim", "lacks context")
    FAIR = "fair", pgettext_lazy("claim", "fair criticism")


class AnswerKind(TextChoices):
    """How a claim is answered (atsakymo būdas)."""

    DENIAL = "denial", _("demand for denial")
    COMMENT = "comment", _("comment")
    REPLY = "reply", _("right of reply")
    OWN_POST = "own_post", _("own post")
    NONE = "none", _("deliberately no answer")


TO_THE_OUTLET = (AnswerKind.DENIAL, AnswerKind.COMMENT, AnswerKind.REPLY)


class SentBy(TextChoices):
    """By which way an answer went."""

    MAIL = "mail", _("by e-mail from here")
    LETTER = "letter", _("by post or the document system")
    POST = "post", _("published by ourselves")
    WORD = "word", _("by telephone or in person")


class Outcome(TextChoices):
    """What became of the article (baigtis)."""

    WATCHED = "watched", pgettext_lazy("outcome", "watched")
    CORRECTED = "corrected", pgettext_lazy("outcome", "corrected")
    DENIED = "denied", pgettext_lazy("outcome", "denial published")
    PRINTED = "printed", pgettext_lazy("outcome", "our answer published")
    REFUSED = "refused", pgettext_lazy("outcome", "refused")
    SILENT = "silent", pgettext_lazy("outcome", "not corrected")


OUTCOME_TONES = {
    "watched": "wait",
    "corrected": "ok",
    "denied": "ok",
    "printed": "ok",
    "refused": "back",
    "silent": "off",
}
GOOD_OUTCOMES = (Outcome.CORRECTED, Outcome.DENIED, Outcome.PRINTED)


class EnquiryStatus(TextChoices):
    """Where a journalist's enquiry (užklausa) stands."""

    RECEIVED = "received", pgettext_lazy("enquiry", "received")
    ASKING = "asking", pgettext_lazy("enquiry", "waiting for facts")
    SUBMITTED = "submitted", pgettext_lazy("enquiry", "being approved")
    RETURNED = "returned", pgettext_lazy("enquiry", "returned for correction")
    APPROVED = "approved", pgettext_lazy("enquiry", "approved, to be sent")
    ANSWERED = "answered", pgettext_lazy("enquiry", "answered")
    REFUSED = "refused", pgettext_lazy("enquiry", "refused")
    CLOSED = "closed", pgettext_lazy("enquiry", "closed")


ENQUIRY_TONES = {
    "received": "draft",
    "asking": "wait",
    "submitted": "wait",
    "returned": "back",
    "approved": "ok",
    "answered": "ok",
    "refused": "off",
    "closed": "shut",
}
ENQUIRY_PHASES = {
    "received": Phase.ACTIVE,
    "asking": Phase.WAITING,
    "submitted": Phase.WAITING,
    "returned": Phase.ACTIVE,
    "approved": Phase.ACTIVE,
    "answered": Phase.ACTIVE,
    "refused": Phase.ACTIVE,
    "closed": Phase.CLOSED,
}


class EnquiryClass(TextChoices):
    """How long the law gives: what is ready, or what must be gathered."""

    READY = "ready", _("the information is ready: one working day")
    GATHER = "gather", _("it must be gathered: one week")


class EnquiryChannel(TextChoices):
    MAIL = "mail", _("by e-mail")
    PHONE = "phone", _("by telephone")
    PERSON = "person", _("in person")
    FORM = "form", _("by the form of the website")


class Use(TextChoices):
    """What was made of our answer (panaudojimas)."""

    FULL = "full", pgettext_lazy("answer", "quoted in full")
    PART = "part", pgettext_lazy("answer", "quoted in part")
    NONE = "none", pgettext_lazy("answer", "not used")


class Tone(TextChoices):
    """Of an article, towards the municipality, not of its words (tonas)."""

    POSITIVE = "positive", pgettext_lazy("tone", "positive")
    NEUTRAL = "neutral", pgettext_lazy("tone", "neutral")
    CRITICAL = "critical", pgettext_lazy("tone", "critical")
    MISLEADING = "misleading", pgettext_lazy("tone", "misleading")


TONE_ICONS = {
    "positive": "trending-up",
    "neutral": "equal",
    "critical": "trending-down",
    "misleading": "alert-triangle",
}
TONE_STATES = {"positive": "ok", "neutral": "draft", "critical": "back", "misleading": "late"}


class Mention(TextChoices):
    """Who of the municipality is named (paminėjimas)."""

    MAYOR = "mayor", pgettext_lazy("mention", "mayor")
    COUNCIL = "council", pgettext_lazy("mention", "council")
    ADMINISTRATION = "administration", pgettext_lazy("mention", "administration")
    INSTITUTION = "institution", pgettext_lazy("mention", "institution")


class Genre(TextChoices):
    FACT = "fact", _("facts")
    OPINION = "opinion", _("opinion")


class Aspect(TextChoices):
    """What of a coding the machine learns and proposes."""

    TONE = "tone", _("tone")
    GENRE = "genre", _("fact or opinion")
    UNIT = "unit", _("unit concerned")

    @property
    def field(self) -> str:
        """The column of a coding that holds its label."""
        return "unit_id" if self == Aspect.UNIT else str(self.value)


class AccreditationState(TextChoices):
    ASKED = "asked", pgettext_lazy("accreditation", "asked for")
    GRANTED = "granted", pgettext_lazy("accreditation", "granted")
    REFUSED = "refused", pgettext_lazy("accreditation", "refused")


ACCREDITATION_TONES = {"asked": "wait", "granted": "ok", "refused": "off"}
