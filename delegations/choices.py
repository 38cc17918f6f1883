from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matters.choices import Phase


class Direction(TextChoices):
    INCOMING = "in", pgettext_lazy("visit", "incoming")


class Basis(TextChoices):
    """By whose invitation the guests come (vizito pagrindas)."""

    CITY = "city", _("by invitation of the city")
    MAYOR = "mayor", _("by invitation of the mayor")
    COUNCIL = "council", _("by invitation of the council")
    ORGANISATION = "organisation", _("by invitation of another organisation")


class Status(TextChoices):
    """How a visit stands (vizito būsena); the words agree with "programa" or "vizitas"."""

    PREPARING = "preparing", pgettext_lazy("programme", "being prepared")
    SUBMITTED = "submitted", pgettext_lazy("programme", "being approved")
    RETURNED = "returned", pgettext_lazy("programme", "returned for correction")
    APPROVED = "approved", pgettext_lazy("programme", "approved")
    CHANGING = "changing", pgettext_lazy("programme", "being changed")
    UNDER_WAY = "under_way", pgettext_lazy("visit", "going on")
    REPORTING = "reporting", pgettext_lazy("visit", "being reported on")
    CALLED_OFF = "called_off", pgettext_lazy("visit", "called off")
    CLOSED = "closed", pgettext_lazy("visit", "closed")


# Every status has its phase on the parent row; a test walks them all.
PHASES: dict[str, Phase] = {
    Status.PREPARING: Phase.DRAFT,
    Status.SUBMITTED: Phase.WAITING,
    Status.RETURNED: Phase.ACTIVE,
    Status.APPROVED: Phase.ACTIVE,
    Status.CHANGING: Phase.ACTIVE,
    Status.UNDER_WAY: Phase.ACTIVE,
    Status.REPORTING: Phase.ACTIVE,
    Status.CALLED_OFF: Phase.CLOSED,
    Status.CLOSED: Phase.CLOSED,
}

TONES: dict[str, str] = {
    Status.PREPARING: "draft",
    Status.SUBMITTED: "wait",
    Status.RETURNED: "back",
    Status.APPROVED: "ok",
    Status.CHANGING: "draft",
    Status.UNDER_WAY: "live",
    Status.REPORTING: "live",
    Status.CALLED_OFF: "off",
    Status.CLOSED: "shut",
}


# What somebody who serves is called, by gender.
SERVING = {
    ("interpreter", "f"): pgettext_lazy("who serves, a woman", "interpreter"),
    ("interpreter", "m"): pgettext_lazy("who serves, a man", "interpreter"),
    ("driver", "f"): pgettext_lazy("who serves, a woman", "driver"),
    ("driver", "m"): pgettext_lazy("who serves, a man", "driver"),
}


def serving_words(kind: str, gender: str) -> str:
    """ "vertėja", "vairuotojas": the form the person's gender asks for."""
    return str(SERVING[kind, gender if gender in ("f", "m") else "m"])


class MemberKind(TextChoices):
    """What a guest is in the delegation (delegacijos narys)."""

    HEAD = "head", pgettext_lazy("member", "head of the delegation")
    MEMBER = "member", pgettext_lazy("member", "member")
    COMPANION = "companion", pgettext_lazy("member", "companion")
    INTERPRETER = "interpreter", pgettext_lazy("member", "interpreter of the guests")
    DRIVER = "driver", pgettext_lazy("member", "driver of the guests")
    PRESS = "press", pgettext_lazy("member", "journalist")


class ItemKind(TextChoices):
    """What an item of the programme is (programos punktas)."""

    MEETING = "meeting", pgettext_lazy("item", "meeting")
    MEAL = "meal", pgettext_lazy("item", "meal")
    TRANSPORT = "transport", pgettext_lazy("item", "transport")
    ACCOMMODATION = "accommodation", pgettext_lazy("item", "accommodation")
    CULTURE = "culture", pgettext_lazy("item", "culture")
    CEREMONY = "ceremony", pgettext_lazy("item", "ceremony")
    FREE = "free", pgettext_lazy("item", "free time")


ITEM_ICONS: dict[str, str] = {
    ItemKind.MEETING: "users-group",
    ItemKind.MEAL: "tools-kitchen-2",
    ItemKind.TRANSPORT: "car",
    ItemKind.ACCOMMODATION: "bed",
    ItemKind.CULTURE: "masks-theater",
    ItemKind.CEREMONY: "flag",
    ItemKind.FREE: "coffee",
}

ITEM_LOOKS: dict[str, str] = {
    ItemKind.MEETING: "meet",
    ItemKind.MEAL: "meal",
    ItemKind.TRANSPORT: "move",
    ItemKind.ACCOMMODATION: "stay",
    ItemKind.CULTURE: "culture",
    ItemKind.CEREMONY: "meet",
    ItemKind.FREE: "rest",
}


class DayPart(TextChoices):
    """When an item has no hour yet (paros metas)."""

    MORNING = "1morning", pgettext_lazy("part of the day", "morning")
    NOON = "2noon", pgettext_lazy("part of the day", "midday")
    AFTERNOON = "3afternoon", pgettext_lazy("part of the day", "afternoon")
    EVENING = "4evening", pgettext_lazy("part of the day", "evening")


class Progress(TextChoices):
    """What became of an item during the visit (eiga)."""

    PLANNED = "planned", pgettext_lazy("item", "planned")
    DONE = "done", pgettext_lazy("item", "held")
    CANCELLED = "cancelled", pgettext_lazy("item", "cancelled")


class LegDirection(TextChoices):
    ARRIVAL = "arrival", pgettext_lazy("journey", "arrival")
    DEPARTURE = "departure", pgettext_lazy("journey", "departure")


class TravelMode(TextChoices):
    """By what guests travel (transporto rūšis)."""

    FLIGHT = "flight", pgettext_lazy("journey", "flight")
    TRAIN = "train", pgettext_lazy("journey", "train")
    BUS = "bus", pgettext_lazy("journey", "bus")
    CAR = "car", pgettext_lazy("journey", "car")


LEG_ICONS: dict[str, str] = {
    TravelMode.FLIGHT: "plane-tilt",
    TravelMode.TRAIN: "train",
    TravelMode.BUS: "bus",
    TravelMode.CAR: "car",
}


class RoomKind(TextChoices):
    """Kinds of hotel rooms (kambario rūšis)."""

    SINGLE = "single", pgettext_lazy("room", "single")
    DOUBLE = "double", pgettext_lazy("room", "double")
    TWIN = "twin", pgettext_lazy("room", "twin")
    TRIPLE = "triple", pgettext_lazy("room", "triple")
    SUITE = "suite", pgettext_lazy("room", "suite")


BEDS: dict[str, int] = {
    RoomKind.SINGLE: 1,
    RoomKind.DOUBLE: 2,
    RoomKind.TWIN: 2,
    RoomKind.TRIPLE: 3,
    RoomKind.SUITE: 2,
}


class TicketState(TextChoices):
    NEEDED = "needed", pgettext_lazy("tickets", "to be bought")
    BOUGHT = "bought", pgettext_lazy("tickets", "bought")
    HANDED = "handed", pgettext_lazy("tickets", "handed over")


class MeetingAnswer(TextChoices):
    """What a host who was asked has answered."""

    WAITING = "waiting", pgettext_lazy("host", "no answer yet")
    CONFIRMED = "confirmed", pgettext_lazy("host", "will receive")
    PROPOSED = "proposed", pgettext_lazy("host", "proposes another time")
    DECLINED = "declined", pgettext_lazy("host", "cannot receive")


class FestivalStatus(TextChoices):
    """How a festival stands (šventės būsena)."""

    PREPARING = "preparing", pgettext_lazy("festival", "being prepared")
    UNDER_WAY = "under_way", pgettext_lazy("festival", "going on")
    OVER = "over", pgettext_lazy("festival", "over")
    CLOSED = "closed", pgettext_lazy("festival", "closed")
    CALLED_OFF = "called_off", pgettext_lazy("festival", "called off")


FESTIVAL_PHASES: dict[str, Phase] = {
    FestivalStatus.PREPARING: Phase.ACTIVE,
    FestivalStatus.UNDER_WAY: Phase.ACTIVE,
    FestivalStatus.OVER: Phase.ACTIVE,
    FestivalStatus.CLOSED: Phase.CLOSED,
    FestivalStatus.CALLED_OFF: Phase.CLOSED,
}

FESTIVAL_TONES: dict[str, str] = {
    FestivalStatus.PREPARING: "draft",
    FestivalStatus.UNDER_WAY: "live",
    FestivalStatus.OVER: "live",
    FestivalStatus.CLOSED: "shut",
    FestivalStatus.CALLED_OFF: "off",
}


class ReaderLanguage(TextChoices):
    """In which language somebody who serves reads her list."""

    LT = "lt", pgettext_lazy("language of a list", "Lithuanian")
    EN = "en", pgettext_lazy("language of a list", "English")
