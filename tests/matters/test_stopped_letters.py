"""A letter of which nobody knows whether it arrived: who is told, who decides, and what comes of it."""

import pytest
from django.urls import reverse

from core import jobs
from core.choices import MailState
from core.models import AuditEvent, Job, OutgoingMail
from core.registry import register_day_source
from matters.choices import Access
from matters.models import Notice
from matters.services import change_access
from matters.services.letters import tell_stopped
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_ladder, make_note, submit_note
from tests.post_office import plain

pytestmark = pytest.mark.django_db
PAGE = reverse("matters:letters")
DIRECTOR = "direktorius@example.lt"


@pytest.fixture
def specialist():
    return UserFactory(role="specialist", first_name="Ieva", last_name="Juknelytė")


@pytest.fixture
def administrator():
    return UserFactory(role="administrator")


@pytest.fixture
def matter(specialist):
    make_ladder({"role": None, "outside_name": "Direktorius", "outside_email": DIRECTOR})
    return make_note(specialist, title="Vizito programa")


def work():
    for job in Job.objects.due().filter(kind="core.send_mail"):
        jobs.run(job.pk)


@pytest.fixture
def stopped(post_office, matter, specialist):
    """The letter with the director's link, whose server died in the middle."""
    post_office.answer = "die"
    submit_note(matter, specialist)
    work()
    post_office.answer = "250 Taken"
    return OutgoingMail.objects.get(to=DIRECTOR)


def decide(client, letter, verdict):
    return client.post(reverse("matters:letter_decide", args=[letter.pk]), {"verdict": verdict}, follow=True)


def told(user) -> list[str]:
    return [notice.text for notice in Notice.objects.of(user)]


def test_who_submitted_and_the_administrator_are_told_once(stopped, specialist, administrator):
    assert (tell_stopped(), tell_stopped()) == (1, 0)

    assert told(specialist) == [f"Nežinoma, ar laiškas gautas: {stopped.subject}"]
    assert told(administrator) == ["Kelyje sustojo laiškų: reikia nuspręsti, ką su jais daryti."]
    assert told(UserFactory(role="head")) == []
    assert {notice.url for notice in Notice.objects.all()} == {PAGE}
    assert OutgoingMail.objects.count() == 1, "no letter tells of a letter"


def test_who_answers_for_the_matter_is_told_though_another_submitted(stopped, matter):
    answers = UserFactory(role="specialist")
    type(matter).objects.filter(pk=matter.pk).update(responsible=answers)

    tell_stopped()

    assert len(told(answers)) == 1


def test_a_letter_that_went_out_troubles_nobody(post_office, matter, specialist, administrator):
    submit_note(matter, specialist)
    work()

    assert tell_stopped() == 0
    assert told(specialist) == []
    assert told(administrator) == []


def test_it_stands_in_her_day_and_nobody_elses(client, stopped, specialist):
    client.force_login(specialist)
    mine = client.get(reverse("matters:my_day")).content.decode()
    client.force_login(UserFactory(role="head"))
    others = client.get(reverse("matters:my_day")).content.decode()

    assert stopped.subject in mine
    assert f'href="{PAGE}"' in mine
    assert stopped.subject not in others


def test_sent_again_it_arrives_with_a_link_that_works(client, stopped, specialist, post_office):
    client.force_login(specialist)

    answer = decide(client, stopped, "sent_again")
    work()

    assert "Laiškas siunčiamas dar kartą." in answer.content.decode()
    [letter] = post_office.letters
    link = plain(letter).split("/n/")[1].split("/")[0]
    assert client.get(reverse("links:page", args=[link])).status_code == 200
    event = AuditEvent.objects.get(action="mail.sent_again")
    assert (event.actor_user, event.matter_pk) == (specialist, stopped.matter_pk)


def test_known_to_have_arrived_it_is_written_down_and_leaves_the_page(client, stopped, specialist):
    client.force_login(specialist)
    assert stopped.subject in client.get(PAGE).content.decode()

    page = decide(client, stopped, "arrived").content.decode()

    stopped.refresh_from_db()
    assert (stopped.state, stopped.sent_at) == (MailState.SENT, stopped.tried_at)
    assert "Sustojusių laiškų nėra" in page
    assert (
        "sužinota, kad laiškas gautas"
        in client.get(reverse("matters:history", args=[stopped.matter_pk])).content.decode()
    )


def test_a_second_stop_is_told_anew(client, stopped, specialist, post_office):
    tell_stopped()
    client.force_login(specialist)
    post_office.answer = "554 No"
    decide(client, stopped, "sent_again")
    work()

    assert tell_stopped() == 1
    assert sorted(told(specialist)) == [
        f"Laiškas neišsiųstas: {stopped.subject}",
        f"Nežinoma, ar laiškas gautas: {stopped.subject}",
    ]
    page = client.get(PAGE).content.decode()
    assert "Pašto serveris laiško nepriėmė." in page
    assert 'value="arrived"' not in page
    assert decide(client, stopped, "arrived").status_code == 409


def test_a_link_too_old_is_not_offered_again(client, stopped, specialist):
    OutgoingMail.objects.update(secret=b"")
    client.force_login(specialist)

    page = client.get(PAGE).content.decode()

    assert 'value="sent_again"' not in page
    assert "nuoroda per sena" in page
    assert decide(client, stopped, "sent_again").status_code == 409


@pytest.mark.parametrize("role", ["head", "archivist", "leadership", "unit_contact"])
def test_others_neither_see_nor_decide(client, stopped, role):
    client.force_login(UserFactory(role=role))

    assert stopped.subject not in client.get(PAGE).content.decode()
    assert decide(client, stopped, "left").status_code == 404
    stopped.refresh_from_db()
    assert stopped.state == MailState.UNCERTAIN


def test_the_administrator_decides_and_reads_no_name_of_a_closed_matter(
    client, stopped, matter, specialist, administrator
):
    change_access(matter, access=Access.NAMED, people=[specialist], by=specialist.actor)
    client.force_login(administrator)

    page = client.get(PAGE).content.decode()

    assert stopped.to in page
    assert matter.title not in page
    assert decide(client, stopped, "left").status_code == 200
    stopped.refresh_from_db()
    assert stopped.state == MailState.CANCELLED


def test_an_unknown_verdict_changes_nothing(client, stopped, administrator):
    client.force_login(administrator)

    assert decide(client, stopped, "burned").status_code == 404
    stopped.refresh_from_db()
    assert stopped.state == MailState.UNCERTAIN


def test_the_page_asks_as_often_for_one_letter_as_for_five(
    client, stopped, administrator, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(administrator)
    client.get(PAGE)
    with django_assert_max_num_queries(12) as one:
        client.get(PAGE)
    for number in range(4):
        stopped.pk, stopped.key, stopped.message_id = None, f"k{number}", f"<{number}@x>"
        stopped.save()

    with django_assert_num_queries(len(one.captured_queries)):
        client.get(PAGE)


def test_my_day_asks_once_for_stopped_letters(specialist, django_assert_num_queries):
    specialist.get_all_permissions()
    with django_assert_num_queries(1):
        assert register_day_source["matters.letters"].context(specialist, None) is None
