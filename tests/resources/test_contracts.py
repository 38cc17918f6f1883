"""A signed contract of an interpreter as a file: who may open it, until when it is kept, who is told of its end."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.models import AccessRecord, StoredFile
from core.registry import register_personal_holding
from matters.models import Notice
from resources import services, tasks
from resources.models import Interpreter, InterpreterContract
from tests.accounts.factories import UserFactory
from tests.resources.factories import make_interpreter

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


@pytest.fixture
def interpreter():
    return make_interpreter("Ona Vertėjienė", "pl")


def bring(client, interpreter, content=PDF, name="sutartis.pdf", **fields):
    sent = {"number": "V-12", "valid_from": "2026-01-02", "valid_until": "2027-01-01", **fields}
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("resources:contract_add", args=[interpreter.pk]), {**sent, "file": file})


def page_of(client, interpreter):
    return client.get(reverse("resources:resource", args=[interpreter.pk])).content.decode()


def test_a_contract_is_kept_opened_and_its_days_are_those_in_force(client, specialist, interpreter):
    assert "Įkelti pasirašytą sutartį" in page_of(client, interpreter)

    answer = bring(client, interpreter)

    assert answer.status_code == 302
    row, contract = Interpreter.objects.get(), InterpreterContract.objects.get()
    assert (row.contract_number, row.contract_until) == ("V-12", datetime.date(2027, 1, 1))
    url = reverse("resources:contract", args=[interpreter.pk, contract.pk])
    assert url in page_of(client, interpreter)
    file = client.get(url)
    assert (b"".join(file.streaming_content), file["Content-Disposition"]) == (
        PDF,
        'attachment; filename="sutartis.pdf"',
    )
    assert "sandbox" in file["Content-Security-Policy"]
    record = AccessRecord.objects.get(purpose="contract")
    assert (record.subject_pk, record.actor_user) == (contract.pk, specialist)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("sutartis.pdf", b"MZ\x90\x00", "programa"),
        ("sutartis.pdf", b"<html>", "turinys ne toks"),
        ("sutartis.vcf", b"BEGIN:VCARD", "PDF, ADOC"),
        ("sutartis.pdf", b"", "tuščias"),
    ],
)
def test_what_is_no_contract_is_refused_at_the_field_and_what_was_typed_stays(
    client, specialist, interpreter, name, content, says
):
    answer = bring(client, interpreter, content, name)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in html
    assert 'value="V-12"' in html
    assert not InterpreterContract.objects.exists()


def test_one_that_ends_before_it_begins_and_the_same_twice_are_refused(client, specialist, interpreter):
    assert "baigiasi anksčiau" in bring(client, interpreter, valid_until="2025-01-01").content.decode()
    bring(client, interpreter)
    assert bring(client, interpreter).status_code == 422
    assert InterpreterContract.objects.count() == 1


def test_who_only_reads_resources_opens_no_contract(client, specialist, interpreter):
    bring(client, interpreter)
    contract = InterpreterContract.objects.get()
    url = reverse("resources:contract", args=[interpreter.pk, contract.pk])
    for role, status in (("archivist", 403), ("leadership", 403), ("accountant", 200)):
        client.force_login(UserFactory(role=role))
        assert client.get(url).status_code == status
        assert (url in page_of(client, interpreter)) is (status == 200)
        assert client.get(reverse("resources:contract_add", args=[interpreter.pk])).status_code == 403
    other = make_interpreter("Kitas Vertėjas", "pl")
    assert client.get(reverse("resources:contract", args=[other.pk, contract.pk])).status_code == 404


def test_a_file_brought_by_mistake_goes_with_its_bytes(
    client, specialist, interpreter, django_capture_on_commit_callbacks
):
    bring(client, interpreter)
    contract = InterpreterContract.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("resources:contract_remove", args=[interpreter.pk, contract.pk]))

    assert not StoredFile.objects.filter(pk=contract.stored_id).exists()
    assert Interpreter.objects.get().contract_number == "V-12"


def test_who_brought_it_is_told_thirty_and_seven_days_before_the_end_once(client, specialist, interpreter):
    today = timezone.localdate()
    head = UserFactory(role="head")
    bring(client, interpreter, valid_from="", valid_until=(today + 31 * DAY).isoformat())
    assert services.tell_of_ends(today) == 0

    for days in (1, 2, 24, 25):  # 30, 29, 7 and 6 days are left
        services.tell_of_ends(today + days * DAY)

    notices = Notice.objects.filter(user=specialist, key__startswith="contract-ends:")
    assert notices.count() == 2
    assert "Ona Vertėjienė" in notices[0].text
    assert not Notice.objects.filter(user=head).exists()

    specialist.is_active = False
    specialist.save()
    Notice.objects.all().delete()
    services.tell_of_ends(today + 2 * DAY)
    assert Notice.objects.get().user == head


def test_outside_working_hours_nobody_is_told(specialist, client, interpreter, monkeypatch):
    until = timezone.localdate() + 5 * DAY
    bring(client, interpreter, valid_from="", valid_until=until.isoformat())
    monkeypatch.setattr("core.deadlines.is_working_hour", lambda _now: False)
    assert tasks.tell_of_contracts() == 0
    monkeypatch.setattr("core.deadlines.is_working_hour", lambda _now: True)
    assert tasks.tell_of_contracts() == 1
    assert "Baigiasi po 5 dienų" in page_of(client, interpreter)


def test_our_copy_goes_a_year_after_the_end_or_when_the_person_asks(client, specialist, interpreter):
    call_command("sync_rules", verbosity=0)
    holding = register_personal_holding["resources.contacts"]
    bring(client, interpreter, valid_from="2020-01-02", valid_until="2021-01-01")
    assert "Mūsų kopija bus ištrinta" in page_of(client, interpreter)
    assert holding.export(interpreter.pk, specialist.actor)["Sutartys"]

    holding.erase(datetime.date(2021, 12, 30))
    assert InterpreterContract.objects.exists()
    holding.erase(datetime.date(2022, 1, 5))
    assert not InterpreterContract.objects.exists()

    bring(client, interpreter, valid_until="")
    holding.erase(timezone.localdate())
    assert InterpreterContract.objects.exists()
    holding.forget(interpreter.pk, specialist.actor)
    assert not InterpreterContract.objects.exists()
