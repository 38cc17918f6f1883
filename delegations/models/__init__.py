"""Visits: who comes, what happens when, who serves it."""

from delegations.models.members import Member
from delegations.models.programme import ItemParticipant, ItemResource, ItemText, ProgrammeItem, WarningNote
from delegations.models.visits import Visit, VisitQuerySet

__all__ = [
    "ItemParticipant",
    "ItemResource",
    "ItemText",
    "Member",
    "ProgrammeItem",
    "Visit",
    "VisitQuerySet",
    "WarningNote",
]
