from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from core.choices import PeriodUnit
from core.models import DeadlineRule, Norm

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Sets the deadline rules and norms the portal comes with; one somebody has verified or changed is left alone."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{self._rules()} rules, {self._norms()} norms set.")

    def _rules(self) -> int:
        count = 0
        with (DATA / "deadlines.csv").open(encoding="utf-8", newline="") as lines:
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
        return count

    def _norms(self) -> int:
        """A code that has any row is the office's own already."""
        known = set(Norm.objects.values_list("code", flat=True))
        with (DATA / "norms.csv").open(encoding="utf-8", newline="") as lines:
            new = [Norm(**row) for row in csv.DictReader(lines) if row["code"] not in known]
        return len(Norm.objects.bulk_create(new))
