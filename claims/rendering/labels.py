"""The engine's codes in the words of the newsroom, one table each."""

from claims.matching import Relation, Stance
from claims.matching.outcomes import STANCE_OF

MARKED_BY_HAND = "marked_by_hand"  # the relation of a sentence that an editor marked as evidence

STANCE_LABELS = {
    Stance.CONFIRMS.value: "Confirms",
    Stance.CONTRADICTS.value: "Contradicts",
    Stance.NEUTRAL.value: "Neutral",
}

RELATION_LABELS = {
    Relation.SAME_FIGURE.value: "same figure",
    Relation.ROUNDED_FIGURE.value: "same figure, rounded",
    Relation.CONVERTED_UNIT.value: "same figure in another unit",
    Relation.CONVERTED_CURRENCY.value: "same amount in another currency",
    Relation.WITHIN_BOUND.value: "within the bound",
    Relation.SAME_FACT.value: "same fact",
    Relation.DERIVED.value: "follows from its figures",
    Relation.DIFFERENT_FIGURE.value: "another figure",
    Relation.OUTSIDE_BOUND.value: "outside the bound",
    Relation.WRONG_DIRECTION.value: "opposite direction",
    Relation.DENIED.value: "denied",
    Relation.DIFFERENT_VALUE_NONNUMERIC.value: "another fact",
    Relation.DIFFERENT_PERIOD.value: "another period",
    Relation.UPDATE.value: "a later total",
    Relation.REVISED_DOWN.value: "later and smaller",
    Relation.DIFFERENT_MEASURE.value: "another measure",
    Relation.DIFFERENT_ENTITY.value: "another actor",
    Relation.DIFFERENT_SCOPE.value: "another scope",
    Relation.ATTRIBUTED_ONLY.value: "attributed only",
    Relation.SAME_TOPIC.value: "same topic",
    Relation.UNRELATED_LOOKALIKE.value: "unrelated look-alike",
    Relation.UNDETERMINED.value: "undetermined",
    MARKED_BY_HAND: "marked by hand",
}

_STANCES = {relation.value: stance.value for relation, stance in STANCE_OF.items()}

# How a finding is toned on screen: the two decided stances, and three shades of neutral.
CONFIRMS, CONTRADICTS, UPDATE, SCOPE, UNDETERMINED = "confirms", "contradicts", "update", "scope", "undetermined"
_UPDATES = frozenset({Relation.UPDATE, Relation.REVISED_DOWN})
_OTHER_SCOPES = frozenset(
    {Relation.DIFFERENT_SCOPE, Relation.DIFFERENT_PERIOD, Relation.DIFFERENT_MEASURE, Relation.DIFFERENT_ENTITY}
)
TONE_LABELS = {
    CONFIRMS: "Confirms",
    CONTRADICTS: "Contradicts",
    UPDATE: "Update",
    SCOPE: "Other scope",
    UNDETERMINED: "Undetermined",
}

SLOT_LABELS = {
    "who": "Who",
    "action": "Did what",
    "item": "To what",
    "figure": "How many",
    "unit": "Unit",
    "period": "When",
    "place": "Where",
    "scope": "Of what whole",
    "polarity": "Said or denied",
    "attribution": "According to",
    "modality": "Fact or plan",
}

BOUND_LABELS = {
    "exact": "exactly",
    "approximate": "about",
    "nearly": "nearly",
    "more_than": "more than",
    "at_least": "at least",
    "less_than": "less than",
    "at_most": "at most",
    "range": "between",
}


def tone(stance: str, relation: str) -> str:
    """The tone of a finding; a stance that an editor chose against the relation's own wins."""
    if stance in (CONFIRMS, CONTRADICTS):
        return stance
    if relation in _UPDATES:
        return UPDATE
    return SCOPE if relation in _OTHER_SCOPES else UNDETERMINED


def badge(stance: str, relation: str) -> tuple[str, str]:
    """The word of a finding's badge and the finer reason behind it, which may be "": ("Confirms", "same figure")."""
    name = tone(stance, relation)
    if name == SCOPE:
        return RELATION_LABELS[relation].capitalize(), ""
    reason = RELATION_LABELS.get(relation, "") if relation_fits(stance, relation) else ""
    return TONE_LABELS[name], "" if reason.capitalize() == TONE_LABELS[name] else reason


def relation_fits(stance: str, relation: str) -> bool:
    """False where an editor accepted a finding as another stance: then the engine's reason does not explain it."""
    return relation == MARKED_BY_HAND or _STANCES.get(relation) == stance
