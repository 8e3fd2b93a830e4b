"""Amounts as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rendering.figures import readable


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3860000000", "3.86 billion"),
        ("16000", "16,000"),
        ("2840000", "2.84 million"),
        ("37520000", "37.52 million"),
        ("1234567", "1,234,567"),
        ("1000000000000", "1 trillion"),
        ("0.5", "0.5"),
        ("0", "0"),
        ("-2500000", "-2.5 million"),
        (Decimal("12.50"), "12.5"),
        (None, ""),
        ("", ""),
        ("not a number", "not a number"),
        ("NaN", "NaN"),
        ("1" + "0" * 40, "10,000,000,000,000,000,000,000,000,000 trillion"),
    ],
)
def test_a_figure_is_shown_as_people_write_it(value: str | Decimal | None, shown: str) -> None:
    assert readable(value) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15))
def test_no_figure_is_rounded(value: Decimal) -> None:
    number, _, scale = readable(value).partition(" ")
    size = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    assert Decimal(number.replace(",", "")) * size == value
