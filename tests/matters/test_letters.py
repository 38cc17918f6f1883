"""Urgent notices at once, one digest a day in working hours: as the beat does it, to a real mail server."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.choices import Channel
from core.deadlines import EXCEPTIONS_KEY
from core.models import HolidayException, Job, OutgoingMail
from matters import deciders
from matters.choices import Access
from matters.models import Notice
from matters.services import change_access, create_task, finish_task, mark_read, void_matter
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_ladder, make_note, submit_note
from tests.post_office import html, plain, subject

pytestmark = pytest.mark.django_db
VILNIUS = ZoneInfo("Europe/Vilnius")
TUESDAY = datetime.datetime(2026, 6, 9, 8, 15, tzinfo=VILNIUS)


@pytest.fixture
def clock(monkeypatch):
    """Sets the hour everything in the house reads."""

    def at(moment: datetime.datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(TUESDAY)
    return at


def tick() -> None:
    """One round of the beat: what is scheduled to remind, then the letters it wrote."""
    name = django_settings.CELERY_BEAT_SCHEDULE["remind"]["task"]
    current_app.tasks[name].apply(throw=True)
    post()


def post() -> None:
    for job in Job.objects.due().filter(kind="core.send_mail"):
        jobs.run(job.pk)


@pytest.fixture
def specialist():
    return UserFactory(role="specialist", email="specialiste@example.lt")


@pytest.fixture
def head():
    return UserFactory(role="head", email="vedeja@example.lt")


def test_a_decision_awaited_is_told_at_once_even_at_night(clock, post_office, specialist, head):
    clock(TUESDAY.replace(hour=23))
    make_ladder()
    step = submit_note(make_note(specialist, title="Šventės programa"), specialist).steps.get()

    post()

    [letter] = post_office.letters
    decide = django_settings.PUBLIC_URL + reverse("matters:decision", args=[step.pk])
    choices = django_settings.PUBLIC_URL + reverse("accounts:profile")
    assert (letter["To"], subject(letter)) == ("vedeja@example.lt", "Laukia Jūsų sprendimo: Šventės programa")
    assert letter["Message-ID"] == OutgoingMail.objects.get().message_id
    for body in (plain(letter), html(letter)):
        assert decide in body
        assert choices in body
    assert '<html lang="lt">' in html(letter)


def test_letters_are_in_the_readers_language(clock, post_office, specialist):
    UserFactory(role="head", email="head@example.lt", language="en")
    make_ladder()
    submit_note(make_note(specialist), specialist)

    post()

    [letter] = post_office.letters
    assert subject(letter).startswith("Waiting for your decision: ")
    assert "Choose which letters you get" in plain(letter)
    assert '<html lang="en">' in html(letter)


def test_words_in_a_letter_are_never_markup(clock, post_office, specialist, head):
    make_ladder()
    submit_note(make_note(specialist, title="<script>alert(1)</script>"), specialist)

    post()

    assert "<script>" not in html(post_office.letters[0])


def test_who_wants_no_urgent_letters_finds_it_in_the_digest(clock, post_office, specialist):
    UserFactory(role="head", email="vedeja@example.lt", wants_urgent_mail=False)
    make_ladder()
    submit_note(make_note(specialist, title="Šventės programa"), specialist)
    post()
    assert post_office.letters == []

    tick()

    [letter] = post_office.letters
    assert "Šventės programa" in plain(letter)


def test_one_digest_a_day_says_what_waits_what_is_due_and_what_is_new(clock, post_office, specialist, head):
    make_ladder()
    matter = make_note(
        specialist, title="Šventės programa", due_on=TUESDAY.date() + datetime.timedelta(days=20)
    )
    submit_note(matter, specialist)
    create_task(matter, title="Užsakyti salę", assignee=head, by=specialist.actor, due_on=TUESDAY.date())
    create_task(matter, title="Parašyti kalbą", assignee=head, by=specialist.actor)
    Notice.objects.filter(key__startswith="approve:").update(mailed_at=TUESDAY)
    Job.objects.all().delete()

    for quarter in (0, 15, 30):
        clock(TUESDAY + datetime.timedelta(minutes=quarter))
        tick()

    [letter] = [letter for letter in post_office.letters if letter["To"] == "vedeja@example.lt"]
    text = plain(letter)
    waiting, due, new = (
        text.index(words) for words in ("Laukia Jūsų sprendimo:", "Pavedimai, kurių", "Nauja:")
    )
    assert waiting < due < new
    assert text.count("- Užsakyti salę\n") == 1  # told as due; not told a second time as a reminder
    assert "Naujas pavedimas: Parašyti kalbą" in text[new:]
    assert "Netrukus baigiasi" not in text
    assert "iki šiandien, birželio 9 d." in text
    assert "Parašyti kalbą" in html(letter)
    assert reverse("accounts:profile") in html(letter)


def test_the_next_day_brings_the_next_digest(clock, post_office, specialist, head):
    matter = make_note(specialist)
    create_task(matter, title="Pirmas", assignee=head, by=specialist.actor)
    tick()
    clock(TUESDAY + datetime.timedelta(days=1))
    tick()
    assert len(post_office.letters) == 1  # nothing new, nothing due: no letter

    create_task(matter, title="Antras", assignee=head, by=specialist.actor)
    clock(TUESDAY + datetime.timedelta(days=2))
    tick()

    assert len(post_office.letters) == 2
    assert "Antras" in plain(post_office.letters[1])
    assert "Pirmas" not in plain(post_office.letters[1])


def test_what_was_read_or_may_not_be_seen_is_not_in_the_digest(clock, post_office, specialist, head):
    read, hidden, void = (make_note(specialist, title=title) for title in ("Skaityta", "Slapta", "Klaida"))
    for matter in (read, hidden, void):
        create_task(
            matter,
            title=f"{matter.title} užduotis",
            assignee=head,
            by=specialist.actor,
            due_on=None if matter == read else TUESDAY.date(),
        )
    mark_read(head, Notice.objects.filter(user=head, matter__in=[read, void]))
    change_access(hidden, access=Access.NAMED, people=[specialist], by=specialist.actor)
    void_matter(void, reason="Atidaryta per klaidą", by=specialist.actor)

    tick()

    assert [letter for letter in post_office.letters if letter["To"] == "vedeja@example.lt"] == []


def test_who_wants_no_digest_gets_none(clock, post_office, specialist):
    head = UserFactory(role="head", wants_daily_digest=False)
    create_task(make_note(specialist), title="Salė", assignee=head, by=specialist.actor)

    tick()

    assert post_office.letters == []


QUIET = [
    pytest.param(datetime.datetime(2026, 6, 9, 7, 59, tzinfo=VILNIUS), id="before the day begins"),
    pytest.param(datetime.datetime(2026, 6, 9, 17, 0, tzinfo=VILNIUS), id="after it ends"),
    pytest.param(datetime.datetime(2026, 6, 9, 3, 0, tzinfo=VILNIUS), id="at night"),
    pytest.param(datetime.datetime(2026, 6, 12, 15, 45, tzinfo=VILNIUS), id="on Friday it ends sooner"),
    pytest.param(datetime.datetime(2026, 6, 13, 11, 0, tzinfo=VILNIUS), id="on Saturday"),
    pytest.param(datetime.datetime(2026, 6, 24, 11, 0, tzinfo=VILNIUS), id="on Saint John's day"),
    pytest.param(datetime.datetime(2026, 2, 16, 11, 0, tzinfo=VILNIUS), id="on the day of the state"),
]


@pytest.mark.parametrize("moment", QUIET)
def test_the_beat_writes_nothing_when_nobody_works(clock, post_office, specialist, head, moment):
    clock(moment)
    make_ladder()
    day = moment.date()
    create_task(make_note(specialist), title="Salė", assignee=head, by=specialist.actor, due_on=day)
    submit_note(make_note(specialist, due_on=day), specialist)
    post()
    told = len(post_office.letters)

    tick()
    assert len(post_office.letters) == told

    clock(TUESDAY + datetime.timedelta(days=21))  # an ordinary working morning: there was something to tell
    tick()
    assert len(post_office.letters) > told


@pytest.fixture
def city_day():
    yield HolidayException.objects.create(day=TUESDAY.date(), name="Miesto diena", is_working=False)
    cache.delete(EXCEPTIONS_KEY)  # the row is rolled back without a word to the cache


def test_a_holiday_the_office_adds_is_quiet_too(clock, post_office, specialist, head, city_day):
    create_task(
        make_note(specialist), title="Salė", assignee=head, by=specialist.actor, due_on=TUESDAY.date()
    )

    tick()

    assert post_office.letters == []


def test_a_task_is_chased_before_its_day_and_again_after_two_working_days(
    clock, post_office, specialist, head
):
    task = create_task(
        make_note(specialist),
        title="Salė",
        assignee=head,
        by=specialist.actor,
        due_on=datetime.date(2026, 6, 10),
    )
    chased = []
    for day in range(9, 20):
        clock(datetime.datetime(2026, 6, day, 9, 0, tzinfo=VILNIUS))
        tick()
        task.refresh_from_db()
        chased.append(task.chase_count)

    # Tuesday (the day before), Thursday, Monday, Wednesday, Friday; never at the weekend
    assert chased == [1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5]
    reminders = Notice.objects.filter(user=head, key__startswith="task-due:").order_by("pk")
    assert [notice.text.split(":")[0] for notice in reminders] == ["Netrukus baigiasi", *["Vėluoja"] * 4]


def test_a_finished_task_is_not_chased(clock, post_office, specialist, head):
    task = create_task(
        make_note(specialist), title="Salė", assignee=head, by=specialist.actor, due_on=TUESDAY.date()
    )
    finish_task(task, by=head.actor)

    tick()

    assert not Notice.objects.filter(key__startswith="task-due:").exists()


def test_a_late_decision_is_chased_daily_and_told_to_who_answers(clock, post_office, specialist, head):
    make_ladder({"role": "head", "days_before": 3})
    matter = make_note(specialist, title="Šventė", due_on=datetime.date(2026, 6, 10))
    step = submit_note(matter, specialist).steps.get()
    post()
    post_office.letters.clear()

    for _twice in range(2):
        tick()

    urgent = [
        subject(letter) for letter in post_office.letters if not subject(letter).startswith("Jūsų diena")
    ]
    assert len(urgent) == 2
    assert sum(head.full_name in words for words in urgent) == 1  # "no decision yet from …"
    step.refresh_from_db()
    assert (step.chased_on, step.chase_count) == (TUESDAY.date(), 1)


def test_a_reminder_to_somebody_without_an_account_brings_a_fresh_link(
    client, clock, post_office, specialist
):
    make_ladder(
        {
            "outside_name": "Vardenis Pavardenis",
            "outside_post": "direktorius",
            "outside_email": "direktorius@example.lt",
            "channels": [Channel.LINK],
        }
    )
    submit_note(make_note(specialist, due_on=datetime.date(2026, 6, 12)), specialist)
    post()

    tick()

    first, second = (
        re.search(r"/n/([\w-]+)/", plain(letter)).group(1)
        for letter in post_office.letters
        if letter["To"] == "direktorius@example.lt"
    )
    assert client.get(reverse("links:page", args=[first])).status_code == 410  # the older one stops working
    assert client.get(reverse("links:page", args=[second])).status_code == 200
    letter = post_office.letters[0]
    assert "Sprendimo reikia iki birželio 9 d." in plain(letter)
    assert "d.." not in plain(letter)
    assert second in html(post_office.letters[-1])


def test_a_step_freed_at_night_is_asked_in_the_morning(clock, post_office, specialist):
    make_ladder()
    approval = submit_note(make_note(specialist), specialist)
    head = UserFactory(role="head", email="vedeja@example.lt")
    post()
    post_office.letters.clear()

    clock(TUESDAY.replace(hour=2))
    tick()
    assert post_office.letters == []
    clock(TUESDAY)
    tick()

    approval.refresh_from_db()
    assert approval.state == "open"
    assert "vedeja@example.lt" in [letter["To"] for letter in post_office.letters]
    assert deciders.steps_waiting_for(head, timezone.localdate()) == [approval.steps.get()]
