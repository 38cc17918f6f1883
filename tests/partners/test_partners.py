"""Partner cities, their people and posts by date."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.actor import Actor
from core.errors import StaleWriteError
from core.models import AccessRecord, AuditEvent, PersonalValue
from partners import map as maps
from partners import rooms, services
from partners.models import City, CityEvent, Person, PersonPost
from partners.models.people import CONTACT_PURPOSE
from tests.accounts.factories import UserFactory
from tests.partners.factories import CityFactory, PersonFactory, make_post

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def test_sync_cities_brings_the_list_once_and_leaves_what_people_changed():
    first = services.sync_cities(by=SYSTEM)
    opole = City.objects.get(name_local="Opole")
    services.save_city(opole, by=SYSTEM, fields=["note"], revision=opole.revision)
    City.objects.filter(pk=opole.pk).update(note="Kaip pataisė žmogus", status="ended")

    second = services.sync_cities(by=SYSTEM)

    assert (first["added"], second) == (23, {"added": 0, "filled": 0, "events": 0})
    opole.refresh_from_db()
    assert (opole.note, opole.status) == ("Kaip pataisė žmogus", "ended")
    assert CityEvent.objects.filter(city=opole).count() == 2


def test_sync_cities_keeps_sources_and_doubts():
    services.sync_cities(by=SYSTEM)

    assert not City.objects.filter(source="").exists()
    assert not City.objects.get(name_local="Rouen").is_verified
    assert City.objects.get(name_local="Amata").succeeded_by.name_local == "Cēsis"


def test_sync_cities_rehearsed_writes_nothing():
    assert services.sync_cities(by=SYSTEM, dry_run=True)["added"] == 23
    assert not City.objects.exists()


def test_cities_stand_in_lithuanian_order():
    for name in ("Žiežmariai", "Šalčininkai", "Sejny", "Čekiškė", "Cēsis", "Yla", "Ita"):
        CityFactory(name_lt=name, name_local=name)

    names = [city.name_lt for city in City.objects.all()]

    assert names == ["Cēsis", "Čekiškė", "Yla", "Ita", "Sejny", "Šalčininkai", "Žiežmariai"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": 50.6, "longitude": None},
        {"latitude": 95, "longitude": 20},
        {"status": "succeeded"},
    ],
)
def test_city_that_cannot_be_is_refused_by_the_database(wrong):
    city = CityFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        City.objects.filter(pk=city.pk).update(**wrong)


def test_posts_hold_by_date():
    city, person = CityFactory(), PersonFactory()
    make_post(person, city, "komiteto narys", "2018-11-20", "2024-05-06", rank=40)
    make_post(person, city, "meras", "2024-05-07", rank=10)

    held = Person.objects.with_posts().get(pk=person.pk)

    assert [post.title_lt for post in held.posts_on(datetime.date(2024, 5, 6))] == ["komiteto narys"]
    assert [post.title_lt for post in held.posts_on(datetime.date(2024, 5, 7))] == ["meras"]
    assert City.objects.with_people_count(datetime.date(2024, 5, 7)).get(pk=city.pk).people_count == 1


def test_post_that_ends_before_it_begins_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(PersonFactory(), CityFactory(), "meras", "2024-05-07", "2024-05-06")


def test_stale_city_is_refused_with_theirs():
    city = CityFactory()
    mine = City.objects.get(pk=city.pk)
    city.note = "pirmas"
    services.save_city(city, by=SYSTEM, fields=["note"], revision=1)

    mine.note = "antras"
    with pytest.raises(StaleWriteError) as refused:
        services.save_city(mine, by=SYSTEM, fields=["note"], revision=1)

    assert refused.value.theirs.note == "pirmas"


def test_contacts_are_encrypted_read_on_request_and_erased(client, specialist):
    person = PersonFactory()
    services.save_person(
        person, by=SYSTEM, fields=["first_name"], contacts={"email": "z@example.org", "phone": ""}
    )
    url = reverse("partners:person", args=[person.pk])

    closed = client.get(url)
    assert "z@example.org" not in closed.content.decode()
    assert not AccessRecord.objects.exists()
    assert b"z@example.org" not in bytes(PersonalValue.objects.get().ciphertext)

    assert "z@example.org" in client.get(f"{url}?kontaktai=1").content.decode()
    assert AccessRecord.objects.get().actor_user == specialist

    client.post(reverse("partners:contacts_erase", args=[person.pk]))
    assert not PersonalValue.objects.filter(purpose=CONTACT_PURPOSE).exists()
    assert "z@example.org" not in str(list(AuditEvent.objects.values("data", "subject_label")))


def test_contacts_are_not_for_those_who_may_not_read_them(client):
    person = PersonFactory()
    services.save_person(person, by=SYSTEM, fields=["first_name"], contacts={"email": "z@example.org"})
    client.force_login(UserFactory(role="auditor"))

    response = client.get(f"{reverse('partners:person', args=[person.pk])}?kontaktai=1")

    assert "z@example.org" not in response.content.decode()
    assert client.post(reverse("partners:contacts_erase", args=[person.pk])).status_code == 403


def test_search_finds_names_and_never_contacts():
    city, person = CityFactory(name_lt="Opolė"), PersonFactory(own_name="Збіґнєв")
    make_post(person, city, "meras")
    services.save_person(person, by=SYSTEM, fields=["first_name"], contacts={"email": "z@example.org"})

    (found,) = rooms._people([person.pk])

    assert "Opolė" in found.text
    assert "Збіґнєв" in found.text
    assert "z@example.org" not in f"{found.text} {found.subtitle}"


@pytest.mark.parametrize("name", ["partners:list", "partners:people"])
def test_list_queries_do_not_grow(client, specialist, django_assert_max_num_queries, name):
    city = CityFactory()
    make_post(PersonFactory(), city, "meras")
    client.get(reverse(name))
    with django_assert_max_num_queries(20) as one:
        client.get(reverse(name))
    for _n in range(4):
        make_post(PersonFactory(), CityFactory(), "meras")
    with django_assert_max_num_queries(len(one)):
        client.get(reverse(name))


def test_city_form_says_what_is_wrong_and_loses_nothing(client, specialist):
    data = {
        "name_lt": "Opolė",
        "name_local": "Opole",
        "country": "PL",
        "unit": "city",
        "status": "succeeded",
        "agreement_kind": "agreement",
        "agreement_year": "1066",
        "latitude": "50.6",
        "note": "Kas įrašyta",
    }
    response = client.post(reverse("partners:city_add"), data)

    assert response.status_code == 422
    assert set(response.context_data["form"].errors) == {"succeeded_by", "agreement_year", "longitude"}
    assert "Kas įrašyta" in response.content.decode()
    assert not City.objects.exists()


def test_city_form_with_stale_revision_shows_both_texts(client, specialist):
    city = CityFactory(name_lt="Opolė")
    url = reverse("partners:city_change", args=[city.pk])
    data = {"name_lt": "Opolė", "name_local": "Opole", "country": "PL", "unit": "city", "status": "active"}
    data |= {"agreement_kind": "agreement", "revision": "1"}

    assert client.post(url, data | {"note": "pirmas"}).status_code == 302
    response = client.post(url, data | {"note": "antras"})

    assert response.status_code == 409
    assert "pirmas" in response.content.decode()
    assert "antras" in response.content.decode()


def test_same_city_twice_is_refused_in_words(client, specialist):
    CityFactory(name_local="Opole", country="PL")
    data = {"name_lt": "Opolė", "name_local": "Opole", "country": "PL", "unit": "city", "status": "active"}

    response = client.post(reverse("partners:city_add"), data | {"agreement_kind": "agreement"})

    assert response.status_code == 422
    assert City.objects.count() == 1


def test_new_person_goes_on_to_a_post(client, specialist):
    city = CityFactory()
    data = {"first_name": "Nino", "last_name": "Gelašvili", "own_name": "ნინო გელაშვილი", "language": "ka"}
    response = client.post(f"{reverse('partners:person_add')}?city={city.pk}", data | {"is_active": "on"})
    person = Person.objects.get()
    assert response.url == f"{reverse('partners:post_add', args=[person.pk])}?city={city.pk}"

    client.post(response.url, {"city": city.pk, "title_lt": "choreografė", "rank": "70"})

    assert PersonPost.objects.get().person == person
    assert client.get(reverse("partners:city_people", args=[city.pk])).status_code == 200


def test_map_places_cities_and_lists_those_beyond(client, specialist):
    services.sync_cities(by=SYSTEM)

    drawing = client.get(reverse("partners:map")).context_data["drawing"]

    assert [city.name_local for city in drawing.beyond] == ["Rochester (New York)"]
    assert all(0 < point.x < drawing.width and 0 < point.y < drawing.height for point in drawing.points)
    far = City.objects.get(name_local="Rochester (New York)")
    assert maps.draw_one(far, []).outline == "world"


@pytest.mark.parametrize("name", ["partners:list", "partners:map", "partners:people"])
def test_pages_refuse_those_without_the_permission(client, name):
    client.force_login(UserFactory(role="unit_contact"))
    assert client.get(reverse(name)).status_code == 403
