"""What the judgements of claims with and without figures share: slot outcomes, timing, the order of decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from claims.matching import agreement
from claims.matching.answers import NOT_VERIFIED, Answers, period_of
from claims.matching.chronology import Timing, timing
from claims.matching.concepts import coverage
from claims.matching.intervals import FigureVerdict
from claims.matching.lexicon import alike, groups_of, item_terms
from claims.matching.outcomes import STANCE_OF, Agreement, Relation, Stance
from claims.matching.policy import Policy
from claims.matching.sides import Sides
from claims.matching.statements import Modality, Statement
from claims.matching.types import Period

AGREES, DIFFERS, MISSING = Agreement.AGREES, Agreement.DIFFERS, Agreement.MISSING


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the claim against one row of the passage.

    `implied` is the relation if both rows fill one slot, where that would decide the claim; `features` say how far they
    do, `bearing` how likely.
    """

    relation: Relation
    answers: Answers
    figure: FigureVerdict
    from_context: int = 0
    implied: Relation | None = None
    features: Mapping[str, float] = field(default_factory=dict)
    bearing: float = 0.0

    @property
    def stance(self) -> Stance:
        return STANCE_OF[self.relation]

    @property
    def sides(self) -> Sides:
        return self.answers.sides

    def weighed(self, bearing: float, relation: Relation | None = None) -> Judgement:
        """The same with its probability and, where the weights decide, the relation it comes to."""
        given = self.answers, self.figure, self.from_context, self.implied, self.features
        return Judgement(relation or self.relation, *given, bearing)

    @property
    def agreeing(self) -> float:
        told = self.answers.told.values()
        return sum(outcome is AGREES for outcome in told) / len(told) if told else 0.0


_TIMED: Mapping[Timing, Agreement | None] = {
    Timing.SAME: AGREES,
    Timing.UNSAID: None,
    Timing.MISSING: MISSING,
    Timing.DATED_LATER: MISSING,
    Timing.WINDOW: MISSING,
}


def ask_period(answers: Answers, policy: Policy) -> Timing:
    """Whether both rows speak of one time; keeps which period of the passage that is."""
    timed, answers.period = timing_of(answers.sides, policy)
    answers.add("period", _TIMED.get(timed, DIFFERS))
    return timed


def timing_of(sides: Sides, policy: Policy) -> tuple[Timing, Period | None]:
    """The timing of the row's own period, else of the only one its context states."""
    own = period_of(sides.passage, sides.theirs)
    ours = period_of(sides.claim, sides.ours)
    if own is None and ours is not None:
        for statement in sides.around.context:
            for period in statement.periods:
                timed = timing(ours, sides.claim.date, period, sides.passage.date, policy)
                if timed in (Timing.SAME, Timing.LATER, Timing.EARLIER):
                    return timed, period
    timed = timing(ours, sides.claim.date, own, sides.passage.date, policy)
    if ours is None and sides.ours.running and timed is Timing.UNSAID and own is not None and own.start is not None:
        return (timed if own.cumulative else Timing.WINDOW), own
    return timed, own


def ask_scope(answers: Answers) -> None:
    """One line: the first reason to think that the passage speaks of a part, or all agreeing."""
    sides = answers.sides
    narrower = agreement.narrower_places(sides)
    if narrower:
        answers.add("scope", DIFFERS, ("", ", ".join(narrower)))
        return
    if answers.is_contrast:
        answers.add("scope", DIFFERS)
        return
    kinds = agreement.modifiers(sides)
    if kinds is not None:
        answers.add("scope", kinds[0], (sides.ours.item, kinds[1]))
    else:
        answers.add("scope", agreement.scope(sides))


def ask_manner(answers: Answers) -> None:
    """Denied or affirmed, plan or fact, whose word it is: lines only where the two sides differ."""
    sides = answers.sides
    ours, theirs = sides.ours, sides.theirs
    if ours.polarity is not theirs.polarity:
        answers.add("polarity", DIFFERS)
    if _moods_differ(ours.modality, theirs.modality):
        answers.add("modality", DIFFERS)
    asserted = theirs.modality is Modality.CLAIMED and ours.modality is not Modality.CLAIMED
    if asserted or (is_unverified(sides.passage) and not is_unverified(sides.claim)):
        answers.add("attribution", DIFFERS, None if asserted else ("", NOT_VERIFIED))


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


def first_failure(told: Mapping[str, Agreement]) -> Relation | None:
    """The guideline's decision order: the first slot that differs gives the code; the period comes after these."""
    return next((relation for name, relation in _FAILURES.items() if told.get(name) is DIFFERS), None)


def is_sure(answers: Answers, policy: Policy) -> bool:
    """Whether a slot that differs is surely another: the sentence says nearly all the rest of the claim.

    In looser wording a slot may seem to differ because it was misread: there the weights decide.
    """
    differing = [slot for slot, outcome in answers.told.items() if outcome is DIFFERS and slot in _DECIDING]
    if not differing:
        return False
    sides = answers.sides
    texts = [answers.texts(slot)[0] for slot in differing]
    own = {word for text in texts for word in (*item_terms(text), *text.split(", "))}
    acts = set(sides.ours.action) if "action" in differing else set()
    rest = tuple(word for word in sides.claim.terms if word not in own and not acts & {word, *groups_of(word)})
    return coverage(rest, sides.sentence_terms) >= policy.sure_from


def missing_slots(told: Mapping[str, Agreement]) -> set[str]:
    return {name for name in _NEEDED if told.get(name) is MISSING}


def is_close(sides: Sides, policy: Policy) -> bool:
    """Whether a missing period may pass: the claim is undated, or the report is of the same days."""
    ours, theirs = sides.claim.date, sides.passage.date
    if ours is None:
        return sides.ours.period is None
    period = period_of(sides.claim, sides.ours)
    if period is not None and period.end is not None and (ours - period.end).days > policy.undated_past_days:
        return False
    return theirs is not None and abs((theirs - ours).days) <= policy.later_days


def ask_who(answers: Answers, *, confirming: bool) -> bool:
    """Who acts; answers whether only the context names them."""
    who = agreement.who(answers.sides, confirming=confirming)
    if who is None:
        return False
    answers.add("who", who[0])
    return who[1]


def ask_place(answers: Answers) -> None:
    place = agreement.place(answers.sides)
    if place is not None:
        answers.add("place", place[0], (", ".join(answers.sides.ours.place), place[1]))


def restated(claim: Statement, passage: Statement) -> float:
    """The share of the claim's content words, numbers apart, that the passage says in the same or a like form."""
    return _restated(claim.terms, passage.terms)


@lru_cache(maxsize=8_192)
def _restated(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    present = sum(word in theirs or any(alike(word, other) for other in theirs) for word in ours)
    return present / len(ours) if ours else 0.0
