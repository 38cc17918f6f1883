from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from core.models import StoredFile, WordModel
from documents.models import Document


class DocumentText(models.Model):
    """What a filed document says, page by page (dokumento tekstas), with the pages themselves to be shown.

    The pages are those an export of its file prints: our own paper as it is, anything foreign converted.
    """

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="read_text", editable=False
    )
    source_sha256 = models.CharField(
        "SHA-256", max_length=64, editable=False
    )  # of the version it was read from
    tools = models.CharField(max_length=500, editable=False)  # converters that were there
    rendering = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", editable=False)
    problem = models.TextField(blank=True, editable=False)  # why there are no pages, or no words
    texts = ArrayField(models.TextField(), default=list, editable=False)
    is_cut = models.BooleanField(default=False, editable=False)  # longer than is searched
    scanned_pages = models.PositiveIntegerField(default=0, editable=False)  # read by machine
    version = models.PositiveSmallIntegerField(editable=False)  # of the rules its words were indexed by
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.document_id)

    @property
    def pages(self) -> int:
        return len(self.texts)


class TextPage(models.Model):
    """The words of one page in keys, apart from the wide row of the text; number 0 are the title and the sender."""

    text = models.ForeignKey(DocumentText, models.CASCADE, related_name="pages_read")
    number = models.PositiveIntegerField()
    words = SearchVectorField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="archive_text_page_once")]
        indexes = [GinIndex(fields=["words"], fastupdate=False, name="archive_text_page_words")]  # search

    def __str__(self) -> str:
        return f"{self.text_id}, {self.number}"


class TextWord(WordModel):
    """A word some filed document has; gone when no document has it any more."""

    class Meta(WordModel.Meta):
        default_permissions = ()
