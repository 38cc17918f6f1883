"""Journalists and what they ask: the law's clock, the answer, what was printed, consent, accreditation."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import deadlines, personal
from core.files import store
from core.models import AccessRecord
from matters import approvals
from media_monitoring.models import JOURNALIST_PURPOSE, Accreditation, Enquiry, Journalist
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules():
    for command in ("sync_rules", "sync_ladders"):
        call_command(command, verbosity=0)


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def receive(client, specialist, **fields):
    now = timezone.localtime() - datetime.timedelta(minutes=1)
    values = {
        "title": "Kiek kainavo šventė",
        "outlet": make_outlet().pk,
        "channel": "mail",
        "question": "Kiek kainavo miesto šventė?",
        "time_class": "ready",
        "responsible": specialist.pk,
        "received_on": now.date().isoformat(),
        "received_time": now.strftime("%H:%M"),
        **fields,
    }
    response = client.post(reverse("media_monitoring:enquiry_new"), values)
    return response, Enquiry.objects.first()


@pytest.mark.parametrize(("kind", "code"), [("ready", "MEDIA_INFO_READY"), ("gather", "MEDIA_INFO_GATHER")])
def test_the_clock_of_the_law_runs_from_the_day_it_came(client, specialist, kind, code):
    _response, enquiry = receive(client, specialist, time_class=kind)

    assert enquiry.due_on == deadlines.compute(code, timezone.localdate()).due_on
    assert enquiry.due_reason in client.get(enquiry.get_absolute_url()).content.decode()


def test_an_enquiry_is_somebodys_and_not_of_tomorrow(client, specialist):
    response, enquiry = receive(client, specialist, outlet="")
    assert (response.status_code, enquiry) == (422, None)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    response, enquiry = receive(client, specialist, received_on=tomorrow.isoformat())
    assert (response.status_code, enquiry) == (422, None)


def test_an_enquiry_is_answered_approved_sent_and_its_use_written_down(client, specialist):
    head = UserFactory(role="head")
    _response, enquiry = receive(client, specialist)
    url = enquiry.get_absolute_url()
    words = {"answer_text": "Šventė kainavo 40 000 eurų.", "signatory": "Skyrius"}
    assert client.post(url, {"answer_text": "", "revision": enquiry.revision}).status_code == 422
    client.post(url, {**words, "revision": enquiry.revision})
    approval = approvals.submit(enquiry, by=specialist.actor)
    approvals.open_round(approval.version, store(b"%PDF-1.7", name="v.pdf", media_type="application/pdf"))
    approvals.approve(approval.steps.get(), by=head.actor)
    assert client.get(url).status_code == 200

    client.post(url, {"sent_by": "mail", "where": "z@dk.example"})

    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.next_step) == ("answered", "close")
    article = make_article("Šventės kaina", days_ago=0)
    client.post(url, {"article": article.pk, "use": "part"})
    assert [row.use for row in enquiry.uses.all()] == ["part"]
    assert "Šventės kaina" in client.get(url).content.decode()
    assert client.get(reverse("media_monitoring:enquiries")).status_code == 200


def test_contacts_are_kept_only_with_consent_encrypted_and_until_a_day(client, specialist):
    url = reverse("media_monitoring:journalist_add")
    values = {"first_name": "Rasa", "last_name": "Rašytoja", "email": "rasa@dk.example", "is_active": "on"}
    response = client.post(url, values)
    assert response.status_code == 422
    assert response.context_data["form"].errors.keys() == {"consent_on"}

    client.post(url, {**values, "consent_on": timezone.localdate().isoformat(), "languages": ["lt", "en"]})

    journalist = Journalist.objects.get()
    page = client.get(journalist.get_absolute_url()).content.decode()
    assert "rasa@dk.example" in page
    assert AccessRecord.objects.filter(subject_pk=journalist.pk, purpose=JOURNALIST_PURPOSE).exists()
    change = reverse("media_monitoring:journalist_change", args=[journalist.pk])
    client.post(change, {**values, "email": "", "consent_on": "", "revision": journalist.revision})
    by = specialist.actor
    assert personal.get_values([journalist], purpose=JOURNALIST_PURPOSE, by=by) == {}


def test_an_accreditation_is_refused_only_with_a_reason(client, specialist):
    journalist = Journalist.objects.create(first_name="Rasa", last_name="Rašytoja")
    until = timezone.localdate() + datetime.timedelta(days=5)
    assert client.post(journalist.get_absolute_url(), {"valid_until": until}).status_code == 422
    client.post(journalist.get_absolute_url(), {"event": "Miesto šventė", "valid_until": until})
    row = Accreditation.objects.get()
    url = reverse("media_monitoring:accreditation_decide", args=[row.pk])

    client.post(url, {"decision": "refuse"})
    row.refresh_from_db()
    assert row.state == "asked"
    client.post(url, {"decision": "refuse", "reason": "Salėje nėra vietų."})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "Salėje nėra vietų.")


def test_leadership_reads_enquiries_and_no_contacts(client, specialist):
    _response, enquiry = receive(client, specialist)
    journalist = Journalist.objects.create(first_name="Rasa", last_name="Rašytoja")
    client.force_login(UserFactory(role="leadership"))

    assert client.get(enquiry.get_absolute_url()).status_code == 200
    assert client.post(enquiry.get_absolute_url(), {"answer_text": "Ne."}).status_code == 403
    assert client.get(journalist.get_absolute_url()).status_code == 403
