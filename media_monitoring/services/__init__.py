"""The verbs of the press desk, a module for each noun."""

from media_monitoring.services.alerts import (
    mark_article,
    mark_articles_read,
    quiet_until,
    save_quiet_hours,
    tell_alerts,
)
from media_monitoring.services.articles import drop_expired, enter_article, keep_text, plain, take_link
from media_monitoring.services.fetching import ask_what_is_due, poll_source, read_article
from media_monitoring.services.outlets import save_source, switch_source, sync_outlets
from media_monitoring.services.topics import (
    index_stale,
    make_findable,
    match_topic,
    recompile_stale,
    remove_topic,
    save_topic,
)

__all__ = [
    "ask_what_is_due",
    "drop_expired",
    "enter_article",
    "index_stale",
    "keep_text",
    "make_findable",
    "mark_article",
    "mark_articles_read",
    "match_topic",
    "plain",
    "poll_source",
    "quiet_until",
    "read_article",
    "recompile_stale",
    "remove_topic",
    "save_quiet_hours",
    "save_source",
    "save_topic",
    "switch_source",
    "sync_outlets",
    "take_link",
    "tell_alerts",
]
