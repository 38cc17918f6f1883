"""`script/server`: from a clean checkout to the first page, and the same again the next day."""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from runner import account as accounts
from runner import embedded, environment, supervisor, system, venv
from runner.account import Account
from runner.layout import PYTHON, ROOT, VENV, private_folder, refuse, say, var_dir

PORTS_TO_TRY = 50
QUEUES = "default,documents,convert,press,learn"
SERVERS_OWN = ("postgres", "valkey", "run", "servers.lock", "users.lock", "embedded_postgres")

USAGE = """\
usage: script/server [--stop]

Starts the portal with everything it needs and stays in the foreground until Ctrl-C.
--stop ends what an earlier start left running after it was killed.
Environment: PORT, HOST, DEMO, DATABASE_URL, REDIS_URL, VAR_DIR and all of .env.example.
"""

PEOPLE = """\
Demonstration people, password alytus-demo:
  specialiste   specialist            archyvare   archivist
  vedeja        head                  buhaltere   accountant
  pavaduotoja   deputy head           adminas     administrator
  meras         mayor
The director has no account and decides by the link of a letter to direktorius@alytus.example;
it goes out when a programme is submitted by the ladder “Programa su direktoriaus pritarimu”.
"""


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--stop"]):
        print(USAGE)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    var = set_up("requirements.txt")
    with only_one(var) as lock:
        supervisor.end_leftovers(var)
        given = environment.given()
        if arguments == ["--stop"]:
            embedded.stop_unused(var)
            return 0
        with listening(given) as (listener, address), embedded.servers(var, given) as addresses:
            lock.write(address)
            lock.flush()
            account = ready_for(var)
            prepared = environment.portal(var, addresses, account)
            prepared.setdefault("PUBLIC_URL", address)
            for schedule in var.glob(
                "celerybeat-schedule*"
            ):  # when each clock task ran last; half-written after a kill
                schedule.unlink()
            office = ", the demonstration office" if environment.is_on(prepared, "DEMO") else ""
            say(f"Bringing up to date: database, static files{office} …")
            if run_as(account, {"LOG_LEVEL": "WARNING", **prepared}, [PYTHON, "script/runner/prepare.py"]):
                return 1
            threading.Thread(target=announce, args=(listener, address, prepared), daemon=True).start()
            watch = supervisor.Supervisor(account, prepared, mark=var, inherit=[listener.fileno()])
            code = watch.run(commands(listener))
            say("Stopped.")
            return code


def set_up(requirements: str, needs: tuple[system.Need, ...] = system.PAPERS) -> Path:
    """Debian packages, virtual environment, compiled messages; the folder of the portal's data."""
    if os.geteuid() == 0 or needs:
        system.install(needs, "Making papers" if needs is system.PAPERS else "Testing")
    accounts.leave_root_to_owner()
    venv.make(requirements)
    compiled = subprocess.run([PYTHON, "-m", "runner.catalogues"], cwd=ROOT / "script")
    if compiled.returncode:
        refuse("The message catalogues in locale/ could not be compiled.")
    try:
        return private_folder(var_dir())
    except PermissionError:
        refuse(
            f"{var_dir()} belongs to another user; give it to this one or choose another folder by VAR_DIR."
        )


def ready_for(var: Path) -> Account:
    """Who runs the portal, with the portal's own files in `var` made theirs."""
    account = accounts.for_portal()
    if account.is_root:
        say(
            "Running as root, because no other user reaches this folder and its Python; an ordinary user is safer."
        )
    for entry in var.iterdir():
        if not entry.name.startswith(SERVERS_OWN) and entry.lstat().st_uid != account.uid:
            account.own(entry)
    return account


def run_as(account: Account, prepared: dict[str, str], command: list[str | Path]) -> int:
    return subprocess.run(
        command, cwd=ROOT, env=prepared, stdin=subprocess.DEVNULL, **account.options()
    ).returncode


@contextmanager
def only_one(var: Path) -> Iterator[IO[str]]:
    """One portal per data folder; a second start says where the first one is."""
    with (var / "server.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            refuse(
                f"The portal runs already: {lock.read() or 'it is just starting'}. Stop it with Ctrl-C in its terminal."
            )
        lock.truncate(0)
        yield lock


@contextmanager
def listening(given: dict[str, str]) -> Iterator[tuple[socket.socket, str]]:
    """A port that is ours from now on; the web server inherits it, so nobody can take it in between."""
    host = given.get("HOST") or "127.0.0.1"
    try:
        wanted = int(given.get("PORT") or 8000)
    except ValueError:
        refuse(f"PORT is a number, not “{given['PORT']}”.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        with socket.socket(family) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((host, port))
            except PermissionError:
                refuse(f"Port {port} may be opened by root only; choose one above 1023 by PORT.")
            except OSError:
                continue
            listener.listen(512)
            if port != wanted:
                say(f"Port {wanted} is taken; using {port}.")
            shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host
            yield listener, f"http://{shown}:{port}"
            return
    refuse(f"No free port from {wanted} on; choose another by PORT.")


def commands(listener: socket.socket) -> dict[str, list[str | Path]]:
    programs = VENV / "bin"
    celery = [programs / "celery", "-A", "alytus_ryšiai", "-q"]
    worker = f"worker -Q {QUEUES} -c 2 -l WARNING --without-mingle --without-gossip"
    return {
        "web": [programs / "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"fd://{listener.fileno()}"],
        "worker": [*celery, *worker.split()],
        "beat": [*celery, *"beat -l WARNING --pidfile=".split()],
    }


def announce(listener: socket.socket, address: str, prepared: dict[str, str]) -> None:
    """Say the address once a page has come, so that a click on it succeeds."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    for _attempt in range(120):
        connection = http.client.HTTPConnection(host, port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": address.removeprefix("http://")})
            connection.getresponse().read()
            break
        except OSError:
            time.sleep(0.5)
        finally:
            connection.close()
    demo = environment.is_on(prepared, "DEMO")
    mail = (
        ""
        if prepared.get("EMAIL_URL") or not demo
        else f"Letters are not sent; they lie in {prepared['VAR_DIR']}/mail, the newest last.\n"
    )
    say(f"\nAlytaus ryšiai: {address}\n{PEOPLE if demo else ''}{mail}Stop with Ctrl-C.\n")
