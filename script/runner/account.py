"""Under whose name a process runs: ourselves, or somebody with fewer rights when we are root."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.layout import PYTHON, ROOT, refuse

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """A user of this machine that already exists; the runner creates none."""

    uid: int
    gid: int
    name: str

    @classmethod
    def of_this_process(cls) -> Account:
        return cls._of(_entry(os.geteuid()))

    @classmethod
    def unprivileged(cls) -> Account:
        """Who runs PostgreSQL and Valkey: ourselves, but never root."""
        return cls._of(pwd.getpwnam(UNPRIVILEGED)) if os.geteuid() == 0 else cls.of_this_process()

    @classmethod
    def _of(cls, entry: pwd.struct_passwd) -> Account:
        return cls(entry.pw_uid, entry.pw_gid, entry.pw_name)

    @property
    def is_root(self) -> bool:
        return self.uid == 0

    def options(self) -> dict[str, Any]:
        """Arguments of `subprocess` that make the child run as this account."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_run(self, command: Sequence[str | Path], cwd: Path = Path("/")) -> bool:
        """Whether the account reaches what the command needs; asked by trying."""
        try:
            done = subprocess.run(
                command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, **self.options()
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def own(self, path: Path) -> None:
        """Give the account a file or folder of ours with all that is in it; nothing above it is touched."""
        if os.geteuid() != 0:
            return
        for entry in [path, *path.rglob("*")]:
            if entry.lstat().st_uid != self.uid:
                os.lchown(entry, self.uid, self.gid)


def _entry(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise SystemExit(
            f"User number {uid} has no name on this machine, and PostgreSQL needs one; start as a named user."
        ) from None


def for_portal() -> Account:
    """Who runs the web server and the workers: an unprivileged user if it reaches the code, else ourselves."""
    unprivileged = Account.unprivileged()
    reaches = [PYTHON, "-c", "import django, sys; sys.path.insert(0, '.'); import manage"]
    return unprivileged if unprivileged.can_run(reaches, cwd=ROOT) else Account.of_this_process()


def leave_root_to_owner() -> None:
    """Under sudo in somebody's checkout: go on as that person, so that nothing in it comes to belong to root."""
    owner = ROOT.stat().st_uid
    if os.geteuid() != 0 or owner == 0:
        return
    try:
        entry = pwd.getpwuid(owner)
    except KeyError:
        return
    account = Account(entry.pw_uid, entry.pw_gid, entry.pw_name)
    if not account.can_run([sys.executable, "-c", ""]):
        refuse(
            f"This folder belongs to {account.name}, who does not reach {sys.executable}; start it as {account.name}."
        )
    os.initgroups(entry.pw_name, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.environ.update(HOME=entry.pw_dir, USER=entry.pw_name, LOGNAME=entry.pw_name)
