from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.choices import Verdict
from archive.export.verifying import BAD, OK
from archive.services import verifying
from archive.verdicts import words_of
from core.errors import DomainError

SIGNS = {OK: "✓", BAD: "✗"}


class Command(BaseCommand):
    help = "Verify an exported case file: bytes, embedded originals, inventory, PDF/A, seals; whether it is the newest."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            with path.open("rb") as content:
                facts = verifying.examine_apart(content)
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        found = verifying.conclude(facts)
        for check in found.checks:
            self.stdout.write(f"{SIGNS.get(check.state, '·')} {words_of(check.as_json())}")
        self.stdout.write(f"SHA-256 {facts['sha256']}")
        made = found.export
        if found.verdict in (Verdict.CHANGED, Verdict.UNREADABLE):
            raise CommandError(f"{path} is not what was exported.")
        if made is None:
            raise CommandError(f"{path} is whole in itself, but no export made here has these bytes.")
        newest = made.file.exports.order_by("-number").first()
        state = "the newest" if newest == made else f"superseded by no. {newest.number}"
        self.stdout.write(
            f"Whole. Export no. {made.number} of {made.file} ({made.file.line.plan.year}), made {made.made_at:%Y-%m-%d %H:%M}"
            f" by {made.actor_label}, {state}."
        )
