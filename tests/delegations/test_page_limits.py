"""The festival case: ten delegations, 250 guests, 180 items, sixty things to book; no page asks more because of it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from delegations.choices import ItemKind
from delegations.models import Visit
from delegations.seed_festival_case import make_case
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
DETAIL = 14  # what a detail page may ask (design 7)
DESK = 18  # lists and the report show what many apps hold: fixed, but more


def test_every_page_of_the_festival_case_keeps_its_limit(client):
    call_command("sync_partner_cities", verbosity=0)
    call_command("sync_rules", verbosity=0)
    staff = UserFactory(role="specialist")
    festival = make_case(
        [staff], starts_on=timezone.localdate() + datetime.timedelta(days=30), title="Miesto gimtadienis"
    )
    visit = festival.visits.order_by("pk").first()
    Visit.objects.filter(pk=visit.pk).update(status="under_way", state="under_way")
    stay = visit.items.filter(kind=ItemKind.ACCOMMODATION).first()
    meal = visit.programme.filter(kind=ItemKind.MEAL).first()
    pages = {
        ("festival", festival.pk): DETAIL,
        ("guest_board", festival.pk): DETAIL,
        ("programme", festival.pk): DETAIL,
        ("today", festival.pk): DETAIL,
        ("programme", visit.pk): DETAIL,
        ("today", visit.pk): DETAIL,
        ("members", visit.pk): DETAIL,
        ("guest", visit.pk, visit.members.first().pk): DETAIL,
        ("guest_data", visit.pk): DETAIL,
        ("guest_links", visit.pk): DETAIL,
        ("travel", visit.pk): DETAIL,
        ("transfers", visit.pk): DETAIL,
        ("item", visit.pk, visit.items.first().pk): DETAIL,
        ("services", visit.pk): DETAIL,
        ("hotel", visit.pk, stay.pk): DETAIL,
        ("rooms_propose", visit.pk, stay.pk): DETAIL,
        ("meal", visit.pk, meal.pk): DETAIL,
        ("labels", visit.pk): DETAIL,
        ("photographs", visit.pk): DETAIL,
        ("lists", visit.pk): DESK,
        ("report", visit.pk): DESK,
    }
    client.force_login(staff)
    asked = {}
    for name, *args in pages:
        url = reverse(f"delegations:{name}", args=args)
        client.get(url)  # what lives in the process for some seconds is there
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked[(name, *args)] = len(queries)

    assert {page: count for page, count in asked.items() if count > pages[page]} == {}
