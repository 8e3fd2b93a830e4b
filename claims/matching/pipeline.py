"""Matching a whole document: sentences, candidates, comparisons, and which of them are worth a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from claims.matching.hearing import Hearing
from claims.matching.index import ClaimIndex
from claims.matching.index_terms import codes
from claims.matching.outcomes import Candidate, ClaimId, Comparison, Document, Match, Relation, Stance
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.prospects import Brief, Heard, is_worth_reading, may_be_worth_reading
from claims.matching.stance import compare_on_a_stream, may_tell
from claims.matching.statements import Statement
from claims.matching.text import sentence_spans
from claims.matching.types import Span

CONTEXT_SENTENCES = 2
"""Sentences before a passage that may fill its missing slots; with the title and the dateline sentence."""
_EMITTED_NEUTRALS = frozenset({Relation.UPDATE, Relation.REVISED_DOWN})


def document_sentences(document: Document) -> list[tuple[str, Span]]:
    """Title and body sentence by sentence, as (field, span in that field)."""
    return [("title", span) for span in sentence_spans(document.title)] + [
        ("body", span) for span in sentence_spans(document.body)
    ]


class DocumentReader:
    """A document taken sentence by sentence; each is read at most once, and only if it or its neighbour is compared."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._fields = document_sentences(document)
        self._texts = [span.of(document.title if name == "title" else document.body) for name, span in self._fields]
        self._first_of_body = sum(name == "title" for name, _ in self._fields)
        self._hearings: dict[int, Hearing] = {}
        self._said: list[list[int]] | None = None
        self._heard: dict[int, Heard] = {}

    def candidates(self, index: ClaimIndex, *, policy: Policy = NEWSROOM) -> list[Candidate]:
        """The claims that each sentence may bear on, in the order of the sentences; as many as the policy compares."""
        offered = index.candidates(
            self._texts, least=policy.compared_from, most=policy.most_compared, said=self._all_said()
        )
        return worth_comparing(offered, policy)

    def codes(self) -> set[int]:
        """The terms of all its sentences as numbers: what a claim must share some of to be a candidate."""
        return set(chain.from_iterable(self._all_said()))

    def _all_said(self) -> list[list[int]]:
        if self._said is None:
            self._said = [codes(text) for text in self._texts]
        return self._said

    def prospects(
        self, candidates: Iterable[Candidate], briefs: Mapping[ClaimId, Brief], *, policy: Policy = NEWSROOM
    ) -> list[Candidate]:
        """The candidates that `matches` may make something of; those whose claim is not in `briefs` are left out."""
        return [
            candidate
            for candidate in candidates
            if candidate.claim_id in briefs
            and may_be_worth_reading(briefs[candidate.claim_id], self._heard_at(candidate.sentence), policy)
        ]

    def matches(
        self,
        candidates: Iterable[Candidate],
        claims: Mapping[ClaimId, Statement],
        *,
        policy: Policy = NEWSROOM,
    ) -> list[Match]:
        """The comparisons worth a finding; candidates without a statement in `claims` are passed over."""
        on_a_stream = policy.on_a_stream()
        found: list[Match] = []
        for candidate in candidates:
            claim = claims.get(candidate.claim_id)
            number = candidate.sentence
            if claim is None or not is_worth_reading(claim, self._heard_at(number), policy):
                continue
            hearing = self._hearing(number)
            if not may_tell(claim, hearing.setting, on_a_stream, denies=hearing.denies):
                continue
            passage = hearing.reading
            if not passage.slots:
                continue
            comparison = compare_on_a_stream(claim, passage, context=self._context(number), policy=on_a_stream)
            if comparison is not None and is_finding(comparison, policy):
                name, span = self._fields[number]
                found.append(Match(candidate.claim_id, name, self._texts[number], span.start, span.end, comparison))
        return found

    def _heard_at(self, number: int) -> Heard:
        if number not in self._heard:
            around = self._context_numbers(number)
            said = [self._all_said()[each] for each in (number, *around)]
            self._heard[number] = Heard(self._hearing(number), map(self._hearing, around), said)
        return self._heard[number]

    def _hearing(self, number: int) -> Hearing:
        if number not in self._hearings:
            self._hearings[number] = Hearing(self._texts[number], self._document.published_at)
        return self._hearings[number]

    def _context(self, number: int) -> Iterator[Statement]:
        """What may fill missing slots: nearest sentence first, then the dateline's sentence, then the title."""
        return (self._hearing(other).setting for other in self._context_numbers(number))

    def _context_numbers(self, number: int) -> Iterable[int]:
        first = self._first_of_body
        if number < first:
            return ()
        nearest = range(number - 1, max(first, number - CONTEXT_SENTENCES) - 1, -1)
        return dict.fromkeys([*nearest, *([first] if first < number else []), *range(first)])


def match(
    document: Document, index: ClaimIndex, claims: Mapping[ClaimId, Statement], *, policy: Policy = NEWSROOM
) -> list[Match]:
    """The comparisons of a document worth a finding, in the order of its sentences.

    Candidates without a statement in `claims` are passed over. At most one match per claim and sentence.
    """
    reader = DocumentReader(document)
    candidates = reader.candidates(index, policy=policy)
    briefs = {one.claim_id: Brief.of(claims[one.claim_id]) for one in candidates if one.claim_id in claims}
    return reader.matches(reader.prospects(candidates, briefs, policy=policy), claims, policy=policy)


def worth_comparing(candidates: Sequence[Candidate], policy: Policy = NEWSROOM) -> list[Candidate]:
    """The best candidates of a report, as many as the policy compares, in the order they came."""
    if len(candidates) <= policy.most_compared:
        return list(candidates)
    ranked = sorted(range(len(candidates)), key=lambda place: -candidates[place].score)
    return [candidates[place] for place in sorted(ranked[: policy.most_compared])]


def is_finding(comparison: Comparison, policy: Policy = NEWSROOM) -> bool:
    """Whether people should see it: every stance and update, and what a close sentence leaves open."""
    relation = comparison.relation
    if comparison.stance is not Stance.NEUTRAL or relation in _EMITTED_NEUTRALS:
        return True
    if comparison.score_parts.get("words_shared", 0.0) < policy.open_said:
        return False
    undetermined = relation is Relation.UNDETERMINED and comparison.confidence >= policy.undetermined_from
    return relation is Relation.DIFFERENT_SCOPE or undetermined


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
