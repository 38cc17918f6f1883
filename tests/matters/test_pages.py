"""My day of each role, notices, the queue and lists: what stands there, and that its questions do not grow with it."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.services import set_deputy
from matters import approvals, deciders
from matters.choices import Access
from matters.models import Notice
from matters.services import add_comment, create_task, link_matters, notify, void_matter
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_ladder, make_note, submit_note

pytestmark = pytest.mark.django_db
ROLES = (
    "specialist", "head", "deputy_head", "leadership", "secretariat", "archivist", "accountant", "unit_contact", "auditor",
    "data_protection", "administrator",
)  # fmt: skip
LIST_QUERIES, DETAIL_QUERIES = 10, 14  # design 7


@pytest.fixture
def specialist():
    return UserFactory(role="specialist", first_name="Ieva", last_name="Specialistė")


@pytest.fixture
def head():
    return UserFactory(role="head", first_name="Rasa", last_name="Vaičekonė")


def my_day(client, user):
    client.force_login(user)
    answer = client.get(reverse("matters:my_day"))
    assert answer.status_code == 200
    return answer


# --- my day --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_everyone_has_her_day_trimmed_to_what_she_may_see(client, specialist, head, role):
    make_ladder()
    secret = make_note(specialist, title="Nematomas jubiliejus", access=Access.NAMED, people=[specialist])
    create_task(secret, title="Nematoma užduotis", assignee=specialist, by=specialist.actor)
    submit_note(make_note(specialist, title="Atvira šventė"), specialist)

    text = my_day(client, UserFactory(role=role)).content.decode()

    assert "Nematom" not in text
    assert ("Atvira šventė" in text) == (role == "head")  # another head: the step is asked of the role


def test_the_specialist_sees_tasks_by_deadline_what_came_back_and_whom_she_waits_for(
    client, specialist, head
):
    make_ladder()
    today = timezone.localdate()
    returned, waiting = make_note(specialist, title="Grąžinta"), make_note(specialist, title="Pateikta")
    approvals.return_for_correction(
        submit_note(returned, specialist).steps.get(), by=head.actor, reason="Trūksta vertėjo"
    )
    submit_note(waiting, specialist)
    for title, days in (("Vėliau", 9), ("Rytoj", 1), ("Vakar", -1)):
        day = today + datetime.timedelta(days=days)
        create_task(waiting, title=title, assignee=specialist, by=head.actor, due_on=day)
    create_task(waiting, title="Kolegės darbas", assignee=head, by=specialist.actor, due_on=today)
    void = make_note(specialist)
    create_task(void, title="Negaliojantis", assignee=specialist, by=head.actor)
    void_matter(void, reason="Klaida", by=specialist.actor)

    context = my_day(client, specialist).context_data

    assert [task.title for task in context["tasks"]] == ["Vakar", "Rytoj", "Vėliau"]
    assert context["ends_today"] == 1
    assert [approval.reason for approval in context["returned"]] == ["Trūksta vertėjo"]
    assert [(row["name"], row["what"]) for row in context["waiting_for_others"]] == [
        (head.full_name, "Kolegės darbas"),
        (head.full_name, "Pateikta"),
    ]


def test_what_came_back_leaves_the_day_when_it_is_submitted_again(client, specialist, head):
    make_ladder()
    matter = make_note(specialist)
    approvals.return_for_correction(submit_note(matter, specialist).steps.get(), by=head.actor, reason="Ne")
    submit_note(matter, specialist)

    assert my_day(client, specialist).context_data["returned"] == []


def test_the_head_and_her_deputy_see_what_waits_for_a_decision(client, specialist, head):
    make_ladder()
    step = submit_note(make_note(specialist), specialist).steps.get()
    deputy = UserFactory(role="specialist")
    assert my_day(client, deputy).context_data["waiting"] == []
    today = timezone.localdate()
    set_deputy(head, deputy, starts_on=today, ends_on=today, by=head.actor)

    for person in (head, deputy):
        assert my_day(client, person).context_data["waiting"] == [step]
    assert my_day(client, specialist).context_data["waiting"] == []


def test_nobody_is_asked_to_decide_what_she_may_not_see(client, specialist, head):
    make_ladder()
    approval = submit_note(make_note(specialist, access=Access.NAMED, people=[specialist]), specialist)

    assert approval.state == "blocked"
    assert "prieig" in approval.steps.get().block_reason
    assert my_day(client, head).context_data["waiting"] == []
    approval.matter.people.add(head)
    assert approvals.reassess() == 1
    assert len(my_day(client, head).context_data["waiting"]) == 1


def test_a_task_done_on_my_day_leads_back_to_it(client, specialist):
    task = create_task(make_note(specialist), title="Salė", assignee=specialist, by=specialist.actor)
    assert reverse("matters:task_finish", args=[task.pk]) in my_day(client, specialist).content.decode()

    answer = client.post(
        reverse("matters:task_finish", args=[task.pk]), {"next": reverse("matters:my_day")}, follow=True
    )

    assert answer.context_data["tasks"] == []


# --- whom a step asks ----------------------------------------------------------------------------------------


def test_a_step_names_the_person_when_one_alone_holds_the_role(client, specialist, head):
    make_ladder()
    matter = make_note(specialist)
    step = submit_note(matter, specialist).steps.get()
    assert step.whom == "Rasa Vaičekonė"

    second = UserFactory(role="head")
    step = type(step).objects.get()
    assert step.whom == "skyriaus vedėjas"
    second.is_active = False
    second.save()
    client.force_login(specialist)
    assert "Rasa Vaičekonė" in client.get(reverse("matters:approvals")).content.decode()


# --- notices -------------------------------------------------------------------------------------------------


def tell(user, count, *, start=0):
    for number in range(start, start + count):
        notify(user, key=f"k{number}", text=lambda number=number: f"Žinia {number}", url="/derinimas/")


def test_notices_are_read_one_by_one_or_all_and_the_bell_counts_the_rest(client, specialist):
    tell(specialist, 3)
    client.force_login(specialist)
    url = reverse("matters:notices")
    page = client.get(url)
    assert (page.context_data["unread"], len(page.context_data["object_list"])) == (3, 3)
    first = Notice.objects.get(key="k0")
    assert client.get(reverse("matters:notice_open", args=[first.pk])).status_code == 405

    assert client.post(reverse("matters:notice_open", args=[first.pk])).url == "/derinimas/"
    assert client.get(url).context_data["unread"] == 2
    client.post(reverse("matters:notices_read"))

    page = client.get(url)
    assert (page.context_data["unread"], len(page.context_data["object_list"])) == (0, 3)
    assert reverse("matters:notices_read") not in page.content.decode()


def test_notices_of_others_do_not_exist(client, specialist):
    tell(specialist, 1)
    client.force_login(UserFactory(role="head"))

    assert client.post(reverse("matters:notice_open", args=[Notice.objects.get().pk])).status_code == 404
    client.post(reverse("matters:notices_read"))
    assert Notice.objects.get().read_at is None


def test_the_same_thing_is_told_once_and_nothing_of_what_may_not_be_seen(specialist):
    stranger = UserFactory(role="specialist")
    secret = make_note(specialist, access=Access.NAMED, people=[specialist])
    tell(specialist, 1)
    tell(specialist, 1)

    assert notify(stranger, key="s", text=lambda: "Slapta", url="/", matter=secret) is None
    assert Notice.objects.count() == 1


def test_old_notices_turn_pages(client, specialist):
    tell(specialist, 45)
    client.force_login(specialist)

    assert len(client.get(reverse("matters:notices"), {"page": 2}).context_data["object_list"]) == 5
    assert client.get(reverse("matters:notices"), {"page": 9}).status_code == 404


# --- questions do not grow with rows ---------------------------------------------------------------------------


def count(client, url):
    client.get(url)  # what is cached is cached
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries), [query["sql"][:160] for query in queries]


@pytest.fixture
def grow(client, specialist, head):
    """Rows everywhere: matters waiting for the head, tasks, notices, relations, remarks and history."""
    make_ladder()
    main = make_note(specialist, title="Pagrindinis")
    approvals.approve(submit_note(main, specialist).steps.get(), by=head.actor)
    today = timezone.localdate()
    absent = UserFactory(role="leadership")
    set_deputy(absent, head, starts_on=today, ends_on=today, by=absent.actor)

    def more(times):
        for number in range(times):
            matter = make_note(specialist, title=f"Reikalas {Notice.objects.count()} {number}", due_on=today)
            submit_note(matter, specialist)
            for assignee in (head, specialist):
                create_task(
                    main, title=f"Darbas {number}", assignee=assignee, by=specialist.actor, due_on=today
                )
                create_task(matter, title=f"Kitas {number}", assignee=assignee, by=head.actor, due_on=today)
            add_comment(main, text=f"Pastaba {number}", by=head.actor)
            link_matters(main, matter, relation="answers", by=specialist.actor)
            tell(head, 1, start=Notice.objects.count())

    return main, more


MOST = {
    ("my_day", "head"): 30,  # two or three for each room that has a panel on it, however many rows
    ("my_day", "specialist"): 30,
    ("approvals", "head"): LIST_QUERIES,
    ("approvals", "specialist"): LIST_QUERIES,
    ("notices", "head"): LIST_QUERIES,
    ("tasks", "specialist"): DETAIL_QUERIES,
    ("history", "specialist"): DETAIL_QUERIES,
    ("decision", "head"): DETAIL_QUERIES,
}


def test_questions_are_the_same_at_five_rows_and_at_fifty(client, specialist, head, grow):
    main, more = grow
    people = {"head": head, "specialist": specialist}

    def asked():
        waiting = deciders.steps_waiting_for(head, timezone.localdate())
        args = {"tasks": [main.pk], "history": [main.pk], "decision": [waiting[0].pk]}
        found = {}
        for name, who in MOST:
            client.force_login(people[who])
            caches["process"].clear()  # the most a page asks
            found[name, who] = count(client, reverse(f"matters:{name}", args=args.get(name, [])))
        return found

    more(5)
    few = asked()
    more(45)
    many = asked()

    for page, most in MOST.items():
        number, said = many[page]
        assert (page, number) == (page, few[page][0]), "\n".join(said)
        assert number <= most, "\n".join([str(page), *said])
