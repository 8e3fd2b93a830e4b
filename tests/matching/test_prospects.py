"""Candidates are sifted before anything is read: what is passed over would have come to nothing."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Brief, Candidate, ClaimIndex, Document, DocumentReader, read
from claims.matching.fit.pairs import OURS
from claims.matching.slots import terms_of

DAY = date(2020, 4, 5)
ROWS = [json.loads(line) for line in (OURS / "a.jsonl").read_text("utf-8").splitlines()]
PASSAGES = [str(row["passage"]) for row in ROWS]
CLAIMS = dict(enumerate(read(str(row["claim"]), date=DAY) for row in ROWS))


@given(st.text(max_size=200))
def test_a_text_has_the_terms_of_its_statement_without_being_read(text: str) -> None:
    assert set(read(text, date=DAY).terms) <= set(terms_of(text))


@pytest.mark.parametrize("passage", PASSAGES[:100])
def test_a_passage_has_the_terms_of_its_statement_without_being_read(passage: str) -> None:
    assert set(read(passage, date=DAY).terms) <= set(terms_of(passage))


def test_no_match_is_lost_by_sifting() -> None:
    index = ClaimIndex.build((number, claim.text) for number, claim in CLAIMS.items())
    briefs = {number: Brief.of(claim) for number, claim in CLAIMS.items()}
    offered = left = found = 0
    for first in range(0, len(PASSAGES), 6):
        document = Document("", " ".join(PASSAGES[first : first + 6]), DAY)
        reader = DocumentReader(document)
        candidates = reader.candidates(index)
        prospects = reader.prospects(candidates, briefs)
        matches = reader.matches(prospects, CLAIMS)
        assert DocumentReader(document).matches(candidates, CLAIMS) == matches
        offered, left, found = offered + len(candidates), left + len(prospects), found + len(matches)
    assert found > 100
    assert left < 0.7 * offered


@pytest.mark.parametrize("text", ["", "中国出口了三十八亿只口罩", "3.86 and 4.2"])
def test_nothing_is_a_prospect_of_a_claim_without_terms(text: str) -> None:
    reader = DocumentReader(Document("", "China exported 3.86 billion masks.", DAY))
    claim = read(text or "of", date=DAY, language="zh")
    offered = [Candidate(1, 0, 0.9)]
    assert claim.terms == ()
    assert reader.prospects(offered, {1: Brief.of(claim)}) == reader.matches(offered, {1: claim}) == []


def test_a_claim_without_a_brief_is_passed_over() -> None:
    index = ClaimIndex.build([(1, "China has exported 3.86 billion masks")])
    reader = DocumentReader(Document("", "China exported 3.86 billion masks.", DAY))
    candidates = reader.candidates(index)
    assert [one.claim_id for one in candidates] == [1]
    assert reader.prospects(candidates, {}) == []
