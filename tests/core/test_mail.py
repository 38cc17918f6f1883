"""A letter goes out once; what a crash leaves in between is for a person to decide."""

import pytest
from django.core import mail as outbox

from core import mail
from core.choices import MailState
from core.models import OutgoingMail

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


def test_a_closed_mail_server_is_tried_again(monkeypatch):
    row = queue()

    def refuse(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)
    with pytest.raises(ConnectionRefusedError):
        mail.send(row.pk)

    row.refresh_from_db()
    assert row.state == MailState.QUEUED
