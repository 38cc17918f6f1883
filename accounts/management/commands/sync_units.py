from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Unit

DATA = Path(__file__).resolve().parents[2] / "data" / "units.csv"


class Command(BaseCommand):
    help = (
        "Adds the units of the municipality the portal comes with; what the office has changed is left alone."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        with DATA.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        count = 0
        for row in rows:
            _unit, created = Unit.objects.get_or_create(
                code=row["code"],
                defaults={
                    "name_lt": row["name_lt"],
                    "name_en": row["name_en"],
                    "kind": row["kind"],
                    "source": row["source"][:300],
                    "is_verified": row["confidence"] == "sourced",
                },
            )
            count += created
        for row in rows:
            if row["parent"]:
                Unit.objects.filter(code=row["code"], parent=None).update(
                    parent=Unit.objects.filter(code=row["parent"]).first()
                )
        self.stdout.write(f"{count} units added.")
