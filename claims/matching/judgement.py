"""What the judgements of claims with and without figures share: slot outcomes, timing, the order of decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from claims.matching import agreement
from claims.matching.agreement import Sides
from claims.matching.chronology import Timing, timing
from claims.matching.concepts import coverage
from claims.matching.intervals import FigureVerdict
from claims.matching.lexicon import alike, groups_of, item_terms
from claims.matching.outcomes import STANCE_OF, Agreement, Relation, SlotOutcome, Stance
from claims.matching.policy import Policy
from claims.matching.statements import Modality, Slots, Statement
from claims.matching.types import Period

AGREES, DIFFERS, MISSING = Agreement.AGREES, Agreement.DIFFERS, Agreement.MISSING


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the claim against one row of the passage.

    `implied` is the relation if both rows fill one slot, where that would decide the claim; `features` say how far they
    do, `bearing` how likely.
    """

    relation: Relation
    outcomes: tuple[SlotOutcome, ...]
    sides: Sides
    figure: FigureVerdict
    from_context: int = 0
    implied: Relation | None = None
    features: Mapping[str, float] = field(default_factory=dict)
    bearing: float = 0.0

    @property
    def stance(self) -> Stance:
        return STANCE_OF[self.relation]

    @property
    def agreeing(self) -> float:
        told = [outcome.outcome for outcome in self.outcomes]
        return sum(outcome is AGREES for outcome in told) / len(told) if told else 0.0


def add(found: list[SlotOutcome], name: str, claim: str, passage: str, outcome: Agreement | None) -> None:
    if outcome is not None:
        found.append(SlotOutcome(name, claim, passage, outcome))


def timed_outcome(timed: Timing) -> Agreement | None:
    known = {
        Timing.SAME: AGREES,
        Timing.UNSAID: None,
        Timing.MISSING: MISSING,
        Timing.DATED_LATER: MISSING,
        Timing.WINDOW: MISSING,
    }
    return known.get(timed, DIFFERS)


def period_of(statement: Statement, row: Slots) -> Period | None:
    return None if row.period is None else statement.periods[row.period]


def timing_of(sides: Sides, policy: Policy) -> tuple[Timing, Period | None]:
    """The timing of the row's own period, else of the only one its context states."""
    own = period_of(sides.passage, sides.theirs)
    ours = period_of(sides.claim, sides.ours)
    if own is None and ours is not None:
        for statement in sides.context:
            for period in statement.periods:
                timed = timing(ours, sides.claim.date, period, sides.passage.date, policy)
                if timed in (Timing.SAME, Timing.LATER, Timing.EARLIER):
                    return timed, period
    timed = timing(ours, sides.claim.date, own, sides.passage.date, policy)
    if ours is None and sides.ours.running and timed is Timing.UNSAID and own is not None and own.start is not None:
        return (timed if own.cumulative else Timing.WINDOW), own
    return timed, own


def scope_outcomes(sides: Sides) -> list[SlotOutcome]:
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


def manner_outcomes(sides: Sides) -> list[SlotOutcome]:
    ours, theirs = sides.ours, sides.theirs
    found: list[SlotOutcome] = []
    if ours.polarity is not theirs.polarity:
        found.append(SlotOutcome("polarity", ours.polarity.value, theirs.polarity.value, DIFFERS))
    if _moods_differ(ours.modality, theirs.modality):
        found.append(SlotOutcome("modality", ours.modality.value, theirs.modality.value, DIFFERS))
    if theirs.modality is Modality.CLAIMED and ours.modality is not Modality.CLAIMED:
        source = sides.passage.attribution.source if sides.passage.attribution else ""
        found.append(SlotOutcome("attribution", "", source, DIFFERS))
    elif is_unverified(sides.passage) and not is_unverified(sides.claim):
        found.append(SlotOutcome("attribution", "", "not verified", DIFFERS))
    return found


def is_unverified(statement: Statement) -> bool:
    """Whether a text says that nobody could or would confirm what it tells."""
    return any("unverified" in said.cues for said in statement.sentences)


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
_DECIDING = frozenset({*_FAILURES, "period"}) - {"attribution"}
_NEEDED = ("who", "action", "item", "place", "scope", "period")


def first_failure(told: dict[str, Agreement]) -> Relation | None:
    """The guideline's decision order: the first slot that differs gives the code; the period comes after these."""
    return next((relation for name, relation in _FAILURES.items() if told.get(name) is DIFFERS), None)


def is_sure(sides: Sides, outcomes: Sequence[SlotOutcome], policy: Policy) -> bool:
    """Whether a slot that differs is surely another: the sentence says nearly all the rest of the claim.

    In looser wording a slot may seem to differ because it was misread: there the weights decide.
    """
    differing = [outcome for outcome in outcomes if outcome.outcome is DIFFERS and outcome.name in _DECIDING]
    if not differing:
        return False
    own = {word for outcome in differing for word in (*item_terms(outcome.claim), *outcome.claim.split(", "))}
    acts = set(sides.ours.action) if any(outcome.name == "action" for outcome in differing) else set()
    rest = tuple(word for word in sides.claim.terms if word not in own and not acts & {word, *groups_of(word)})
    return coverage(rest, sides.passage.sentence_terms(sides.theirs)) >= policy.sure_from


def missing_slots(told: dict[str, Agreement]) -> set[str]:
    return {name for name in _NEEDED if told.get(name) is MISSING}


def is_close(sides: Sides, policy: Policy) -> bool:
    """Whether a missing period may pass: the claim is undated, or the report is of the same days."""
    ours, theirs = sides.claim.date, sides.passage.date
    if ours is None:
        return sides.ours.period is None
    return theirs is not None and abs((theirs - ours).days) <= policy.later_days


def who_outcome(sides: Sides, *, confirming: bool) -> tuple[list[SlotOutcome], bool]:
    """The line of the slot table for who, and whether only the context names them."""
    who = agreement.who(sides, confirming=confirming)
    if who is None:
        return [], False
    return [SlotOutcome("who", ", ".join(sides.ours.who), ", ".join(sides.theirs.who), who[0])], who[1]


def place_outcome(sides: Sides) -> list[SlotOutcome]:
    place = agreement.place(sides)
    return [] if place is None else [SlotOutcome("place", ", ".join(sides.ours.place), place[1], place[0])]


def restated(claim: Statement, passage: Statement) -> float:
    """The share of the claim's content words, numbers apart, that the passage says in the same or a like form."""
    return _restated(claim.terms, passage.terms)


@lru_cache(maxsize=8_192)
def _restated(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    present = sum(word in theirs or any(alike(word, other) for other in theirs) for word in ours)
    return present / len(ours) if ours else 0.0
