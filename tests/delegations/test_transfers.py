"""The proposer of transfers, pure: nobody is left without a word, no seat is sold twice, nobody misses a plane."""

from __future__ import annotations

import datetime
import random
import time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from delegations.transfers import Busy, Chauffeur, Fleet, Ride, Rules, Vehicle, gather, propose

VILNIUS = ZoneInfo("Europe/Vilnius")
AIRPORT, STATION, HOTEL, INN = 1, 2, 10, 11
WAYS = {(a, b): 90 for a in (AIRPORT, STATION) for b in (HOTEL, INN)} | {
    (b, a): 90 for a in (AIRPORT, STATION) for b in (HOTEL, INN)
}
RULES = Rules(
    waiting=45,
    after={"flight": 30, "train": 10, "bus": 10, "car": 0},
    before={"flight": 120, "train": 20, "bus": 20, "car": 10},
)
VAN = Vehicle(100, "Mikroautobusas", 16, "minibus", driver=200)
CAR = Vehicle(101, "Automobilis", 4, "car")
BUS = Vehicle(102, "Autobusas", 45, "bus", driver=201)
ALGIS, VYTAS, RIMAS = Chauffeur(200, "Algis"), Chauffeur(201, "Vytas"), Chauffeur(202, "Rimas")


def at(hour: int, minute: int = 0, day: int = 15) -> datetime.datetime:
    return datetime.datetime(2027, 6, day, hour, minute, tzinfo=VILNIUS)


def ride(leg: int, moment, people, direction="arrival", mode="flight", place=AIRPORT, base=HOTEL) -> Ride:
    first = leg * 1000
    return Ride(leg, direction, mode, place, base, moment, tuple(range(first, first + people)))


def fleet(*vehicles, drivers=(ALGIS, VYTAS, RIMAS), busy=None) -> Fleet:
    return Fleet(list(vehicles), list(drivers), WAYS, busy or {})


def hours(way) -> str:
    return f"{way.starts:%H:%M}-{way.ends:%H:%M}"


def test_planes_within_the_window_share_a_vehicle_that_waits_for_the_last():
    rides = [ride(1, at(14, 0), 5), ride(2, at(14, 40), 4), ride(3, at(14, 50), 3)]

    ways = propose(rides, fleet(VAN, CAR), RULES)

    assert [(way.legs, hours(way), len(way.people), way.car, way.driver) for way in ways] == [
        ((1, 2), "15:10-16:40", 9, 100, 200),
        ((3,), "15:20-16:50", 3, 101, 201),
    ]


def test_a_departure_is_in_time_for_the_first_of_the_planes():
    rides = [ride(1, at(16, 0), 5, "departure"), ride(2, at(16, 32), 4, "departure")]

    (way,) = propose(rides, fleet(VAN), RULES)

    assert (hours(way), way.start_place, way.end_place) == ("12:30-14:00", HOTEL, AIRPORT)


@pytest.mark.parametrize(("mode", "starts"), [("flight", "12:30"), ("train", "14:10"), ("car", "14:20")])
def test_each_kind_of_leg_has_its_allowance(mode, starts):
    (way,) = propose([ride(1, at(16), 2, "departure", mode)], fleet(CAR), RULES)

    assert f"{way.starts:%H:%M}" == starts


def test_several_vehicles_where_one_is_not_enough_the_largest_first():
    ways = propose([ride(1, at(14), 18)], fleet(VAN, CAR), RULES)

    assert [(way.car, len(way.people)) for way in ways] == [(100, 16), (101, 2)]
    assert not {*ways[0].people} & {*ways[1].people}


def test_the_smallest_vehicle_that_seats_all_is_taken():
    (way,) = propose([ride(1, at(14), 4)], fleet(BUS, VAN, CAR), RULES)

    assert way.car == 101


def test_missing_seats_are_said_with_what_is_in_the_way():
    busy = {100: [Busy(at(14), at(18))]}
    with override("lt"):
        ways = propose([ride(1, at(14), 6)], fleet(VAN, CAR, busy=busy), RULES)

    assert [(way.car, len(way.people)) for way in ways] == [(101, 4), (None, 2)]
    assert "Mikroautobusas 14.00–18.00" in ways[1].why[0]
    assert "2" in ways[1].why[0]


def test_nobody_to_drive_is_said():
    (way,) = propose([ride(1, at(14), 3)], fleet(CAR, drivers=()), RULES)

    assert (way.car, way.driver, len(way.why)) == (101, None, 1)


def test_a_bus_needs_a_driver_of_its_category():
    light = Chauffeur(203, "Jonas", frozenset({"B"}))

    (way,) = propose([ride(1, at(14), 30)], fleet(BUS, drivers=(light,)), RULES)

    assert (way.car, way.driver) == (102, None)


def test_an_unknown_hotel_or_way_is_said_and_takes_no_vehicle():
    homeless, far = ride(1, at(14), 3, base=None), ride(2, at(14), 3, place=99)

    ways = propose([homeless, far], fleet(VAN, CAR), RULES)

    assert [(way.car, len(way.why)) for way in ways] == [(None, 1), (None, 1)]


def test_a_vehicle_must_have_time_for_the_empty_road():
    # brings guests to the hotel at 12.00; back at the airport at 13.30 at the earliest
    busy = {100: [Busy(at(10, 30), at(12), AIRPORT, HOTEL)]}

    (early,) = propose([ride(1, at(12, 30), 8)], fleet(VAN, busy=busy), RULES)
    (late,) = propose([ride(1, at(13, 0), 8)], fleet(VAN, busy=busy), RULES)
    (there,) = propose(
        [ride(1, at(12, 30), 8)], fleet(VAN, busy={100: [Busy(at(10), at(12), HOTEL, AIRPORT)]}), RULES
    )

    assert (early.car, late.car, there.car) == (None, 100, 100)


def test_guests_of_different_hotels_or_places_go_apart():
    rides = [
        ride(1, at(14), 3),
        ride(2, at(14), 3, base=INN),
        ride(3, at(14), 3, place=STATION, mode="train"),
    ]

    assert len(gather(rides, RULES)) == 3


def test_a_night_of_the_clocks_keeps_real_minutes():
    """The plane lands at 2.50 and clocks go from 3 to 4: half an hour later it is 4.20."""
    landed = datetime.datetime(2027, 3, 28, 2, 50, tzinfo=VILNIUS)

    (way,) = propose([ride(1, landed.astimezone(datetime.UTC), 3)], fleet(CAR), RULES)

    assert f"{way.starts.astimezone(VILNIUS):%H:%M}" == "04:20"


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_journeys_the_rules_hold(seed):
    """Random journeys of up to sixty guests: each guest once, seats, waiting, empty roads and planes respected."""
    dice = random.Random(seed)
    rides, members = [], 0
    for leg in range(dice.randint(1, 14)):
        people = tuple(range(members, members + dice.randint(1, 12)))
        members += len(people)
        rides.append(
            Ride(
                leg,
                dice.choice(["arrival", "departure"]),
                dice.choice(["flight", "train", "bus", "car"]),
                dice.choice([AIRPORT, STATION]),
                dice.choice([HOTEL, HOTEL, INN, None]),
                at(6) + datetime.timedelta(minutes=dice.randint(0, 900)),
                people,
            )
        )
    pool = fleet(
        *dice.sample([VAN, CAR, BUS], dice.randint(0, 3)), drivers=dice.sample([ALGIS, VYTAS, RIMAS], 2)
    )
    seats = {vehicle.key: vehicle.seats for vehicle in pool.vehicles}

    ways = propose(rides, pool, RULES)

    assert sorted(pk for way in ways for pk in way.people) == list(range(members))
    by_leg = {one.leg: one for one in rides}
    for way in ways:
        ready = [RULES.ready(by_leg[leg]) for leg in way.legs]
        assert max(ready) - min(ready) <= datetime.timedelta(minutes=RULES.waiting)
        if way.direction == "arrival":
            assert way.starts >= max(ready)
        else:
            assert way.ends <= min(ready)
        assert way.car is None or len(way.people) <= seats[way.car]
        assert way.car or way.why
    for key in {*seats, 200, 201, 202}:
        mine = sorted((way.starts, way.ends, way) for way in ways if key in (way.car, way.driver))
        for (_s, ends, one), (starts, _e, other) in pairwise(mine):
            road = 90 if one.end_place != other.start_place else 0
            same_side = {one.end_place, other.start_place} in ({HOTEL, INN}, {AIRPORT, STATION})
            assert ends + datetime.timedelta(minutes=0 if same_side else road) <= starts


def test_two_hundred_and_fifty_guests_take_a_moment():
    rides = [
        ride(leg, at(6) + datetime.timedelta(minutes=7 * leg), 5, "arrival" if leg % 2 else "departure")
        for leg in range(50)
    ]
    vehicles = [Vehicle(300 + n, f"V{n}", 16, "minibus", driver=400 + n) for n in range(20)]
    pool = Fleet(vehicles, [Chauffeur(400 + n, f"D{n}") for n in range(20)], WAYS)

    began = time.perf_counter()
    ways = propose(rides, pool, RULES)

    assert sum(len(way.people) for way in ways) == 250
    assert time.perf_counter() - began < 0.5
