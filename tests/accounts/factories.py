"""People for tests: invented names, a role by its name."""

from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth.models import Group

from accounts.models import Unit, User


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"SK{n}")
    name_lt = factory.Sequence(lambda n: f"{n} skyrius")


class UserFactory(factory.django.DjangoModelFactory):
    """`UserFactory(role="head")` holds the role with the permissions of the role data."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"asmuo{n}")
    first_name = "Vardenė"
    last_name = factory.Sequence(lambda n: f"Pavardenė{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.lt")
    post = "vyriausioji specialistė"

    @factory.post_generation
    def role(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.groups.add(role_group(extracted))


def role_group(name: str) -> Group:
    """The role with its permissions, made from the role data when it is not there yet."""
    from django.core.management import call_command

    if not Group.objects.filter(name=name, permissions__isnull=False).exists():
        call_command("sync_roles", verbosity=0)
    return Group.objects.get_or_create(name=name)[0]
