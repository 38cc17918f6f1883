"""Debian packages: installed when we may, named with the exact command when we may not."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from runner.layout import refuse, say


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


@dataclass(frozen=True)
class Need:
    """A Debian package, and how to see that what it brings is there already."""

    package: str
    is_met: Callable[[], bool]
    service: str = ""  # what Debian starts with it and nobody here asked for


PAPERS = (
    Need("libpango-1.0-0", lambda: has_library("libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", lambda: has_library("libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", lambda: has_library("libharfbuzz-subset.so.0")),
)
BROWSER = (Need("chromium", lambda: has_program("chromium", "chromium-browser", "google-chrome")),)
CHECKING = (
    Need("poppler-utils", lambda: has_program("pdftotext")),
    Need("qpdf", lambda: has_program("qpdf")),
    Need("default-jre-headless", lambda: has_program("java")),
    Need("gettext", lambda: has_program("xgettext")),
    Need("dovecot-imapd", lambda: os.path.exists("/usr/lib/dovecot/imap"), service="dovecot"),  # newsletters
)

OFFICE = "/usr/lib/libreoffice/program"
CONVERTERS = (  # optional: what turns foreign files into archival pages
    Need("libreoffice-writer-nogui", lambda: os.path.exists(f"{OFFICE}/libswlo.so")),
    Need("libreoffice-calc-nogui", lambda: os.path.exists(f"{OFFICE}/libsclo.so")),
    Need("libreoffice-impress-nogui", lambda: os.path.exists(f"{OFFICE}/libsdlo.so")),
    Need("fonts-liberation2", lambda: os.path.isdir("/usr/share/fonts/truetype/liberation2")),
    Need("fonts-dejavu-core", lambda: os.path.isdir("/usr/share/fonts/truetype/dejavu")),
    Need("ghostscript", lambda: has_program("gs")),
    Need("tesseract-ocr", lambda: has_program("tesseract")),
    Need("tesseract-ocr-lit", lambda: reads_lithuanian()),
    Need("poppler-utils", lambda: has_program("pdftoppm")),
)


def reads_lithuanian() -> bool:
    if not has_program("tesseract"):
        return False
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, errors="replace")
    return "lit" in told.stdout.split()


def install(needs: tuple[Need, ...], purpose: str) -> None:
    """See that the packages are there; without the right to install them stop with the command to run."""
    unmet = [need for need in needs if not need.is_met()]
    missing = [need.package for need in unmet]
    if not missing:
        return
    rights = _rights()
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if rights is None:
        refuse(f"{purpose} needs Debian packages; install them and start again: sudo {' '.join(command)}")
    say(f"Installing {', '.join(missing)} ({purpose.lower()}) …")
    if not _run([*rights, *command]):
        _run([*rights, "apt-get", "update"])
        if not _run([*rights, *command]):
            refuse(f"The packages could not be installed; try yourself: {' '.join([*rights, *command])}")
    for need in unmet:
        if need.service and os.path.isdir("/run/systemd/system"):
            _run([*rights, "systemctl", "disable", "--now", need.service])


def _rights() -> list[str] | None:
    """What to put before apt-get, or None when we may not install or there is no apt-get."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def _run(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if command[0] == "sudo":
        command = [*command[:2], "env", "DEBIAN_FRONTEND=noninteractive", *command[2:]]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment)
    return done.returncode == 0
