"""Candidates are sifted before anything is read: what is passed over would have come to nothing."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import NEWSROOM, Brief, Candidate, ClaimIndex, Document, DocumentReader, Relation, compare, read
from claims.matching.attribution import DENIALS, cues
from claims.matching.fit.pairs import OURS
from claims.matching.nearness import says_enough
from claims.matching.prospects import Heard
from claims.matching.slots import setting_of, terms_of
from claims.matching.stance import may_tell
from claims.matching.text import sentence_spans, tokens

DAY = date(2020, 4, 5)
OFF_TOPIC = (Relation.SAME_TOPIC, Relation.UNRELATED_LOOKALIKE)
ROWS = [json.loads(line) for line in (OURS / "a.jsonl").read_text("utf-8").splitlines()]
PASSAGES = [str(row["passage"]) for row in ROWS]
CLAIMS = dict(enumerate(read(str(row["claim"]), date=DAY) for row in ROWS))


@given(st.text(max_size=200))
def test_a_text_has_the_terms_of_its_statement_without_being_read(text: str) -> None:
    assert set(read(text, date=DAY).terms) <= set(terms_of(text))


@pytest.mark.parametrize("passage", PASSAGES[:100])
def test_a_passage_has_the_terms_of_its_statement_without_being_read(passage: str) -> None:
    assert set(read(passage, date=DAY).terms) <= set(terms_of(passage))


@given(st.text(max_size=200))
def test_a_setting_lends_what_the_reading_would(text: str) -> None:
    assert_lends_the_same(text)


@pytest.mark.parametrize("passage", PASSAGES[:100])
def test_a_passage_lends_what_its_reading_would(passage: str) -> None:
    assert_lends_the_same(passage)


def assert_lends_the_same(text: str) -> None:
    lent, full = setting_of(text, date=DAY), read(text, date=DAY)
    assert (lent.terms, lent.names, lent.periods) == (full.terms, full.names, full.periods)


def test_what_may_tell_nothing_is_compared_in_vain() -> None:
    """The others' claims stand for a stream: most passages hold no figure that could be set against theirs."""
    passages = [read(text, date=DAY) for text in PASSAGES[:60]]
    in_vain = 0
    for claim in list(CLAIMS.values())[:60]:
        for passage in passages:
            if not may_tell(claim, passage):
                found = compare(claim, passage, policy=NEWSROOM)
                assert found.relation in OFF_TOPIC
                in_vain += 1
    assert in_vain > 500


@pytest.mark.parametrize(
    ("claim", "sentence", "before", "enough"),
    [
        ("The tram to the harbour runs again.", "The tram runs to the harbour again.", "", True),
        (
            "The tram to the harbour runs again.",
            "The tram stands still.",
            "The harbour is closed; nothing runs.",
            False,
        ),
        ("The number of prisoners in the Netherlands dropped.", "It climbed.", "Dutch prisons, by number:", True),
        ("Eight trams run to the harbour at night.", "Ten trams were bought.", "", False),
        ("Eight trams run to the harbour at night.", "Ten trams run.", "", True),
    ],
)
def test_enough_of_a_claim_must_be_said(claim: str, sentence: str, before: str, enough: bool) -> None:
    said, around = read(sentence), read(f"{before} {sentence}")
    figures = any(row.figure is not None for row in read(claim).slots)
    assert says_enough(read(claim).terms, said.terms, around.terms, has_figures=figures, policy=NEWSROOM) is enough


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


@pytest.mark.parametrize("word", sorted(DENIALS))
def test_every_word_that_denies_counts(word: str) -> None:
    sentence = f"Officials did{word} say so." if word == "n't" else f"Officials {word} say so."
    assert Heard.of(sentence, frozenset(), (), ()).counts
    assert Heard.of(sentence.upper(), frozenset(), (), ()).counts


def test_every_sentence_that_is_read_as_a_denial_counts() -> None:
    sentences = [span.of(passage) for passage in PASSAGES for span in sentence_spans(passage)]
    denying = [text for text in sentences if {"negated", "debunked", "denied"} & set(cues(tokens(text)))]
    assert len(denying) > 20
    assert [text for text in denying if not Heard.of(text, frozenset(), (), ()).counts] == []
