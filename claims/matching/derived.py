"""Figures a passage does not write but gives: one sum, difference or ratio of two that it does.

"62 in the capital and another 29 in the interior" gives 91; "379,000, which is 14,000 fewer" gives 393,000; "2,400 of
its 30,000 jobs" gives 8 per cent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from claims.matching.intervals import comparable
from claims.matching.statements import Slots, Statement
from claims.matching.types import Bound, Kind, Quantity
from claims.matching.units import PERCENT

MOST_FIGURES = 8
"""Figures of a passage that are combined; among more, some two give any figure by chance."""
_SHARES = frozenset({Kind.PERCENT, Kind.RATIO})
_HUNDRED = Decimal(100)
_SHARE_STEP = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that follows from two of the passage's; `row` is the row of the first."""

    quantity: Quantity
    row: Slots


def derived_figures(claim: Quantity, passage: Statement) -> Iterator[Derived]:
    """The figures of the claim's kind that two exact figures of the passage give."""
    rows = [row for row in passage.slots if row.figure is not None and _is_exact(passage.quantities[row.figure])]
    if len(rows) > MOST_FIGURES:
        return
    for first, second in combinations(rows, 2):
        pair = passage.quantities[first.figure or 0], passage.quantities[second.figure or 0]
        if claim.kind in _SHARES:
            yield from _shares(first, *pair)
        elif comparable(claim, pair[0]) and comparable(claim, pair[1]) and pair[0].unit == pair[1].unit:
            yield from _sums(first, *pair)


def _is_exact(quantity: Quantity) -> bool:
    return quantity.value is not None and quantity.bound is Bound.EXACT and quantity.kind not in _SHARES


def _shares(row: Slots, first: Quantity, second: Quantity) -> Iterator[Derived]:
    if not comparable(first, second) or first.value is None or second.value is None:
        return
    part, whole = sorted((first.value, second.value))
    if 0 < part < whole:
        share = replace(first, value=part / whole * _HUNDRED, unit=PERCENT, kind=Kind.PERCENT, step=_SHARE_STEP)
        yield Derived(share, row)


def _sums(row: Slots, first: Quantity, second: Quantity) -> Iterator[Derived]:
    if first.value is None or second.value is None:
        return
    step = max(first.step, second.step)
    for value in (first.value + second.value, abs(first.value - second.value)):
        yield Derived(replace(first, value=value, step=step), row)
