"""The `headline` policy: a learned judge of what a news headline does to a claim.

The slot comparison is one of its features; where both come to the same stance its relation and reasons stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from claims.matching.headlines import features_of
from claims.matching.learned import model
from claims.matching.outcomes import Comparison, Relation, Stance
from claims.matching.policy import HEADLINE
from claims.matching.statements import Statement
from claims.matching.wording import explain

MODEL = "headline"
_HANDED_ON = frozenset({"cue:claim", "cue:said_to", "cue:rumour", "cue:hedge", "cue:source", "form:quoted_claim"})
"""Features of a headline that gives the claim as somebody's word."""


def judged(claim: Statement, passage: Statement, comparison: Comparison) -> Comparison:
    """The slot comparison with the stance of the model: slots and decisive span stay, `confidence` is its probability.

    `score_parts` adds the probability of each stance to the parts of the slot comparison.
    """
    features = features_of(claim, passage, comparison)
    probabilities = model(MODEL).probabilities(features)
    stance = Stance(max(probabilities, key=probabilities.__getitem__))
    relation = _relation(stance, comparison, features)
    return replace(
        comparison,
        stance=stance,
        relation=relation,
        confidence=round(probabilities[stance], 4),
        explanation=comparison.explanation
        if relation is comparison.relation
        else explain(relation, "", "", comparison.slots),
        score_parts=comparison.score_parts | {name: round(value, 4) for name, value in probabilities.items()},
        policy_version=HEADLINE.version,
    )


def _relation(stance: Stance, comparison: Comparison, features: Mapping[str, float]) -> Relation:
    """The slot comparison's relation if it has the same stance, else the plainest one of the stance."""
    if stance is comparison.stance:
        return comparison.relation
    if stance is Stance.CONFIRMS:
        return Relation.SAME_FACT
    if stance is Stance.CONTRADICTS:
        return Relation.DENIED
    handed_on = any(features.get(name) for name in _HANDED_ON)
    return Relation.ATTRIBUTED_ONLY if handed_on else Relation.SAME_TOPIC
