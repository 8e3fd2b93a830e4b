"""What a comparison says, and where a document says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from claims.matching import wire
from claims.matching.types import Code, Span
from claims.matching.wire import Json

ClaimId = str | int


class Stance(Code):
    CONFIRMS = "confirms"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


class Relation(Code):
    """The reason for a stance; the codes of the annotation guideline."""

    SAME_FIGURE = "same_figure"
    ROUNDED_FIGURE = "rounded_figure"
    CONVERTED_UNIT = "converted_unit"
    CONVERTED_CURRENCY = "converted_currency"
    WITHIN_BOUND = "within_bound"
    SAME_FACT = "same_fact"
    DERIVED = "derived"
    DIFFERENT_FIGURE = "different_figure"
    OUTSIDE_BOUND = "outside_bound"
    WRONG_DIRECTION = "wrong_direction"
    DENIED = "denied"
    DIFFERENT_VALUE_NONNUMERIC = "different_value_nonnumeric"
    DIFFERENT_PERIOD = "different_period"
    UPDATE = "update"
    REVISED_DOWN = "revised_down"
    DIFFERENT_MEASURE = "different_measure"
    DIFFERENT_ENTITY = "different_entity"
    DIFFERENT_SCOPE = "different_scope"
    ATTRIBUTED_ONLY = "attributed_only"
    SAME_TOPIC = "same_topic"
    UNRELATED_LOOKALIKE = "unrelated_lookalike"
    UNDETERMINED = "undetermined"


_CONFIRMING = ("same_figure", "rounded_figure", "converted_unit", "converted_currency", "within_bound", "same_fact",
               "derived")  # fmt: skip
_CONTRADICTING = ("different_figure", "outside_bound", "wrong_direction", "denied", "different_value_nonnumeric")
STANCE_OF = {
    relation: Stance.CONFIRMS
    if relation in _CONFIRMING
    else Stance.CONTRADICTS
    if relation in _CONTRADICTING
    else Stance.NEUTRAL
    for relation in Relation
}


class Agreement(Code):
    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SlotOutcome:
    """One line of the slot table: what claim and passage say, in words, and whether they agree."""

    name: str
    claim: str
    passage: str
    outcome: Agreement

    def to_json(self) -> Json:
        return {"name": self.name, "claim": self.claim, "passage": self.passage, "outcome": self.outcome.value}

    @classmethod
    def from_json(cls, value: object, field: str = "slot") -> SlotOutcome:
        data = wire.as_object(value, field)
        name, claim, passage = (
            wire.as_text(wire.required(data, key, field), f"{field}.{key}") for key in ("name", "claim", "passage")
        )
        outcome = wire.required(data, "outcome", field)
        return cls(name, claim, passage, wire.as_choice(Agreement, outcome, f"{field}.outcome"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """`text` is English; other languages are rendered from `code` and `parameters`."""

    code: str
    parameters: dict[str, str]
    text: str

    def to_json(self) -> Json:
        return {"code": self.code, "parameters": dict(self.parameters), "text": self.text}

    @classmethod
    def from_json(cls, value: object, field: str = "explanation") -> Explanation:
        data = wire.as_object(value, field)
        parameters = wire.as_object(data.get("parameters", {}), f"{field}.parameters")
        return cls(
            wire.as_text(wire.required(data, "code", field), f"{field}.code"),
            {str(key): wire.as_text(item, f"{field}.parameters.{key}") for key, item in parameters.items()},
            wire.as_text(wire.required(data, "text", field), f"{field}.text"),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a passage, as reported, does to a claim, with its reasons.

    `decisive` is the part of the passage's text that carries the judgement; `confidence` the probability that the
    stance is right; `score_parts` the evidence it was computed from.
    """

    stance: Stance
    relation: Relation
    confidence: float
    slots: tuple[SlotOutcome, ...]
    decisive: Span | None
    explanation: Explanation
    score_parts: dict[str, float] = field(default_factory=dict)
    policy_version: str = ""

    def to_json(self) -> Json:
        return {
            "stance": self.stance.value,
            "relation": self.relation.value,
            "confidence": self.confidence,
            "slots": [slot.to_json() for slot in self.slots],
            "decisive": None if self.decisive is None else self.decisive.to_json(),
            "explanation": self.explanation.to_json(),
            "score_parts": dict(self.score_parts),
            "policy_version": self.policy_version,
        }

    @classmethod
    def from_json(cls, value: object, field: str = "comparison") -> Comparison:
        data = wire.as_object(value, field)
        parts = wire.as_object(data.get("score_parts", {}), f"{field}.score_parts")
        return cls(
            wire.as_choice(Stance, wire.required(data, "stance", field), f"{field}.stance"),
            wire.as_choice(Relation, wire.required(data, "relation", field), f"{field}.relation"),
            wire.as_ratio(wire.required(data, "confidence", field), f"{field}.confidence"),
            wire.listed(SlotOutcome.from_json, data.get("slots", ()), f"{field}.slots"),
            wire.optional(Span.from_json, data.get("decisive"), f"{field}.decisive"),
            Explanation.from_json(wire.required(data, "explanation", field), f"{field}.explanation"),
            {str(key): wire.as_ratio(part, f"{field}.score_parts.{key}") for key, part in parts.items()},
            wire.as_text(data.get("policy_version", ""), f"{field}.policy_version"),
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A report as the doors hand it over: cleaned text, with the day it was published."""

    title: str
    body: str
    published_at: date | None = None
    outlet: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    claim_id: ClaimId
    sentence: int
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of a document that bears on a claim; `start` and `end` are offsets into that field."""

    claim_id: ClaimId
    field: str
    sentence: str
    start: int
    end: int
    comparison: Comparison
