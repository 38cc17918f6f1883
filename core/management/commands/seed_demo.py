from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core import demonstration
from core.registry import register_seed


class Command(BaseCommand):
    help = "Fill the demonstration office: invented people, partners, visits. Safe to run again; adds what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", nargs="*", default=[], help="codes of the parts to run")
        parser.add_argument(
            "--later", action="store_true", help="only what the first page needs; a worker does the rest"
        )

    def handle(self, *args: Any, only: list[str], later: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration office is made only while DEMO is on.")
        call_command("sync_office", stdout=self.stdout)
        demonstration.fill(
            [
                seed
                for seed in register_seed
                if (seed.at_once or not later) and (not only or seed.code in only)
            ],
            lambda seed, said, seconds: self.stdout.write(f"{seed.code}: {said} ({seconds:.1f} s)."),
        )
        if later:
            demonstration.ask_for_the_rest()
        elif not only:
            demonstration.need_no_rest()
