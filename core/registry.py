"""The one way a lower floor shows what upper floors have: a short closed list of typed extension points.

Registering happens only in `AppConfig.ready`. `tests/test_house.py` lists every kind.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import HttpRequest


@dataclass(frozen=True)
class NavItem:
    """A room in the rail: `group` is own, relations, publicity or memory; `count` says what waits for the person."""

    group: str
    label: Any
    url_name: str
    icon: str
    permission: str = ""
    order: int = 50
    count: Callable[[Any], int] | None = None
    prefix: str = ""  # paths that light this item; by default the item's own path
    within: str = ""  # the url_name of the room whose page this is: shown beneath it while one is in the room


@dataclass(frozen=True)
class CreateItem:
    """A line of the *Naujas* menu."""

    label: Any
    url_name: str
    icon: str
    permission: str


@dataclass(frozen=True)
class Panel:
    """A part of somebody else's page: `context(request, subject)` feeds `template`; None leaves it out."""

    place: str
    title: Any
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    permission: str = ""
    order: int = 50


@dataclass(frozen=True)
class Tab:
    """A tab of a matter's page, in the order of look.md; what `count()` counts (core.counts) stands beside the word."""

    label: Any
    url_name: str
    order: int
    count: Callable[[], Any] | None = None
    kinds: tuple[str, ...] = ()  # matter kinds it belongs to; empty: all
    permission: str = ""

    @property
    def count_name(self) -> str:
        """The name of the count on the row of a matter that is read whole."""
        return f"{self.url_name.replace(':', '_')}_count"


@dataclass(frozen=True)
class SearchSource:
    """What the search box may find: `entries(pks | None)` yields core.search.SearchDocument for these rows or for all.

    `model` names the rows whose every audited change is indexed anew; a source of matters (`of_matters`) is asked
    whenever something happens in a matter.
    """

    code: str
    label: Any
    icon: str
    entries: Callable[[Iterable[int] | None], Iterable[Any]]
    order: int = 50
    permission: str = ""
    model: str = ""
    of_matters: bool = False


@dataclass(frozen=True)
class CalendarEntry:
    """Something with a day or an hour, trimmed already to what the person may see; `uid` is stable for ICS.

    Days are whole and `ends` is the last of them; moments are aware, in the zone of their place, and `ends` is where
    the thing is over. Without `ends` it is a point: a deadline, not a stay. Nothing here is a contact of anybody.
    """

    uid: str
    title: str
    starts: datetime.datetime | datetime.date
    ends: datetime.datetime | datetime.date | None
    url: str
    icon: str
    place: str = ""
    sequence: int = 0
    note: str = ""
    address: str = ""  # of the place, for those who must find it
    description: str = ""
    changed_at: datetime.datetime | None = None
    tone: str = ""  # near, late, done; nothing for what simply is
    is_cancelled: bool = False
    is_busy: bool = False  # takes the person's own time


@dataclass(frozen=True)
class CalendarSource:
    """A kind of entry: `entries(user, first, last, mine=False)`; `mine` leaves what is this person's own work."""

    code: str
    label: Any
    entries: Callable[..., Iterable[CalendarEntry]]
    icon: str = "calendar"
    word: Any = ""  # said before the title where no icon tells what it is
    look: str = ""  # guests, meet, away; nothing for points
    permission: str = ""
    order: int = 50
    is_shared: bool = False  # everybody's business: my day shows it whoever answers for it
    is_detailed: bool = False  # by the hour: too much for a month, shown by week, in the list and in ICS


@dataclass(frozen=True)
class DaySource:
    """A panel of *Mano diena*: `context(user, today)`; None leaves it out."""

    code: str
    template: str
    context: Callable[[Any, datetime.date], dict[str, Any] | None]
    column: str = "main"
    order: int = 50


@dataclass(frozen=True)
class State:
    """A status of a kind of matter: its word (agreeing with its noun) and the tone of its badge."""

    label: Any
    tone: str


@dataclass(frozen=True)
class ActionWords:
    """How the timeline says an app's audit actions: action -> (words, icon)."""

    code: str
    words: dict[str, tuple[Any, str]]


@dataclass(frozen=True)
class MatterKind:
    """What an upper app says of its kind of matter.

    `snapshot(matter)` gives the canonical JSON to freeze; `document_kind` renders it; `is_operational(path)`
    says whether a changed field is an operational one; `summary(content)` gives the approver's key figures;
    `anchors(content)` lists what a comment may be pinned to, as (anchor, label); `on_phase(matter, event, by)`
    lets the child follow what happened to its approval (submitted, approved, returned, withdrawn).
    Every tab of its matters extends `base_template`, itself a child of the default; `head(request, matter)` gives what
    this draws beside the frame. The head is the same on each tab, so it asks nothing beyond the row of `whole()`.
    """

    code: str
    label: Any
    icon: str
    model: str
    url_name: str
    number_prefix: str
    states: dict[str, State] = field(default_factory=dict)
    next_steps: dict[str, Any] = field(default_factory=dict)
    stages: Callable[[Any], list[tuple[Any, str]]] | None = None  # (word, done | now | later)
    snapshot: Callable[[Any], dict[str, Any]] | None = None
    document_kind: str = ""
    is_operational: Callable[[Any, str], bool] | None = None
    summary: Callable[[dict[str, Any]], list[dict[str, str]]] | None = None
    anchors: Callable[[dict[str, Any]], list[tuple[str, str]]] | None = None
    differ: Callable[[dict[str, Any], dict[str, Any]], list[Any]] | None = None
    on_event: Callable[[Any, str, Any], None] | None = None
    decide_by: Callable[[Any], datetime.date | None] | None = None
    blockers: Callable[[Any], list[str]] | None = None
    plural_label: Any = ""  # of the list
    list_url_name: str = ""
    clone: Callable[..., Any] | None = None
    base_template: str = "matters/matter_base.html"
    head: Callable[[HttpRequest, Any], dict[str, Any]] | None = None


@dataclass(frozen=True)
class DocumentKind:
    """A paper made from a matter's data: `build(content, language)` gives its JSON, `template` its HTML.

    `content` is what the matter kind's `snapshot` gave: frozen when the paper shows a version, present otherwise.
    A builder that also names the keywords `matter` (the child row) or `by` (an Actor) is given them: a working
    paper reads personal values by them. Its JSON holds `title`; `docx(data, language)` makes DOCX of the same JSON.
    Templates extend `documents/papers/base.html` (context: `paper`, `language`) and hold no inline style or script.
    `final_when(matter)` belongs to a paper of the matter as it is now (a report), not of a frozen version: it says
    whether the paper is final, else it bears PROJEKTAS. `offered(matter)`: whether it is there to be made yet.
    """

    code: str
    label: Any
    matter_kind: str
    build: Callable[..., dict[str, Any]]
    template: str
    languages: Callable[[Any], list[str]] = field(default=lambda matter: ["lt"])
    is_working_paper: bool = False
    page: str = "A4"
    docx: Callable[..., bytes] | None = None
    order: int = 50
    final_when: Callable[[Any], bool] | None = None
    offered: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class LinkPage:
    """What a personal link opens (design 4.9), on both hosts, whichever app's it is.

    `code` is the beginning of the link's `subject` before a colon ("delegations.guest:12"), or its purpose when it has
    none. `show(request, link, token, error="", status=200)` draws the page and changes nothing. `act(request, link,
    token)` does what was pressed: None leads back to the page, a DomainError is shown on it. `files` are what may be
    fetched beneath the link, by the last part of the address: (request, link) -> response. `renew(link)` sends a new
    one to the same address. `outlives(link)`: what was answered may be read after the link's day too.
    """

    code: str
    show: Callable[..., Any]
    act: Callable[..., Any] | None = None
    files: dict[str, Callable[..., Any]] = field(default_factory=dict)
    renew: Callable[[Any], Any] | None = None
    may_renew: Callable[[Any], bool] = lambda link: True
    outlives: Callable[[Any], bool] = lambda link: False


@dataclass(frozen=True)
class FilingDefault:
    """Where documents belong by themselves: `series` is a row of the retention index, by its code.

    Of a kind of matter, of a kind of document, or of both; what says more goes first.
    """

    code: str
    series: str
    matter_kind: str = ""
    document_kind: str = ""


@dataclass(frozen=True)
class MatterSubject:
    """Whom matters of some kind are about, so that their documents are found by partner and by person.

    `partners(user)` gives (key, name) of the partner cities this person may choose from; `of_partner(key)` and
    `of_person(word)` give keys of matters, trimmed by nobody: whoever asks trims what is shown.
    """

    code: str
    partners: Callable[[Any], Iterable[tuple[Any, Any]]]
    of_partner: Callable[[str], Any]
    of_person: Callable[[str], Any]


@dataclass(frozen=True)
class DocumentFollower:
    """Who must know what became of a document, in the same transaction: `follow(document, event, by)`.

    Events: final (it is there whole), renamed, registered, unregistered, voided, restored. May come twice.
    """

    code: str
    follow: Callable[[Any, str, Any], None]


@dataclass(frozen=True)
class ClosingCheck:
    """What must be in order before a matter closes: `problems(matter)` yields (text, url of the repair)."""

    code: str
    problems: Callable[[Any], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class PersonalHolding:
    """Personal data some model holds (design 4.8): whose, why, until when; exported for the person, erased.

    `holders()` gives the model's rows with `held_name` (of the person) and, where they belong to a matter, its
    `held_in` (number) and `held_matter` (key); never a value. Values of `core.personal` kept under the purpose `code`
    are found by themselves; a holding that keeps them otherwise gives `holders` with `held_fields` and `held_until`
    too. `export(pk, by)` is everything kept of one person, by labels, its reading logged; `forget(pk, by)` erases one
    person's contact and special values now, `erase(today)` those whose day has come and core does not erase itself.
    """

    code: str
    label: Any
    holder_type: str
    purpose: Any  # why it is kept, in words
    kept: Any  # until when, in words
    fields: dict[str, Any]  # what is kept: code -> word
    holders: Callable[[], Any]
    export: Callable[[int, Any], dict[Any, Any]] | None = None
    forget: Callable[[int, Any], int] | None = None
    erase: Callable[[datetime.date], int] = lambda today: 0
    endless: Any = ""  # said where no day is set and that is right; nothing: the missing day is a fault
    url_name: str = ""  # the holder's page, for those with the permission
    permission: str = ""
    order: int = 50


@dataclass(frozen=True)
class LoggedReading:
    """Something else than a holding whose reading goes to the access log: how the log names it.

    `holders()` gives rows with `held_name`; never a title that tells more than one may know.
    """

    code: str
    label: Any
    holder_type: str
    fields: dict[str, Any]
    holders: Callable[[], Any]


@dataclass(frozen=True)
class ConflictSource:
    """Finds what a person or resource is booked for elsewhere within a time range."""

    code: str
    find: Callable[..., Iterable[Any]]


@dataclass(frozen=True)
class SelfCheck:
    """What the self-check page looks at: `look()` yields (state, sentence); states: ok, note, bad."""

    code: str
    label: Any
    look: Callable[[], Iterable[tuple[str, Any]]]
    order: int = 50


@dataclass(frozen=True)
class Seed:
    """A part of the demonstration office; runs in `order`, is idempotent. `at_once`: it stands before the first page."""

    code: str
    run: Callable[[], str]
    order: int = 50
    at_once: bool = False


@dataclass(frozen=True)
class WorkHolder:
    """Open work somebody holds: its titles as a viewer may see them, and handing all of it to a colleague."""

    code: str
    label: Any
    list_for: Callable[
        [Any, Any], Iterable[str]
    ]  # whose, for which viewer; None names nothing that is limited
    hand_over: Callable[[Any, Any, Any], int]  # from whom, to whom, by which actor; returns how many moved
    order: int = 50


@dataclass(frozen=True)
class DeadlineHolder:
    """A model whose open deadlines move when a holiday changes: `recompute()` returns how many moved."""

    code: str
    recompute: Callable[[], int]


T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered list of one kind of extension, keyed by `code`-like identity so that reloads do not double it."""

    def __init__(self, kind: type[T]) -> None:
        self.kind = kind
        self._items: dict[str, T] = {}

    def __call__(self, item: T) -> T:
        if not isinstance(item, self.kind):
            raise TypeError(f"{self.kind.__name__} expected, not {type(item).__name__}")
        self._items[self._key(item)] = item
        return item

    def __iter__(self) -> Any:
        return iter(sorted(self._items.values(), key=lambda item: getattr(item, "order", 50)))

    def __getitem__(self, code: str) -> T:
        return self._items[code]

    def get(self, code: str) -> T | None:
        return self._items.get(code)

    @staticmethod
    def _key(item: Any) -> str:
        if code := getattr(item, "code", ""):
            return code
        return "|".join(
            str(getattr(item, name, "")) for name in ("place", "url_name", "template", "document_kind")
        )


register_nav = Registry(NavItem)
register_create = Registry(CreateItem)
register_panel = Registry(Panel)
register_tab = Registry(Tab)
register_search_source = Registry(SearchSource)
register_calendar_source = Registry(CalendarSource)
register_day_source = Registry(DaySource)
register_matter_kind = Registry(MatterKind)
register_document_kind = Registry(DocumentKind)
register_link_page = Registry(LinkPage)
register_filing_default = Registry(FilingDefault)
register_document_follower = Registry(DocumentFollower)
register_matter_subject = Registry(MatterSubject)
register_closing_check = Registry(ClosingCheck)
register_personal_holding = Registry(PersonalHolding)
register_logged_reading = Registry(LoggedReading)
register_conflict = Registry(ConflictSource)
register_action_words = Registry(ActionWords)
register_seed = Registry(Seed)
register_self_check = Registry(SelfCheck)
register_deadline_holder = Registry(DeadlineHolder)
register_work_holder = Registry(WorkHolder)

POINTS: tuple[Registry, ...] = (
    register_nav,
    register_create,
    register_panel,
    register_tab,
    register_search_source,
    register_calendar_source,
    register_day_source,
    register_matter_kind,
    register_document_kind,
    register_link_page,
    register_filing_default,
    register_document_follower,
    register_matter_subject,
    register_closing_check,
    register_personal_holding,
    register_logged_reading,
    register_conflict,
    register_action_words,
    register_seed,
    register_self_check,
    register_deadline_holder,
    register_work_holder,
)


def matter_kind(code: str) -> MatterKind:
    return register_matter_kind[code]


def panels(place: str) -> list[Panel]:
    return [panel for panel in register_panel if panel.place == place]
