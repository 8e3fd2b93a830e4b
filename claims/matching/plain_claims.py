"""Claims without figures: confirmed by a clear restatement, contradicted by a denial or the opposite movement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from claims.matching import agreement
from claims.matching.answers import Answers
from claims.matching.chronology import Timing
from claims.matching.concepts import coverage
from claims.matching.intervals import UNDECIDED
from claims.matching.judgement import (
    AGREES,
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
    restated,
)
from claims.matching.nearness import may_be_weighed
from claims.matching.outcomes import Agreement, Relation, Stance
from claims.matching.plain_bearing import plain_features
from claims.matching.policy import Policy
from claims.matching.restatements import has_one_other_value, says_the_same
from claims.matching.sides import Sides, Surroundings
from claims.matching.statements import Polarity, Slots, Statement
from claims.matching.types import Change

_MOVES = {"increase": Change.UP, "decrease": Change.DOWN}


def plain_judgements(claim: Statement, passage: Statement, around: Surroundings, policy: Policy) -> Iterable[Judgement]:
    """One judgement for each thing the passage says, against the first thing the claim says.

    Only the one whose sentence says most of the claim has features: the words are weighed there, if they are at all.
    """
    if not claim.slots or not passage.slots:
        return []
    judged = [_judged(Sides(claim, claim.slots[0], passage, theirs, around), policy) for theirs in passage.slots]
    closest = max(judged, key=lambda one: coverage(claim.terms, one.found.sides.sentence_terms))
    speaks = any(one.found.stance is not Stance.NEUTRAL for one in judged)
    if speaks or may_be_weighed(claim.terms, closest.found.sides.sentence_terms, policy):
        closest.found = _with_features(closest, policy)
    return [one.found for one in judged]


@dataclass(slots=True)
class _Judged:
    """What the rules make of a row, and what features are made of beside its answers."""

    found: Judgement
    timed: Timing
    moved: tuple[Change, Change]


def _with_features(judged: _Judged, policy: Policy) -> Judgement:
    answers = judged.found.answers
    if "attribution" in answers.told or (not policy.chosen and is_sure(answers, policy)):
        return judged.found
    return replace(judged.found, features=plain_features(answers, judged.timed, judged.moved))


def _judged(sides: Sides, policy: Policy) -> _Judged:
    moved = _movement(sides.claim, sides.ours), _movement(sides.passage, sides.theirs)
    answers = Answers(sides)
    from_context = ask_who(answers, confirming=True)
    if Change.NONE in moved:
        answers.add("action", agreement.action(sides))
    answers.add("item", agreement.item(sides, None))
    timed = ask_period(answers, policy)
    ask_place(answers)
    ask_scope(answers)
    ask_manner(answers)
    told = answers.told
    relation = _restated(sides, timed, moved) or _relation(sides, told, timed, moved, policy)
    return _Judged(Judgement(relation, answers, UNDECIDED, from_context), timed, moved)


_DATED_ALIKE = frozenset({Timing.SAME, Timing.UNSAID})


def _restated(sides: Sides, timed: Timing, moved: tuple[Change, Change]) -> Relation | None:
    """The claim said over again, in the other voice or with one thing changed, at the same time and as firmly."""
    ours, theirs = sides.ours, sides.theirs
    if timed not in _DATED_ALIKE or ours.polarity is not theirs.polarity or ours.modality is not theirs.modality:
        return None
    if moved[0] is moved[1] and has_one_other_value(sides.claim.text, sides.passage.text):
        return Relation.DIFFERENT_VALUE_NONNUMERIC
    return Relation.SAME_FACT if says_the_same(sides.claim.text, sides.passage.text) else None


def _movement(statement: Statement, row: Slots) -> Change:
    """Which way a row says something moved: by its verb, or by its figure."""
    for name in row.action:
        if name in _MOVES:
            return _MOVES[name]
    return Change.NONE if row.figure is None else statement.quantities[row.figure].change


def _relation(
    sides: Sides, told: dict[str, Agreement], timed: Timing, moved: tuple[Change, Change], policy: Policy
) -> Relation:
    share = restated(sides.claim, sides.passage)
    if told.get("attribution") is Agreement.DIFFERS:
        return Relation.ATTRIBUTED_ONLY if share >= policy.denied_restated else Relation.SAME_TOPIC
    if share == 0:
        return Relation.UNRELATED_LOOKALIKE
    failure = first_failure(told)
    if failure is not None:
        return failure
    if timed in (Timing.LATER, Timing.EARLIER, Timing.OTHER, Timing.DATED_LATER):
        return Relation.DIFFERENT_PERIOD
    missing = missing_slots(told) - ({"period"} if is_close(sides, policy) else set())
    if missing or told.get("who") is not AGREES:
        return Relation.UNDETERMINED if share >= policy.denied_restated else Relation.SAME_TOPIC
    return _by_words(sides, share, moved, policy)


def _by_words(sides: Sides, share: float, moved: tuple[Change, Change], policy: Policy) -> Relation:
    """Every slot agrees: the movement, the denial or the share of repeated words decides."""
    denied = sides.ours.polarity is not sides.theirs.polarity
    if moved[0] is not Change.NONE and moved[1] is not Change.NONE:
        if not sides.ours.item:
            return Relation.UNDETERMINED
        return Relation.SAME_FACT if (moved[0] is moved[1]) is not denied else Relation.WRONG_DIRECTION
    if moved[0] is not Change.NONE or not sides.ours.action:
        return Relation.UNDETERMINED
    if denied and sides.theirs.polarity is Polarity.DENIED and share >= policy.denied_restated:
        return Relation.DENIED
    if not denied and share >= policy.restated:
        return Relation.SAME_FACT
    return Relation.UNDETERMINED if share >= policy.denied_restated else Relation.SAME_TOPIC
