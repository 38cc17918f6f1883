"""Rooms of a hotel: who with whom, for how many nights and for how much; nobody in two beds, nobody in none unseen."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from core.errors import DomainError
from core.models import AuditEvent
from delegations import services
from delegations.choices import ItemKind, MemberKind, RoomKind
from delegations.models import Member, Room, RoomGuest
from delegations.rooming import Wishes, load_stays, propose
from tests.accounts.factories import UserFactory
from tests.delegations.factories import FIRST_DAY, make_item, make_member, make_place, make_visit

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def make_stay(visit, nights=3, **fields):
    if "place" not in fields:
        fields["place"] = make_place("Viešbutis „Nemuno vingis“")
    return make_item(
        visit,
        "21.00",
        kind=ItemKind.ACCOMMODATION,
        title="Nakvynė",
        until_on=visit.starts_on + nights * DAY,
        **fields,
    )


def make_room(item, kind=RoomKind.TWIN, **fields):
    return services.add_rooms(item, kind=kind, by=item.visit.responsible.actor, **fields)[0]


def place(item, places, **fields):
    services.place_guests(
        item,
        {member.pk: room.pk if room else None for member, room in places.items()},
        by=item.visit.responsible.actor,
        **fields,
    )


def test_a_room_for_two_with_three_is_refused_and_says_why():
    visit = make_visit()
    ada, bea, cleo = (make_member(visit, name) for name in ("Ada A", "Bea B", "Cleo C"))
    item = make_stay(visit)
    room = make_room(item, number="12")

    with pytest.raises(DomainError) as refusal:
        place(item, {ada: room, bea: room, cleo: room})

    assert [name in str(refusal.value) for name in ("Ada A", "Bea B", "Cleo C", "12")] == [True] * 4
    assert refusal.value.field == f"guest-{cleo.pk}"
    assert not RoomGuest.objects.exists()


def test_the_refusal_stands_beside_the_guest_and_the_choice_is_kept(client, specialist):
    visit = make_visit(specialist)
    guests = [make_member(visit, name) for name in ("Ada A", "Bea B", "Cleo C")]
    item = make_stay(visit)
    room = make_room(item)
    url = reverse("delegations:hotel", args=[visit.pk, item.pk])

    answer = client.post(url, {f"guest-{guest.pk}": room.pk for guest in guests})

    form = answer.context_data["places_form"]
    assert answer.status_code == 422
    assert list(form.errors) == [f"guest-{guests[2].pk}"]
    assert form[f"guest-{guests[0].pk}"].value() == str(room.pk)

    ok = client.post(url, {f"guest-{guest.pk}": room.pk for guest in guests[:2]})
    assert ok.status_code == 302
    assert {bed.member_id for bed in RoomGuest.objects.all()} == {guests[0].pk, guests[1].pk}


def test_one_guest_in_two_beds_of_a_night_is_refused_by_the_database():
    visit = make_visit()
    guest = make_member(visit)
    item = make_stay(visit)
    rooms = [make_room(item), make_room(item)]
    nights = DateRange(item.on, item.until_on)
    RoomGuest.objects.create(room=rooms[0], member=guest, nights=nights)

    with pytest.raises(IntegrityError, match="one_bed_a_night"), transaction.atomic():
        RoomGuest.objects.create(room=rooms[1], member=guest, nights=nights)


def test_a_bed_in_another_hotel_is_named_in_the_refusal():
    visit = make_visit()
    guest = make_member(visit)
    first, second = make_stay(visit), make_stay(visit, place=make_place("Viešbutis „Dzūkija“"))
    place(first, {guest: make_room(first, RoomKind.SINGLE, number="7")})

    with pytest.raises(DomainError) as refusal:
        place(second, {guest: make_room(second, RoomKind.SINGLE)})

    assert "Nemuno vingis" in str(refusal.value)
    assert "7" in str(refusal.value)
    assert RoomGuest.objects.get().room.item == first


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": FIRST_DAY - DAY}, "on"),
        ({"until_on": FIRST_DAY + 4 * DAY}, "until_on"),
        ({"until_on": FIRST_DAY}, "until_on"),
        ({"price": Decimal("-1")}, "price"),
        ({"count": 0}, "count"),
        ({"count": 61}, "count"),
        ({"count": 2, "number": "5"}, "number"),
    ],
)
def test_what_cannot_be_ordered_is_refused(fields, field):
    item = make_stay(make_visit())

    with pytest.raises(DomainError) as refusal:
        make_room(item, **fields)

    assert refusal.value.field == field
    assert not Room.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("1 250,50", "1250.50"), ("85", "85.00"), ("-3", None), ("šimtas", None)]
)
def test_a_price_is_read_as_people_write_it(client, specialist, typed, kept):
    visit = make_visit(specialist)
    item = make_stay(visit)
    data = {"kind": "twin", "count": "2", "on": item.on, "until_on": item.until_on, "price": typed}

    answer = client.post(reverse("delegations:rooms_add", args=[visit.pk, item.pk]), data)

    if kept is None:
        assert answer.status_code == 422
        assert list(answer.context_data["rooms_form"].errors) == ["price"]
        assert not Room.objects.exists()
    else:
        assert [str(room.price) for room in Room.objects.all()] == [kept, kept]


def test_nights_of_the_guests_follow_the_room():
    visit = make_visit()
    guest = make_member(visit)
    item = make_stay(visit)
    room = make_room(item)
    place(item, {guest: room})

    services.change_room(
        room, revision=room.revision, by=visit.responsible.actor, until_on=item.until_on - DAY
    )

    assert RoomGuest.objects.get().nights.upper == item.until_on - DAY
    (stay,) = load_stays(visit)
    assert stay.without_bed == [(guest, [item.until_on - DAY])]


def test_a_room_is_not_made_smaller_than_its_guests():
    visit = make_visit()
    ada, bea = make_member(visit, "Ada A"), make_member(visit, "Bea B")
    item = make_stay(visit)
    room = make_room(item)
    place(item, {ada: room, bea: room})

    with pytest.raises(DomainError) as refusal:
        services.change_room(room, revision=None, by=visit.responsible.actor, kind=RoomKind.SINGLE)

    assert refusal.value.field == "kind"


def test_somebody_who_placed_guests_meanwhile_is_noticed():
    visit = make_visit()
    ada, bea = make_member(visit, "Ada A"), make_member(visit, "Bea B")
    item = make_stay(visit)
    room = make_room(item)
    token = load_stays(visit)[0].token
    place(item, {ada: room})

    with pytest.raises(DomainError):
        place(item, {bea: room}, token=token)

    assert RoomGuest.objects.get().member == ada


def test_a_stay_that_moves_leaves_rooms_behind_until_they_are_fitted(client, specialist):
    visit = make_visit(specialist)
    guest = make_member(visit)
    item = make_stay(visit, nights=2)
    room = make_room(item)
    place(item, {guest: room})
    services.move_item(item, by=specialist.actor, on=item.on + DAY)
    assert load_stays(visit)[0].outside == [room]

    client.post(reverse("delegations:rooms_fit", args=[visit.pk, item.pk]))

    (stay,) = load_stays(visit)
    room.refresh_from_db()
    assert (stay.outside, room.on, room.until_on) == ([], FIRST_DAY + DAY, FIRST_DAY + 2 * DAY)
    assert RoomGuest.objects.get().nights.lower == room.on


def test_a_bed_in_a_removed_hotel_holds_nobody():
    visit = make_visit()
    guest = make_member(visit)
    first, second = make_stay(visit), make_stay(visit, place=make_place("Viešbutis „Dzūkija“"))
    place(first, {guest: make_room(first)})
    services.remove_item(first, by=visit.responsible.actor)

    place(second, {guest: make_room(second)})

    assert RoomGuest.objects.get().room.item == second


# --- the proposal -------------------------------------------------------------------------------------------


def full_delegation(visit):
    head = make_member(visit, "Head H", kind=MemberKind.HEAD, gender="m")
    wife = make_member(visit, "Wife W", kind=MemberKind.COMPANION, gender="f", companion_of=head)
    ann, beth, carl, dan, eve, nn = (
        make_member(visit, name, gender=gender)
        for name, gender in (
            ("Ann", "f"),
            ("Beth", "f"),
            ("Carl", "m"),
            ("Dan", "m"),
            ("Eve", "f"),
            ("Nn", ""),
        )
    )
    husband = make_member(visit, "Husband", kind=MemberKind.COMPANION, gender="m", companion_of=eve)
    return head, wife, ann, beth, carl, dan, eve, nn, husband


def who(proposal):
    return [(one.kind, [member.name for member in one.members]) for one in proposal.bedrooms]


def test_the_proposal_puts_companions_together_and_the_others_by_gender():
    visit = make_visit()
    full_delegation(visit)
    make_stay(visit)

    proposal = propose(load_stays(visit)[0], Wishes(head=RoomKind.SUITE))

    assert who(proposal) == [
        ("suite", ["Head H", "Wife W"]),
        ("twin", ["Ann", "Beth"]),
        ("twin", ["Carl", "Dan"]),
        ("double", ["Eve", "Husband"]),
        ("single", ["Nn"]),
    ]


def test_an_adviser_who_accompanies_the_head_sleeps_apart():
    visit = make_visit()
    head = make_member(visit, "Head H", kind=MemberKind.HEAD, gender="m")
    make_member(visit, "Adviser A", gender="m", companion_of=head)
    make_stay(visit)

    assert who(propose(load_stays(visit)[0], Wishes())) == [("single", ["Head H"]), ("single", ["Adviser A"])]


def test_companions_of_companions_go_round_and_everybody_has_a_bed():
    visit = make_visit()
    one, two = (make_member(visit, name, kind=MemberKind.COMPANION) for name in ("One", "Two"))
    Member.objects.filter(pk=one.pk).update(companion_of=two)
    Member.objects.filter(pk=two.pk).update(companion_of=one)
    make_stay(visit)

    proposal = propose(load_stays(visit)[0], Wishes())

    assert sorted(name for _kind, names in who(proposal) for name in names) == ["One", "Two"]


def test_each_alone_when_the_guests_want_it():
    visit = make_visit()
    for name in ("Ann", "Beth"):
        make_member(visit, name, gender="f")
    make_stay(visit)

    assert who(propose(load_stays(visit)[0], Wishes(others=RoomKind.SINGLE))) == [
        ("single", ["Ann"]),
        ("single", ["Beth"]),
    ]


def test_the_proposal_fills_empty_rooms_first_and_leaves_who_sleeps():
    visit = make_visit()
    ann, beth, carl = (make_member(visit, name, gender="f") for name in ("Ann", "Beth", "Carl"))
    item = make_stay(visit)
    place(item, {ann: make_room(item, RoomKind.SINGLE)})
    empty = make_room(item, RoomKind.TWIN, number="5")

    (only,) = propose(load_stays(visit)[0], Wishes()).bedrooms

    assert (only.room, only.members) == (empty, (beth, carl))


def test_accepting_does_exactly_the_preview(client, specialist):
    visit = make_visit(specialist)
    full_delegation(visit)
    item = make_stay(visit)
    url = reverse("delegations:rooms_propose", args=[visit.pk, item.pk])
    wishes = {"head": "single", "others": "twin", "price_two": "85,50"}
    shown = client.get(url, wishes).context_data["proposal"]

    answer = client.post(url, {**wishes, "token": shown.token})

    assert answer.status_code == 302
    (stay,) = load_stays(visit)
    assert stay.without_bed == []
    assert sorted(
        (room.kind, tuple(sorted(bed.member.name for bed in room.guests.all()))) for room in stay.rooms
    ) == sorted((kind, tuple(sorted(names))) for kind, names in who(shown))
    assert {room.price for room in stay.rooms if room.kind == "twin"} == {Decimal("85.50")}
    assert AuditEvent.objects.filter(action="rooms.filled").count() == 1


def test_a_proposal_that_has_grown_old_is_refused(client, specialist):
    visit = make_visit(specialist)
    make_member(visit, "Ann", gender="f")
    item = make_stay(visit)
    url = reverse("delegations:rooms_propose", args=[visit.pk, item.pk])
    shown = client.get(url, {"head": "single", "others": "twin"}).context_data["proposal"]
    make_member(visit, "Beth", gender="f")

    answer = client.post(url, {"head": "single", "others": "twin", "token": shown.token})

    assert answer.status_code == 409
    assert not Room.objects.exists()


# --- the pages ----------------------------------------------------------------------------------------------


def test_guests_without_a_bed_are_listed_and_prices_summed(client, specialist):
    visit = make_visit(specialist)
    ada = make_member(visit, "Ada A")
    make_member(visit, "Bea B")
    item = make_stay(visit)
    room = make_room(item, price=Decimal("90"))
    make_room(item, RoomKind.SINGLE, price=Decimal("70.50"), until_on=item.on + DAY)
    place(item, {ada: room})

    page = client.get(reverse("delegations:services", args=[visit.pk]))

    (stay,) = page.context_data["stays"]
    assert [member.name for member, _nights in stay.without_bed] == ["Bea B"]
    assert stay.cost == Decimal("340.50")
    assert page.context_data["costs"].total == Decimal("340.50")


def test_a_room_changed_by_two_shows_both_texts(client, specialist):
    visit = make_visit(specialist)
    item = make_stay(visit)
    room = make_room(item)
    url = reverse("delegations:room", args=[visit.pk, room.pk])
    data = {
        "kind": "twin",
        "number": "9",
        "on": item.on,
        "until_on": item.until_on,
        "revision": room.revision,
    }
    services.change_room(room, revision=None, by=specialist.actor, number="8")

    assert client.post(url, data).status_code == 409
    room.refresh_from_db()
    assert room.number == "8"


def test_a_room_let_go_leaves_its_guests_without_a_bed(client, specialist):
    visit = make_visit(specialist)
    ada = make_member(visit, "Ada A")
    item = make_stay(visit)
    room = make_room(item)
    place(item, {ada: room})

    client.post(reverse("delegations:room_remove", args=[visit.pk, room.pk]))

    assert not Room.objects.exists()
    assert [member for member, _nights in load_stays(visit)[0].without_bed] == [ada]


def test_who_only_reads_sees_rooms_and_changes_none(client):
    visit = make_visit()
    item = make_stay(visit)
    make_room(item)
    client.force_login(UserFactory(role="leadership"))

    assert client.get(reverse("delegations:services", args=[visit.pk])).status_code == 200
    assert client.get(reverse("delegations:hotel", args=[visit.pk, item.pk])).status_code == 200
    assert client.post(reverse("delegations:hotel", args=[visit.pk, item.pk]), {}).status_code == 403
    assert client.get(reverse("delegations:rooms_propose", args=[visit.pk, item.pk])).status_code == 403


def test_the_desk_does_not_ask_more_for_more_rooms(client, specialist, django_assert_max_num_queries):
    visit = make_visit(specialist)
    item = make_stay(visit)
    for name in ("Ada", "Bea", "Cleo", "Dora"):
        place(item, {make_member(visit, name): make_room(item)})
    url = reverse("delegations:services", args=[visit.pk])
    client.get(url)

    with django_assert_max_num_queries(14):
        client.get(url)
