"""The virtual environment, made again only when the pinned requirements or the Python changed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from runner import system
from runner.layout import OLDEST_PYTHON, PYTHON, ROOT, VENV, refuse, say

PYTHON3_VENV = "sudo apt-get install -y python3-venv"


def make(requirements: str = "requirements.txt") -> None:
    """See that every requirement of the file is installed. A half-made environment is finished, not trusted."""
    if sys.version_info < OLDEST_PYTHON:
        refuse(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    stamp = VENV / f".{requirements}.installed"
    wanted = _fingerprint(ROOT / requirements)
    if _is_stamped(stamp, wanted):
        return
    VENV.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = open(VENV.with_name(f"{VENV.name}.lock"), "w")  # noqa: SIM115 -- held until the function ends
    except PermissionError:
        refuse(
            f"{VENV.parent} may not be written by this user, and the virtual environment is to be made in it."
        )
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_stamped(stamp, wanted):
            return
        say(f"Installing {requirements} into {VENV} …")
        _install(ROOT / requirements)
        stamp.write_text(wanted)


def _is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted and PYTHON.exists()


def _fingerprint(requirements: Path) -> str:
    what = requirements.read_bytes() + sys.version.encode() + sys.executable.encode()
    return hashlib.sha256(what).hexdigest()


def _install(requirements: Path) -> None:
    if uv := shutil.which("uv"):
        if not _works():
            _must([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
        how = ["--quiet", "--python", PYTHON, "--require-hashes"]
        _must([uv, "pip", "install", *how, "-r", requirements])
        return
    if not _works():
        shutil.rmtree(VENV, ignore_errors=True)
        _make_with_venv()
    _must(
        [*_pip(), "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements]
    )


def _works() -> bool:
    """Whether a Python of our version answers in the folder; a failed `python -m venv` leaves one that does not."""
    asked = [PYTHON, "-c", "import sys; print(sys.version)"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.strip() == sys.version


def _make_with_venv() -> None:
    if _runs([sys.executable, "-m", "venv", VENV]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if os.geteuid() == 0 and system.has_program("apt-get"):  # Debian keeps ensurepip in a package of its own
        system.install((system.Need("python3-venv", lambda: False),), "The virtual environment")
        _must([sys.executable, "-m", "venv", VENV])
    elif not _runs([sys.executable, "-m", "venv", "--without-pip", VENV]):
        refuse(f"A virtual environment cannot be made here; install what it needs: {PYTHON3_VENV}")


def _pip() -> list[str | Path]:
    if _runs([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip"]
    if _runs([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    refuse(f"Neither uv nor pip is there to install the requirements; run: {PYTHON3_VENV}")


def _runs(command: list[str | Path]) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0


def _must(command: list[str | Path]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL)
    if done.returncode:
        refuse(f"This failed; put it right and start again: {' '.join(map(str, command))}")
