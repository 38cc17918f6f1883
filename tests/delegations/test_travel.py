"""Journeys through the pages: what is written, refused, pasted, proposed, accepted and moved by a delay."""

from __future__ import annotations

import datetime
import re
import time
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import DomainError
from core.models import AuditEvent, Norm
from delegations import services, warnings
from delegations.board import load_board
from delegations.choices import ItemKind, Status
from delegations.models import TransferLeg, TravelLeg, Visit
from delegations.papers import for_insiders
from delegations.services.transfers import propose
from delegations.snapshot import snapshot
from matters.models import Amendment
from resources.models import Booking, Car, Driver, PlaceDistance
from tests.accounts.factories import UserFactory
from tests.delegations.factories import (
    FIRST_DAY,
    approve_visit,
    make_item,
    make_member,
    make_place,
    make_visit,
)

pytestmark = pytest.mark.django_db
NAMES = ["Zbigniew Łączyński", "Anna Nowak", "Jan Kowalski", "Ewa Lis", "Piotr Wilk"]


@pytest.fixture
def specialist(client):
    person = UserFactory(role="specialist")
    client.force_login(person)
    return person


@pytest.fixture
def airport():
    return make_place("Vilniaus oro uostas", town="Vilnius", name_en="Vilnius Airport", kind="transport")


@pytest.fixture
def visit(specialist, airport):
    call_command("sync_rules", verbosity=0)
    visit = make_visit(specialist)
    for name in NAMES:
        make_member(visit, name)
    hotel = make_place("Viešbutis", name_en="Hotel", kind="hotel")
    one, other = sorted((airport, hotel), key=lambda place: place.pk)
    PlaceDistance.objects.create(one=one, other=other, minutes=90)
    make_item(
        visit,
        "21.00",
        kind=ItemKind.ACCOMMODATION,
        title="Nakvynė",
        place=hotel,
        until_on=visit.ends_on,
    )
    driver = Driver.objects.create(name="Algis Bernotas")
    Car.objects.create(name="Mikroautobusas", seats=16, body="minibus", usual_driver=driver)
    Car.objects.create(name="Automobilis", seats=4)
    return visit


def leg_of(visit, number="LO 781", at="14.35", day=1, members=(), direction="arrival", **fields) -> TravelLeg:
    hour, minute = at.split(".")
    fields.setdefault("place", airport_of(visit))
    return services.add_leg(
        visit,
        by=visit.responsible.actor,
        passengers=members,
        direction=direction,
        mode=fields.pop("mode", "flight"),
        number=number,
        on=visit.starts_on + datetime.timedelta(days=day - 1),
        at=datetime.time(int(hour), int(minute)),
        is_for_all=not members,
        **fields,
    )


def airport_of(visit):
    from resources.models import Place

    return Place.objects.get(name="Vilniaus oro uostas")


def sent(airport, **changed):
    return {
        "direction": "arrival",
        "mode": "flight",
        "number": "LO 781",
        "on": FIRST_DAY.isoformat(),
        "at": "14.35",
        "place": airport.pk,
        "is_for_all": "on",
        "needs_transfer": "on",
        **changed,
    }


def text_of(answer) -> str:
    html = answer.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def at_field(answer, name: str) -> str:
    html = answer.content.decode()
    found = re.search(rf'id="div_id_{name}".*?(?= id="div_id_|</form>)', html, re.DOTALL)
    assert found, f"no field {name}"
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[0])).split())


def accept_all(client, visit):
    url = reverse("delegations:transfers", args=[visit.pk])
    form = client.get(url).context_data["form"]
    data = {name: field.initial for name, field in form.fields.items() if field.initial not in (None, False)}
    data = {
        name: f"{v:%H.%M}" if isinstance(v, datetime.time) else "on" if v is True else v
        for name, v in data.items()
    }
    return client.post(url, data)


# --- legs ---------------------------------------------------------------------------------------------------


def test_a_leg_is_added_changed_and_taken_off(client, visit, airport):
    answer = client.post(reverse("delegations:leg_add", args=[visit.pk]), sent(airport))
    leg = visit.legs.get()
    assert answer.status_code == 302
    assert (leg.number, leg.moment.isoformat()) == ("LO 781", "2027-06-15T11:35:00+00:00")

    url = reverse("delegations:leg", args=[visit.pk, leg.pk])
    client.post(url, sent(airport, at="15.10", revision=leg.revision))
    leg.refresh_from_db()
    assert (leg.at, leg.local_moment.hour) == (datetime.time(15, 10), 15)

    client.post(reverse("delegations:leg_remove", args=[visit.pk, leg.pk]))
    assert not visit.legs.exists()
    actions = list(AuditEvent.objects.filter(action__startswith="leg.").values_list("action", flat=True))
    assert actions == ["leg.added", "leg.changed", "leg.removed"]


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"on": "2027-06-12"}, "on", "Diena per toli nuo vizito"),
        ({"on": "2027-06-21"}, "on", "Diena per toli nuo vizito"),
        ({"on": "0001-01-01"}, "on", "Patikrinkite metus"),
        ({"at": "25.70"}, "at", "9.30"),
        ({"at": ""}, "at", "9.30"),
        ({"place": ""}, "place", "Pasirinkite"),
        ({"number": "🤝"}, "number", "U+1F91D"),
        ({"is_for_all": ""}, "passengers", "bent vieną"),
        ({"direction": "sideways"}, "direction", "pasirinkim"),
    ],
)
def test_a_leg_that_cannot_be_is_refused_at_its_field(client, visit, airport, changed, field, words):
    answer = client.post(reverse("delegations:leg_add", args=[visit.pk]), sent(airport, **changed))

    assert answer.status_code == 422
    assert words in at_field(answer, field)
    assert not TravelLeg.objects.exists()


def test_an_hour_the_clocks_leap_over_is_refused(client, specialist, airport):
    night = make_visit(specialist, starts_on=datetime.date(2027, 3, 27), days=2)

    answer = client.post(
        reverse("delegations:leg_add", args=[night.pk]), sent(airport, on="2027-03-28", at="3.30")
    )

    assert answer.status_code == 422
    assert "3.30" in at_field(answer, "at")


def test_a_leg_a_day_before_the_visit_is_taken_with_a_word(client, visit, airport):
    answer = client.post(
        reverse("delegations:leg_add", args=[visit.pk]), sent(airport, on="2027-06-14"), follow=True
    )

    assert visit.legs.count() == 1
    assert "Ne vizito dienomis" in text_of(answer)


def test_twice_the_same_way_and_leaving_before_arriving_are_refused(client, visit, airport):
    anna = visit.members.get(name="Anna Nowak")
    leg_of(visit, members=[anna])
    url = reverse("delegations:leg_add", args=[visit.pk])
    named = {"is_for_all": "", "passengers": [anna.pk]}

    twice = client.post(url, sent(airport, at="18.00", number="FR 1", **named))
    before = client.post(url, sent(airport, direction="departure", at="9.00", **named))
    after = client.post(url, sent(airport, direction="departure", on="2027-06-18", **named))

    assert "Anna Nowak" in at_field(twice, "passengers")
    assert "anksčiau" in at_field(before, "at")
    assert after.status_code == 302


def test_a_leg_for_all_carries_those_without_one_of_their_own(client, visit):
    anna = visit.members.get(name="Anna Nowak")
    leg_of(visit, "LH 1", "11.00", members=[anna])
    leg_of(visit)

    parts = client.get(reverse("delegations:travel", args=[visit.pk])).context_data["parts"]

    assert [(row["leg"].number, row["count"]) for row in parts[0]["rows"]] == [("LH 1", 1), ("LO 781", 4)]


def test_a_stale_write_shows_both_texts(client, visit, airport):
    leg = leg_of(visit)
    services.change_leg(leg, by=visit.responsible.actor, revision=leg.revision, number="LO 783")

    answer = client.post(
        reverse("delegations:leg", args=[visit.pk, leg.pk]),
        sent(airport, number="LO 785", revision=leg.revision),
    )

    assert answer.status_code == 409
    assert "LO 783" in answer.content.decode()
    assert "LO 785" in answer.content.decode()


def test_the_days_of_the_visit_do_not_leave_a_journey_behind(visit):
    leg_of(visit, day=1)
    visit.items.all().delete()

    with pytest.raises(DomainError, match="LO 781") as refusal:
        services.change_visit(
            visit,
            revision=None,
            by=visit.responsible.actor,
            starts_on=visit.starts_on + datetime.timedelta(days=7),
            ends_on=visit.ends_on + datetime.timedelta(days=7),
        )

    assert refusal.value.field == "starts_on"


def test_the_tab_names_who_has_no_way_and_asks_few_questions(client, visit):
    url = reverse("delegations:travel", args=[visit.pk])
    assert "dar neparašyta" in text_of(client.get(url))
    leg_of(visit, members=visit.members.all()[:2])
    leg_of(visit, "LO 782", "18.00", 4, direction="departure")
    client.get(url)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)

    assert len(asked) <= 14, "\n".join(query["sql"][:160] for query in asked)
    lost = {
        direction: [member.name for member in members] for direction, _t, members in page.context_data["lost"]
    }
    assert lost == {"arrival": ["Jan Kowalski", "Ewa Lis", "Piotr Wilk"]}
    assert "niekas nepasitinka" in text_of(page)


def test_another_zone_keeps_its_clock(client, visit):
    suwalki = make_place("Suvalkų stotis", town="Suwałki", zone="Europe/Warsaw", kind="transport")

    leg = leg_of(visit, "", "14.00", place=suwalki, mode="train")

    assert leg.moment.isoformat() == "2027-06-15T14:00:00+02:00"
    assert "Europe/Warsaw" in text_of(client.get(reverse("delegations:travel", args=[visit.pk])))


def test_a_reader_sees_and_changes_nothing(client, visit, airport):
    leg = leg_of(visit)
    client.force_login(UserFactory(role="archivist"))
    page = client.get(reverse("delegations:travel", args=[visit.pk]))

    refused = [
        client.post(reverse(name, args=args), sent(airport)).status_code
        for name, args in (
            ("delegations:leg_add", [visit.pk]),
            ("delegations:leg", [visit.pk, leg.pk]),
            ("delegations:leg_remove", [visit.pk, leg.pk]),
            ("delegations:leg_table", [visit.pk]),
            ("delegations:transfers", [visit.pk]),
            ("delegations:leg_delay", [visit.pk, leg.pk]),
        )
    ]

    assert page.status_code in (200, 403)
    assert set(refused) == {403}
    assert visit.legs.count() == 1


# --- a pasted table -----------------------------------------------------------------------------------------

TABLE = """Łączyński Zbigniew; LO 781; 2027-06-15 14:35; Warszawa
anna nowak\tLO781\t15.06.2027 14.35\tWarszawa
Jan Kowalski; FR 5023; 2027-06-15; 18:10
Nobody Known; LO 781; 2027-06-15 14:35
Ewa Lis; LO 781; 2027-06-31 14:35
Ewa Lis; LO 781
Piotr Wilk; LO 781; 2027-08-15 14:35
Jan Kowalski; LO 781; 2027-06-15 14:35
"""


def paste(client, visit, **changed):
    data = {
        "direction": "arrival",
        "mode": "flight",
        "place": airport_of(visit).pk,
        "text": TABLE,
        **changed,
    }
    return client.post(reverse("delegations:leg_table", args=[visit.pk]), data)


def test_a_table_is_previewed_then_committed_exactly(client, visit):
    page = paste(client, visit)
    table = page.context_data["table"]

    assert not TravelLeg.objects.exists()
    assert [(group.number, [m.name for m in group.members]) for group in table.groups] == [
        ("LO 781", ["Zbigniew Łączyński", "Anna Nowak"]),
        ("FR 5023", ["Jan Kowalski"]),
    ]
    assert [number for number, _text, _why in table.refused] == [4, 5, 6, 7, 8]

    answer = paste(client, visit, digest=table.digest)

    assert answer.status_code == 302
    legs = {leg.number: sorted(p.member.name for p in leg.passengers.all()) for leg in visit.legs.all()}
    assert legs == {"LO 781": ["Anna Nowak", "Zbigniew Łączyński"], "FR 5023": ["Jan Kowalski"]}
    again = paste(client, visit).context_data["table"]
    assert (again.groups, len(again.refused)) == ([], 8)


def test_a_table_joins_a_leg_that_is_there_and_a_changed_one_is_shown_again(client, visit):
    digest = paste(client, visit).context_data["table"].digest
    leg_of(visit, members=[visit.members.get(name="Ewa Lis")])

    answer = paste(client, visit, digest=digest)

    assert answer.status_code == 422
    table = answer.context_data["table"]
    assert table.groups[0].leg == visit.legs.get()
    paste(client, visit, digest=table.digest)
    assert visit.legs.get(number="LO 781").passengers.count() == 3


def test_who_is_on_a_leg_for_all_is_not_put_on_it_again(client, visit):
    leg_of(visit)

    table = paste(client, visit).context_data["table"]

    assert [(group.number, len(group.members)) for group in table.groups] == [("FR 5023", 1)]
    assert table.refused[0][2] == "Šioje kelionėje jau įrašytas."


def test_an_endless_table_is_refused(client, visit):
    answer = paste(client, visit, text="Anna Nowak; LO 1; 2027-06-15 10:00\n" * 301)

    assert answer.status_code == 422
    assert "300" in at_field(answer, "text")


# --- transfers ----------------------------------------------------------------------------------------------


def test_transfers_are_proposed_and_put_into_the_programme(client, visit):
    leg_of(visit)
    leg_of(visit, "LO 782", "18.00", 4, direction="departure")

    answer = accept_all(client, visit)

    assert answer.status_code == 302
    there, back = visit.items.filter(kind=ItemKind.TRANSPORT).order_by("on")
    assert (there.on, there.hours, there.is_for_all) == (visit.starts_on, "15.05–16.35", True)
    assert (back.hours, back.place.name, back.to_place.name) == (
        "14.30–16.00",
        "Viešbutis",
        "Vilniaus oro uostas",
    )
    assert there.title_in("lt") == "Pervežimas: Vilniaus oro uostas – Viešbutis"
    assert there.title_in("pl") == "Przejazd: Vilnius Airport – Hotel"
    served = sorted(row.resource.name for row in there.resources.all())
    assert served == ["Algis Bernotas", "Mikroautobusas"]
    assert TransferLeg.objects.filter(item=there).count() == 1
    assert Booking.objects.filter(matter=visit, key=f"item:{there.pk}").count() == 2
    assert propose(visit) == []


def test_a_car_with_fewer_seats_is_refused_at_its_field(client, visit):
    leg_of(visit)
    (one,) = propose(visit)
    small = Car.objects.get(name="Automobilis")

    answer = client.post(
        reverse("delegations:transfers", args=[visit.pk]),
        {f"{one.key}-take": "on", f"{one.key}-starts": "15.05", f"{one.key}-car": small.pk},
    )

    assert answer.status_code == 422
    assert "4" in answer.context_data["form"].errors[f"{one.key}-car"][0]
    assert not visit.items.filter(kind=ItemKind.TRANSPORT).exists()


def test_a_proposal_that_is_no_more_is_not_accepted(client, visit):
    leg = leg_of(visit)
    (one,) = propose(visit)
    services.change_leg(leg, by=visit.responsible.actor, revision=None, at=datetime.time(20, 0))

    answer = client.post(
        reverse("delegations:transfers", args=[visit.pk]),
        {f"{one.key}-take": "on", f"{one.key}-starts": "15.05"},
    )

    assert answer.status_code == 422
    assert not visit.items.filter(kind=ItemKind.TRANSPORT).exists()


def test_a_missing_norm_is_said_and_nothing_is_computed(client, visit):
    leg_of(visit)
    Norm.objects.filter(code="TRANSFER_BEFORE_TRAIN").delete()

    page = client.get(reverse("delegations:transfers", args=[visit.pk]))

    assert page.status_code == 200
    assert "TRANSFER_BEFORE_TRAIN" in text_of(page)
    assert page.context_data["form"] is None


def test_a_transfer_made_by_hand_meets_the_guests(client, visit, airport):
    leg_of(visit)
    make_item(visit, "15.00", "16.30", kind=ItemKind.TRANSPORT, place=airport, title="Iš oro uosto")

    assert propose(visit) == []


def test_the_window_may_be_tried(client, visit):
    leg_of(visit, members=visit.members.all()[:2])
    leg_of(visit, "FR 1", "15.30", members=visit.members.all()[2:])
    url = reverse("delegations:transfers", args=[visit.pk])

    counts = [len(client.get(f"{url}?laukti={minutes}").context_data["form"].rows) for minutes in (30, 90)]

    assert counts == [2, 1]


# --- delays -------------------------------------------------------------------------------------------------


def delay(client, visit, leg, **asked):
    url = reverse("delegations:leg_delay", args=[visit.pk, leg.pk])
    plan = client.get(url, asked).context_data["plan"]
    return plan, client.post(url, {**asked, "digest": plan.digest})


def test_a_delay_moves_only_what_it_touches(client, visit, airport):
    leg = leg_of(visit)
    leg_of(visit, "LO 782", "18.00", 4, direction="departure")
    accept_all(client, visit)
    dinner = make_item(visit, "17.00", "18.00", title="Vakarienė", kind=ItemKind.MEAL)
    there, back = visit.items.filter(kind=ItemKind.TRANSPORT).order_by("on")

    plan, answer = delay(client, visit, leg, minutes="60")

    assert [(move.item.pk, move.verb) for move in plan.moves] == [(there.pk, "move")]
    assert [(item.pk, count) for item, count in plan.clashes] == [(dinner.pk, 5)]
    assert answer.status_code == 302
    for item in (there, back):
        item.refresh_from_db()
    leg.refresh_from_db()
    assert (there.hours, back.hours) == ("16.05–17.35", "14.30–16.00")
    assert (leg.delay, leg.local_moment.strftime("%H.%M")) == (60, "15.35")


@pytest.mark.parametrize(
    ("planned", "asked", "minutes"),
    [
        ("14.35", {"minutes": "-10"}, -10),
        ("14.35", {"hour": "16.05"}, 90),
        ("23.50", {"hour": "0.40"}, 50),
        ("0.30", {"hour": "23.50"}, -40),
        ("14.35", {"minutes": "0"}, 0),
    ],
)
def test_a_delay_is_said_in_minutes_or_by_the_hour(client, visit, planned, asked, minutes):
    leg = leg_of(visit, at=planned)

    _plan, answer = delay(client, visit, leg, **asked)

    assert answer.status_code == 302
    leg.refresh_from_db()
    assert leg.delay == minutes


@pytest.mark.parametrize("asked", [{"minutes": "3000"}, {"hour": "25"}, {"minutes": ""}, {"minutes": "x"}])
def test_a_delay_that_cannot_be_is_refused(client, visit, asked):
    leg = leg_of(visit)
    url = reverse("delegations:leg_delay", args=[visit.pk, leg.pk])

    assert client.get(url, asked).context_data["plan"] is None
    assert client.post(url, asked).status_code == 422


def test_a_delay_parts_guests_who_would_keep_others_waiting(client, visit):
    early, late = visit.members.all()[:2], visit.members.all()[2:]
    leg_of(visit, "LO 781", "14.00", members=early)
    leg = leg_of(visit, "FR 1", "14.20", members=late)
    accept_all(client, visit)
    item = visit.items.get(kind=ItemKind.TRANSPORT)

    plan, _answer = delay(client, visit, leg, minutes="180")

    assert [move.verb for move in plan.moves] == ["part", "new"]
    item.refresh_from_db()
    new = visit.items.filter(kind=ItemKind.TRANSPORT).exclude(pk=item.pk).get()
    assert sorted(row.member_id for row in item.participants.all()) == [member.pk for member in early]
    assert sorted(row.member_id for row in new.participants.all()) == [member.pk for member in late]
    assert (new.hours, [row.leg_id for row in new.served_legs.all()]) == ("17.50–19.20", [leg.pk])


def test_a_leg_that_does_not_run_cancels_its_transfer(client, visit):
    leg = leg_of(visit)
    accept_all(client, visit)

    delay(client, visit, leg, is_cancelled="on")

    item = visit.items.get(kind=ItemKind.TRANSPORT)
    assert (item.progress, "LO 781" in item.progress_note) == ("cancelled", True)
    page = client.get(reverse("delegations:travel", args=[visit.pk]))
    assert len(page.context_data["lost"][0][2]) == 5


def test_another_car_is_found_when_the_first_is_taken_later(client, visit, airport):
    leg = leg_of(visit)
    accept_all(client, visit)
    item = visit.items.get(kind=ItemKind.TRANSPORT)
    van = Car.objects.get(name="Mikroautobusas")
    bus = Car.objects.create(
        name="Autobusas", seats=45, body="bus", usual_driver=Driver.objects.create(name="Vytas")
    )
    starts = item.period.upper + datetime.timedelta(hours=3)
    Booking.objects.create(
        resource=van, what="Remontas", is_firm=True, period=(starts, starts + datetime.timedelta(hours=3))
    )

    plan, _answer = delay(client, visit, leg, minutes="240")

    assert plan.moves[0].proposal.way.car == bus.pk
    assert "Autobusas" in plan.moves[0].proposal.why[0]
    assert bus.pk in set(item.resources.values_list("resource_id", flat=True))


def test_what_changed_since_the_preview_is_shown_again(client, visit):
    leg = leg_of(visit)
    accept_all(client, visit)
    url = reverse("delegations:leg_delay", args=[visit.pk, leg.pk])
    digest = client.get(url, {"minutes": "60"}).context_data["plan"].digest
    item = visit.items.get(kind=ItemKind.TRANSPORT)
    services.move_item(item, by=visit.responsible.actor, on=item.on, starts=datetime.time(15, 0))

    answer = client.post(url, {"minutes": "60", "digest": digest})

    leg.refresh_from_db()
    assert (answer.status_code, leg.delay) == (302, 0)


def test_two_hundred_and_fifty_guests_are_proposed_within_two_seconds(visit):
    from delegations.models import Member

    Member.objects.bulk_create(
        Member(visit=visit, name=f"Svečias {number}", rank=90) for number in range(245)
    )
    members = list(visit.members.all())
    for number in range(25):
        leg_of(
            visit,
            f"LO {number}",
            f"{8 + number // 3}.{number % 3 * 20:02d}",
            members=members[number * 10 :][:10],
        )
    for number in range(8):
        Car.objects.create(name=f"Autobusiukas {number}", seats=16)

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        found = propose(visit)

    assert time.perf_counter() - began < 2
    assert len(asked) <= 14
    assert sum(len(one.members) for one in found) == 250


# --- after approval, in warnings, in papers ---------------------------------------------------------------


def test_a_delay_of_an_approved_programme_is_published_at_once(client, visit):
    leg = leg_of(visit)
    accept_all(client, visit)
    approve_visit(visit)
    assert visit.status == Status.APPROVED

    _plan, answer = delay(client, visit, leg, minutes="60")

    assert answer.status_code == 302
    visit.refresh_from_db()
    amendment = Amendment.objects.get()
    assert (visit.status, amendment.number) == (Status.APPROVED, 1)
    assert "LO 781" in amendment.reason
    told = {(change["field"], change["after"]) for change in amendment.changes}
    assert ("laikas", "2027 m. birželio 15 d. 14.35, dabar 15.35") in told
    assert ("laikas", "2027 m. birželio 15 d. 16.05–17.35") in told
    assert not any(change["is_material"] for change in amendment.changes)


def test_a_delay_does_not_publish_what_needs_approval(client, visit):
    leg = leg_of(visit)
    accept_all(client, visit)
    dinner = make_item(visit, "19.00", "20.00", title="Vakarienė", kind=ItemKind.MEAL)
    approve_visit(visit)
    services.move_item(dinner, by=visit.responsible.actor, on=dinner.on, starts=datetime.time(20, 0))

    delay(client, visit, leg, minutes="60")

    visit.refresh_from_db()
    assert (visit.status, Amendment.objects.count()) == (Status.CHANGING, 0)


def found_in(visit) -> dict[str, warnings.Warning]:
    openly, _explained = warnings.find(load_board(Visit.objects.get(pk=visit.pk), user=visit.responsible))
    return {
        warning.key if warning.key.startswith("journey") else warning.key.split(":")[0]: warning
        for warning in openly
    }


def test_what_journeys_forget_is_warned_of(visit, airport):
    make_item(visit, "13.00", "14.00", title="Pietūs", kind=ItemKind.MEAL)
    assert not {"journey:arrival", "met", "there"} & set(found_in(visit))
    leg_of(visit, members=visit.members.all()[:4])

    found = found_in(visit)

    assert "Piotr Wilk" in found["journey:arrival"].text
    assert "4" in found["met"].text
    assert found["met"].fixes[0].url == reverse("delegations:transfers", args=[visit.pk])
    assert "Pietūs" in found["there"].text


def test_a_car_too_small_is_warned_of_and_exchanged_by_one_press(client, visit, airport):
    small, van = Car.objects.get(name="Automobilis"), Car.objects.get(name="Mikroautobusas")
    item = make_item(visit, "15.00", "16.30", kind=ItemKind.TRANSPORT, place=airport, served_by=[small])

    warning = found_in(visit)["seats"]
    assert (warning.fact, warning.fixes[0].data["new"]) == ("4|5", van.pk)
    client.post(
        reverse("delegations:warning_repair", args=[visit.pk]),
        {"verb": warning.fixes[0].verb, **warning.fixes[0].data},
    )

    assert list(item.resources.values_list("resource_id", flat=True)) == [van.pk]
    assert "seats" not in found_in(visit)


def test_a_transfer_too_late_or_too_early_is_moved_by_one_press(client, visit, airport):
    leg_of(visit)
    leg_of(visit, "LO 782", "18.00", 4, direction="departure")
    hotel = visit.items.get(kind=ItemKind.ACCOMMODATION).place
    there = make_item(visit, "14.30", "16.00", kind=ItemKind.TRANSPORT, place=airport, to_place=hotel)
    back = make_item(visit, "15.30", "17.00", day=4, kind=ItemKind.TRANSPORT, place=hotel, to_place=airport)

    found = found_in(visit)
    assert {"early", "late"} <= set(found)
    for name in ("early", "late"):
        fix = found[name].fixes[0]
        client.post(reverse("delegations:warning_repair", args=[visit.pk]), {"verb": fix.verb, **fix.data})

    there.refresh_from_db()
    back.refresh_from_db()
    assert (there.hours, back.hours) == ("14.50–16.20", "14.30–16.00")
    assert not {"early", "late"} & set(found_in(visit))


def test_the_programme_with_journeys_asks_few_questions(client, visit):
    leg_of(visit)
    leg_of(visit, "LO 782", "18.00", 4, direction="departure")
    accept_all(client, visit)
    url = reverse("delegations:programme", args=[visit.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as asked:
        client.get(url)

    assert len(asked) <= 15, "\n".join(query["sql"][:120] for query in asked)


def test_journeys_stand_in_the_calendar_file_and_in_the_insiders_programme(client, visit):
    leg = leg_of(visit, other_end="Warszawa")
    accept_all(client, visit)
    calendar = client.get(reverse("delegations:ics", args=[visit.pk])).content.decode()

    paper = for_insiders.programme(snapshot(visit), "lt", matter=visit, by=visit.responsible.actor)

    assert f"UID:leg-{leg.pk}" in calendar
    assert "Atvykimas: LO 781" in calendar
    (row,) = paper["journeys"]
    assert (row["what"], row["where"]) == ("Atvykimas, LO 781", "Vilniaus oro uostas, Warszawa")
    assert row["met"] == ["15.05–16.35, Mikroautobusas, Algis Bernotas"]
