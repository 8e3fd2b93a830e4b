"""Which claims a sentence may bear on: shared terms find candidates, string similarity orders them.

Whether a claim is a candidate of a sentence depends on the two alone, not on the other claims; `top` is a safety cap.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from claims.matching import wire
from claims.matching.outcomes import Candidate, ClaimId
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.similarity import likeness, masked
from claims.matching.slots import terms_of

_FORMAT = "claim-index-1"


class ClaimIndex:
    """The terms of the claims a newsroom follows; a claim's text here is its text, its aliases and its title."""

    def __init__(self, policy: Policy = NEWSROOM) -> None:
        self._policy = policy
        self._texts: dict[ClaimId, str] = {}
        self._terms: dict[ClaimId, frozenset[str]] = {}
        self._postings: defaultdict[str, set[ClaimId]] = defaultdict(set)

    @classmethod
    def build(cls, pairs: Iterable[tuple[ClaimId, str]]) -> ClaimIndex:
        index = cls()
        for claim_id, text in pairs:
            index.add(claim_id, text)
        return index

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, claim_id: ClaimId) -> bool:
        return claim_id in self._terms

    def add(self, claim_id: ClaimId, text: str) -> None:
        """Adds a claim, or replaces its text."""
        self.remove(claim_id)
        self._insert(claim_id, masked(text), frozenset(terms_of(text)))

    def _insert(self, claim_id: ClaimId, text: str, terms: frozenset[str]) -> None:
        self._texts[claim_id], self._terms[claim_id] = text, terms
        for term in terms:
            self._postings[term].add(claim_id)

    def remove(self, claim_id: ClaimId) -> None:
        """Removes a claim; one that is not there is no error."""
        for term in self._terms.pop(claim_id, frozenset()):
            self._postings[term].discard(claim_id)
            if not self._postings[term]:
                del self._postings[term]
        self._texts.pop(claim_id, None)

    def save(self, path: str | Path) -> None:
        """Writes the index as one file, replacing what is there in one step."""
        target = Path(path)
        rows = [[claim_id, self._texts[claim_id], sorted(terms)] for claim_id, terms in self._terms.items()]
        written = target.with_name(target.name + ".new")
        written.write_text(json.dumps({"format": _FORMAT, "claims": rows}, ensure_ascii=False), encoding="utf-8")
        written.replace(target)

    @classmethod
    def load(cls, path: str | Path) -> ClaimIndex:
        """Reads a saved index; raises ReadingError for a file of another format."""
        try:
            data = wire.as_object(json.loads(Path(path).read_text(encoding="utf-8")), "index")
        except json.JSONDecodeError as error:
            raise wire.ReadingError(f"index: {path} is not JSON: {error.msg}") from error
        if data.get("format") != _FORMAT:
            raise wire.refuse("index.format", data.get("format"), _FORMAT)
        index = cls()
        for claim_id, text, terms in wire.as_list(wire.required(data, "claims", "index"), "index.claims"):
            index._insert(claim_id, text, frozenset(terms))
        return index

    def candidates(self, sentences: Sequence[str], *, top: int = 20) -> list[Candidate]:
        """The best `top` claims of each sentence that share enough terms with it, best first."""
        found: list[Candidate] = []
        for number, sentence in enumerate(sentences):
            found += self._candidates_of(number, sentence, top)
        return found

    def _candidates_of(self, number: int, sentence: str, top: int) -> list[Candidate]:
        terms = set(terms_of(sentence))
        shared = Counter(claim_id for term in terms for claim_id in self._postings.get(term, ()))
        text = masked(sentence) if shared else ""
        scored = [
            Candidate(claim_id, number, self._score(claim_id, text, count))
            for claim_id, count in shared.items()
            if count >= min(self._policy.shared_terms, len(self._terms[claim_id]))
        ]
        return sorted(scored, key=lambda candidate: (-candidate.score, str(candidate.claim_id)))[:top]

    def _score(self, claim_id: ClaimId, text: str, shared: int) -> float:
        """Half the share of the claim's terms the sentence has, half string similarity; 0 to 1."""
        covered = shared / len(self._terms[claim_id])
        return round(0.5 * covered + 0.5 * likeness(self._texts[claim_id], text), 4)
