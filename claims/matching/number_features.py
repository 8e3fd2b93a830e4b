"""What the figures of a passage do to those of a claim, as named numbers."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from claims.matching.alignment import Alignment, Word
from claims.matching.intervals import FigureVerdict, comparable, judge
from claims.matching.lexicon import item_terms
from claims.matching.policy import Policy
from claims.matching.statements import Statement
from claims.matching.types import Quantity

Values = dict[str, float]
MANY = 4.0
MOST_FIGURES = 12
"""Figures of one side that are compared: more are a table."""
SAME_RESULT = Decimal("0.001")
"""Relative difference within which a sum, difference, product or quotient is the claim's figure."""
FIRST_YEAR, LAST_YEAR = 1000, 2100


def number_features(claim: Statement, passage: Statement, found: Alignment, policy: Policy) -> Values:
    return {**_digits(found), **_figures(claim, passage, policy), **_arithmetic(claim, passage)}


def _is_year(word: Word) -> bool:
    return word.kind == "number" and len(word.low) == 4 and word.low.isdecimal() and _in_years(int(word.low))


def _in_years(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR


def _digits(found: Alignment) -> Values:
    """Numbers as they are written: held by the passage or not, and whether it has others in their place."""
    ours = {word.low: word for word in found.claim.content if word.kind == "number"}
    theirs = {word.low: word for word in found.passage.content if word.kind == "number"}
    near = {word.low for word in found.nearby if word.kind == "number"}
    lost = [word for low, word in ours.items() if low not in theirs]
    years = [word for word in lost if _is_year(word)]
    other_years = any(_is_year(word) for low, word in theirs.items() if low not in ours)
    counted = [low for low, word in ours.items() if not _is_year(word)]
    both = bool(counted) and any(not _is_year(word) for word in theirs.values())
    return {
        "figures_on_both_sides": float(both),
        "figures_kept_of_all": sum(low in theirs for low in counted) / len(counted) if both else 0.5,
        "numbers_kept": min(MANY, sum(low in theirs for low in ours)),
        "numbers_kept_near": min(MANY, sum(low in near for low in ours)),
        "numbers_lost": min(MANY, len(lost)),
        "years_lost": min(MANY, len(years)),
        "year_replaced": float(bool(years) and other_years),
        "number_replaced": float(len(lost) > len(years) and bool(near - set(ours))),
        "numbers_there_only": min(MANY, len(near - set(ours))) if ours else 0.0,
    }


def _figures(claim: Statement, passage: Statement, policy: Policy) -> Values:
    """Each figure of the claim against the passage's figure that measures the same most surely."""
    confirmed = contradicted = open_ = missing = named = 0
    furthest = 0.0
    for ours in claim.quantities[:MOST_FIGURES]:
        best = _best(ours, passage, policy)
        if best is None:
            missing += 1
            continue
        verdict, same_item = best
        confirmed += verdict.confirms
        contradicted += verdict.contradicts
        named += verdict.contradicts and same_item
        open_ += not verdict.confirms and not verdict.contradicts
        furthest = max(furthest, _distance(verdict))
    return {
        "figures_confirmed": min(MANY, confirmed),
        "figures_contradicted": min(MANY, contradicted),
        "figures_contradicted_same_item": min(MANY, named),
        "figures_open": min(MANY, open_),
        "figures_missing": min(MANY, missing),
        "figures_apart": furthest,
    }


def _distance(verdict: FigureVerdict) -> float:
    if verdict.ratio is None or verdict.ratio <= 0:
        return 0.0
    return min(3.0, abs(float(verdict.ratio.ln())))


def _best(ours: Quantity, passage: Statement, policy: Policy) -> tuple[FigureVerdict, bool] | None:
    """The verdict of the comparable figure with the same item, else of any that confirms, else of any."""
    found: list[tuple[bool, bool, FigureVerdict]] = []
    terms = set(item_terms(ours.item))
    for theirs in passage.quantities[:MOST_FIGURES]:
        if comparable(ours, theirs):
            same = bool(terms & set(item_terms(theirs.item))) or (not terms and not theirs.item)
            verdict = judge(ours, theirs, passage.date, policy)
            found.append((same, verdict.confirms, verdict))
    if not found:
        return None
    same, _, verdict = max(found, key=lambda entry: (entry[1], entry[0]))
    return verdict, same


def _arithmetic(claim: Statement, passage: Statement) -> Values:
    """Whether the claim's figure results from the passage's: all added, one less another, a product, a quotient."""
    values = [q.value for q in passage.quantities[:MOST_FIGURES] if q.value is not None]
    wanted = [q.value for q in claim.quantities[:MOST_FIGURES] if q.value is not None]
    asked = [number for number in wanted if number not in values]
    if not asked or len(values) < 2:
        return {"results": 0.0, "results_missed": 0.0}
    results = {sum(values, Decimal(0)), values[0] - sum(values[1:], Decimal(0))}
    for first, second in combinations(values, 2):
        results |= {first + second, abs(first - second), first * second}
        results |= {a / b for a, b in ((first, second), (second, first)) if b}
    met = sum(any(abs(number - result) <= abs(number) * SAME_RESULT for result in results) for number in asked)
    return {"results": min(MANY, met), "results_missed": min(MANY, len(asked) - met)}
