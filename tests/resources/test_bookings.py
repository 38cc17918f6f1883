"""Soft bookings warn, firm ones exclude; a refusal names the holder and who is free."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from core.actor import Actor
from core.errors import DomainError
from resources import services
from resources.models import Booking
from resources.services import ResourceTakenError, Wish
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_note
from tests.resources.factories import CarFactory, HallFactory, at, make_interpreter

SYSTEM = Actor.system()


@pytest.mark.django_db
def test_firm_bookings_of_one_resource_never_overlap():
    car, matter = CarFactory(), make_note()
    values = {"resource": car, "matter": matter, "what": "kelionė", "is_firm": True}
    Booking.objects.create(period=DateTimeTZRange(at(9), at(10)), key="a", **values)

    Booking.objects.create(period=DateTimeTZRange(at(10), at(11)), key="b", **values)  # right after is free
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(period=DateTimeTZRange(at(9, 59), at(10, 30)), key="c", **values)


@pytest.mark.django_db
def test_drafts_may_hold_the_same_and_are_told():
    interpreter, one, other = make_interpreter("Kornelija Šimkutė", "pl"), make_note(), make_note()
    services.hold(one, [Wish(interpreter.pk, "item:1", at(14, 30), at(16), "Susitikimas")], by=SYSTEM)
    services.hold(other, [Wish(interpreter.pk, "item:2", at(15), at(16, 30), "Verslo forumas")], by=SYSTEM)

    (clash,) = services.clashes(one)

    assert (clash.mine.what, clash.other.what) == ("Susitikimas", "Verslo forumas")
    assert clash.resource.name == "Kornelija Šimkutė"


@pytest.mark.django_db
def test_hold_makes_bookings_exactly_what_is_wished():
    car, hall, matter = CarFactory(), HallFactory(), make_note()
    services.hold(
        matter,
        [Wish(car.pk, "item:1", at(9), at(10), "a"), Wish(hall.pk, "item:1", at(9), at(10), "a")],
        by=SYSTEM,
    )
    services.confirm(matter, by=SYSTEM)

    services.hold(matter, [Wish(car.pk, "item:1", at(11), at(12), "a")], by=SYSTEM)

    booking = Booking.objects.get()
    assert (booking.resource_id, booking.starts_at, booking.is_firm) == (car.pk, at(11), False)


@pytest.mark.django_db
def test_confirm_refuses_whole_and_names_holder_and_free_one():
    taken, free = (
        make_interpreter("Kornelija Šimkutė", "pl"),
        make_interpreter("Austėja Balčytytė", "pl", "uk"),
    )
    make_interpreter("Līga Ozoliņa", "lv")
    car, first, second = CarFactory(), make_note(), make_note()
    services.book(taken, at(15), at(16, 30), matter=first, what="Verslo forumas", by=SYSTEM)
    services.hold(
        second,
        [
            Wish(taken.pk, "item:1", at(14), at(16), "Susitikimas"),
            Wish(car.pk, "item:1", at(14), at(16), "Susitikimas"),
        ],
        by=SYSTEM,
    )

    with pytest.raises(ResourceTakenError) as refused:
        services.confirm(second, by=SYSTEM)

    assert "Verslo forumas" in str(refused.value)
    assert [resource.name for resource in refused.value.free] == [free.name]
    assert not Booking.objects.of_matter(second).firm().exists()


@pytest.mark.django_db
def test_the_refusal_tells_when_this_very_one_is_free_for_as_long():
    car, other = CarFactory(seats=4), CarFactory(seats=16)
    services.book(car, at(9), at(10), matter=make_note(), what="Pirma", by=SYSTEM)
    services.book(car, at(10, 30), at(12), matter=make_note(), what="Antra", by=SYSTEM)

    with pytest.raises(ResourceTakenError) as refused:
        services.book(car, at(9, 30), at(10, 30), matter=make_note(), what="Trečia", by=SYSTEM)

    assert refused.value.again == (at(12), at(13))
    assert refused.value.free == [other]
    assert "12.00–13.00" in str(refused.value)


@pytest.mark.django_db
def test_one_taken_for_a_month_is_not_promised():
    car = CarFactory()
    services.block(car, at(9), at(9) + datetime.timedelta(days=60), what="remontas", by=SYSTEM)

    assert services.next_free(car, at(10), at(11)) is None


@pytest.mark.django_db
def test_refusal_does_not_name_a_matter_one_may_not_see():
    car, stranger = CarFactory(), UserFactory(role="specialist")
    secret = make_note(title="Slaptas", access="leadership")
    services.book(car, at(9), at(10), matter=secret, what="Slapta kelionė", by=SYSTEM)

    with pytest.raises(ResourceTakenError) as refused:
        services.book(car, at(9), at(10), matter=make_note(), what="Kelionė", by=stranger.actor)

    assert "Slapta" not in str(refused.value)


@pytest.mark.django_db
def test_free_resources_speak_the_language_and_have_the_seats():
    pole = make_interpreter("Kornelija Šimkutė", "pl")
    make_interpreter("Līga Ozoliņa", "lv")
    small, big = CarFactory(seats=4), CarFactory(seats=45)
    services.book(pole, at(9), at(10), matter=make_note(), what="x", by=SYSTEM)

    assert list(services.free_resources("interpreter", at(10), at(11), language="pl")) == [pole]
    assert list(services.free_resources("interpreter", at(9, 30), at(11), language="pl")) == []
    assert list(services.free_resources("car", at(9), at(10), seats=5)) == [big]
    assert small in services.free_resources("car", at(9), at(10))


@pytest.mark.django_db
def test_away_time_excludes_and_closing_waits_for_bookings():
    car, matter = CarFactory(), make_note()
    services.block(car, at(0), at(0, day=20), what="remontas", by=SYSTEM)
    with pytest.raises(ResourceTakenError):
        services.book(car, at(9), at(10), matter=matter, what="x", by=SYSTEM)

    other = CarFactory()
    services.book(
        other,
        at(9, day=1).replace(year=2099),
        at(10, day=1).replace(year=2099),
        matter=matter,
        what="x",
        by=SYSTEM,
    )
    with pytest.raises(DomainError):
        services.close_resource(other, by=SYSTEM)
    services.release_matter(matter, by=SYSTEM)
    services.close_resource(other, by=SYSTEM)
    other.refresh_from_db()
    assert not other.is_active


@pytest.mark.django_db
def test_booking_backwards_is_refused_in_words():
    with pytest.raises(DomainError):
        services.book(CarFactory(), at(10), at(9), matter=make_note(), what="x", by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_take_the_same_car_at_once():
    car, matters = CarFactory(), [make_note(), make_note()]
    start, results = threading.Barrier(2), []

    def take(matter):
        try:
            start.wait()
            services.book(car, at(9), at(10), matter=matter, what="x", by=SYSTEM)
            results.append("taken")
        except ResourceTakenError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[matter]) for matter in matters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(results) == ["refused", "taken"]
    assert Booking.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_programmes_approved_at_once_do_not_get_the_same_interpreter():
    interpreter, matters = make_interpreter("Kornelija Šimkutė", "pl"), [make_note(), make_note()]
    for number, matter in enumerate(matters):
        services.hold(
            matter,
            [Wish(interpreter.pk, "item:1", at(9 + number), at(11 + number), "Susitikimas")],
            by=SYSTEM,
        )
    start, results = threading.Barrier(2), []

    def approve(matter):
        try:
            start.wait()
            services.confirm(matter, by=SYSTEM)
            results.append("booked")
        except ResourceTakenError as refusal:
            results.append("refused" if refusal.taken else "?")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[matter]) for matter in matters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(results) == ["booked", "refused"]
    assert Booking.objects.firm().count() == 1
