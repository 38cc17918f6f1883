"""Plain text in whatever encoding it came, and letters that no typeface has."""

from __future__ import annotations

import unicodedata

from documents import typefaces

# What a letter from a neighbour is written in, when it says nothing of itself.
BALTIC = "ąčęėįšųūžāēģīķļņōŗõäöüĄČĘĖĮŠŲŪŽĀĒĢĪĶĻŅÕÄÖÜ„“–’”"
CENTRAL = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰ„”–’“"
WESTERN = "äöüßÄÖÜéèêëàâçîïôùûÿñíóúáÉÀÇÑæøåÆØÅ“”–’„"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄҐЁ«»–№"
GUESSES = (
    ("cp1257", BALTIC),
    ("cp1250", CENTRAL),
    ("iso8859-2", CENTRAL),
    ("cp1252", WESTERN),
    ("cp1251", CYRILLIC),
    ("koi8-u", CYRILLIC),
    ("cp866", CYRILLIC),
    ("cp775", BALTIC),
)


def decode(content: bytes) -> tuple[str, str] | None:
    """The text, and the encoding when it had to be guessed; nothing when these are no letters."""
    for mark, encoding in ((b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _sound(content, encoding, "")
    for encoding in (*_wide(content), "utf-8-sig"):
        try:
            return content.decode(encoding), "" if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    if 0 in content:
        return None
    found = max(
        ((_score(content, encoding, letters), encoding) for encoding, letters in GUESSES), default=None
    )
    return (content.decode(found[1], "replace"), found[1]) if found else None


def _sound(content: bytes, encoding: str, told: str) -> tuple[str, str] | None:
    try:
        return content.decode(encoding), told
    except UnicodeDecodeError:
        return None


def _wide(content: bytes) -> tuple[str, ...]:
    head = content[:4096]
    if head.count(0) < len(head) // 4:
        return ()
    return ("utf-16-be",) if head[::2].count(0) > head[1::2].count(0) else ("utf-16-le",)


def _score(content: bytes, encoding: str, letters: str) -> float:
    """How many of the letters beyond ASCII are those of the language; a capital inside a word speaks against."""
    text = content.decode(encoding, "replace")
    beyond = [place for place, letter in enumerate(text) if ord(letter) > 127]
    points = 0.0
    for place in beyond:
        letter = text[place]
        if letter in letters:
            before = text[place - 1] if place else " "
            points += -1 if letter.isupper() and before.isalpha() and before.islower() else 1
        else:
            points -= 2 if not letter.isalpha() else 1
    return points / max(1, len(beyond))


def readable(text: str) -> str:
    """As papers print it: without what does not print, composed, with our own plain marks."""
    kept = "".join(
        one for one in text.replace("\r\n", "\n").replace("\r", "\n") if one in "\n\t" or one.isprintable()
    )
    return typefaces.plain_marks(kept)


def named(letters: set[str]) -> str:
    told = ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, '')}".strip() for one in sorted(letters)[:20])
    return told + (" …" if len(letters) > 20 else "")
