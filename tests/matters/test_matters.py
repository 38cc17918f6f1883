"""One matter from its opening to its closing: number, relations, tasks, remarks, timeline, voiding."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, StaleWriteError
from core.models import AuditEvent
from matters.choices import Access, LinkRelation, Phase
from matters.models import Matter, MatterLink, Notice, Task
from matters.services import (
    add_comment,
    change_access,
    change_task,
    close_matter,
    create_task,
    finish_task,
    link_matters,
    restore_matter,
    void_matter,
)
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_ladder, make_note, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return UserFactory(role="specialist")


@pytest.fixture
def colleague():
    return UserFactory(role="specialist", first_name="Ona", last_name="Kolegė")


@pytest.fixture
def page(client, specialist):
    client.force_login(specialist)
    return client


def texts(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


# --- opening and numbers ------------------------------------------------------------------------------------


def test_a_matter_gets_the_next_number_of_its_kind_and_year(specialist):
    year = timezone.localdate().year

    numbers = [make_note(specialist).number for _each in range(2)]

    assert numbers == [f"PZ-{year}-001", f"PZ-{year}-002"]
    opened = AuditEvent.objects.filter(action="matter.opened")
    assert [event.actor_name for event in opened] == [specialist.full_name] * 2


@pytest.mark.django_db(transaction=True)
def test_matters_opened_at_once_get_different_numbers(specialist):
    numbers: list[str] = []
    barrier = threading.Barrier(4)

    def open_one():
        try:
            barrier.wait(5)
            numbers.append(make_note(specialist).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_one) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(set(numbers)) == 4


def test_a_number_leads_to_the_matter_and_a_strangers_one_is_not_there(page, specialist, colleague):
    matter = make_note(specialist)
    secret = make_note(colleague, access=Access.NAMED, people=[colleague])

    assert page.get(reverse("matters:go", args=[matter.pk])).url == matter.get_absolute_url()
    assert page.get(reverse("matters:go", args=[secret.pk])).status_code == 404


# --- relations ----------------------------------------------------------------------------------------------


def test_matters_are_linked_by_number_and_the_link_is_seen_from_both_sides(page, specialist):
    matter, other = make_note(specialist, title="Vizitas"), make_note(specialist, title="Kvietimas")

    answer = page.post(
        reverse("matters:link_matter", args=[matter.pk]),
        {"number": other.number.lower(), "relation": LinkRelation.AROSE_FROM},
    )

    assert answer.status_code == 302
    here = page.get(reverse("matters:history", args=[matter.pk])).context_data
    there = page.get(reverse("matters:history", args=[other.pk])).context_data
    assert [link.other for link in here["links"]] == [other]
    assert [link.matter for link in there["links_here"]] == [matter]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "Įrašykite numerį"),
        ("XX-1", "Tokio reikalo nėra"),
        ("itself", "susieti su juo pačiu"),
        ("twice", "jau susieti"),
    ],
)
def test_a_link_that_cannot_be_is_refused_in_words(page, specialist, number, words):
    matter, other = make_note(specialist), make_note(specialist)
    link_matters(matter, other, relation=LinkRelation.ANSWERS, by=specialist.actor)
    number = {"itself": matter.number, "twice": other.number}.get(number, number)

    answer = page.post(
        reverse("matters:link_matter", args=[matter.pk]), {"number": number, "relation": LinkRelation.ANSWERS}
    )

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert MatterLink.objects.count() == 1


def test_a_link_shows_nobody_what_she_may_not_see(page, specialist, colleague):
    matter = make_note(specialist)
    secret = make_note(colleague, title="Slapta šventė", access=Access.NAMED, people=[colleague])
    link_matters(matter, secret, relation=LinkRelation.PART_OF, by=colleague.actor)

    answer = page.post(
        reverse("matters:link_matter", args=[matter.pk]), {"number": secret.number, "relation": "answers"}
    )
    assert "Tokio reikalo nėra" in answer.content.decode()
    assert "Slapta šventė" not in page.get(reverse("matters:history", args=[matter.pk])).content.decode()


def test_a_link_is_taken_off(page, specialist):
    matter, other = make_note(specialist), make_note(specialist)
    link = link_matters(matter, other, relation=LinkRelation.ANSWERS, by=specialist.actor)

    page.post(reverse("matters:unlink", args=[link.pk]))

    assert not MatterLink.objects.exists()
    assert AuditEvent.objects.of_matter(matter.pk).first().action == "matter.unlinked"


# --- void, restore, close, access -----------------------------------------------------------------------------


def test_a_matter_opened_in_error_is_void_with_a_reason_and_comes_back_as_it_was(page, specialist):
    matter = make_note(specialist)
    url = reverse("matters:void", args=[matter.pk])

    assert page.post(url, {"reason": "  "}).status_code == 422
    assert page.post(url, {"reason": "Atidaryta du kartus"}).status_code == 302
    matter.refresh_from_db()
    assert (matter.phase, matter.void_reason) == (Phase.VOID, "Atidaryta du kartus")
    text = page.get(reverse("matters:history", args=[matter.pk])).content.decode()
    assert "Atidaryta du kartus" in text
    assert "Atkurti" in text

    page.post(reverse("matters:restore", args=[matter.pk]))
    matter.refresh_from_db()
    assert (matter.phase, matter.void_reason, matter.number) == (Phase.DRAFT, "", matter.number)
    assert Matter.objects.filter(number=matter.number).count() == 1


def test_what_is_being_approved_or_closed_is_not_voided(specialist):
    UserFactory(role="head")
    make_ladder()
    waiting, closed = make_note(specialist), make_note(specialist)
    submit_note(waiting, specialist)
    close_matter(closed, by=specialist.actor)

    for matter in (waiting, closed):
        with pytest.raises(DomainError):
            void_matter(matter, reason="Klaida", by=specialist.actor)
    with pytest.raises(DomainError):
        restore_matter(closed, by=specialist.actor)


def test_a_matter_closes_when_its_tasks_are_done_and_opens_again_with_a_reason(page, specialist):
    matter = make_note(specialist)
    task = create_task(matter, title="Salė", assignee=specialist, by=specialist.actor)
    close = reverse("matters:close", args=[matter.pk])

    page.post(close)
    matter.refresh_from_db()
    assert matter.closed_at is None
    finish_task(task, by=specialist.actor)
    page.post(close)
    matter.refresh_from_db()
    assert (matter.phase, matter.closed_at is not None) == (Phase.CLOSED, True)

    history = reverse("matters:history", args=[matter.pk])
    page.post(
        reverse("matters:reopen", args=[matter.pk]),
        {"reason": ""},
        headers={"Referer": f"http://testserver{history}"},
    )
    matter.refresh_from_db()
    assert matter.phase == Phase.CLOSED
    page.post(reverse("matters:reopen", args=[matter.pk]), {"reason": "Atėjo dar vienas raštas"})
    matter.refresh_from_db()
    assert (matter.phase, matter.closed_at) == (Phase.ACTIVE, None)


def test_access_is_narrowed_to_named_people_and_nobody_locks_herself_out_unawares(
    page, specialist, colleague
):
    matter = make_note(colleague)
    url = reverse("matters:access", args=[matter.pk])

    assert page.post(url, {"access": Access.NAMED}).status_code == 422
    answer = page.post(url, {"access": Access.NAMED, "people": [colleague.pk]})

    assert answer.url == reverse(
        "matters:my_day"
    )  # she does not see it any more: not led to a page that is gone
    assert page.get(matter.get_absolute_url()).status_code == 404


# --- tasks --------------------------------------------------------------------------------------------------


def give(client, matter, to, **fields):
    data = {
        "title": "Užsakyti salę",
        "assignee": to.pk,
        "due_on": "2026-12-01",
        "note": "Iki 40 vietų",
        **fields,
    }
    return client.post(reverse("matters:tasks", args=[matter.pk]), data)


def test_a_task_is_given_done_returned_and_done_again(client, specialist, colleague):
    matter = make_note(specialist)
    client.force_login(specialist)
    assert give(client, matter, colleague).status_code == 302
    task = Task.objects.get()
    assert texts(colleague) == ["Naujas pavedimas: Užsakyti salę"]

    client.force_login(colleague)
    answer = client.post(
        reverse("matters:task_finish", args=[task.pk]),
        {"note": "Didžioji salė", "next": reverse("matters:my_day")},
    )
    assert answer.url == reverse("matters:my_day")
    task.refresh_from_db()
    assert (task.done_at is not None, task.done_note) == (True, "Didžioji salė")
    assert texts(specialist) == ["Atlikta: Užsakyti salę"]

    client.force_login(specialist)
    client.post(reverse("matters:task_reopen", args=[task.pk]), {"reason": "Reikia mažosios"})
    task.refresh_from_db()
    assert (task.done_at, task.done_note) == (None, "")
    assert texts(colleague)[1:] == ["Grąžintas pavedimas: Užsakyti salę – Reikia mažosios"]

    finish_task(task, by=colleague.actor)
    assert texts(specialist) == ["Atlikta: Užsakyti salę"] * 2


def test_done_pressed_twice_is_done_once_and_may_be_undone(page, specialist):
    task = create_task(make_note(specialist), title="Salė", assignee=specialist, by=specialist.actor)
    for _twice in range(2):
        answer = page.post(reverse("matters:task_finish", args=[task.pk]), follow=True)
    assert AuditEvent.objects.filter(action="task.done").count() == 1
    undo = reverse("matters:task_reopen", args=[task.pk])
    assert f'action="{undo}"' in answer.content.decode()

    page.post(undo)

    task.refresh_from_db()
    assert task.done_at is None


def test_who_only_reads_finishes_her_own_task_and_no_other(client, specialist):
    archivist = UserFactory(role="archivist")
    matter = make_note(specialist)
    hers = create_task(matter, title="Jos", assignee=archivist, by=specialist.actor)
    other = create_task(matter, title="Kito", assignee=specialist, by=specialist.actor)
    client.force_login(archivist)

    assert client.post(reverse("matters:task_finish", args=[hers.pk])).status_code == 302
    assert client.post(reverse("matters:task_reopen", args=[hers.pk])).status_code == 302  # undo
    assert client.post(reverse("matters:task_finish", args=[other.pk])).status_code == 403
    assert client.post(reverse("matters:task_drop", args=[other.pk])).status_code == 403
    assert give(client, matter, archivist).status_code == 403
    assert client.get(reverse("matters:task", args=[other.pk])).status_code == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "privalomas"),
        ({"title": "x" * 5000}, "200"),
        ({"due_on": "2026-02-30"}, "dat"),
        ({"assignee": 10**9}, "Pasirinkite"),
    ],
)
def test_a_task_that_cannot_be_is_refused_with_the_words_kept(page, specialist, fields, words):
    answer = give(page, make_note(specialist), specialist, **fields)

    text = answer.content.decode()
    assert (answer.status_code, Task.objects.count()) == (422, 0)
    assert words in text
    assert "Iki 40 vietų" in text


def test_a_task_is_not_given_to_who_may_not_see_or_in_a_closed_matter(page, specialist, colleague):
    matter = make_note(specialist)
    change_access(matter, access=Access.NAMED, people=[specialist], by=specialist.actor)
    assert "matyti negali" in give(page, matter, colleague).content.decode()

    close_matter(matter, by=specialist.actor)
    assert give(page, matter, specialist).status_code == 422
    assert Task.objects.count() == 0


def test_a_task_moved_to_a_colleague_is_told_to_her(page, specialist, colleague):
    task = create_task(make_note(specialist), title="Salė", assignee=specialist, by=specialist.actor)

    page.post(
        reverse("matters:task", args=[task.pk]),
        {"title": "Salė", "assignee": colleague.pk, "due_on": "", "note": "", "revision": task.revision},
    )

    task.refresh_from_db()
    assert (task.assignee, texts(colleague)) == (colleague, ["Naujas pavedimas: Salė"])


def test_a_dropped_task_stays_in_the_history(page, specialist):
    matter = make_note(specialist)
    task = create_task(matter, title="Salė", assignee=specialist, by=specialist.actor)

    page.post(reverse("matters:task_drop", args=[task.pk]))

    context = page.get(reverse("matters:tasks", args=[matter.pk])).context_data
    assert (context["open_tasks"], context["past_tasks"]) == ([], [task])
    assert finish_task(task, by=specialist.actor).done_at is None


def test_a_redirect_after_a_task_never_leaves_the_house(page, specialist):
    task = create_task(make_note(specialist), title="Salė", assignee=specialist, by=specialist.actor)

    answer = page.post(reverse("matters:task_finish", args=[task.pk]), {"next": "//kitur.example/"})

    assert answer.url == reverse("matters:tasks", args=[task.matter_id])


def test_two_browsers_changing_one_task_lose_nothing(page, specialist, colleague):
    """The second to save sees both texts, and may put hers over the other's."""
    task = create_task(make_note(specialist), title="Salė", assignee=specialist, by=specialist.actor)
    url = reverse("matters:task", args=[task.pk])
    opened = page.get(url).context_data["form"]["revision"].value()
    change_task(task, revision=task.revision, by=colleague.actor, title="Mažoji salė", note="Rytinė pusė")

    mine = {"title": "Didžioji salė", "assignee": specialist.pk, "due_on": "", "note": "Su ekranu"}
    answer = page.post(url, {**mine, "revision": opened})

    text = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Didžioji salė", "Mažoji salė", "Su ekranu", "Rytinė pusė", colleague.full_name):
        assert words in text
    assert text.count("<main") == 1
    task.refresh_from_db()
    assert task.title == "Mažoji salė"

    again = dict(answer.context["resend"])
    assert page.post(url, again).status_code == 302
    task.refresh_from_db()
    assert (task.title, task.note) == ("Didžioji salė", "Su ekranu")


@pytest.mark.django_db(transaction=True)
def test_two_saving_in_the_same_moment_leave_one_text(specialist):
    task = create_task(make_note(specialist), title="Salė", assignee=specialist, by=specialist.actor)
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def save(title):
        try:
            barrier.wait(5)
            change_task(task, revision=1, by=specialist.actor, title=title)
            outcomes.append("saved")
        except StaleWriteError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[title]) for title in ("Viena", "Kita")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(outcomes) == ["refused", "saved"]


# --- remarks and the timeline -------------------------------------------------------------------------------


def test_a_remark_is_pinned_to_an_item_met_and_opened_again(client, specialist):
    head = UserFactory(role="head")
    make_ladder()
    matter = make_note(specialist)
    step = submit_note(matter, specialist).steps.get()
    client.force_login(head)
    url = reverse("matters:decision_comment", args=[step.pk])

    assert client.post(url, {"anchor": "title", "text": " "}).status_code == 422
    assert client.post(url, {"anchor": "kitur", "text": "x"}).status_code == 422
    assert client.post(url, {"anchor": "title", "text": "Per ilgas"}).status_code == 302

    comment = matter.comments.get()
    assert (comment.anchor, comment.anchor_label, comment.version) == ("title", "Title", step.round.version)
    assert texts(specialist)[-1].endswith(": Per ilgas")
    client.force_login(specialist)
    history = reverse("matters:history", args=[matter.pk])
    assert "Per ilgas" in client.get(history).content.decode()
    resolve = reverse("matters:comment_resolve", args=[comment.pk])
    client.post(resolve, {"next": history})
    comment.refresh_from_db()
    assert (comment.resolved_version, comment.resolved_by_name) == (2, specialist.full_name)
    client.post(resolve, {"next": history})
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_an_accountant_reads_remarks_and_writes_none(client, specialist):
    UserFactory(role="head")
    make_ladder()
    step = submit_note(make_note(specialist), specialist).steps.get()
    client.force_login(UserFactory(role="accountant"))

    assert client.get(reverse("matters:decision", args=[step.pk])).status_code == 200
    answer = client.post(reverse("matters:decision_comment", args=[step.pk]), {"anchor": "", "text": "x"})
    assert answer.status_code == 403


def test_the_timeline_says_in_words_who_did_what_newest_first(page, specialist, colleague):
    matter = make_note(specialist)
    task = create_task(matter, title="Salė", assignee=colleague, by=specialist.actor)
    finish_task(task, by=colleague.actor, note="Padaryta")
    add_comment(matter, text="Puiku", by=specialist.actor)
    void_matter(matter, reason="Klaida", by=specialist.actor)

    rows = page.get(reverse("matters:history", args=[matter.pk])).context_data["timeline"]

    assert [(row["event"].actor_label, str(row["label"])) for row in rows] == [
        (specialist.full_name, "anuliavo reikalą"),
        (specialist.full_name, "parašė pastabą"),
        (colleague.full_name, "atliko pavedimą"),
        (specialist.full_name, "davė pavedimą"),
        (specialist.full_name, "pradėjo reikalą"),
    ]
    assert [row["details"] for row in rows[:4]] == [["Klaida"], ["Puiku"], ["Padaryta"], ["Salė"]]


def test_a_deed_done_many_times_is_one_row(page, specialist):
    matter = make_note(specialist)
    for number in range(9):
        create_task(matter, title=f"Darbas {number}", assignee=specialist, by=specialist.actor)

    answer = page.get(reverse("matters:history", args=[matter.pk]))

    [tasks, opened] = answer.context_data["timeline"]
    assert (tasks["count"], tasks["details"][0], len(tasks["details"]), tasks["more"]) == (
        9,
        "Darbas 8",
        6,
        3,
    )
    assert opened["count"] == 1


def test_every_action_of_the_spine_has_its_words():
    import re
    from pathlib import Path

    from core import registry

    told = {action for entry in registry.register_action_words for action in entry.words}
    home = Path(__file__).resolve().parents[2]
    recorded = {
        action
        for app in ("matters", "documents")
        for path in (home / app).rglob("*.py")
        for action in re.findall(
            r'"((?:matter|task|comment|approval|amendment|link|document)\.[a-z_]+)"', path.read_text()
        )
        if "migrations" not in path.parts
    }
    assert recorded - told - {"matters.matter"} == set()


def test_a_past_day_is_late_and_a_closed_matter_never(specialist):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    matter = make_note(specialist, due_on=yesterday)

    assert matter.is_late(timezone.localdate())
    close_matter(matter, by=specialist.actor)
    matter.refresh_from_db()
    assert not matter.is_late(timezone.localdate())
