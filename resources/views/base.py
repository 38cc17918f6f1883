"""What the pages of the room share: its kinds and its parts."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.choices import ResourceKind

# The Lithuanian path of each kind.
SLUGS: dict[str, str] = {
    "vertejai": ResourceKind.INTERPRETER,
    "automobiliai": ResourceKind.CAR,
    "vairuotojai": ResourceKind.DRIVER,
    "sales": ResourceKind.HALL,
    "iranga": ResourceKind.EQUIPMENT,
}
SLUG_OF = {kind: slug for slug, kind in SLUGS.items()}
TITLES = {
    ResourceKind.INTERPRETER: gettext_lazy("Interpreters"),
    ResourceKind.CAR: gettext_lazy("Vehicles"),
    ResourceKind.DRIVER: gettext_lazy("Drivers"),
    ResourceKind.HALL: gettext_lazy("Halls"),
    ResourceKind.EQUIPMENT: gettext_lazy("Equipment"),
}


def room_tabs(here: str) -> list[dict[str, Any]]:
    """The parts of the room: the week first, then each directory."""
    tabs = [{"label": _("Week"), "url": reverse("resources:week"), "here": here == "week", "count": None}]
    tabs += [
        {
            "label": title,
            "url": reverse("resources:directory", args=[SLUG_OF[kind]]),
            "here": here == kind,
            "count": None,
        }
        for kind, title in TITLES.items()
    ]
    tabs.append(
        {"label": _("Places"), "url": reverse("resources:places"), "here": here == "places", "count": None}
    )
    return tabs
