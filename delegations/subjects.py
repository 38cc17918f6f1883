"""Whom visits and festivals are about: the archive finds their documents by partner city and by person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from core.registry import MatterSubject
from delegations.models import Member, Visit
from matters.models import Matter
from partners.models import City


def partners(user: Any) -> Iterable[tuple[int, str]]:
    """Cities whose visits this person sees."""
    visits = Visit.objects.visible_to(user).exclude(city=None)
    return [(city.pk, str(city)) for city in City.objects.filter(pk__in=visits.values("city"))]


def of_partner(key: str) -> Any:
    """Visits of the city, and the festivals they came to."""
    visits = Visit.objects.filter(city=int(key))
    return Matter.objects.filter(Q(pk__in=visits.values("pk")) | Q(pk__in=visits.values("occasion"))).values(
        "pk"
    )


def of_person(word: str) -> Any:
    """Visits of a guest called so, in Latin letters or the person's own."""
    named = Q(name__unaccent__icontains=word) | Q(own_name__icontains=word)
    return Member.objects.filter(named).values("visit")


SUBJECT = MatterSubject("delegations", partners, of_partner, of_person)
