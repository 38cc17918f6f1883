"""What can be booked, where things happen, and who has booked what."""

from resources.models.bookings import Booking, BookingQuerySet
from resources.models.contracts import InterpreterContract
from resources.models.places import Place, PlaceDistance, PlaceQuerySet
from resources.models.resources import (
    Car,
    Driver,
    Equipment,
    Hall,
    Interpreter,
    LanguagePair,
    Resource,
    ResourceQuerySet,
)
from resources.models.work import InterpreterWork

__all__ = [
    "Booking",
    "BookingQuerySet",
    "Car",
    "Driver",
    "Equipment",
    "Hall",
    "Interpreter",
    "InterpreterContract",
    "InterpreterWork",
    "LanguagePair",
    "Place",
    "PlaceDistance",
    "PlaceQuerySet",
    "Resource",
    "ResourceQuerySet",
]
