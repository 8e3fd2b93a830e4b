"""Tokens of dates, and the years written in words among them: nineteen eighty-four, two thousand and eighteen."""

from __future__ import annotations

from typing import Any, NamedTuple


class Word(NamedTuple):
    """`start` and `end` are offsets in the text; `value` is what the kind's resolver needs: a number, a name."""

    start: int
    end: int
    kind: str
    value: Any


_YEAR_OPENINGS = (2, 18, 19, 20)
_BEFORE_YEAR = "MmOonDGit:e&bf,"
"""Kinds after which words are a year: months, days, prepositions; "two thousand and eighteen masks" are masks."""


def with_spelled_years(words: list[Word]) -> list[Word]:
    """Years in words as one token: nineteen eighty-four, twenty twenty, two thousand and eighteen."""
    if not any(word.value in _YEAR_OPENINGS and word.kind == "n" for word in words):
        return words
    merged: list[Word] = []
    at = 0
    while at < len(words):
        year, used = _spelled_year(words, at) if not merged or merged[-1].kind in _BEFORE_YEAR else (0, 0)
        if used:
            merged.append(Word(words[at].start, words[at + used - 1].end, "Y", year))
        else:
            merged.append(words[at])
        at += max(used, 1)
    return merged


def _spelled_year(words: list[Word], at: int) -> tuple[int, int]:
    """(year, number of tokens), or (0, 0) where no year is spelled out."""
    opening = words[at]
    if opening.kind != "n" or opening.value not in _YEAR_OPENINGS:
        return 0, 0
    tail = at + 1
    if opening.value == 2:
        if tail >= len(words) or words[tail].value != "thousand":
            return 0, 0
        tail += 2 if tail + 1 < len(words) and words[tail + 1].kind == "&" else 1
    rest, used = _below_hundred(words, tail)
    if opening.value == 2:
        if tail + used < len(words) and words[tail + used].kind == ";":
            return 0, 0
        return 2000 + rest, tail + used - at if used else 2
    return (opening.value * 100 + rest, 1 + used) if used and (rest >= 10 or used > 1) else (0, 0)


def _below_hundred(words: list[Word], at: int) -> tuple[int, int]:
    """(number, number of tokens): eighty four, eighty-four, zero one, nineteen."""
    if at >= len(words) or words[at].kind != "n":
        return 0, 0
    first = words[at].value
    if first % 10 or first == 10:
        return first, 1
    ones = at + 2 if at + 1 < len(words) and words[at + 1].kind == "-" else at + 1
    if ones < len(words) and words[ones].kind == "n" and 0 < words[ones].value < 10:
        return first + words[ones].value, ones + 1 - at
    return first, 1
