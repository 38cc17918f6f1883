import pytest

from core import jobs
from core.models import Job
from tests.mailroom import PASSWORD, MailRoom
from tests.media_monitoring.factories import Inbox, NewsStand


@pytest.fixture
def stand():
    stand = NewsStand()
    yield stand
    stand.close()


@pytest.fixture(scope="session")
def mail_room():
    room = MailRoom()
    try:
        room.open()
        yield room
    finally:
        room.close()


@pytest.fixture
def inbox(mail_room, settings):
    """A mailbox of one's own, named in the settings."""
    box = Inbox(mail_room)
    settings.PRESS_IMAP_HOST, settings.PRESS_IMAP_PORT = "127.0.0.1", mail_room.port
    settings.PRESS_IMAP_USER, settings.PRESS_IMAP_PASSWORD = box.user, PASSWORD
    settings.PRESS_IMAP_CA = str(mail_room.ca)
    yield box
    box.line.logout()


@pytest.fixture
def tracker():
    """The server of whoever counts readers of newsletters: another machine than the outlet's."""
    stand = NewsStand("127.0.0.2")
    yield stand
    stand.close()


@pytest.fixture
def run_jobs():
    """Do what waits on the desk's queue, as a worker would."""

    def run() -> int:
        return sum(
            jobs.run(pk)
            for pk in Job.objects.filter(queue="press", state="queued").values_list("pk", flat=True)
        )

    return run
