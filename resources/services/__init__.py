"""The verbs of resources: hold, book, confirm, release; keep the directory; minutes between places."""

from resources.services.bookings import (
    Clash,
    ResourceTakenError,
    Wish,
    block,
    book,
    clashes,
    confirm,
    free_resources,
    hold,
    holder_words,
    next_free,
    release,
    release_matter,
)
from resources.services.directory import (
    close_resource,
    reopen_resource,
    save_place,
    save_resource,
)
from resources.services.travel import Travel, forget_minutes, minutes_between, set_minutes, travel_table
from resources.services.work import Work, record_work, works_of_interpreter, works_of_matter, works_of_matters

__all__ = [
    "Clash",
    "ResourceTakenError",
    "Travel",
    "Wish",
    "Work",
    "block",
    "book",
    "clashes",
    "close_resource",
    "confirm",
    "forget_minutes",
    "free_resources",
    "hold",
    "holder_words",
    "minutes_between",
    "next_free",
    "record_work",
    "release",
    "release_matter",
    "reopen_resource",
    "save_place",
    "save_resource",
    "set_minutes",
    "travel_table",
    "works_of_interpreter",
    "works_of_matter",
    "works_of_matters",
]
