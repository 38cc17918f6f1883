"""Visits: who comes, what happens when, who serves it, what came of it."""

from delegations.models.festivals import Festival, FestivalQuerySet
from delegations.models.hospitality import MealOrder, Room, RoomGuest, TableSeat, Ticket
from delegations.models.lists import ListReader, ListSending
from delegations.models.meetings import MeetingRequest
from delegations.models.members import Member
from delegations.models.outcomes import FollowUp, Photograph, ThanksLetter
from delegations.models.programme import ItemParticipant, ItemResource, ItemText, ProgrammeItem, WarningNote
from delegations.models.travel import Passenger, TransferLeg, TravelLeg
from delegations.models.visits import Visit, VisitQuerySet

__all__ = [
    "Festival",
    "FestivalQuerySet",
    "FollowUp",
    "ItemParticipant",
    "ItemResource",
    "ItemText",
    "ListReader",
    "ListSending",
    "MealOrder",
    "MeetingRequest",
    "Member",
    "Passenger",
    "Photograph",
    "ProgrammeItem",
    "Room",
    "RoomGuest",
    "TableSeat",
    "ThanksLetter",
    "Ticket",
    "TransferLeg",
    "TravelLeg",
    "Visit",
    "VisitQuerySet",
    "WarningNote",
]
