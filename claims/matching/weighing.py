"""From what the rules make of a passage to a stance: where rules end, learned weights decide.

A figure speaks if it likely fills the claim's slot; a contradiction must also be ahead of every figure that confirms.
Words speak if they likely say what the claim says, or the opposite.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.matching.concepts import closeness
from claims.matching.judgement import Judgement
from claims.matching.learned import Weights, newsroom_weights
from claims.matching.lexicon import item_terms
from claims.matching.nearness import may_be_weighed
from claims.matching.outcomes import STANCE_OF, Agreement, Relation, Stance
from claims.matching.policy import Policy

SAME = "same"
"""The class of a figure that fills the claim's slot."""
_RANK = {
    relation: rank
    for rank, relation in enumerate(
        (Relation.UNRELATED_LOOKALIKE, Relation.SAME_TOPIC, Relation.DIFFERENT_ENTITY, Relation.DIFFERENT_MEASURE,
         Relation.DIFFERENT_SCOPE, Relation.DIFFERENT_PERIOD, Relation.ATTRIBUTED_ONLY, Relation.UNDETERMINED,
         Relation.REVISED_DOWN, Relation.UPDATE, Relation.DIFFERENT_VALUE_NONNUMERIC, Relation.DENIED,
         Relation.WRONG_DIRECTION, Relation.OUTSIDE_BOUND, Relation.DIFFERENT_FIGURE, Relation.DERIVED,
         Relation.SAME_FACT, Relation.WITHIN_BOUND, Relation.CONVERTED_UNIT, Relation.CONVERTED_CURRENCY,
         Relation.ROUNDED_FIGURE, Relation.SAME_FIGURE)
    )
}  # fmt: skip


def _weights(policy: Policy) -> Weights:
    return policy.weights or newsroom_weights()


def most_telling(judged: Iterable[Judgement]) -> Judgement | None:
    """The judgement that says most: the relation that stands last in the order of decision, then by slots agreeing."""
    return max(judged, key=lambda found: (_RANK[found.relation], found.bearing or 0.0, found.agreeing), default=None)


# --- figures -----------------------------------------------------------------------------------------------------


def by_figures(judged: Sequence[Judgement], policy: Policy, *, weighs: bool = True) -> Judgement | None:
    """What the figures of a passage do to one figure of the claim; by the rules alone unless `weighs`."""
    if not weighs:
        return most_telling(judged)
    weights = _weights(policy)
    weighed = [_believed(_weighed(found, weights), policy) for found in judged]
    confirming = _likeliest(weighed, Stance.CONFIRMS, policy)
    excluding = _likeliest(weighed, Stance.CONTRADICTS, policy)
    beaten = 0.0 if confirming is None else _strength(confirming, policy) + policy.ahead_by
    if excluding is not None and _strength(excluding, policy) >= max(policy.contradicts_from, beaten):
        return _spoken(excluding)
    if confirming is not None and _strength(confirming, policy) >= policy.confirms_from:
        return _spoken(confirming)
    return most_telling(weighed)


def _weighed(found: Judgement, weights: Weights) -> Judgement:
    if found.implied is None:
        return found
    return found.weighed(weights.figures.probabilities(found.features)[SAME])


def _believed(found: Judgement, policy: Policy) -> Judgement:
    """On a stream even a judgement of the rules is left open where the weights hold it for unlikely."""
    doubted = not policy.chosen and found.implied is not None and found.bearing < policy.rules_need
    if not doubted or found.stance is Stance.NEUTRAL:
        return found
    return found.weighed(found.bearing, Relation.UNDETERMINED)


def _likeliest(weighed: Sequence[Judgement], stance: Stance, policy: Policy) -> Judgement | None:
    implying = [found for found in weighed if found.implied is not None and STANCE_OF[found.implied] is stance]
    return max(implying, key=lambda found: _strength(found, policy), default=None)


def _strength(found: Judgement, policy: Policy) -> float:
    """The probability; what the rules say already counts at least as the policy has it."""
    return found.bearing if found.stance is Stance.NEUTRAL else max(found.bearing, policy.rules_count)


def _spoken(found: Judgement) -> Judgement:
    return (
        found
        if found.stance is not Stance.NEUTRAL or found.implied is None
        else found.weighed(found.bearing, found.implied)
    )


# --- words -------------------------------------------------------------------------------------------------------


def closest(judged: Sequence[Judgement]) -> Judgement | None:
    """The judgement of the row whose sentence says most of the claim."""
    return next((found for found in judged if found.features), None)


def by_words(judged: Sequence[Judgement], policy: Policy, *, weighs: bool = True) -> Judgement | None:
    """What the words of a passage do to a claim without figures; by the rules alone unless `weighs`."""
    by_rules, told = most_telling(judged), closest(judged)
    if told is None or not weighs:
        return by_rules
    likely = _weights(policy).words.probabilities(told.features)
    confirms, contradicts = likely[Stance.CONFIRMS], likely[Stance.CONTRADICTS]
    if by_rules is not None and by_rules.stance is not Stance.NEUTRAL:
        return by_rules.weighed(max(likely[by_rules.stance], policy.rules_count))
    if told.answers.is_contrast or not may_be_weighed(told.sides.claim.terms, told.sides.sentence_terms, policy):
        return by_rules
    if contradicts >= policy.words_contradict_from and contradicts > confirms:
        relation = _opposition(told)
        may_differ = relation is Relation.DIFFERENT_VALUE_NONNUMERIC
        return told.weighed(contradicts, relation) if may_differ or not _is_of_another(told) else by_rules
    if confirms >= policy.words_confirm_from and confirms > contradicts and not _is_of_another(told):
        return told.weighed(confirms, Relation.SAME_FACT)
    return by_rules


_HOLDERS = ("who", "place")


def _is_of_another(told: Judgement) -> bool:
    """Whether another acts, or it is elsewhere: then no weight confirms or denies anything."""
    answers = told.answers.told
    return any(answers.get(slot) is Agreement.DIFFERS and _is_unsaid(told, slot) for slot in _HOLDERS)


def _is_unsaid(told: Judgement, slot: str) -> bool:
    """Whether the sentence leaves out what fills the claim's slot; what it says elsewhere was perhaps misread."""
    said = told.sides.sentence_terms
    wanted = told.sides.ours.who if slot == "who" else told.sides.ours.place
    return any(closeness(part, said) < 1.0 for name in wanted for part in item_terms(name)[-1:])


_DENIALS = ("row_denied", "turned_negated", "turned_debunked", "turned_denied")


def _opposition(told: Judgement) -> Relation:
    """In which way words say the opposite: the other direction, a denial, or another value in the claim's slot."""
    if told.features.get("way_margin", 0.0) < 0 or told.features.get("opposite_action"):
        return Relation.WRONG_DIRECTION
    denied = any(told.features.get(name) for name in _DENIALS)
    return Relation.DENIED if denied else Relation.DIFFERENT_VALUE_NONNUMERIC
