from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import audit


class Command(BaseCommand):
    help = "Computes every seal of the audit trail anew and tells the unsealed tail."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = audit.verify()
        if verdict.broken:
            raise CommandError(
                f"The trail was changed: the seal over events {verdict.broken} does not hold ({verdict.reason})."
            )
        self.stdout.write(f"{verdict.sealed} sealed events hold; {verdict.unsealed} wait for the next seal.")
