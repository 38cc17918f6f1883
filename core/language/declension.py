"""How Lithuanian names and posts bend: endings by rule, with a stored override per case above them.

Endings: the table of singular declension; palatalisation t→č, d→dž before -io, -iui, -iu.
"""

from __future__ import annotations

from collections.abc import Mapping

CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative", "vocative")
PALATAL = {"d": "dž", "t": "č"}
CONSONANTS = tuple("bcčdfghjklmnprsštvzžqwx")
# (ending, letters cut off, endings of the six cases); the first that fits wins.
FEMININE = (
    ("ioji", 4, ("iosios", "iajai", "iąją", "iąja", "iojoje", "ioji")),
    ("oji", 3, ("osios", "ajai", "ąją", "ąja", "ojoje", "oji")),
    ("ė", 1, ("ės", "ei", "ę", "e", "ėje", "e")),
    ("ia", 2, ("ios", "iai", "ią", "ia", "ioje", "ia")),
    ("a", 1, ("os", "ai", "ą", "a", "oje", "a")),
)
MASCULINE = (
    ("iasis", 5, ("iojo", "iajam", "iąjį", "iuoju", "iajame", "iasis")),
    ("asis", 4, ("ojo", "ajam", "ąjį", "uoju", "ajame", "asis")),
    ("ė", 1, ("ės", "ei", "ę", "e", "ėje", "e")),
    ("ia", 2, ("ios", "iai", "ią", "ia", "ioje", "ia")),
    ("a", 1, ("os", "ai", "ą", "a", "oje", "a")),
    ("jas", 2, ("o", "ui", "ą", "u", "uje", "au")),
    ("jis", 2, ("o", "ui", "į", "u", "yje", "i")),
    ("jys", 2, ("o", "ui", "į", "u", "yje", "y")),
    ("us", 2, ("aus", "ui", "ų", "umi", "uje", "au")),
    ("uo", 2, ("ens", "eniui", "enį", "eniu", "enyje", "enie")),
)


def decline(word: str, gender: str, case: str, *, is_name: bool = True) -> str:
    """One word in the case; a word that does not bend comes back as it is.

    `gender` is "m" or "f"; `is_name` chooses the vocative of -as (Jonai, but mere).
    """
    if case == "nominative" or not word:
        return word
    if "-" in word:
        return "-".join(decline(part, gender, case, is_name=is_name) for part in word.split("-"))
    forms = _forms(word, gender, is_name)
    return forms[CASES.index(case)] if forms else word


def decline_name(
    first: str, last: str, gender: str, case: str, overrides: Mapping[str, str] | None = None
) -> str:
    """A person's whole name in the case; `overrides` holds what a person set by hand, case by case."""
    if overrides and overrides.get(case):
        return overrides[case]
    words = [*first.split(), *last.split()]
    return " ".join(decline(word, gender, case) for word in words)


def decline_post(post: str, gender: str, case: str) -> str:
    """A post in the case: its last word of the head bends with its adjectives, genitives before it stay.

    "Kultūros skyriaus vedėjas" → "Kultūros skyriaus vedėją"; what follows a comma stays as it is.
    """
    head, comma, rest = post.partition(",")
    words = head.split()
    if not words or case == "nominative":
        return post
    bent = [*words]
    bent[-1] = decline(words[-1], gender, case, is_name=False)
    for index in range(len(words) - 2, -1, -1):
        if not _agrees(words[index], gender):
            break
        bent[index] = decline(words[index], gender, case, is_name=False)
    return " ".join(bent) + comma + rest


def _agrees(word: str, gender: str) -> bool:
    """Whether the word before a post is its definite adjective: vyriausioji, vyresnysis."""
    return word.endswith(("oji", "ioji") if gender == "f" else ("asis", "ysis"))


def _forms(word: str, gender: str, is_name: bool) -> tuple[str, ...] | None:
    lower = word.lower()
    if gender == "m" and lower.endswith("ysis"):
        stem, soft = word[:-4], _soft(word[:-4])
        return (word, soft + "iojo", soft + "iajam", stem + "įjį", soft + "iuoju", soft + "iajame", word)
    if gender == "m" and lower.endswith("ias") and not lower.endswith("jas"):
        return _row(word, 3, ("io", "iui", "ią", "iu", "yje", "y" if is_name else "iau"))
    for ending, cut, endings in FEMININE if gender == "f" else MASCULINE:
        if lower.endswith(ending):
            return _row(word, cut, endings)
    if gender == "f":
        return _i_stem(word) if lower.endswith("is") and len(word) > 3 else None
    if lower.endswith("as"):
        return _row(word, 2, ("o", "ui", "ą", "u", "e", "ai" if is_name else "e"))
    if lower.endswith(("ys", "is")):
        stem, soft = word[:-2], _soft(word[:-2])
        vocative = stem + ("y" if lower.endswith("ys") else "i")
        return (word, soft + "io", soft + "iui", stem + "į", soft + "iu", stem + "yje", vocative)
    if lower.endswith(CONSONANTS) and is_name:
        return _row(word, 0, ("o", "ui", "ą", "u", "e", "ai"))
    return None


def _row(word: str, cut: int, endings: tuple[str, ...]) -> tuple[str, ...]:
    stem = word[: len(word) - cut]
    return (word, *(stem + ending for ending in endings))


def _i_stem(word: str) -> tuple[str, ...]:
    stem, soft = word[:-2], _soft(word[:-2])
    return (word, stem + "ies", soft + "iai", stem + "į", stem + "imi", stem + "yje", stem + "ie")


def _soft(stem: str) -> str:
    return stem[:-1] + PALATAL[stem[-1]] if stem[-1:] in PALATAL else stem
