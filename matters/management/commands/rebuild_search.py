from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import registry
from matters import search
from matters.models import SearchWord


class Command(BaseCommand):
    help = "Makes every line of the search box anew: after a change of the rules of words, or an import."

    def handle(self, *args: Any, **options: Any) -> None:
        SearchWord.objects.all().delete()
        for source in registry.register_search_source:
            self.stdout.write(f"{source.code}: {search.index(source, None)} entries.")
