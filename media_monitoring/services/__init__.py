"""The verbs of the press desk, a module for each noun."""

from media_monitoring.services.alerts import (
    mark_article,
    mark_articles_read,
    quiet_until,
    save_quiet_hours,
    tell_alerts,
)
from media_monitoring.services.analyses import open_analysis, save_comment
from media_monitoring.services.articles import drop_expired, enter_article, keep_text, plain, take_link
from media_monitoring.services.digests import (
    add_item,
    drop_item,
    keep_mornings,
    move_item,
    prepare_digest,
    publish_digest,
    save_digest_note,
    save_reader,
    send_digest,
    word_item,
)
from media_monitoring.services.fetching import ask_what_is_due, poll_source, read_article
from media_monitoring.services.forwards import answer_forward, forward_article, press_head, press_year
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
    "add_item",
    "answer_forward",
    "ask_what_is_due",
    "drop_expired",
    "drop_item",
    "enter_article",
    "forward_article",
    "index_stale",
    "keep_mornings",
    "keep_text",
    "make_findable",
    "mark_article",
    "mark_articles_read",
    "match_topic",
    "move_item",
    "open_analysis",
    "plain",
    "poll_source",
    "prepare_digest",
    "press_head",
    "press_year",
    "publish_digest",
    "quiet_until",
    "read_article",
    "recompile_stale",
    "remove_topic",
    "save_comment",
    "save_digest_note",
    "save_quiet_hours",
    "save_reader",
    "save_source",
    "save_topic",
    "send_digest",
    "switch_source",
    "sync_outlets",
    "take_link",
    "tell_alerts",
    "word_item",
]
