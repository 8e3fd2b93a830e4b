"""Does a passage say the same as a claim without figures, the opposite, or neither? Probabilities where rules end.

The features compare claim with passage; none reads the claim alone. The weights are learned from pairs of claim and
passage labelled by the annotation guideline (`fit newsroom`).
"""

from __future__ import annotations

from claims.matching import agreement
from claims.matching.alignment import align
from claims.matching.answers import Answers
from claims.matching.bearing import (
    Features,
    Terms,
    contrast_features,
    cue_features,
    entity_features,
    outcome_features,
    time_features,
)
from claims.matching.chronology import Timing
from claims.matching.concepts import closeness, coverage, lacking, opposites
from claims.matching.lexical_features import lexical_features
from claims.matching.lexicon import is_linking_term
from claims.matching.sides import Sides
from claims.matching.statements import Modality, Polarity, Said, Slots
from claims.matching.types import Change

_MOST_LACKING = 5.0
_CUES = ("negated", "debunked", "denied", "contested", "planned", "question")


def plain_features(answers: Answers, timed: Timing, moved: tuple[Change, Change]) -> Features:
    """What speaks for and against the row saying what the claim says, each about 0 to 1."""
    sides = answers.sides
    whole = sides.around.terms
    sentence = sides.sentence_terms
    found = _words(sides, whole, sentence) | entity_features(sides) | outcome_features(answers.told)
    found |= time_features(sides, timed) | _turns(sides, moved, sentence) | _opposed(sides, whole)
    found |= cue_features(sides) | _ways(sides) | contrast_features(answers, found)
    return found | _aligned(sides)


def _aligned(sides: Sides) -> Features:
    """How the claim's words lie in the passage's: what is covered, opposed, denied, in another order."""
    found = lexical_features(align(sides.claim.text, sides.passage.text))
    return {f"aligned_{name}": value for name, value in found.items()}


def _words(sides: Sides, whole: Terms, sentence: Terms) -> Features:
    terms = sides.claim.terms
    return {
        "said_anywhere": coverage(terms, whole),
        "said_in_sentence": coverage(terms, sentence),
        "said_near": coverage(terms, sides.theirs.near),
        "sentence_said_back": coverage(sentence, terms),
        "words_lacking": min(_MOST_LACKING, lacking(terms, whole)) / _MOST_LACKING,
    }


def _turns(sides: Sides, moved: tuple[Change, Change], sentence: Terms) -> Features:
    """Where the sentence turns the statement round: negation on one side only, debunking, the other direction."""
    said = _sentence_of(sides)
    ours = {cue for sentence_said in sides.claim.sentences for cue in sentence_said.cues}
    theirs = set(said.cues) if said is not None else set()
    covered = coverage(sides.claim.terms, sentence)
    moving = Change.NONE not in moved
    found = {f"turned_{cue}": covered * (cue in theirs and cue not in ours) for cue in _CUES}
    return found | {
        "unturned": covered * (theirs.isdisjoint(_CUES)),
        "row_denied": float(sides.theirs.polarity is Polarity.DENIED and sides.ours.polarity is not Polarity.DENIED),
        "row_claimed": float(sides.theirs.modality is Modality.CLAIMED),
        "moves_alike": covered * (moving and moved[0] is moved[1]),
        "moves_apart": covered * (moving and moved[0] is not moved[1]),
        "opposite_action": float(agreement.is_opposite(sides)),
    }


def _ways(sides: Sides) -> Features:
    """How much of what the claim says went up or down, the passage says went the same way, or the other."""
    ours = next((move for said in sides.claim.sentences for move in said.moves), None)
    if ours is None:
        return {}
    went = tuple(term for term in sides.claim.terms if not is_linking_term(term))
    theirs = [move for said in sides.passage.sentences for move in said.moves]
    same = max((coverage(went, move.near) for move in theirs if move.way is ours.way), default=0.0)
    other = max((coverage(went, move.near) for move in theirs if move.way is not ours.way), default=0.0)
    return {"same_way": same, "other_way": other, "way_margin": same - other, "no_way": float(not theirs)}


def _sentence_of(sides: Sides) -> Said | None:
    return next((said for said in sides.passage.sentences if said.start == sides.theirs.start), None)


def _opposed(sides: Sides, whole: Terms) -> Features:
    """Words of the claim the passage does not say, but says the opposite of."""
    unsaid = [term for term in sides.claim.terms if closeness(term, whole) < 1.0]
    opposed = sum(any(closeness(other, whole) == 1.0 for other in opposites(term)) for term in unsaid)
    return {"opposed": min(opposed, 2) / 2, "rival_in_role": float(_has_rival(sides.ours, sides.theirs))}


def _has_rival(ours: Slots, theirs: Slots) -> bool:
    """The same thing was done, by another: "Pogacar won" against "Roglic won"."""
    ours_named, theirs_named = ({name for name in row.who if agreement.is_name(name)} for row in (ours, theirs))
    acted = bool(set(ours.action) & set(theirs.action))
    return (
        acted
        and bool(ours_named and theirs_named)
        and not any(agreement.is_among(name, theirs_named) for name in ours_named)
    )
