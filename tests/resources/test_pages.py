"""The directories, the week board and the minutes between places."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actor import Actor
from resources import services
from resources.models import Booking, Interpreter, Place, PlaceDistance
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_note
from tests.resources.factories import CarFactory, HallFactory, PlaceFactory, make_interpreter

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def test_minutes_are_estimated_until_somebody_says():
    hall = PlaceFactory()
    punia = PlaceFactory(town="Punia", latitude="54.51220", longitude="24.09360")
    nowhere = PlaceFactory(latitude=None, longitude=None)

    estimated = services.minutes_between(hall, punia)
    assert estimated.is_estimate
    assert 20 <= estimated.minutes <= 30
    assert services.minutes_between(hall, nowhere).minutes is None

    services.set_minutes(punia, hall, 25, by=SYSTEM)
    assert (
        services.minutes_between(hall, punia).minutes,
        services.minutes_between(punia, hall).is_estimate,
    ) == (25, False)


def test_travel_table_is_one_query(django_assert_num_queries):
    places = [PlaceFactory() for _n in range(6)]
    with django_assert_num_queries(1):
        assert len(services.travel_table(places)) == 36


def test_place_page_sets_and_forgets_minutes(client, specialist):
    one, other = PlaceFactory(), PlaceFactory()
    url = reverse("resources:place", args=[one.pk])

    assert client.post(url, {"other": other.pk, "minutes": "0"}).status_code == 422
    client.post(url, {"other": other.pk, "minutes": "17"})
    assert PlaceDistance.objects.get().minutes == 17

    client.post(reverse("resources:minutes_forget", args=[one.pk, other.pk]))
    assert not PlaceDistance.objects.exists()


def test_interpreter_form_keeps_languages_and_encrypts_contacts(client, specialist):
    data = {
        "name": "Kornelija Šimkutė",
        "gender": "f",
        "is_active": "on",
        "languages": ["pl", "en"],
        "sworn": ["pl"],
    }
    client.post(
        reverse("resources:resource_add", args=["vertejai"]), data | {"fee": "35", "phone": "+370 600"}
    )
    row = Interpreter.objects.get()
    assert {(pair.other, pair.is_sworn) for pair in row.pairs.all()} == {("pl", True), ("en", False)}

    page = reverse("resources:resource", args=[row.pk])
    assert "+370 600" not in client.get(page).content.decode()
    assert "+370 600" in client.get(f"{page}?kontaktai=1").content.decode()


def test_interpreter_form_says_what_is_wrong(client, specialist):
    data = {"name": "Kornelija", "gender": "f", "languages": ["en"], "sworn": ["pl"], "fee": "-3"}
    response = client.post(reverse("resources:resource_add", args=["vertejai"]), data)

    assert response.status_code == 422
    assert "sworn" in response.context_data["form"].errors
    assert not Interpreter.objects.exists()


def test_resource_changed_by_two_shows_both_texts(client, specialist):
    car = CarFactory(name="Senas")
    url = reverse("resources:resource_change", args=[car.pk])
    data = {"name": "Pirmas", "body": "car", "seats": "4", "is_active": "on", "revision": "1"}

    assert client.post(url, data).status_code == 302
    assert client.post(url, data | {"name": "Antras"}).status_code == 409
    car.refresh_from_db()
    assert (car.name, car.seats) == ("Pirmas", 4)


def test_away_is_written_down_and_taken_back(client, specialist):
    car = CarFactory()
    url = reverse("resources:resource", args=[car.pk])
    assert (
        client.post(url, {"what": "remontas", "first": "2099-02-10", "last": "2099-02-09"}).status_code == 422
    )

    client.post(url, {"what": "remontas", "first": "2099-02-10", "last": "2099-02-12"})
    booking = Booking.objects.get()
    assert timezone.localtime(booking.ends_at).date().isoformat() == "2099-02-13"

    client.post(reverse("resources:block_delete", args=[booking.pk]))
    assert not Booking.objects.exists()


def test_week_board_hides_what_one_may_not_see(client, specialist):
    car = CarFactory()
    now = timezone.now().replace(hour=9, minute=0)
    secret = make_note(title="Slaptas", access="leadership")
    services.book(
        car, now, now + timezone.timedelta(hours=1), matter=secret, what="Slapta kelionė", by=SYSTEM
    )
    services.book(
        car,
        now + timezone.timedelta(hours=2),
        now + timezone.timedelta(hours=3),
        matter=make_note(),
        what="Kelionė",
        by=SYSTEM,
    )

    page = client.get(reverse("resources:week")).content.decode()

    assert "Slapta kelionė" not in page
    assert "Kelionė" in page


def test_week_board_queries_do_not_grow(client, specialist, django_assert_max_num_queries):
    now = timezone.now()

    def add():
        services.book(
            CarFactory(), now, now + timezone.timedelta(hours=1), matter=make_note(), what="x", by=SYSTEM
        )

    add()
    client.get(reverse("resources:week"))
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("resources:week"))
    for _n in range(4):
        add()
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("resources:week"))


@pytest.mark.parametrize("week", ["2026-13-45", "x", "0001-01-01", "9999-12-31"])
def test_week_board_forgives_a_wrong_day(client, specialist, week):
    assert client.get(reverse("resources:week"), {"nuo": week}).status_code == 200


@pytest.mark.parametrize("slug", ["vertejai", "automobiliai", "vairuotojai", "sales", "iranga"])
def test_directories_show_and_do_not_grow(client, specialist, slug, django_assert_max_num_queries):
    url = reverse("resources:directory", args=[slug])
    make_interpreter("Kornelija Šimkutė", "pl"), CarFactory(), HallFactory()
    client.get(url)
    with django_assert_max_num_queries(20) as one:
        assert client.get(url).status_code == 200
    for n in range(4):
        make_interpreter(f"Vertėja {n}", "pl", "en"), CarFactory(), HallFactory()
    with django_assert_max_num_queries(len(one)):
        client.get(url)
    assert client.get(reverse("resources:resource_add", args=[slug])).status_code == 200


def test_place_twice_is_refused_in_words(client, specialist):
    PlaceFactory(name="Rotušė", town="Alytus")
    data = {
        "name": "Rotušė",
        "town": "Alytus",
        "kind": "culture",
        "zone": "Europe/Vilnius",
        "is_active": "on",
    }

    assert client.post(reverse("resources:place_add"), data).status_code == 422
    assert Place.objects.count() == 1


def test_unknown_kind_is_not_found(client, specialist):
    assert client.get("/istekliai/kazkas/").status_code == 404


def test_readers_may_not_change(client):
    car = CarFactory()
    client.force_login(UserFactory(role="auditor"))
    assert client.get(reverse("resources:resource", args=[car.pk])).status_code == 200
    assert client.post(reverse("resources:resource_close", args=[car.pk])).status_code == 403
    assert client.post(reverse("resources:resource", args=[car.pk]), {"what": "x"}).status_code == 403
