from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from documents.converting import programs, sandbox


class Command(BaseCommand):
    help = "Tell which converters of foreign files are on this machine, and what is lost without the others."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--strict", action="store_true", help="end with an error when one is missing")

    def handle(self, *args: Any, strict: bool, **options: Any) -> None:
        missing = {one.code for one in programs.missing()}
        with override("en"):
            for one in programs.PROGRAMS.values():
                state = "MISSING" if one.code in missing else one.version
                self.stdout.write(f"{one.name} ({one.code}): {state} – {one.purpose}")
        isolated = sandbox.is_possible()
        self.stdout.write(
            "Processes of converters: bounded and without network."
            if isolated
            else "Processes of converters cannot be kept from the network: nothing foreign is converted here."
        )
        if missing:
            self.stdout.write(f"Install what is missing: {programs.INSTALL}")
        if strict and (missing or not isolated):
            raise CommandError("Not everything is there.")
