"""Whole documents: candidates, context, what is worth a finding; the index; the article the project began with."""

import os
from datetime import date
from pathlib import Path

import pytest

from claims.matching import ClaimIndex, Document, Match, ReadingError, extract_quantities, match, read

DAY = date(2020, 4, 5)
TEXTS = {
    "masks": "China has exported 3.86 billion face masks since 1 March 2020",
    "pumps": "China has exported 16,000 respirators since 1 March 2020",
    "turnout": "Turnout in the Norwegian election was 77 percent",
}
ALIASES = {"pumps": ("ventilators",)}


def matches(body: str, title: str = "", texts: dict[str, str] = TEXTS, on: date | None = DAY) -> list[Match]:
    claims = {name: read(text, date=DAY, aliases=ALIASES.get(name, ())) for name, text in texts.items()}
    index = ClaimIndex.build((name, " ".join([text, *ALIASES.get(name, ())])) for name, text in texts.items())
    return match(Document(title, body, on), index, claims)


def test_a_match_points_to_its_sentence() -> None:
    body = "Snow fell in Oslo.\n\nChina has exported 38.6 billion masks since March 1. Nobody spoke."
    (found,) = matches(body)
    assert (found.claim_id, found.field, found.comparison.stance) == ("masks", "body", "contradicts")
    assert body[found.start : found.end] == found.sentence == "China has exported 38.6 billion masks since March 1."


def test_a_title_is_read_like_a_sentence() -> None:
    (found,) = matches("Nothing else.", title="China has exported 3.9bn masks since March 1")
    assert (found.field, found.comparison.relation) == ("title", "rounded_figure")


def test_the_sentences_before_name_who_and_when() -> None:
    body = "China opened its books. Since March 1 it has exported 16,000 ventilators."
    (found,) = matches(body)
    assert (found.claim_id, found.comparison.stance) == ("pumps", "confirms")


def test_a_context_never_overrules_the_sentence() -> None:
    body = "China opened its books. India has exported 38.6 billion masks since March 1."
    assert [found for found in matches(body) if found.comparison.stance != "neutral"] == []


def test_another_entity_measure_or_item_is_no_finding() -> None:
    for body in (
        "India has exported 3.86 billion masks since March 1.",
        "China has imported 3.86 billion masks since March 1.",
        "China has exported 3.86 billion gloves since March 1.",
        "China exported 3.86 billion masks in 2018.",
    ):
        assert matches(body) == []


def test_one_sentence_may_bear_on_several_claims() -> None:
    found = matches("Since March 1, China has exported 3.86 billion masks and 61,000 ventilators.")
    assert {(one.claim_id, str(one.comparison.stance)) for one in found} == {
        ("masks", "confirms"),
        ("pumps", "contradicts"),
    }


def test_a_report_without_a_date_contradicts_nothing_it_does_not_date() -> None:
    assert [one.comparison.stance for one in matches("China has exported 2.2 billion masks.", on=None)] in (
        [],
        ["neutral"],
    )


def test_a_confidence_falls_with_what_the_sentence_leaves_open() -> None:
    (full,) = matches("China has exported 3.86 billion masks since March 1.")
    (short,) = matches("China has exported 3.86 billion masks.")
    assert short.comparison.confidence < full.comparison.confidence


def test_an_index_comes_back_from_its_file(tmp_path: Path) -> None:
    index = ClaimIndex.build(TEXTS.items())
    index.save(tmp_path / "claims.index")
    loaded = ClaimIndex.load(tmp_path / "claims.index")
    sentences = ["China exported masks.", "The Norwegian election had a turnout of 70 percent."]
    assert loaded.candidates(sentences) == index.candidates(sentences) != []


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    for content in ("", "{}", '{"format": "other"}', "[]"):
        (tmp_path / "bad").write_text(content)
        with pytest.raises(ReadingError):
            ClaimIndex.load(tmp_path / "bad")


def test_a_claim_added_twice_is_there_once_and_a_removed_one_is_gone() -> None:
    index = ClaimIndex.build(TEXTS.items())
    index.add("masks", "Chile sold 5 boats to Peru")
    assert len(index) == 3
    assert [one.claim_id for one in index.candidates(["Peru bought boats from Chile."])] == ["masks"]
    index.remove("masks")
    index.remove("masks")
    assert index.candidates(["Peru bought boats from Chile."]) == []


def test_candidates_are_the_best_of_each_sentence() -> None:
    index = ClaimIndex.build((str(number), f"China sold {number} boats to Peru") for number in range(50))
    found = index.candidates(["China sold boats to Peru.", "Snow fell."], top=5)
    assert [one.sentence for one in found] == [0] * 5


SEED_CLAIMS = {
    "masks": ("China has exported 3.86 billion face masks since 1 March 2020", DAY, ("masks",)),
    "suits": ("China has exported 37.5 million protective suits since 1 March 2020", DAY, ("protective clothing",)),
    "ventilators": ("China has exported 16,000 respirators since 1 March 2020", DAY, ("ventilators",)),
    "kits": ("China has exported 2.84 million Covid-19 test kits since 1 March 2020", DAY, ("detection kits",)),
    "countries": ("China has shipped medical supplies to more than 50 countries since 1 March 2020", DAY, ()),
    "value": (
        "China's exports of medical supplies since 1 March 2020 are worth 10.2 billion yuan, or 1.33 billion euros",
        DAY,
        (),
    ),
    "recall": ("The Netherlands recalled 600,000 of 1.3 million masks imported from China", date(2020, 3, 28), ()),
    "tests": ("China has raised its coronavirus testing capacity to more than four million tests a day", DAY, ()),
    "deaths": ("The Covid-19 pandemic has killed more than 65,000 people worldwide", DAY, ()),
}
SEED_FIGURES = """four billion|16,000|65,000|3.86 billion|37.5 million|16,000|2.84 million|50|10.2 billion yuan
1.33 billion euros|600,000|1.3 million|thousands|four million a day""".replace("\n", "|").split("|")


@pytest.fixture(scope="module")
def article() -> str:
    path = os.environ.get("SEED_ARTICLE")
    if path:
        return Path(path).read_text("utf-8")
    if os.environ.get("CI") == "true" and os.environ.get("REQUIRE_SEED_ARTICLE"):
        pytest.fail("REQUIRE_SEED_ARTICLE is set, but SEED_ARTICLE names no file")
    pytest.skip("SEED_ARTICLE names no file: the article is not part of the project")


def test_the_first_article_confirms_every_claim_taken_from_it(article: str) -> None:
    claims = {name: read(text, date=day, aliases=aliases) for name, (text, day, aliases) in SEED_CLAIMS.items()}
    index = ClaimIndex.build((name, " ".join([text, *aliases])) for name, (text, _, aliases) in SEED_CLAIMS.items())
    found = match(Document("", article, DAY), index, claims)
    assert {one.claim_id for one in found if one.comparison.stance == "confirms"} == set(SEED_CLAIMS)
    assert [one for one in found if one.comparison.stance == "contradicts"] == []


def test_the_first_articles_figures_are_read_and_none_of_its_dates(article: str) -> None:
    assert [quantity.surface for quantity in extract_quantities(article, date=DAY)] == SEED_FIGURES
