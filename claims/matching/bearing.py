"""Does a figure of the passage fill the same slot as the claim's? A probability where the rules cannot tell.

The features compare claim with passage; none reads the claim alone. The weights are learned from pairs of claim and
passage labelled by the annotation guideline (`fit newsroom`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from claims.matching import agreement
from claims.matching.answers import Answers
from claims.matching.chronology import Timing
from claims.matching.concepts import closeness, coverage, lacking
from claims.matching.intervals import FigureVerdict, comparable
from claims.matching.lexicon import group_names, item_terms
from claims.matching.names import is_known
from claims.matching.outcomes import Agreement, Relation
from claims.matching.sides import Sides
from claims.matching.types import Quantity

_MOST_DIGITS = 4
_FARTHEST = 3.0  # powers of ten: beyond, figures are equally unlike
_LONG_AGO = 20  # days
_MOST_LACKING = 5.0
Features = dict[str, float]
Terms = tuple[str, ...]


def figure_features(
    answers: Answers, figures: tuple[Quantity, Quantity], verdict: FigureVerdict, timed: Timing
) -> Features:
    """What speaks for and against the two figures filling one slot, each about 0 to 1."""
    sides = answers.sides
    whole = sides.around.terms
    near = sides.theirs.near or sides.passage.terms
    found = _words(sides, whole, near) | _rivals(sides, figures, near) | entity_features(sides)
    found |= outcome_features(answers.told) | time_features(sides, timed) | _manner(sides) | _sizes(figures, verdict)
    return found | contrast_features(answers, found)


_CLOSE_FROM = 0.6
_CONTRASTS = ("who_differs", "scope_differs", "item_differs", "modality_differs", "time_other", "action_rival")


def contrast_features(answers: Answers, found: Features) -> Features:
    """Where a sentence says most of the claim, what differs in it is rather a contrast than a misreading."""
    sides = answers.sides
    acts_otherwise = are_rivals(sides.ours.action, sides.theirs.action)
    unsaid = 1.0 - coverage(item_terms(sides.ours.item), sides.sentence_terms)
    told = {**found, "action_rival": float(acts_otherwise), "item_unsaid": unsaid if sides.ours.item else 0.0}
    close = float(found["said_in_sentence"] >= _CLOSE_FROM)
    words = {f"contrast_{name}": 1.0 for name in answers.contrasts}
    return (
        {"action_rival": told["action_rival"], "item_unsaid": told["item_unsaid"]}
        | words
        | {f"{name}_closely": close * told.get(name, 0.0) for name in (*_CONTRASTS, "item_unsaid", "words_lacking")}
    )


def are_rivals(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two rows report events of kinds the engine knows, and no kind is common."""
    known = group_names()
    first, second = known.intersection(ours), known.intersection(theirs)
    return bool(first and second) and not first & second


def _words(sides: Sides, whole: Terms, near: Terms) -> Features:
    terms = sides.claim.terms
    sentence = sides.sentence_terms
    item = item_terms(sides.ours.item)
    return {
        "said_anywhere": coverage(terms, whole),
        "said_in_sentence": coverage(terms, sentence),
        "said_near": coverage(terms, near),
        "near_said_back": coverage(near, terms),
        "item_near": closeness(item[-1], near) if item else 0.0,
        "item_in_sentence": closeness(item[-1], sentence) if item else 0.0,
        "words_lacking": min(_MOST_LACKING, lacking(terms, whole)) / _MOST_LACKING,
    }


def _rivals(sides: Sides, figures: tuple[Quantity, Quantity], near: Terms) -> Features:
    """Other figures of the passage that could fill the slot, and whether the claim's words stand nearer to them."""
    terms, quantities = sides.claim.terms, sides.passage.quantities
    others = [
        coverage(terms, row.near or sides.passage.terms)
        for row in sides.passage.slots
        if row.figure is not None and row is not sides.theirs and comparable(figures[0], quantities[row.figure])
    ]
    by = coverage(terms, near) - max(others, default=0.0)
    return {"alone": float(not others), "nearest": float(by >= 0), "nearer_by": by}


def entity_features(sides: Sides) -> Features:
    names, lacking_names = sides.claim.names, names_lacking(sides)
    known_lacking = any(is_known(name) for name in lacking_names)
    told = sides.around.names
    rivals = known_lacking and any(is_known(name) and not agreement.is_among(name, names) for name in told)
    return {
        "names_told": 1.0 - len(lacking_names) / len(names) if names else 0.5,
        "known_name_lacking": float(known_lacking),
        "rival_name": float(rivals),
    }


def names_lacking(sides: Sides) -> list[str]:
    """The entities of the claim that neither the passage nor its context names."""
    told, whole = sides.around.names, sides.around.known_terms
    return [name for name in sides.claim.names if not _is_told(name, told, whole)]


def _is_told(name: str, told: frozenset[str], whole: frozenset[str]) -> bool:
    return agreement.is_among(name, told) or all(part in whole for part in item_terms(name))


_WEIGHED = frozenset({"who", "action", "item", "place", "scope", "polarity", "modality", "attribution"})


def outcome_features(told: Mapping[str, Agreement]) -> Features:
    return {f"{slot}_{outcome}": 1.0 for slot, outcome in told.items() if slot in _WEIGHED}


def time_features(sides: Sides, timed: Timing) -> Features:
    ours, theirs = sides.claim.date, sides.passage.date
    days = abs((theirs - ours).days) if ours and theirs else 0
    return {f"time_{timed}": 1.0, "long_ago": float(days > _LONG_AGO)}


def _manner(sides: Sides) -> Features:
    return {
        "opposite": float(agreement.is_opposite(sides)),
        "compared": float(sides.theirs.compared),
    } | cue_features(sides)


_DOUBTS = ("unverified", "party", "contested", "debunked")


def cue_features(sides: Sides) -> Features:
    """Doubts the claim does not have itself: in the row's sentence, or elsewhere in the passage."""
    if not any(said.cues for said in sides.passage.sentences):
        return {}
    own = {cue for said in sides.claim.sentences for cue in said.cues}
    here = {cue for said in sides.passage.sentences if said.start == sides.theirs.start for cue in said.cues}
    there = {cue for said in sides.passage.sentences for cue in said.cues}
    return {f"{cue}_here": 1.0 for cue in _DOUBTS if cue in here - own} | {
        f"{cue}_there": 1.0 for cue in _DOUBTS if cue in there - own
    }


def _sizes(figures: tuple[Quantity, Quantity], verdict: FigureVerdict) -> Features:
    """An equal figure of many digits is hardly chance; figures of another order of magnitude are rarely rivals."""
    ours, theirs = figures
    digits = min(len(ours.anchor.normalize().as_tuple().digits), _MOST_DIGITS) / _MOST_DIGITS
    ratio = float(verdict.ratio) if verdict.ratio is not None else 0.0
    apart = min(abs(math.log10(ratio)), _FARTHEST) if ratio > 0 else _FARTHEST
    same_unit = float(ours.unit == theirs.unit)
    return {
        "confirms": float(verdict.confirms),
        "digits_confirmed": digits if verdict.confirms else 0.0,
        "orders_apart": 0.0 if verdict.confirms else apart,
        "same_unit": same_unit,
        "derived": float(verdict.relation is Relation.DERIVED),
        f"of_{ours.kind.value}": 1.0,
    }
