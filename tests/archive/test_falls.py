"""A real worker killed over an export, wherever it stands: nothing is lost, nothing is half made, no second export."""

from __future__ import annotations

import datetime
import functools
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from archive.export.items import sha256
from archive.models import CaseExport, CaseFile, Placement
from archive.services import exporting
from archive.services.placing import COUNT_PAGES
from core import files
from core.models import AuditEvent, Job, StoredFile
from core.tasks import sweep_jobs
from documents.services import upload
from tests.accounts.factories import UserFactory
from tests.archive.factories import make_document, make_plan, run_jobs
from tests.matters.factories import make_note
from tests.processes import FALLS_OF_EXPORTS, broker_url, database_url
from tests.processes import eventually as eventually_within

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
GATE = 730_104  # the lock that the worker is made to wait for
BROKER = broker_url(FALLS_OF_EXPORTS)

# Where the worker is held when it is killed: by what it is about to write into the database.
STAGES = {
    "converting": ("core_job", f"NEW.kind = '{exporting.JOB}' AND NEW.done = 1 AND NEW.done < NEW.total - 2"),
    "joining": ("core_job", f"NEW.kind = '{exporting.JOB}' AND NEW.total > 0 AND NEW.done = NEW.total - 2"),
    "sealing": ("core_job", f"NEW.kind = '{exporting.JOB}' AND NEW.total > 0 AND NEW.done = NEW.total - 1"),
    "keeping": ("archive_caseexport", "TRUE"),
    "telling": ("core_job", f"NEW.kind = '{exporting.JOB}' AND NEW.state = 'done'"),
}


eventually = functools.partial(eventually_within, within=120)


def ask(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


class Worker:
    """Celery with one process that works, on queues of its own."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "alytus_ryšiai", "-q", "worker", "-Q", "default,documents",
             "-c", "1", "-l", "CRITICAL", "--without-mingle", "--without-gossip", "--without-heartbeat"],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
                "REDIS_URL": BROKER,
                "VAR_DIR": str(home),
                "DEMO": "on",
                "DEBUG": "on",  # static files are not collected for it
                "C_FORCE_ROOT": "1",
            },
            start_new_session=True,
        )  # fmt: skip

    def child(self) -> int:
        """The process that works; it is started anew by itself."""
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        assert eventually(lambda: bool(told.read_text().split()))
        return int(told.read_text().split()[0])

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def broker() -> Iterator[Callable[[], None]]:
    """Wakes the worker as beat does each minute."""
    with current_app.connection_for_write(BROKER) as reached:
        reached.default_channel.client.flushdb()
        yield lambda: sweep_jobs.apply_async(connection=reached, queue="default")
        reached.default_channel.client.flushdb()


@pytest.fixture
def home(settings) -> Path:
    return Path(settings.MEDIA_ROOT).parent


@pytest.fixture
def file(settings) -> CaseFile:
    settings.DEMO = True  # there is a key to seal with
    make_plan()
    by = UserFactory(role="specialist")
    matter = make_note(by)
    for name in ("puslapis.txt", "priedas.txt"):
        upload(matter, SimpleUploadedFile(name, f"Ąžuolas, Łódź, Київ {name}".encode()), by=by.actor)
    run_jobs(COUNT_PAGES)
    return Placement.objects.first().file


def drawing(number: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (1200, 1600 + number), "navy").save(target, "PNG")
    return target.getvalue()


class Gate:
    """Holds the worker at a stage until it is killed, without a clock."""

    def __init__(self, stage: str) -> None:
        self.table, condition = STAGES[stage]
        ask(
            "CREATE FUNCTION held_by_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition} THEN PERFORM pg_advisory_lock({GATE}); PERFORM pg_advisory_unlock({GATE}); END IF;"
            " RETURN NEW; END $$"
        )
        ask(
            f"CREATE TRIGGER held_by_test BEFORE INSERT OR UPDATE ON {self.table}"
            " FOR EACH ROW EXECUTE FUNCTION held_by_test()"
        )

    def __enter__(self) -> Gate:
        ask("SELECT pg_advisory_lock(%s)", GATE)
        return self

    def waiting(self) -> list[int]:
        rows = ask(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted", GATE
        )
        return [pid for (pid,) in rows]

    def __exit__(self, *error: object) -> None:
        for pid in self.waiting():  # the database has not seen yet that its client is dead
            ask("SELECT pg_terminate_backend(%s, 5000)", pid)
        ask(f"DROP TRIGGER held_by_test ON {self.table}")
        ask("DROP FUNCTION held_by_test()")
        ask("SELECT pg_advisory_unlock(%s)", GATE)


def state() -> tuple[str, int]:
    return Job.objects.values_list("state", "attempts").get(kind=exporting.JOB)


def bytes_kept(home: Path) -> set[str]:
    return {str(path.relative_to(home / "files")) for path in (home / "files").rglob("*") if path.is_file()}


def test_worker_killed_at_any_stage_leaves_no_half_and_no_second_export(file, home, broker):
    by = UserFactory(role="archivist").actor
    worker = Worker(home)
    try:
        for number, stage in enumerate(STAGES, start=1):
            make_document(title=f"Raštas {number}")
            exporting.request_export(file, by=by)
            with Gate(stage) as gate:
                broker()
                assert eventually(lambda gate=gate: bool(gate.waiting())), stage
                os.kill(worker.child(), signal.SIGKILL)
                done = CaseExport.objects.count()
                assert done == (number if stage == "telling" else number - 1), stage
            assert eventually(lambda: _taken_up(broker)), (stage, state())
            assert state() == ("done", 2), stage
            assert CaseExport.objects.count() == number, stage
        assert [one.number for one in CaseExport.objects.order_by("number")] == list(
            range(1, len(STAGES) + 1)
        )
        assert AuditEvent.objects.filter(action="case_file.exported").count() == len(STAGES)
    finally:
        worker.end()
    assert StoredFile.objects.filter(name__startswith="byla-").count() == len(STAGES)
    assert files.drop_forgotten(older_than=datetime.timedelta(hours=1)) == 0
    assert (
        files.drop_forgotten(older_than=datetime.timedelta(0)) == 1
    )  # of the one killed while it kept the bytes
    assert bytes_kept(home) == set(StoredFile.objects.values_list("file", flat=True))
    for export in CaseExport.objects.select_related("pdf"):
        assert sha256(export.pdf.read()) == export.sha256


def _taken_up(broker: Callable[[], None]) -> bool:
    """The sweep of beat, until the job is done; a job whose worker is alive is left alone by it."""
    if state()[0] == "done":
        return True
    broker()
    return eventually(lambda: state()[0] == "done", within=3)


def test_machine_that_stops_in_the_middle_of_a_conversion_leaves_no_process_behind(file, home, broker):
    """Worker and all it started are cut off at once; a converter of a dead worker ends with it."""
    for number in range(3):
        name, content = f"skenas{number}.png", drawing(number)
        upload(make_note(), SimpleUploadedFile(name, content), by=UserFactory(role="specialist").actor)
    exporting.request_export(file, by=UserFactory(role="archivist").actor)
    Job.objects.exclude(kind=exporting.JOB).delete()  # they would convert the files before the export does
    worker, folders = Worker(home), home / "converting"
    try:
        broker()
        seen: list[Path] = []
        assert eventually(lambda: bool(seen.extend(folders.glob("alytus-convert-*/source")) or seen))
        os.kill(worker.child(), signal.SIGSTOP)
        left = seen[0].parent
    finally:
        worker.end()
    assert eventually(lambda: not _living_in(left)), "a converter goes on after its worker"
    assert state()[0] == "running"
    second = Worker(home)
    try:
        assert eventually(lambda: _taken_up(broker))
    finally:
        second.end()
    assert CaseExport.objects.count() == 1
    assert not left.exists()
    assert not list(folders.glob("alytus-convert-*"))
    shutil.rmtree(folders, ignore_errors=True)


def _living_in(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd").startswith(str(folder)):
                found.append(process.name)
        except OSError:
            continue
    return found
