from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from media_monitoring import services


class Command(BaseCommand):
    help = "Bring the outlets of media_monitoring/data in; safe to run again, what people changed stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        count = services.sync_outlets(dry_run=dry_run)
        self.stdout.write(f"Outlets: {count} {'to add' if dry_run else 'added'}.")
