"""Sums as the office writes and reads them: "1 250,50 €"."""

from __future__ import annotations

import re
from decimal import Decimal

from core.dates import is_lithuanian

SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
SUM = re.compile(r"[-−]?[0-9]{1,12}([.,][0-9]{1,2})?")
CENT = Decimal("0.01")


def read_sum(text: str) -> Decimal | None:
    """The sum that is meant by "1 250,50", "1250.5" or "35 €"; None when it is not a sum to the cent."""
    plain = text.translate(SPACES).removesuffix("€").removesuffix("EUR")
    if not SUM.fullmatch(plain):
        return None
    return Decimal(plain.replace("−", "-").replace(",", ".")).quantize(CENT)


def money_words(amount: Decimal | int | None) -> str:
    """ "1 234,50 €" in Lithuanian, "1,234.50 €" in English; a dash when nothing is known, never a zero."""
    if amount is None:
        return "–"
    text = f"{Decimal(amount).quantize(CENT):,}"
    if is_lithuanian():
        text = text.replace(",", "\u00a0").replace(".", ",")
    return f"{text}\u00a0€".replace("-", "−")


def sum_field_value(amount: Decimal | None) -> str:
    """What stands in a field: the office's comma, no currency."""
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")
