from __future__ import annotations

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core.registry import register_seed


class Command(BaseCommand):
    help = "Fill the demonstration office: invented people, partners, visits. Safe to run again; adds what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", nargs="*", default=[], help="codes of the parts to run")

    def handle(self, *args: Any, only: list[str], **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration office is made only while DEMO is on.")
        call_command("sync_office", stdout=self.stdout)
        with translation.override("lt"):
            for seed in register_seed:
                if only and seed.code not in only:
                    continue
                started = monotonic()
                said = seed.run()
                self.stdout.write(f"{seed.code}: {said} ({monotonic() - started:.1f} s).")
