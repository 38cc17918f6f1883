"""Several delegations at once: what is shared lives once and stands in each programme."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.errors import DomainError
from core.models import AuditEvent
from delegations import guest_board, services, warnings
from delegations.board import load_board
from delegations.calendar import visit_calendar
from delegations.choices import FESTIVAL_PHASES, FESTIVAL_TONES, FestivalStatus, ItemKind, Progress, Status
from delegations.festival_kind import KIND, closing_problems
from delegations.models import Festival, ProgrammeItem, Visit
from delegations.snapshot import snapshot
from matters.models import Amendment
from resources.models import Booking
from tests.accounts.factories import UserFactory
from tests.delegations.factories import (
    FIRST_DAY,
    clock,
    make_car,
    make_city,
    make_item,
    make_member,
    make_place,
    make_visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def make_festival(by=None, **fields):
    by = by or UserFactory(role="specialist")
    values = {
        "title": "Alytaus miesto šventė",
        "responsible": by,
        "starts_on": FIRST_DAY,
        "ends_on": FIRST_DAY + datetime.timedelta(days=2),
        **fields,
    }
    return services.open_festival(by=by.actor, **values)


def make_shared(festival, starts="18.00", ends="19.00", *, day=1, title="Šventės atidarymas", **fields):
    fields.setdefault("kind", ItemKind.CEREMONY)
    return services.add_item(
        festival,
        by=festival.responsible.actor,
        texts={"lt": (title, ""), "pl": ("Otwarcie", "")},
        on=festival.starts_on + datetime.timedelta(days=day - 1),
        starts=clock(starts),
        ends=clock(ends) if ends else None,
        **fields,
    )


def come(festival, name="Opolė", days=3, **fields):
    """A delegation of the festival with two guests."""
    city = make_city(name_lt=name, name_local=name)
    visit = make_visit(
        festival.responsible, title=f"{name}: delegacija", city=city, days=days, occasion=festival, **fields
    )
    make_member(visit, f"{name} Pirmas", kind="head")
    make_member(visit, f"{name} Antra")
    return Visit.objects.get(pk=visit.pk)


def in_force(visit):
    """As if its programme had been approved."""
    from core.canonical import content_sha256, plain
    from core.models import acted_by
    from matters.choices import RoundState
    from matters.models import ApprovalRound, Version

    content = plain(snapshot(visit))
    version = Version.objects.create(
        matter=visit,
        number=1,
        content=content,
        content_sha256=content_sha256(content),
        approved_at=timezone.now(),
        **acted_by(visit.responsible.actor),
    )
    ApprovalRound.objects.create(
        matter=visit,
        version=version,
        state=RoundState.APPROVED,
        finished_at=timezone.now(),
        **acted_by(visit.responsible.actor),
    )
    Visit.objects.filter(pk=visit.pk).update(status=Status.APPROVED, state=Status.APPROVED)
    return version


def test_every_status_has_phase_tone_and_words():
    assert set(FESTIVAL_PHASES) == set(FESTIVAL_TONES) == set(FestivalStatus.values) == set(KIND.states)


def test_next_step_follows_what_is_missing():
    festival = make_festival()
    assert (festival.number, festival.next_step) == ("SV-2027-001", "join")

    come(festival)
    festival.refresh_from_db()
    assert festival.next_step == "build_programme"

    make_shared(festival)
    festival.refresh_from_db()
    assert festival.next_step == "receive"


def test_a_shared_item_stands_in_each_programme_paper_and_calendar():
    festival = make_festival()
    opole, cesys, other = come(festival), come(festival, "Cėsys"), make_visit(festival.responsible)
    item = make_shared(festival)

    for visit in (opole, cesys):
        assert list(visit.programme.alive()) == [item]
        assert [row["key"] for row in snapshot(visit)["items"]] == [item.pk]
        assert "Šventės atidarymas" in visit_calendar(visit).decode()
    assert list(other.programme.alive()) == []


def test_a_narrowed_item_stands_only_where_a_guest_takes_part_and_names_no_others():
    festival = make_festival()
    opole, cesys, ghent = come(festival), come(festival, "Cėsys"), come(festival, "Gentas")
    guests = [opole.members.first(), cesys.members.first()]
    item = make_shared(festival, is_for_all=False, participants=guests)

    assert list(opole.programme.alive()) == list(cesys.programme.alive()) == [item]
    assert list(ghent.programme.alive()) == []
    assert snapshot(opole)["items"][0]["participants"] == [guests[0].pk]


def test_a_delegation_sees_what_is_shared_only_on_its_own_days():
    festival = make_festival()
    late = come(festival, starts_on=FIRST_DAY + datetime.timedelta(days=1), days=2)
    make_shared(festival, day=1)
    second = make_shared(festival, day=2)

    assert list(late.programme.alive()) == [second]


def test_changing_a_shared_item_reopens_each_approved_programme():
    festival = make_festival()
    opole, cesys = come(festival), come(festival, "Cėsys")
    item = make_shared(festival)
    for visit in (opole, cesys):
        in_force(visit)

    services.move_item(item, by=festival.responsible.actor, on=item.on, starts=clock("20.00"))

    assert set(Visit.objects.values_list("status", "next_step")) == {(Status.CHANGING, "resubmit")}
    told = AuditEvent.objects.filter(action="festival.item_changed", matter_pk__in=[opole.pk, cesys.pk])
    assert set(told.values_list("matter_pk", flat=True)) == {opole.pk, cesys.pk}


def test_a_small_shift_of_a_shared_item_waits_to_be_published_in_each():
    festival = make_festival()
    opole = come(festival)
    item = make_shared(festival)
    in_force(opole)

    services.move_item(item, by=festival.responsible.actor, on=item.on, starts=clock("18.10"))

    opole.refresh_from_db()
    assert (opole.status, opole.next_step) == (Status.APPROVED, "amend")


def test_moving_on_the_way_publishes_an_amendment_in_each_programme():
    festival = make_festival()
    visits = [come(festival), come(festival, "Cėsys")]
    item = make_shared(festival)
    for visit in visits:
        in_force(visit)

    _moved, amendments = services.move_on_the_way(
        item, on=item.on, starts=clock("18.10"), by=festival.responsible.actor, reason="Lietus"
    )

    assert {row.version.matter_id for row in amendments} == {visit.pk for visit in visits}
    assert Amendment.objects.filter(reason="Lietus", number=1).count() == 2


def test_a_car_of_a_shared_item_is_booked_once_and_is_no_clash_of_its_own():
    festival = make_festival()
    visits = [come(festival), come(festival, "Cėsys")]
    car = make_car()
    item = make_shared(festival, served_by=[car])

    booking = Booking.objects.get(resource=car)
    assert (booking.matter_id, booking.key) == (festival.pk, f"item:{item.pk}")
    for visit in visits:
        found, _explained = warnings.find(load_board(visit, user=festival.responsible))
        assert not [one for one in found if one.key.startswith("resource:")]


def test_booking_is_firm_once_a_delegation_has_an_approved_programme():
    from delegations.services.state import book_festival

    festival = make_festival()
    opole = come(festival)
    make_shared(festival, served_by=[make_car()])
    book_festival(festival.pk)
    assert not Booking.objects.get().is_firm

    in_force(opole)
    book_festival(festival.pk)

    assert Booking.objects.get().is_firm


def test_a_warning_of_a_shared_item_leads_to_the_festival_and_repairs_what_is_ones_own():
    festival = make_festival()
    visit = come(festival)
    shared = make_shared(festival, "18.00", "19.00")
    own = make_item(visit, "18.30", "19.30")

    found, _explained = warnings.find(load_board(visit, user=festival.responsible))

    clash = next(one for one in found if one.key.startswith("person:"))
    assert set(clash.items) == {shared.pk, own.pk}
    assert {fix.data.get("item") or fix.anchor for fix in clash.fixes} == {own.pk}


def test_what_clashes_among_shared_items_is_said_once_in_the_festival(client):
    festival = make_festival()
    visits = [come(festival), come(festival, "Cėsys")]
    one, other = make_shared(festival, "18.00", "19.00"), make_shared(festival, "18.30", "19.30")
    pair = f"person:{one.pk}:{other.pk}"

    found, _explained = warnings.find(load_board(festival, user=festival.responsible))
    assert [warning.key for warning in found if warning.key.startswith("person:")] == [pair]

    client.force_login(festival.responsible)
    for visit in visits:
        found, _explained = warnings.find(load_board(visit, user=festival.responsible))
        assert not [
            warning for warning in found if warning.items and {one.pk, other.pk} >= set(warning.items)
        ]
        page = client.get(reverse("delegations:programme", args=[visit.pk])).content.decode()
        assert f'href="{reverse("delegations:programme", args=[festival.pk])}"' in page


def test_a_shared_hotel_is_filled_by_each_delegation_for_its_own_guests(client):
    from delegations.rooming import load_stays
    from delegations.service_lists import Facts, readers_of, tables_of
    from delegations.service_lists.facts import Held

    festival = make_festival()
    opole, cesys = come(festival), come(festival, "Cėsys")
    night = make_shared(
        festival,
        "21.00",
        None,
        title="Nakvynė",
        kind=ItemKind.ACCOMMODATION,
        until_on=festival.ends_on,
        place=make_place("Viešbutis", kind="hotel"),
    )
    client.force_login(festival.responsible)

    def hotel(visit):
        return reverse("delegations:hotel", args=[visit.pk, night.pk])

    added = {"kind": "twin", "count": "2", "on": night.on, "until_on": night.until_on}
    client.post(reverse("delegations:rooms_add", args=[opole.pk, night.pk]), added)
    one, other = (room.pk for room in night.rooms.order_by("pk"))
    first, second = opole.members.all()
    client.post(hotel(opole), {f"guest-{first.pk}": one, f"guest-{second.pk}": one})

    page = client.get(hotel(cesys)).content.decode()
    assert "Jame 1 kambaryje nakvoja kitos delegacijos." in page
    assert f'<option value="{other}"' in page
    assert f'<option value="{one}"' not in page
    guest = cesys.members.first()
    assert client.post(hotel(cesys), {f"guest-{guest.pk}": one}).status_code == 422
    assert client.post(hotel(cesys), {f"guest-{guest.pk}": other}).status_code == 302
    assert client.get(reverse("delegations:room", args=[cesys.pk, one])).status_code == 404
    assert hotel(cesys) in client.get(reverse("delegations:services", args=[cesys.pk])).content.decode()

    assert [[room.pk for room in load_stays(visit)[0].rooms] for visit in (opole, cesys)] == [[one], [other]]
    facts = Facts(opole, snapshot(opole))
    kind, reader = next(pair for pair in readers_of(facts) if pair[0].code == "hotel")
    [(_table, rows)] = tables_of(kind, facts, reader, Held())
    assert [row["guests"] for row in rows] == ["Opolė Pirmas, Opolė Antra"]


def test_leaving_takes_the_guests_out_of_what_is_shared():
    festival = make_festival()
    opole, cesys = come(festival), come(festival, "Cėsys")
    item = make_shared(
        festival, is_for_all=False, participants=[opole.members.first(), cesys.members.first()]
    )

    services.leave_festival(opole, by=festival.responsible.actor)

    assert [row.member.visit_id for row in item.participants.all()] == [cesys.pk]
    opole.refresh_from_db()
    assert list(opole.programme.alive()) == []


def test_a_delegation_of_other_days_is_refused():
    festival = make_festival()
    with pytest.raises(DomainError) as refusal:
        come(festival, starts_on=FIRST_DAY + datetime.timedelta(days=30))

    assert refusal.value.field == "occasion"


def test_calling_off_cancels_what_is_shared_and_keeps_the_delegations():
    festival = make_festival()
    visit = come(festival)
    item = make_shared(festival, served_by=[make_car()])

    services.call_off_festival(festival, reason="Audra", by=festival.responsible.actor)

    item.refresh_from_db()
    festival.refresh_from_db()
    visit.refresh_from_db()
    assert (item.progress, item.progress_note) == (Progress.CANCELLED, "Audra")
    assert (festival.phase, visit.phase) == ("closed", "draft")
    assert not Booking.objects.exists()


def test_move_by_date_begins_and_ends_a_festival():
    festival = make_festival()

    services.move_by_date(FIRST_DAY)
    festival.refresh_from_db()
    assert festival.status == FestivalStatus.UNDER_WAY

    services.move_by_date(FIRST_DAY + datetime.timedelta(days=3))
    services.move_by_date(FIRST_DAY + datetime.timedelta(days=3))
    festival.refresh_from_db()
    assert (festival.status, festival.next_step) == (FestivalStatus.OVER, "close")


# --- pages --------------------------------------------------------------------------------------------------


def test_a_festival_is_opened_and_delegations_are_added_and_taken_off(client, specialist):
    visit = make_visit(specialist)
    values = {
        "title": "Alytaus miesto šventė",
        "starts_on": "2027-06-15",
        "ends_on": "2027-06-17",
        "purpose": "",
        "responsible": specialist.pk,
    }
    assert client.post("/delegacijos/sventes/nauja/", {**values, "ends_on": "2027-06-10"}).status_code == 422

    answer = client.post("/delegacijos/sventes/nauja/", values)
    festival = Festival.objects.get()
    assert answer.url == f"/delegacijos/sventes/{festival.pk}/"
    page = client.get(answer.url)
    assert visit in page.context["form"].fields["visit"].queryset

    client.post(f"{answer.url}prideti/", {"visit": visit.pk})
    page = client.get(answer.url)
    assert page.context["visits"] == [visit]
    assert visit.title in page.text

    client.post(f"{answer.url}isimti/{visit.pk}/")
    assert client.get(answer.url).context["visits"] == []


def test_a_festival_is_chosen_on_the_form_of_a_visit(client, specialist):
    festival = make_festival(specialist)
    visit = make_visit(specialist)
    address = f"/delegacijos/{visit.pk}/keisti/"
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    answer = client.post(address, {**values, "occasion": festival.pk})

    assert answer.status_code == 302
    visit.refresh_from_db()
    assert visit.occasion == festival
    assert festival.title in client.get(f"/delegacijos/{visit.pk}/").text


def test_the_builder_of_a_festival_is_the_builder_of_a_visit(client, specialist):
    festival = make_festival(specialist)
    visit = come(festival)
    address = f"/delegacijos/{festival.pk}/punktai/naujas/"
    assert "Opolė: delegacija" in client.get(address).text  # its guests, under their delegation

    answer = client.post(
        address,
        {
            "kind": "ceremony",
            "on": FIRST_DAY.isoformat(),
            "starts": "18.00",
            "ends": "19.00",
            "title_lt": "Šventės eisena",
            "title_pl": "Pochód",
            "is_for_all": "on",
        },
    )
    item = ProgrammeItem.objects.get(festival=festival)
    assert answer.url == f"/delegacijos/{festival.pk}/?diena=2027-06-15#item-{item.pk}"
    client.post(
        f"/delegacijos/{festival.pk}/punktai/{item.pk}/perkelti/", {"on": "2027-06-16", "starts": "17.00"}
    )
    item.refresh_from_db()
    assert (item.on.isoformat(), item.hours) == ("2027-06-16", "17.00–18.00")
    for page in ("", "?rodinys=sarasas"):
        assert "Šventės eisena" in client.get(f"/delegacijos/{visit.pk}/{page}").text


def test_in_a_visit_a_shared_item_is_marked_read_only_and_leads_to_the_festival(client, specialist):
    festival = make_festival(specialist)
    visit = come(festival)
    item = make_shared(festival)
    address = f"/delegacijos/{visit.pk}/punktai/{item.pk}/"

    page = client.get(address)
    assert f"/delegacijos/{festival.pk}/punktai/{item.pk}/" in page.text
    assert '<form class="form-col' not in page.text
    assert client.post(address, {"title_lt": "Kitaip"}).status_code == 404
    for verb in ("perkelti", "salinti"):
        assert client.post(f"{address}{verb}/", {"on": "2027-06-16"}).status_code == 404
    builder = client.get(f"/delegacijos/{visit.pk}/").text
    assert "data-shared" in builder
    assert f'data-move="/delegacijos/{visit.pk}/punktai/{item.pk}/perkelti/"' not in builder


def test_a_limited_festival_is_not_named_to_who_may_not_see_it(client, specialist):
    other = UserFactory(role="specialist")
    festival = make_festival(other, title="Vidinis seminaras", access="named")
    visit = make_visit(specialist)
    services.join_festival(visit, festival, by=other.actor)
    item = make_shared(festival)

    assert client.get(f"/delegacijos/sventes/{festival.pk}/").status_code == 404
    assert client.get(f"/delegacijos/{festival.pk}/").status_code == 404
    for page in ("", "keisti/", f"punktai/{item.pk}/", "siandien/"):
        answer = client.get(f"/delegacijos/{visit.pk}/{page}")
        assert (answer.status_code, "Vidinis seminaras" in answer.text) == (200, False), page
    assert client.post(f"/delegacijos/{visit.pk}/siandien/{item.pk}/ivyko/").status_code == 404


def test_the_board_spans_what_is_shared_over_the_delegations_that_share_it():
    festival = make_festival()
    cesys, opole, zory = come(festival, "Cėsys"), come(festival), come(festival, "Žory")
    make_item(opole, "10.00", "11.00")
    item = make_shared(festival, "18.00", "19.00")
    make_item(zory, "18.30", "19.30", title="Interviu")

    visits, items = guest_board.load(festival, festival.responsible)
    day = guest_board.draw(visits, items, festival.starts_on)

    assert [row.visit for row in day.rows] == [cesys, opole, zory]
    shared = [next(c for c in row.cells if any(e.item == item for e in c.entries)) for row in day.rows]
    assert [(c.rows, c.is_covered, len(c.entries)) for c in shared] == [
        (2, False, 1),
        (1, True, 1),
        (1, False, 2),
    ]
    assert {sum(c.span for c in row.cells) for row in day.rows} == {day.quarters}


def test_the_board_shows_a_day_and_leads_to_the_others(client, specialist):
    festival = make_festival(specialist)
    visit = come(festival)
    first, last = festival.days[0], visit.days[1]
    make_item(visit, "10.00", "11.00", day=1, title="Pirmos dienos")
    make_item(visit, "10.00", "11.00", day=2, title="Antros dienos")
    url = reverse("delegations:guest_board", args=[festival.pk])

    def shown(**asked):
        answer = client.get(url, asked)
        titles = {entry["item"].title for day in answer.context["boards"] for entry in day.run}
        return [day.on for day in answer.context["boards"]], titles

    assert shown(diena="2001-01-01") == ([first], {"Pirmos dienos"})  # not a day of it
    assert shown(diena=last.isoformat()) == ([last], {"Antros dienos"})
    assert shown(diena="visos") == (festival.days, {"Pirmos dienos", "Antros dienos"})


def test_query_counts_do_not_grow_with_delegations(client, specialist):
    festival = make_festival(specialist)
    addresses = [
        reverse("delegations:festivals"),
        reverse("delegations:festival", args=[festival.pk]),
        reverse("delegations:guest_board", args=[festival.pk]),
        reverse("delegations:today", args=[festival.pk]),
        reverse("delegations:programme", args=[festival.pk]),
    ]

    def counts():
        found = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    def grow(name):
        visit = come(festival, name)
        make_item(visit, "10.00", "11.00", served_by=[make_car(name)])
        make_shared(festival, "18.00", title=name, is_for_all=False, participants=visit.members.all())

    grow("Opolė")
    make_shared(festival, "12.00", "13.00")
    counts()
    before = counts()
    for name in ("Cėsys", "Gentas", "Žory"):
        grow(name)
    assert counts() == before
    assert max(before) <= 22, before


def test_what_is_shared_stands_in_my_day_the_calendar_and_the_search():
    from delegations.calendar import festival_entries, programme_entries
    from delegations.rooms import festival_search_entries, search_entries, todays_guests

    festival = make_festival()
    visits = [come(festival), come(festival, "Cėsys")]
    item = make_shared(festival)
    person, last = festival.responsible, festival.ends_on

    rows = todays_guests(person, FIRST_DAY)["rows"]
    assert [(row["item"], row["matter"].pk) for row in rows] == [(item, festival.pk)]
    assert [entry.uid for entry in programme_entries(person, FIRST_DAY, last)] == [f"item-{item.pk}"]
    assert [entry.title for entry in festival_entries(person, FIRST_DAY, last)] == [festival.title]
    found = [*search_entries([visit.pk for visit in visits]), *festival_search_entries([festival.pk])]
    told = {entry.pk for entry in found if "Šventės atidarymas" in entry.text}
    assert told == {*(visit.pk for visit in visits), festival.pk}


def test_a_festival_closes_once_it_is_over_and_told_of(client, specialist):
    festival = make_festival(specialist)
    come(festival)
    item = make_shared(festival)
    services.move_by_date(FIRST_DAY + datetime.timedelta(days=5))
    with override("en"):
        assert [text for text, _url in closing_problems(festival)] == ["Say what became of the items: 1 left"]
    ProgrammeItem.objects.filter(pk=item.pk).update(progress=Progress.DONE)

    client.post(reverse("matters:close", args=[festival.pk]))

    festival.refresh_from_db()
    assert (festival.status, festival.phase) == (FestivalStatus.CLOSED, "closed")
    with pytest.raises(DomainError):
        make_shared(festival)


def test_two_who_change_a_festival_see_both_texts_and_who_was_first(client, specialist):
    festival = make_festival(specialist)
    url = reverse("delegations:festival_edit", args=[festival.pk])
    sent = {
        "title": "Miesto gimtadienis",
        "responsible": specialist.pk,
        "purpose": "",
        "starts_on": festival.starts_on.isoformat(),
        "ends_on": festival.ends_on.isoformat(),
        "revision": festival.revision,
    }
    other = UserFactory(role="specialist", first_name="Ona", last_name="Pirmoji")
    services.change_festival(festival, revision=festival.revision, by=other.actor, title="Kita šventė")

    answer = client.post(url, sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ona Pirmoji" in page
    assert "Kita šventė" in page
    assert "Miesto gimtadienis" in page
