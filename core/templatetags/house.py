"""Tags every template has without loading: icons, states, components with slots, the rail, links of a list."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from core.registry import NavItem, register_create, register_nav

register = template.Library()

SPRITE = "vendor/tabler-icons-3.51.0/icons.svg"
# A state is icon, word and tone, in that order; the word comes from the caller, who knows its noun.
STATE_ICONS = {
    "draft": "pencil",
    "wait": "clock-hour-4",
    "back": "arrow-back-up",
    "ok": "circle-check",
    "live": "player-play",
    "late": "alert-triangle",
    "shut": "lock",
    "off": "ban",
}
RAIL_GROUPS = (
    ("own", ""),
    ("relations", pgettext_lazy("rail", "Relations")),
    ("publicity", pgettext_lazy("rail", "Publicity")),
    ("memory", pgettext_lazy("rail", "Memory")),
    ("office", pgettext_lazy("rail", "Administration")),
)
COUNT_SECONDS = 10  # a count in the rail may be this old


def draw_icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite: silent beside a word, an image with a name when it stands alone."""
    if not label:
        return _silent_icon(name, css)
    return format_html(
        '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
        f"i {css}".strip(),
        label,
        _in_sprite(name),
    )


@lru_cache(maxsize=2000)  # a page has hundreds of them
def _silent_icon(name: str, css: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}"/></svg>',
        f"i {css}".strip(),
        _in_sprite(name),
    )


@lru_cache(maxsize=500)
def _in_sprite(name: str) -> str:
    return f"{static(SPRITE)}#{name}"


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """`{% icon "calendar" %}`, `{% icon "car" label=_("Transport") css="kind" %}`."""
    return draw_icon(name, str(label), css)


@register.simple_tag
def state(tone: str, label: str, small: bool = False, icon: str = "") -> SafeString:
    """`{% state "wait" _("waits for you") %}`: tones draft, wait, back, ok, live, late, shut, off."""
    return format_html(
        '<span class="state {}{}">{}{}</span>',
        tone,
        " sm" if small else "",
        draw_icon(icon or STATE_ICONS.get(tone, "circle")),
        label,
    )


@register.filter
def initials(name: Any) -> str:
    """Two letters for a person's mark: Ieva Juknelytė becomes IJ; Georgian has no capitals in the font and keeps its own."""
    words = str(name or "").split()
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])]
    return "".join(letter if "\u10d0" <= letter <= "\u10ff" else letter.upper() for letter in letters)


@register.simple_tag
def avatar(name: str, css: str = "") -> SafeString:
    return format_html('<span class="{}" aria-hidden="true">{}</span>', f"ava {css}".strip(), initials(name))


@register.simple_tag
def url_if(name: str, *args: Any, **kwargs: Any) -> str:
    """The URL, or nothing when this host does not have it (the link host has few)."""
    if not args and not kwargs:
        return _fixed_url(get_urlconf() or settings.ROOT_URLCONF, name)
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=500)  # a page asks for some eighty, of its rooms and menus
def _fixed_url(urlconf: str, name: str) -> str:
    try:
        return reverse(name, urlconf=urlconf)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> SafeString:
    """The person's own choice of light or dark; without one the system decides, in CSS alone."""
    user = getattr(context.get("request"), "user", None)
    chosen = str(getattr(user, "theme", "") or "")
    return mark_safe(f' data-bs-theme="{chosen}"') if chosen in {"light", "dark"} else mark_safe("")


# ---- components with slots ----


class SlotNode(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        return self.nodelist.render(context)


class PartNode(Node):
    """Renders `core/components/<name>.html` with its arguments, `body` and the named slots, and nothing else."""

    child_nodelists = ("nodelist", "slots")  # blocks inside are found by {% extends %}

    def __init__(
        self, name: FilterExpression, arguments: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name = name
        self.arguments = arguments
        self.slots = NodeList([node for node in nodelist if isinstance(node, SlotNode)])
        self.nodelist = NodeList([node for node in nodelist if not isinstance(node, SlotNode)])

    def render(self, context: template.Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.arguments.items()}
        values["body"] = mark_safe(self.nodelist.render(context).strip())
        values.update(
            {
                one.name: mark_safe(one.render(context).strip())
                for one in self.slots
                if isinstance(one, SlotNode)
            }
        )
        for name in ("request", "csrf_token", "LANGUAGE_CODE", "user"):
            if name in context:
                values.setdefault(name, context[name])
        component = context.template.engine.get_template(f"core/components/{self.name.resolve(context)}.html")  # type: ignore[union-attr]
        return component.render(context.new(values))


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    name = token.split_contents()[1].strip("\"'")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """`{% part "panel" title=_("Guests") count=9 %}…{% slot "link" %}…{% endslot %}{% endpart %}`."""
    bits = token.split_contents()[1:]
    name = parser.compile_filter(bits.pop(0))
    arguments = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"part: arguments are name=value, not {bits[0]!r}")
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(name, arguments, nodelist)


# ---- the shell ----


def _counts(user: Any, items: Iterable[NavItem]) -> dict[str, int]:
    """What waits for this person in each room; asked at most every few seconds."""
    keys = {f"rail:{user.pk}:{item.url_name}": item for item in items if item.count}
    cache = caches["process"]
    known: dict[str, int] = cache.get_many(keys) or {}
    fresh = {key: item.count(user) for key, item in keys.items() if item.count and key not in known}
    if fresh:
        cache.set_many(fresh, COUNT_SECONDS)
    return {keys[key].url_name: count for key, count in {**known, **fresh}.items()}


def _here(request: HttpRequest, url: str, item: NavItem) -> bool:
    prefix = item.prefix or url
    return request.path == url or (prefix != "/" and request.path.startswith(prefix))


def _rooms(request: HttpRequest, groups: Iterable[str]) -> list[dict[str, Any]]:
    user = request.user
    items = [
        item
        for item in register_nav
        if item.group in groups
        and url_if(item.url_name)
        and (not item.permission or user.has_perm(item.permission))
    ]
    counts = _counts(user, items)
    every = [
        {"item": item, "url": url_if(item.url_name), "count": counts.get(item.url_name, 0), "pages": []}
        for item in items
    ]
    by_name = {one["item"].url_name: one for one in every}
    rooms = [one for one in every if one["item"].within not in by_name]
    for one in every:
        if one not in rooms:
            by_name[one["item"].within]["pages"].append(one)
    lit = [one for one in every if _here(request, one["url"], one["item"])]
    if lit:  # the longest path is the nearest room
        max(lit, key=lambda one: len(one["item"].prefix or one["url"]))["here"] = True
    for room in rooms:
        if not any(
            one.get("here") for one in (room, *room["pages"])
        ):  # shut: what waits on its pages waits in it
            room["count"] += sum(page["count"] for page in room["pages"])
            room["pages"] = []
    return rooms


@register.inclusion_tag("core/components/rail.html", takes_context=True)
def rail(context: template.Context) -> dict[str, Any]:
    """The rooms this person may enter, in four groups, with what waits there."""
    request = context["request"]
    rooms = _rooms(request, [code for code, _title in RAIL_GROUPS])
    groups = [
        {"title": title, "rooms": [room for room in rooms if room["item"].group == code]}
        for code, title in RAIL_GROUPS
    ]
    return {
        "groups": [group for group in groups if group["rooms"]],
        "OFFICE_NAME": context.get("OFFICE_NAME"),
        "home": url_if("matters:my_day") or "/",
    }


@register.simple_tag
def demonstration_job() -> Any:
    """The work that still fills the demonstration office, while it is at it."""
    from core import demonstration  # noqa: PLC0415 -- models, once a page is drawn

    return demonstration.filling()


@register.simple_tag(takes_context=True)
def bar_items(context: template.Context) -> list[dict[str, Any]]:
    """What stands as a sign in the bar: nav items of the group "bar", such as the notices' bell."""
    return _rooms(context["request"], ["bar"])


@register.simple_tag(takes_context=True)
def create_items(context: template.Context) -> list[dict[str, Any]]:
    """The lines of the *Naujas* menu for this person."""
    user = context["request"].user
    return [
        {"item": item, "url": url_if(item.url_name)}
        for item in register_create
        if url_if(item.url_name) and (not item.permission or user.has_perm(item.permission))
    ]


# ---- words for fields ----


@register.filter
def is_optional(field: Any) -> bool:
    """True for a field that may stay empty and should say so; a tick box says nothing."""
    kind = getattr(getattr(field.field, "widget", None), "input_type", "")
    return not field.field.required and kind != "checkbox" and not getattr(field.field, "says_nothing", False)


@register.filter
def widget_kind(field: Any) -> str:
    return field.field.widget.__class__.__name__.lower()


@register.filter
def undo_url(tags: str) -> str:
    """The address behind *Atšaukti* of a message: core.toasts puts it among the tags."""
    return next((tag.removeprefix("undo:") for tag in str(tags or "").split() if tag.startswith("undo:")), "")


@register.filter
def percent_of(value: Any, whole: Any) -> float:
    """How much of the whole, 0–100, for the meter's rectangle."""
    try:
        share = 100 * float(value) / float(whole)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0
    return round(min(max(share, 0), 100), 1)


@register.filter
def get_item(mapping: Any, key: Any) -> Any:
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def unlocalize_number(value: Any) -> str:
    """A number for an attribute of SVG or progress: a point, never the comma of the language."""
    return str(value).replace(",", ".").replace("\xa0", "")


@register.inclusion_tag("core/components/draft.html", takes_context=True)
def draft(context: template.Context, key: str) -> dict[str, Any]:
    """`{% draft "delegations.visit:new" %}` inside a POST form keeps its words on the server until it is sent."""
    from core import drafts  # noqa: PLC0415 -- models, once a form is drawn

    request = context["request"]
    kept = drafts.find_draft(request.user, key) if request.method == "GET" else None
    return {
        "key": key,
        "kept": kept,
        "saved": drafts.saved_text(kept) if kept else "",
        "url": url_if("core:draft"),
    }
