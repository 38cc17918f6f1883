"""Pages of data protection: what is kept, whose, until when; who read it; the extract; erasing with a reason."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.choices import Role
from core import keeping, personal
from core.choices import DataClass
from core.models import AccessRecord, AuditEvent, PersonalValue
from core.registry import register_personal_holding
from delegations.models.members import GUEST_PURPOSE
from documents.models import Document
from matters.choices import Access
from matters.services import change_access
from partners.models.people import CONTACT_PURPOSE
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_member, make_visit
from tests.partners.factories import PersonFactory

pytestmark = pytest.mark.django_db

PAGE, LIST, LOG = (reverse(f"accounts:{name}") for name in ("protection", "held_list", "access_log"))


@pytest.fixture
def officer():
    return UserFactory(role="data_protection", first_name="Paulius", last_name="Žiogas")


@pytest.fixture
def officer_client(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def guest(today):
    """A guest with a diet and a telephone, kept for a month."""
    member = make_member(make_visit(title="Opolės delegacija"), name="Zbigniew Laczynski")
    for field, value, kind in (
        ("diet", "be riešutų", DataClass.SPECIAL),
        ("phone", "+48 600 100 200", DataClass.CONTACT),
    ):
        personal.set_value(
            member,
            field,
            value,
            purpose=GUEST_PURPOSE,
            data_class=kind,
            erase_on=today + datetime.timedelta(days=30),
        )
    return member


@pytest.fixture
def partner():
    person = PersonFactory(first_name="Anna", last_name="Nowak")
    personal.set_value(
        person, "email", "anna@opole.example", purpose=CONTACT_PURPOSE, data_class=DataClass.CONTACT
    )
    return person


def address(name, row, code=GUEST_PURPOSE):
    return reverse(f"accounts:{name}", args=[code, row.pk])


def names(page) -> list[str]:
    return [row["of_name"] for row in page.context_data["rows"]]


# --- what and whose -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
def test_the_pages_are_for_the_officer_and_the_administrator(client, guest, role):
    client.force_login(UserFactory(role=role))
    pages = [PAGE, LIST, LOG, address("held", guest)]
    expected = 200 if role in ("data_protection", "administrator") else 403

    assert {client.get(page).status_code for page in pages} == {expected}
    assert client.post(address("held_export", guest)).status_code == expected
    erased = client.post(address("held_erase", guest), {"reason": "prašo asmuo"})
    assert erased.status_code == (302 if expected == 200 else 403)
    assert PersonalValue.objects.exists() == (expected == 403)
    assert (f'href="{PAGE}"' in client.get(reverse("accounts:profile")).content.decode()) == (expected == 200)


def test_each_kind_of_data_stands_with_its_purpose_and_end(officer_client, guest, partner, today):
    page = officer_client.get(PAGE)

    rows = {row["holding"].code: row for row in page.context_data["rows"]}
    assert list(rows) == [holding.code for holding in register_personal_holding]
    assert (rows[GUEST_PURPOSE]["count"], rows[GUEST_PURPOSE]["next"]) == (
        1,
        today + datetime.timedelta(days=30),
    )
    assert (rows[CONTACT_PURPOSE]["count"], rows[CONTACT_PURPOSE]["endless"]) == (1, 1)
    text = page.content.decode()
    assert all(
        str(holding.purpose) in text and str(holding.kept) in text for holding in register_personal_holding
    )


def test_what_should_have_been_erased_stands_out(officer_client, guest, today):
    PersonalValue.objects.update(erase_on=today - datetime.timedelta(days=1))

    assert "turėjo būti ištrinta" in officer_client.get(PAGE).content.decode()
    assert "turėjo būti ištrinta" in officer_client.get(LIST).content.decode()


def test_people_of_all_holdings_stand_in_one_list_without_values(officer_client, guest, partner, officer):
    page = officer_client.get(LIST)

    assert {"Zbigniew Laczynski", "Anna Nowak", officer.full_name} <= set(names(page))
    text = page.content.decode()
    assert "mityba" in text
    assert guest.visit.number in text
    for value in ("be riešutų", "+48 600", "anna@opole", "Opolės delegacija"):
        assert value not in text
    assert not AccessRecord.objects.exists(), "nothing was decrypted"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "laczyn"}, ["Zbigniew Laczynski"]),
        ({"q": "anna now"}, ["Anna Nowak"]),
        ({"holding": "partners.contacts"}, ["Anna Nowak"]),
        ({"holding": "documents.working_papers"}, []),
        ({"endless": "1"}, ["Anna Nowak"]),
        ({"until": "2999-01-01"}, ["Zbigniew Laczynski"]),
        ({"until": "2001-01-01"}, []),
        ({"q": "nėra tokio"}, []),
        ({"q": "\x00'\"%;"}, []),
    ],
)
def test_the_list_is_filtered(officer_client, guest, partner, query, expected):
    assert names(officer_client.get(LIST, query)) == expected
    lines = officer_client.get(LIST, {**query, "export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(expected)


def test_the_list_sorts_by_name_and_end(officer_client, guest, partner):
    by_name = names(officer_client.get(LIST, {"sort": "of_sort"}))

    assert by_name.index("Anna Nowak") < by_name.index("Zbigniew Laczynski")
    assert names(officer_client.get(LIST, {"sort": "of_until"}))[0] == "Zbigniew Laczynski", (
        "the soonest end first"
    )


def test_the_workbook_holds_no_value(officer_client, guest):
    import io
    import zipfile

    book = b"".join(officer_client.get(LIST, {"export": "xlsx"}).streaming_content)
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()

    assert "Zbigniew Laczynski" in sheet
    assert "riešut" not in sheet


@pytest.mark.parametrize("value", ["+48 600 100 200", "  +48 600  100 200 "])
def test_a_person_is_found_by_a_telephone_that_stands_in_no_address(officer_client, guest, partner, value):
    page = officer_client.post(LIST, {"value": value})

    assert names(page) == ["Zbigniew Laczynski"]
    assert "600 100" not in page.content.decode()
    assert "export=csv" not in page.content.decode(), "a file would hold more than what is shown"
    assert names(officer_client.post(LIST, {"value": "ANNA@opole.example"})) == ["Anna Nowak"]


def test_a_colleague_is_found_by_her_address(officer_client, officer):
    assert names(officer_client.post(LIST, {"value": officer.email.upper()})) == [officer.full_name]
    assert names(officer_client.post(LIST, {"value": "niekas@example.lt"})) == []
    assert officer_client.post(LIST, {"value": " "}).headers["Location"] == LIST


def test_more_people_cost_no_more_queries(
    officer_client, guest, django_assert_num_queries, django_assert_max_num_queries
):
    officer_client.get(LIST)
    with django_assert_max_num_queries(9) as few:
        officer_client.get(LIST)
    for number in range(4):
        person = PersonFactory(last_name=f"Nowak {number}")
        personal.set_value(
            person, "phone", str(number), purpose=CONTACT_PURPOSE, data_class=DataClass.CONTACT
        )

    with django_assert_num_queries(len(few.captured_queries)):
        officer_client.get(LIST)


# --- the extract ----------------------------------------------------------------------------------------------


def test_the_extract_holds_everything_and_is_logged_in_the_officers_name(officer_client, guest, officer):
    page = officer_client.post(address("held_export", guest))

    text = page.content.decode()
    assert all(word in text for word in ("be riešutų", "+48 600 100 200", guest.visit.number))
    assert page.headers["Cache-Control"] == "private, no-store"
    record = AccessRecord.objects.get()
    assert (record.actor_user, record.subject_pk, record.fields) == (officer, guest.pk, ["diet", "phone"])
    event = AuditEvent.objects.get(action="personal.exported")
    assert (event.actor_user, event.matter_pk) == (officer, guest.visit_id)
    assert "riešut" not in json.dumps(event.data, ensure_ascii=False)


@pytest.mark.parametrize("code", [holding.code for holding in register_personal_holding if holding.export])
def test_every_holding_gives_its_extract_as_a_file(officer_client, guest, partner, officer, code):
    from media_monitoring.models import Journalist
    from resources.models import Interpreter

    row = {
        "delegations.guests": guest,
        "partners.contacts": partner,
        "accounts.people": officer,
        "resources.contacts": Interpreter.objects.create(name="Vardenė Vertėja"),
        "media_monitoring.journalists": Journalist.objects.create(
            first_name="Rasa", last_name="Rašanti", consent_on=timezone.localdate()
        ),
    }[code]

    answer = officer_client.post(address("held_export", row, code), {"file": "1"})

    values = json.loads(answer.content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert {"Zbigniew Laczynski", "Anna Nowak", officer.full_name, "Vardenė Vertėja", "Rasa Rašanti"} & set(
        map(str, values.values())
    )


def test_a_link_never_reads_values(officer_client, guest):
    assert officer_client.get(address("held_export", guest)).status_code == 405
    assert officer_client.get(address("held_erase", guest)).status_code == 405
    page = officer_client.get(address("held", guest)).content.decode()
    assert not AccessRecord.objects.exists()
    assert all(address(name, guest) in page for name in ("held_export", "held_erase")), (
        "each is a press on the page"
    )


def test_working_papers_are_never_exported_nor_erased_by_hand(officer_client, guest, today):
    paper = Document.objects.create(
        matter_id=guest.visit_id,
        kind="x",
        title="Svečių mityba",
        origin="made",
        is_working_paper=True,
        erase_on=today,
    )
    code = "documents.working_papers"

    assert officer_client.post(address("held_export", paper, code)).status_code == 404
    assert officer_client.post(address("held_erase", paper, code), {"reason": "x"}).status_code == 404
    text = officer_client.get(address("held", paper, code)).content.decode()
    assert "Svečių mityba" not in text
    assert guest.visit.number in text


# --- erasing --------------------------------------------------------------------------------------------------


def test_erasing_with_a_reason_is_for_good(
    officer_client, guest, officer, today, django_capture_on_commit_callbacks
):
    Document.objects.create(
        matter_id=guest.visit_id,
        kind="x",
        title="Svečių mityba",
        origin="made",
        is_working_paper=True,
        erase_on=today + datetime.timedelta(days=9),
    )
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer_client.post(address("held_erase", guest), {"reason": "Asmens prašymas 2026-11-20"})

    assert answer.headers["Location"] == address("held", guest)
    assert not PersonalValue.objects.exists()
    assert not Document.objects.filter(is_working_paper=True).exists(), (
        "the paper that shows the value goes too"
    )
    guest.refresh_from_db()
    assert guest.name == "Zbigniew Laczynski", "the name stays on record"
    event = AuditEvent.objects.get(action="personal.erased")
    assert (event.actor_user, event.data["reason"], event.data["count"]) == (
        officer,
        "Asmens prašymas 2026-11-20",
        2,
    )
    page = officer_client.get(address("held", guest)).content.decode()
    assert "nieko nebėra" in page
    assert address("held_erase", guest) not in page


@pytest.mark.parametrize("reason", ["", "   "])
def test_erasing_without_a_reason_does_nothing(officer_client, guest, reason):
    page = officer_client.post(address("held_erase", guest), {"reason": reason})

    assert page.status_code == 422
    assert "Parašykite, kodėl duomenys trinami." in page.content.decode()
    assert PersonalValue.objects.count() == 2


def test_contacts_of_an_open_account_are_not_erased(officer_client):
    person = UserFactory(phone="8 315 55 111")

    page = officer_client.post(address("held_erase", person, "accounts.people"), {"reason": "prašo"})

    assert page.status_code == 422
    person.refresh_from_db()
    assert person.phone


def test_contacts_of_a_closed_account_end_after_a_year(officer, today):
    left = UserFactory(phone="8 315 55 111")
    lately = UserFactory(phone="8 315 55 112")
    for person in (left, lately):
        services.close_account(person, by=officer.actor)
    type(left).objects.filter(pk=left.pk).update(closed_at=timezone.now() - datetime.timedelta(days=366))

    keeping.erase_due(today)
    keeping.erase_due(today)

    for person in (left, lately):
        person.refresh_from_db()
    assert (left.email, left.phone, left.last_name != "") == ("", "", True)
    assert lately.phone == "8 315 55 112"
    assert AuditEvent.objects.filter(action="person.contacts_erased").count() == 1


@pytest.mark.parametrize("where", [("nėra", 1), ("delegations.guests", 999999)])
def test_what_is_not_there_is_not_found(officer_client, where):
    for name in ("held", "held_export", "held_erase"):
        path = reverse(f"accounts:{name}", args=where)
        assert (officer_client.get(path) if name == "held" else officer_client.post(path)).status_code == 404


# --- the log --------------------------------------------------------------------------------------------------


@pytest.fixture
def readings(guest, partner):
    """A specialist read the guest's diet, a head the partner's mail."""
    specialist = UserFactory(role="specialist", first_name="Ieva", last_name="Juknelytė")
    head = UserFactory(role="head", first_name="Rasa", last_name="Vaičekonė")
    personal.get_values(
        [guest], purpose=GUEST_PURPOSE, by=specialist.actor, fields=["diet"], matter=guest.visit
    )
    personal.get_values([partner], purpose=CONTACT_PURPOSE, by=head.actor)
    return specialist, head


def readers(page) -> list[str]:
    return [row.actor_name for row in page.context_data["rows"]]


def test_the_log_says_who_read_whose_what_and_for_what(officer_client, readings, guest):
    page = officer_client.get(LOG)

    assert readers(page) == ["Rasa Vaičekonė", "Ieva Juknelytė"]
    text = page.content.decode()
    assert all(word in text for word in ("Zbigniew Laczynski", "Anna Nowak", "mityba"))
    assert "be riešutų" not in text
    assert "Ieva Juknelytė" in officer_client.get(address("held", guest)).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"whose": "laczynski"}, ["Ieva Juknelytė"]),
        ({"holding": "partners.person"}, ["Rasa Vaičekonė"]),
        ({"what": "diet"}, ["Ieva Juknelytė"]),
        ({"since": "2999-01-01"}, []),
        ({"until": "2001-01-01"}, []),
        ({"whose": "nėra"}, []),
    ],
)
def test_the_log_is_filtered_and_taken_as_csv(officer_client, readings, query, expected):
    assert readers(officer_client.get(LOG, query)) == expected

    lines = officer_client.get(LOG, {**query, "export": "csv"}).content.decode("utf-8-sig").splitlines()

    assert len(lines) == 1 + len(expected)
    if expected:
        assert expected[0] in lines[1]


def test_the_log_is_filtered_by_who_read(officer_client, readings):
    specialist, _head = readings

    assert readers(officer_client.get(LOG, {"who": specialist.pk})) == ["Ieva Juknelytė"]


def test_a_deputys_reading_says_for_whom(officer_client, readings, guest):
    from core.actor import Actor

    specialist, head = readings
    personal.get_values([guest], purpose=GUEST_PURPOSE, by=Actor.of(specialist, acting_for=head))

    assert "Ieva Juknelytė, pavaduoja: Rasa Vaičekonė" in officer_client.get(LOG).content.decode()


def test_a_long_log_asks_no_more_of_the_database(
    officer_client, readings, guest, django_assert_num_queries, django_assert_max_num_queries
):
    officer_client.get(LOG)
    with django_assert_max_num_queries(10) as few:
        officer_client.get(LOG)
    for _more in range(15):
        personal.get_values([guest], purpose=GUEST_PURPOSE, by=readings[0].actor)

    with django_assert_num_queries(len(few.captured_queries)):
        officer_client.get(LOG)


def test_a_hidden_matters_title_is_told_nowhere(officer_client, readings, guest):
    change_access(guest.visit, access=Access.NAMED, people=[guest.visit.responsible], by=readings[0].actor)

    for page in (PAGE, LIST, LOG, address("held", guest)):
        assert "Opolės delegacija" not in officer_client.get(page).content.decode()


def test_holdings_are_whole():
    call_command("roles_table", check=True)
    for holding in register_personal_holding:
        assert holding.purpose, holding.code
        assert holding.kept, holding.code
        assert holding.fields, holding.code
        row = personal.held(holding).values(
            "held_name", "held_fields", "held_until", "held_in", "held_matter"
        )
        assert list(row[:1]) == [] or row[0]
