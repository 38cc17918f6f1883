from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.roles import permissions_by_role


class Command(BaseCommand):
    help = "Makes the roles (groups) and their permissions what the role data says; safe to run again."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for config in apps.get_app_configs():
            create_permissions(config, verbosity=0)
        known = {
            f"{row.content_type.app_label}.{row.codename}": row
            for row in Permission.objects.select_related("content_type")
        }
        roles = permissions_by_role(known)
        for name, chosen in roles.items():
            group, _created = Group.objects.get_or_create(name=name)
            group.permissions.set([known[code] for code in sorted(chosen)])
        self.stdout.write(f"{len(roles)} roles set.")
