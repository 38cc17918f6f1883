"""A guest's own page and place, what is held of whom until when, and that it goes on its day with the papers."""

from __future__ import annotations

import datetime
import json
import re
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import keeping, personal
from core.errors import DomainError
from core.models import AccessRecord, AuditEvent, DeadlineRule, PersonalValue
from core.registry import register_personal_holding
from delegations import services
from delegations.choices import MemberKind
from delegations.models import Member
from delegations.models.members import GUEST_PURPOSE
from delegations.services.members import KEPT_RULE, erase_day
from documents.models import Document
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_item, make_member, make_visit

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
DIET = "be riešutų"


@pytest.fixture
def specialist(client):
    person = UserFactory(role="specialist")
    client.force_login(person)
    return person


@pytest.fixture
def visit(specialist):
    return make_visit(specialist)


@pytest.fixture
def guest(visit):
    return make_member(visit, values={"diet": DIET, "phone": "+48 77 1"})


def words(answer) -> str:
    text = answer.content.decode() if hasattr(answer, "content") else answer
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def held() -> list[str]:
    return sorted(PersonalValue.objects.values_list("field", flat=True))


# --- the order and who is with whom ---------------------------------------------------------------------------------


def names(visit) -> list[str]:
    return list(visit.members.values_list("name", flat=True))


def test_the_head_stands_first_and_a_companion_beside_whom_she_accompanies(visit):
    make_member(visit, "Anna Nowak")
    make_member(visit, "Jan Lis")
    head = make_member(visit, "Zbigniew Łączyński", kind=MemberKind.HEAD)
    make_member(visit, "Ewa Łączyńska", kind=MemberKind.COMPANION, companion_of=head)

    assert names(visit) == ["Zbigniew Łączyński", "Ewa Łączyńska", "Anna Nowak", "Jan Lis"]


def test_a_guest_is_put_to_any_place_of_the_order(client, visit):
    rows = [make_member(visit, name) for name in ("Anna Nowak", "Jan Lis", "Ewa Kot")]
    page = reverse("delegations:member", args=[visit.pk, rows[2].pk])
    sent = {
        "name": "Ewa Kot",
        "name_language": "pl",
        "kind": "member",
        "gender": "",
        "revision": rows[2].revision,
    }

    answer = client.post(page, {**sent, "position": "1"})

    assert answer.headers["Location"].endswith(f"#svecias-{rows[2].pk}")
    assert names(visit) == ["Ewa Kot", "Anna Nowak", "Jan Lis"]


def test_first_and_last_have_nowhere_to_go(client, visit):
    first, last = make_member(visit, "Anna Nowak"), make_member(visit, "Jan Lis")
    page = client.get(reverse("delegations:members", args=[visit.pk])).content.decode()

    buttons = re.findall(r'<button[^>]*aria-label="(Aukščiau|Žemiau): ([^"]*)"([^>]*)>', page)
    assert [(way, name, "disabled" in rest) for way, name, rest in buttons] == [
        ("Aukščiau", "Anna Nowak", True),
        ("Žemiau", "Anna Nowak", False),
        ("Aukščiau", "Jan Lis", False),
        ("Žemiau", "Jan Lis", True),
    ]
    services.move_member(first, up=True, by=visit.responsible.actor)
    services.move_member(last, up=False, by=visit.responsible.actor)
    assert names(visit) == ["Anna Nowak", "Jan Lis"]


@pytest.mark.parametrize(
    "case", ["of_herself", "of_a_companion", "the_head", "of_another_visit", "is_accompanied"]
)
def test_who_cannot_accompany_is_refused_in_words(visit, case):
    head = make_member(visit, "Zbigniew Łączyński", kind=MemberKind.HEAD)
    spouse = make_member(visit, "Ewa Łączyńska", companion_of=head)
    other = make_member(make_visit(visit.responsible, title="Kita"), "Jan Lis")
    anna, adam = make_member(visit, "Anna Nowak"), make_member(visit, "Adam Kot")
    make_member(visit, "Jan Kot", companion_of=adam)
    member, principal = {
        "of_herself": (spouse, spouse),
        "of_a_companion": (anna, spouse),
        "the_head": (make_member(visit, "Iza Lis"), anna),
        "of_another_visit": (spouse, other),
        "is_accompanied": (adam, anna),
    }[case]

    with pytest.raises(DomainError) as refusal:
        services.change_member(
            member,
            revision=None,
            by=visit.responsible.actor,
            companion_of=principal,
            kind=MemberKind.HEAD if case == "the_head" else member.kind,
        )

    assert refusal.value.field == "companion_of"


def test_a_consent_has_a_day_that_has_come(client, visit):
    page = reverse("delegations:member_add", args=[visit.pk])
    sent = {"name": "Anna Nowak", "name_language": "pl", "kind": "member"}
    tomorrow = (timezone.localdate() + DAY).isoformat()

    assert client.post(page, {**sent, "consented_on": tomorrow}).status_code == 422
    assert client.post(page, {**sent, "consent_note": "laišku"}).status_code == 422
    assert (
        client.post(page, {**sent, "consented_on": "2026-05-04", "consent_note": "laišku"}).status_code == 302
    )
    assert visit.members.get().consented_on == datetime.date(2026, 5, 4)


# --- her own days --------------------------------------------------------------------------------------------------


def test_a_guests_page_shows_her_own_days_and_not_the_others(
    client, visit, guest, django_assert_max_num_queries
):
    other = make_member(visit, "Anna Nowak")
    make_item(visit, "9.00", "10.00", title="Visiems")
    make_item(visit, "11.00", "12.00", title="Tik jam", is_for_all=False, participants=[guest])
    make_item(visit, "11.00", "12.00", title="Tik jai", is_for_all=False, participants=[other])

    with django_assert_max_num_queries(32):
        page = words(client.get(reverse("delegations:guest", args=[visit.pk, guest.pk])))

    assert "Visiems" in page
    assert "Tik jam" in page
    assert "Tik jai" not in page
    assert DIET not in page
    assert "mityba" in page
    listed = client.get(reverse("delegations:members", args=[visit.pk]))
    assert [row["own"] for row in listed.context["rows"]] == [1, 1]


def test_an_item_for_one_guest_begins_with_her_alone(client, visit, guest):
    page = client.get(reverse("delegations:item_add", args=[visit.pk]), {"svecias": guest.pk})

    form = page.context["form"]
    assert form["participants"].value() == [guest.pk]
    assert form["is_for_all"].value() is False


def test_the_list_asks_as_much_for_three_guests_as_for_one(client, visit, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_member(visit, "Anna Nowak", values={"diet": DIET})
    page = reverse("delegations:members", args=[visit.pk])
    data = reverse("delegations:guest_data", args=[visit.pk])
    counts = []
    for name in ("Jan Lis", "Ewa Kot"):
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
            client.get(data)
        counts.append(len(asked))
        make_member(visit, name, values={"phone": "+48 1"})
    assert counts[0] == counts[1]


# --- what is held ----------------------------------------------------------------------------------------------------


def test_values_are_hidden_until_asked_for_and_the_asking_is_logged(client, visit, guest, specialist):
    page = reverse("delegations:guest_data", args=[visit.pk])
    first = client.get(page)
    assert DIET not in first.content.decode()
    assert not AccessRecord.objects.exists()

    shown = client.post(page, {"member": guest.pk})

    assert DIET in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    record = AccessRecord.objects.get()
    assert (record.actor_user, record.subject_pk, record.fields, record.matter_pk) == (
        specialist,
        guest.pk,
        ["diet", "phone"],
        visit.pk,
    )
    assert client.post(page, {"member": "9" * 30}).status_code == 404


def test_a_special_value_without_a_consent_is_told(client, visit, guest):
    page = reverse("delegations:guest_data", args=[visit.pk])
    assert "be sutikimo" in words(client.get(page))

    services.change_member(
        guest, revision=None, by=visit.responsible.actor, consented_on=datetime.date(2026, 5, 4)
    )

    assert "be sutikimo" not in words(client.get(page))


def test_only_those_who_may_see_what_is_held(client, visit, guest):
    for role in ("leader", "auditor", "accountant"):
        client.force_login(UserFactory(role=role))
        for name, args in (("guest_data", [visit.pk]), ("guest_extract", [visit.pk, guest.pk])):
            assert client.post(reverse(f"delegations:{name}", args=args)).status_code in (403, 404), (
                role,
                name,
            )
        assert client.post(reverse("delegations:guest", args=[visit.pk, guest.pk])).status_code in (403, 404)
    assert not AccessRecord.objects.exists()


def test_the_extract_for_the_person_is_whole_and_its_reading_logged(client, visit, guest):
    page = reverse("delegations:guest_extract", args=[visit.pk, guest.pk])

    body = json.loads(client.post(page).content)
    text = client.post(page, {"as": "text"}).content.decode()

    assert DIET in body.values()
    assert guest.name in body.values()
    assert DIET in text
    assert AuditEvent.objects.filter(action="personal.exported").count() == 2
    assert DIET not in str(list(AuditEvent.objects.values_list("data", flat=True)))
    assert set(register_personal_holding[GUEST_PURPOSE].fields) == {
        "phone",
        "email",
        "diet",
        "accessibility",
        "identity",
    }


def test_identity_documents_are_asked_for_and_kept_only_where_needed(client, visit, guest):
    page = reverse("delegations:member", args=[visit.pk, guest.pk])
    by = visit.responsible.actor
    assert "identity" not in client.get(page).context["form"].fields
    services.change_member(guest, revision=None, by=by, values={"identity": "AB 1"})
    assert "identity" not in held()

    services.change_visit(visit, revision=None, by=by, identity_for="įėjimui į karinį dalinį")
    shown = client.get(page)
    assert "įėjimui į karinį dalinį" in words(shown)
    guest.refresh_from_db()
    services.change_member(guest, revision=None, by=by, values={"identity": "AB 1"})
    assert held() == ["diet", "identity", "phone"]

    visit.refresh_from_db()
    services.change_visit(visit, revision=None, by=by, identity_for="")
    assert held() == ["diet", "phone"]


# --- the end ---------------------------------------------------------------------------------------------------------


def paper(visit) -> Document:
    return Document.objects.create(
        matter_id=visit.pk,
        kind="delegations.list",
        title="Svečių mityba",
        origin="made",
        is_working_paper=True,
        erase_on=erase_day(visit) + 40 * DAY,
    )


def run_daily(day, monkeypatch, capture):
    from django.core.cache import cache

    cache.clear()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: day)
    with capture(execute=True):
        keeping.run_daily()


def test_values_and_the_papers_that_show_them_go_on_one_day(
    visit, guest, monkeypatch, django_capture_on_commit_callbacks
):
    call_command("sync_rules", verbosity=0)
    paper(visit)
    end = erase_day(visit)
    assert end >= visit.ends_on + 30 * DAY
    key = PersonalValue.objects.values_list("key_name", flat=True).first()

    run_daily(end - DAY, monkeypatch, django_capture_on_commit_callbacks)
    assert held() == ["diet", "phone"]
    assert Document.objects.filter(is_working_paper=True).count() == 1

    run_daily(end, monkeypatch, django_capture_on_commit_callbacks)
    assert held() == []
    assert not Document.objects.filter(is_working_paper=True).exists()
    from core import keys

    assert keys.read(key) is None
    assert Member.objects.get().name == guest.name


def test_a_changed_rule_and_a_moved_visit_move_the_end(visit, guest):
    call_command("sync_rules", verbosity=0)
    DeadlineRule.objects.filter(code=KEPT_RULE).update(length=7)
    keeping.erase_due(timezone.localdate())
    assert {row.erase_on for row in PersonalValue.objects.all()} == {erase_day(visit)}
    assert erase_day(visit) < visit.ends_on + 11 * DAY

    moved = services.change_visit(
        visit, revision=None, by=visit.responsible.actor, ends_on=visit.ends_on + 5 * DAY
    )
    assert {row.erase_on for row in PersonalValue.objects.all()} == {erase_day(moved)}


def test_a_visit_called_off_keeps_nothing_until_its_day(visit, guest):
    off = services.call_off_visit(visit, reason="Neatvyksta", by=visit.responsible.actor)

    assert erase_day(off) == timezone.localdate() + 30 * DAY
    assert {row.erase_on for row in PersonalValue.objects.all()} == {erase_day(off)}


def test_who_is_taken_off_the_list_leaves_no_value(visit, guest, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_member(guest, by=visit.responsible.actor)
    assert held() == []
    assert personal.get_values([guest], purpose=GUEST_PURPOSE, by=visit.responsible.actor) == {}
