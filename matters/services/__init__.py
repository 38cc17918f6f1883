"""The verbs of the spine; one file per noun."""

from matters.services.comments import add_comment, reopen_comment, resolve_comment
from matters.services.matters import (
    change_access,
    close_matter,
    closing_problems,
    link_matters,
    lock_matter,
    matter_of_year,
    next_number,
    open_matter,
    reopen_matter,
    restore_matter,
    set_state,
    unlink_matters,
    void_matter,
)
from matters.services.notices import mark_read, notify
from matters.services.tasks import change_task, create_task, drop_task, finish_task, reopen_task

__all__ = [
    "add_comment",
    "change_access",
    "change_task",
    "close_matter",
    "closing_problems",
    "create_task",
    "drop_task",
    "finish_task",
    "link_matters",
    "lock_matter",
    "mark_read",
    "matter_of_year",
    "next_number",
    "notify",
    "open_matter",
    "reopen_comment",
    "reopen_matter",
    "reopen_task",
    "resolve_comment",
    "restore_matter",
    "set_state",
    "unlink_matters",
    "void_matter",
]
