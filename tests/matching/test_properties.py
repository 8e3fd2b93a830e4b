"""What holds for any text: nothing raises, offsets point back, JSON comes back the same."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import (
    NEWSROOM,
    ClaimIndex,
    Comparison,
    Document,
    Policy,
    Stance,
    Statement,
    compare,
    extract_quantities,
    fingerprint,
    read,
    sentence_spans,
)
from claims.matching import match as match_document

DAY = date(2020, 4, 5)
CLAIM = read("China has exported 3.86 billion masks since 1 March 2020.", date=DAY)
WORDINGS = """3.86 billion masks|China|has exported|nearly|more than 50|since March 1|in 2019|not|said|,|.|€5bn
12 percent|5-10|a third of|between 5 and 8|the toll|1,234,567|-5%|?|“|claims that|a day|U.S.""".replace(
    "\n", "|"
).split("|")
FRAGMENTS = st.sampled_from([*WORDINGS, "\n\n"])
PROSE = st.lists(FRAGMENTS, max_size=25).map(" ".join)
SURROGATES = st.characters(codec=None, categories=("Cs", "L", "N", "Z"))
"""Half a surrogate pair, which JSON may carry, and what may stand beside it."""
ANY_TEXT = st.one_of(st.text(max_size=300), st.text(SURROGATES, max_size=60), PROSE)


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_every_offset_slices_back_to_its_surface(text: str) -> None:
    statement = read(text, date=DAY)
    for quantity in statement.quantities:
        assert text[quantity.start : quantity.end] == quantity.surface
    for period in statement.periods:
        assert text[period.offset : period.offset + len(period.surface)] == period.surface
    for row in statement.slots:
        assert row.span.of(text).strip() == row.span.of(text)
    assert [quantity.to_json() for quantity in extract_quantities(text, date=DAY)] == [
        quantity.to_json() for quantity in statement.quantities
    ]


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_a_statement_and_a_comparison_come_back_from_json_as_they_were(text: str) -> None:
    statement = read(text, date=DAY, aliases=("facemask",))
    assert Statement.from_json(statement.to_json()) == statement
    comparison = compare(CLAIM, statement)
    assert Comparison.from_json(comparison.to_json()) == comparison


@given(PROSE)
@settings(max_examples=150, deadline=None)
def test_added_spaces_around_a_text_change_only_offsets(text: str) -> None:
    def shape(value: str) -> list[tuple[object, ...]]:
        statement = read(value, date=DAY)
        return [(quantity.surface, quantity.value, quantity.unit) for quantity in statement.quantities] + [
            (row.who, row.action, row.item, row.place, row.polarity) for row in statement.slots
        ]

    assert shape(text) == shape(f"  {text} \t")


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_fingerprint_is_stable_and_folds_case_and_spaces(text: str) -> None:
    assert fingerprint(f" {text}  ") == fingerprint(text)
    assert fingerprint(fingerprint(text)) == fingerprint(text)


def test_a_fingerprint_keeps_figures_and_signs() -> None:
    assert fingerprint("Up 3.9%") != fingerprint("Up 39%")
    assert fingerprint("ＣＨＩＮＡ  sold 5") == "china sold 5"


@given(PROSE, st.permutations(["a", "b", "c"]))
@settings(max_examples=60, deadline=None)
def test_matches_do_not_depend_on_the_order_or_number_of_claims(text: str, order: list[str]) -> None:
    texts = {
        "a": "China has exported 3.86 billion masks since 1 March 2020.",
        "b": "More than 50 ships waited off China in 2019.",
        "c": "China has banned exports of masks.",
    }
    claims = {name: read(texts[name], date=DAY) for name in order}
    document = Document(title="", body=text, published_at=DAY)
    together = match_document(document, ClaimIndex.build((name, texts[name]) for name in order), claims)
    for name in order:
        alone = match_document(document, ClaimIndex.build([(name, texts[name])]), claims)
        assert alone == [found for found in together if found.claim_id == name]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1e999999",
        "\0" * 1_000,
        "👍🏽 " * 10_000,
        "مرحبا 123 " * 2_000,
        "1,111" + ",111" * 20_000,
        "“" * 40_000,
        "5, " * 4_000,
        "hundred and " * 4_000,
        "March 1 " * 4_000,
        "1 month " * 4_000,
        "the first quarter of " * 4_000,
        "from May 1-" * 4_000,
        "!" * 300_000,
        "of the " * 10_000,
        ", he said" * 8_000,
        "-" * 100_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    begun = time.perf_counter()
    read(text[: len(text) // 2], date=DAY)
    half = time.perf_counter() - begun
    begun = time.perf_counter()
    read(text, date=DAY)
    assert time.perf_counter() - begun < 4 * half + 1


COUNTS = st.one_of(
    st.integers(min_value=1, max_value=9_999_999_999).map("{:,}".format),
    st.integers(min_value=1, max_value=999).map("{} million".format),
    st.decimals(min_value="0.1", max_value="99", places=1).map("{} billion".format),
)


def said_of(first: str, second: str, policy: Policy = NEWSROOM) -> Stance:
    """What the second figure does to the first, all else equal."""
    claim, passage = (
        read(f"China has exported {figure} masks since 1 March 2020.", date=DAY) for figure in (first, second)
    )
    return compare(claim, passage, policy=policy).stance


@given(COUNTS, COUNTS)
@settings(max_examples=150, deadline=None)
def test_two_exact_figures_contradict_each_other_or_neither_does(first: str, second: str) -> None:
    both = {said_of(first, second), said_of(second, first)}
    assert (Stance.CONTRADICTS in both) <= (both == {Stance.CONTRADICTS})


@given(COUNTS)
@settings(max_examples=50, deadline=None)
def test_a_figure_confirms_itself(figure: str) -> None:
    assert said_of(figure, figure) is Stance.CONFIRMS


@given(COUNTS, COUNTS, st.decimals(min_value="0.01", max_value="0.4", places=2))
@settings(max_examples=150, deadline=None)
def test_a_wider_tolerance_loses_no_confirmation(first: str, second: str, more: Decimal) -> None:
    wider = replace(NEWSROOM, rounding_reaches=NEWSROOM.rounding_reaches + more)
    if said_of(first, second) is Stance.CONFIRMS:
        assert said_of(first, second, wider) is Stance.CONFIRMS


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=1, max_value=10**9))
@settings(max_examples=150, deadline=None)
def test_what_lies_above_confirms_more_than_and_never_less_than(bound: int, figure: int) -> None:
    if figure > bound:
        assert said_of(f"more than {bound:,}", f"{figure:,}") is not Stance.CONTRADICTS
        assert said_of(f"fewer than {bound:,}", f"{figure:,}") is not Stance.CONFIRMS
