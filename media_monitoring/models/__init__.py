"""The rows of the press desk, a module for each noun."""

from media_monitoring.models.articles import (
    EXCERPT,
    Article,
    ArticleFile,
    ArticleIndex,
    ArticleQuerySet,
    ArticleVersion,
    Story,
    Word,
)
from media_monitoring.models.evidence import Evidence
from media_monitoring.models.outlets import Host, Outlet, Source, SourceQuerySet
from media_monitoring.models.stories import Fingerprint, OwnText, Shingle

__all__ = [
    "EXCERPT",
    "Article",
    "ArticleFile",
    "ArticleIndex",
    "ArticleQuerySet",
    "ArticleVersion",
    "Evidence",
    "Fingerprint",
    "Host",
    "Outlet",
    "OwnText",
    "Shingle",
    "Source",
    "SourceQuerySet",
    "Story",
    "Word",
]
