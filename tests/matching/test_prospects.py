"""Candidates are sifted before anything is read: nothing is passed over that would have been a finding."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import (
    NEWSROOM,
    Brief,
    Candidate,
    ClaimIndex,
    Document,
    DocumentReader,
    Relation,
    Statement,
    compare,
    is_finding,
    read,
)
from claims.matching.attribution import DENIALS, cues
from claims.matching.concepts import sayings
from claims.matching.fit.pairs import OURS
from claims.matching.hearing import Hearing
from claims.matching.nearness import says_enough
from claims.matching.numbers import may_count
from claims.matching.pipeline import CONTEXT_SENTENCES, document_sentences
from claims.matching.stance import may_tell
from claims.matching.text import tokens

DAY = date(2020, 4, 5)
OFF_TOPIC = (Relation.SAME_TOPIC, Relation.UNRELATED_LOOKALIKE)
ROWS = [json.loads(line) for path in sorted(OURS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
PASSAGES = list(dict.fromkeys(str(row["passage"]) for row in ROWS))
TOGETHER = 6  # passages of a document: each is read with what stands before it
CLAIMS = dict(enumerate(read(text, date=DAY) for text in dict.fromkeys(str(row["claim"]) for row in ROWS)))
DOCUMENTS = [
    Document("", " ".join(PASSAGES[first : first + TOGETHER]), DAY) for first in range(0, len(PASSAGES), TOGETHER)
]
FOREIGN = [
    Document("", text, DAY)
    for text in (
        "La China a exporté 3,86 milliards de masks depuis March 1, selon les douanes. L'Italie n'en a reçu aucun.",
        "China export: 3.86 billion masks seit 1. März, sagte der Zoll. Italien erhielt davon keine einzige.",
        "China exportó 38.6 billion masks desde el 1 de marzo; 16,000 ventilators fueron a Italia.",
        "中国出口了3.86 billion masks, 海关说。China exported 三十八亿 masks since March 1。",
    )
]
DENYING = {"negated", "debunked", "denied"}
Claims = Mapping[int, Statement]
Found = tuple[int | str, int]
"""A claim, and where the sentence begins that it was compared with."""


@lru_cache(maxsize=10_000)
def reading(text: str) -> Statement:
    return read(text, date=DAY)


def sentences_of(document: Document) -> list[str]:
    return [span.of(document.body) for _, span in document_sentences(document)]


def plainly_found(document: Document, candidates: Iterable[Candidate], claims: Claims) -> dict[Found, Relation]:
    """What comparing every candidate says, as slow as that is."""
    texts, spans = sentences_of(document), [span for _, span in document_sentences(document)]
    found = {}
    for candidate in candidates:
        sentence, *context = [reading(texts[number]) for number in with_context(candidate.sentence)]
        told = compare(claims[int(candidate.claim_id)], sentence, context=context, policy=NEWSROOM.on_a_stream())
        if is_finding(told):
            found[candidate.claim_id, spans[candidate.sentence].start] = told.relation
    return found


def with_context(number: int) -> Iterable[int]:
    """A sentence, those right before it, nearest first, and the first of all."""
    nearest = range(number, max(-1, number - 1 - CONTEXT_SENTENCES), -1)
    return dict.fromkeys([*nearest, 0])


def lost(documents: Sequence[Document], claims: Claims) -> tuple[Counter[Relation], int]:
    """The findings that sifting loses, by relation, and how many it leaves. It adds none."""
    index = ClaimIndex.build((number, claim.text) for number, claim in claims.items())
    briefs = {number: Brief.of(claim) for number, claim in claims.items()}
    missed: Counter[Relation] = Counter()
    left = 0
    for document in documents:
        reader = DocumentReader(document)
        candidates = reader.candidates(index)
        matches = reader.matches(reader.prospects(candidates, briefs), claims)
        sifted = {(match.claim_id, match.start): match.comparison.relation for match in matches}
        plain = plainly_found(document, candidates, claims)
        assert sifted.items() <= plain.items()
        missed.update(plain[found] for found in plain.keys() - sifted.keys())
        left += len(sifted)
    return missed, left


def figure_by_hand(claim: Statement) -> Statement:
    """The same reading of a text without its numerals: as if an editor had added the figures."""
    signs = list(re.sub(r"\d", "x", claim.text))
    for quantity in claim.quantities:
        span = quantity.span
        signs[span.start : span.end] = "x" * (span.end - span.start)
    return replace(claim, text="".join(signs))


BY_HAND = {
    number: by_hand
    for number, claim in CLAIMS.items()
    if claim.quantities and not may_count((by_hand := figure_by_hand(claim)).text, 0, len(claim.text))
}


def test_sifting_loses_no_finding() -> None:
    missed, left = lost(DOCUMENTS, CLAIMS)
    assert missed == {}
    assert left > 200


def test_sifting_loses_nothing_of_claims_whose_figures_an_editor_added() -> None:
    missed, left = lost(DOCUMENTS, BY_HAND)
    assert missed == {}
    assert left > 150


def test_sifting_loses_nothing_of_foreign_reports() -> None:
    texts = ("China has exported 3.86 billion masks since March 1", "China has not exported a single mask to Italy")
    claims = CLAIMS | {number: read(text, date=DAY) for number, text in enumerate(texts, len(CLAIMS))}
    missed, left = lost(FOREIGN, claims)
    assert missed == {}
    assert left > 0


def test_foreign_claims_come_to_nothing_with_and_without_sifting() -> None:
    texts = ("La Chine a exporté 3,86 milliards de masks depuis March 1", "China hat 3.86 billion masks exportiert")
    claims = {number: read(text, date=DAY, language="fr") for number, text in enumerate(texts)}
    assert lost(FOREIGN, claims) == ({}, 0)


def test_most_candidates_are_passed_over_unread() -> None:
    index = ClaimIndex.build((number, claim.text) for number, claim in CLAIMS.items())
    briefs = {number: Brief.of(claim) for number, claim in CLAIMS.items()}
    offered = left = 0
    for document in DOCUMENTS[::5]:
        reader = DocumentReader(document)
        candidates = reader.candidates(index)
        offered, left = offered + len(candidates), left + len(reader.prospects(candidates, briefs))
    assert 0 < left < 0.4 * offered


@pytest.mark.parametrize("word", sorted(DENIALS))
def test_every_word_that_denies_is_heard(word: str) -> None:
    sentence = f"Officials did{word} say so." if word == "n't" else f"Officials {word} say so."
    assert Hearing(sentence, DAY).denies
    assert Hearing(sentence.upper(), DAY).denies


def test_every_sentence_that_is_read_as_a_denial_is_heard() -> None:
    denying = [text for document in DOCUMENTS for text in sentences_of(document) if DENYING & set(cues(tokens(text)))]
    assert len(denying) > 50
    assert [text for text in denying if not Hearing(text, DAY).denies] == []


def test_a_claim_whose_figure_an_editor_added_needs_no_numeral() -> None:
    claim = figure_by_hand(read("China has exported 3.86 billion masks", date=DAY))
    assert not may_count(claim.text, 0, len(claim.text))
    reader = DocumentReader(Document("", "China told the hall of the numbers yesterday: 3.86 billion masks.", DAY))
    offered = [Candidate(1, 0, 0.9)]
    assert reader.prospects(offered, {1: Brief.of(claim)}) == offered


@given(st.text(max_size=200))
def test_a_text_has_the_terms_of_its_statement_without_being_read(text: str) -> None:
    assert set(read(text, date=DAY).terms) <= set(Hearing(text, DAY).terms)


NAMED = ["Million", "US-Made", "US-made", "Swiss", "June", "Eleven", "5%", "Pound", "Health", "Chinese", "of", "North"]


@given(st.lists(st.sampled_from(NAMED), max_size=8).map(" ".join))
def test_figures_in_front_of_names_hide_none(text: str) -> None:
    assert set(read(text, date=DAY).terms) <= set(Hearing(text, DAY).terms)


def test_a_name_behind_a_figure_in_capitals_is_heard() -> None:
    claim = read("The United States has 3 million masks.", date=DAY)
    reader = DocumentReader(Document("", "Hospitals have 3 Million US-Made Masks.", DAY))
    offered = [Candidate(1, 0, 0.9)]
    assert reader.prospects(offered, {1: Brief.of(claim)}) == offered
    assert [found.comparison.relation for found in reader.matches(offered, {1: claim})] == [Relation.DIFFERENT_SCOPE]


@pytest.mark.parametrize("passage", PASSAGES[:100])
def test_a_passage_has_the_terms_of_its_statement_without_being_read(passage: str) -> None:
    assert set(read(passage, date=DAY).terms) <= set(Hearing(passage, DAY).terms)


@given(st.text(max_size=200))
def test_a_setting_lends_what_the_reading_would(text: str) -> None:
    assert_lends_the_same(text)


@pytest.mark.parametrize("passage", PASSAGES[:100])
def test_a_passage_lends_what_its_reading_would(passage: str) -> None:
    assert_lends_the_same(passage)


def assert_lends_the_same(text: str) -> None:
    lent, full = Hearing(text, DAY).setting, read(text, date=DAY)
    assert (lent.terms, lent.names, lent.periods) == (full.terms, full.names, full.periods)
    assert lent.quantities == full.quantities


def test_what_may_tell_nothing_is_compared_in_vain() -> None:
    """The others' claims stand for a stream: most passages hold no figure that could be set against theirs."""
    policy = NEWSROOM.on_a_stream()
    hearings = [Hearing(text, DAY) for text in PASSAGES[:60]]
    in_vain = 0
    for claim in list(CLAIMS.values())[:60]:
        for hearing in hearings:
            denies = not DENYING.isdisjoint(cue for said in hearing.reading.sentences for cue in said.cues)
            if not may_tell(claim, hearing.setting, policy, denies=denies):
                found = compare(claim, hearing.reading, policy=policy)
                assert not is_finding(found)
                in_vain += 1
    assert in_vain > 2000


CREW = "The crew of the Tiangong space station spent 187 days in orbit."
INJURED = "Forty people were injured at the demonstration in Lyon."


@pytest.mark.parametrize(
    ("claim", "sentence", "chosen", "on_a_stream"),
    [
        (CREW, "After more than 180 days on the Tiangong, two women and a man touched down.", True, True),
        (CREW, "After 150 days on the Tiangong, two women and a man touched down.", True, False),
        (CREW, "The crew of the space station Tiangong spent 150 days in orbit.", True, True),
        (INJURED, "Twelve people were injured when a bus overturned.", True, False),
        (INJURED, "Twelve people were injured at a demonstration.", True, True),
    ],
)
def test_a_sentence_nobody_chose_must_say_more_to_contradict_or_stay_open(
    claim: str, sentence: str, chosen: bool, on_a_stream: bool
) -> None:
    ours, theirs = read(claim, date=DAY), read(sentence, date=DAY)
    assert is_finding(compare(ours, theirs)) is chosen
    assert is_finding(compare(ours, theirs, policy=NEWSROOM.on_a_stream())) is on_a_stream


@pytest.mark.parametrize(("aliases", "is_shown"), [((), False), (("ventilators",), True), (("goggles = N95",), False)])
def test_another_name_of_the_claim_counts_as_its_own(aliases: tuple[str, ...], is_shown: bool) -> None:
    claim = read("China has exported 16,000 respirators since 1 March 2020", date=DAY, aliases=aliases)
    sentence = read("China also exported nearly 5,000 ventilators to the United States.", date=DAY)
    assert is_finding(compare(claim, sentence, policy=NEWSROOM.on_a_stream())) is is_shown


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
    said, around = (sayings(read(text).terms) for text in (sentence, f"{before} {sentence}"))
    figures = any(row.figure is not None for row in read(claim).slots)
    assert says_enough(read(claim).terms, said, lambda: [around], has_figures=figures, policy=NEWSROOM) is enough


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
