"""The line of a calendar's day: a month has hundreds, and a template for each would cost more than all the rest."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from core.templatetags.house import draw_icon
from matters.weeks import Placed

register = template.Library()

TONE_ICONS = {"late": "alert-triangle", "done": "circle-check"}


@register.simple_tag
def calendar_line(placed: Placed) -> SafeString:
    """`{% calendar_line line %}`: sign, hour, title and, smaller, the place and the note."""
    entry = placed.shown.entry
    below = " · ".join(part for part in (entry.place, entry.note) if part)
    return format_html(
        '<a class="e line {}" href="{}">{}<span class="t">{}{}{}</span>{}</a>',
        placed.look,
        entry.url,
        draw_icon(TONE_ICONS.get(entry.tone, entry.icon)),
        format_html('<b class="h">{}</b> ', placed.hours) if placed.hours else "",
        _said_only(placed),
        entry.title,
        format_html("<small>{}</small>", below) if below else "",
    )


def _said_only(placed: Placed) -> SafeString | str:
    """What the look tells the eye, for those who listen: "Task, late: "."""
    word = placed.shown.source.word
    if not word:
        return ""
    tones = {"late": pgettext("deadline", "late"), "done": pgettext("deadline", "done")}
    tone = tones.get(placed.shown.entry.tone)
    return format_html('<span class="visually-hidden">{}: </span>', f"{word}, {tone}" if tone else str(word))
