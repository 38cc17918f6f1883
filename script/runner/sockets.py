"""Sockets in folders of their own that other users of the machine may not enter."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.account import Account
from runner.layout import refuse

LONGEST_FOLDER = 80  # AF_UNIX allows 107 bytes with the socket's own name
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")  # what every client's URL parser takes as it stands


def folder(home: Path, account: Account) -> Path:
    """`run/` of the home if its path is short and plain, else a folder named after it among temporary files."""
    path = home / "run"
    if len(os.fsencode(path)) > LONGEST_FOLDER or not PLAIN.fullmatch(str(path)):
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:10]
        path = Path(tempfile.gettempdir()) / f"alytus-{account.uid}-{name}"
    path.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.lchown(path, account.uid, account.gid)
    state = path.lstat()
    if path.is_symlink() or state.st_uid != account.uid:
        refuse(f"{path} belongs to somebody else; remove it and start again.")
    path.chmod(0o700)
    return path


def answers(path: Path) -> bool:
    """Whether somebody listens. Only this is asked, never a pid file: pids are used again after a crash."""
    try:
        with connected(path):
            return True
    except OSError:
        return False


@contextmanager
def connected(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        client.connect(str(path))
        yield client
