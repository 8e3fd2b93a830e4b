"""The judgement: from the slots of a claim and a passage to a stance, its relation and its reasons.

Nothing is parsed here: both sides come as statements, and a hand-corrected reading is judged like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from claims.matching import headline, nli
from claims.matching.amount_claims import amount_judgements, may_confirm
from claims.matching.answers import period_of
from claims.matching.concepts import sayings, shared
from claims.matching.derived import may_derive
from claims.matching.intervals import comparable, judge
from claims.matching.judgement import Judgement, restated
from claims.matching.nearness import may_contradict, may_stay_open, says_enough
from claims.matching.outcomes import Comparison, Relation, Stance
from claims.matching.plain_claims import plain_judgements
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.rows import WHOLE
from claims.matching.sides import Surroundings
from claims.matching.statements import Slots, Statement
from claims.matching.weighing import by_figures, by_words, most_telling
from claims.matching.wording import explain, figure_text, period_text

_OFF_TOPIC_CONFIDENCE = 0.9
_LEARNED: Mapping[str, Callable[[Statement, Statement, Comparison], Comparison]] = {
    "headline": headline.judged,
    "nli": nli.judged,
}
"""By policy: the judge that has the last word, given the comparison of the slots."""


def compare(
    claim: Statement, passage: Statement, *, context: Iterable[Statement] = (), policy: Policy = NEWSROOM
) -> Comparison:
    """What the passage, as reported, does to the claim; `context` only fills slots the passage leaves open.

    It is gone through once, and not before it is needed.
    """
    judged = _by_slots(claim, passage, Surroundings(passage, context), policy)
    found = _off_topic(claim, passage, policy) if judged is None else _comparison(judged, policy)
    learned = _LEARNED.get(policy.name)
    return found if learned is None else learned(claim, passage, found)


def compare_on_a_stream(
    claim: Statement, passage: Statement, *, context: Iterable[Statement], policy: Policy
) -> Comparison | None:
    """`compare`, but that what nobody is shown, nearly all of it, is not explained: None."""
    if policy.name in _LEARNED:
        return compare(claim, passage, context=context, policy=policy)
    judged = _by_slots(claim, passage, Surroundings(passage, context), policy)
    if judged is None or (judged.stance is Stance.NEUTRAL and judged.relation not in _SHOWN):
        return None
    return _comparison(judged, policy)


def _by_slots(claim: Statement, passage: Statement, around: Surroundings, policy: Policy) -> Judgement | None:
    """What comes of the two; None where no row of the passage can be set against the claim, or it is another story."""
    least = min(policy.shared_terms, len(claim.terms))
    said = shared(claim.terms, passage.terms)
    if said < least:
        said = shared(claim.terms, around.terms)
    if (not said and claim.terms) or (not policy.chosen and _is_another_story(claim, passage, around, policy)):
        return None
    weighs = said >= least
    judged = figure_judgements(claim, passage, around, policy)
    found = _combined([by_figures(listed, policy, weighs=weighs) for listed in judged])
    if not judged or (weighs and (found is None or found.stance is Stance.NEUTRAL) and _may_deny(passage)):
        told = by_words(word_judgements(claim, passage, around, policy), policy, weighs=weighs)
        found = told if not judged or _denies(told, policy) else found
    return None if found is None or (not policy.chosen and _says_too_little(found, policy)) else found


_OPEN = frozenset({Relation.UNDETERMINED, Relation.DIFFERENT_SCOPE})
_OUTDATES = frozenset({Relation.UPDATE, Relation.REVISED_DOWN})
_SHOWN = _OPEN | _OUTDATES
"""What is neutral and may be a finding still."""


def _says_too_little(found: Judgement, policy: Policy) -> bool:
    """On a stream: whether the passage says too little of the claim for what was found of it to be shown."""
    claim, said = found.sides.claim, sayings(found.sides.passage.terms)
    if found.relation in _OPEN:
        return not may_stay_open(claim.terms, claim.aliases, said, policy)
    excludes = found.stance is Stance.CONTRADICTS or found.relation in _OUTDATES
    return excludes and bool(_figure_rows(claim)) and not may_contradict(claim.terms, claim.aliases, said, policy)


def _is_another_story(claim: Statement, passage: Statement, around: Surroundings, policy: Policy) -> bool:
    """On a stream: whether too little of the claim is said for anything to be told, one word in common above all."""
    has_figures = any(row.figure is not None for row in claim.slots)
    said = sayings(passage.terms)
    return not says_enough(claim.terms, said, lambda: [sayings(around.terms)], has_figures=has_figures, policy=policy)


def may_tell(claim: Statement, passage: Statement, policy: Policy, *, denies: bool) -> bool:
    """Whether `compare` may find anything on a stream, whatever the context.

    Of a claim without figures it may. One with figures needs a figure that can be set against one of its own, or a
    denial; where less than half of it is said, a figure that agrees. `passage` needs no rows (`Hearing.setting`);
    `denies`: it may hold a denial.
    """
    if not _figure_rows(claim):
        return True
    if not may_contradict(claim.terms, claim.aliases, sayings(passage.terms), policy):
        return any(may_confirm(ours, passage.quantities, passage.date, policy) for ours in claim.quantities)
    return denies or any(
        may_derive(ours, passage) or any(comparable(ours, theirs) for theirs in passage.quantities)
        for ours in claim.quantities
    )


def _figure_rows(claim: Statement) -> list[Slots]:
    return [row for row in claim.slots if row.figure is not None and WHOLE not in row.action]


def figure_judgements(
    claim: Statement, passage: Statement, around: Surroundings, policy: Policy
) -> list[list[Judgement]]:
    """For each figure the claim states, what the rules make of each of the passage's."""
    return [list(amount_judgements(claim, row, passage, around, policy)) for row in _figure_rows(claim)]


def word_judgements(claim: Statement, passage: Statement, around: Surroundings, policy: Policy) -> list[Judgement]:
    """What the rules make of each thing the passage says, figures apart."""
    return list(plain_judgements(claim, passage, around, policy))


def _combined(judged: Sequence[Judgement | None]) -> Judgement | None:
    """A claim of several figures: one excluded figure contradicts it, all must be confirmed to confirm it."""
    known = [judgement for judgement in judged if judgement is not None]
    for judgement in known:
        if judgement.stance is Stance.CONTRADICTS:
            return judgement
    best = most_telling(known)
    if best is None or best.stance is not Stance.CONFIRMS:
        return best
    confirmed = sum(judgement.stance is Stance.CONFIRMS for judgement in known)
    return best if confirmed == len(judged) else replace(best, relation=Relation.UNDETERMINED)


def _denies(told: Judgement | None, policy: Policy) -> bool:
    """Whether words deny a claim with figures; "not 200" leaves a claim of 45 where it was."""
    if told is None or told.relation is not Relation.DENIED or told.bearing < policy.denies_from:
        return False
    theirs = told.sides.theirs
    if theirs.figure is None:
        return True
    denied = told.sides.passage.quantities[theirs.figure]
    rivals = [figure for figure in told.sides.claim.quantities if comparable(figure, denied)]
    return not rivals or any(judge(figure, denied, None, policy).confirms for figure in rivals)


_DENYING = frozenset({"negated", "debunked", "denied"})


def _may_deny(passage: Statement) -> bool:
    """Whether words of the passage could deny a claim, also one whose figures they do not repeat."""
    return any(not _DENYING.isdisjoint(said.cues) for said in passage.sentences)


def _off_topic(claim: Statement, passage: Statement, policy: Policy) -> Comparison:
    """No row of the passage can be set against the claim: it is about the same subject, or only looks like it."""
    shared = any(word in passage.terms for word in claim.terms)
    relation = Relation.SAME_TOPIC if shared else Relation.UNRELATED_LOOKALIKE
    return Comparison(
        Stance.NEUTRAL, relation, _OFF_TOPIC_CONFIDENCE, (), None, explain(relation, "", "", ()), {}, policy.version
    )


def _comparison(found: Judgement, policy: Policy) -> Comparison:
    sides, table = found.sides, found.answers.table()
    ours, theirs = _figures_of(found)
    period = period_text(period_of(sides.passage, sides.theirs))
    parts = _score_parts(found)
    return Comparison(
        found.stance,
        found.relation,
        _confidence(found, parts),
        table,
        sides.theirs.span,
        explain(found.relation, ours, f"{theirs}, {period}" if theirs and period else theirs, table, found.figure),
        parts,
        policy.version,
    )


def _figures_of(found: Judgement) -> tuple[str, str]:
    """The two amounts that were compared: of "10.2 billion yuan, or 1.33 billion euros" the one the report uses."""
    if found.answers.figures is not None:
        return found.answers.texts("figure")
    sides = found.sides
    ours = "" if sides.ours.figure is None else figure_text(sides.claim.quantities[sides.ours.figure])
    return ours, "" if sides.theirs.figure is None else figure_text(sides.passage.quantities[sides.theirs.figure])


def _score_parts(found: Judgement) -> dict[str, float]:
    return {
        "slots_agreeing": round(found.agreeing, 4),
        "words_shared": round(restated(found.sides.claim, found.sides.passage), 4),
        "from_context": round(found.from_context / 4, 4),
        "bearing": round(found.bearing, 4),
    }


def _confidence(found: Judgement, parts: dict[str, float]) -> float:
    """The probability that the stance is right; of what is left open, a first estimate from slots and shared words."""
    if found.stance is not Stance.NEUTRAL:
        return round(min(0.99, max(0.01, found.bearing)), 4)
    strength = 0.6 * parts["slots_agreeing"] + 0.4 * min(1.0, parts["words_shared"] * 1.25)
    return round(min(0.99, max(0.01, 0.3 + 0.67 * (strength - parts["from_context"] * 0.2))), 4)
