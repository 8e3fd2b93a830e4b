"""What holds for the quantities of any text, and the gates that the reading of figures may not fall below."""

import json
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Bound, extract_quantities
from claims.matching.evaluate import newsquant, recognizers

HERE = Path(__file__).parent
LEAST_RIGHT = 0.95
LEAST_RIGHT_OF_A_MODEL = 0.9
"""Shares of the committed Recognizers-Text rows that are read right. May only be raised."""
LEAST_ROWS = 12
LONGEST_FIGURE = Decimal(10) ** 31

FIGURES = st.sampled_from((
    "3.86 billion", "12 percent", "nearly 4 million", "5-10 kg", "between 5 and 8", "US$1.5bn", "a third of",
    "one in five", "dozens of", "37 mph", "two and a half million", "at least 1,200", "15-year-old", "6 ft 2 in", "½",
    "3/4", "5 to 8 euros", "RMB10bn", "minus 5 °C", "1e6", "sixfold", "aged 87", "50 or more", "$5 a barrel",
    "20 cents per share", "4G", "万", "100万元", "№ 5", "10:45", "2-2",
    "1'200'000", "1.200", "a couple of hundred", "from 5 to 8 million", "thirty-odd",
    "one-in-four", "five grand", "2 million-dollar", "+1 415 555 2671", "plus or minus 3", "halved", "or fewer",
))  # fmt: skip
WORDS = st.sampled_from((
    "China", "sold", "masks", "of", "the", "and", "in", "to", "from", "rose", "fell", "ships", ",", ".", "(", ")",
    "more than", "by", "a", "March", "2019", "not", "half", "people",
))  # fmt: skip
PROSE = st.lists(st.one_of(FIGURES, WORDS), max_size=20)
APART = st.lists(st.tuples(FIGURES, WORDS), max_size=10).map(lambda pairs: [part for pair in pairs for part in pair])
"""A word behind each figure: "8 100" would be one figure with a space between its groups."""
SURROGATES = st.text(st.characters(codec=None, categories=("Cs", "L", "N", "P", "Z")), max_size=60)
"""With halves of surrogate pairs, which JSON may carry."""
ANY_TEXT = st.one_of(st.text(max_size=300), SURROGATES, PROSE.map(" ".join))
SCALED = st.sampled_from(("hundred", "thousand", "million", "billion", "trillion", "lakh", "crore", "bn", "tn"))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_quantities_point_back_in_order_without_overlap(text: str) -> None:
    before = 0
    for quantity in extract_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.surface
        assert before <= quantity.start < quantity.end
        before = quantity.end


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_a_quantity_has_a_value_or_an_end_and_never_more_than_thirty_digits(text: str) -> None:
    for quantity in extract_quantities(text):
        known = [one for one in (quantity.value, quantity.low, quantity.high) if one is not None]
        assert known and all(one.is_finite() and abs(one) < LONGEST_FIGURE for one in known)
        assert (quantity.bound is Bound.RANGE) == (quantity.low is not None and quantity.high is not None)


@given(APART)
@settings(max_examples=100, deadline=None)
def test_a_second_space_between_words_changes_nothing_but_offsets(parts: list[str]) -> None:
    def shape(text: str) -> list[tuple[object, ...]]:
        return [(one.value, one.low, one.high, one.bound, one.unit, one.item) for one in extract_quantities(text)]

    assert shape(" ".join(parts)) == shape("  ".join(parts))


@given(st.integers(2, 999), SCALED, st.sampled_from((str.upper, str.title)))
def test_the_case_of_a_scale_word_changes_nothing(number: int, scale: str, change: Any) -> None:
    plain, other = (extract_quantities(f"It sold {number} {word} bicycles.") for word in (scale, change(scale)))
    assert [(one.value, one.unit) for one in plain] == [(one.value, one.unit) for one in other]


@given(st.integers(0, 10**30 - 1), st.integers(0, 4))
def test_a_figure_in_digits_has_its_value(number: int, decimals: int) -> None:
    written = f"{number:,}" + (f".{'5' * decimals}" if decimals and number < 10**25 else "")
    assert [one.value for one in extract_quantities(f"It sold {written} litres.")] == [
        Decimal(written.replace(",", ""))
    ]


@pytest.mark.parametrize("text", ["between 0 and 0 billion cars", "from 0 to 0 million", "0-0 billion", "0% to 0%"])
def test_a_range_of_nothing_is_read_without_an_exception(text: str) -> None:
    assert all(not quantity.anchor for quantity in extract_quantities(f"It sold {text}."))


@pytest.mark.parametrize("text", ["1" * 31, "9" * 200, "1e999999", "NaN", "Infinity", "1e31", "", "\x00 5\x00", "٣٤"])
def test_what_is_no_figure_anybody_reports_is_read_without_an_exception(text: str) -> None:
    for quantity in extract_quantities(f"It sold {text} cars."):
        assert abs(quantity.anchor) < LONGEST_FIGURE


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1 " * 4_000,
        "1," * 20_000,
        "-1" * 4_000,
        "one " * 8_000,
        "one hundred and " * 2_000,
        "twenty-" * 20_000,
        "half a " * 4_000,
        "5 to " * 4_000,
        "1/2 " * 4_000,
        "$" * 100_000,
        "$5 " * 4_000,
        "more than " * 12_000,
        "5% (" * 4_000,
        "(((((5)))))" * 2_000,
        "Smith, 5, " * 3_000,
        "½" * 20_000,
        "万" * 100_000,
        "5 of the " * 3_000,
        "👍🏽5 ١٢ مرحبا " * 2_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_figures_are_read_in_linear_time(text: str) -> None:
    begun = time.perf_counter()
    extract_quantities(text[: len(text) // 2])
    half = time.perf_counter() - begun
    begun = time.perf_counter()
    extract_quantities(text)
    assert time.perf_counter() - begun < 4 * half + 1


@pytest.mark.parametrize("model", sorted(set(recognizers.MODELS.values())))
def test_the_rows_of_recognizers_text_are_read_right(model: str) -> None:
    listed = [row for row in rows(HERE / "recognizers" / "rows.jsonl") if row["model"] == model]
    wrong = [row["Input"] for row in listed if not recognizers.is_right(model, row)]
    assert len(listed) - len(wrong) >= LEAST_RIGHT_OF_A_MODEL * len(listed), wrong


def test_nearly_all_rows_of_recognizers_text_are_read_right() -> None:
    listed = rows(HERE / "recognizers" / "rows.jsonl")
    right = sum(recognizers.is_right(row["model"], row) for row in listed)
    assert right >= LEAST_RIGHT * len(listed)


def test_every_bound_has_its_rows() -> None:
    listed = rows(HERE / "specs" / "quantities.jsonl")
    told = Counter(one["bound"] for row in listed for one in row["quantities"] if "bound" in one)
    assert all(told[bound.value] >= LEAST_ROWS for bound in Bound), told


def test_the_adapter_of_the_news_set_tells_right_from_wrong() -> None:
    labelled = {"change": "up", "value": "5", "unit": "%", "normalized_unit": "percentage"}
    right = newsquant.tally({"text": "Exports rose 5%.", "quantities": [labelled]})
    assert (right.said, right.labelled, right.value, right.unit, right.strict_unit, right.change) == (1,) * 6
    other = labelled | {"value": "6"}
    assert newsquant.tally({"text": "Exports rose 5%.", "quantities": [other]}).value == 0
    assert newsquant.tally({"text": "Exports rose 5 cars.", "quantities": [labelled]}).unit == 0
    assert newsquant.tally({"text": "Exports fell 5%.", "quantities": [labelled]}).change == 0


def test_one_of_ours_matches_one_label_at_most() -> None:
    labelled = {"change": "=", "value": "5", "unit": "cars", "normalized_unit": "car"}
    tally = newsquant.tally({"text": "It sold 5 cars.", "quantities": [labelled, labelled]})
    assert (tally.said, tally.labelled, tally.value) == (1, 2, 1)
