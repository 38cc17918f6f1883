from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from documents.models import Register

DATA = Path(__file__).resolve().parents[2] / "data" / "registers.json"


class Command(BaseCommand):
    help = "Sets the registers the portal comes with; one that the office has or has changed is left alone."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        known = set(Register.objects.values_list("code", flat=True))
        missing = [row for row in json.loads(DATA.read_text(encoding="utf-8")) if row["code"] not in known]
        if not dry_run:
            Register.objects.bulk_create(Register(**row) for row in missing)
        self.stdout.write(f"{len(missing)} registers {'missing' if dry_run else 'set'}.")
