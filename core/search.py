"""What the search box knows: documents its sources yield, indexed anew whenever something is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core import registry


@dataclass(frozen=True)
class SearchDocument:
    """One findable thing: `title` weighs most, `text` holds every other word it may be found by.

    `matter_pk` trims it to those who may see the matter; without one the source's permission alone decides.
    """

    pk: int
    title: str
    text: str
    url: str
    matter_pk: int | None = None
    subtitle: str = ""


def changed(subject: Any, matter_pk: int | None) -> None:
    """Ask for the subject's and the matter's entries to be made anew, after the commit, by a worker."""
    from core import jobs  # noqa: PLC0415 -- jobs are audited too

    if matter_pk is not None:
        jobs.enqueue("matters.index_matter", matter_pk)
    label = subject._meta.label_lower
    for source in registry.register_search_source:
        if source.model == label:
            jobs.enqueue("matters.index_entry", f"{source.code}:{subject.pk}")


def words_may_end(*, due_at: Any = None) -> None:
    """Ask that the search box forgets the words no entry has any more, once the entries were made anew."""
    from core import jobs  # noqa: PLC0415 -- jobs are audited too

    jobs.enqueue("matters.forget_words", "all", due_at=due_at)
