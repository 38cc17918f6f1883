"""Interpreters: the language of the guests, hours and fee from the programme, how the work went."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from core.models import AuditEvent
from delegations import services, warnings
from delegations.board import load_board
from resources import services as resources
from resources.models import Interpreter, InterpreterWork
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_interpreter, make_item, make_member, make_visit

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def past_visit(by=None):
    return make_visit(by, starts_on=timezone.localdate() - 10 * DAY)


def language_warnings(visit):
    found, _explained = warnings.find(load_board(visit))
    return [one for one in found if one.key.startswith("language:")]


def test_an_interpreter_without_the_guests_language_is_warned_of_and_another_offered():
    visit = make_visit()
    make_member(visit, "Ada A", languages=["pl"])
    latvian, pole = make_interpreter("Līga Ozoliņa", "lv"), make_interpreter("Kornelija Šimkutė", "pl")
    item = make_item(visit, "9.00", "10.00", served_by=[latvian])

    (warning,) = language_warnings(visit)

    assert warning.items == (item.pk,)
    assert "Līga Ozoliņa" in warning.text
    assert warning.fixes[0].data == {"item": item.pk, "old": latvian.pk, "new": pole.pk}
    services.swap_resource(item, latvian, pole, by=visit.responsible.actor)
    assert language_warnings(visit) == []


def test_the_language_of_those_who_take_part_counts():
    visit = make_visit()
    pole, german = (
        make_member(visit, "Ada A", languages=["pl"]),
        make_member(visit, "Hans H", languages=["de"]),
    )
    interpreter = make_interpreter("Indrė Stasytytė", "de")
    make_item(visit, "9.00", "10.00", served_by=[interpreter], is_for_all=False, participants=[german])
    assert language_warnings(visit) == []

    make_item(visit, "11.00", "12.00", served_by=[interpreter], is_for_all=False, participants=[pole])
    assert len(language_warnings(visit)) == 1


def test_guests_who_named_no_language_speak_the_visits():
    visit = make_visit(languages=["pl"])
    make_member(visit)
    make_item(visit, "9.00", "10.00", served_by=[make_interpreter("Līga", "lv")])

    assert len(language_warnings(visit)) == 1


def test_one_taken_elsewhere_is_offered_when_free_and_another_at_once():
    visit, other = make_visit(), make_visit(title="Kita delegacija")
    taken, spare = make_interpreter("Kornelija Šimkutė"), make_interpreter("Austėja Balčytytė")
    make_item(other, "9.00", "10.30", served_by=[taken])
    item = make_item(visit, "10.00", "11.00", served_by=[taken])
    make_item(visit, "10.45", "11.15", served_by=[taken])

    found, _explained = warnings.find(load_board(visit))
    clash = next(one for one in found if one.key.startswith(f"resource:{taken.pk}:{item.pk}:booking"))

    assert clash.fixes[0].data["new"] == spare.pk
    assert (clash.fixes[1].verb, clash.fixes[1].data["starts"]) == ("move", "11:15")


def test_hours_and_fee_come_from_the_programme(client, specialist):
    visit = make_visit(specialist)
    make_member(visit)
    interpreter = make_interpreter()
    Interpreter.objects.filter(pk=interpreter.pk).update(fee=Decimal("35"))
    make_item(visit, "9.00", "10.10", served_by=[interpreter])
    make_item(visit, "14.00", "16.00", served_by=[interpreter])

    (work,) = resources.works_of_matter(visit)

    assert (work.minutes, work.hours, work.cost) == (190, Decimal("3.25"), Decimal("113.75"))
    page = client.get(reverse("delegations:services", args=[visit.pk]))
    assert page.context_data["costs"].total == Decimal("113.75")


def test_a_fee_nobody_wrote_is_missing_not_zero(client, specialist):
    visit = make_visit(specialist)
    make_item(visit, "9.00", "10.00", served_by=[make_interpreter()])
    (work,) = resources.works_of_matter(visit)
    assert (work.is_paid, work.cost) == (True, None)
    page = client.get(reverse("delegations:services", args=[visit.pk]))
    assert page.context_data["costs"].unpriced == 1
    assert "0,00" not in page.content.decode()

    Interpreter.objects.update(is_staff=True)
    (work,) = resources.works_of_matter(visit)
    assert not work.is_paid


def test_the_work_is_rated_in_words_and_the_average_shown(client, specialist):
    visit, interpreter = past_visit(specialist), make_interpreter()
    make_item(visit, "9.00", "11.00", served_by=[interpreter])
    url = reverse("delegations:interpreter_work", args=[visit.pk, interpreter.pk])

    assert client.post(url, {"rating": "5", "words": ""}).context_data["form"].errors.keys() == {"words"}
    assert client.post(url, {"rating": "", "words": "Puiku"}).context_data["form"].errors.keys() == {"rating"}
    assert client.post(url, {"rating": "6", "words": "Puiku"}).status_code == 422
    assert client.post(url, {"hours": "-1"}).status_code == 422
    client.post(url, {"hours": "2,5", "rating": "4", "words": "Tiksliai ir laiku."})

    row = InterpreterWork.objects.get()
    assert (row.rating, row.hours, row.words, row.actor_user) == (
        4,
        Decimal("2.50"),
        "Tiksliai ir laiku.",
        specialist,
    )
    assert Interpreter.objects.with_rating().get().rating == 4
    assert "Tiksliai ir laiku." in client.get(interpreter.get_absolute_url()).content.decode()
    assert "Tiksliai" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_ratings_are_read_only_by_those_who_choose(client):
    visit, interpreter = past_visit(), make_interpreter()
    make_item(visit, "9.00", "11.00", served_by=[interpreter])
    resources.record_work(interpreter, visit, by=visit.responsible.actor, rating=2, words="Vėlavo valandą.")
    client.force_login(UserFactory(role="auditor"))

    for url in (
        interpreter.get_absolute_url(),
        reverse("resources:directory", args=["vertejai"]),
        reverse("resources:directory", args=["vertejai"]) + "?export=csv",
        reverse("delegations:services", args=[visit.pk]),
    ):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Vėlavo" not in answer.content.decode()
    assert (
        client.get(reverse("delegations:interpreter_work", args=[visit.pk, interpreter.pk])).status_code
        == 403
    )


def test_work_that_has_not_begun_is_not_rated():
    visit, interpreter = make_visit(), make_interpreter()
    make_item(visit, "9.00", "11.00", served_by=[interpreter])

    with pytest.raises(DomainError) as refusal:
        resources.record_work(interpreter, visit, by=visit.responsible.actor, rating=5, words="Puiku")

    assert refusal.value.field == "rating"


def test_two_who_rate_see_both_texts(client, specialist):
    visit, interpreter = past_visit(specialist), make_interpreter()
    make_item(visit, "9.00", "11.00", served_by=[interpreter])
    row = resources.record_work(interpreter, visit, by=specialist.actor, rating=5, words="Puiku")
    resources.record_work(
        interpreter, visit, by=specialist.actor, revision=row.revision, rating=4, words="Gerai"
    )

    answer = client.post(
        reverse("delegations:interpreter_work", args=[visit.pk, interpreter.pk]),
        {"rating": "1", "words": "Blogai", "revision": row.revision},
    )

    assert answer.status_code == 409
    assert InterpreterWork.objects.get().rating == 4


def test_the_database_refuses_a_rating_without_words_or_beyond_five():
    visit, interpreter = past_visit(), make_interpreter()
    for values in ({"rating": 5, "words": ""}, {"rating": 6, "words": "Puiku"}):
        with pytest.raises(IntegrityError, match="rated_in_words"), transaction.atomic():
            InterpreterWork.objects.create(interpreter=interpreter, matter=visit, **values)


@pytest.mark.parametrize(
    ("number", "until", "covered"),
    [("V-1", 30, True), ("V-1", 1, False), ("", None, False), ("V-1", None, True)],
)
def test_a_contract_covers_the_days_of_the_work(number, until, covered):
    visit, interpreter = make_visit(), make_interpreter()
    make_item(visit, "9.00", "11.00", day=3, served_by=[interpreter])
    Interpreter.objects.update(
        contract_number=number, contract_until=visit.starts_on + until * DAY if until is not None else None
    )

    (work,) = resources.works_of_matter(visit)

    assert work.is_covered is covered


def test_costs_go_into_a_workbook_and_missing_prices_stay_empty(client, specialist):
    import io
    import zipfile

    visit, interpreter = make_visit(specialist), make_interpreter("=cmd|' /C calc'!A0")
    make_item(visit, "9.00", "11.00", served_by=[interpreter])

    answer = client.get(reverse("delegations:costs_xlsx", args=[visit.pk]))

    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = (
            book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else sheet
        )
    assert "<f>" not in sheet
    assert "cmd|" in strings
