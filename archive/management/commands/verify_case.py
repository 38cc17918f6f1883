from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.services import exporting


class Command(BaseCommand):
    help = "Verify an exported case file: its bytes, the embedded originals, the inventory, PDF/A."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            verdict, made = exporting.verify_bytes(path.read_bytes())
        except OSError as error:
            raise CommandError(str(error)) from error
        for problem in verdict.problems:
            self.stdout.write(f"✗ {problem}")
        self.stdout.write(f"SHA-256 {verdict.sha256}; embedded originals in order: {verdict.checked}")
        if verdict.problems:
            raise CommandError(f"{path} is not what was exported.")
        if made is None:
            raise CommandError(f"{path} is whole in itself, but no export made here has these bytes.")
        newest = made.file.exports.order_by("-number").first()
        state = "the newest" if newest == made else f"superseded by no. {newest.number}"
        self.stdout.write(
            f"Whole. Export no. {made.number} of {made.file} ({made.file.line.plan.year}), {state}."
        )
