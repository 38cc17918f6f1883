"""The verbs of the press desk, a module for each noun."""

from media_monitoring.services.articles import drop_expired, enter_article, keep_text, plain, take_link
from media_monitoring.services.fetching import ask_what_is_due, poll_source, read_article
from media_monitoring.services.outlets import save_source, switch_source, sync_outlets

__all__ = [
    "ask_what_is_due",
    "drop_expired",
    "enter_article",
    "keep_text",
    "plain",
    "poll_source",
    "read_article",
    "save_source",
    "switch_source",
    "sync_outlets",
    "take_link",
]
