"""A list of guests comes as letters, tables, workbooks and cards: the preview tells, the commit does exactly it."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from core import imports, personal, tables
from core.imports import Outcome
from core.models import AuditEvent, PersonalValue
from delegations import guest_lists
from delegations.models import Member
from delegations.models.members import GUEST_PURPOSE
from partners.models import Person
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_city, make_member, make_visit
from tests.partners.factories import make_post

pytestmark = pytest.mark.django_db
LETTER = """Delegacja:
1. Zbigniew Łączyński, Prezydent Miasta Opola (szef delegacji)
2. Pani Małgorzata Świętoń – Zastępca Prezydenta, m.swieton@opole.example, +48 77 000 00 01
3. NOWAK Anna; tłumacz
"""
HEADS = ["Imię i nazwisko", "Stanowisko", "Telefon", "Dieta", "Data zgody", "Data urodzenia", "Przyjazd"]


@pytest.fixture
def specialist(client):
    person = UserFactory(role="specialist")
    client.force_login(person)
    return person


@pytest.fixture
def visit(specialist):
    return make_visit(specialist)


@pytest.fixture
def look(client, visit):
    """Give a list and return the answer."""

    def give(text="", content=None, name="sveciai.csv", **more):
        sent = {"step": "read", "text": text, **more}
        if content is not None:
            sent["file"] = SimpleUploadedFile(name, content)
        return client.post(reverse("delegations:members_import", args=[visit.pk]), sent)

    return give


@pytest.fixture
def commit(client, visit):
    """Press the button of a preview: what is ticked there, unless told otherwise."""

    def press(answer, take=None):
        rows = answer.context["rows"]
        ticked = [entry["row"].number for entry in rows if entry["is_ticked"] and entry["row"].is_offered]
        return client.post(
            reverse("delegations:members_import", args=[visit.pk]),
            {"step": "commit", "token": answer.context["token"], "take": ticked if take is None else take},
        )

    return press


def outcomes(answer) -> list[tuple[str, str]]:
    return [(row.title, str(row.outcome)) for row in answer.context["plan"].rows]


def notes_of(answer, title: str) -> str:
    row = next(row for row in answer.context["plan"].rows if row.title == title)
    return "; ".join(map(str, row.notes))


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def workbook(*rows, **sheets) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change := sheets.get("change"):
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# --- the way through ------------------------------------------------------------------------------------------------


def test_a_pasted_letter_is_shown_first_and_then_written(look, commit, visit, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        answer = look(LETTER)

    assert answer.status_code == 200
    assert not visit.members.exists()
    assert outcomes(answer) == [
        ("Delegacja:", "ask"),
        ("Zbigniew Łączyński", "create"),
        ("Małgorzata Świętoń", "create"),
        ("Anna Nowak", "create"),
    ]

    assert commit(answer).status_code == 302

    rows = list(visit.members.values_list("name", "kind", "post_local", "gender", "name_language"))
    assert rows == [
        ("Zbigniew Łączyński", "head", "Prezydent Miasta Opola", "", "pl"),
        ("Małgorzata Świętoń", "member", "Zastępca Prezydenta", "f", "pl"),
        ("Anna Nowak", "interpreter", "", "", "pl"),
    ]
    deputy = visit.members.get(name="Małgorzata Świętoń")
    kept = personal.get_values([deputy], purpose=GUEST_PURPOSE, by=visit.responsible.actor)[deputy.pk]
    assert kept == {"email": "m.swieton@opole.example", "phone": "+48 77 000 00 01"}
    event = AuditEvent.objects.get(action="members.pasted")
    assert event.data == {"count": 3, "completed": 0, "source": "text"}


def test_the_same_list_twice_changes_nothing_and_says_so(client, look, commit, visit):
    commit(look(LETTER))
    before = AuditEvent.objects.count()

    answer = look(LETTER.replace("Delegacja:\n", ""))

    assert {outcome for _title, outcome in outcomes(answer)} == {"same"}
    assert "Niekas nepasikeistų" in words(answer)
    assert 'value="commit"' not in answer.content.decode()
    assert commit(answer, take=[1, 2, 3]).status_code == 422  # pressed all the same: refused in words
    assert AuditEvent.objects.count() == before
    assert visit.members.count() == 3


def test_only_what_is_ticked_is_written(look, commit, visit):
    answer = look("Anna Nowak\nJan Lis")

    commit(answer, take=[2])

    assert list(visit.members.values_list("name", flat=True)) == ["Jan Lis"]


def test_a_delegation_that_changed_meanwhile_is_shown_anew(look, commit, visit):
    answer = look("Anna Nowak, burmistrz\nJan Lis")
    make_member(visit, "Anna Nowak", post_local="burmistrz")

    again = commit(answer)

    assert again.status_code == 422
    assert outcomes(again) == [("Anna Nowak", "same"), ("Jan Lis", "create")]
    assert visit.members.count() == 1
    assert commit(again).status_code == 302
    assert visit.members.count() == 2


def test_a_preview_is_for_one_person_and_one_visit(client, look, visit):
    answer = look("Anna Nowak\nJan Lis")
    sent = {"step": "commit", "token": answer.context["token"], "take": [1]}
    other = make_visit(visit.responsible, title="Kita")

    assert client.post(reverse("delegations:members_import", args=[other.pk]), sent).status_code == 422
    client.force_login(UserFactory(role="specialist"))
    assert client.post(reverse("delegations:members_import", args=[visit.pk]), sent).status_code == 422
    assert (
        client.post(
            reverse("delegations:members_import", args=[visit.pk]), {**sent, "token": "x" * 50}
        ).status_code
        == 422
    )
    assert not Member.objects.exists()


# --- who is known -----------------------------------------------------------------------------------------------


def test_a_known_person_is_joined_with_the_post_of_the_visits_days(look, commit, visit):
    person = Person.objects.create(first_name="Zbigniew", last_name="Łączyński", language="pl", gender="m")
    old = visit.starts_on - datetime.timedelta(days=400)
    make_post(person, make_city(), "tarybos narys", until=old.isoformat())
    post = make_post(person, make_city(), "meras", since=old.isoformat())
    post.title_local = "Prezydent"
    post.save()

    answer = look("Laczynski Zbigniew, Burmistrz")

    assert outcomes(answer) == [("Zbigniew Łączyński", "known")]
    assert "Prezydent" in notes_of(answer, "Zbigniew Łączyński")
    commit(answer)
    member = visit.members.get()
    assert (member.person, member.name, member.post_lt, member.post_local, member.gender) == (
        person,
        "Zbigniew Łączyński",
        "meras",
        "Burmistrz",
        "m",
    )


def test_a_post_that_ends_before_the_visit_is_told(look, visit):
    person = Person.objects.create(first_name="Anna", last_name="Nowak", language="pl")
    make_post(person, make_city(), "merė", until=(visit.starts_on - datetime.timedelta(days=1)).isoformat())

    answer = look("Anna Nowak")

    assert "merė" in notes_of(answer, "Anna Nowak")
    assert "birželio 14 d." in notes_of(answer, "Anna Nowak")


def test_doubles_and_names_alike_are_told_apart(look, commit, visit):
    make_member(visit, "Krzysztof Żółkowski")

    answer = look(
        "Anna Kowalska\nANNA KOWALSKA\nKowalska Anna\nAnna Kowalski\nKrzysztof Zolkowski\nKrzysztof Zolkovski"
    )

    assert [outcome for _title, outcome in outcomes(answer)] == [
        "create",
        "double",
        "double",
        "ask",
        "same",
        "ask",
    ]
    commit(answer)
    assert visit.members.count() == 2
    commit(answer := look("Anna Kowalski"), take=[1])  # another person: a tick says so
    assert outcomes(answer) == [("Anna Kowalski", "ask")]
    assert visit.members.count() == 3


def test_what_is_entered_is_completed_and_never_overwritten(look, commit, visit):
    member = make_member(visit, "Anna Nowak", post_local="burmistrz", values={"diet": "vegetariška"})
    table = "Name;Post;Diet;Phone;Languages\nAnna Nowak;dyrektor;be glitimo;+48 1;EN, polski"

    answer = look(table)

    assert outcomes(answer) == [("Anna Nowak", "fill")]
    assert "mityba" in notes_of(answer, "Anna Nowak")
    commit(answer)
    member.refresh_from_db()
    assert (member.post_local, member.languages) == ("burmistrz", ["en", "pl"])
    kept = personal.get_values([member], purpose=GUEST_PURPOSE, by=visit.responsible.actor)[member.pk]
    assert kept == {"diet": "vegetariška", "phone": "+48 1"}


def test_a_companion_is_joined_to_whom_she_accompanies(look, commit, visit):
    commit(look("Name;Accompanies\nEwa Łączyńska;Zbigniew Łączyński\nZbigniew Łączyński;"))

    spouse = visit.members.get(name="Ewa Łączyńska")
    assert (spouse.kind, spouse.companion_of.name) == ("companion", "Zbigniew Łączyński")


# --- columns ------------------------------------------------------------------------------------------------------


def test_headings_of_a_workbook_are_understood_and_what_is_not_needed_is_left(look, commit, visit):
    rows = [
        ["Lista delegacji"],
        [*HEADS],
        ["Anna Nowak", "Dyrektor", "+48 600 100 200", "wegetariańska", datetime.date(2026, 5, 4), "1980-01-01", "2027-06-15"],
        ["Jan Lis", "=1+1", "", "", "31.02.2026", "", "10.06.2027"],
    ]  # fmt: skip
    answer = look(content=workbook(*rows), name="lista.xlsx")

    codes = [column["code"] for column in answer.context["columns"]]
    assert codes == ["name", "post_local", "phone", "diet", "consented_on", "born_on", "arrives"]
    assert "Lista delegacji" in " ".join(answer.context["table"].notes)
    assert "nereikal" in words(answer)  # the date of birth is not needed, and that is said
    told = notes_of(answer, "Jan Lis")
    assert all(part in told for part in ("31.02.2026", "birželio 10 d."))
    assert "Langelyje B4 yra formulė" in " ".join(answer.context["table"].notes)
    commit(answer)
    anna, jan = visit.members.order_by("name")
    assert (anna.consented_on, anna.post_local, jan.post_local) == (datetime.date(2026, 5, 4), "Dyrektor", "")
    assert "1980" not in str(AuditEvent.objects.values_list("data", flat=True))


def test_a_wrong_guess_is_corrected_in_the_preview(client, look, commit, visit):
    answer = look("Kas;Ką\nAnna Nowak;burmistrz\nJan Lis;radny")
    assert [row.title for row in answer.context["plan"].rows] == ["Kas", "Anna Nowak", "Jan Lis"]

    again = client.post(
        reverse("delegations:members_import", args=[visit.pk]),
        {"step": "again", "token": answer.context["token"], "column_0": "name", "column_1": "post_lt"},
    )
    commit(again)

    assert visit.members.get(name="Jan Lis").post_lt == "radny"


def test_identity_documents_are_taken_only_where_they_are_needed(look, commit, specialist):
    table = "Name;Passport\nAnna Nowak;AB 123456"
    answer = look(table)
    assert "dokument" in words(answer)
    assert answer.context["plan"].rows[0].deed["values"] == {}

    commit(answer)
    assert not PersonalValue.objects.exists()


def test_who_may_not_read_guests_data_does_not_bring_it(client, visit, look):
    role = UserFactory(role="specialist")
    role.user_permissions.clear()
    fields = {one.code: str(one.why_not) for one in services_fields(visit, may_keep=False)}

    assert all(fields[code] for code in ("phone", "email", "diet", "accessibility"))


def services_fields(visit, *, may_keep):
    from delegations.services.guest_plan import fields_for

    return fields_for(visit, may_keep=may_keep)


# --- encodings --------------------------------------------------------------------------------------------------

LISTS = {
    "windows-1257": ("Vardas, pavardė;Pareigos\nŽydrė Žukauskienė;tarybos narė\nLīga Bērziņa;mēre", "Žydrė Žukauskienė"),
    "windows-1250": ("Imię i nazwisko;Stanowisko\nZbigniew Łączyński;prezydent\nMałgorzata Świętoń;radna", "Zbigniew Łączyński"),
    "windows-1251": ("Ім'я та прізвище;Посада\nОлександр Швиденко;мер\nТетяна Ґалаґан;перекладачка", "Олександр Швиденко"),
    "utf-8": ("Name;Post\nNino Gelašvili;ნინო", "Nino Gelašvili"),
    "utf-16": ("Name;Post\nJürgen Weiß;Bürgermeister", "Jürgen Weiß"),
}  # fmt: skip


@pytest.mark.parametrize("encoding", LISTS)
def test_the_encoding_is_found_by_its_letters(look, encoding):
    text, name = LISTS[encoding]

    answer = look(content=text.encode(encoding))

    assert answer.context["table"].encoding == encoding
    assert name in [row.title for row in answer.context["plan"].rows]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8-sig"])
def test_marks_of_an_encoding_may_be_there_or_not(encoding):
    assert tables.decode("Žydrė Žukauskienė;tarybos narė".encode(encoding))[0].endswith("narė")


def test_bytes_that_mean_letters_in_two_encodings_follow_the_language_and_may_be_read_again(
    client, visit, look
):
    content = "Name;Post\nHélène Dupré;maire".encode("windows-1252")
    answer = look(content=content)
    assert tables.decode(content, languages=["fr"])[1] == "windows-1252"

    again = client.post(
        reverse("delegations:members_import", args=[visit.pk]),
        {"step": "again", "token": answer.context["token"], "encoding": "windows-1252"},
    )

    assert outcomes(again) == [("Hélène Dupré", "create")]


# --- what is bad --------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    return target.getvalue()


def with_entities() -> bytes:
    source, target = io.BytesIO(workbook(["Name"], ["Anna Nowak"])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/workbook.xml":
                content = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            new.writestr(part, content)
    return target.getvalue()


FILES = [
    (bomb(), "x.xlsx", "didesnė"),
    (with_entities(), "x.xlsx", "nereikia"),
    (b"PK\x03\x04 broken", "x.xlsx", "sugadinta"),
    (workbook(["Name", "Post"]), "x.xlsx", "nieko nėra"),
    (workbook(), "x.xlsx", "nieko nėra"),
    (b"%PDF-1.7 ...", "x.pdf", "XLSX arba CSV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", "XLSX arba CSV"),
    (b"", "x.csv", "tuščias"),
    (b'Name;Post\n"Anna', "x.csv", "Anna"),
    (("Name;Post\n" + "\n".join(f"Anna Nr{n:04}x;b" for n in range(3000))).encode(), "x.csv", "3000"),
]


@pytest.mark.parametrize(("content", "name", "said"), FILES)
def test_a_file_that_cannot_be_is_refused_in_words(look, visit, content, name, said):
    answer = look(content=content, name=name)

    assert answer.status_code in (200, 422)
    assert said in words(answer)
    assert not visit.members.exists()


def test_three_thousand_pasted_rows_stay_in_the_field(look):
    text = "\n".join(f"Anna Nowak{n:04}" for n in range(3000))

    answer = look(text)

    assert answer.status_code == 422
    assert "daugiausia 500" in words(answer)
    assert answer.context["form"]["text"].value() == text


def test_empty_bytes_are_left_out_and_told(look):
    answer = look(content=b"Name;Post\nAnna\x00 Nowak;mayor")

    assert outcomes(answer) == [("Anna Nowak", "create")]
    assert any("NUL" in note for note in answer.context["table"].notes)


def test_formulas_are_neither_run_nor_kept(look, commit, visit):
    answer = look('Name;Post;Phone\n=HYPERLINK("http://x";"Anna");mayor;\nJan Lis;@SUM(1+9);+48 600 000 000')

    assert outcomes(answer)[0][1] == "refused"
    commit(answer)
    member = visit.members.get()
    assert (member.name, member.post_local) == ("Jan Lis", "")
    assert imports.is_formula("+cmd|' /C calc'!A0")
    assert not imports.is_formula("+48 (77) 12-34-56")


def test_hidden_sheets_merged_cells_and_formulas_of_a_workbook_are_told(look, commit, visit):
    def change(book):
        sheet = book.active
        sheet.merge_cells("B2:B3")
        hidden = book.create_sheet("Slaptas")
        hidden.sheet_state = "hidden"
        hidden.append(["Ne Svečias"])
        sheet["C2"] = "=A2"

    answer = look(
        content=workbook(["Name", "Post", "Diet"], ["Anna Nowak", "radny"], ["Jan Lis"], change=change),
        name="x.xlsx",
    )

    notes = " ".join(answer.context["table"].notes)
    assert all(part in notes for part in ("Slaptas", "C2", "Sujungti"))
    commit(answer)
    assert list(visit.members.values_list("name", "post_local")) == [
        ("Anna Nowak", "radny"),
        ("Jan Lis", "radny"),
    ]


def test_cards_are_read_and_a_broken_one_does_not_take_the_others(look, commit, visit):
    cards = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nowak;Anna;;;\r\nFN:Anna Nowak\r\nORG:Opole\r\nTITLE:Burmistrz\r\n"
        "TEL;TYPE=WORK:+48 77 1\r\nEMAIL:a@opole.example\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jan Lis\r\nthis is not a line\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nN:Świętoń;Małgorzata;;;\r\nFN:Małgorzata Świętoń\r\nLANG:pl\r\n"
    )
    answer = look(content=cards.encode(), name="x.vcf")

    assert [title for title, _outcome in outcomes(answer)] == ["Anna Nowak", "Jan Lis", "Małgorzata Świętoń"]
    assert any("2" in note for note in answer.context["table"].notes)
    commit(answer)
    anna = visit.members.get(name="Anna Nowak")
    assert anna.post_local == "Burmistrz, Opole"


def test_every_writing_stands_and_what_cannot_be_printed_is_told(look, commit, visit):
    answer = look("Name\nYasir 🤝 Haddad\nمحمد علي\nლევან ბერიძე\n🤝🤝")

    assert [outcome for _title, outcome in outcomes(answer)] == ["create", "create", "create", "refused"]
    assert "U+1F91D" in notes_of(answer, "Yasir Haddad")
    commit(answer)
    assert visit.members.get(name="ლევან ბერიძე").own_name == "ლევან ბერიძე"
    assert visit.members.count() == 3


@pytest.mark.parametrize(
    ("text", "day", "unclear"),
    [
        ("2027-06-15", (2027, 6, 15), False),
        ("15.06.2027", (2027, 6, 15), False),
        ("06/15/2027", (2027, 6, 15), False),
        ("03/04/2027", (2027, 4, 3), True),
        ("15 June 2027", (2027, 6, 15), False),
        ("15 czerwca 2027", (2027, 6, 15), False),
        ("2027 m. birželio 15 d.", (2027, 6, 15), False),
        ("15 червня 2027", (2027, 6, 15), False),
        ("46188", (2026, 6, 15), False),
        ("31.02.2027", None, False),
        ("rytoj", None, False),
    ],
)
def test_days_are_read_as_people_write_them(text, day, unclear):
    assert guest_lists.read_day(text) == (datetime.date(*day) if day else None, unclear)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "Zbigniew Łączyński, Prezydent Miasta Opola, weganin",
            {"post_local": "Prezydent Miasta Opola", "diet": "weganin"},
        ),
        (
            "Maria Nowak, dyrektor Szkoły nr 5, ur. 31.02.1970",  # no such day, and no telephone either
            {"post_local": "dyrektor Szkoły nr 5", "born_on": "31.02.1970"},
        ),
        (
            "Jan Kowalski (tłumacz), PESEL 70023112345, tel. +48 600 100 200",
            {"kind": "tłumacz", "personal_code": "70023112345", "phone": "+48 600 100 200"},
        ),
        (
            "Ona Petraitė – gydytoja alergologė, pasas Nr. 12345678, 2031-06-01",
            {"post_local": "gydytoja alergologė", "identity": "12345678", "arrives": "2031-06-01"},
        ),
    ],
)
def test_what_is_private_leaves_the_post_of_a_pasted_line(line, read):
    found = guest_lists.read_line(line)

    assert found.pop("name") in line
    assert found == read


def test_a_birthday_in_a_letter_is_told_and_not_kept(look, commit, visit):
    answer = look("Maria Nowak, dyrektor Szkoły nr 5, ur. 31.02.1970, weganka")

    assert "nesaugoma" in notes_of(answer, "Maria Nowak")
    commit(answer)
    guest = Member.objects.get()
    assert guest.post_local == "dyrektor Szkoły nr 5"
    kept = personal.get_values([guest], purpose=GUEST_PURPOSE, by=visit.responsible.actor)[guest.pk]
    assert kept == {"diet": "weganka"}


def test_a_closed_visit_takes_no_list(client, look, commit, visit):
    answer = look("Anna Nowak\nJan Lis")
    from delegations import services

    services.call_off_visit(visit, reason="Neatvyksta", by=visit.responsible.actor)

    assert commit(answer).status_code == 422
    assert not visit.members.exists()


def test_outcomes_have_their_tones():
    from delegations.views.guest_import import TONES

    assert set(TONES) == set(Outcome)
