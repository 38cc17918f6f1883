"""The calendar's pages and the personal address: what stands where, for whom, and for how long."""

import datetime
import re
from html.parser import HTMLParser

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services as people
from core.actor import Actor
from core.errors import DomainError
from core.models import AuditEvent
from matters import services
from matters.choices import Access
from matters.models import CalendarAddress
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_item, make_place, make_visit
from tests.matters.factories import make_ladder, make_note, submit_note

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
URL = "/kalendorius/"


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist", first_name="Ieva", last_name="Juknelytė")
    client.force_login(user)
    return user


class Titles(HTMLParser):
    """What a reader with eyes sees as titles of entries."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.path: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        marks = (dict(attrs).get("class") or "").split()
        inside = bool({"t", "title-link"} & set(marks)) or bool(self.path and self.path[-1] != "no")
        if tag not in ("use", "input", "br", "link", "meta", "path", "rect", "circle"):
            self.path.append("no" if "visually-hidden" in marks or "h" in marks or not inside else "yes")
            if {"t", "title-link"} & set(marks):
                self.found.append("")

    def handle_endtag(self, tag):
        if self.path and tag not in ("use", "input", "br", "link", "meta", "path", "rect", "circle"):
            self.path.pop()

    def handle_data(self, data):
        if self.path and self.path[-1] == "yes":
            self.found[-1] += data


def texts(response) -> list[str]:
    """The titles of everything drawn, in order."""
    page = response.content.decode()
    start = page.index('id="calendar"')
    return [title.strip() for title in Titles(page[start : page.index("</main>")]).found]


def bars(response) -> list[tuple[str, int, int, bool, bool]]:
    """Bars of the drawn weeks: (title, column, width, began before, goes on)."""
    return [
        (bar.shown.entry.title, bar.column, bar.width, bar.from_before, bar.goes_on)
        for week in response.context["weeks"]
        for day in week.days
        for bar in day.bars
    ]


def make_address(client) -> str:
    """Make the address through the page; its path."""
    stamp = CalendarAddress.objects.filter(user_id=client.session["_auth_user_id"]).first()
    answer = client.post(
        reverse("matters:calendar_feed_issue"), {"was": stamp.token_sha256[:12] if stamp else ""}
    )
    assert answer.status_code == 200
    return re.search(r'value="[^"]*(/ics/[\w-]+/)"', answer.content.decode()).group(1)


def read(path: str, **headers):
    """As another program does: no session, no cookie."""
    return Client().get(path, headers=headers)


def events(path: str) -> dict[str, vobject.base.Component]:
    """The events by summary, parsed by another library than the one that writes them."""
    answer = read(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = vobject.readOne(answer.content.decode())
    for event in getattr(calendar, "vevent_list", []):
        event.validate(raiseException=True)
    return {event.summary.value: event for event in getattr(calendar, "vevent_list", [])}


# --- pages --------------------------------------------------------------------------------------------------


def test_month_shows_what_is_due_who_comes_and_who_is_away(client, specialist):
    first = timezone.localdate().replace(day=1) + 40 * DAY
    first = first.replace(day=1)
    colleague = UserFactory(role="specialist", first_name="Mantas", last_name="Grigalis")
    matter = make_note(specialist, title="Atsakymas gyventojai", due_on=first + 9 * DAY)
    services.create_task(
        matter, by=specialist.actor, title="Paklausti finansų", assignee=colleague, due_on=first + 8 * DAY
    )
    make_visit(specialist, starts_on=first + 10 * DAY, days=3)
    people.set_deputy(colleague, specialist, starts_on=first, ends_on=first + 2 * DAY, by=colleague.actor)

    answer = client.get(URL, {"diena": first.isoformat()})

    assert set(texts(answer)) == {
        "Opolės miesto delegacija", "Atsakymas gyventojai", "Paklausti finansų",
        "Mantas Grigalis: pavaduoja Ieva Juknelytė",
    }  # fmt: skip
    assert sum(width for title, _column, width, *_rest in bars(answer) if "Opolės" in title) == 3


def test_own_work_leaves_colleagues_work_out(client, specialist):
    day = timezone.localdate() + DAY
    other = UserFactory(role="specialist")
    matter = make_note(other, title="Svetimas reikalas", due_on=day)
    services.create_task(matter, by=other.actor, title="Mano pavedimas", assignee=specialist, due_on=day)
    services.create_task(matter, by=other.actor, title="Jos pavedimas", assignee=other, due_on=day)

    assert set(texts(client.get(URL, {"rodinys": "sarasas"}))) == {
        "Svetimas reikalas",
        "Mano pavedimas",
        "Jos pavedimas",
    }
    assert texts(client.get(URL, {"rodinys": "sarasas", "kieno": "mano"})) == ["Mano pavedimas"]


def test_a_kind_is_hidden_by_the_address_and_shown_again_by_its_link(client, specialist):
    day = timezone.localdate() + DAY
    matter = make_note(specialist, title="Terminas vienas", due_on=day)
    services.create_task(
        matter, by=specialist.actor, title="Pavedimas vienas", assignee=specialist, due_on=day
    )

    answer = client.get(URL, {"rodinys": "sarasas", "be": "tasks"})

    assert texts(answer) == ["Terminas vienas"]
    again = next(kind for kind in answer.context["kinds"] if kind["source"].code == "tasks")
    assert set(texts(client.get(again["url"]))) == {"Terminas vienas", "Pavedimas vienas"}


def test_decisions_stand_on_the_day_they_are_needed_and_are_hers_who_is_asked(client):
    make_ladder({"role": "head"})
    author, head = UserFactory(role="specialist"), UserFactory(role="head")
    matter = make_note(author, due_on=timezone.localdate() + 20 * DAY)
    step = submit_note(matter, author).steps.get()
    client.force_login(head)

    answer = client.get(URL, {"rodinys": "sarasas", "kieno": "mano"})

    assert [
        (day["day"], line.shown.entry.url) for day in answer.context["agenda"] for line in day["lines"]
    ] == [(step.due_on, reverse("matters:decision", args=[step.pk]))]
    client.force_login(UserFactory(role="specialist"))
    assert texts(client.get(URL, {"rodinys": "sarasas", "kieno": "mano"})) == []


@pytest.mark.parametrize("view", ["menuo", "savaite", "sarasas", ""])
def test_matters_of_leadership_and_of_named_people_stay_theirs(client, view):
    day = timezone.localdate()
    author, named, other = (UserFactory(role="specialist") for _n in range(3))
    leader = UserFactory(role="leadership")
    secret = make_note(author, title="Tik vadovybei", due_on=day)
    services.change_access(secret, by=author.actor, access=Access.LEADERSHIP, people=[])
    ours = make_note(author, title="Tik įvardytiems", due_on=day)
    services.change_access(ours, by=author.actor, access=Access.NAMED, people=[named])
    services.create_task(ours, by=author.actor, title="Slaptas pavedimas", assignee=named, due_on=day)

    seen = {}
    for person in (author, named, other, leader):
        client.force_login(person)
        seen[person.pk] = set(texts(client.get(URL, {"rodinys": view})))

    assert seen == {
        author.pk: {"Tik vadovybei", "Tik įvardytiems", "Slaptas pavedimas"},
        named.pk: {"Tik įvardytiems", "Slaptas pavedimas"},
        other.pk: set(),
        leader.pk: {"Tik vadovybei"},
    }


def test_a_month_without_entries_says_so(client, specialist):
    answer = client.get(URL, {"diena": "2031-02-10"})

    assert "Šiomis dienomis nieko nenumatyta." in answer.content.decode()
    assert answer.context["count"] == 0
    assert "2031 m. vasaris" in answer.content.decode()
    assert "Lietuvos valstybės atkūrimo diena" in answer.content.decode()
    assert answer.context["foot"].startswith("20 darbo dienų · ")  # 16 February is a Sunday


def test_an_empty_list_says_what_will_be_there(client, specialist):
    answer = client.get(URL, {"rodinys": "sarasas", "diena": "2031-02-18"})

    assert "Šiomis keturiomis savaitėmis nieko nenumatyta" in answer.content.decode()


def test_a_week_crosses_the_end_of_the_year(client, specialist):
    make_visit(specialist, starts_on=datetime.date(2027, 12, 30), days=6)

    answer = client.get(URL, {"rodinys": "savaite", "diena": "2028-01-01"})

    days = [day.day for day in answer.context["weeks"][0].days]
    assert (days[0], days[-1]) == (datetime.date(2027, 12, 27), datetime.date(2028, 1, 2))
    assert answer.context["title"] == "2027 m. gruodžio 27 – 2028 m. sausio 2 d."
    assert bars(answer) == [("Opolės miesto delegacija", 4, 4, False, True)]
    assert [day.holiday for day in answer.context["weeks"][0].days][5] == "Naujųjų metų diena"
    after = client.get(answer.context["after"])
    assert bars(after) == [("Opolės miesto delegacija", 1, 2, True, False)]


def test_sixty_days_lie_across_all_their_weeks(client, specialist):
    colleague = UserFactory(role="specialist", first_name="Mantas", last_name="Grigalis")
    first = datetime.date(2027, 3, 10)  # a Wednesday
    people.set_deputy(colleague, specialist, starts_on=first, ends_on=first + 59 * DAY, by=colleague.actor)

    days = 0
    for month in ("2027-03-01", "2027-04-01", "2027-05-01"):
        answer = client.get(URL, {"diena": month})
        for week in answer.context["weeks"]:
            for day in week.days:
                for bar in day.bars:
                    inside = week.days[bar.column - 1 : bar.column - 1 + bar.width]
                    days += sum(not one.is_out for one in inside)
    assert days == 60
    middle = bars(client.get(URL, {"diena": "2027-04-01"}))
    assert {(column, width) for _title, column, width, *_rest in middle} == {(1, 7)}

    with pytest.raises(DomainError):  # a visit of sixty days is refused in words
        make_visit(specialist, starts_on=first, days=60)


def test_a_full_day_says_how_many_more(client, specialist):
    day = datetime.date(2027, 6, 16)
    make_visit(specialist, starts_on=day - DAY)
    matter = make_note(specialist)
    for number in range(7):
        services.create_task(
            matter, by=specialist.actor, title=f"Pavedimas {number}", assignee=specialist, due_on=day
        )

    answer = client.get(URL, {"diena": day.isoformat()})

    [full] = [one for week in answer.context["weeks"] for one in week.days if one.day == day]
    assert (full.more, [line.is_over for line in full.lines]) == (4, [False] * 3 + [True] * 4)
    assert "ir dar 4" in answer.content.decode()
    assert full.url.endswith("?rodinys=sarasas&diena=2027-06-16")


def test_bars_that_meet_lie_in_lanes_of_their_own(client, specialist):
    monday = datetime.date(2027, 6, 14)
    for shift, days in ((0, 3), (1, 2), (3, 2), (2, 4)):
        make_visit(specialist, starts_on=monday + shift * DAY, days=days)

    answer = client.get(URL, {"rodinys": "savaite", "diena": monday.isoformat()})

    placed = [bar for day in answer.context["weeks"][0].days for bar in day.bars]
    taken = [(bar.row, column) for bar in placed for column in range(bar.column, bar.column + bar.width)]
    assert len(taken) == len(set(taken)) == 11
    assert answer.context["weeks"][0].lanes == 3


def test_the_week_shows_items_by_the_clock_of_their_place(client, specialist):
    """On the night clocks change, what is written stays what is shown."""
    visit = make_visit(specialist, starts_on=datetime.date(2027, 3, 27), days=3)
    make_item(visit, "9.00", "10.30", day=2, title="Pusryčiai po laiko keitimo", place=make_place())
    make_item(visit, "23.00", "1.30", day=1, title="Naktinė kelionė", place=make_place("Oro uostas"))

    answer = client.get(URL, {"rodinys": "savaite", "diena": "2027-03-28"})

    hours = {
        (day.day.day, line.hours, line.shown.entry.title)
        for day in answer.context["weeks"][0].days
        for line in day.lines
    }
    assert hours == {
        (27, "23.00–1.30", "Naktinė kelionė"),
        (28, "9.00–10.30", "Pusryčiai po laiko keitimo"),
    }
    assert (
        texts(client.get(URL, {"diena": "2027-03-28"})).count("Naktinė kelionė") == 0
    )  # too fine for a month


@pytest.mark.parametrize(
    "query",
    ["diena=2027-02-30", "diena=0001-01-01", "diena=9999-12-31", "rodinys=metai", "be=niekas&kieno=x"],
)
def test_an_address_with_nonsense_shows_today(client, specialist, query):
    answer = client.get(f"{URL}?{query}")

    assert answer.status_code == 200
    assert answer.context["is_now"]


def test_earliest_and_latest_pages_lead_nowhere_further(client, specialist):
    assert client.get(URL, {"diena": "1991-01-05"}).context["before"] == ""
    assert client.get(URL, {"diena": "2099-12-05"}).context["after"] == ""


def test_late_and_done_are_told_in_words(client, specialist):
    past = timezone.localdate() - DAY
    matter = make_note(specialist)
    services.create_task(matter, by=specialist.actor, title="Neatliktas", assignee=specialist, due_on=past)
    done = services.create_task(
        matter, by=specialist.actor, title="Atliktas", assignee=specialist, due_on=past
    )
    services.finish_task(done, by=specialist.actor)

    page = client.get(URL, {"rodinys": "sarasas", "diena": past.isoformat()}).content.decode()

    assert re.search(r"Neatliktas.*?state late sm.*?vėluoja", page, re.S)
    assert re.search(r">Atliktas|Atliktas</a>", page)
    assert re.search(r"state ok sm.*?atlikta", page, re.S)


def test_everybody_may_open_the_calendar_and_nobody_unknown(client):
    assert client.get(URL).status_code == 302
    for role in ("unit_contact", "data_protection", "administrator"):
        client.force_login(UserFactory(role=role))
        assert client.get(URL).status_code == 200


def test_no_query_is_asked_for_each_entry(client, specialist):
    colleague = UserFactory(role="specialist")
    make_ladder({"role": "head"}, {"role": "head"})
    UserFactory(role="head")

    def fill(number: int) -> None:
        day = datetime.date(2027, 6, 14) + number * DAY
        visit = make_visit(specialist, starts_on=day, days=2)
        make_item(visit, place=make_place(f"Vieta {number}"))
        matter = make_note(specialist, title=f"Reikalas {number}", due_on=day)
        services.create_task(matter, by=specialist.actor, title="Darbas", assignee=colleague, due_on=day)
        submit_note(matter, specialist).steps.update(due_on=day)
        people.set_deputy(UserFactory(), UserFactory(), starts_on=day, ends_on=day, by=Actor.system())

    asked = {}
    for count in (1, 3):
        for number in range(sum(asked_count for asked_count in (1,) if asked), count):
            fill(number)
        for view in ("menuo", "savaite", "sarasas"):
            query = {"rodinys": view, "diena": "2027-06-14"}
            client.get(URL, query)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(URL, query)
            assert answer.context["count"] >= 6 * count
            asked.setdefault(view, []).append(len(queries))
    assert all(one == three for one, three in asked.values()), asked
    assert max(three for _one, three in asked.values()) <= 16


# --- the personal address -----------------------------------------------------------------------------------


def test_the_address_is_told_once_and_kept_hashed(client, specialist):
    path = make_address(client)

    row = CalendarAddress.objects.get(user=specialist)
    assert path.split("/")[2] not in str(row.__dict__)
    assert path.split("/")[2] not in client.get(reverse("matters:calendar_feed")).content.decode()
    assert AuditEvent.objects.filter(action="calendar.address_made", subject_pk=row.pk).count() == 1
    assert read(path).status_code == 200
    assert path.split("/")[2] not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_a_new_address_stops_the_old_and_revoking_stops_all(client, specialist):
    old = make_address(client)
    new = make_address(client)

    assert (read(old).status_code, read(new).status_code) == (404, 200)
    client.post(reverse("matters:calendar_feed_revoke"))
    assert (read(new).status_code, CalendarAddress.objects.count()) == (404, 0)
    assert read("/ics/x/").status_code == 404


def test_a_press_too_many_or_an_old_page_changes_nothing(client, specialist):
    path = make_address(client)

    refused = client.post(reverse("matters:calendar_feed_issue"), {"was": ""})

    assert refused.status_code == 409
    assert "Nieko nepadaryta" in refused.content.decode()
    assert read(path).status_code == 200


def test_only_a_post_makes_or_revokes(client, specialist):
    for name in ("calendar_feed_issue", "calendar_feed_revoke", "calendar_feed_scope"):
        assert client.get(reverse(f"matters:{name}")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(specialist)
    assert strict.post(reverse("matters:calendar_feed_issue"), {"was": ""}).status_code == 403
    assert CalendarAddress.objects.count() == 0
    assert read("/ics/anything/").status_code == 404


def test_a_closed_accounts_address_stops_and_works_again_with_the_account(client, specialist):
    path = make_address(client)
    administrator = UserFactory(role="administrator")

    people.close_account(specialist, by=administrator.actor)
    assert read(path).status_code == 404
    people.reopen_account(specialist, by=administrator.actor)
    assert read(path).status_code == 200


def test_the_file_holds_what_the_person_may_see_now(client, specialist):
    day = timezone.localdate() + 3 * DAY
    other = UserFactory(role="specialist")
    matter = make_note(other, title="Derybos su vadovybe", due_on=day)
    path = make_address(client)

    assert events(path) == {}  # only her own work
    client.post(reverse("matters:calendar_feed_scope"), {"scope": "department"})
    assert list(events(path)) == ["Terminas: Derybos su vadovybe"]
    services.change_access(matter, by=other.actor, access=Access.LEADERSHIP, people=[])
    assert events(path) == {}
    specialist.groups.clear()
    assert events(path) == {}


def test_the_file_is_right_about_time_zone_and_identity(client, specialist):
    """Written by one library, read by another."""
    visit = make_visit(specialist, starts_on=timezone.localdate() + 30 * DAY, days=4)
    item = make_item(
        visit, "10.30", "12.00", day=2, title="Meras, priima; delegaciją", place=make_place("Rotušė, 101")
    )
    path = make_address(client)

    found = events(path)

    event, whole = found["Meras, priima; delegaciją"], found["Opolės miesto delegacija"]
    on = visit.starts_on + DAY
    assert event.dtstart.value.astimezone(datetime.UTC) == item.period.lower
    assert event.dtend.value.astimezone(datetime.UTC) == item.period.upper
    assert (event.dtstart.value.date(), event.dtstart.value.hour, event.dtstart.params["X-VOBJ-ORIGINAL-TZID"]) == (
        on, 10, ["Europe/Vilnius"],
    )  # fmt: skip
    assert event.location.value == "Rotušė, 101, Alytus"
    assert (whole.dtstart.value, whole.dtend.value) == (visit.starts_on, visit.ends_on + DAY)
    assert whole.uid.value == f"visit-{visit.pk}@localhost"
    assert (event.transp.value, whole.transp.value) == ("OPAQUE", "TRANSPARENT")
    assert all(hasattr(event, name) for name in ("dtstamp", "last_modified", "sequence"))
    text = read(path).content.decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@pytest.mark.parametrize(("on", "offset"), [("2027-03-27", 2), ("2027-03-28", 3), ("2027-10-31", 2)])
def test_hours_hold_on_the_days_clocks_change(client, specialist, on, offset, monkeypatch):
    day = datetime.date.fromisoformat(on)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: day - 10 * DAY)
    visit = make_visit(specialist, starts_on=day - DAY, days=3)
    make_item(visit, "9.00", "10.00", day=2, title="Pusryčiai", place=make_place())

    event = events(make_address(client))["Pusryčiai"]

    assert (event.dtstart.value.hour, event.dtstart.value.utcoffset()) == (
        9,
        datetime.timedelta(hours=offset),
    )


def test_a_change_keeps_the_identity_and_counts_up(client, specialist):
    matter = make_note(specialist)
    task = services.create_task(
        matter, by=specialist.actor, title="Pirmas", assignee=specialist, due_on=timezone.localdate() + DAY
    )
    path = make_address(client)
    before = events(path)["Pavedimas: Pirmas"]

    services.change_task(task, by=specialist.actor, revision=task.revision, title="Antras")

    after = events(path)["Pavedimas: Antras"]
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)


def test_nothing_changed_is_answered_briefly(client, specialist):
    matter = make_note(specialist, due_on=timezone.localdate() + DAY)
    path = make_address(client)
    first = read(path)
    etag = first["ETag"]

    again = read(path, if_none_match=etag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    services.create_task(
        matter, by=specialist.actor, title="Naujas", assignee=specialist, due_on=timezone.localdate() + DAY
    )
    assert read(path, if_none_match=etag).status_code == 200
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Referrer-Policy"] == "no-referrer"
    assert not first.cookies


def test_no_contact_of_anybody_goes_out(client, specialist):
    specialist.phone, specialist.email = "+37060000001", "ieva.slapta@example.lt"
    specialist.save()
    visit = make_visit(specialist, starts_on=timezone.localdate() + 5 * DAY)
    make_item(visit, title="Susitikimas", place=make_place(), notes="Skambinti +37060000002")
    matter = make_note(specialist)
    services.create_task(
        matter, by=specialist.actor, title="Paskambinti", note="tel. +37060000003", assignee=specialist,
        due_on=timezone.localdate() + DAY,
    )  # fmt: skip

    text = read(make_address(client)).content.decode()

    assert "Paskambinti" in text.replace("\r\n ", "")
    assert "+3706" not in text
    assert "ieva.slapta" not in text


def test_the_link_host_serves_the_file_and_no_calendar_page(client, specialist, settings):
    settings.LINK_HOST = "nuorodos.example.lt"
    settings.LINK_URL = "https://nuorodos.example.lt"
    settings.ALLOWED_HOSTS = ["testserver", "nuorodos.example.lt"]
    made = client.post(reverse("matters:calendar_feed_issue"), {"was": ""}).content.decode()
    url = re.search(r'value="https://nuorodos\.example\.lt(/ics/[\w-]+/)"', made).group(1)
    outside = Client(headers={"host": "nuorodos.example.lt"})

    assert outside.get(url).status_code == 200
    assert outside.get(URL).status_code == 404
    assert read(url).status_code == 200


def test_the_address_asks_a_fixed_number_of_queries(client, specialist):
    path = make_address(client)
    matter = make_note(specialist)
    asked = []
    for count in (1, 3):
        for number in range(count):
            day = timezone.localdate() + (number + 1) * DAY
            services.create_task(matter, by=specialist.actor, title="Darbas", assignee=specialist, due_on=day)
            make_item(make_visit(specialist, starts_on=day), place=make_place(f"Vieta {count} {number}"))
        read(path)
        with CaptureQueriesContext(connection) as queries:
            read(path)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 14


def test_the_profile_says_whether_the_address_works(client, specialist):
    profile = reverse("accounts:profile")
    assert "Sukurti adresą" in client.get(profile).content.decode()
    path = make_address(client)
    assert "Jokia programa jo dar neskaitė." in client.get(profile).content.decode()
    read(path)
    assert "Paskutinį kartą skaityta šiandien" in client.get(profile).content.decode()


def test_a_deputyship_that_ends_earlier_is_taken_by_other_programs(client, specialist):
    colleague = UserFactory(role="specialist", first_name="Mantas", last_name="Grigalis")
    today = timezone.localdate()
    row = people.set_deputy(
        specialist, colleague, starts_on=today, ends_on=today + 5 * DAY, by=specialist.actor
    )
    type(row).objects.update(starts_on=today - 3 * DAY)
    row.refresh_from_db()
    path = make_address(client)
    [before] = events(path).values()

    people.end_deputyship(row, by=specialist.actor)

    [after] = events(path).values()
    assert (after.uid.value, after.dtend.value) == (before.uid.value, today)
    assert int(after.sequence.value) > int(before.sequence.value)
