"""Matching a whole document: sentences, candidates, comparisons, and which of them are worth a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claims.matching.index import ClaimIndex
from claims.matching.outcomes import Candidate, ClaimId, Comparison, Document, Match, Relation, Stance
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.slots import read
from claims.matching.stance import compare
from claims.matching.statements import Statement
from claims.matching.text import sentence_spans
from claims.matching.types import Span

CONTEXT_SENTENCES = 2
"""Sentences before a passage that may fill its missing slots; with the title and the dateline sentence."""
_EMITTED_NEUTRALS = frozenset({Relation.UPDATE, Relation.REVISED_DOWN, Relation.DIFFERENT_SCOPE})


@dataclass(slots=True)
class _Reader:
    """The sentences of a document, each read at most once."""

    document: Document
    fields: list[tuple[str, Span]]
    readings: dict[int, Statement] = field(default_factory=dict)

    def text_of(self, number: int) -> str:
        name, span = self.fields[number]
        return span.of(self.document.title if name == "title" else self.document.body)

    def reading_of(self, number: int) -> Statement:
        if number not in self.readings:
            self.readings[number] = read(self.text_of(number), date=self.document.published_at)
        return self.readings[number]

    def context_of(self, number: int) -> tuple[Statement, ...]:
        """What may fill missing slots: nearest sentence first, then the dateline's sentence, then the title."""
        if self.fields[number][0] == "title":
            return ()
        first = next(index for index, (name, _) in enumerate(self.fields) if name == "body")
        nearest = range(number - 1, max(first, number - CONTEXT_SENTENCES) - 1, -1)
        numbers = dict.fromkeys([*nearest, *([first] if first < number else []), *range(first)])
        return tuple(self.reading_of(index) for index in numbers)


def document_sentences(document: Document) -> list[tuple[str, Span]]:
    """Title and body sentence by sentence, as (field, span in that field)."""
    return [("title", span) for span in sentence_spans(document.title)] + [
        ("body", span) for span in sentence_spans(document.body)
    ]


def match(
    document: Document, index: ClaimIndex, claims: Mapping[ClaimId, Statement], *, policy: Policy = NEWSROOM
) -> list[Match]:
    """The comparisons of a document worth a finding, in the order of its sentences.

    Candidates without a statement in `claims` are passed over. At most one match per claim and sentence.
    """
    reader = _Reader(document, document_sentences(document))
    texts = [reader.text_of(number) for number in range(len(reader.fields))]
    found: list[Match] = []
    for candidate in worth_comparing(index.candidates(texts, least=policy.compared_from), policy):
        claim = claims.get(candidate.claim_id)
        if claim is None:
            continue
        comparison = compare(
            claim,
            reader.reading_of(candidate.sentence),
            context=reader.context_of(candidate.sentence),
            policy=policy.on_a_stream(),
        )
        if is_finding(comparison, policy):
            name, span = reader.fields[candidate.sentence]
            found.append(Match(candidate.claim_id, name, texts[candidate.sentence], span.start, span.end, comparison))
    return found


def worth_comparing(candidates: Sequence[Candidate], policy: Policy = NEWSROOM) -> list[Candidate]:
    """The best candidates of a report, as many as the policy compares, in the order they came."""
    if len(candidates) <= policy.most_compared:
        return list(candidates)
    ranked = sorted(range(len(candidates)), key=lambda place: -candidates[place].score)
    return [candidates[place] for place in sorted(ranked[: policy.most_compared])]


def is_finding(comparison: Comparison, policy: Policy = NEWSROOM) -> bool:
    """Whether people should see it: every stance, the telling neutrals, the undetermined above the policy's gate."""
    if comparison.stance is not Stance.NEUTRAL or comparison.relation in _EMITTED_NEUTRALS:
        return True
    return comparison.relation is Relation.UNDETERMINED and comparison.confidence >= policy.undetermined_from


def findings(document: Document, index: ClaimIndex, claims: Mapping[ClaimId, Statement]) -> Iterator[dict[str, object]]:
    """The matches of a document in the form the command line and the API speak."""
    for found in match(document, index, claims):
        comparison = found.comparison.to_json()
        yield {
            "claim": found.claim_id,
            "stance": comparison["stance"],
            "relation": comparison["relation"],
            "confidence": comparison["confidence"],
            "field": found.field,
            "sentence": found.sentence,
            "start": found.start,
            "end": found.end,
            "explanation": comparison["explanation"],
        }
