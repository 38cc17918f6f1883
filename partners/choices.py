from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceUnit(TextChoices):
    """What kind of administrative unit the partner is."""

    CITY = "city", pgettext_lazy("administrative unit", "city")
    MUNICIPALITY = "municipality", pgettext_lazy("administrative unit", "municipality")
    COUNTY = "county", pgettext_lazy("administrative unit", "county")
    REGION = "region", pgettext_lazy("administrative unit", "region")


class CityStatus(TextChoices):
    """How the partnership stands (partnerystės būsena)."""

    ACTIVE = "active", pgettext_lazy("partnership", "active")
    PROSPECT = "prospect", pgettext_lazy("partnership", "being sought")
    UNKNOWN = "unknown", pgettext_lazy("partnership", "not verified")
    CHECK = "check_status", pgettext_lazy("partnership", "to be checked")
    SUCCEEDED = "succeeded", pgettext_lazy("partnership", "taken over by a successor")
    ENDED = "ended", pgettext_lazy("partnership", "ended")


STATUS_TONES = {
    CityStatus.ACTIVE: "ok",
    CityStatus.PROSPECT: "live",
    CityStatus.UNKNOWN: "draft",
    CityStatus.CHECK: "wait",
    CityStatus.SUCCEEDED: "shut",
    CityStatus.ENDED: "off",
}


class AgreementKind(TextChoices):
    """On what the partnership stands."""

    AGREEMENT = "agreement", _("cooperation agreement")
    COOPERATION = "cooperation", _("cooperation")
    SISTER = "sister", _("sister city agreement")
    INTENT = "intent", _("letter of intent")
    NONE = "none", _("no agreement yet")


class Area(TextChoices):
    """Areas of cooperation (bendradarbiavimo sritys)."""

    CULTURE = "culture", _("culture")
    EDUCATION = "education", _("education")
    SPORT = "sport", _("sport")
    ECONOMY = "economy", _("economy")
    BUSINESS = "business", _("business")
    INDUSTRY = "industry", _("industry")
    ENERGY = "energy", _("energy")
    TOURISM = "tourism", _("tourism")
    HEALTH = "health", _("health care")
    YOUTH = "youth", _("youth")
    MUSIC = "music", _("music")
    SELF_GOVERNMENT = "self_government", _("self-government")
    EU_PROJECTS = "eu_projects", _("EU projects")
    INTERREG = "interreg", _("Interreg projects")


class CityEventKind(TextChoices):
    """What happened between the two cities (santykių istorija)."""

    FIRST = "first", _("first contact")
    AGREEMENT = "agreement", _("agreement")
    PLAN = "plan", _("plan")
    VISIT_HERE = "visit_here", _("visit to us")
    VISIT_THERE = "visit_there", _("our visit")
    ANNIVERSARY = "anniversary", _("anniversary")
    CHANGE = "change", _("change of the partner")
    OTHER = "other", _("other event")


EVENT_ICONS = {
    CityEventKind.FIRST: "message",
    CityEventKind.AGREEMENT: "signature",
    CityEventKind.PLAN: "file-text",
    CityEventKind.VISIT_HERE: "plane-arrival",
    CityEventKind.VISIT_THERE: "plane-departure",
    CityEventKind.ANNIVERSARY: "confetti",
    CityEventKind.CHANGE: "exchange",
    CityEventKind.OTHER: "flag",
}


class InstitutionKind(TextChoices):
    MUNICIPALITY = "municipality", pgettext_lazy("institution", "municipality or city hall")
    COUNCIL = "council", pgettext_lazy("institution", "council")
    EMBASSY = "embassy", pgettext_lazy("institution", "embassy or consulate")
    SCHOOL = "school", pgettext_lazy("institution", "school or university")
    CULTURE = "culture", pgettext_lazy("institution", "cultural institution")
    SPORT = "sport", pgettext_lazy("institution", "sports organisation")
    BUSINESS = "business", pgettext_lazy("institution", "company or chamber")
    OTHER = "other", pgettext_lazy("institution", "other organisation")


class Language(TextChoices):
    """Languages the department meets, by BCP 47 code; the label stands alone ("lenkų k.")."""

    LT = "lt", pgettext_lazy("language", "Lithuanian")
    EN = "en", pgettext_lazy("language", "English")
    PL = "pl", pgettext_lazy("language", "Polish")
    LV = "lv", pgettext_lazy("language", "Latvian")
    ET = "et", pgettext_lazy("language", "Estonian")
    UK = "uk", pgettext_lazy("language", "Ukrainian")
    KA = "ka", pgettext_lazy("language", "Georgian")
    DE = "de", pgettext_lazy("language", "German")
    FR = "fr", pgettext_lazy("language", "French")
    RU = "ru", pgettext_lazy("language", "Russian")
    BE = "be", pgettext_lazy("language", "Belarusian")
    SV = "sv", pgettext_lazy("language", "Swedish")
    DA = "da", pgettext_lazy("language", "Danish")
    NB = "nb", pgettext_lazy("language", "Norwegian")
    FI = "fi", pgettext_lazy("language", "Finnish")
    ES = "es", pgettext_lazy("language", "Spanish")
    IT = "it", pgettext_lazy("language", "Italian")
    CS = "cs", pgettext_lazy("language", "Czech")


class Country(TextChoices):
    """Countries by ISO 3166-1 code."""

    AR = "AR", _("Argentina")
    AM = "AM", _("Armenia")
    AT = "AT", _("Austria")
    AZ = "AZ", _("Azerbaijan")
    BY = "BY", _("Belarus")
    BE = "BE", _("Belgium")
    BG = "BG", _("Bulgaria")
    CA = "CA", _("Canada")
    CN = "CN", _("China")
    HR = "HR", _("Croatia")
    CY = "CY", _("Cyprus")
    CZ = "CZ", _("Czechia")
    DK = "DK", _("Denmark")
    EE = "EE", _("Estonia")
    FI = "FI", _("Finland")
    FR = "FR", _("France")
    GE = "GE", pgettext_lazy("country", "Georgia")
    DE = "DE", _("Germany")
    GR = "GR", _("Greece")
    HU = "HU", _("Hungary")
    IS = "IS", _("Iceland")
    IE = "IE", _("Ireland")
    IL = "IL", _("Israel")
    IT = "IT", _("Italy")
    JP = "JP", _("Japan")
    LV = "LV", _("Latvia")
    LT = "LT", _("Lithuania")
    LU = "LU", _("Luxembourg")
    MT = "MT", _("Malta")
    MD = "MD", _("Moldova")
    NL = "NL", _("Netherlands")
    NO = "NO", _("Norway")
    PL = "PL", _("Poland")
    PT = "PT", _("Portugal")
    RO = "RO", _("Romania")
    RU = "RU", _("Russia")
    SK = "SK", _("Slovakia")
    SI = "SI", _("Slovenia")
    ES = "ES", _("Spain")
    SE = "SE", _("Sweden")
    CH = "CH", _("Switzerland")
    TW = "TW", _("Taiwan")
    TR = "TR", _("Türkiye")
    UA = "UA", _("Ukraine")
    GB = "GB", _("United Kingdom")
    US = "US", _("United States")
