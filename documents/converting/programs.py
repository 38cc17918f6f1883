"""Converters that may be on the machine, where they are, what is lost without them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.converting import sandbox

OFFICE_PLACES = (
    "/usr/lib/libreoffice",
    "/usr/lib64/libreoffice",
    "/opt/libreoffice",
    "/usr/local/lib/libreoffice",
)
INSTALL = "script/install-converters"


@dataclass(frozen=True)
class Program:
    """An outside program: how it is found, what it does for us."""

    code: str
    name: str
    purpose: Any
    ask: tuple[str, ...]  # how it tells its version

    @property
    def path(self) -> str:
        return _find(self.code)

    @property
    def is_there(self) -> bool:
        return bool(self.path) and (self.code != "tesseract" or _reads_lithuanian())

    @property
    def version(self) -> str:
        return _version(self.code)


PROGRAMS = {
    one.code: one
    for one in (
        Program("soffice", "LibreOffice", _("office documents (DOCX, ODT, XLSX, PPTX and older ones)"), ("--version",)),
        Program("gs", "Ghostscript", _("PDF files whose typefaces or colours are not archival"), ("--version",)),
        Program("pdftoppm", "Poppler", _("pages as pictures where nothing else helps"), ("-v",)),
        Program("pdftotext", "Poppler", _("comparing the text of mended pages"), ("-v",)),
        Program("tesseract", "Tesseract", _("text of scans, so that they can be searched"), ("--version",)),
    )
}  # fmt: skip


def program(code: str) -> Program:
    return PROGRAMS[code]


def missing() -> list[Program]:
    return [one for one in PROGRAMS.values() if not one.is_there]


def tools() -> str:
    """What is there and in which version: a conversion that failed is tried again when this changes."""
    present = "; ".join(f"{one.code} {one.version}" for one in PROGRAMS.values() if one.is_there)
    return f"{'isolated' if sandbox.is_possible() else 'open'}; {present}"


def forget() -> None:
    """Look again: something was installed while the process runs, or a test hides a program."""
    for kept in (_find, _version, _reads_lithuanian, sandbox.is_possible):
        kept.cache_clear()


@lru_cache(maxsize=16)
def _find(code: str) -> str:
    if code != "soffice":
        return shutil.which(code) or ""
    places = [Path(place) / "program" / "soffice.bin" for place in OFFICE_PLACES]
    places += sorted(Path("/opt").glob("libreoffice*/program/soffice.bin"))
    return next((str(place) for place in places if place.is_file()), "")


@lru_cache(maxsize=16)
def _version(code: str) -> str:
    asked = PROGRAMS[code]
    if not asked.path:
        return ""
    if code == "soffice":  # asking it starts half an office; its folder tells as much
        told = Path(asked.path).with_name("versionrc")
        lines = told.read_text(errors="replace").splitlines() if told.is_file() else []
        named = [
            line.partition("=")[2] for line in lines if line.startswith(("AboutBoxVersion=", "buildid="))
        ]
        return " ".join(named)[:60]
    done = subprocess.run(
        [asked.path, *asked.ask], capture_output=True, text=True, errors="replace", timeout=20
    )
    return (done.stdout or done.stderr).strip().split("\n")[0][:60]


@lru_cache(maxsize=1)
def _reads_lithuanian() -> bool:
    path = _find("tesseract")
    if not path:
        return False
    done = subprocess.run(
        [path, "--list-langs"], capture_output=True, text=True, errors="replace", timeout=20
    )
    return "lit" in done.stdout.split()
