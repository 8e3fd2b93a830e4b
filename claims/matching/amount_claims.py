"""Claims with figures: each row of the claim against each row of the passage whose amount can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from claims.matching import agreement
from claims.matching.answers import Answers
from claims.matching.bearing import figure_features
from claims.matching.chronology import Timing
from claims.matching.contrast import names_a_city
from claims.matching.derived import MOST_FIGURES, derived_figures, derived_quantities
from claims.matching.implication import Pairing, implied_relation, is_open
from claims.matching.intervals import FigureVerdict, comparable, judge
from claims.matching.judgement import (
    AGREES,
    DIFFERS,
    MISSING,
    Judgement,
    ask_manner,
    ask_period,
    ask_place,
    ask_scope,
    ask_who,
    first_failure,
    is_close,
    is_sure,
    missing_slots,
)
from claims.matching.outcomes import Agreement, Relation
from claims.matching.policy import Policy
from claims.matching.sides import Sides, Surroundings
from claims.matching.statements import Polarity, Slots, Statement
from claims.matching.types import Quantity


def amount_judgements(
    claim: Statement, ours: Slots, passage: Statement, around: Surroundings, policy: Policy
) -> Iterable[Judgement]:
    """One judgement for each of the passage's amounts that can be set against the claim's."""
    for theirs in passage.slots:
        if theirs.figure is None:
            continue
        pair = _comparable_pair(claim, ours, passage, theirs)
        if pair is not None:
            yield _judged(Sides(claim, ours, passage, theirs, around), *pair, policy)
    yield from _derived_judgements(claim, ours, passage, around, policy)


def may_confirm(ours: Quantity, told: Sequence[Quantity], day: date | None, policy: Policy) -> bool:
    """Whether any of a passage's figures, or what may follow from two of them, agrees with the claim's."""
    if len(told) > MOST_FIGURES:
        return True
    fitting = [theirs for theirs in told if comparable(ours, theirs)]
    derived = () if is_open(ours) else derived_quantities(ours, told)
    return any(judge(ours, theirs, day, policy).confirms for theirs in chain(fitting, derived))


def _derived_judgements(
    claim: Statement, ours: Slots, passage: Statement, around: Surroundings, policy: Policy
) -> Iterator[Judgement]:
    """Figures that follow from two of the passage's can only confirm: an author need not have meant them."""
    wanted = claim.quantities[ours.figure or 0]
    if is_open(wanted):
        return
    for derived in derived_figures(wanted, passage):
        found = judge(wanted, derived.quantity, passage.date, policy)
        if found.confirms:
            sides = Sides(claim, ours, passage, derived.row, around)
            yield _of_figure(sides, wanted, derived.quantity, replace(found, relation=Relation.DERIVED), policy)


def _comparable_pair(
    claim: Statement, ours: Slots, passage: Statement, theirs: Slots
) -> tuple[Quantity, Quantity] | None:
    """The writings of the two amounts that can be compared; the same unit where there is one."""
    first, second = claim.quantities[ours.figure or 0], passage.quantities[theirs.figure or 0]
    if not (ours.also or theirs.also):
        return (first, second) if comparable(first, second) else None
    pairs = [
        (claim.quantities[first], passage.quantities[second])
        for first in (ours.figure or 0, *ours.also)
        for second in (theirs.figure or 0, *theirs.also)
        if comparable(claim.quantities[first], passage.quantities[second])
    ]
    same = [pair for pair in pairs if pair[0].unit == pair[1].unit]
    return next(iter(same or pairs), None)


def _judged(sides: Sides, ours: Quantity, theirs: Quantity, policy: Policy) -> Judgement:
    return _of_figure(sides, ours, theirs, judge(ours, theirs, sides.passage.date, policy), policy)


def _of_figure(sides: Sides, ours: Quantity, theirs: Quantity, figure: FigureVerdict, policy: Policy) -> Judgement:
    answers = Answers(sides, figures=(ours, theirs))
    from_context = ask_who(answers, confirming=figure.confirms)
    answers.add("action", agreement.action(sides, confirming=figure.confirms))
    answers.add("item", agreement.item(sides, theirs, confirming=figure.confirms))
    answers.add("figure", AGREES if figure.confirms else DIFFERS if figure.contradicts else MISSING)
    answers.add("unit", AGREES)
    timed = ask_period(answers, policy)
    ask_place(answers)
    if figure.relation is not Relation.DERIVED:  # what is summed up are parts
        ask_scope(answers)
    ask_manner(answers)
    if figure.contradicts and names_a_city(sides, "in", "as"):
        answers.add("scope", DIFFERS)
    borrowed = from_context + (answers.period is not None and sides.theirs.period is None)
    relation = _relation(sides, figure, answers.told, timed, policy)
    implied = None
    if relation not in _TELLING and not is_sure(answers, policy):
        implied = implied_relation(Pairing(answers, ours, theirs, figure, timed), policy)
    features = figure_features(answers, (ours, theirs), figure, timed) if implied is not None else {}
    return Judgement(relation, answers, figure, borrowed, implied, features)


_TELLING = frozenset({Relation.UPDATE, Relation.REVISED_DOWN})


def _relation(
    sides: Sides, figure: FigureVerdict, told: dict[str, Agreement], timed: Timing, policy: Policy
) -> Relation:
    """Figures speak only when everything else agrees; what is missing decides how far they may."""
    if agreement.is_opposite(sides) and _all_agree(told, ("who", "item", "scope", "place", "period")):
        return Relation.WRONG_DIRECTION
    failure = first_failure(told)
    if failure is not None:
        return failure
    if timed in (Timing.LATER, Timing.EARLIER, Timing.OTHER):
        return _of_other_time(timed, figure)
    return _by_manner(sides, figure, missing_slots(told), timed, policy)


def _by_manner(sides: Sides, figure: FigureVerdict, missing: set[str], timed: Timing, policy: Policy) -> Relation:
    if timed is Timing.DATED_LATER and _has_grown(figure, policy) and missing <= {"period"}:
        return Relation.UPDATE
    if sides.theirs.polarity is Polarity.DENIED:
        return _denied(sides, figure, missing)
    if sides.ours.polarity is Polarity.DENIED:
        return Relation.UNDETERMINED
    if timed is Timing.WINDOW and figure.contradicts:
        return Relation.UNDETERMINED
    return _by_figure(sides, figure, missing, policy)


def _all_agree(told: dict[str, Agreement], names: Sequence[str]) -> bool:
    return all(told.get(name, AGREES) is AGREES for name in names)


def _denied(sides: Sides, figure: FigureVerdict, missing: set[str]) -> Relation:
    """A denied figure speaks only about the same figure: "not 288" leaves a claim of 275 where it was."""
    if not figure.confirms or missing or figure.relation is None:
        return Relation.UNDETERMINED
    return figure.relation if sides.ours.polarity is Polarity.DENIED else Relation.DENIED


def _by_figure(sides: Sides, figure: FigureVerdict, missing: set[str], policy: Policy) -> Relation:
    if figure.relation is None or figure.relation is Relation.DERIVED:
        return Relation.UNDETERMINED
    if figure.confirms:
        tolerable = len(missing) <= 1 and not missing & {"action", "item"}
    else:
        tolerable = missing <= ({"period"} if is_close(sides, policy) else set()) and agreement.says_all_scope(sides)
    return figure.relation if tolerable else Relation.UNDETERMINED


def _of_other_time(timed: Timing, figure: FigureVerdict) -> Relation:
    if timed is not Timing.LATER or figure.ratio is None or figure.ratio == 1:
        return Relation.DIFFERENT_PERIOD
    return Relation.UPDATE if figure.ratio > 1 else Relation.REVISED_DOWN


def _has_grown(figure: FigureVerdict, policy: Policy) -> bool:
    """Whether a later figure is larger than the claim's; one within a bound only when beyond the bound's window."""
    if figure.ratio is None or figure.ratio <= 1:
        return False
    return figure.ratio > policy.more_than_reaches if figure.confirms else figure.contradicts
