"""What every page knows: the office, the demonstration mark and the person's rail."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    return {
        "DEMO": settings.DEMO,
        "OFFICE_NAME": settings.OFFICE_NAME,
        "OFFICE_UNIT": settings.OFFICE_UNIT,
        "OFFICE_EMAIL": settings.OFFICE_EMAIL,
        "actor": getattr(request, "actor", None),
    }
