"""Runs a program on a foreign file in a process of its own: bounded, without network, ended with all it started."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError
from documents.converting import launcher

LAUNCHER = Path(launcher.__file__).resolve()
ROOT = LAUNCHER.parent.parent.parent
MEGABYTE = 2**20
LONGEST_TALK = 200_000  # of what a program says that we read
PREFIX = "alytus-convert-"


class NotIsolatedError(DomainError):
    """The network cannot be taken from a converter on this machine: nothing is converted."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Foreign files are not converted on this machine: a converter could not be kept from the network."
            )
        )


@dataclass(frozen=True)
class Limits:
    """Bounds of one conversion; the wall clock counts also what it waits for."""

    memory: int = 1024 * MEGABYTE
    cpu: int = 30
    wall: float = 60
    file: int = 400 * MEGABYTE


@dataclass(frozen=True)
class Done:
    """How a program ended. `code` is negative when a signal ended it."""

    code: int
    said: str
    complained: str
    is_late: bool = False

    @property
    def is_well(self) -> bool:
        return self.code == 0 and not self.is_late

    @property
    def is_over_limits(self) -> bool:
        return self.is_late or self.code in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ)


def _home() -> Path:
    """Where the folders are made: under VAR_DIR, unless a folder above it is closed to all but its owner, another user.

    A program in a user space of its own goes by our name but has none of root's rights: it could not reach them.
    """
    home = Path(settings.VAR_DIR).resolve() / "converting"
    above = [folder.stat() for folder in home.parents if folder.exists()]
    if not all(one.st_uid == os.geteuid() or one.st_mode & stat.S_IXOTH for one in above):
        return Path(tempfile.gettempdir())
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one file's conversion, gone afterwards; what killed workers left behind goes too."""
    home = _home()
    for left in home.glob(f"{PREFIX}*"):
        if not Path(f"/proc/{left.name.split('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(
    command: Sequence[str | Path],
    folder: Path,
    limits: Limits | None = None,
    *,
    reads: Sequence[str | Path] = (),
    sockets_in: Sequence[str] = (),
    environment: dict[str, str] | None = None,
    **means: bool,
) -> Done:
    """The program in its folder. Raises NotIsolatedError when it cannot be kept from the network.

    `means` leaves out one of the two ways of doing that (unshare, seccomp), so that tests see each hold alone.
    """
    limits = limits or Limits()
    spec = {
        "parent": os.getpid(),
        "memory_bytes": limits.memory,
        "cpu_seconds": limits.cpu,
        "file_bytes": limits.file,
        "sockets_in": list(sockets_in),
        "reads": [str(path) for path in reads],
        "lists": [str(ROOT)],  # Python looks a package up by the list of its folder
        "writes": [str(folder)],
        **means,
    }
    surroundings = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "OMP_THREAD_LIMIT": "1",
        **(environment or {}),
    }
    whole = [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(spec), *map(str, command)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            whole,
            cwd=folder,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        is_late = False
        try:
            code = process.wait(limits.wall)
        except subprocess.TimeoutExpired:
            is_late = True
        finally:  # also what it started itself, and also when we are being stopped
            _end(process)
        code = process.wait()
        done = Done(code, _talk(out), _talk(err), is_late)
    if done.code == launcher.REFUSED and launcher.REFUSAL in done.complained:
        raise NotIsolatedError
    return done


def _end(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _talk(stream: Any) -> str:
    stream.seek(0)
    return stream.read(LONGEST_TALK).decode("utf-8", "replace")


def inside(
    job: str, folder: Path, options: dict[str, Any] | None = None, limits: Limits | None = None
) -> tuple[Done, dict[str, Any]]:
    """Run one of our own jobs (documents.converting.inside) on the files of the folder; its answer is plain data."""
    main = ROOT / "documents" / "converting" / "inside" / "main.py"
    (folder / "job.json").write_text(json.dumps(options or {}), encoding="utf-8")
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    done = run(
        [sys.executable, "-I", main, job],
        folder,
        limits,
        reads=_python_places(),
        environment={"FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )
    told = json.loads(read(answer, 20 * MEGABYTE) or b"{}") if done.is_well else {}
    return done, told if isinstance(told, dict) else {}


@lru_cache(maxsize=1)
def _python_places() -> tuple[str, ...]:
    code = [str(ROOT / name) for name in ("documents", "core")]
    return tuple({sys.prefix, sys.base_prefix, sys.exec_prefix, *code})


def read(path: Path, most: int = 400 * MEGABYTE) -> bytes:
    """Bytes of what a program left, if it is a plain file of a bearable size: a link would show other files."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return b""
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(stream.fileno())
        return stream.read() if stat.S_ISREG(found.st_mode) and found.st_size <= most else b""


@lru_cache(maxsize=1)
def is_possible() -> bool:
    """Whether this machine lets a program be kept from the network; asked once in a process."""
    with scratch() as folder:
        try:
            return run(["/bin/true"], folder, Limits(cpu=5, wall=20)).is_well
        except (NotIsolatedError, OSError):
            return False
