from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from archive.models import RetentionIndex, RetentionPoint

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Sets the retention index the portal comes with; a point somebody has verified or changed is left alone."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        about = json.loads((DATA / "retention_index.json").read_text(encoding="utf-8"))
        day = datetime.date.fromisoformat(about.pop("valid_from"))
        code = about.pop("code")
        index = RetentionIndex.objects.filter(code=code, valid_from=day).first()
        known = set(index.points.values_list("code", flat=True)) if index else set()
        with (DATA / "retention.csv").open(encoding="utf-8", newline="") as lines:
            missing = [row for row in enumerate(csv.DictReader(lines), 1) if row[1]["code"] not in known]
        if not dry_run:
            index = index or RetentionIndex.objects.create(code=code, valid_from=day, **about)
            RetentionPoint.objects.bulk_create(self._point(index, place, row) for place, row in missing)
        self.stdout.write(f"{len(missing)} points of the retention index {'missing' if dry_run else 'set'}.")

    @staticmethod
    def _point(index: RetentionIndex, place: int, row: dict[str, str]) -> RetentionPoint:
        return RetentionPoint(
            index=index,
            position=place,
            **{name: row[name] for name in ("code", "name_lt", "name_en", "rule", "counted_from", "number")},
            years=int(row["years"]) if row["years"] else None,
            remark=row["remark"],
            source=row["source"],
            is_verified=row["is_verified"] == "1",
        )
