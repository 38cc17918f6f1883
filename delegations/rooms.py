"""What visits show elsewhere in the house: the room, tabs, my day, calendar, search, the partner's page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import registry
from core.counts import count_of
from core.registry import (
    ActionWords,
    CalendarSource,
    ClosingCheck,
    CreateItem,
    DaySource,
    FilingDefault,
    NavItem,
    Panel,
    PersonalHolding,
    SearchSource,
    Seed,
    Tab,
)


def register() -> None:
    from delegations import closing, festival_kind  # noqa: PLC0415 -- app ready
    from delegations.calendar import (  # noqa: PLC0415 -- app ready
        festival_entries,
        programme_entries,
        visit_entries,
    )
    from delegations.kind import KIND  # noqa: PLC0415 -- app ready
    from delegations.papers import PAPERS  # noqa: PLC0415 -- app ready
    from delegations.subjects import SUBJECT  # noqa: PLC0415 -- app ready
    from delegations.views.link_pages import LINK_PAGES  # noqa: PLC0415 -- app ready

    registry.register_matter_kind(KIND)
    registry.register_matter_kind(festival_kind.KIND)
    for paper in PAPERS:
        registry.register_document_kind(paper)
    registry.register_nav(
        NavItem(
            "relations",
            gettext_lazy("Delegations"),
            "delegations:list",
            "plane-arrival",
            "delegations.view_visit",
            20,
        )
    )
    registry.register_create(
        CreateItem(gettext_lazy("Delegation"), "delegations:new", "plane-arrival", "delegations.add_visit")
    )
    registry.register_create(
        CreateItem(
            gettext_lazy("Festival"), "delegations:festival_new", "confetti", "delegations.add_festival"
        )
    )
    kinds, may = ("visit",), "delegations.view_visit"
    both, festivals = ("visit", "festival"), ("festival",)
    registry.register_tab(
        Tab(gettext_lazy("Delegations"), "delegations:festival", 5, kinds=festivals, permission=may)
    )
    registry.register_tab(
        Tab(gettext_lazy("Programme"), "delegations:programme", 10, kinds=both, permission=may)
    )
    registry.register_tab(
        Tab(
            gettext_lazy("All guests by hour"), "delegations:guest_board", 12, kinds=festivals, permission=may
        )
    )
    registry.register_tab(
        Tab(pgettext_lazy("tab", "Today"), "delegations:today", 15, kinds=both, permission=may)
    )
    registry.register_tab(
        Tab(gettext_lazy("Guests"), "delegations:members", 20, count_members, kinds=kinds, permission=may)
    )
    registry.register_tab(
        Tab(
            gettext_lazy("Arrival and departure"),
            "delegations:travel",
            30,
            count_legs,
            kinds=kinds,
            permission=may,
        )
    )
    registry.register_tab(
        Tab(gettext_lazy("Services"), "delegations:services", 40, kinds=kinds, permission=may)
    )
    registry.register_tab(Tab(gettext_lazy("Lists"), "delegations:lists", 60, kinds=kinds, permission=may))
    registry.register_tab(Tab(gettext_lazy("Report"), "delegations:report", 65, kinds=kinds, permission=may))
    registry.register_action_words(ActionWords("delegations", WORDS))
    for source in (
        CalendarSource(
            "visits",
            gettext_lazy("Delegations"),
            visit_entries,
            "plane-arrival",
            look="guests",
            permission=may,
            order=10,
            is_shared=True,
        ),
        CalendarSource(
            "festivals",
            gettext_lazy("Festivals"),
            festival_entries,
            "confetti",
            look="guests",
            permission="delegations.view_festival",
            order=15,
            is_shared=True,
        ),
        CalendarSource(
            "programme",
            gettext_lazy("Items of programmes"),
            programme_entries,
            "users-group",
            look="meet",
            permission=may,
            order=20,
            is_detailed=True,
        ),
    ):
        registry.register_calendar_source(source)
    registry.register_day_source(
        DaySource("delegations.today", "delegations/_today.html", todays_guests, order=10)
    )
    registry.register_day_source(
        DaySource("delegations.hosts", "delegations/_hosts_today.html", hosts_answers, order=20)
    )
    for page in LINK_PAGES:
        registry.register_link_page(page)
    registry.register_search_source(
        SearchSource(
            "visits", gettext_lazy("Delegations"), "plane-arrival", search_entries, 20, may, of_matters=True
        )
    )
    registry.register_panel(
        Panel(
            "partners:city", gettext_lazy("Delegations"), "delegations/_city_panel.html", city_panel, may, 30
        )
    )
    registry.register_search_source(
        SearchSource(
            "festivals",
            gettext_lazy("Festivals"),
            "confetti",
            festival_search_entries,
            22,
            "delegations.view_festival",
            of_matters=True,
        )
    )
    registry.register_closing_check(ClosingCheck("delegations.visit", closing.closing_problems))
    registry.register_closing_check(ClosingCheck("delegations.festival", festival_kind.closing_problems))
    # The file of visits by the retention index; of a festival, that of events.
    registry.register_filing_default(FilingDefault("delegations.visit", "visits", matter_kind="visit"))
    registry.register_filing_default(FilingDefault("delegations.festival", "events", matter_kind="festival"))
    registry.register_matter_subject(SUBJECT)
    registry.register_seed(Seed("delegations", _seed, order=60))
    registry.register_personal_holding(
        PersonalHolding(
            code="delegations.guests",
            label=gettext_lazy("Guests' contacts, diet and needs"),
            holder_type="delegations.member",
            purpose=gettext_lazy("To host a delegation: meals, rooms, help on the way."),
            kept=gettext_lazy("Some days after the visit, by the rule GUEST_DATA_KEPT."),
            fields={
                "phone": gettext_lazy("telephone"),
                "email": gettext_lazy("e-mail"),
                "diet": gettext_lazy("diet"),
                "accessibility": gettext_lazy("special needs"),
                "identity": gettext_lazy("identity document"),
            },
            holders=held_by,
            export=held_of,
            forget=forget_held,
            erase=bring_up_to_date,
            order=10,
        )
    )


def _seed() -> str:
    from delegations import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()


def count_members() -> Any:
    from delegations.models import Member  # noqa: PLC0415 -- app ready

    return count_of(Member.objects.all(), "visit")


def count_legs() -> Any:
    from delegations.models import TravelLeg  # noqa: PLC0415 -- app ready

    return count_of(TravelLeg.objects.all(), "visit")


# --- my day ------------------------------------------------------------------------------------


def hosts_answers(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """What hosts answered that leaves this person something to do; None when there is nothing."""
    from delegations.models import MeetingRequest, Visit  # noqa: PLC0415 -- app ready

    if not user.has_perm("delegations.change_visit"):
        return None
    rows = list(
        MeetingRequest.objects.to_settle()
        .filter(
            item__visit__in=Visit.objects.visible_to(user).upcoming(today).exclude(phase="closed"),
            item__visit__responsible=user,
            item__on__gte=today,
        )
        .select_related("item__visit")
        .prefetch_related("item__texts")[:6]
    )
    return {"rows": rows[:5], "more": len(rows) > 5} if rows else None


def todays_guests(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """Today's items of every visit in town, as one run; None when nobody is here."""
    from delegations.models import Festival, ProgrammeItem, Visit  # noqa: PLC0415 -- app ready

    visits = list(Visit.objects.visible_to(user).on_day(today).with_guest_count().select_related("city"))
    if not visits:
        return None
    shared = {visit.occasion_id for visit in visits if visit.occasion_id}
    festivals = list(Festival.objects.visible_to(user).filter(pk__in=shared)) if shared else []
    now = timezone.now()
    items = list(
        ProgrammeItem.objects.alive()
        .filter(Q(visit__in=visits) | Q(festival__in=festivals), on=today)
        .exclude(kind="accommodation")
        .in_order()
        .whole()
    )
    holders = {matter.pk: matter for matter in (*visits, *festivals)}
    rows = []
    for item in items:
        past = bool(item.period and item.period.upper <= now)
        on = bool(item.period and item.period.lower <= now < item.period.upper)
        rows.append({"item": item, "matter": holders[item.holder_id], "past": past, "on": on})
    return {"visits": visits, "rows": rows}


# --- search and the partner's page --------------------------------------------------------------------------


def search_entries(pks: Iterable[int] | None) -> Iterable[Any]:
    """What the search box knows of a visit: title, number, city, purpose, guests' names and the items' titles."""
    from django.db.models import Prefetch  # noqa: PLC0415 -- app ready

    from core.search import SearchDocument  # noqa: PLC0415 -- app ready
    from delegations.models import ProgrammeItem, Visit  # noqa: PLC0415 -- app ready

    rows = Visit.objects.select_related("city").prefetch_related(
        "members",
        Prefetch("items", ProgrammeItem.objects.alive().prefetch_related("texts")),
        Prefetch("occasion__items", ProgrammeItem.objects.alive().prefetch_related("texts")),
    )
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    for visit in rows.iterator(chunk_size=200):
        words = [visit.purpose, visit.inviter]
        if visit.city:
            words += [visit.city.name_lt, visit.city.name_local]
        words += [
            part for member in visit.members.all() for part in (member.name, member.own_name, member.post_lt)
        ]
        items = [*visit.items.all(), *(visit.occasion.items.all() if visit.occasion else ())]
        words += [text.title for item in items for text in item.texts.all()]
        yield SearchDocument(
            pk=visit.pk,
            title=visit.title,
            subtitle=f"{visit.number} · {visit.starts_on.isoformat()}",  # kept in no language
            text=" ".join(part for part in words if part),
            url=visit.get_absolute_url(),
            matter_pk=visit.pk,
        )


def festival_search_entries(pks: Iterable[int] | None) -> Iterable[Any]:
    """What the search box knows of a festival: title, number, what it is and what is shared."""
    from django.db.models import Prefetch  # noqa: PLC0415 -- app ready

    from core.search import SearchDocument  # noqa: PLC0415 -- app ready
    from delegations.models import Festival, ProgrammeItem  # noqa: PLC0415 -- app ready

    rows = Festival.objects.prefetch_related(
        Prefetch("items", ProgrammeItem.objects.alive().prefetch_related("texts"))
    )
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    for festival in rows.iterator(chunk_size=200):
        words = [festival.purpose]
        words += [text.title for item in festival.items.all() for text in item.texts.all()]
        yield SearchDocument(
            pk=festival.pk,
            title=festival.title,
            subtitle=f"{festival.number} · {festival.starts_on.isoformat()}",  # kept in no language
            text=" ".join(part for part in words if part),
            url=festival.get_absolute_url(),
            matter_pk=festival.pk,
        )


def city_panel(request: HttpRequest, city: Any) -> dict[str, Any] | None:
    """The city's visits here, the newest first."""
    from delegations.models import Visit  # noqa: PLC0415 -- app ready

    visits = list(Visit.objects.visible_to(request.user).filter(city=city).with_guest_count()[:6])
    return {"visits": visits[:5], "more": len(visits) > 5, "city": city}


# --- closing and personal data ------------------------------------------------------------------------------


def held_by() -> Any:
    from delegations.models import Member  # noqa: PLC0415 -- app ready

    return Member.objects.annotate(held_name=F("name"), held_in=F("visit__number"), held_matter=F("visit_id"))


def held_of(pk: int, by: Any) -> dict[Any, Any]:
    """Everything held of one guest, for the person herself."""
    from core import personal  # noqa: PLC0415 -- app ready
    from delegations.models import Member  # noqa: PLC0415 -- app ready
    from delegations.models.members import GUEST_PURPOSE  # noqa: PLC0415 -- app ready

    member = Member.objects.select_related("visit", "companion_of").get(pk=pk)
    values = personal.get_values([member], purpose=GUEST_PURPOSE, by=by, matter=member.visit).get(pk, {})
    fields = registry.register_personal_holding[GUEST_PURPOSE].fields
    return {
        gettext_lazy("Name and surname"): member.name,
        gettext_lazy("Name in its own script"): member.own_name,
        gettext_lazy("Post"): [member.post_lt, member.post_local],
        gettext_lazy("Languages"): [str(label) for label in member.language_labels],
        gettext_lazy("Place in the delegation"): str(member.get_kind_display()),
        gettext_lazy("Accompanies"): member.companion_of.name if member.companion_of else "",
        gettext_lazy("Consent"): [member.consented_on.isoformat(), member.consent_note]
        if member.consented_on
        else "",
        gettext_lazy("Visit"): f"{member.visit.number}, {member.visit.starts_on} – {member.visit.ends_on}",
        **{str(word).capitalize(): values.get(field, "") for field, word in fields.items()},
    }


def bring_up_to_date(today: datetime.date) -> int:
    from delegations.services.members import bring_up_to_date  # noqa: PLC0415 -- app ready

    return bring_up_to_date(today)


def forget_held(pk: int, by: Any) -> int:
    """Erase the guest's values now, and the working papers that show them: they are made anew without."""
    from core import personal  # noqa: PLC0415 -- app ready
    from delegations.models import Member  # noqa: PLC0415 -- app ready
    from delegations.models.members import GUEST_PURPOSE  # noqa: PLC0415 -- app ready
    from documents.models import Document  # noqa: PLC0415 -- app ready
    from documents.services import erase_due  # noqa: PLC0415 -- app ready

    member = Member.objects.get(pk=pk)
    count = personal.erase(member, purpose=GUEST_PURPOSE)
    today = timezone.localdate()
    papers = Document.objects.filter(matter_id=member.visit_id, is_working_paper=True)
    papers.update(erase_on=today - datetime.timedelta(days=1))
    erase_due(today)
    return count


WORDS = {
    "visit.opened": (gettext_lazy("visit opened"), "plane-arrival"),
    "visit.changed": (gettext_lazy("visit changed"), "pencil"),
    "visit.called_off": (gettext_lazy("visit called off"), "ban"),
    "visit.cloned": (gettext_lazy("repeated from another visit"), "copy"),
    "visit.began": (gettext_lazy("the visit began"), "player-play"),
    "visit.ended": (gettext_lazy("the visit ended"), "circle-check"),
    "member.added": (gettext_lazy("guest added"), "user-plus"),
    "member.changed": (gettext_lazy("guest changed"), "pencil"),
    "member.removed": (gettext_lazy("guest removed"), "user-minus"),
    "members.pasted": (gettext_lazy("guests pasted from a list"), "users"),
    "members.ordered": (gettext_lazy("order of precedence changed"), "arrows-sort"),
    "item.added": (gettext_lazy("item added"), "plus"),
    "item.changed": (gettext_lazy("item changed"), "pencil"),
    "item.moved": (gettext_lazy("item moved"), "clock-hour-4"),
    "item.removed": (gettext_lazy("item removed"), "trash"),
    "item.restored": (gettext_lazy("item put back"), "arrow-back-up"),
    "item.served_by": (gettext_lazy("who serves the item changed"), "users"),
    "item.planned": (gettext_lazy("item planned again"), "arrow-back-up"),
    "item.done": (gettext_lazy("item held"), "circle-check"),
    "item.cancelled": (gettext_lazy("item cancelled"), "ban"),
    "item.follow_up": (gettext_lazy("work agreed on"), "checkbox"),
    "visit.summary_written": (gettext_lazy("what the visit brought written down"), "pencil"),
    "photograph.added": (gettext_lazy("photograph added"), "photo"),
    "photograph.described": (gettext_lazy("photograph described"), "pencil"),
    "photograph.removed": (gettext_lazy("photograph taken out"), "trash"),
    "thanks.written": (gettext_lazy("letter of thanks worded"), "pencil"),
    "festival.opened": (gettext_lazy("festival opened"), "confetti"),
    "festival.changed": (gettext_lazy("festival changed"), "pencil"),
    "festival.called_off": (gettext_lazy("festival called off"), "ban"),
    "festival.began": (gettext_lazy("the festival began"), "player-play"),
    "festival.ended": (gettext_lazy("the festival ended"), "circle-check"),
    "festival.joined": (gettext_lazy("the delegation comes to a festival"), "confetti"),
    "festival.left": (gettext_lazy("the delegation left a festival"), "confetti"),
    "festival.visit_joined": (gettext_lazy("delegation added"), "plane-arrival"),
    "festival.visit_left": (gettext_lazy("delegation taken off"), "plane-departure"),
    "festival.item_changed": (gettext_lazy("what the delegations share has changed"), "confetti"),
    "items.cancelled": (gettext_lazy("shared items cancelled"), "ban"),
    "items.shifted": (gettext_lazy("rest of the day shifted"), "clock"),
    "rooms.added": (gettext_lazy("hotel rooms ordered"), "bed"),
    "room.changed": (gettext_lazy("hotel room changed"), "bed"),
    "room.removed": (gettext_lazy("hotel room let go"), "bed"),
    "rooms.fitted": (gettext_lazy("rooms fitted to the stay"), "bed"),
    "rooms.filled": (gettext_lazy("guests placed in rooms"), "bed"),
    "meal.ordered": (gettext_lazy("meal ordered"), "tools-kitchen-2"),
    "meal.seated": (gettext_lazy("guests placed at tables"), "armchair"),
    "ticket.added": (gettext_lazy("tickets added"), "ticket"),
    "ticket.changed": (gettext_lazy("tickets changed"), "ticket"),
    "ticket.needed": (gettext_lazy("tickets to be bought again"), "ticket"),
    "ticket.bought": (gettext_lazy("tickets bought"), "ticket"),
    "ticket.handed": (gettext_lazy("tickets handed over"), "ticket"),
    "ticket.removed": (gettext_lazy("tickets taken off"), "ticket"),
    "tickets.asked_for": (gettext_lazy("somebody is asked to buy the tickets"), "ticket"),
    "leg.added": (gettext_lazy("journey added"), "plane-tilt"),
    "leg.changed": (gettext_lazy("journey changed"), "pencil"),
    "leg.removed": (gettext_lazy("journey removed"), "trash"),
    "leg.delayed": (gettext_lazy("journey late or not running"), "clock-hour-4"),
    "legs.pasted": (gettext_lazy("journeys pasted from a table"), "plane-tilt"),
    "transfers.accepted": (gettext_lazy("transfers put into the programme"), "car"),
    "list.sent": (gettext_lazy("list sent to who serves"), "send"),
    "list.reader_set": (gettext_lazy("reader of a list set"), "pencil"),
    "list.reader_on": (gettext_lazy("reader of a list switched on"), "bell"),
    "list.reader_off": (gettext_lazy("reader of a list switched off"), "bell-off"),
    "meeting.asked": (gettext_lazy("host asked to receive the guests"), "user-question"),
    "meeting.asked_again": (gettext_lazy("host asked again"), "user-question"),
    "meeting.confirmed": (gettext_lazy("host will receive the guests"), "user-check"),
    "meeting.proposed": (gettext_lazy("host proposed another time"), "clock-edit"),
    "meeting.declined": (gettext_lazy("host cannot receive the guests"), "user-x"),
    "meeting.paper_shown": (gettext_lazy("the host's paper put on the guests' pages"), "paperclip"),
    "meeting.paper_hidden": (gettext_lazy("the host's paper taken off the guests' pages"), "paperclip"),
    "meeting.withdrawn": (gettext_lazy("request to the host withdrawn"), "ban"),
    "meeting.time_taken": (gettext_lazy("the host's time taken"), "calendar-time"),
    "meeting.time_refused": (gettext_lazy("the host's time does not suit"), "arrow-back-up"),
    "guest_links.sent": (gettext_lazy("guests given links to their own pages"), "link"),
    "guest_links.revoked": (gettext_lazy("a guest's links revoked"), "ban"),
    "warning.explained": (gettext_lazy("warning left with a reason"), "alert-triangle"),
    "warning.taken_up": (gettext_lazy("warning taken up again"), "alert-triangle"),
}
