"""Ranking: the claims a short text speaks of, against rows of our own, a slow oracle, and what holds for any text."""

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.claim_fields import grams, pairs
from claims.matching.lexical_index import LENGTH_SHARE, SATURATION, LexicalIndex, best
from claims.matching.posts import plain_words, read_post, terms
from claims.matching.ranking import ClaimRanking, StoredClaim
from claims.matching.stated_dates import StatedDates, time_features
from claims.matching.tags import Vocabulary, opened

SPECS = Path(__file__).parent / "specs"
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (SPECS / name).read_text("utf-8").splitlines()]


CLAIMS = [StoredClaim(row["id"], row["text"], row["title"]) for row in rows("ranking_claims.jsonl")]
RANKING = ClaimRanking.build(CLAIMS)
WORDS = st.sampled_from(["mask", "bridge", "bridge", "toll", "river", "pink", "vote", "4,000", "Delgado", "crack"])
DOCUMENTS = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=8)
ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(["#HarbourBridge", "— Rosa (@Delgado)", "https://t.co/a", "3.86", "masks", "U.S.", "\ud800"]),
        max_size=20,
    ).map(" ".join),
)  # fmt: skip


@pytest.mark.parametrize("row", rows("ranking.jsonl"), ids=lambda row: row["claim"])
def test_a_post_is_about_the_claim_of_its_row(row: Row) -> None:
    assert RANKING.rank(row["text"])[0][0] == row["claim"]


@pytest.mark.parametrize("row", rows("ranking.jsonl"), ids=lambda row: row["claim"])
def test_claims_without_titles_are_found_as_well(row: Row) -> None:
    found = UNTITLED.rank(row["text"], top=5)
    assert row["claim"] in [claim for claim, _ in found]


UNTITLED = ClaimRanking.build(claim._replace(title="") for claim in CLAIMS)


def test_scores_are_probabilities_in_falling_order() -> None:
    for row in rows("ranking.jsonl"):
        scores = [score for _, score in RANKING.rank(row["text"])]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_a_post_about_nothing_stored_gets_a_lower_score_than_one_about_a_claim() -> None:
    about = RANKING.rank("Dolphins are back in the canals of Venice, Italy")[0][1]
    aside = RANKING.rank("Good morning Italy, another lovely day on the water")[0][1]
    assert about > 0.5 > aside


@pytest.mark.parametrize("text", ["", "   ", "the of and", "https://t.co/abc", "zzzzqqq"])
def test_a_text_that_shares_nothing_has_no_candidates(text: str) -> None:
    assert RANKING.rank(text) == []


def test_an_empty_collection_answers() -> None:
    assert ClaimRanking.build([]).rank("masks") == []


def test_the_last_of_two_rows_with_one_id_counts() -> None:
    ranking = ClaimRanking.build(
        [StoredClaim(1, "An old text about dolphins"), StoredClaim(1, "A new one about wolves")]
    )
    assert len(ranking) == 1
    assert ranking.rank("dolphins") == []
    assert ranking.rank("wolves")[0][0] == 1


def test_more_candidates_can_be_asked_for_than_are_usually_looked_at() -> None:
    many = ClaimRanking.build(StoredClaim(number, f"Claim about masks and case {number}") for number in range(200))
    assert len(many.rank("masks", top=150)) == 150
    assert len(many.rank("masks", top=7)) == 7


def test_the_same_collection_and_text_give_the_same_answer() -> None:
    again = ClaimRanking.build(CLAIMS)
    for row in rows("ranking.jsonl"):
        assert again.rank(row["text"]) == RANKING.rank(row["text"])


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_any_text_is_ranked(text: str) -> None:
    found = RANKING.rank(text, top=5)
    assert len(found) <= 5
    assert all(math.isfinite(score) for _, score in found)


@given(st.lists(ANY_TEXT, max_size=6), ANY_TEXT)
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_a_claim(texts: list[str], title: str) -> None:
    stored = [StoredClaim(number, text, title) for number, text in enumerate(texts)]
    assert {claim for claim, _ in ClaimRanking.build(stored).rank("masks " + title)} <= set(range(len(texts)))


@given(st.sampled_from(rows("ranking.jsonl")), st.text(alphabet="qxzj ", min_size=5, max_size=60))
@settings(max_examples=12, deadline=None)
def test_a_claim_that_shares_no_word_does_not_push_the_best_one_out(row: Row, strange: str) -> None:
    grown = ClaimRanking.build([*CLAIMS, StoredClaim("strange", f"Qqxzj {strange}")])
    assert row["claim"] in [claim for claim, _ in grown.rank(row["text"], top=3)]


def obvious_bm25(documents: list[list[str]], query: list[str]) -> list[float]:
    """The formula as the paper prints it, a text at a time."""
    mean = max(sum(map(len, documents)) / len(documents), 1)
    found = []
    for document in documents:
        score = 0.0
        for term in set(query):
            having = sum(term in other for other in documents)
            count = Counter(document)[term]
            length = 1 - LENGTH_SHARE + LENGTH_SHARE * len(document) / mean
            rarity = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
            score += rarity * count / (count + SATURATION * length) if count else 0.0
        found.append(score)
    return found


@given(DOCUMENTS, st.lists(WORDS, max_size=6))
@settings(max_examples=200, deadline=None)
def test_the_index_scores_as_the_obvious_formula_does(documents: list[list[str]], query: list[str]) -> None:
    assert LexicalIndex.build(documents).scores(query).tolist() == pytest.approx(
        obvious_bm25(documents, query), rel=1e-4, abs=1e-6
    )


@given(DOCUMENTS, st.lists(WORDS, max_size=6))
@settings(deadline=None)
def test_shared_rarity_is_summed_term_by_term(documents: list[list[str]], query: list[str]) -> None:
    index = LexicalIndex.build(documents)
    wanted = [sum(index.rarity(term) for term in set(query) & set(document)) for document in documents]
    assert index.shared(query).tolist() == pytest.approx(wanted, rel=1e-4, abs=1e-6)
    whole = [sum(index.rarity(term) for term in set(document)) for document in documents]
    assert index.totals.tolist() == pytest.approx(whole, rel=1e-4, abs=1e-6)


@given(DOCUMENTS, st.lists(WORDS, max_size=6), st.integers(1, 10))
@settings(deadline=None)
def test_the_best_are_the_first_of_a_full_sort(documents: list[list[str]], query: list[str], count: int) -> None:
    scores = LexicalIndex.build(documents).scores(query)
    full = sorted((number for number in range(len(scores)) if scores[number] > 0), key=lambda n: (-scores[n], n))
    assert best(scores, count) == full[:count]


def test_a_post_is_taken_apart() -> None:
    post = read_post(
        "Look at this #BlackLivesMatterpic.twitter.com/AbC1 says @BarackObama https://t.co/x1 — Jane Doe (@jane_doe42) "
        "January 6, 2020"
    )
    assert post.body.split() == ["Look", "at", "this", "Black", "Lives", "Matter", "says", "Barack", "Obama"]
    assert post.signature.split() == ["Jane", "Doe", "jane", "doe", "42"]
    assert post.signed_on == "January 6, 2020"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("BlackLivesMatter", "Black Lives Matter"),
        ("NASAEarth", "NASA Earth"),
        ("election_2020", "election 2020"),
        ("Élections_Europe", "Élections Europe"),
        ("covid19", "covid 19"),
        ("ESPN", "ESPN"),
    ],
)
def test_a_tag_is_opened(tag: str, words: str) -> None:
    assert opened(tag) == words


def test_words_are_folded() -> None:
    said = "U.S. troops, the US and us: Beyoncé’s 3,000 fans in Mr. T's 5-year-old U.K."
    assert " ".join(plain_words(said)) == ("usa troops the usa and us beyonce 3000 fans in mr t 5 year old uk")


def test_terms_leave_out_stop_words_and_endings() -> None:
    assert terms("The masks were exported by the Chinese") == ["mask", "export", "chines"]


def test_pairs_and_grams() -> None:
    assert pairs(["a", "b", "c"]) == ["a b", "b c"]
    assert grams("the masks") == ["<mas", "mask", "asks", "sks>"]
    assert grams("x") == ["<x>"]


VOCABULARY = Vocabulary(
    plain_words("The festival of Fyre is a festival in the harbour, with bridge toll and the bridge.")
)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("fyrefestival", ["fyre", "festival"]),
        ("harbourbridgetoll", ["harbour", "bridge", "toll"]),
        ("FyreFestival", []),
        ("festival", []),
        ("xqzvkwfestival", ["festival"]),
        ("xqzvkwxqzvkw", []),
        ("", []),
    ],
)
def test_a_tag_without_capitals_is_divided_by_known_words(tag: str, words: list[str]) -> None:
    assert VOCABULARY.divided(tag) == words


@given(st.text(alphabet="abcfyrefestivalharbou", max_size=60))
def test_a_divided_tag_holds_its_words_in_order(tag: str) -> None:
    at = 0
    for word in VOCABULARY.divided(tag):
        found = tag.find(word, at)
        assert found >= at
        at = found + len(word)


@pytest.mark.parametrize(
    ("text", "years", "months"),
    [
        ("on August 20, 2019", (2019,), (2019 * 12 + 7,)),
        ("on 20 Aug. 2019 and in May 2018", (2019, 2018), (2019 * 12 + 7, 2018 * 12 + 4)),
        ("in 2016", (2016,), ()),
        ("cost $2019 or 2,019 or 1999.5 or 2018%", (), ()),
        ("Marching 2020 miles", (2020,), ()),
        ("in sept 2015, SEPTEMBER 3, 2016, June 2017, ſep 2018", (2015, 2016, 2017, 2018), (24188, 24200, 24209)),
        ("nothing", (), ()),
    ],
)
def test_the_dates_a_text_states(text: str, years: tuple[int, ...], months: tuple[int, ...]) -> None:
    assert StatedDates.of(text) == (years, months)


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [
        ("in May 2019", {"year_agrees", "month_agrees", "month_near"}),
        ("in June 2019", {"year_agrees", "month_near"}),
        ("in December 2019", {"year_agrees", "month_apart"}),
        ("in 2016", {"year_earlier"}),
        ("in January 2021", {"year_later", "month_apart"}),
        ("undated", set()),
    ],
)
def test_how_a_claim_stands_in_time_to_a_post(claim: str, wanted: set[str]) -> None:
    found = time_features(StatedDates.of("May 4, 2019"), StatedDates.of(claim))
    assert {name for name, value in found.items() if value} == wanted
    assert not any(time_features(StatedDates(), StatedDates.of(claim)).values())


def test_of_two_alike_claims_the_one_of_the_posts_time_comes_first() -> None:
    alike = [
        StoredClaim(year, f"The river flooded the old town in May {year}.", "Did the River Flood?")
        for year in (2012, 2019, 2021)
    ]
    found = ClaimRanking.build(alike).rank("The river is in our street — Ann Lee (@annlee) May 4, 2019")
    assert found[0][0] == 2019
