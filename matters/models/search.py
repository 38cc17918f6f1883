from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from matters.models.matter import Matter


class SearchEntry(models.Model):
    """One line the search box may answer with (paieškos įrašas), found by the keys of its words."""

    source = models.CharField(max_length=40)
    object_pk = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    words = SearchVectorField()
    normaliser = models.PositiveSmallIntegerField()  # the rules its keys were made by
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "object_pk"], name="matters_searchentry_once")
        ]
        indexes = [GinIndex(fields=["words"], name="matters_search_words")]  # the search box

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that was indexed, by its form without marks: what `core.language.unfold` restores from."""

    folded = models.CharField(max_length=60)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "word"], name="matters_searchword_once")]

    def __str__(self) -> str:
        return self.word
