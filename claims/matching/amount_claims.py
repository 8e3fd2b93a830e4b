"""Claims with figures: each row of the claim against each row of the passage whose amount can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from claims.matching import agreement
from claims.matching.agreement import Sides
from claims.matching.bearing import are_rivals, figure_features, names_lacking
from claims.matching.chronology import Timing
from claims.matching.concepts import closeness, coverage
from claims.matching.derived import derived_figures
from claims.matching.intervals import FigureVerdict, comparable, judge
from claims.matching.judgement import (
    AGREES,
    DIFFERS,
    MISSING,
    Judgement,
    add,
    first_failure,
    is_close,
    is_sure,
    manner_outcomes,
    missing_slots,
    period_of,
    place_outcome,
    scope_outcomes,
    timed_outcome,
    timing_of,
    who_outcome,
)
from claims.matching.lexicon import item_terms
from claims.matching.names import is_known
from claims.matching.outcomes import Agreement, Relation, SlotOutcome
from claims.matching.policy import Policy
from claims.matching.statements import Modality, Polarity, Slots, Statement
from claims.matching.types import Bound, Kind, Quantity
from claims.matching.wording import figure_text, period_text


def amount_judgements(
    claim: Statement, ours: Slots, passage: Statement, context: tuple[Statement, ...], policy: Policy
) -> Iterable[Judgement]:
    """One judgement for each of the passage's amounts that can be set against the claim's."""
    for theirs in passage.slots:
        if theirs.figure is None:
            continue
        pair = _comparable_pair(claim, ours, passage, theirs)
        if pair is not None:
            yield _judged(Sides(claim, ours, passage, theirs, context), *pair, policy)
    yield from _derived_judgements(claim, ours, passage, context, policy)


def _derived_judgements(
    claim: Statement, ours: Slots, passage: Statement, context: tuple[Statement, ...], policy: Policy
) -> Iterator[Judgement]:
    """Figures that follow from two of the passage's can only confirm: an author need not have meant them."""
    wanted = claim.quantities[ours.figure or 0]
    if _is_open(wanted):
        return
    for derived in derived_figures(wanted, passage):
        found = judge(wanted, derived.quantity, passage.date, policy)
        if found.confirms:
            sides = Sides(claim, ours, passage, derived.row, context)
            yield _of_figure(sides, wanted, derived.quantity, replace(found, relation=Relation.DERIVED), policy)


def _comparable_pair(
    claim: Statement, ours: Slots, passage: Statement, theirs: Slots
) -> tuple[Quantity, Quantity] | None:
    """The writings of the two amounts that can be compared; the same unit where there is one."""
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
    outcomes, from_context = who_outcome(sides, confirming=figure.confirms)
    add(
        outcomes,
        "action",
        ", ".join(sides.ours.action),
        ", ".join(sides.theirs.action),
        agreement.action(sides, confirming=figure.confirms),
    )
    add(outcomes, "item", sides.ours.item, sides.theirs.item, agreement.item(sides, theirs, confirming=figure.confirms))
    told = AGREES if figure.confirms else DIFFERS if figure.contradicts else MISSING
    outcomes.append(SlotOutcome("figure", figure_text(ours), figure_text(theirs), told))
    outcomes.append(SlotOutcome("unit", ours.unit, theirs.unit, AGREES))
    timed, period = timing_of(sides, policy)
    claim_period = period_text(period_of(sides.claim, sides.ours))
    add(outcomes, "period", claim_period, period_text(period), timed_outcome(timed))
    outcomes += [*place_outcome(sides), *scope_outcomes(sides), *manner_outcomes(sides)]
    borrowed = from_context + (period is not None and sides.theirs.period is None)
    relation = _relation(sides, figure, {outcome.name: outcome.outcome for outcome in outcomes}, timed, policy)
    open_ = relation not in _TELLING and not is_sure(sides, outcomes, policy)
    implied = _implied(sides, ours, theirs, figure, outcomes, timed, policy) if open_ else None
    features = figure_features(sides, (ours, theirs), figure, outcomes, timed) if implied is not None else {}
    return Judgement(relation, tuple(outcomes), sides, figure, borrowed, implied, features)


_TELLING = frozenset({Relation.UPDATE, Relation.REVISED_DOWN})


def _implied(
    sides: Sides,
    ours: Quantity,
    theirs: Quantity,
    figure: FigureVerdict,
    outcomes: Sequence[SlotOutcome],
    timed: Timing,
    policy: Policy,
) -> Relation | None:
    """What the passage does to the claim if both figures fill one slot; None where that would leave it open.

    What is only relayed as somebody's assertion decides nothing, nor does a count of something else: it only confirms
    where it repeats the figure itself, which is rarely chance.
    """
    told = {outcome.name: outcome.outcome for outcome in outcomes}
    if "attribution" in told:
        return None
    telling = figure.confirms and figure.relation is not Relation.WITHIN_BOUND
    if not (telling and policy.chosen) and not _counts_alike(sides, theirs):
        return None
    if _asks(sides) or (not policy.chosen and are_rivals(sides.ours.action, sides.theirs.action)):
        return None
    if _is_open(ours) and figure.confirms and not _is_the_item(theirs, told, policy):
        return None
    if sides.theirs.polarity is not sides.ours.polarity:
        return Relation.DENIED if figure.confirms and figure.relation is not Relation.DERIVED else None
    if figure.confirms and not agreement.is_opposite(sides):
        return figure.relation
    if not _may_exclude(sides, theirs, told, timed, policy):
        return None
    return Relation.WRONG_DIRECTION if agreement.is_opposite(sides) else figure.relation


_COUNTED = frozenset({Kind.COUNT, Kind.RATE})
_ONE_SIDED = frozenset({Bound.MORE_THAN, Bound.AT_LEAST, Bound.LESS_THAN, Bound.AT_MOST})


def _is_open(quantity: Quantity) -> bool:
    """Whether a claim's figure is a bound, which half of all figures lie within."""
    return quantity.bound in _ONE_SIDED


def _asks(sides: Sides) -> bool:
    """Whether the sentence only asks what the claim says."""
    return any("question" in said.cues for said in sides.passage.sentences if said.start == sides.theirs.start)


def _is_the_item(theirs: Quantity, told: Mapping[str, Agreement], policy: Policy) -> bool:
    """Whether a figure that lies within a claim's bound is of the claim's item: on a stream it must be said."""
    item = told.get("item", Agreement.AGREES)
    if policy.chosen:
        return theirs.kind not in _COUNTED or item is not Agreement.MISSING
    return item is Agreement.AGREES


def _counts_alike(sides: Sides, theirs: Quantity) -> bool:
    """Whether a counted thing can be what the claim counts: not gloves for masks, nor masks for countries."""
    if theirs.kind not in _COUNTED or not theirs.item or not sides.ours.item:
        return True
    if agreement.item(sides, theirs, confirming=True) is not Agreement.DIFFERS:
        return True
    ours_head, theirs_head = item_terms(sides.ours.item)[-1], item_terms(theirs.item)[-1]
    return closeness(ours_head, (theirs_head,)) > 0 or closeness(theirs_head, sides.claim.terms) > 0


_FIRM = frozenset({Modality.STATED, Modality.ESTIMATED})


def _may_exclude(sides: Sides, theirs: Quantity, told: Mapping[str, Agreement], timed: Timing, policy: Policy) -> bool:
    """Whether another figure may contradict the claim: of the same place and time, as firmly said, of what is named."""
    if told.get("place") is Agreement.DIFFERS or _repeats_another(sides, theirs, policy):
        return False
    if theirs.kind is Kind.COUNT and told.get("item") is Agreement.MISSING:
        return False
    if sides.ours.modality in _FIRM and sides.theirs.modality not in _FIRM:
        return False
    if not policy.chosen and not agreement.says_all_scope(sides) and _is_close(sides, policy):
        return False
    if told.get("who", Agreement.AGREES) is not Agreement.AGREES and agreement.acts_for_another(sides):
        return False
    lacking = names_lacking(sides)
    if any(map(is_known, lacking)) or len(lacking) > len(sides.claim.names) / 2:
        return False
    if timed is Timing.MISSING:
        return is_close(sides, policy)
    return timed in (Timing.SAME, Timing.UNSAID, Timing.OTHER)


def _is_close(sides: Sides, policy: Policy) -> bool:
    """Whether the sentence says so much of the claim that a word it lacks is a contrast: "neonatal" for "infant"."""
    return coverage(sides.claim.terms, sides.passage.sentence_terms(sides.theirs)) >= policy.close_from


def _repeats_another(sides: Sides, theirs: Quantity, policy: Policy) -> bool:
    """Whether the figure is one the claim itself states in another place: its whole, or another of its figures."""
    others = [quantity for number, quantity in enumerate(sides.claim.quantities) if number != sides.ours.figure]
    return any(comparable(other, theirs) and judge(other, theirs, None, policy).confirms for other in others)


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
