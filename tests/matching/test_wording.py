"""Figures, periods and distances as the explanations say them."""

from decimal import Decimal

import pytest

from claims.matching import extract_quantities
from claims.matching.wording import _ratio_text, figure_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("China exported nearly 3.9bn face masks", "nearly 3.9 billion face masks"),
        ("one country", "1 country"),
        ("fewer than 50 countries", "fewer than 50 countries"),
        ("1.5 million tests a day", "1.5 million tests a day"),
        ("37.5 million pieces of protective clothing", "37.5 million protective clothing"),
        ("up 2 percentage points", "2 percentage points"),
        ("it was 38.5 degrees Celsius", "38.5 degrees Celsius"),
        ("it sold for €3bn", "3 billion euros"),
        ("SEK 5bn was paid", "5 billion SEK"),
        ("a distance of 300 km", "300 kilometres"),
    ],
)
def test_a_figure_is_said_as_people_say_it(text: str, said: str) -> None:
    assert figure_text(extract_quantities(text)[0]) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        ("10", "10 times the claim's"),
        ("1.042", "4.2 % above the claim's"),
        ("0.617", "38.3 % below the claim's"),
        ("0.1", "1/10 of the claim's"),
        ("0", "unlike the claim's"),
    ],
)
def test_a_distance_is_said_as_people_say_it(ratio: str, said: str) -> None:
    assert _ratio_text(Decimal(ratio)) == said
