"""The claim index: what is a candidate, whatever the order and the history of an index; its file."""

import math
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import (
    NEWSROOM,
    Candidate,
    ClaimIndex,
    ReadingError,
    index_base,
    key_terms,
    report_terms,
    sentence_spans,
)
from claims.matching.index_base import LOOKED_AT, SCORED_AT_ONCE
from claims.matching.index_gate import LEAST_SHARE, LEAST_WEIGHT, lexical, score
from claims.matching.index_terms import FIGURE, codes, terms, version, weight_of
from claims.matching.outcomes import ClaimId
from claims.matching.similarity import masked

TEXTS = {
    1: "China has exported 3.86 billion face masks since 1 March 2020",
    2: "China has exported 16,000 respirators since 1 March 2020\nventilators",
    3: "Turnout in the Norwegian election was 77 percent",
    "lisbon": "Lisbon's trams carried 12 million passengers in 2019",
    "work": "People work in many countries",
}
OF_ALL_SORTS = """Since 1 March China's customs have cleared 3.86bn masks, 16,000 respirators and four million pairs of
goggles; the White House said the U.S. bought 12.5 pct of them for £77m. Beyoncé didn't tweet #StayHome on the 21st."""
TERMS_OF_POLICY = {"newsroom-4": ("1-c3428b8e", "97faf895"), "newsroom-5": ("1-c3428b8e", "97faf895")}
"""What terms reports were stored with under each version of the policy. Rows are added and never changed."""
WORDS = """China|exported|masks|3.86bn|3.86 billion|16,000|ventilators|Norway|turnout|election|people|work|countries
trams|Lisbon|White House|United States|Covid-19|7|since|the|Oslo|of|“|77%|not|the US|Beyoncé|\ud800
passengers""".replace("\n", "|").split("|")
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
IDS: st.SearchStrategy[ClaimId] = st.one_of(st.integers(-3, 4), st.sampled_from(["", "a", "1", "é"]))
Step = tuple[str, ClaimId, str]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), IDS, SENTENCES),
        st.tuples(st.just("remove"), IDS, st.just("")),
        st.tuples(st.just("reopen"), st.just(0), st.just("")),
    ),
    max_size=25,
)


def by_hand(claims: Mapping[ClaimId, str], sentences: list[str]) -> list[Candidate]:
    """Every claim against every sentence, from the words of the promise: a key in common, enough weight in common."""
    found = []
    for number, sentence in enumerate(sentences):
        said = set(terms(sentence))
        scored = []
        for claim_id, text in claims.items():
            held = set(terms(text))
            shared, total = sum(map(weight_of, held & said)), sum(map(weight_of, held))
            is_enough = shared >= LEAST_WEIGHT or shared >= LEAST_SHARE / 100 * total
            if said & set(key_terms(text)) and is_enough:
                scored.append(
                    Candidate(claim_id, number, score(lexical(shared, total), masked(text), masked(sentence)))
                )
        found += sorted(scored, key=lambda one: (-one.score, isinstance(one.claim_id, str), one.claim_id))[:20]
    return found


@given(st.dictionaries(IDS, SENTENCES, max_size=8), st.lists(SENTENCES, max_size=4))
@settings(max_examples=200, deadline=None)
def test_the_candidates_are_those_that_scoring_every_claim_finds(claims: dict[ClaimId, str], said: list[str]) -> None:
    assert ClaimIndex.build(claims.items()).candidates(said) == by_hand(claims, said)


def after(steps: list[Step], index: ClaimIndex, claims: dict[ClaimId, str], path: Path) -> ClaimIndex:
    """The index with the steps taken, and `claims` as it should hold them."""
    for step, claim_id, text in steps:
        if step == "add":
            index.add(claim_id, text)
            claims[claim_id] = text
        elif step == "remove":
            index.remove(claim_id)
            claims.pop(claim_id, None)
        else:
            index.save(path)
            index = ClaimIndex.load(path)
    return index


@given(STEPS, st.lists(SENTENCES, min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_an_index_with_a_history_equals_a_fresh_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], said: list[str]
) -> None:
    claims = dict[ClaimId, str]()
    index = after(steps, ClaimIndex(), claims, tmp_path_factory.getbasetemp() / "history.index")
    fresh = ClaimIndex.build(claims.items())
    assert index.candidates(said) == fresh.candidates(said)
    assert len(index) == len(fresh) == len(claims)
    assert all(claim_id in index for claim_id in claims)


@given(STEPS, STEPS, st.lists(SENTENCES, min_size=1, max_size=3))
@settings(max_examples=50, deadline=None)
def test_a_copy_changes_for_itself(
    tmp_path_factory: pytest.TempPathFactory, before: list[Step], later: list[Step], said: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "copied.index"
    index = after(before, ClaimIndex(), {}, path)
    was = index.candidates(said)
    after(later, index.copy(), {}, path)
    assert index.candidates(said) == was


@given(
    st.dictionaries(IDS, SENTENCES, max_size=8),
    STEPS,
    st.lists(SENTENCES, min_size=1, max_size=6),
    st.integers(1, 8),
    st.integers(1, 3),
)
@settings(max_examples=200, deadline=None)
def test_the_best_of_all_sentences_are_the_same_when_others_may_be_left_out(
    tmp_path_factory: pytest.TempPathFactory,
    built: dict[ClaimId, str],
    later: list[Step],
    said: list[str],
    most: int,
    top: int,
) -> None:
    path = tmp_path_factory.getbasetemp() / "most.index"
    index = after(later, ClaimIndex.build(built.items()), {}, path)

    def best(candidates: list[Candidate]) -> list[Candidate]:
        return sorted(candidates, key=lambda one: -one.score)[:most]

    every = index.candidates(said, top=top)
    assert best(index.candidates(said, top=top, most=most)) == best(every)
    assert index.candidates(said, top=top, said=list(map(codes, said))) == every


def test_a_search_goes_on_in_what_it_began_with() -> None:
    """As in a web process, where one thread searches while another takes in what has happened."""
    index, stop = ClaimIndex.build(TEXTS.items()), threading.Event()
    for number in range(50):
        index.add(number + 100, f"China has exported {number} billion face masks")
    index_now = [index]

    def follow() -> None:
        for number in range(2_000):
            copied = index_now[0].copy()
            copied.add(number % 50 + 100, f"China has exported {number} billion face masks")
            index_now[0] = copied
        stop.set()

    following = threading.Thread(target=follow)
    following.start()
    while not stop.is_set():
        assert len(index_now[0].candidates(["China has exported 3 billion face masks"], top=100)) == 52
    following.join()


@given(st.permutations(list(TEXTS)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_insertion_does_not_matter(order: list[ClaimId]) -> None:
    said = ["China exported masks and ventilators.", "12 million people work in Lisbon.", "Turnout in Norway: 77%"]
    built = ClaimIndex.build((claim_id, TEXTS[claim_id]) for claim_id in order)
    added = ClaimIndex()
    for claim_id in order:
        added.add(claim_id, TEXTS[claim_id])
    assert built.candidates(said) == added.candidates(said) == ClaimIndex.build(TEXTS.items()).candidates(said) != []


@pytest.mark.parametrize("claim_id", TEXTS)
def test_a_claim_alone_is_found_as_among_the_others(claim_id: ClaimId) -> None:
    said = ["China exported masks since March.", "Norwegian turnout fell.", "Many people work.", "Trams in Lisbon."]
    alone = ClaimIndex.build([(claim_id, TEXTS[claim_id])]).candidates(said)
    together = ClaimIndex.build(TEXTS.items()).candidates(said)
    assert alone == [found for found in together if found.claim_id == claim_id]


@pytest.mark.parametrize("written", ["3.86bn", "3.86 billion", "3,860 million", "3,860,000,000", "3.86-billion"])
def test_a_figure_is_one_term_however_it_is_written(written: str) -> None:
    assert FIGURE + "3860000000" in terms(f"It sold {written} masks.")


def test_numbers_in_words_units_and_names_are_terms() -> None:
    assert terms("four million, 77%, the White House") == terms("four million, 77 per cent, the White House")
    assert {FIGURE + "4000000", "percent", "united states"} <= set(terms("Four million, 77%, the White House"))
    assert terms("Chinese") == terms("Beijing") == terms("China")


def test_a_figure_and_a_word_find_a_claim() -> None:
    index = ClaimIndex.build(TEXTS.items())
    assert index.candidates(["A total of 3.86bn were exported."])[0].claim_id == 1


def test_a_claim_of_common_words_is_found_by_any_of_them() -> None:
    assert set(key_terms(TEXTS["work"])) == set(terms(TEXTS["work"]))
    index = ClaimIndex.build(TEXTS.items())
    assert [found.claim_id for found in index.candidates(["Fewer people are at work in most countries."])] == ["work"]


def test_what_a_claim_is_a_candidate_of_holds_a_key_of_it() -> None:
    index = ClaimIndex.build(TEXTS.items())
    for said in ("China exported masks.", "People work.", "Norway's turnout", "12 million passengers"):
        for found in index.candidates([said]):
            assert set(key_terms(TEXTS[found.claim_id])) & set(terms(said))


@given(SENTENCES, SENTENCES)
@settings(max_examples=100, deadline=None)
def test_a_report_holds_a_key_of_every_candidate_of_its_sentences(claim: str, said: str) -> None:
    report = f"Snow fell in 12\n{said}. {said}\n\nMillion"
    sentences = [span.of(report) for span in sentence_spans(report)]
    if ClaimIndex.build([(1, claim)]).candidates(sentences):
        assert set(key_terms(claim)) & set(report_terms(report))


def test_among_many_claims_the_best_are_found() -> None:
    claims: dict[ClaimId, str] = {number: f"Zambezia sold {number} boats to Peru" for number in range(4 * LOOKED_AT)}
    claims["best"] = "Zambezia sold ferries to Peru"
    (first, *_) = ClaimIndex.build(claims.items()).candidates(["Peru: ferries sold by Zambezia"], top=5)
    assert first.claim_id == "best"


def test_a_claim_of_many_words_is_scored_in_full() -> None:
    text = " ".join(f"Zambezia{letter}a" for letter in "bcdfghjklmnpqrstvwxz")
    (found,) = ClaimIndex.build([(1, text), (2, "Snow fell")]).candidates([text])
    assert found.score == score(lexical(2_000, 2_000), "a", "a")


def test_removed_claims_leave_room_for_others() -> None:
    index = ClaimIndex.build((number, f"Zambezia sold {number} boats") for number in range(300))
    for number in range(280):
        index.remove(number)
    assert {found.claim_id for found in index.candidates(["Zambezia"])} == set(range(280, 300))


def test_more_sentences_than_are_looked_at_together_keep_their_places() -> None:
    found = ClaimIndex.build(TEXTS.items()).candidates(["Snow fell."] * 150 + ["China exported masks."])
    assert {one.sentence for one in found} == {150}


@pytest.mark.parametrize("short", [np.iinfo(np.int16).max, 1])
def test_sentences_scored_together_come_out_like_each_alone(short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where they have more terms than numbers of 16 bits."""
    monkeypatch.setattr(index_base, "_SHORT", short)
    long = " ".join(f"Zambezia{letter}a" for letter in "bcdfghjklmnpqrstvwxz")
    index = ClaimIndex.build([*TEXTS.items(), ("long", long)])
    said = [*TEXTS.values(), "Snow fell.", "", long, "Masks for Norway, trams for Lisbon"] * SCORED_AT_ONCE
    alone = [[(one.claim_id, one.score) for one in index.candidates([text])] for text in said]
    together: list[list[tuple[ClaimId, float]]] = [[] for _ in said]
    for one in index.candidates(said):
        together[one.sentence].append((one.claim_id, one.score))
    assert together == alone
    assert sum(map(len, alone)) > len(said)


def test_none_comes_under_the_least_score() -> None:
    index = ClaimIndex.build(TEXTS.items())
    said = ["China exported masks and ventilators.", "Many people work."]
    every = index.candidates(said)
    for least in (0.1, 0.3, every[0].score, 1.0):
        assert index.candidates(said, least=least) == [found for found in every if found.score >= least]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = ClaimIndex.build(())
    assert (index.candidates(["China exported masks."]), index.candidates([]), len(index)) == ([], [], 0)
    index.save(tmp_path / "empty")
    assert ClaimIndex.load(tmp_path / "empty").candidates(["China"]) == []


def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    ClaimIndex.build(TEXTS.items()).save(tmp_path / "whole")
    whole = (tmp_path / "whole").read_bytes()
    for length in {0, 1, 20, len(whole) // 2, len(whole) - 20, len(whole) - 1}:
        (tmp_path / "cut").write_bytes(whole[:length])
        with pytest.raises(ReadingError):
            ClaimIndex.load(tmp_path / "cut")


@pytest.mark.parametrize("content", [b'{"format": "claim-index-1"}' * 9, b"\0" * 500, b"claim-index-2\n" + b"x" * 200])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "foreign").write_bytes(content)
    with pytest.raises(ReadingError):
        ClaimIndex.load(tmp_path / "foreign")


def test_a_file_of_other_rules_is_refused(tmp_path: Path) -> None:
    ClaimIndex.build(TEXTS.items()).save(tmp_path / "old")
    content = (tmp_path / "old").read_bytes()
    (tmp_path / "old").write_bytes(content.replace(b'"keys-', b'"syek-'))
    with pytest.raises(ReadingError):
        ClaimIndex.load(tmp_path / "old")


def test_other_terms_come_with_another_version_of_the_policy() -> None:
    """Else `rematch` leaves the stored reports' terms as they are, and look-backs no longer find old reports."""
    checksum = f"{crc32(repr(codes(OF_ALL_SORTS)).encode()):08x}"
    assert TERMS_OF_POLICY.get(NEWSROOM.version) == (version(), checksum)


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, synced, sync = tmp_path / "claims.index", [], os.fsync

    def noted(descriptor: int) -> None:
        synced.append((Path(f"/proc/self/fd/{descriptor}").readlink(), path.exists(), os.fstat(descriptor).st_size))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    ClaimIndex.build([(1, "China exported masks")]).save(path)
    assert [(opened.name, named) for opened, named, _ in synced] == [
        ("claims.index.new", False),
        (tmp_path.name, True),
    ]
    assert synced[0][2] == path.stat().st_size


def test_a_loaded_index_keeps_its_file_while_a_newer_one_takes_its_place(tmp_path: Path) -> None:
    ClaimIndex.build(TEXTS.items()).save(tmp_path / "index")
    loaded = ClaimIndex.load(tmp_path / "index")
    before = loaded.candidates(["China exported masks."])
    ClaimIndex.build([(9, "Snow fell in Oslo")]).save(tmp_path / "index")
    assert loaded.candidates(["China exported masks."]) == before


def test_saving_makes_the_delta_part_of_the_base(tmp_path: Path) -> None:
    index = ClaimIndex.build(TEXTS.items())
    index.remove(3)
    index.add(1, "Snow fell in Oslo")
    assert (index.added, index.removed) == (1, 2)
    index.save(tmp_path / "index")
    loaded = ClaimIndex.load(tmp_path / "index")
    assert (loaded.added, loaded.removed, len(loaded)) == (0, 0, 4)
    assert 3 not in loaded


@pytest.mark.parametrize("claim_id", [2**63, -(2**70)])
def test_a_number_beyond_64_bits_is_no_id(claim_id: int) -> None:
    with pytest.raises(ReadingError):
        ClaimIndex.build([(claim_id, "China exported masks")])


def test_a_score_is_a_share() -> None:
    assert score(10_000, "a b", "a b") == 1.0
    assert 0 <= lexical(0, 100) <= lexical(50, 100) <= lexical(100, 100) <= 10_000
    assert math.isclose(score(2_000, "a", "a"), 0.16)
