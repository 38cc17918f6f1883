from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.actor import Actor
from partners import services


class Command(BaseCommand):
    help = "Bring the partner cities of partners/data in; safe to run again, what people changed stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        counts = services.sync_cities(by=Actor.system(), dry_run=dry_run)
        self.stdout.write(
            f"Cities: {counts['added']} added, {counts['filled']} filled in; {counts['events']} events of history."
        )
