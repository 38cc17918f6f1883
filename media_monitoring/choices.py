from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutletKind(TextChoices):
    """What an outlet (žiniasklaidos priemonė) is."""

    NEWSPAPER = "newspaper", _("newspaper")
    NEWS_PORTAL = "news_portal", _("news portal")
    TELEVISION = "television", _("television")
    RADIO = "radio", _("radio")
    NEWS_AGENCY = "news_agency", _("news agency")
    PUBLIC_BROADCASTER = "public_broadcaster", _("public broadcaster")


class Scope(TextChoices):
    LOCAL = "local", pgettext_lazy("outlet", "local")
    REGIONAL = "regional", pgettext_lazy("outlet", "regional")
    NATIONAL_REGIONAL = "national_regional", pgettext_lazy("outlet", "national with regional pages")
    NATIONAL = "national", pgettext_lazy("outlet", "national")
    NEIGHBOUR_REGION = "neighbour_region", pgettext_lazy("outlet", "of a neighbouring region")


class Keeps(TextChoices):
    """What is kept of an outlet's article; evidence is made only for what a claim or topic touches."""

    LINK = "link", _("link and excerpt")
    TEXT = "text", _("text for analysis")
    EVIDENCE = "evidence", _("text and evidence")


class Readers(TextChoices):
    """To whom the kept text is shown; everybody else sees the excerpt and the link."""

    DEPARTMENT = "department", _("the department")
    NOBODY = "nobody", _("nobody: for search only")


class SourceKind(TextChoices):
    FEED = "feed", _("feed (RSS or Atom)")
    SITEMAP = "sitemap", _("news sitemap")
    LISTING = "listing", _("listing page")
    NEWSLETTER = "newsletter", _("newsletter by mail")
    MANUAL = "manual", _("entered by hand")


class SourceState(TextChoices):
    NEW = "new", pgettext_lazy("source", "not tried yet")
    WORKS = "works", pgettext_lazy("source", "works")
    BROKEN = "broken", pgettext_lazy("source", "broken")
    OFF = "off", pgettext_lazy("source", "switched off")


class Medium(TextChoices):
    """Where the article was met."""

    WEB = "web", pgettext_lazy("medium", "internet")
    LETTER = "letter", pgettext_lazy("medium", "newsletter")
    PRINT = "print", pgettext_lazy("medium", "print")
    RADIO = "radio", pgettext_lazy("medium", "radio")
    TELEVISION = "tv", pgettext_lazy("medium", "television")


class EvidenceKind(TextChoices):
    RECORD = "record", pgettext_lazy("evidence", "fetched page")
    SCREENSHOT = "screenshot", pgettext_lazy("evidence", "a person's screenshot")


class EvidenceState(TextChoices):
    ASKED = "asked", pgettext_lazy("evidence", "being taken")
    KEPT = "kept", pgettext_lazy("evidence", "kept")
    FAILED = "failed", pgettext_lazy("evidence", "not taken")
    DESTROYED = "destroyed", pgettext_lazy("evidence", "destroyed")


FETCHED = (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.LISTING)
SOURCE_TONES = {"new": "draft", "works": "ok", "broken": "back", "off": "off"}
EVIDENCE_TONES = {"asked": "wait", "kept": "ok", "failed": "back", "destroyed": "off"}


class Severity(TextChoices):
    """How loudly a topic tells of a new article."""

    LIST = "list", pgettext_lazy("severity", "in the list only")
    NOTICE = "notice", pgettext_lazy("severity", "notice in the portal")
    URGENT = "urgent", pgettext_lazy("severity", "letter at once, not in quiet hours")
    CRITICAL = "critical", pgettext_lazy("severity", "letter at once, at any hour")


LOUDNESS = [Severity.LIST, Severity.NOTICE, Severity.URGENT, Severity.CRITICAL]


class DigestState(TextChoices):
    DRAFT = "draft", pgettext_lazy("morning page", "being prepared")
    PUBLISHED = "published", pgettext_lazy("morning page", "sent")


class Period(TextChoices):
    """What an analysis covers (laikotarpis)."""

    MONTH = "month", pgettext_lazy("period", "month")
    QUARTER = "quarter", pgettext_lazy("period", "quarter")
    YEAR = "year", pgettext_lazy("period", "year")


class AnalysisStatus(TextChoices):
    """Where an analysis of the press stands."""

    PREPARING = "preparing", pgettext_lazy("analysis", "being prepared")
    SUBMITTED = "submitted", pgettext_lazy("analysis", "being approved")
    RETURNED = "returned", pgettext_lazy("analysis", "returned for correction")
    APPROVED = "approved", pgettext_lazy("analysis", "approved")
    CLOSED = "closed", pgettext_lazy("analysis", "closed")


ANALYSIS_TONES = {
    "preparing": "draft",
    "submitted": "wait",
    "returned": "back",
    "approved": "ok",
    "closed": "shut",
}
