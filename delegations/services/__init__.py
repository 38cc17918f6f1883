"""The verbs of visits: one file per noun."""

from delegations.services.members import add_member, change_member, move_member, paste_members, remove_member
from delegations.services.outcomes import add_follow_up, say_outcome
from delegations.services.programme import (
    Shift,
    add_item,
    change_item,
    change_participants,
    move_item,
    preview_shift,
    remove_item,
    restore_item,
    shift_rest,
    swap_resource,
)
from delegations.services.state import follow_approval, move_by_date
from delegations.services.visits import call_off_visit, change_visit, clone_visit, next_year_start, open_visit
from delegations.services.warning_notes import explain_warning, unexplain_warning

__all__ = [
    "Shift",
    "add_follow_up",
    "add_item",
    "add_member",
    "call_off_visit",
    "change_item",
    "change_member",
    "change_participants",
    "change_visit",
    "clone_visit",
    "explain_warning",
    "follow_approval",
    "move_by_date",
    "move_item",
    "move_member",
    "next_year_start",
    "open_visit",
    "paste_members",
    "preview_shift",
    "remove_item",
    "remove_member",
    "restore_item",
    "say_outcome",
    "shift_rest",
    "swap_resource",
    "unexplain_warning",
]
