"""What a correction changed, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rendering.differences import Part, word_differences

WORDS = st.lists(st.sampled_from(["a", "b", "c", "masks", "3.86"]), max_size=30).map(" ".join)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text.strip()) for part in word_differences(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("One two three", "One two three", [("same", "One two three")]),
        ("", "New", [("added", "New")]),
        ("Old", "", [("removed", "Old")]),
        ("It is false today", "It is true today", [
            ("same", "It is"), ("removed", "false"), ("added", "true"), ("same", "today")]),
        ("one a two", "three a four", [("removed", "one a two"), ("added", "three a four")]),
        ("same words\nhere", "same  words here", [("same", "same  words here")]),
    ],
)  # fmt: skip
def test_changed_words_are_told_apart(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert told(before, after) == expected


@given(before=WORDS, after=WORDS)
def test_both_texts_can_be_read_from_the_woven_one(before: str, after: str) -> None:
    def without(kind: str) -> str:
        return " ".join(" ".join(part.text for part in word_differences(before, after) if part.kind != kind).split())

    assert without("removed") == after
    assert without("added") == before


def test_the_longest_texts_take_no_time() -> None:
    before, after = "a " * 10_000, "a b " * 5_000
    begun = time.perf_counter()
    assert word_differences(before, after)[0].kind in ("same", "added", "removed")
    assert time.perf_counter() - begun < 2


def test_a_part_says_what_became_of_it() -> None:
    assert word_differences("x", "y") == (Part("removed", "x"), Part("added", "y"))
