"""Forms of visits, of their guests and of the programme."""

from delegations.forms.festivals import FestivalForm, JoinForm
from delegations.forms.fields import ClockField
from delegations.forms.hospitality import (
    AskForm,
    MealForm,
    PlacesForm,
    ProposalForm,
    RoomForm,
    RoomsForm,
    TablesForm,
    TicketForm,
)
from delegations.forms.members import GuestListForm, MemberForm
from delegations.forms.programme import ItemForm, ProgressForm, ShiftForm
from delegations.forms.today import CancelForm, MoveForm, OutcomeForm
from delegations.forms.travel import DelayForm, LegForm, TableForm, TransfersForm
from delegations.forms.visits import CloneForm, ReasonForm, VisitForm

__all__ = [
    "AskForm",
    "CancelForm",
    "ClockField",
    "CloneForm",
    "DelayForm",
    "FestivalForm",
    "GuestListForm",
    "ItemForm",
    "JoinForm",
    "LegForm",
    "MealForm",
    "MemberForm",
    "MoveForm",
    "OutcomeForm",
    "PlacesForm",
    "ProgressForm",
    "ProposalForm",
    "ReasonForm",
    "RoomForm",
    "RoomsForm",
    "ShiftForm",
    "TableForm",
    "TablesForm",
    "TicketForm",
    "TransfersForm",
    "VisitForm",
]
