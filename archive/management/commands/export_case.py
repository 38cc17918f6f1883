from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import CaseFile
from archive.services import exporting
from core.actor import Actor
from core.errors import DomainError


class Command(BaseCommand):
    help = (
        "Export a case file as one PDF/A-3 with its originals inside; the export is kept in the portal too."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("index", help="index of the file, as in the plan: 5.3")
        parser.add_argument("out", type=Path, help="where to write the PDF")
        parser.add_argument(
            "--year", type=int, help="year of the plan; the newest that has documents when left out"
        )
        parser.add_argument("--volume", type=int, default=1)
        parser.add_argument(
            "--with-doubtful",
            action="store_true",
            help="embed programs and encrypted attachments too; else only their sums are listed",
        )

    def handle(
        self,
        *args: Any,
        index: str,
        out: Path,
        year: int | None,
        volume: int,
        with_doubtful: bool,
        **options: Any,
    ) -> None:
        files = CaseFile.objects.filter(line__index=index, volume=volume)
        if year:
            files = files.filter(line__plan__year=year)
        file = (
            files.filter(placements__left_at=None, placements__isnull=False)
            .order_by("-line__plan__year")
            .first()
        )
        if file is None:
            raise CommandError(f"There is no file {index}, volume {volume}, with documents.")
        try:
            made = exporting.export_file(file, by=Actor.system(), with_doubtful=with_doubtful)
        except DomainError as error:
            raise CommandError(str(error)) from error
        assert made.pdf is not None  # only an act of destruction takes it away
        out.write_bytes(made.pdf.read())
        self.stdout.write(
            f"{out}: {made.documents.count()} documents, {made.pages} pages, SHA-256 {made.sha256}"
        )
