"""A journalist accredited for a visit stands in its list of the press; who may not see the visit is told nothing of it."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from media_monitoring.models import Accreditation, Journalist
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_visit
from tests.media_monitoring.factories import make_outlet

pytestmark = pytest.mark.django_db
UNTIL = timezone.localdate() + datetime.timedelta(days=40)


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


@pytest.fixture
def journalist():
    return Journalist.objects.create(
        first_name="Rasa",
        last_name="Rašytoja",
        post="žurnalistė",
        outlet=make_outlet("Nemuno kilpa"),
        languages=["pl"],
    )


def ask(client, journalist, visit):
    answer = client.post(
        reverse("media_monitoring:journalist", args=[journalist.pk]),
        {"matter": visit.pk, "valid_until": UNTIL},
    )
    assert answer.status_code == 302
    return Accreditation.objects.get(journalist=journalist, matter=visit)


def decide(client, row, decision, reason=""):
    url = reverse("media_monitoring:accreditation_decide", args=[row.pk])
    return client.post(url, {"decision": decision, "reason": reason})


def press_list(client, visit):
    return client.get(reverse("delegations:list_detail", args=[visit.pk, "press"]))


def accredited(response):
    [table] = [table for table in response.context_data["tables"] if table["code"] == "accredited"]
    return [[cell["text"] for cell in row["cells"]] for row in table["rows"]]


def test_who_is_let_in_joins_the_press_list_and_both_pages_lead_to_each_other(client, specialist, journalist):
    visit = make_visit(by=specialist)
    row = ask(client, journalist, visit)
    assert press_list(client, visit).status_code == 404  # nobody of the press is let in yet

    decide(client, row, "grant")

    response = press_list(client, visit)
    assert accredited(response) == [["Rasa Rašytoja", "Nemuno kilpa, žurnalistė", "lenkų"]]
    assert visit.get_absolute_url() in client.get(journalist.get_absolute_url()).content.decode()
    assert AuditEvent.objects.filter(action="accreditation.granted", matter_pk=visit.pk).count() == 1
    lists = client.get(reverse("delegations:lists", args=[visit.pk]))
    assert "press" in [one["entry"].reader.key for one in lists.context_data["rows"]]

    other = Journalist.objects.create(first_name="Jonas", last_name="Žinys")
    asked = ask(client, other, visit)
    response = press_list(client, visit)
    assert [one.journalist for one in response.context_data["asking"]] == [other]
    decide(client, asked, "refuse", "Vietų nebėra.")
    response = press_list(client, visit)
    assert response.context_data["asking"] == []
    assert len(accredited(response)) == 1


def test_a_visit_one_may_not_see_is_not_named_on_the_journalists_page(client, specialist, journalist):
    visit = make_visit(by=specialist, title="Slaptas vizitas")
    row = ask(client, journalist, visit)
    visit.access = "leadership"
    visit.responsible = UserFactory(role="head")
    visit.save(update_fields=["access", "responsible"])
    client.force_login(UserFactory(role="specialist"))

    page = client.get(journalist.get_absolute_url())

    assert page.context_data["accreditations"] == []
    assert "Slaptas vizitas" not in page.content.decode()
    assert decide(client, row, "grant").status_code == 404
    row.refresh_from_db()
    assert row.state == "asked"
    assert not Accreditation.objects.visible_to(UserFactory(role="accountant")).exists()
