"""The spine all work hangs on; one file per noun."""

from matters.models.approvals import (
    Amendment,
    ApprovalRound,
    ApprovalStep,
    Comment,
    Ladder,
    LadderStep,
    Version,
)
from matters.models.calendar import CalendarAddress
from matters.models.links import PersonalLink
from matters.models.matter import Matter, MatterLink, MatterNumber, MatterQuerySet
from matters.models.notices import Notice
from matters.models.search import SearchEntry, SearchWord
from matters.models.tasks import Task

__all__ = [
    "Amendment",
    "ApprovalRound",
    "ApprovalStep",
    "CalendarAddress",
    "Comment",
    "Ladder",
    "LadderStep",
    "Matter",
    "MatterLink",
    "MatterNumber",
    "MatterQuerySet",
    "Notice",
    "PersonalLink",
    "SearchEntry",
    "SearchWord",
    "Task",
    "Version",
]
