"""Figures a passage does not write but gives: one sum, difference or ratio of two that it does.

"62 in the capital and another 29 in the interior" gives 91; "379,000, which is 14,000 fewer" gives 393,000; "2,400 of
its 30,000 jobs" gives 8 per cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
_FARTHEST = Decimal(2)
"""A figure this many times another confirms it in no wording."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that follows from two of the passage's; `row` is the row of the first."""

    quantity: Quantity
    row: Slots


def derived_figures(claim: Quantity, passage: Statement) -> Iterator[Derived]:
    """The figures of the claim's kind that two exact ones of the passage give, but for those far from the claim's."""
    rows = [row for row in passage.slots if row.figure is not None and _is_exact(passage.quantities[row.figure])]
    if len(rows) > MOST_FIGURES:
        return
    for first, second in combinations(rows, 2):
        for quantity in _of_two(claim, passage.quantities[first.figure or 0], passage.quantities[second.figure or 0]):
            yield Derived(quantity, first)


def derived_quantities(claim: Quantity, told: Sequence[Quantity]) -> Iterator[Quantity]:
    """At least what `derived_figures` gives, of the figures alone."""
    for first, second in combinations(filter(_is_exact, told), 2):
        yield from _of_two(claim, first, second)


def _of_two(claim: Quantity, first: Quantity, second: Quantity) -> Iterator[Quantity]:
    if claim.kind in _SHARES:
        yield from _shares(claim, first, second)
    elif comparable(claim, first) and comparable(claim, second) and first.unit == second.unit:
        yield from _sums(claim, first, second)


def may_derive(claim: Quantity, passage: Statement) -> bool:
    """Whether the passage may give figures of the claim's kind that none of its own can be compared with."""
    return claim.kind in _SHARES and len(passage.quantities) > 1


def _is_exact(quantity: Quantity) -> bool:
    return quantity.value is not None and quantity.bound is Bound.EXACT and quantity.kind not in _SHARES


def _shares(claim: Quantity, first: Quantity, second: Quantity) -> Iterator[Quantity]:
    if not comparable(first, second) or first.value is None or second.value is None:
        return
    part, whole = sorted((first.value, second.value))
    if not 0 < part < whole:
        return
    share = part / whole * _HUNDRED
    wanted = claim.value if claim.value is None or claim.kind is Kind.PERCENT else claim.value * _HUNDRED
    if not _is_far(share, wanted):
        yield replace(first, value=share, unit=PERCENT, kind=Kind.PERCENT, step=_SHARE_STEP)


def _sums(claim: Quantity, first: Quantity, second: Quantity) -> Iterator[Quantity]:
    if first.value is None or second.value is None:
        return
    wanted = claim.value if claim.unit == first.unit else None  # another unit is converted later
    for value in (first.value + second.value, abs(first.value - second.value)):
        if not _is_far(value, wanted):
            yield replace(first, value=value, step=max(first.step, second.step))


def _is_far(value: Decimal, wanted: Decimal | None) -> bool:
    """Whether a figure is so unlike the one wanted that neither confirms the other."""
    if wanted is None or wanted <= 0:
        return False
    return value * _FARTHEST < wanted or value > wanted * _FARTHEST
