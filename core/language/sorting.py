"""One order of names everywhere: Y beside I, Š after S, equal in Python and in the database.

The Lithuanian alphabet: a ą, e ę ė, i į y and u ų ū count as one letter first and are told apart only when all
else is equal; č, š and ž are letters of their own after c, s and z. Other scripts follow the Latin one. Each
step here stands in the SQL function `lt_sort_key` as well, made of functions that do not depend on a locale.
"""

from __future__ import annotations

import re
import unicodedata

CAPITALS, SMALLS = "ĄČĘĖĮŠŲŪŽ", "ąčęėįšųūž"
OTHERS, THEIR_BASES = "łđøßæœ", "ldosao"
OWN, OWN_HELD = "čšž", "\ue000\ue001\ue002"  # held apart while marks are taken off
VARIANTS, THEIR_LETTERS, THEIR_WEIGHTS = "ąęįųėyū", "aeiueiu", "1111222"
ALPHABET = "abc\ue000defghijklmnopqrs\ue001tuvwxyz\ue002"
CODES = "".join(chr(ord("A") + index) for index in range(len(ALPHABET)))
PUNCTUATION = "-–—.,'’\"„“”«»()/&:;!?_+*#"


def sort_key(text: str) -> str:
    """A string that sorts by bytes as the text sorts in Lithuanian; the same as SQL `lt_sort_key(text)`."""
    low = text.translate(str.maketrans(CAPITALS, SMALLS)).lower()
    low = low.translate(str.maketrans(OTHERS, THEIR_BASES))
    low = low.translate(str.maketrans(PUNCTUATION, " " * len(PUNCTUATION)))
    low = re.sub(" +", " ", low).strip(" ")
    first = low.translate(str.maketrans(VARIANTS + OWN, THEIR_LETTERS + OWN_HELD))
    first = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", first))
    first = first.translate(str.maketrans(ALPHABET, CODES))
    second = low.translate(str.maketrans("0123456789", "0000000000")).translate(
        str.maketrans(VARIANTS, THEIR_WEIGHTS)
    )
    return first + "\x01" + re.sub("[^12]", "0", second)
