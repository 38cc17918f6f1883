"""What cannot be, sent through the real forms: refused in words at the field, nothing written, nothing typed lost."""

from __future__ import annotations

import datetime
import re
from html import unescape

import pytest
from django.urls import reverse

from core.models import AuditEvent
from delegations.models import Member, ProgrammeItem, Visit
from partners.models import Person
from tests.accounts.factories import UserFactory

from .factories import FIRST_DAY, make_city, make_item, make_member, make_visit

pytestmark = pytest.mark.django_db

ARABIC, EMOJI = "زيارة الوفد", "Draugystė 🤝"


@pytest.fixture
def specialist(client):
    person = UserFactory(role="specialist")
    client.force_login(person)
    return person


def at_field(answer, name: str) -> str:
    """The words beside one field of the page."""
    text = answer.content.decode()
    found = re.search(rf'<(\w+)[^>]* id="div_id_{name}".*?(?= id="div_id_|</form>)', text, re.DOTALL)
    assert found, f"no field {name}"
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[0])).split())


def visit_fields(specialist, **changed):
    return {
        "city": make_city().pk,
        "title": "Opolės mokytojai",
        "basis": "mayor",
        "inviter": "",
        "starts_on": FIRST_DAY.isoformat(),
        "ends_on": (FIRST_DAY + datetime.timedelta(days=2)).isoformat(),
        "expected_guests": "6",
        "purpose": "Mainai.",
        "languages": ["pl"],
        "responsible": specialist.pk,
        "host": "",
        **changed,
    }


def item_fields(visit, **changed):
    return {
        "kind": "meeting",
        "on": visit.starts_on.isoformat(),
        "starts": "9.00",
        "ends": "10.00",
        "title_lt": "Priima meras",
        "title_pl": "",
        "is_for_all": "on",
        **changed,
    }


def member_fields(**changed):
    return {
        "name": "Małgorzata Świętoń",
        "name_language": "pl",
        "gender": "",
        "kind": "member",
        "post_lt": "",
        "post_local": "",
        **changed,
    }


def nothing_new(before: tuple) -> bool:
    return before == counts()


def counts() -> tuple:
    return tuple(rows.objects.count() for rows in (Visit, ProgrammeItem, Member, AuditEvent))


VISIT_FAULTS = [
    ({"ends_on": "2027-06-14"}, "ends_on", "ankstesnė už 2027 m. birželio 15 d."),
    ({"ends_on": "2027-08-13"}, "ends_on", "Vizitas truktų 60 d., o gali trukti ne ilgiau kaip 31 d."),
    ({"starts_on": "2027-02-30"}, "starts_on", "Įveskite tinkamą datą"),
    ({"starts_on": "0001-01-01", "ends_on": "0001-01-02"}, "starts_on", "Patikrinkite metus: 1"),
    ({"starts_on": "9999-12-30", "ends_on": "9999-12-31"}, "ends_on", "Patikrinkite metus: 9999"),
    ({"title": "a" * 5000}, "title", "5000"),
    ({"title": EMOJI}, "title", "🤝 (U+1F91D)"),
    ({"purpose": EMOJI}, "purpose", "🤝 (U+1F91D)"),
    ({"inviter": EMOJI, "basis": "organisation"}, "inviter", "🤝 (U+1F91D)"),
    ({"title": "\x00\x01"}, "title", "privalomas"),
    ({"languages": []}, "languages", "bent vieną kalbą"),
    ({"city": "\x00"}, "city", "Pasirinkite"),
    ({"expected_guests": "9" * 30}, "expected_guests", "Ne daugiau kaip 500."),
]


@pytest.mark.parametrize(("changed", "field", "words"), VISIT_FAULTS)
def test_a_visit_that_cannot_be_is_refused_at_its_field(client, specialist, changed, field, words):
    sent = visit_fields(specialist, **changed)
    before = counts()

    answer = client.post(reverse("delegations:new"), sent)

    assert answer.status_code == 422
    assert words in at_field(answer, field)
    assert nothing_new(before)
    assert answer.context["form"]["purpose"].value() == sent["purpose"]  # what was typed stands there again


@pytest.mark.parametrize(("changed", "field", "words"), VISIT_FAULTS[:2])
def test_a_visit_is_not_changed_into_what_cannot_be(client, specialist, changed, field, words):
    visit = make_visit(specialist)
    sent = visit_fields(specialist, revision=visit.revision, **changed)
    before = counts()

    answer = client.post(reverse("delegations:edit", args=[visit.pk]), sent)

    assert answer.status_code == 422
    assert words in at_field(answer, field)
    assert nothing_new(before)


ITEM_FAULTS = [
    ({"on": "2027-06-25"}, "on", "Diena nepatenka į vizitą"),
    ({"on": "\x00"}, "on", "privalomas"),
    ({"starts": "14", "ends": "13"}, "ends", "Punktas baigiasi anksčiau, nei prasideda: 14.00–13.00"),
    ({"starts": "9", "ends": "9.00"}, "ends", "baigiasi"),
    ({"starts": "25.70"}, "starts", "9.30"),
    ({"starts": ""}, "starts", "dienos dalį"),
    ({"title_lt": "a" * 5000}, "title_lt", "5000"),
    ({"title_pl": EMOJI}, "title_pl", "🤝 (U+1F91D)"),
    ({"description_lt": EMOJI}, "description_lt", "🤝 (U+1F91D)"),
    ({"host_name": EMOJI}, "host_name", "🤝 (U+1F91D)"),
    ({"notes": EMOJI}, "notes", "🤝 (U+1F91D)"),
    ({"notes": "a" * 5000}, "notes", "5000"),
    ({"kind": "accommodation", "until_on": "2027-06-01"}, "until_on", "vėlesnę dieną"),
    ({"kind": "accommodation", "until_on": "2027-07-01"}, "until_on", "vizit"),
    ({"place": "9" * 40}, "place", "Pasirinkite"),
    ({"is_for_all": ""}, "participants", "bent vieną"),
]


@pytest.mark.parametrize(("changed", "field", "words"), ITEM_FAULTS)
def test_an_item_that_cannot_be_is_refused_at_its_field(client, specialist, changed, field, words):
    visit = make_visit(specialist)
    make_member(visit)
    before = counts()

    answer = client.post(reverse("delegations:item_add", args=[visit.pk]), item_fields(visit, **changed))

    assert answer.status_code == 422
    assert words in at_field(answer, field)
    assert nothing_new(before)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": "a" * 5000}, "name", "5000"),
        ({"name": EMOJI}, "name", "🤝 (U+1F91D)"),
        ({"own_name": EMOJI}, "own_name", "🤝 (U+1F91D)"),
        ({"post_lt": EMOJI}, "post_lt", "🤝 (U+1F91D)"),
        ({"diet": EMOJI}, "diet", "🤝 (U+1F91D)"),
        ({"phone": EMOJI}, "phone", "🤝 (U+1F91D)"),
        ({"email": "ne adresas"}, "email", "pašto"),
        ({"name": "Zbigniew Łączyński"}, "name", "jau"),
        ({"name": " zbigniew  ŁĄCZYŃSKI "}, "name", "jau"),
        ({"person": "9" * 40}, "person", "Pasirinkite"),
    ],
)
def test_a_guest_who_cannot_be_is_refused_at_the_field(client, specialist, changed, field, words):
    visit = make_visit(specialist)
    make_member(visit)
    before = counts()

    answer = client.post(reverse("delegations:member_add", args=[visit.pk]), member_fields(**changed))

    assert answer.status_code == 422
    assert words in at_field(answer, field)
    assert nothing_new(before)


def test_a_known_person_comes_once(client, specialist):
    visit = make_visit(specialist)
    person = Person.objects.create(first_name="Anna", last_name="Nowak", language="pl")
    make_member(visit, "Anna Nowak", person=person)
    page = reverse("delegations:member_add", args=[visit.pk])

    answer = client.post(page, member_fields(name="Anna M. Nowak", person=person.pk))

    assert answer.status_code == 422
    assert visit.members.count() == 1


def test_every_writing_of_the_guests_stands_as_it_was_written(client, specialist):
    """Right-to-left names keep their letters and their language; only the marks nobody sees are dropped."""
    visit = make_visit(specialist)
    page = reverse("delegations:member_add", args=[visit.pk])
    georgian = "ლევან ბერიძე"

    for name, own in (("Yasir Haddad", ARABIC), ("Moshe Levi", "משה לוי\u202e"), ("Levan Beridze", georgian)):
        assert client.post(page, member_fields(name=name, own_name=own)).status_code == 302

    assert sorted(visit.members.values_list("own_name", flat=True)) == sorted([ARABIC, "משה לוי", georgian])
    shown = client.get(reverse("delegations:members", args=[visit.pk])).content.decode()
    assert all(own in shown for own in (ARABIC, "משה לוי", georgian))


def test_control_characters_are_dropped_before_they_are_kept(client, specialist):
    visit = make_visit(specialist)

    client.post(
        reverse("delegations:item_add", args=[visit.pk]),
        item_fields(visit, title_lt="Priima\x0bmeras\x00\x1b", notes="Pirma\r\nantra\x07\x85"),
    )

    item = visit.items.get()
    assert (item.title_in("lt"), item.notes) == ("Priima meras", "Pirma\nantra")


@pytest.mark.parametrize("minutes", ["0", "9999", "daug", "\x00"])
def test_a_shift_that_cannot_be_is_refused_at_its_field(client, specialist, minutes):
    visit = make_visit(specialist)
    make_item(visit)
    asked = {"on": visit.starts_on.isoformat(), "since": "8", "minutes": minutes}
    page = reverse("delegations:shift", args=[visit.pk])

    preview, deed = client.get(page, asked), client.post(page, asked)

    assert deed.status_code == 422
    assert preview.context["shifts"] == []
    assert preview.context["form"].errors["minutes"]
    assert visit.items.get().starts == datetime.time(9)


def test_a_move_leads_back_to_the_page_of_days_it_was_made_on(client, specialist):
    visit = make_visit(specialist, days=12)
    item = make_item(visit, day=8)
    on = (item.on + datetime.timedelta(days=1)).isoformat()

    answer = client.post(
        reverse("delegations:item_move", args=[visit.pk, item.pk]), {"on": on, "starts": "9.10"}
    )

    assert answer.url == f"{visit.get_absolute_url()}?diena={on}#item-{item.pk}"
    page = client.get(answer.url.split("#")[0])
    assert (page.context["table"].page, page.context["phone_day"].isoformat()) == (2, on)
    undo = re.search(r'action="([^"]+/perkelti/[^"]+)"', page.content.decode())
    client.post(unescape(undo[1]))
    item.refresh_from_db()
    assert (item.on, item.starts) == (visit.starts_on + datetime.timedelta(days=7), datetime.time(9))


def test_a_way_back_does_not_undo_somebody_elses_later_move(client, specialist):
    visit = make_visit(specialist)
    item = make_item(visit)
    page = reverse("delegations:item_move", args=[visit.pk, item.pk])
    first = client.post(page, {"on": item.on.isoformat(), "starts": "11"}, follow=True).content.decode()
    undo = unescape(re.search(r'action="([^"]+/perkelti/[^"]+)"', first)[1])
    client.post(page, {"on": item.on.isoformat(), "starts": "14"})

    answer = client.post(undo, follow=True).content.decode()

    item.refresh_from_db()
    assert item.starts == datetime.time(14)
    assert "ką tik pakeitė" in answer


MOVES = [
    {"on": "2027-07-01"},
    {"on": "vakar"},
    {"on": "\x00", "starts": "\x00"},
    {"on": "10000-01-01"},
    {"starts": "99"},
    {"revision": "9" * 5000},
    {"revision": "²"},
]


@pytest.mark.parametrize("asked", MOVES)
def test_a_move_that_cannot_be_leaves_the_item(client, specialist, asked):
    visit = make_visit(specialist)
    item = make_item(visit)
    sent = {"on": item.on.isoformat(), "starts": "9.00", **asked}

    answer = client.post(reverse("delegations:item_move", args=[visit.pk, item.pk]), sent, follow=True)

    assert answer.status_code == 200
    item.refresh_from_db()
    assert (item.on, item.starts) == (visit.starts_on, datetime.time(9))
