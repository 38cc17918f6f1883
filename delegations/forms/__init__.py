"""Forms of visits, of their guests and of the programme."""

from delegations.forms.fields import ClockField
from delegations.forms.members import MemberForm, PasteForm
from delegations.forms.programme import ItemForm, ProgressForm, ShiftForm
from delegations.forms.visits import CloneForm, ReasonForm, VisitForm

__all__ = [
    "ClockField",
    "CloneForm",
    "ItemForm",
    "MemberForm",
    "PasteForm",
    "ProgressForm",
    "ReasonForm",
    "ShiftForm",
    "VisitForm",
]
