"""What falls in the middle of work: the database under a request, the worker over a paper. Nothing half-written, nothing lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from runner import embedded, sockets
from runner.account import Account
from runner.layout import ROOT
from runner.postgres import DATABASE, ROLE
from tests.processes import eventually
from tests.walk.crawl import Person, token_of

from .conftest import NOT_HANDED_ON
from .test_server import free_port

pytestmark = pytest.mark.slow


@dataclass
class Office:
    """The demonstration office on servers of its own, which a test may stop."""

    home: Path
    address: str
    environment: dict[str, str]

    def connect(self) -> psycopg2.extensions.connection:
        return psycopg2.connect(
            host=str(sockets.folder(self.home, Account.unprivileged())), user=ROLE, dbname=DATABASE
        )

    def ask(self, statement: str) -> list[tuple]:
        connection = self.connect()
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall()
        connection.close()
        return rows

    def stop_database(self) -> None:
        """At once, as when the machine takes it down: open transactions are cut."""
        pid = int((self.home / "postgres/postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)
        assert eventually(lambda: not (self.home / "postgres/postmaster.pid").exists(), within=20)

    def celery(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "alytus_ryšiai", "-q", *arguments],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    home = Path(tempfile.mkdtemp(prefix="alytus-fall-"))
    home.chmod(0o755)
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON},
        "VAR_DIR": str(home),
        "SECRET_KEY": "x" * 60,
        "DEMO": "on",
        "DEBUG": "off",
        "HTTPS": "off",
        "LOG_LEVEL": "CRITICAL",
        "C_FORCE_ROOT": "1",
        "DJANGO_SETTINGS_MODULE": "alytus_ryšiai.settings",
    }
    try:
        with embedded.servers(home, {}, durable=False) as addresses:
            environment |= addresses
            for command in (["script/runner/prepare.py"], ["manage.py", "seed_demo", "--verbosity=0"]):
                subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, timeout=180)
            server = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "-c",
                    "deploy/gunicorn.conf.py",
                    "-b",
                    f"127.0.0.1:{port}",
                ],
                cwd=ROOT,
                env=environment,
            )
            found = Office(home, f"http://localhost:{port}", environment)
            try:
                assert eventually(lambda: _answers(found.address), within=30)
                yield found
            finally:
                server.terminate()
                server.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/sveikata/", timeout=5).close()
    except OSError:
        return False
    return True


@pytest.fixture
def specialist(office: Office) -> Person:
    return Person(office.address, "specialiste", "alytus-demo")


def _open_visit(office: Office) -> tuple[int, int]:
    [(matter, user)] = office.ask(
        "SELECT m.id, m.responsible_id FROM matters_matter m JOIN accounts_user u ON u.id = m.responsible_id"
        " WHERE m.phase = 'draft' AND u.username = 'specialiste' ORDER BY m.id LIMIT 1"
    )
    return matter, user


def test_database_stopped_under_a_request_is_a_page_that_says_so(office: Office, specialist: Person):
    matter, user = _open_visit(office)
    page = f"/reikalai/{matter}/pavedimai/"
    fields = {"title": "Užsakyti vėliavas", "assignee": str(user), "due_on": "", "note": ""}
    token = token_of(specialist.get(page)[2])
    before = office.ask("SELECT count(*), max(id) FROM core_auditevent")
    answers: list[tuple[int, str]] = []
    holder = office.connect()
    holder.cursor().execute("SELECT 1 FROM matters_matter WHERE id = %s FOR UPDATE", [matter])
    pressing = threading.Thread(target=lambda: answers.append(specialist.send(page, token, page, fields)))
    pressing.start()
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    assert eventually(lambda: office.ask(waits) == [(1,)], within=20)

    office.stop_database()
    pressing.join(30)

    [(status, text)] = answers
    assert (status, specialist.headers["Retry-After"]) == (503, "60")
    assert "Duomenų bazė neatsako" in text
    assert "Traceback" not in text
    assert "OperationalError" not in text
    assert specialist.get(page)[0] == 503
    with embedded.servers(office.home, {}, durable=False):  # started again
        status, _path, html = specialist.get(page)
        assert status == 200
        assert "Užsakyti vėliavas" not in html
        assert office.ask("SELECT count(*), max(id) FROM core_auditevent") == before
        status, html = specialist.post(page, page, **fields)
        assert (status, html.count("Užsakyti vėliavas</a>")) == (200, 1)


def test_worker_killed_over_a_paper_leaves_nothing_and_another_makes_it_whole(
    office: Office, specialist: Person
):
    matter, _user = _open_visit(office)
    page = f"/dokumentai/reikalas/{matter}/"
    paper = f"d.matter_id = {matter} AND d.kind = 'delegations.guests_programme'"
    job = (  # the demonstration office has papers of its own to make
        "SELECT state, done, attempts FROM core_job WHERE kind = 'documents.render'"
        f" AND key IN (SELECT d.id::text FROM documents_document d WHERE {paper})"
    )
    worker = (
        "worker",
        "-Q",
        "default,documents",
        "-c",
        "1",
        "-l",
        "CRITICAL",
        "--without-mingle",
        "--without-gossip",
    )
    killed = office.celery(*worker)
    try:
        status, _html = specialist.post(
            page,
            f"{page}parengti/",
            kind="delegations.guests_programme",
            language=_language(specialist, page),
        )
        assert status == 200
        assert eventually(lambda: office.ask(job)[0][:2] == ("running", 1), within=120)  # drawing the pages
    finally:
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait(10)

    assert office.ask(job) == [("running", 1, 1)]
    assert office.ask(
        "SELECT count(*) FROM documents_documentversion v JOIN documents_document d ON d.id = v.document_id"
        f" WHERE {paper}"
    ) == [(0,)]
    files = {path.name for path in (office.home / "files").rglob("*") if path.is_file()}
    kept = {Path(name).name for (name,) in office.ask("SELECT file FROM core_storedfile")}
    assert files == kept
    assert "Puslapį galima palikti." in specialist.get(page)[2]

    second = office.celery(*worker)
    try:
        office.celery("call", "core.sweep_jobs").wait(30)
        assert eventually(lambda: office.ask(job)[0][0] == "done", within=60)
    finally:
        second.terminate()
        second.wait(30)

    assert office.ask(job)[0][2] == 2
    rows = office.ask(
        "SELECT v.number, v.level, f.size FROM documents_documentversion v JOIN core_storedfile f ON f.id = v.file_id"
        f" JOIN documents_document d ON d.id = v.document_id WHERE {paper}"
    )
    [(number, level, size)] = rows
    assert (number, level, size > 10_000) == (1, "2a ua1", True)


def _language(person: Person, page: str) -> str:
    """The first language the guests' programme may be made in."""
    _status, _path, html = person.get(page)
    found = re.search(
        r'value="delegations.guests_programme"\s*>\s*<input\s+type="hidden"\s+name="language"\s+value="([^"]+)"',
        html,
    )
    assert found
    return found.group(1)
