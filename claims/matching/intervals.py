"""What two figures say about each other: the guideline's table "What a figure stands for" as intervals.

Every figure has two: `window`, in which a more exact value confirms it, and `possible`, all that its wording allows
to be true. Figures contradict each other when what is possible does not meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from claims.matching.currencies import Rate, is_currency, rate
from claims.matching.outcomes import Relation
from claims.matching.policy import Policy
from claims.matching.types import Bound, Kind, Quantity
from claims.matching.units import PERCENT, dimension_of, in_base, width_in_base

INFINITE = Decimal("Infinity")
_HALF = Decimal("0.5")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_ONE_SIDED = frozenset({Bound.MORE_THAN, Bound.AT_LEAST, Bound.LESS_THAN, Bound.AT_MOST})


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`; an open end is not part of it."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def holds(self, number: Decimal) -> bool:
        above = number > self.low if self.low_open else number >= self.low
        return above and (number < self.high if self.high_open else number <= self.high)

    def meets(self, other: Interval) -> bool:
        return not (_ends_before(self, other) or _ends_before(other, self))

    def within(self, other: Interval) -> bool:
        low = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        high = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return low and high

    @property
    def width(self) -> Decimal:
        return self.high - self.low


def _ends_before(first: Interval, second: Interval) -> bool:
    return first.high < second.low or (first.high == second.low and (first.high_open or second.low_open))


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in the unit both sides are compared in."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    step: Decimal
    bound: Bound

    @property
    def anchor(self) -> Decimal | None:
        """The one number that stands for the amount."""
        if self.value is not None:
            return self.value
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class FigureVerdict:
    """`relation` is None when the figures neither confirm nor exclude each other; `ratio` is passage by claim."""

    relation: Relation | None
    confirms: bool = False
    contradicts: bool = False
    ratio: Decimal | None = None
    exchange: Rate | None = None


UNDECIDED = FigureVerdict(None)


def comparable(claim: Quantity, passage: Quantity) -> bool:
    """Whether two figures can be set against each other at all; counted nouns are compared by their item instead."""
    return _family(claim.unit, claim.kind) == _family(passage.unit, passage.kind)


@lru_cache(maxsize=8_192)
def _family(written: str, kind: Kind) -> str:
    unit, _, per = written.partition(" per ") if not written.startswith("per ") else ("", "", written[4:])
    if is_currency(unit):
        base = "money"
    elif unit == PERCENT or kind is Kind.RATIO:
        base = PERCENT
    elif kind is Kind.PERCENT:
        base = unit
    else:
        base = dimension_of(unit) or "count"
    return f"{base} per {per}" if per else base


def judge(claim: Quantity, passage: Quantity, day: date | None, policy: Policy) -> FigureVerdict:
    """What the passage's figure does to the claim's; `day` is the report's, for the exchange rate."""
    exchange = None
    claim_unit, passage_unit = claim.unit.partition(" per ")[0], passage.unit.partition(" per ")[0]
    if is_currency(claim_unit) and is_currency(passage_unit) and claim_unit != passage_unit:
        exchange = None if day is None else rate(passage_unit, claim_unit, day)
        if exchange is None:
            return UNDECIDED
    first, second = _amount(claim, None), _amount(passage, exchange)
    converted = claim_unit != passage_unit and dimension_of(claim_unit) is not None
    converted = converted or (claim.kind is Kind.RATIO) != (passage.kind is Kind.RATIO)
    return _judged(first, second, exchange, converted=converted, policy=policy)


def _amount(quantity: Quantity, exchange: Rate | None) -> Amount:
    unit = quantity.unit.partition(" per ")[0]
    if dimension_of(unit) is not None:
        value, low, high = (
            None if number is None else in_base(number, unit)
            for number in (quantity.value, quantity.low, quantity.high)
        )
        return Amount(value, low, high, width_in_base(quantity.step, unit), quantity.bound)
    if exchange is None and quantity.kind is not Kind.RATIO:
        return Amount(quantity.value, quantity.low, quantity.high, quantity.step, quantity.bound)
    factor = exchange.factor if exchange else _HUNDRED
    value, low, high = (
        None if number is None else number * factor for number in (quantity.value, quantity.low, quantity.high)
    )
    return Amount(value, low, high, quantity.step * factor, quantity.bound)


def window(amount: Amount, policy: Policy) -> Interval:
    """Values that confirm the figure, by its wording."""
    value = amount.value
    if amount.bound is Bound.RANGE or value is None:
        return Interval(
            amount.low if amount.low is not None else -INFINITE, amount.high if amount.high is not None else INFINITE
        )
    if amount.bound is Bound.EXACT:
        return rounding(value, min(amount.step, abs(value) * 2 * policy.rounding_reaches))
    if amount.bound is Bound.APPROXIMATE and amount.low is not None:
        return Interval(value, value * policy.just_over_reaches, low_open=True)
    low, high = sorted(value * reach for reach in _reach(amount.bound, policy))
    return Interval(low, high, amount.bound is Bound.MORE_THAN, amount.bound in (Bound.NEARLY, Bound.LESS_THAN))


def _reach(bound: Bound, policy: Policy) -> tuple[Decimal, Decimal]:
    """Of what a figure names, the shares between which a value confirms it."""
    if bound is Bound.NEARLY:
        return policy.nearly_reaches, _ONE
    if bound in (Bound.MORE_THAN, Bound.AT_LEAST):
        return _ONE, policy.more_than_reaches
    if bound in (Bound.LESS_THAN, Bound.AT_MOST):
        return policy.less_than_reaches, _ONE
    return _ONE - policy.about, _ONE + policy.about


def possible(amount: Amount, policy: Policy) -> Interval:
    """Everything that may be true if the figure is: a bound reaches as far as it says, rounding as far as it may."""
    value = amount.value
    if value is None or amount.bound is Bound.RANGE:
        return window(amount, policy)
    if amount.bound in (Bound.MORE_THAN, Bound.AT_LEAST):
        return Interval(value, INFINITE, low_open=amount.bound is Bound.MORE_THAN)
    if amount.bound in (Bound.LESS_THAN, Bound.AT_MOST):
        return Interval(-INFINITE, value, high_open=amount.bound is Bound.LESS_THAN)
    return rounding(value, amount.step) if amount.bound is Bound.EXACT else window(amount, policy)


def rounding(value: Decimal, step: Decimal) -> Interval:
    """All values that round to a figure given to a step; an exact one stands for itself."""
    if step == 0:
        return Interval(value, value)
    return Interval(value - step * _HALF, value + step * _HALF, high_open=True)


def _judged(claim: Amount, passage: Amount, exchange: Rate | None, *, converted: bool, policy: Policy) -> FigureVerdict:
    ratio = _ratio(claim, passage)
    relation = _confirming(claim, passage, exchange, converted=converted, policy=policy)
    if relation is not None:
        return FigureVerdict(relation, confirms=True, ratio=ratio, exchange=exchange)
    if not _can_both_be_true(claim, passage, exchange, policy):
        relation = Relation.OUTSIDE_BOUND if _is_bound(claim) or _is_bound(passage) else Relation.DIFFERENT_FIGURE
        return FigureVerdict(relation, contradicts=True, ratio=ratio, exchange=exchange)
    return FigureVerdict(None, ratio=ratio, exchange=exchange)


def _is_bound(amount: Amount) -> bool:
    return amount.bound in _ONE_SIDED or amount.bound is Bound.RANGE


def _ratio(claim: Amount, passage: Amount) -> Decimal | None:
    first, second = claim.anchor, passage.anchor
    return second / first if first and second is not None else None


def _widened(interval: Interval, share: Decimal) -> Interval:
    return Interval(interval.low - abs(interval.low) * share, interval.high + abs(interval.high) * share)


def _can_both_be_true(claim: Amount, passage: Amount, exchange: Rate | None, policy: Policy) -> bool:
    other = possible(passage, policy)
    return possible(claim, policy).meets(_widened(other, policy.currency_tolerance) if exchange else other)


def _confirming(
    claim: Amount, passage: Amount, exchange: Rate | None, *, converted: bool, policy: Policy
) -> Relation | None:
    relation = _agreeing(claim, passage, exchange, policy)
    if relation is None or (exchange is None and not converted):
        return relation
    return Relation.CONVERTED_CURRENCY if exchange else Relation.CONVERTED_UNIT


def _agreeing(claim: Amount, passage: Amount, exchange: Rate | None, policy: Policy) -> Relation | None:
    """How the figures confirm each other, before a conversion takes the name."""
    if (
        claim.value is not None
        and claim.value == passage.value
        and claim.bound is passage.bound
        and claim.low == passage.low
    ):
        return Relation.SAME_FIGURE
    if _is_bound(claim):
        return Relation.WITHIN_BOUND if _implies(passage, claim, policy) else None
    target = window(passage, policy)
    if exchange is not None:
        target = _widened(target, policy.currency_tolerance)
    if passage.value is None and passage.bound is not Bound.RANGE:
        return None
    if _is_bound(passage):
        return Relation.WITHIN_BOUND if claim.value is not None and target.holds(claim.value) else None
    return _rounded(claim, passage, target, policy)


def _implies(passage: Amount, claim: Amount, policy: Policy) -> bool:
    """Plain logic: whoever believes the passage must believe the claim's bound."""
    return _sharp(passage, policy).within(possible(claim, policy))


def _sharp(amount: Amount, policy: Policy) -> Interval:
    """A figure as a reader takes it: an exact or "about" figure at its value, anything else at all it allows."""
    if amount.value is not None and amount.bound in (Bound.EXACT, Bound.APPROXIMATE) and amount.low is None:
        return Interval(amount.value, amount.value)
    return possible(amount, policy)


def _rounded(claim: Amount, passage: Amount, target: Interval, policy: Policy) -> Relation | None:
    """The more exact figure's value lies in the window of the less exact one."""
    if claim.value is None or passage.value is None:
        return None
    own = window(claim, policy)
    exact, wide = (claim.value, target) if own.width <= target.width else (passage.value, own)
    if not wide.holds(exact):
        return None
    return (
        Relation.SAME_FIGURE
        if claim.value == passage.value and claim.bound is passage.bound
        else Relation.ROUNDED_FIGURE
    )
