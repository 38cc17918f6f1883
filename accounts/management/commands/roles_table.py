from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from accounts import roles


class Command(BaseCommand):
    help = "Writes docs/roles.md: which role may do what, from the role data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only say whether the file is up to date.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / roles.TABLE
        with override("en"):
            text = roles.table()
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                raise CommandError(f"{roles.TABLE} is stale: run manage.py roles_table.")
            self.stdout.write(f"{roles.TABLE} is up to date.")
            return
        path.write_text(text, encoding="utf-8")
        self.stdout.write(f"{roles.TABLE} written.")
