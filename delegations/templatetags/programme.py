"""The items of a day on the grid: a page has a hundred, and a template for each would cost more than all the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.dates import hour_words
from core.rows import urls_of
from core.templatetags.house import draw_icon, initials
from delegations.choices import Progress
from delegations.models import ProgrammeItem
from delegations.timetable import Block

register = template.Library()
NOTHING = SafeString()


@register.simple_tag
def item_blocks(blocks: list[Block], matter: Any, may_edit: bool) -> SafeString:
    """`{% item_blocks day.blocks matter may_edit %}`: each with its hours, title, place and who serves it."""
    item_url = urls_of("delegations:item", matter.pk)
    move_url = urls_of("delegations:item_move", matter.pk)
    return mark_safe("".join(_block(block, item_url, move_url, may_edit) for block in blocks))


def _block(
    block: Block, item_url: Callable[[int], str], move_url: Callable[[int], str], may_edit: bool
) -> SafeString:
    item = block.item
    signs = NOTHING if block.is_line else item_signs(item)
    where = item.where
    return format_html(
        '<li id="item-{pk}" class="it {css}"{moves}>{icon}<div class="top"><span class="m"><span>{starts}'
        '<span{until_css}>–{ends}</span></span>{beside}</span><a class="ttl" href="{url}"{in_place}>{title}{fixed}{shared}</a>'
        "</div>{where}{foot}{pin}</li>",
        pk=item.pk,
        css=_css(block),
        moves=_moves(block, move_url) if may_edit or block.is_shared else NOTHING,
        icon=draw_icon(item.icon, item.get_kind_display(), "kind"),
        starts=hour_words(item.starts) if item.starts else "",
        until_css=mark_safe(' class="visually-hidden"') if block.is_line else NOTHING,
        ends=hour_words(item.ends) if item.ends else "",
        beside=signs if block.is_short else NOTHING,
        url=item_url(item.pk),
        in_place=mark_safe(" data-in-place") if may_edit else NOTHING,
        title=item.title,
        fixed=format_html(" {}", draw_icon("pin", _("fixed"))) if item.is_fixed else NOTHING,
        shared=format_html(" {}", draw_icon("confetti", _("shared"))) if block.is_shared else NOTHING,
        where=format_html('<span class="where">{}</span>', where) if where and not block.is_line else NOTHING,
        foot=format_html('<span class="foot">{}</span>', signs)
        if not (block.is_line or block.is_short)
        else NOTHING,
        pin=draw_pin(block.pin),
    )


def _css(block: Block) -> str:
    names = [str(block.item.look), f"s-{block.start}", f"n-{block.rows}"]
    names += [f"lane-{block.lane}"] if block.lane else []
    names += ["row1"] if block.is_line else ["short"] if block.is_short else []
    names += ["flag"] if block.pin else []
    names += ["gone"] if block.item.progress == Progress.CANCELLED else []
    return " ".join(names)


def _moves(block: Block, move_url: Callable[[int], str]) -> SafeString:
    """What the script needs to move it; what is shared is moved in the festival."""
    if block.is_shared:
        return mark_safe(" data-shared")
    item = block.item
    return format_html(
        ' data-item="{}" data-move="{}" data-revision="{}" data-rows="{}" data-starts="{}"{}',
        item.pk,
        move_url(item.pk),
        item.revision,
        block.rows,
        f"{item.starts:%H:%M}" if item.starts else "",
        mark_safe(" data-fixed") if item.is_fixed else NOTHING,
    )


def draw_pin(number: int) -> SafeString:
    """The way to the warning of that number."""
    if not number:
        return NOTHING
    return format_html(
        '<a class="pin" href="#isp{}" aria-label="{}">{}</a>',
        number,
        _("Warning %(number)s") % {"number": number},
        number,
    )


def item_signs(item: ProgrammeItem) -> SafeString:
    """Who is there: a host who is asked, the host, guests of a part, interpreter, driver, car."""
    found = []
    if asked := getattr(item, "asked", None):
        found.append(
            format_html(
                '<span class="sign-{}" title="{}">{}</span>',
                asked["tone"],
                asked["words"],
                draw_icon(asked["icon"], asked["words"]),
            )
        )
    if host := item.host_label:
        found.append(
            format_html('<span title="{}">{}{}</span>', host, draw_icon("user-star", host), item.host_short)
        )
    if not item.is_for_all:
        count = len(item.participants.all())
        found.append(format_html("<span>{}{}</span>", draw_icon("users", _("part of the guests")), count))
    for row in item.resources.all():
        if row.resource.kind != "hall":
            name = row.resource.name
            found.append(
                format_html(
                    '<span title="{}">{}{}</span>', name, draw_icon(row.resource.icon, name), initials(name)
                )
            )
    return mark_safe("".join(found))
