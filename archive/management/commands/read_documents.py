from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from archive.models import DocumentText
from archive.services import texts


class Command(BaseCommand):
    help = "Reads the words of filed documents that no worker has read yet, so that the archive's search finds them."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="read those anew too that are read already")
        parser.add_argument("--dry-run", action="store_true", help="only count them")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if options["all"] and not dry_run:
            DocumentText.objects.update(source_sha256="", version=0)
        pks = list(texts.unread().values_list("pk", flat=True))
        if dry_run:
            self.stdout.write(f"{len(pks)} documents to read.")
            return
        read = sum(texts.read_document(pk) for pk in pks)
        gone = texts.forget_words()
        self.stdout.write(f"{read} documents read, {gone} words forgotten.")
