from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

from matters.models import Ladder, LadderStep

DATA = Path(__file__).resolve().parents[2] / "data" / "ladders.json"


class Command(BaseCommand):
    help = "Sets the ladders the portal comes with; one that the office has changed is left alone."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        count = 0
        known = set(Ladder.objects.values_list("kind", flat=True))  # a kind may come with several
        for entry in json.loads(DATA.read_text(encoding="utf-8")):
            if entry["kind"] in known:
                continue
            count += 1
            if dry_run:
                continue
            ladder = Ladder.objects.create(
                kind=entry["kind"], name=entry["name"], is_default=entry["is_default"]
            )
            for step in entry["steps"]:
                role, passes_to = step.pop("role"), step.pop("passes_to", None)
                LadderStep.objects.create(
                    ladder=ladder,
                    role=Group.objects.get_or_create(name=role)[0],
                    passes_to=Group.objects.get_or_create(name=passes_to)[0] if passes_to else None,
                    **step,
                )
        self.stdout.write(f"{count} ladders {'missing' if dry_run else 'set'}.")
