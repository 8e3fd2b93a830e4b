"""The judgement: from the slots of a claim and a passage to a stance, its relation and its reasons.

Nothing is parsed here: both sides come as statements, and a hand-corrected reading is judged like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.matching import agreement
from claims.matching.agreement import Sides
from claims.matching.chronology import Timing, timing
from claims.matching.intervals import UNDECIDED, FigureVerdict, comparable, judge
from claims.matching.lexicon import alike, direction_of
from claims.matching.outcomes import STANCE_OF, Agreement, Comparison, Relation, SlotOutcome, Stance
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.slots import WHOLE
from claims.matching.types import Change, Modality, Period, Polarity, Quantity, Slots, Span, Statement
from claims.matching.wording import explain, figure_text, period_text

AGREES, DIFFERS, MISSING = Agreement.AGREES, Agreement.DIFFERS, Agreement.MISSING


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the claim against one row of the passage."""

    relation: Relation
    outcomes: tuple[SlotOutcome, ...]
    sides: Sides
    figure: FigureVerdict
    from_context: int = 0

    @property
    def stance(self) -> Stance:
        return STANCE_OF[self.relation]

    @property
    def agreeing(self) -> float:
        told = [outcome.outcome for outcome in self.outcomes]
        return sum(outcome is AGREES for outcome in told) / len(told) if told else 0.0


_RANK = {
    relation: rank
    for rank, relation in enumerate(
        (Relation.UNRELATED_LOOKALIKE, Relation.SAME_TOPIC, Relation.DIFFERENT_ENTITY, Relation.DIFFERENT_MEASURE,
         Relation.DIFFERENT_SCOPE, Relation.DIFFERENT_PERIOD, Relation.ATTRIBUTED_ONLY, Relation.UNDETERMINED,
         Relation.REVISED_DOWN, Relation.UPDATE, Relation.DIFFERENT_VALUE_NONNUMERIC, Relation.WRONG_DIRECTION,
         Relation.OUTSIDE_BOUND, Relation.DIFFERENT_FIGURE, Relation.DENIED, Relation.DERIVED, Relation.SAME_FACT,
         Relation.WITHIN_BOUND, Relation.CONVERTED_UNIT, Relation.CONVERTED_CURRENCY, Relation.ROUNDED_FIGURE,
         Relation.SAME_FIGURE)
    )
}  # fmt: skip


def compare(
    claim: Statement, passage: Statement, *, context: Sequence[Statement] = (), policy: Policy = NEWSROOM
) -> Comparison:
    """What the passage, as reported, does to the claim; `context` only fills slots the passage leaves open."""
    rows = [row for row in claim.slots if row.figure is not None and WHOLE not in row.action]
    if rows:
        judged = [_best(_row_judgements(claim, row, passage, tuple(context), policy)) for row in rows]
        found = _combined([judgement for judgement in judged if judgement is not None], len(rows))
    else:
        found = _best(_plain_judgements(claim, passage, tuple(context), policy))
    return _comparison(found, policy) if found is not None else _off_topic(claim, passage, policy)


def _best(judged: Iterable[Judgement]) -> Judgement | None:
    return max(judged, key=lambda judgement: (_RANK[judgement.relation], judgement.agreeing), default=None)


def _combined(judged: Sequence[Judgement], rows: int) -> Judgement | None:
    """A claim of several figures: one excluded figure contradicts it, all must be confirmed to confirm it."""
    for judgement in judged:
        if judgement.stance is Stance.CONTRADICTS:
            return judgement
    best = _best(judged)
    if (
        best is None
        or best.stance is not Stance.CONFIRMS
        or len(judged) == rows == sum(j.stance is Stance.CONFIRMS for j in judged)
    ):
        return best
    return Judgement(Relation.UNDETERMINED, best.outcomes, best.sides, best.figure, best.from_context)


# --- claims with a figure ----------------------------------------------------------------------------------------


def _row_judgements(
    claim: Statement, ours: Slots, passage: Statement, context: tuple[Statement, ...], policy: Policy
) -> Iterable[Judgement]:
    for theirs in passage.slots:
        if theirs.figure is None:
            continue
        pair = _comparable_pair(claim, ours, passage, theirs)
        if pair is not None:
            yield _judged_row(Sides(claim, ours, passage, theirs, context), *pair, policy)


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


def _judged_row(sides: Sides, ours: Quantity, theirs: Quantity, policy: Policy) -> Judgement:
    figure = judge(ours, theirs, sides.passage.date, policy)
    outcomes, from_context, timed = _slot_outcomes(sides, ours, theirs, figure, policy)
    relation = _relation(sides, ours, theirs, figure, outcomes, timed, policy)
    return Judgement(relation, outcomes, sides, figure, from_context)


def _slot_outcomes(
    sides: Sides, ours: Quantity, theirs: Quantity, figure: FigureVerdict, policy: Policy
) -> tuple[tuple[SlotOutcome, ...], int, Timing]:
    found: list[SlotOutcome] = []
    who = agreement.who(sides)
    if who is not None:
        found.append(SlotOutcome("who", ", ".join(sides.ours.who), ", ".join(sides.theirs.who), who[0]))
    _add(found, "action", ", ".join(sides.ours.action), ", ".join(sides.theirs.action), agreement.action(sides))
    _add(found, "item", sides.ours.item, sides.theirs.item, agreement.item(sides, ours, theirs))
    told = AGREES if figure.confirms else DIFFERS if figure.contradicts else MISSING
    found.append(SlotOutcome("figure", figure_text(ours), figure_text(theirs), told))
    found.append(SlotOutcome("unit", ours.unit, theirs.unit, AGREES))
    timed, period = _timing(sides, policy)
    in_context = period is not None and sides.theirs.period is None
    _add(found, "period", period_text(_period(sides.claim, sides.ours)), period_text(period), _timed(timed))
    place = agreement.place(sides)
    if place is not None:
        found.append(SlotOutcome("place", ", ".join(sides.ours.place), place[1], place[0]))
    found += _scope_outcomes(sides)
    found += _manner_outcomes(sides)
    return tuple(found), in_context + (who is not None and who[1]), timed


def _add(found: list[SlotOutcome], name: str, claim: str, passage: str, outcome: Agreement | None) -> None:
    if outcome is not None:
        found.append(SlotOutcome(name, claim, passage, outcome))


def _timed(timed: Timing) -> Agreement | None:
    known = {Timing.SAME: AGREES, Timing.UNSAID: None, Timing.MISSING: MISSING, Timing.DATED_LATER: MISSING}
    return known.get(timed, DIFFERS)


def _period(statement: Statement, row: Slots) -> Period | None:
    return None if row.period is None else statement.periods[row.period]


def _timing(sides: Sides, policy: Policy) -> tuple[Timing, Period | None]:
    """The timing of the row's own period, else of the only one its context states."""
    own = _period(sides.passage, sides.theirs)
    ours = _period(sides.claim, sides.ours)
    if own is None and ours is not None:
        for statement in sides.context:
            for period in statement.periods:
                timed = timing(ours, sides.claim.date, period, sides.passage.date, policy)
                if timed in (Timing.SAME, Timing.LATER, Timing.EARLIER):
                    return timed, period
    return timing(ours, sides.claim.date, own, sides.passage.date, policy), own


def _scope_outcomes(sides: Sides) -> list[SlotOutcome]:
    """One line: the first reason to think that the passage speaks of a part, or all agreeing."""
    narrower = agreement.narrower_places(sides)
    if narrower:
        return [SlotOutcome("scope", "", ", ".join(narrower), DIFFERS)]
    kinds = agreement.modifiers(sides)
    if kinds is not None:
        return [SlotOutcome("scope", sides.ours.item, kinds[1], kinds[0])]
    rest = agreement.scope(sides)
    return (
        [] if rest is None else [SlotOutcome("scope", ", ".join(sides.ours.scope), ", ".join(sides.theirs.scope), rest)]
    )


def _manner_outcomes(sides: Sides) -> list[SlotOutcome]:
    ours, theirs = sides.ours, sides.theirs
    found: list[SlotOutcome] = []
    if ours.polarity is not theirs.polarity:
        found.append(SlotOutcome("polarity", ours.polarity.value, theirs.polarity.value, DIFFERS))
    if _moods_differ(ours.modality, theirs.modality):
        found.append(SlotOutcome("modality", ours.modality.value, theirs.modality.value, DIFFERS))
    if theirs.modality is Modality.CLAIMED and ours.modality is not Modality.CLAIMED:
        source = sides.passage.attribution.source if sides.passage.attribution else ""
        found.append(SlotOutcome("attribution", "", source, DIFFERS))
    return found


def _moods_differ(ours: Modality, theirs: Modality) -> bool:
    firm = {Modality.STATED, Modality.ESTIMATED}
    return ours is not theirs and not {ours, theirs} <= firm and theirs is not Modality.CLAIMED


_FAILURES = {
    "attribution": Relation.ATTRIBUTED_ONLY,
    "who": Relation.DIFFERENT_ENTITY,
    "action": Relation.DIFFERENT_MEASURE,
    "item": Relation.DIFFERENT_MEASURE,
    "modality": Relation.DIFFERENT_MEASURE,
    "place": Relation.DIFFERENT_SCOPE,
    "scope": Relation.DIFFERENT_SCOPE,
}


def _relation(
    sides: Sides,
    ours: Quantity,
    theirs: Quantity,
    figure: FigureVerdict,
    outcomes: Sequence[SlotOutcome],
    timed: Timing,
    policy: Policy,
) -> Relation:
    """The guideline's decision order: the first stop gives the code; figures speak only when everything else agrees."""
    told = {outcome.name: outcome.outcome for outcome in outcomes}
    if agreement.is_opposite(sides) and all(
        told.get(name, AGREES) is AGREES for name in ("who", "item", "scope", "place", "period")
    ):
        return Relation.WRONG_DIRECTION
    for name, relation in _FAILURES.items():
        if told.get(name) is DIFFERS:
            return relation
    if timed in (Timing.LATER, Timing.EARLIER, Timing.OTHER):
        return _of_other_time(timed, figure)
    missing = [name for name in ("who", "action", "item", "place", "scope", "period") if told.get(name) is MISSING]
    if told.get("polarity") is DIFFERS:
        return Relation.DENIED if figure.confirms and not missing else Relation.UNDETERMINED
    if sides.theirs.polarity is Polarity.DENIED and not figure.confirms:
        return Relation.UNDETERMINED
    if timed is Timing.DATED_LATER and _has_grown(figure, policy) and not set(missing) - {"period"}:
        return Relation.UPDATE
    if figure.confirms and figure.relation is not None:
        measure_known = not {"action", "item"} & set(missing)
        return figure.relation if measure_known and len(missing) <= 1 else Relation.UNDETERMINED
    if figure.contradicts and figure.relation is not None:
        tolerated = {"period"} if _is_close(sides, policy) else set()
        return figure.relation if not set(missing) - tolerated else Relation.UNDETERMINED
    return Relation.UNDETERMINED


def _of_other_time(timed: Timing, figure: FigureVerdict) -> Relation:
    if timed is not Timing.LATER or figure.ratio is None or figure.ratio == 1:
        return Relation.DIFFERENT_PERIOD
    return Relation.UPDATE if figure.ratio > 1 else Relation.REVISED_DOWN


def _has_grown(figure: FigureVerdict, policy: Policy) -> bool:
    """Whether a later figure is larger than the claim's, and further than a bound's window reaches if it is within it."""
    if figure.ratio is None or figure.ratio <= 1:
        return False
    return figure.ratio > policy.more_than_reaches if figure.confirms else figure.contradicts


def _is_close(sides: Sides, policy: Policy) -> bool:
    """Whether a missing period may pass: the claim is undated, or the report is of the same days."""
    ours, theirs = sides.claim.date, sides.passage.date
    if ours is None:
        return sides.ours.period is None
    return theirs is not None and abs((theirs - ours).days) <= policy.later_days


# --- claims without a figure -------------------------------------------------------------------------------------


def _plain_judgements(
    claim: Statement, passage: Statement, context: tuple[Statement, ...], policy: Policy
) -> Iterable[Judgement]:
    for ours in claim.slots[:1]:
        for theirs in passage.slots:
            yield _judged_plain(Sides(claim, ours, passage, theirs, context), policy)


def _judged_plain(sides: Sides, policy: Policy) -> Judgement:
    outcomes: list[SlotOutcome] = []
    who = agreement.who(sides)
    if who is not None:
        outcomes.append(SlotOutcome("who", ", ".join(sides.ours.who), ", ".join(sides.theirs.who), who[0]))
    _add(outcomes, "action", ", ".join(sides.ours.action), ", ".join(sides.theirs.action), agreement.action(sides))
    timed, period = _timing(sides, policy)
    _add(outcomes, "period", period_text(_period(sides.claim, sides.ours)), period_text(period), _timed(timed))
    outcomes += _manner_outcomes(sides)
    relation = _plain_relation(sides, outcomes, timed, policy)
    return Judgement(relation, tuple(outcomes), sides, UNDECIDED, int(who is not None and who[1]))


def restated(claim: Statement, passage: Statement) -> float:
    """The share of the claim's content words, numbers apart, that the passage says in the same or a like form."""
    wanted = claim.terms
    if not wanted:
        return 0.0
    present = sum(1 for word in wanted if word in passage.terms or any(alike(word, other) for other in passage.terms))
    return present / len(wanted)


def _plain_relation(sides: Sides, outcomes: Sequence[SlotOutcome], timed: Timing, policy: Policy) -> Relation:
    told = {outcome.name: outcome.outcome for outcome in outcomes}
    share = restated(sides.claim, sides.passage)
    if told.get("attribution") is DIFFERS:
        return Relation.ATTRIBUTED_ONLY if share >= policy.denied_restated else Relation.SAME_TOPIC
    if told.get("who") is DIFFERS:
        return Relation.DIFFERENT_ENTITY
    if timed in (Timing.LATER, Timing.EARLIER, Timing.OTHER):
        return Relation.DIFFERENT_PERIOD
    if share < policy.denied_restated or "modality" in told:
        return Relation.SAME_TOPIC
    if told.get("polarity") is DIFFERS:
        return (
            Relation.DENIED
            if told.get("who", AGREES) is AGREES and share >= policy.denied_restated
            else Relation.UNDETERMINED
        )
    if _moves_against(sides):
        return Relation.WRONG_DIRECTION if told.get("who", AGREES) is AGREES else Relation.UNDETERMINED
    if share >= policy.restated and told.get("who", AGREES) is AGREES and told.get("action", AGREES) is AGREES:
        return Relation.SAME_FACT
    return Relation.UNDETERMINED


def _moves_against(sides: Sides) -> bool:
    ours = {direction_of(name) for name in sides.ours.action} - {Change.NONE}
    theirs = {direction_of(name) for name in sides.theirs.action} - {Change.NONE}
    return bool(ours and theirs and not ours & theirs)


# --- the answer --------------------------------------------------------------------------------------------------


def _off_topic(claim: Statement, passage: Statement, policy: Policy) -> Comparison:
    """No row of the passage can be set against the claim: it is about the same subject, or only looks like it."""
    shared = any(word in passage.terms for word in claim.terms)
    relation = Relation.SAME_TOPIC if shared else Relation.UNRELATED_LOOKALIKE
    return Comparison(Stance.NEUTRAL, relation, 0.9, (), None, explain(relation, "", "", ()), {}, policy.version)


def _comparison(found: Judgement, policy: Policy) -> Comparison:
    sides = found.sides
    ours = "" if sides.ours.figure is None else figure_text(sides.claim.quantities[sides.ours.figure])
    theirs = "" if sides.theirs.figure is None else figure_text(sides.passage.quantities[sides.theirs.figure])
    period = period_text(_period(sides.passage, sides.theirs))
    parts = _score_parts(found)
    return Comparison(
        found.stance,
        found.relation,
        _confidence(found, parts),
        found.outcomes,
        _decisive(sides),
        explain(
            found.relation, ours, f"{theirs}, {period}" if theirs and period else theirs, found.outcomes, found.figure
        ),
        parts,
        policy.version,
    )


def _decisive(sides: Sides) -> Span:
    return sides.theirs.span


def _score_parts(found: Judgement) -> dict[str, float]:
    return {
        "slots_agreeing": round(found.agreeing, 4),
        "words_shared": round(restated(found.sides.claim, found.sides.passage), 4),
        "from_context": round(found.from_context / 4, 4),
    }


def _confidence(found: Judgement, parts: dict[str, float]) -> float:
    """A first estimate from the share of agreeing slots and shared words; higher where the sentence says it all."""
    strength = 0.6 * parts["slots_agreeing"] + 0.4 * min(1.0, parts["words_shared"] * 1.25)
    strength -= parts["from_context"] * 0.2
    base = {Stance.CONFIRMS: 0.55, Stance.CONTRADICTS: 0.5, Stance.NEUTRAL: 0.3}[found.stance]
    return round(min(0.99, max(0.01, base + (0.97 - base) * strength)), 4)
