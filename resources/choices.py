from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ResourceKind(TextChoices):
    """What can be booked (ištekliai)."""

    INTERPRETER = "interpreter", pgettext_lazy("resource", "interpreter")
    CAR = "car", pgettext_lazy("resource", "car")
    DRIVER = "driver", pgettext_lazy("resource", "driver")
    HALL = "hall", pgettext_lazy("resource", "hall")
    EQUIPMENT = "equipment", pgettext_lazy("resource", "equipment")


KIND_ICONS = {
    ResourceKind.INTERPRETER: "language",
    ResourceKind.CAR: "car",
    ResourceKind.DRIVER: "steering-wheel",
    ResourceKind.HALL: "door",
    ResourceKind.EQUIPMENT: "tool",
}


class PlaceKind(TextChoices):
    """What a place is (vieta)."""

    OFFICE = "office", pgettext_lazy("place", "office or institution")
    RESTAURANT = "restaurant", pgettext_lazy("place", "restaurant or café")
    HOTEL = "hotel", pgettext_lazy("place", "hotel")
    CULTURE = "culture", pgettext_lazy("place", "culture")
    SPORT = "sport", pgettext_lazy("place", "sport")
    NATURE = "nature", pgettext_lazy("place", "outdoors")
    BUSINESS = "business", pgettext_lazy("place", "company")
    TRANSPORT = "transport", pgettext_lazy("place", "airport or station")
    OTHER = "other", pgettext_lazy("place", "other place")


PLACE_ICONS = {
    PlaceKind.OFFICE: "building-bank",
    PlaceKind.RESTAURANT: "tools-kitchen-2",
    PlaceKind.HOTEL: "bed",
    PlaceKind.CULTURE: "masks-theater",
    PlaceKind.SPORT: "trophy",
    PlaceKind.NATURE: "leaf",
    PlaceKind.BUSINESS: "building-skyscraper",
    PlaceKind.TRANSPORT: "plane-tilt",
    PlaceKind.OTHER: "map-pin",
}


class CarKind(TextChoices):
    CAR = "car", pgettext_lazy("vehicle", "car")
    MINIBUS = "minibus", pgettext_lazy("vehicle", "minibus")
    BUS = "bus", pgettext_lazy("vehicle", "bus")
