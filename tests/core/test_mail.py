"""A letter goes out once; what a crash leaves in between is for a person to decide."""

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from core import jobs, mail
from core.choices import MailState
from core.files import store
from core.models import Job, OutgoingMail
from core.tasks import MAIL_ATTEMPTS
from tests.accounts.factories import UserFactory
from tests.post_office import html, plain

pytestmark = pytest.mark.django_db


def queue(**fields):
    return mail.queue_mail(
        to="rasa@example.lt", subject="Programa\npatvirtinta", text="Laba diena", key="k1", **fields
    )


def test_a_letter_is_sent_once_with_its_own_message_id():
    row = queue()
    mail.send(row.pk)
    mail.send(row.pk)

    row.refresh_from_db()
    assert row.state == MailState.SENT
    assert len(outbox.outbox) == 1
    assert outbox.outbox[0].extra_headers["Message-ID"] == row.message_id
    assert outbox.outbox[0].subject == "Programa patvirtinta"


def test_the_same_key_is_the_same_letter():
    assert queue().pk == queue().pk


def test_a_letter_found_in_sending_becomes_uncertain_and_is_not_sent():
    row = queue()
    OutgoingMail.objects.update(state=MailState.SENDING)

    mail.send(row.pk)

    row.refresh_from_db()
    assert (row.state, outbox.outbox) == (MailState.UNCERTAIN, [])


@pytest.mark.parametrize(("again", "state"), [(True, MailState.QUEUED), (False, MailState.CANCELLED)])
def test_a_person_decides_about_an_uncertain_letter(again, state):
    row = queue()
    OutgoingMail.objects.update(state=MailState.UNCERTAIN)

    mail.decide_uncertain(row, send_again=again)

    row.refresh_from_db()
    assert row.state == state


# --- a real server, in its good and bad days -----------------------------------------------------------------


def work() -> None:
    """Do every letter that is due, as the worker would."""
    for job in Job.objects.due().filter(kind="core.send_mail"):
        jobs.run(job.pk)


def wait_over() -> None:
    Job.objects.filter(kind="core.send_mail", state="queued").update(due_at=timezone.now())


def test_a_letter_arrives_whole(post_office):
    row = queue(
        html="<p>Laba diena, ąčęėįšųūž</p>",
        attachments=[store(b"%PDF-1.7", name="a.pdf", media_type="application/pdf")],
    )

    work()

    [letter] = post_office.letters
    row.refresh_from_db()
    assert (row.state, letter["Message-ID"]) == (MailState.SENT, row.message_id)
    assert (letter["To"], letter["Subject"]) == ("rasa@example.lt", "Programa patvirtinta")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert plain(letter).strip() == "Laba diena"
    assert "ąčęėįšųūž" in html(letter)
    [attachment] = letter.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("a.pdf", b"%PDF-1.7")


def test_a_server_that_is_down_gets_the_letter_once_when_it_is_up(post_office):
    post_office.close()
    row = queue()
    work()
    row.refresh_from_db()
    assert (row.state, row.error != "") == (MailState.QUEUED, True)
    assert not Job.objects.due().exists()  # later, not at once

    post_office.open()
    for _again in range(2):
        wait_over()
        work()

    row.refresh_from_db()
    assert (row.state, row.error) == (MailState.SENT, "")
    assert [letter["Message-ID"] for letter in post_office.letters] == [row.message_id]


def test_a_server_down_for_a_day_leaves_the_letter_to_a_person(post_office):
    post_office.close()
    row = queue()
    Job.objects.update(attempts=MAIL_ATTEMPTS - 1)

    work()

    row.refresh_from_db()
    assert row.state == MailState.FAILED
    assert Job.objects.get().state == "failed"


def test_a_server_that_dies_in_the_middle_leaves_it_uncertain_and_is_not_asked_again(post_office):
    row = queue()
    post_office.answer = "die"
    work()
    row.refresh_from_db()
    assert row.state == MailState.UNCERTAIN

    post_office.answer = "250 Taken"
    wait_over()
    jobs.sweep()
    work()
    assert post_office.letters == []

    mail.decide_uncertain(row, send_again=True)
    work()
    assert [letter["Message-ID"] for letter in post_office.letters] == [row.message_id]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 Come later", MailState.QUEUED), ("554 No", MailState.FAILED)],
)
def test_what_the_server_says_is_believed(post_office, answer, state):
    post_office.answer = answer
    row = queue()

    work()

    row.refresh_from_db()
    assert row.state == state
    assert answer[4:] in row.error


def test_an_address_that_is_not_there_fails_at_once(post_office):
    row = mail.queue_mail(to="nera@example.lt", subject="S", text="T", key="k2")

    work()

    row.refresh_from_db()
    assert (row.state, "No such person" in row.error) == (MailState.FAILED, True)


def test_the_administrator_decides_about_uncertain_letters(client, post_office):
    row = queue()
    OutgoingMail.objects.update(state=MailState.UNCERTAIN)
    administrator = UserFactory(role="administrator", is_staff=True)
    client.force_login(administrator)
    url = reverse("admin:core_outgoingmail_changelist")
    assert (
        "Laba diena"
        not in client.get(reverse("admin:core_outgoingmail_change", args=[row.pk])).content.decode()
    )

    client.post(url, {"action": "send_again", "_selected_action": [row.pk]})
    work()

    assert len(post_office.letters) == 1
