"""A letter goes out once; what a crash leaves in between is for a person to decide."""

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core import jobs, keeping, mail
from core.actor import Actor
from core.choices import MailState, Verdict
from core.errors import DomainError
from core.files import store
from core.models import AuditEvent, Job, OutgoingMail
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


@pytest.mark.parametrize(
    ("was", "verdict", "state"),
    [
        (MailState.UNCERTAIN, Verdict.AGAIN, MailState.QUEUED),
        (MailState.UNCERTAIN, Verdict.ARRIVED, MailState.SENT),
        (MailState.UNCERTAIN, Verdict.LEFT, MailState.CANCELLED),
        (MailState.FAILED, Verdict.AGAIN, MailState.QUEUED),
        (MailState.FAILED, Verdict.LEFT, MailState.CANCELLED),
    ],
)
def test_a_person_decides_about_a_stopped_letter(was, verdict, state):
    row, tried = queue(), timezone.now()
    OutgoingMail.objects.update(state=was, tried_at=tried)

    mail.decide(row, verdict, by=Actor.system())

    row.refresh_from_db()
    assert row.state == state
    assert row.sent_at == (tried if verdict == Verdict.ARRIVED else None)
    assert AuditEvent.objects.get().action == f"mail.{verdict}"


def test_a_refused_letter_cannot_have_arrived_and_a_decided_one_stays():
    row = queue()
    OutgoingMail.objects.update(state=MailState.FAILED)
    with pytest.raises(DomainError):
        mail.decide(row, Verdict.ARRIVED, by=Actor.system())

    mail.decide(row, Verdict.LEFT, by=Actor.system())
    mail.decide(row, Verdict.AGAIN, by=Actor.system())

    row.refresh_from_db()
    assert row.state == MailState.CANCELLED


# --- what opens a door is not kept ----------------------------------------------------------------------------

TOKEN = "Xq3-slaptas_raktas"


def in_database(words: str) -> bool:
    """Whether the words stand anywhere in the letters' table, in whatever column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(core_outgoingmail)::text FROM core_outgoingmail")
        table = " ".join(text for (text,) in cursor.fetchall())
    return words in table or words.encode().hex() in table


def queue_with_token():
    return mail.queue_mail(
        to="rasa@example.lt",
        subject="S",
        text=f"https://rysiai.lt/n/{TOKEN}/",
        html=f'<a href="https://rysiai.lt/n/{TOKEN}/">Atverti</a>',
        secret=TOKEN,
        key="k3",
    )


def test_a_token_goes_out_and_is_at_no_moment_readable_in_the_database(post_office):
    queue()
    assert in_database("Laba diena"), "what is kept would be seen"
    row = queue_with_token()
    assert not in_database(TOKEN)

    work()

    letter = next(letter for letter in post_office.letters if letter["Subject"] == "S")
    assert f"/n/{TOKEN}/" in plain(letter)
    assert f"/n/{TOKEN}/" in html(letter)
    row.refresh_from_db()
    assert (bytes(row.secret), in_database(TOKEN)) == (b"", False)


def test_a_letter_sent_again_carries_its_token(post_office):
    row = queue_with_token()
    post_office.answer = "die"
    work()
    post_office.answer = "250 Taken"
    row.refresh_from_db()
    assert row.state == MailState.UNCERTAIN

    mail.decide(row, Verdict.AGAIN, by=Actor.system())
    work()

    assert f"/n/{TOKEN}/" in plain(post_office.letters[0])


@pytest.mark.parametrize("verdict", [Verdict.ARRIVED, Verdict.LEFT])
def test_a_letter_that_is_done_with_keeps_no_token(verdict):
    row = queue_with_token()
    OutgoingMail.objects.update(state=MailState.UNCERTAIN, tried_at=timezone.now())

    mail.decide(row, verdict, by=Actor.system())

    row.refresh_from_db()
    assert bytes(row.secret) == b""
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.update(secret=b"x")


def test_a_token_nobody_sent_is_forgotten_after_two_weeks_and_the_letter_says_so():
    row, young = queue_with_token(), queue(secret="diena")
    OutgoingMail.objects.update(state=MailState.FAILED)
    OutgoingMail.objects.filter(pk=row.pk).update(created_at=timezone.now() - mail.SECRETS_KEPT * 2)

    cache.clear()
    keeping.run_daily()

    row.refresh_from_db()
    young.refresh_from_db()
    assert (bytes(row.secret), bool(young.secret)) == (b"", True)
    with pytest.raises(DomainError):
        mail.decide(row, Verdict.AGAIN, by=Actor.system())


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

    mail.decide(row, Verdict.AGAIN, by=Actor.system())
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


def test_the_administration_pages_show_no_text_and_no_name_of_a_matter(client):
    row, of_matter = queue(), mail.queue_mail(to="a@b.lt", subject="Meras išvyksta", text="T", key="k4")
    OutgoingMail.objects.filter(pk=of_matter.pk).update(matter_pk=7)
    client.force_login(UserFactory(role="administrator", is_staff=True))

    pages = [client.get(reverse("admin:core_outgoingmail_changelist"))]
    pages += [
        client.get(reverse("admin:core_outgoingmail_change", args=[one.pk])) for one in (row, of_matter)
    ]

    text = " ".join(page.content.decode() for page in pages)
    assert {page.status_code for page in pages} == {200}
    assert "Programa patvirtinta" in text
    assert "Laba diena" not in text
    assert "Meras išvyksta" not in text
