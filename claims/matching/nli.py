"""The learned judge of claim and evidence pairs, for data sets whose labels are entailment, contradiction, neutral.

Texts that are the same but for one figure are decided by logic; all others by a small model over named features that
set the claim against the passage. The newsroom's own judgement never uses it: see the policies.
"""

from __future__ import annotations

from dataclasses import replace

from claims.matching.alignment import wording
from claims.matching.features import features
from claims.matching.figure_swaps import swapped
from claims.matching.learned import model
from claims.matching.outcomes import Comparison, Relation, Stance
from claims.matching.policy import NLI
from claims.matching.resources import table
from claims.matching.statements import Statement
from claims.matching.wording import explain

MODEL = "nli"
BY_LOGIC = 0.99
"""Confidence where logic decides: 964 of the 970 pairs of EQUATE's stress test (development part) are so decided."""


def judged(claim: Statement, passage: Statement, comparison: Comparison) -> Comparison:
    """The comparison with the learned stance, its relation, probability and reasons; slots and span are kept.

    A text without a word that states anything is left as the slots have it.
    """
    swap = swapped(claim.text, passage.text)
    if swap is not None:
        return _restated(comparison, swap.stance, swap.relation, BY_LOGIC, {})
    if not (wording(claim.text).content and wording(passage.text).content):
        return replace(comparison, policy_version=NLI.version)
    given = features(claim, passage, comparison, NLI)
    shares = model(MODEL).probabilities(given)
    stance = decided(shares, table(MODEL)["contradicts_from"])
    return _restated(
        comparison,
        stance,
        _relation(stance, comparison, given),
        round(shares[stance], 4),
        {f"probability_{name}": round(share, 4) for name, share in shares.items()},
    )


def decided(shares: dict[str, float], contradicts_from: float) -> Stance:
    """The likeliest stance; a contradiction that is less sure than `contradicts_from` is left neutral."""
    stance = Stance(max(shares, key=lambda name: shares[name]))
    if stance is Stance.CONTRADICTS and shares[stance] < contradicts_from:
        return Stance.NEUTRAL
    return stance


def _relation(stance: Stance, comparison: Comparison, given: dict[str, float]) -> Relation:
    """The slots' own relation where they agree with the learned stance, else the plainest of that stance."""
    if stance is comparison.stance:
        return comparison.relation
    if stance is Stance.CONFIRMS:
        return Relation.SAME_FACT
    if stance is Stance.NEUTRAL:
        return Relation.SAME_TOPIC
    by_figures = given["figures_contradicted"] or given["number_replaced"]
    return Relation.DIFFERENT_FIGURE if by_figures else Relation.DIFFERENT_VALUE_NONNUMERIC


def _restated(
    comparison: Comparison, stance: Stance, relation: Relation, confidence: float, parts: dict[str, float]
) -> Comparison:
    kept = relation is comparison.relation
    return replace(
        comparison,
        stance=stance,
        relation=relation,
        confidence=confidence,
        explanation=comparison.explanation if kept else explain(relation, "", "", comparison.slots),
        score_parts={**comparison.score_parts, **parts},
        policy_version=NLI.version,
    )
