"""The comparison of a claim with a passage as named numbers, for the small learned models.

No feature reads the claim alone: a claim has no stance without a passage.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from claims.matching.alignment import Alignment, Wording, align
from claims.matching.lexical_features import lexical_features
from claims.matching.meanings import registers
from claims.matching.number_features import number_features
from claims.matching.outcomes import Agreement, Comparison, Relation, Stance
from claims.matching.policy import Policy
from claims.matching.similarity import masked
from claims.matching.statements import Statement

Values = dict[str, float]
LONGEST_TEXT = 8_000
"""Code points of a text that are compared as a string: the comparison takes time in the product of the lengths."""
_SLOTS = ("who", "action", "item", "figure", "period", "place", "scope", "polarity")
_RELATIONS = (
    Relation.DENIED, Relation.WRONG_DIRECTION, Relation.SAME_TOPIC, Relation.DIFFERENT_ENTITY,
    Relation.DIFFERENT_MEASURE, Relation.UNDETERMINED,
)  # fmt: skip


def features(claim: Statement, passage: Statement, comparison: Comparison, policy: Policy) -> Values:
    """All features of a pair; `comparison` is what the slots say of it."""
    found = align(claim.text, passage.text)
    return {
        **lexical_features(found),
        **number_features(claim, passage, found, policy),
        **_likeness(claim.text, passage.text),
        "alike_sentence": _sentence_likeness(found),
        **_slots(comparison),
        **_register(found.passage, passage.text),
    }


def _likeness(claim: str, passage: str) -> Values:
    ours, theirs = masked(claim[:LONGEST_TEXT]), masked(passage[:LONGEST_TEXT])
    return {
        "alike": fuzz.ratio(ours, theirs) / 100,
        "alike_words": fuzz.token_sort_ratio(ours, theirs) / 100,
        "alike_part": fuzz.token_set_ratio(ours, theirs) / 100,
    }


def _sentence_likeness(found: Alignment) -> float:
    """The claim's words against those of the passage's best sentence, as strings in order."""
    theirs = " ".join(word.low for word in found.nearby)
    return fuzz.ratio(_plain(found.claim), theirs) / 100


def _plain(wording: Wording) -> str:
    return " ".join(word.low for word in wording.words)


def _slots(comparison: Comparison) -> Values:
    """The slot comparison's own outcome, which the learned judge may follow or overrule."""
    outcomes = {slot.name: slot.outcome for slot in comparison.slots}
    parts = comparison.score_parts
    return {
        "slots_confirm": float(comparison.stance is Stance.CONFIRMS),
        "slots_contradict": float(comparison.stance is Stance.CONTRADICTS),
        "slots_agreeing": parts.get("slots_agreeing", 0.0),
        "slots_words_shared": parts.get("words_shared", 0.0),
        **{f"slot_{name}_differs": float(outcomes.get(name) is Agreement.DIFFERS) for name in _SLOTS},
        **{f"slot_{name}_agrees": float(outcomes.get(name) is Agreement.AGREES) for name in _SLOTS},
        **{f"relation_{relation.value}": float(comparison.relation is relation) for relation in _RELATIONS},
    }


def _register(passage: Wording, text: str) -> Values:
    """What kind of prose the passage is: how closely evidence follows a claim differs from kind to kind."""
    words = passage.content
    plain = [word for word in words if word.kind != "number"]
    shares = {
        f"register_{name}": sum(word.low in listed for word in words) / len(words) if words else 0.0
        for name, listed in registers().items()
    }
    return {
        **shares,
        "register_headline": float(bool(words) and text.rstrip()[-1:].isalnum()),
        "register_capitals": sum(word.capital for word in plain) / len(plain) if plain else 0.0,
        "register_numbers": (len(words) - len(plain)) / len(words) if words else 0.0,
        "register_quotes": min(2.0, text.count('"') + text.count("``") + text.count("“")),
        "register_first_person": float(any(word.low in ("i", "we", "our", "my", "you") for word in passage.words)),
        "register_function": 1 - len(words) / len(passage.words) if passage.words else 0.0,
    }
