from __future__ import annotations

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

# In this order: ladders name roles.
PARTS = (
    "sync_roles",
    "sync_rules",
    "sync_units",
    "sync_ladders",
    "sync_registers",
    "sync_retention",
    "sync_partner_cities",
    "sync_outlets",
)


class Command(BaseCommand):
    help = "Sets what the portal comes with (roles, rules, units, ladders, registers, retention periods, partner cities, outlets); safe after every update."

    def handle(self, *args: Any, **options: Any) -> None:
        known = get_commands()
        for part in PARTS:
            if part in known:
                call_command(part, stdout=self.stdout, verbosity=options["verbosity"])
