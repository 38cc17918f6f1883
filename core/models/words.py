from __future__ import annotations

from django.db import models


class WordModel(models.Model):
    """A word some indexed text has: typed without marks, it is found by its folded form."""

    folded = models.CharField(max_length=60)
    stem = models.CharField(
        max_length=60, default=""
    )  # of the folded form: for forms that nobody has written
    word = models.CharField(max_length=60)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["stem"], name="%(app_label)s_word_stem")]  # Vocabulary.meant
        constraints = [models.UniqueConstraint(fields=["folded", "word"], name="%(app_label)s_word_once")]

    def __str__(self) -> str:
        return self.word
