from __future__ import annotations

import datetime
from typing import Any

import factory
from django.utils import timezone

from core.actor import Actor
from resources import services
from resources.models import Car, Hall, Interpreter, Place


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Vieta {n}")
    town = "Alytus"
    latitude = "54.39630"
    longitude = "24.04590"


class CarFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Car

    name = factory.Sequence(lambda n: f"Mikroautobusas {n}")
    seats = 16


class HallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hall

    name = factory.Sequence(lambda n: f"Salė {n}")
    place = factory.SubFactory(PlaceFactory)
    seats = 20


def make_interpreter(name: str, *languages: str) -> Interpreter:
    pairs: list[dict[str, Any]] = [{"other": code} for code in languages]
    row = Interpreter(name=name)
    services.save_resource(row, by=Actor.system(), fields=["name"], pairs=pairs)
    return row


def at(hour: int, minute: int = 0, day: int = 17) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(2026, 6, day, hour, minute))
