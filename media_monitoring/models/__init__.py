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
from media_monitoring.models.outlets import Host, Outlet, Source, SourceQuerySet

__all__ = [
    "EXCERPT",
    "Article",
    "ArticleFile",
    "ArticleIndex",
    "ArticleQuerySet",
    "ArticleVersion",
    "Host",
    "Outlet",
    "Source",
    "SourceQuerySet",
    "Story",
    "Word",
]
