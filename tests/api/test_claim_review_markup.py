"""ClaimReview as the search engines' documentation describes it, and as a block in a page."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from claims.models import Verdict
from claims.rendering.claim_review import as_script
from tests.api.conftest import Caller

REQUIRED = {"@context", "@type", "claimReviewed", "reviewRating", "url", "author", "itemReviewed"}
HARMFUL = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "&lt;/script&gt;",
    "\u2028",
    '"}',
    "\\",
    "</SCRIPT ",
]


@pytest.fixture
def markup(reader: Caller) -> Callable[[Verdict], dict[str, Any]]:
    def read(verdict: Verdict) -> dict[str, Any]:
        answer = reader.get(f"verdicts/{verdict.claim.public_id}/claim-review")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found

    return read


def test_all_required_and_recommended_fields_are_there(
    publish: Callable[..., Verdict], markup: Callable[[Verdict], dict[str, Any]]
) -> None:
    seen = [("The Square", "https://example.org/1"), ("Radio Nord", "")]
    review = markup(publish("Norway sold 40 ferries in 2019", claimant="Minister Berg", rating="False", seen=seen))
    assert set(review) >= REQUIRED
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "False",
        "ratingValue": 1,
        "worstRating": 1,
        "bestRating": 5,
    }
    assert set(review["author"]) == {"@type", "name", "url"}
    claim = review["itemReviewed"]
    assert claim["author"]["name"] == "Minister Berg"
    assert claim["datePublished"] == "2020-04-05"
    assert claim["@id"].startswith(review["url"])
    assert claim["appearance"] == [
        {"@type": "CreativeWork", "url": "https://example.org/1", "publisher": "The Square"},
        {"@type": "CreativeWork", "publisher": "Radio Nord"},
    ]


def test_what_is_unknown_is_left_out(
    publish: Callable[..., Verdict], markup: Callable[[Verdict], dict[str, Any]]
) -> None:
    claim = markup(publish("Norway sold 40 ferries in 2019", day=None))["itemReviewed"]
    assert not {"author", "datePublished", "appearance"} & set(claim)


def test_the_claim_reviewed_does_not_give_the_verdict_away(
    publish: Callable[..., Verdict], markup: Callable[[Verdict], dict[str, Any]]
) -> None:
    review = markup(publish("Norway sold 40 ferries in 2019", rating="False"))
    assert "False" not in review["claimReviewed"]


def test_a_correction_gives_the_new_rating_and_version(
    published: Verdict, correct: Callable[..., Verdict], markup: Callable[[Verdict], dict[str, Any]]
) -> None:
    correct(published, rating="Half true")
    review = markup(published)
    assert (review["version"], review["reviewRating"]["alternateName"]) == (2, "Half true")


def test_the_newsrooms_own_address_is_used_where_it_is_set(
    published: Verdict, markup: Callable[[Verdict], dict[str, Any]], settings: Any
) -> None:
    settings.NEWSROOM_URL, settings.NEWSROOM_NAME = "https://facts.example.org/", "Facts & Figures"
    review = markup(published)
    assert review["url"] == f"https://facts.example.org/verdicts/{published.claim.public_id}/"
    assert review["author"] == {
        "@type": "Organization",
        "name": "Facts & Figures",
        "url": "https://facts.example.org/",
    }


@pytest.mark.parametrize("text", HARMFUL)
def test_no_text_breaks_out_of_the_script_element(text: str) -> None:
    block = as_script({"claimReviewed": text, text: [text]})
    assert not {"<", ">", "&"} & set(block)
    assert json.loads(block) == {"claimReviewed": text, text: [text]}


def test_a_hostile_claim_stays_text_on_the_public_page(publish: Callable[..., Verdict], anonymous: Caller) -> None:
    text = "Norway sold 40 ferries </script><script>alert(1)</script> in 2019"
    verdict = publish(text, claimant="<!--<script>")
    page = anonymous.client.get(f"/verdicts/{verdict.claim.public_id}/").content.decode()
    assert "<script>alert" not in page
    assert "<!--<script>" not in page
    [block] = [part.split("</script>")[0] for part in page.split('<script type="application/ld+json">')[1:]]
    assert json.loads(block)["claimReviewed"] == verdict.wording.text
