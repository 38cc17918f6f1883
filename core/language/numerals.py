"""Numbers in Lithuanian words, masculine and nominative: "penki šimtai keturi"."""

from __future__ import annotations

SMALL = (
    "nulis vienas du trys keturi penki šeši septyni aštuoni devyni dešimt vienuolika dvylika trylika keturiolika"
    " penkiolika šešiolika septyniolika aštuoniolika devyniolika"
).split()
TENS = (
    "dvidešimt trisdešimt keturiasdešimt penkiasdešimt šešiasdešimt septyniasdešimt aštuoniasdešimt devyniasdešimt"
).split()


def number_words(number: int) -> str:
    """The number, from nought to 999,999, as an act writes it."""
    if not 0 <= number < 1_000_000:
        raise ValueError("Only numbers from 0 to 999999 are written in words.")
    if number < 20:
        return SMALL[number]
    words = []
    thousands, rest = divmod(number, 1000)
    if thousands:
        words += [number_words(thousands), form_of(thousands, "tūkstantis", "tūkstančiai", "tūkstančių")]
    hundreds, rest = divmod(rest, 100)
    if hundreds:
        words += [SMALL[hundreds], form_of(hundreds, "šimtas", "šimtai", "šimtų")]
    if rest >= 20:
        words.append(TENS[rest // 10 - 2])
        rest %= 10
    if rest:
        words.append(SMALL[rest])
    return " ".join(words)


def form_of(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun after the number: 21 lapas, 22 lapai, 11 lapų."""
    last, teens = number % 10, 10 <= number % 100 < 20
    if teens or last == 0:
        return many
    return one if last == 1 else few
