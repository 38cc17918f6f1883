"""The page that says whether what the portal stands on is in order."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import registry
from core.registry import SelfCheck
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "core:self_check"


@pytest.fixture(autouse=True)
def no_key(settings):
    for name in dir(settings):
        if name.startswith("SEAL_") and name != "SEAL_DEMO_DIR":
            setattr(settings, name, "")
    settings.DEMO = False


def looked(client) -> str:
    client.force_login(UserFactory(role="administrator"))
    return client.get(reverse(PAGE)).content.decode()


def test_who_keeps_the_portal_sees_the_key_the_seals_and_the_converters(client):
    page = looked(client)
    assert "Nuostatose raktas nenurodytas" in page
    assert "LibreOffice" in page
    assert "Visi spaudai" in page


def test_broken_key_is_a_fault_with_its_sentence_and_without_the_password(client, settings, tmp_path):
    (tmp_path / "raktas.p12").write_bytes(b"not a key")
    settings.SEAL_PKCS12, settings.SEAL_PKCS12_PASSWORD = str(tmp_path / "raktas.p12"), "labai-slaptas"
    page = looked(client)
    assert "1 pažeidimas" in page
    assert "raktas.p12" in page
    assert "labai-slaptas" not in page


def test_demonstration_key_is_told_with_its_end(client, settings):
    settings.DEMO = True
    page = looked(client)
    assert "be teisinės galios" in page
    assert "Sertifikatas baigiasi" in page


def test_check_that_falls_does_not_take_the_page_with_it(client, monkeypatch):
    monkeypatch.setattr(registry.register_self_check, "_items", {})
    registry.register_self_check(SelfCheck("test.falls", "Griūva", lambda: [1 / 0]))
    page = looked(client)
    assert "Griūva" in page
    assert "ZeroDivisionError" in page


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("archivist", 403), ("head", 403)])
def test_others_do_not_see_it(client, role, status):
    client.force_login(UserFactory(role=role))
    assert client.get(reverse(PAGE)).status_code == status
