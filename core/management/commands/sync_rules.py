from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from core.choices import PeriodUnit
from core.models import DeadlineRule

DATA = Path(__file__).resolve().parents[2] / "data" / "deadlines.csv"


class Command(BaseCommand):
    help = "Sets the deadline rules the portal comes with; a rule somebody has verified or changed is left alone."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        with DATA.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                _rule, created = DeadlineRule.objects.get_or_create(
                    code=row["code"],
                    defaults={
                        "what": row["what"],
                        "counted_from": row["counted_from"],
                        "length": int(row["length"]),
                        "unit": PeriodUnit(row["unit"]),
                        "basis": row["basis"],
                        "source": row["source_url"],
                        "is_verified": row["confidence"] == "sourced",
                    },
                )
                count += created
        self.stdout.write(f"{count} rules set.")
