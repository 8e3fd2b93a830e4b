"""What a figure of the passage does to the claim if it fills the claim's slot, and what forbids that it decide at all.

Whether it fills the slot is weighed elsewhere (`bearing`, `weighing`); here stand the conditions that no weight
overrules.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.matching import agreement
from claims.matching.answers import Answers
from claims.matching.bearing import are_rivals, names_lacking
from claims.matching.chronology import Timing
from claims.matching.concepts import closeness, coverage
from claims.matching.contrast import names_a_city, says_nearly_all
from claims.matching.intervals import FigureVerdict, comparable, judge
from claims.matching.judgement import is_close
from claims.matching.lexicon import item_terms
from claims.matching.names import is_known
from claims.matching.outcomes import Agreement, Relation
from claims.matching.policy import Policy
from claims.matching.sides import Sides
from claims.matching.statements import Modality
from claims.matching.types import Bound, Kind, Quantity

_COUNTED = frozenset({Kind.COUNT, Kind.RATE})
_ONE_SIDED = frozenset({Bound.MORE_THAN, Bound.AT_LEAST, Bound.LESS_THAN, Bound.AT_MOST})
_FIRM = frozenset({Modality.STATED, Modality.ESTIMATED})
_DATED_ALIKE = frozenset({Timing.SAME, Timing.UNSAID, Timing.OTHER})


@dataclass(frozen=True, slots=True)
class Pairing:
    """A figure of the claim beside one of the passage, with what the slots say and how their times stand."""

    answers: Answers
    ours: Quantity
    theirs: Quantity
    figure: FigureVerdict
    timed: Timing

    @property
    def sides(self) -> Sides:
        return self.answers.sides

    def says(self, slot: str) -> Agreement:
        """The outcome of a slot; one that neither side fills agrees."""
        return self.answers.told.get(slot, Agreement.AGREES)


def implied_relation(pairing: Pairing, policy: Policy) -> Relation | None:
    """The relation if both figures fill one slot; None where that would leave the claim open."""
    if _decides_nothing(pairing, policy):
        return None
    sides, figure = pairing.sides, pairing.figure
    opposite = agreement.is_opposite(sides)
    if sides.theirs.polarity is not sides.ours.polarity:
        return Relation.DENIED if figure.confirms and figure.relation is not Relation.DERIVED else None
    if figure.confirms and not opposite:
        return figure.relation
    if not _may_exclude(pairing, policy):
        return None
    return Relation.WRONG_DIRECTION if opposite else figure.relation


def is_open(quantity: Quantity) -> bool:
    """Whether a claim's figure is a bound, which half of all figures lie within."""
    return quantity.bound in _ONE_SIDED


def _decides_nothing(pairing: Pairing, policy: Policy) -> bool:
    """Relayed as somebody's assertion, only asked, or of something else.

    A count of something else may confirm where it repeats the figure itself, which is rarely chance; not on a stream.
    """
    figure, sides = pairing.figure, pairing.sides
    repeats = figure.confirms and figure.relation is not Relation.WITHIN_BOUND and policy.chosen
    return (
        "attribution" in pairing.answers.told
        or _asks(sides)
        or pairing.answers.is_contrast
        or not (repeats or _counts_alike(pairing))
        or (not policy.chosen and are_rivals(sides.ours.action, sides.theirs.action))
        or (is_open(pairing.ours) and figure.confirms and not _is_the_item(pairing, policy))
    )


def _asks(sides: Sides) -> bool:
    """Whether the sentence only asks what the claim says."""
    return any("question" in said.cues for said in sides.passage.sentences if said.start == sides.theirs.start)


def _is_the_item(pairing: Pairing, policy: Policy) -> bool:
    """Whether a figure that lies within a claim's bound is of the claim's item: on a stream it must be said."""
    if policy.chosen:
        return pairing.theirs.kind not in _COUNTED or pairing.says("item") is not Agreement.MISSING
    return pairing.says("item") is Agreement.AGREES


def _counts_alike(pairing: Pairing) -> bool:
    """Whether a counted thing can be what the claim counts: not gloves for masks, nor masks for countries."""
    sides, theirs = pairing.sides, pairing.theirs
    if theirs.kind not in _COUNTED or not theirs.item or not sides.ours.item:
        return True
    if agreement.item(sides, theirs, confirming=True) is not Agreement.DIFFERS:
        return True
    ours_head, theirs_head = item_terms(sides.ours.item)[-1], item_terms(theirs.item)[-1]
    return closeness(ours_head, (theirs_head,)) > 0 or closeness(theirs_head, sides.claim.terms) > 0


def _may_exclude(pairing: Pairing, policy: Policy) -> bool:
    """Whether another figure may contradict the claim: of its item, entities, place and time, as firmly said."""
    return (
        _is_of_its_time(pairing, policy)
        and pairing.says("place") is not Agreement.DIFFERS
        and not (pairing.theirs.kind is Kind.COUNT and pairing.says("item") is Agreement.MISSING)
        and not _is_less_firm(pairing.sides)
        and not _is_of_another(pairing)
        and not _is_contrast(pairing.sides, policy)
        and not names_a_city(pairing.sides, "in", "as")
        and not _is_of_another_time(pairing)
        and not _repeats_another(pairing, policy)
    )


def _is_of_its_time(pairing: Pairing, policy: Policy) -> bool:
    if pairing.timed is Timing.MISSING:
        return is_close(pairing.sides, policy)
    return pairing.timed in _DATED_ALIKE


def _is_of_another_time(pairing: Pairing) -> bool:
    """Whether a sentence close to the claim names one other time, which then cannot be another figure's."""
    if pairing.timed is not Timing.OTHER or len(pairing.sides.passage.periods) > 1:
        return False
    return says_nearly_all(pairing.sides)


def _is_less_firm(sides: Sides) -> bool:
    """A plan or a possibility does not contradict a fact."""
    return sides.ours.modality in _FIRM and sides.theirs.modality not in _FIRM


def _is_of_another(pairing: Pairing) -> bool:
    """Whether another known entity acts, or too few of the claim's entities are named at all."""
    sides = pairing.sides
    if pairing.says("who") is not Agreement.AGREES and agreement.acts_for_another(sides):
        return True
    lacking = names_lacking(sides)
    return any(map(is_known, lacking)) or len(lacking) > len(sides.claim.names) / 2


def _is_contrast(sides: Sides, policy: Policy) -> bool:
    """On a stream: the sentence says so much that a word it lacks is a contrast, as "neonatal" for "infant"."""
    if policy.chosen or agreement.says_all_scope(sides):
        return False
    return coverage(sides.claim.terms, sides.sentence_terms) >= policy.close_from


def _repeats_another(pairing: Pairing, policy: Policy) -> bool:
    """Whether the figure is one the claim itself states in another place: its whole, or another of its figures."""
    sides = pairing.sides
    others = [quantity for number, quantity in enumerate(sides.claim.quantities) if number != sides.ours.figure]
    return any(
        comparable(other, pairing.theirs) and judge(other, pairing.theirs, None, policy).confirms for other in others
    )
