"""Badges and place cards: every name in its own letters, whole within its label, from the place that is free."""

from __future__ import annotations

import html
import re
import subprocess

import pytest
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import Job
from delegations.models import Member
from delegations.papers.labels import Person, sheets, width_of, wrapped
from delegations.services.labels import draw
from documents import conformance
from documents.models import Document
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_item, make_member, make_visit

pytestmark = pytest.mark.django_db

PEOPLE = [
    Person("Zbigniew Łączyński", "", "pl", "Prezydent Miasta", "Opole", "Pan"),
    Person("Тетяна Ґжицька", "Tetiana Gžycka", "uk", "директорка департаменту " * 4, "Opole", "Пані"),
    Person(
        "ნინო გელაშვილი", "Nino Gelašvili", "ka", "მერიის კულტურის სამსახურის უფროსი", "Opole", "ქალბატონი"
    ),
    Person(
        "Małgorzata Świętoń-Wyszogrodzka-Brzęczyszczykiewicz", "", "pl", "Naczelnik " * 9, "Opole", "Pani"
    ),
    Person("Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren", "", "de", "", "", "Herr"),
]


def boxes(content: bytes) -> list[tuple[int, float, float, float, float, str]]:
    """Every word with its page and its box in millimetres."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    found = []
    for number, page in enumerate(done.stdout.decode().split("<page ")[1:]):
        for x1, y1, x2, y2, word in re.findall(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page
        ):
            sides = (float(side) * 25.4 / 72 for side in (x1, y1, x2, y2))
            found.append((number, *sides, html.unescape(word)))
    return found


@pytest.fixture
def visit():
    """Three guests, in three scripts; our host of one item."""
    user = UserFactory(role="specialist")
    visit = make_visit(by=user)
    make_member(visit, "Zbigniew Łączyński", kind="head", gender="m", post_local="Prezydent Miasta")
    nino = make_member(visit, "Nino Gelašvili", own_name="ნინო გელაშვილი", gender="f")
    Member.objects.filter(pk=nino.pk).update(name_language="ka")
    make_member(visit, "Tetiana Gžycka", own_name="Тетяна Ґжицька", gender="f")
    make_item(visit, "9.00", "10.00", host=UserFactory(first_name="Vytautas", last_name="Daukša", gender="m"))
    return visit


def ask(client, visit, **fields):
    client.force_login(visit.responsible)
    members = fields.pop("members", [member.pk for member in visit.members.all()])
    data = {"sheet": "badge-2x4", "start": 1, "members": members, **fields}
    return client.post(reverse("delegations:labels", args=[visit.pk]), data)


def made(visit, sheet):
    for job in Job.objects.filter(kind="delegations.make_labels", state="queued"):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.error
    return Document.objects.get(matter=visit, kind=f"delegations.labels:{sheet}").versions.first()


@pytest.mark.parametrize("code", list(sheets()))
def test_every_word_stands_whole_within_its_label(code):
    sheet, start = sheets()[code], sheets()[code].places
    content = draw(make_visit(), sheet, PEOPLE, start=start, moment=timezone.now())

    assert conformance.check(content) == []
    words = boxes(content)
    for person in PEOPLE:
        for part in re.findall(r"[^\s-]+", person.name):
            assert sum(part in word[5] for word in words) >= (2 if sheet.is_folded else 1)
    for page, left, top, right, bottom, word in words:
        places = range(sheet.places) if page else range(start - 1, sheet.places)
        assert any(
            x - 0.1 <= left
            and y - 0.1 <= top
            and right <= x + sheet.width + 0.1
            and bottom <= y + sheet.height + 0.1
            for x, y in (sheet.corner(place) for place in places)
        ), word


@pytest.mark.parametrize("code", list(sheets()))
def test_the_measures_of_a_sheet_lie_on_a4_and_do_not_overlap(code):
    sheet = sheets()[code]

    x, y = sheet.corner(sheet.places - 1)

    assert x + sheet.width <= 210.01
    assert y + sheet.height <= 297.01
    assert sheet.gap_x >= 0
    assert sheet.gap_y >= 0


def test_badges_are_asked_for_on_the_page_and_kept_as_a_working_paper(client, visit):
    answer = ask(client, visit, start=3)
    part = client.get(
        reverse("delegations:labels", args=[visit.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    version = made(visit, "badge-2x4")
    page = client.get(reverse("delegations:labels", args=[visit.pk])).content.decode()

    assert answer.status_code == 302
    assert part.strip().startswith("<div")
    assert 'data-hx-trigger="every 2s"' in part
    text = " ".join(word[5] for word in boxes(version.file.read()))
    for word in ("Zbigniew", "ნინო", "Gelašvili", "Ґжицька", "Prezydent", "Opole"):
        assert word in text
    assert min(word[2] for word in boxes(version.file.read())) > sheets()["badge-2x4"].corner(2)[1]
    assert version.document.is_working_paper
    assert reverse("documents:download", args=[version.pk]) in page


def test_place_cards_bow_in_the_language_of_the_name_and_are_read_from_both_sides(client, visit):
    ask(client, visit, sheet="card-2x4", hosts="on")
    words = [word[5] for word in boxes(made(visit, "card-2x4").file.read())]

    for word in ("Pan", "ქალბატონი", "Ponas", "Daukša", "Łączyński"):
        assert words.count(word) == 2
    assert "Opole" not in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start": 9}, "nuo 1 iki 8"),
        ({"start": 0}, ""),
        ({"start": "x"}, ""),
        ({"sheet": "badge-9x9"}, ""),
        ({"members": []}, "Pasirinkite bent vieną žmogų."),
        ({"members": [999999]}, ""),
    ],
)
def test_bad_input_is_refused_beside_its_field(client, visit, fields, words):
    answer = ask(client, visit, **fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context_data["form"].errors
    assert not Job.objects.filter(kind="delegations.make_labels").exists()


def test_pressed_twice_the_same_sheet_is_one_version(client, visit):
    ask(client, visit)
    made(visit, "badge-2x4")
    job = Job.objects.get(kind="delegations.make_labels")
    jobs.restart(job, payload=job.payload)

    assert made(visit, "badge-2x4").number == 1


def test_who_only_reads_makes_no_sheets(client, visit):
    client.force_login(UserFactory(role="accountant"))

    answer = client.post(reverse("delegations:labels", args=[visit.pk]), {"sheet": "badge-2x4", "start": 1})

    assert answer.status_code == 403


def test_a_long_name_is_broken_between_words_or_after_a_hyphen_only():
    lines = wrapped("Małgorzata Świętoń-Wyszogrodzka", 40, 14, bold=True)

    assert lines == ["Małgorzata", "Świętoń-", "Wyszogrodzka"]
    assert width_of("WW") > width_of("ii")
