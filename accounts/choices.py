from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Gender(TextChoices):
    """Grammatical gender of the name; posts and participles agree with it."""

    FEMALE = "f", pgettext_lazy("gender", "woman")
    MALE = "m", pgettext_lazy("gender", "man")


class Case(TextChoices):
    """Lithuanian cases (linksniai)."""

    NOMINATIVE = "nominative", _("nominative")
    GENITIVE = "genitive", _("genitive")
    DATIVE = "dative", _("dative")
    ACCUSATIVE = "accusative", _("accusative")
    INSTRUMENTAL = "instrumental", _("instrumental")
    LOCATIVE = "locative", _("locative")
    VOCATIVE = "vocative", _("vocative")


class Theme(TextChoices):
    AUTO = "auto", pgettext_lazy("theme", "as the device")
    LIGHT = "light", pgettext_lazy("theme", "light")
    DARK = "dark", pgettext_lazy("theme", "dark")


class UnitKind(TextChoices):
    """What a unit of the municipality is (padalinio rūšis)."""

    COUNCIL = "council", _("council")
    COUNCIL_BODY = "council_body", _("body of the council")
    COMMITTEE = "committee", _("committee of the council")
    OFFICE = "office", pgettext_lazy("of the municipality", "office holder")
    UNIT = "unit", _("unit of the administration")
    SUBORDINATE = "subordinate", _("subordinate institution")


class Role(TextChoices):
    """Roles are data (accounts/data/roles.json); these names are their group names."""

    SPECIALIST = "specialist", _("specialist")
    HEAD = "head", _("head of the department")
    DEPUTY_HEAD = "deputy_head", _("deputy head")
    LEADERSHIP = "leadership", _("leadership")
    SECRETARIAT = "secretariat", _("mayor's secretariat")
    ARCHIVIST = "archivist", _("archivist")
    ACCOUNTANT = "accountant", _("accountant")
    UNIT_CONTACT = "unit_contact", _("unit contact")
    AUDITOR = "auditor", _("auditor")
    DATA_PROTECTION = "data_protection", _("data-protection officer")
    ADMINISTRATOR = "administrator", _("administrator")
