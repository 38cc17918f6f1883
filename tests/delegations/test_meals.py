"""Meals are counted from the guests: heads, diets without names, tables."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from core.errors import DomainError
from core.models import AccessRecord, AuditEvent
from delegations import services
from delegations.choices import ItemKind
from delegations.models import MealOrder, TableSeat
from tests.accounts.factories import UserFactory
from tests.delegations.factories import FIRST_DAY, make_item, make_member, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def make_meal(visit, **fields):
    return make_item(visit, "12.30", "14.00", kind=ItemKind.MEAL, title="Pietūs", **fields)


def meal_url(item, name="meal"):
    return reverse(f"delegations:{name}", args=[item.visit_id, item.pk])


def test_diets_are_counted_without_names_and_the_reading_is_logged(client, specialist):
    visit = make_visit(specialist)
    ada = make_member(visit, "Ada A", values={"diet": "Vegetariška"})
    make_member(visit, "Bea B", values={"diet": "vegetariška"})
    make_member(visit, "Cleo C", values={"diet": "be glitimo"})
    make_member(visit, "Dora D")
    all_of_them, few = make_meal(visit), make_meal(visit, day=2, is_for_all=False, participants=[ada])
    AccessRecord.objects.all().delete()

    page = client.get(meal_url(all_of_them))

    assert {word.lower(): count for word, count in page.context_data["diets"].items()} == {
        "vegetariška": 2,
        "be glitimo": 1,
    }
    assert page.context_data["no_diet"] == 1
    record = AccessRecord.objects.get()
    assert (record.fields, record.matter_pk, record.actor_user) == (["diet"], visit.pk, specialist)
    assert list(client.get(meal_url(few)).context_data["diets"].values()) == [1]


def test_who_may_not_read_diets_sees_heads_only(client):
    visit = make_visit()
    make_member(visit, values={"diet": "be riešutų"})
    item = make_meal(visit)
    client.force_login(UserFactory(role="accountant"))

    assert client.get(meal_url(item)).status_code == 403
    page = client.get(reverse("delegations:services", args=[visit.pk]))
    assert page.context_data["meals"][0]["guests"] == 1
    assert "be riešutų" not in page.content.decode()
    assert not AccessRecord.objects.filter(actor_user__username=page.wsgi_request.user.username).exists()


def test_diets_never_enter_the_history(client, specialist):
    visit = make_visit(specialist)
    make_member(visit, values={"diet": "be riešutų"})
    client.post(meal_url(make_meal(visit)), {"hosts": "2", "price": "12,50", "menu": "Šaltibarščiai"})

    assert "riešut" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_an_order_counts_our_own_people_into_the_price(client, specialist):
    visit = make_visit(specialist)
    for name in ("Ada A", "Bea B"):
        make_member(visit, name)
    item = make_meal(visit)

    assert client.post(meal_url(item), {"hosts": "3", "price": "12,50", "menu": "Sriuba"}).status_code == 302

    page = client.get(reverse("delegations:services", args=[visit.pk]))
    assert (page.context_data["meals"][0]["heads"], page.context_data["meals"][0]["cost"]) == (
        5,
        Decimal("62.50"),
    )
    assert page.context_data["costs"].total == Decimal("62.50")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"hosts": "-1"}, "hosts"),
        ({"hosts": "501"}, "hosts"),
        ({"hosts": "du"}, "hosts"),
        ({"hosts": "0", "price": "-5"}, "price"),
        ({"hosts": "0", "price": "pigu"}, "price"),
    ],
)
def test_what_cannot_be_ordered_is_said_beside_the_field(client, specialist, data, field):
    item = make_meal(make_visit(specialist))

    answer = client.post(meal_url(item), data)

    assert answer.status_code == 422
    assert list(answer.context_data["form"].errors) == [field]
    assert not MealOrder.objects.exists()


def test_two_who_order_the_same_meal_see_both_texts(client, specialist):
    item = make_meal(make_visit(specialist))
    order = services.order_meal(item, by=specialist.actor, menu="Sriuba")
    services.order_meal(item, revision=order.revision, by=specialist.actor, menu="Kepsnys")

    answer = client.post(meal_url(item), {"hosts": "0", "menu": "Žuvis", "revision": order.revision})

    assert answer.status_code == 409
    assert "Kepsnys" in answer.content.decode()
    assert MealOrder.objects.get().menu == "Kepsnys"


def test_guests_sit_at_tables(client, specialist):
    visit = make_visit(specialist)
    ada, bea, cleo = (make_member(visit, name) for name in ("Ada A", "Bea B", "Cleo C"))
    item = make_meal(visit)

    client.post(
        meal_url(item, "meal_tables"),
        {f"table-{ada.pk}": " Garbės ", f"table-{bea.pk}": "2", f"table-{cleo.pk}": ""},
    )

    assert {seat.member_id: seat.table for seat in TableSeat.objects.all()} == {ada.pk: "Garbės", bea.pk: "2"}
    page = client.get(meal_url(item))
    assert (page.context_data["seated"], page.context_data["unseated"]) == ([("2", 1), ("Garbės", 1)], 1)


def test_a_guest_who_does_not_eat_there_gets_no_table():
    visit = make_visit()
    ada, bea = make_member(visit, "Ada A"), make_member(visit, "Bea B")
    item = make_meal(visit, is_for_all=False, participants=[ada])

    with pytest.raises(DomainError):
        services.seat_guests(item, {bea.pk: "1"}, by=visit.responsible.actor)

    assert not TableSeat.objects.exists()


def make_gala(specialist):
    """A festival's shared dinner for two delegations of two and one guests."""
    festival = services.open_festival(
        by=specialist.actor,
        title="Alytaus miesto šventė",
        responsible=specialist,
        starts_on=FIRST_DAY,
        ends_on=FIRST_DAY + datetime.timedelta(days=2),
    )
    visits = [make_visit(specialist, title=title, days=3) for title in ("Opolė", "Cėsys")]
    for visit, names in zip(visits, (("Ada A", "Bea B"), ("Cleo C",)), strict=True):
        for name in names:
            make_member(visit, name, values={"diet": "vegetariška"} if name == "Cleo C" else {})
        services.join_festival(visit, festival, by=specialist.actor)
    item = services.add_item(
        festival,
        by=specialist.actor,
        texts={"lt": ("Šventinė vakarienė", "")},
        kind=ItemKind.MEAL,
        on=FIRST_DAY,
        starts=datetime.time(19),
        ends=datetime.time(21),
    )
    return visits, item


def test_a_meal_shared_by_delegations_is_ordered_once_and_paid_by_each(client, specialist):
    (opole, cesys), item = make_gala(specialist)
    url = reverse("delegations:meal", args=[opole.pk, item.pk])

    client.post(url, {"hosts": "4", "price": "20", "menu": "Iškilminga"})

    assert MealOrder.objects.get().item == item
    page = client.get(url)
    assert page.context_data["heads"] == 7
    assert sum(page.context_data["diets"].values()) == 1
    sums = [
        client.get(reverse("delegations:services", args=[visit.pk])).context_data["costs"].total
        for visit in (opole, cesys)
    ]
    # Its own heads each, and of our four, who cost 80, a part by guests: all seven heads are paid once.
    assert sums == [Decimal("93.33"), Decimal("46.67")]
    assert sum(sums) == 7 * Decimal("20")


def test_a_shared_meal_is_changed_only_by_who_may_change_the_festival(client, specialist):
    (opole, _cesys), item = make_gala(specialist)
    client.force_login(UserFactory(role="accountant"))

    answer = client.post(reverse("delegations:meal", args=[opole.pk, item.pk]), {"hosts": "4"})

    assert answer.status_code == 403
    assert not MealOrder.objects.exists()
