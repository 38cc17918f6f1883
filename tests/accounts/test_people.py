"""People, their accounts, and what happens to the work of somebody who leaves."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import services
from accounts.choices import Role
from accounts.management.commands.sync_units import DATA as UNITS
from accounts.models import Unit, User
from core.jobs import run
from core.models import AuditEvent, Job
from matters.choices import Access, Phase
from matters.models import LadderStep, Matter, Notice, Task
from matters.services import create_task, set_state
from tests.accounts.factories import UnitFactory, UserFactory, role_group
from tests.matters.factories import make_ladder, make_note, submit_note

pytestmark = pytest.mark.django_db

PEOPLE = reverse("accounts:people")


@pytest.fixture
def administrator():
    return UserFactory(role="administrator")


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


# --- profile --------------------------------------------------------------------------------------------------


def save_profile(client, **changes):
    values = {
        "language": "lt",
        "theme": "auto",
        "phone": "",
        "wants_daily_digest": "on",
        "wants_urgent_mail": "on",
    }
    return client.post(reverse("accounts:profile"), {**values, **changes})


def test_language_theme_and_notices_are_ones_own_choice(client):
    person = UserFactory(role="specialist")
    client.force_login(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "lt"

    answer = client.post(
        reverse("accounts:profile"),
        {"language": "en", "theme": "dark", "phone": "8 315 55 111", "languages": ["lt", "pl"]},
    )

    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.language, person.theme, person.phone, person.languages) == (
        "en",
        "dark",
        "8 315 55 111",
        ["lt", "pl"],
    )
    assert (person.wants_daily_digest, person.wants_urgent_mail) == (False, False)
    page = client.get(reverse("accounts:profile"))
    assert page.headers["Content-Language"] == "en", "the cookie of before gives way"
    assert 'data-bs-theme="dark"' in page.content.decode()
    event = AuditEvent.objects.get(action="person.changed")
    assert (event.subject_pk, "phone" in event.data["fields"], "8 315" in str(event.data)) == (
        person.pk,
        True,
        False,
    )


def test_a_choice_of_mail_is_kept_to(client, django_capture_on_commit_callbacks):
    from matters.choices import NoticeUrgency
    from matters.services import notify

    wants, does_not = UserFactory(), UserFactory(wants_urgent_mail=False)
    for person in (wants, does_not):
        notify(person, key="x", text=lambda: "Laukiama sprendimo", url="/", urgency=NoticeUrgency.NOW)

    for job in Job.objects.filter(kind="core.send_mail"):
        run(job.pk)

    assert [letter.to for letter in mail.outbox] == [[wants.email]]
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"language": "ru"}, {"theme": "rožinė"}, {"languages": ["xx"]}, {"phone": "x" * 41}]
)
def test_a_wrong_choice_comes_back_beside_its_field(client, wrong):
    client.force_login(UserFactory())

    page = save_profile(client, **wrong)

    assert page.status_code == 422
    assert list(page.context_data["form"].errors) == list(wrong)


def test_a_form_of_ones_name_stands_above_the_rule(client):
    person = UserFactory(first_name="Ieva", last_name="Juknelytė")
    client.force_login(person)
    assert person.declined("genitive") == "Ievos Juknelytės"

    client.post(reverse("accounts:profile"), {"genitive": "Ievos Juknelytė", "dative": " "})

    person.refresh_from_db()
    assert person.declined("genitive") == "Ievos Juknelytė"
    assert person.case_overrides == {"genitive": "Ievos Juknelytė"}
    assert AuditEvent.objects.get(action="person.changed").data["fields"] == ["case_overrides"]


# --- the directory --------------------------------------------------------------------------------------------


def names(page) -> list[str]:
    return [person.last_name for person in page.context_data["rows"]]


def test_people_are_sorted_as_lithuanians_sort(client):
    client.force_login(UserFactory(last_name="Žiogė"))
    for name in ("Zabielė", "Yla", "Šilė", "Indrė", "Salė", "Jonė"):
        UserFactory(last_name=name)

    assert names(client.get(PEOPLE)) == ["Yla", "Indrė", "Jonė", "Salė", "Šilė", "Zabielė", "Žiogė"]


def test_the_directory_is_searched_filtered_and_sorted(client):
    unit = UnitFactory(name_lt="Kultūros skyrius")
    person = UserFactory(last_name="Kazlauskė", unit=unit, role="head")
    client.force_login(person)
    UserFactory(last_name="Petkė", post="buhalterė")

    for query in ({"q": "kazlausk"}, {"q": "kultūros"}, {"unit": unit.pk}, {"role": "head"}):
        assert names(client.get(PEOPLE, query)) == ["Kazlauskė"], query
    assert names(client.get(PEOPLE, {"q": "buhalt"})) == ["Petkė"]
    assert names(client.get(PEOPLE, {"sort": "-sort_key"})) == ["Petkė", "Kazlauskė"]
    assert names(client.get(PEOPLE, {"q": "\x00'\"%"})) == []


def test_closed_people_are_shown_to_the_administrator_alone(client, administrator):
    UserFactory(last_name="Išėjusė", is_active=False, closed_at="2026-01-05T10:00Z")
    client.force_login(UserFactory(last_name="Esamė", role="head"))
    assert "Išėjusė" not in names(client.get(PEOPLE, {"closed": "1"}))
    assert "Išėjusė" not in client.get(PEOPLE, {"export": "csv"}).content.decode()

    client.force_login(administrator)
    assert "Išėjusė" not in names(client.get(PEOPLE))
    assert names(client.get(PEOPLE, {"closed": "1"})) == ["Išėjusė"]


def test_the_file_holds_what_is_shown(client):
    client.force_login(UserFactory(last_name="Kazlauskė", phone="8 315 55 111"))
    UserFactory(last_name="Petkė")

    file = client.get(PEOPLE, {"q": "kazlausk", "export": "csv"}).content.decode("utf-8-sig").splitlines()

    assert len(file) == 2
    assert "Kazlauskė" in file[1]
    assert "8 315 55 111" in file[1]


def test_the_list_asks_no_more_of_the_database_for_more_people(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(UserFactory(unit=UnitFactory()))
    client.get(PEOPLE)
    with django_assert_max_num_queries(10) as one:
        client.get(PEOPLE)
    for _more in range(20):
        UserFactory(unit=UnitFactory(), role="specialist")
    role_group("head")

    with django_assert_num_queries(len(one.captured_queries)):
        client.get(PEOPLE)


# --- the administrator's verbs --------------------------------------------------------------------------------


def person_data(**changes):
    return {
        "username": "rasa",
        "first_name": "Rasa",
        "last_name": "Vaičekonė",
        "gender": "f",
        "post": "skyriaus vedėja",
        "email": "rasa@example.lt",
        **changes,
    }


def test_somebody_new_sets_her_password_by_a_letter(admin_client, client):
    head = role_group("head")

    answer = admin_client.post(reverse("accounts:person_add"), person_data(roles=[head.pk]))

    person = User.objects.get(username="rasa")
    assert answer.headers["Location"] == reverse("accounts:person", args=[person.pk])
    assert not person.has_usable_password()
    assert person.has_perm("matters.view_leadership_matter")
    assert AuditEvent.objects.get(action="person.added").data["roles_given"] == ["head"]
    run(Job.objects.get(kind="core.send_mail").pk)
    assert mail.outbox[0].to == ["rasa@example.lt"]
    link = mail.outbox[0].body.split("http://")[1].split()[0].partition("/")[2]
    visitor = type(client)()
    hidden = visitor.get(f"/{link}").headers["Location"]
    visitor.post(hidden, {"new_password1": "nauji-namai-2026", "new_password2": "nauji-namai-2026"})
    person.refresh_from_db()
    assert person.check_password("nauji-namai-2026")


def test_a_role_taken_away_is_taken_at_once_and_told_to_the_trail(admin_client):
    person = UserFactory(role="head", username="rasa")

    admin_client.post(
        reverse("accounts:person_edit", args=[person.pk]),
        person_data(roles=[role_group("archivist").pk]),
    )

    person = User.objects.get(pk=person.pk)
    assert not person.has_perm("delegations.change_visit")
    event = AuditEvent.objects.get(action="person.changed")
    assert (event.data["roles_given"], event.data["roles_taken"]) == (["archivist"], ["head"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "užimtas"}, "username"),
        ({"username": "du žodžiai"}, "username"),
        ({"last_name": ""}, "last_name"),
        ({"last_name": "A" * 81}, "last_name"),
        ({"email": "ne adresas"}, "email"),
        ({"email": ""}, "email"),
        ({"gender": "x"}, "gender"),
        ({"roles": ["999999"]}, "roles"),
    ],
)
def test_a_wrong_person_comes_back_beside_the_field(admin_client, changes, field):
    UserFactory(username="užimtas")

    page = admin_client.post(reverse("accounts:person_add"), person_data(**changes))

    assert page.status_code == 422
    assert list(page.context_data["form"].errors) == [field]
    assert not User.objects.filter(first_name="Rasa").exists()


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_only_the_administrator_changes_people(client, role):
    person = UserFactory()
    client.force_login(UserFactory(role=role))

    for name in ("person_edit", "person_close", "person_reopen"):
        address = reverse(f"accounts:{name}", args=[person.pk])
        assert client.post(address).status_code == 403, name
    assert client.get(reverse("accounts:person_add")).status_code == 403
    assert reverse("accounts:person_add") not in client.get(PEOPLE).content.decode()


# --- hand-over ------------------------------------------------------------------------------------------------


@pytest.fixture
def leaving():
    """Somebody with a matter, a task in somebody's matter and an approval waiting."""
    person = UserFactory(role="head", first_name="Rasa", last_name="Vaičekonė")
    make_note(person, title="Miesto šventė")
    closed = make_note(person, title="Senas reikalas")
    set_state(closed, state="approved", phase=Phase.CLOSED)
    colleague = UserFactory(role="specialist")
    others = make_note(colleague, title="Kvietimas")
    create_task(others, title="Užsakyti gėlių", assignee=person, by=colleague.actor)
    make_ladder({"user": person})
    submit_note(others, colleague)
    return person


def hand_over(client, person, to):
    return client.post(reverse("accounts:hand_over", args=[person.pk]), {"to": to.pk})


def test_one_press_hands_everything_over(client, leaving):
    head, to = UserFactory(role="head"), UserFactory(role="deputy_head")
    client.force_login(head)
    page = client.get(reverse("accounts:hand_over", args=[leaving.pk])).content.decode()
    assert all(words in page for words in ("Miesto šventė", "Užsakyti gėlių", "Kvietimas"))
    assert "Senas reikalas" not in page

    answer = hand_over(client, leaving, to)

    assert answer.headers["Location"] == reverse("accounts:person", args=[leaving.pk])
    assert Matter.objects.get(title="Miesto šventė").responsible == to
    assert Matter.objects.get(title="Senas reikalas").responsible == leaving, "what is over stays on record"
    assert Task.objects.get().assignee == to
    assert LadderStep.objects.get().user == to
    assert services.open_work(leaving) == []
    assert len(services.open_work(to)) == 3
    assert AuditEvent.objects.get(action="person.handed_over").data["count"] == 3
    assert {
        AuditEvent.objects.get(action=action).actor_user
        for action in ("matter.handed_over", "task.handed_over", "approval.handed_over")
    } == {head}
    assert Notice.objects.filter(user=to).count() == 3


def test_what_the_colleague_may_not_see_stops_the_whole_hand_over(client, leaving):
    make_note(leaving, title="Slaptas", access=Access.NAMED)
    secret = make_note(UserFactory(role="head"), title="Jubiliejus", access=Access.NAMED, people=[leaving])
    create_task(secret, title="Dovana", assignee=leaving, by=leaving.actor)
    to = UserFactory(role="specialist")
    client.force_login(UserFactory(role="head"))

    page = hand_over(client, leaving, to)

    assert page.status_code == 422
    assert list(page.context_data["form"].errors) == ["to"]
    assert Matter.objects.get(title="Miesto šventė").responsible == leaving, "nothing was half done"


def test_an_approval_is_not_handed_to_who_submitted_it(client, leaving):
    submitter = Matter.objects.get(title="Kvietimas").responsible
    client.force_login(UserFactory(role="head"))

    page = hand_over(client, leaving, submitter)

    assert page.status_code == 422
    assert Task.objects.get().assignee == leaving


def test_somebody_without_a_role_takes_no_matters(client, leaving):
    client.force_login(UserFactory(role="head"))

    assert hand_over(client, leaving, UserFactory()).status_code == 422
    assert Matter.objects.get(title="Miesto šventė").responsible == leaving


def test_the_person_herself_and_a_closed_one_are_no_choice(client, leaving):
    client.force_login(UserFactory(role="head"))

    for to in (leaving, UserFactory(is_active=False)):
        assert hand_over(client, leaving, to).status_code == 422


@pytest.mark.parametrize("role", ["specialist", "archivist", "auditor", "leadership", "data_protection"])
def test_others_do_not_hand_work_over(client, leaving, role):
    person = UserFactory(role=role)
    client.force_login(person)

    assert hand_over(client, leaving, person).status_code == 403


# --- closed, never deleted ------------------------------------------------------------------------------------


def test_a_closed_account_is_shut_at_once(admin_client, client):
    person = UserFactory(role="specialist", username="ieva")
    person.set_password("beržai-ir-klevai-7")
    person.save()
    at_work = type(client)()
    at_work.post(reverse("accounts:login"), {"username": "ieva", "password": "beržai-ir-klevai-7"})
    assert at_work.get(PEOPLE).status_code == 200

    admin_client.post(reverse("accounts:person_close", args=[person.pk]))

    assert at_work.get(PEOPLE).headers["Location"].startswith(reverse("accounts:login"))
    page = at_work.post(reverse("accounts:login"), {"username": "ieva", "password": "beržai-ir-klevai-7"})
    assert page.status_code == 200
    assert at_work.get(PEOPLE).status_code == 302
    person.refresh_from_db()
    assert person.closed_at is not None
    assert admin_client.get(PEOPLE).status_code == 200, "other sessions go on"

    admin_client.post(reverse("accounts:person_reopen", args=[person.pk]))
    answer = at_work.post(reverse("accounts:login"), {"username": "ieva", "password": "beržai-ir-klevai-7"})
    assert answer.status_code == 302
    actions = ["person.closed", "person.reopened"]
    happened = AuditEvent.objects.filter(action__in=actions).order_by("pk")
    assert list(happened.values_list("action", flat=True)) == actions


def test_open_work_keeps_an_account_open(admin_client, leaving):
    admin_client.post(reverse("accounts:person_close", args=[leaving.pk]))

    leaving.refresh_from_db()
    assert leaving.closed_at is None
    assert (
        reverse("accounts:person_close", args=[leaving.pk])
        not in admin_client.get(reverse("accounts:person", args=[leaving.pk])).content.decode()
    )


def test_nobody_closes_her_own_account(admin_client, administrator):
    admin_client.post(reverse("accounts:person_close", args=[administrator.pk]))

    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_closed_person_is_nobodys_deputy_approver_or_choice(client, administrator):
    from django.utils import timezone

    head, deputy = UserFactory(role="head"), UserFactory(role="specialist")
    today = timezone.localdate()
    services.set_deputy(head, deputy, starts_on=today, ends_on=today, by=head.actor)

    services.close_account(deputy, by=administrator.actor)

    assert services.deputies_of(head, today) == []
    client.force_login(head)
    assert f'value="{deputy.pk}"' not in client.get(reverse("accounts:deputies")).content.decode()


def test_the_database_deletes_nobody():
    person = UserFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        person.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk)._raw_delete("default")

    assert User.objects.filter(pk=person.pk).exists()


def test_no_page_deletes_people():
    from django.contrib import admin

    assert not admin.site.is_registered(User)


def test_a_closed_person_who_may_log_in_cannot_be():
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(closed_at="2026-01-05T10:00Z")


# --- data of the code -----------------------------------------------------------------------------------------


def test_sync_units_adds_what_is_missing_and_leaves_what_the_office_changed():
    call_command("sync_units", verbosity=0)
    count = Unit.objects.count()
    assert count == len(UNITS.read_text(encoding="utf-8").splitlines()) - 1
    assert Unit.objects.get(code="VUR").parent.code == "AD"
    Unit.objects.filter(code="VUR").update(name_lt="Komunikacijos ir ryšių skyrius")
    Unit.objects.get(code="TIC").delete()

    call_command("sync_units", verbosity=0)

    assert Unit.objects.count() == count
    assert Unit.objects.get(code="VUR").name_lt == "Komunikacijos ir ryšių skyrius"


def test_sync_roles_makes_permissions_what_the_data_says_again():
    group = role_group("accountant")
    before = {
        name: set(Group.objects.get(name=name).permissions.values_list("pk", flat=True))
        for name in Role.values
    }
    group.permissions.set(Group.objects.get(name="head").permissions.all())
    Group.objects.get(name="head").permissions.clear()

    call_command("sync_roles", verbosity=0)
    call_command("sync_roles", verbosity=0)

    after = {
        name: set(Group.objects.get(name=name).permissions.values_list("pk", flat=True))
        for name in Role.values
    }
    assert after == before
    assert Group.objects.count() == len(Role.values)
