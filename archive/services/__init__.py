"""The verbs of the archive; one file per noun."""

from archive.services.files import (
    close_file,
    hold_file,
    lift_hold,
    reopen_file,
    set_event,
    set_extent,
    split_volume,
)
from archive.services.placing import follow, move_document, place_waiting
from archive.services.plans import (
    approve_plan,
    copy_plan,
    create_plan,
    delete_line,
    describe_plan,
    draw_plan,
    request_paper,
    return_plan,
    save_line,
    submit_plan,
)

__all__ = [
    "approve_plan",
    "close_file",
    "copy_plan",
    "create_plan",
    "delete_line",
    "describe_plan",
    "draw_plan",
    "follow",
    "hold_file",
    "lift_hold",
    "move_document",
    "place_waiting",
    "reopen_file",
    "request_paper",
    "return_plan",
    "save_line",
    "set_event",
    "set_extent",
    "split_volume",
    "submit_plan",
]
