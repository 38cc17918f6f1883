from __future__ import annotations

import datetime
from typing import Any

import factory

from partners.models import City, Person, PersonPost


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City

    name_lt = factory.Sequence(lambda n: f"Miestas {n}")
    name_local = factory.Sequence(lambda n: f"Miasto {n}")
    country = "PL"
    languages = ["pl"]
    is_verified = True


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    first_name = "Zbigniew"
    last_name = factory.Sequence(lambda n: f"Łączyński {n}")
    language = "pl"


def make_post(
    person: Any, city: Any, title: str, since: str = "", until: str = "", rank: int = 90
) -> PersonPost:
    return PersonPost.objects.create(
        person=person,
        city=city,
        title_lt=title,
        rank=rank,
        starts_on=datetime.date.fromisoformat(since) if since else None,
        ends_on=datetime.date.fromisoformat(until) if until else None,
    )
