"""Sums are read as people write them and said as the office does."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core.forms import MoneyField
from core.money import money_words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 250,50", "1250.50"),
        ("1\u00a0250,5", "1250.50"),
        ("1250.5 €", "1250.50"),
        ("35", "35.00"),
        ("0", "0.00"),
    ],
)
def test_a_sum_is_read_as_it_is_written(typed, meant):
    assert MoneyField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["-3", "−3,50", "šimtas", "1e3", "NaN", "1,255", "1.250,50", "9999999"])
def test_what_is_no_sum_is_refused(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_nothing_is_not_zero():
    assert MoneyField(required=False).clean(" ") is None
    assert money_words(None) == "–"


def test_a_sum_is_said_in_the_language_of_the_page():
    with override("lt"):
        assert money_words(Decimal("1234.5")) == "1\u00a0234,50\u00a0€"
    with override("en"):
        assert money_words(Decimal("1234.5")) == "1,234.50\u00a0€"
