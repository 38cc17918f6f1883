"""Outlets: brought from data, their rules seen and changed by people."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.models import AuditEvent
from media_monitoring.models import Host, Outlet
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_outlet

pytestmark = pytest.mark.django_db


def test_an_office_gets_its_outlets_and_keeps_what_people_changed(capsys):
    call_command("sync_outlets", dry_run=True)
    assert not Outlet.objects.exists()
    call_command("sync_office", verbosity=0)
    count = Outlet.objects.count()
    assert count > 15
    Outlet.objects.filter(name="Delfi").update(keeps="link", ground="Sutartis")

    call_command("sync_outlets")

    assert Outlet.objects.count() == count
    assert Outlet.objects.get(name="Delfi").keeps == "link"
    assert not Outlet.objects.filter(ground="").exists()


def test_rules_are_seen_and_changed(client):
    outlet = make_outlet(ground="Vidaus analizė", site="https://pavyzdys.example/")
    Host.objects.create(
        name="pavyzdys.example",
        robots="User-agent: *\nDisallow: /archyvas",
        robots_read_at="2026-06-01T08:00Z",
    )
    client.force_login(UserFactory(role="head"))
    page = client.get(outlet.get_absolute_url()).content.decode()
    assert "Vidaus analizė" in page
    assert "Disallow: /archyvas" in page
    values = {
        "name": outlet.name, "kind": outlet.kind, "scope": outlet.scope, "site": outlet.site, "is_active": "on",
        "keeps": "link", "readers": "nobody", "kept_days": "30", "evidence_days": "90", "ground": "Sutartis Nr. 5",
        "rights_note": "TDM draudžiama", "revision": outlet.revision,
    }  # fmt: skip

    answer = client.post(reverse("media_monitoring:outlet_change", args=[outlet.pk]), values)

    assert answer.status_code == 302
    outlet.refresh_from_db()
    assert (outlet.keeps, outlet.readers, outlet.kept_days, outlet.evidence_days) == (
        "link",
        "nobody",
        30,
        90,
    )
    assert AuditEvent.objects.filter(action="outlet.changed").count() == 1
    assert client.post(reverse("media_monitoring:outlet_change", args=[outlet.pk]), values).status_code == 409
    page = client.get(reverse("media_monitoring:outlets")).content.decode()
    assert "Sutartis Nr. 5" in page


def test_an_outlet_is_added_once(client):
    client.force_login(UserFactory(role="specialist"))
    values = {
        "name": "Naujas laikas", "kind": "newspaper", "scope": "local", "is_active": "on",
        "keeps": "text", "readers": "department", "evidence_days": "90",
    }  # fmt: skip
    address = reverse("media_monitoring:outlet_add")
    assert client.post(address, values).status_code == 302
    assert client.post(address, values).status_code == 422
    assert Outlet.objects.count() == 1


def test_who_only_reads_does_not_change_rules(client):
    outlet = make_outlet()
    client.force_login(UserFactory(role="leadership"))
    assert client.get(reverse("media_monitoring:outlet_change", args=[outlet.pk])).status_code == 403
    assert client.get(reverse("media_monitoring:outlets")).status_code == 403
