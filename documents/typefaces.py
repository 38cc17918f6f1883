"""The typefaces our papers may use: vendored whole, named by a fontconfig file of our own, and nothing else.

Debian's fonts never reach a paper, so the same input gives the same bytes on every machine.
"""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FOLDER = Path(__file__).resolve().parent / "fonts"
FILES = (
    "firago-5.3.0/FiraGO-Regular.ttf",
    "firago-5.3.0/FiraGO-Italic.ttf",
    "firago-5.3.0/FiraGO-Medium.ttf",
    "firago-5.3.0/FiraGO-SemiBold.ttf",
    "tinos-0.4.2/Tinos-Regular.ttf",
    "tinos-0.4.2/Tinos-Italic.ttf",
    "tinos-0.4.2/Tinos-Bold.ttf",
    "noto-serif-georgian-5.3.0/NotoSerifGeorgian-Regular.ttf",
    "noto-serif-georgian-5.3.0/NotoSerifGeorgian-Bold.ttf",
)
# Characters no font draws: what separates words, and what a shaper swallows.
UNDRAWN = frozenset("\t\n\r\x0b\x0c\u00ad\u200b\u2060\ufeff")
# Marks that people paste and that have a plain equal in the typefaces.
EQUALS: dict[str, str | int | None] = {
    "\u202f": "\u00a0",
    "\u2009": "\u00a0",
    "\u2007": "\u00a0",
    "\u2011": "-",
    "\u2028": "\n",
    "\u2029": "\n",
}


def fontconfig_file() -> Path:
    """Write the fontconfig file that names only our folder; its cache stands under VAR_DIR."""
    folder = Path(settings.VAR_DIR) / "fonts"
    cache = folder / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{FOLDER}</dir><cachedir>{cache}</cachedir></fontconfig>\n"
    )
    path = folder / "fonts.conf"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        fresh = folder / f"fonts.conf.{os.getpid()}"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    return path


def missing_files() -> list[str]:
    return [name for name in FILES if not (FOLDER / name).is_file()]


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """Code points that every style of the text face can draw (a bold name must not fall out)."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- only when a form asks

    sets = []
    for name in FILES:
        if name.startswith("firago"):
            with TTFont(FOLDER / name, lazy=True) as font:
                sets.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*sets)


def plain_marks(text: str) -> str:
    """The text as papers print it: composed, with pasted special spaces and dashes turned into ours."""
    return unicodedata.normalize("NFC", text.translate(str.maketrans(EQUALS)))


def missing_letters(text: str) -> set[str]:
    """Letters of the text that no vendored typeface can draw."""
    letters = _letters()
    return {letter for letter in plain_marks(text) if letter not in UNDRAWN and ord(letter) not in letters}


def is_printable(text: str) -> bool:
    return not missing_letters(text)


def name_of(letter: str) -> str:
    """How a refusal names the letter: itself with its code, so that an invisible one is named too."""
    code = f"U+{ord(letter):04X}"
    if unicodedata.category(letter).startswith("C") or unicodedata.combining(letter):
        return code
    return f"{letter} ({code})"


def spelled_out(text: str) -> str:
    """The text with each letter that no typeface has written as its code: other people's words are printed all the same."""
    missing = missing_letters(text)
    return text.translate({ord(letter): f"[U+{ord(letter):04X}]" for letter in missing}) if missing else text


def refuse_missing_letters(text: str) -> None:
    """A form validator for what our papers print: refuses a letter that no typeface has, by name."""
    if missing := missing_letters(text or ""):
        named = ", ".join(name_of(letter) for letter in sorted(missing)[:8])
        raise ValidationError(
            _("These characters cannot be printed in documents, please leave them out: %(letters)s."),
            code="missing_letters",
            params={"letters": named},
        )
