"""The judgement: from the slots of a claim and a passage to a stance, its relation and its reasons.

Nothing is parsed here: both sides come as statements, and a hand-corrected reading is judged like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from claims.matching import nli
from claims.matching.amount_claims import amount_judgements
from claims.matching.judgement import Judgement, period_of, restated
from claims.matching.outcomes import Comparison, Relation, Stance
from claims.matching.plain_claims import plain_judgements
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.rows import WHOLE
from claims.matching.statements import Statement
from claims.matching.wording import explain, figure_text, period_text

_OFF_TOPIC_CONFIDENCE = 0.9
_LEARNED: dict[str, Callable[[Statement, Statement, Comparison], Comparison]] = {"nli": nli.judged}
"""By policy: the learned judge that has the last word over the slots."""
_RANK = {
    relation: rank
    for rank, relation in enumerate(
        (Relation.UNRELATED_LOOKALIKE, Relation.SAME_TOPIC, Relation.DIFFERENT_ENTITY, Relation.DIFFERENT_MEASURE,
         Relation.DIFFERENT_SCOPE, Relation.DIFFERENT_PERIOD, Relation.ATTRIBUTED_ONLY, Relation.UNDETERMINED,
         Relation.REVISED_DOWN, Relation.UPDATE, Relation.DIFFERENT_VALUE_NONNUMERIC, Relation.DENIED,
         Relation.WRONG_DIRECTION,
         Relation.OUTSIDE_BOUND, Relation.DIFFERENT_FIGURE, Relation.DERIVED, Relation.SAME_FACT,
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
        judged = [_best(amount_judgements(claim, row, passage, tuple(context), policy)) for row in rows]
        found = _combined([judgement for judgement in judged if judgement is not None], len(rows))
    else:
        found = _best(plain_judgements(claim, passage, tuple(context), policy))
    compared = _comparison(found, policy) if found is not None else _off_topic(claim, passage, policy)
    learned = _LEARNED.get(policy.name)
    return learned(claim, passage, compared) if learned else compared


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


def _off_topic(claim: Statement, passage: Statement, policy: Policy) -> Comparison:
    """No row of the passage can be set against the claim: it is about the same subject, or only looks like it."""
    shared = any(word in passage.terms for word in claim.terms)
    relation = Relation.SAME_TOPIC if shared else Relation.UNRELATED_LOOKALIKE
    return Comparison(
        Stance.NEUTRAL, relation, _OFF_TOPIC_CONFIDENCE, (), None, explain(relation, "", "", ()), {}, policy.version
    )


def _comparison(found: Judgement, policy: Policy) -> Comparison:
    sides = found.sides
    ours, theirs = _figures_of(found)
    period = period_text(period_of(sides.passage, sides.theirs))
    parts = _score_parts(found)
    return Comparison(
        found.stance,
        found.relation,
        _confidence(found, parts),
        found.outcomes,
        sides.theirs.span,
        explain(
            found.relation, ours, f"{theirs}, {period}" if theirs and period else theirs, found.outcomes, found.figure
        ),
        parts,
        policy.version,
    )


def _figures_of(found: Judgement) -> tuple[str, str]:
    """The two amounts that were compared: of "10.2 billion yuan, or 1.33 billion euros" the one the report uses."""
    compared = next((outcome for outcome in found.outcomes if outcome.name == "figure"), None)
    if compared is not None:
        return compared.claim, compared.passage
    sides = found.sides
    ours = "" if sides.ours.figure is None else figure_text(sides.claim.quantities[sides.ours.figure])
    return ours, "" if sides.theirs.figure is None else figure_text(sides.passage.quantities[sides.theirs.figure])


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
