"""The verbs of visits: one file per noun."""

from delegations.services.delays import delay_leg
from delegations.services.festivals import (
    call_off_festival,
    change_festival,
    join_festival,
    leave_festival,
    open_festival,
)
from delegations.services.guest_import import PlanChangedError, import_guests
from delegations.services.guest_plan import plan_guests
from delegations.services.hotels import (
    accept_proposal,
    add_rooms,
    change_room,
    fit_rooms,
    place_guests,
    remove_room,
)
from delegations.services.meals import order_meal, seat_guests
from delegations.services.meeting_times import refuse_proposed_time, take_proposed_time
from delegations.services.meetings import (
    answer_request,
    ask_again,
    ask_host,
    chase_hosts,
    show_paper,
    withdraw_request,
)
from delegations.services.members import add_member, change_member, move_member, remove_member
from delegations.services.on_the_way import cancel_on_the_way, move_on_the_way
from delegations.services.outcomes import add_follow_up, say_outcome, say_rest_held, write_summary
from delegations.services.photographs import add_photograph, describe_photograph, remove_photograph
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
from delegations.services.tickets import ask_to_buy, move_ticket, remove_ticket, save_ticket
from delegations.services.transfers import accept_transfers
from delegations.services.travel import add_leg, change_leg, commit_table, remove_leg
from delegations.services.visits import call_off_visit, change_visit, clone_visit, next_year_start, open_visit
from delegations.services.warning_notes import explain_warning, unexplain_warning

__all__ = [
    "PlanChangedError",
    "Shift",
    "accept_proposal",
    "accept_transfers",
    "add_follow_up",
    "add_item",
    "add_leg",
    "add_member",
    "add_photograph",
    "add_rooms",
    "answer_request",
    "ask_again",
    "ask_host",
    "ask_to_buy",
    "call_off_festival",
    "call_off_visit",
    "cancel_on_the_way",
    "change_festival",
    "change_item",
    "change_leg",
    "change_member",
    "change_participants",
    "change_room",
    "change_visit",
    "chase_hosts",
    "clone_visit",
    "commit_table",
    "delay_leg",
    "describe_photograph",
    "explain_warning",
    "fit_rooms",
    "follow_approval",
    "import_guests",
    "join_festival",
    "leave_festival",
    "move_by_date",
    "move_item",
    "move_member",
    "move_on_the_way",
    "move_ticket",
    "next_year_start",
    "open_festival",
    "open_visit",
    "order_meal",
    "place_guests",
    "plan_guests",
    "preview_shift",
    "refuse_proposed_time",
    "remove_item",
    "remove_leg",
    "remove_member",
    "remove_photograph",
    "remove_room",
    "remove_ticket",
    "restore_item",
    "save_ticket",
    "say_outcome",
    "say_rest_held",
    "seat_guests",
    "shift_rest",
    "show_paper",
    "swap_resource",
    "take_proposed_time",
    "unexplain_warning",
    "withdraw_request",
    "write_summary",
]
