"""What API clients read: verdicts in force, versions, ClaimReview, tombstones; filters, cursors, ETags."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from claims.models import Claim, Event, User, Verdict
from claims.services.verdicts import draft_verdict
from tests.api.conftest import Caller, codes
from tests.cast import MASKS, NOW, proposal

Publish = Callable[..., Verdict]


def name_of(verdict: Verdict) -> str:
    return verdict.claim.public_id


def names(answer: Any) -> list[str]:
    return [row["id"] for row in answer.json()["results"]]


def everything(reader: Caller, limit: int, **filters: Any) -> list[str]:
    """The whole list, page by page."""
    found: list[str] = []
    cursor = ""
    while True:
        page = reader.get("verdicts", {"limit": limit, **({"cursor": cursor} if cursor else {}), **filters})
        found += names(page)
        cursor = page.json()["next"]
        if cursor is None:
            return found


def test_a_verdict_says_what_it_rests_on(published: Verdict, reader: Caller) -> None:
    document = reader.get(f"verdicts/{name_of(published)}").json()
    assert document["id"] == name_of(published)
    assert (document["version"], document["status"]) == (1, "published")
    assert document["rating"] == {"label": "Mostly true", "value": 4, "worst": 1, "best": 5}
    assert document["valid_as_of"] == "2020-04-06"
    assert document["seq"] == Event.objects.get(kind="verdict_published").seq
    assert document["corrections"] == []
    [row] = document["evidence"]
    assert row["stance"] == "confirms"
    assert row["publisher"] == "Harbour Wire"
    assert row["sha256"] == hashlib.sha256(row["quote"].encode()).hexdigest()
    assert document["counts"] == {"evidence": 1, "confirms": 1, "contradicts": 0, "neutral": 0}


def test_a_verdict_carries_its_claim_with_the_figures_read(published: Verdict, reader: Caller) -> None:
    claim = reader.get(f"verdicts/{name_of(published)}").json()["claim"]
    assert (claim["id"], claim["text"], claim["date"]) == (name_of(published), MASKS, "2020-04-05")
    [masks] = [each for each in claim["quantities"] if each["value"] == "3860000000"]
    assert claim["text"][masks["start"] : masks["end"]] == masks["surface"]


def test_a_verdict_names_nobody_of_the_desk(published: Verdict, reader: Caller, editor: User, reviewer: User) -> None:
    shown = reader.get(f"verdicts/{name_of(published)}").content.decode()
    assert editor.username not in shown
    assert reviewer.username not in shown
    assert published.public_id not in shown


def test_the_addresses_in_a_verdict_lead_somewhere(published: Verdict, reader: Caller, anonymous: Caller) -> None:
    links = reader.get(f"verdicts/{name_of(published)}").json()["links"]
    assert reader.client.get(links["self"], headers=reader.headers).status_code == 200
    assert reader.client.get(links["claim_review"], headers=reader.headers).status_code == 200
    assert anonymous.client.get(links["page"]).status_code == 200


def test_unpublished_and_unknown_look_alike(in_review: Verdict, reader: Caller) -> None:
    hidden, unknown = reader.get(f"verdicts/{name_of(in_review)}"), reader.get("verdicts/abcdefghjkmnpq")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.json() == unknown.json()
    assert names(reader.get("verdicts")) == []
    for tail in ("versions", "versions/1", "claim-review"):
        assert reader.get(f"verdicts/{name_of(in_review)}/{tail}").status_code == 404


def test_a_draft_of_a_correction_changes_nothing_outside(published: Verdict, editor: User, reader: Caller) -> None:
    before = reader.get(f"verdicts/{name_of(published)}").content
    source = published.evidence.get().finding
    assert source is not None
    draft_verdict(
        claim=published.claim,
        proposal=proposal(source, rating="False", correction_reason="Secret so far."),
        by=editor,
        now=NOW,
    )
    assert reader.get(f"verdicts/{name_of(published)}").content == before
    assert reader.get(f"verdicts/{name_of(published)}/versions/2").status_code == 404


def test_a_correction_keeps_the_id_and_says_why(published: Verdict, correct: Publish, reader: Caller) -> None:
    correct(published, rating="Half true", reason="The customs office revised its figure.")
    document = reader.get(f"verdicts/{name_of(published)}").json()
    assert (document["version"], document["status"], document["rating"]["value"]) == (2, "corrected", 3)
    [entry] = document["corrections"]
    assert (entry["from"], entry["to"], entry["version"]) == ("Mostly true", "Half true", 2)
    assert entry["reason"] == "The customs office revised its figure."
    assert names(reader.get("verdicts")) == [name_of(published)]


def test_every_version_readers_saw_stays_readable(published: Verdict, correct: Publish, reader: Caller) -> None:
    correct(published)
    rows = reader.get(f"verdicts/{name_of(published)}/versions").json()["results"]
    assert [(row["version"], row["status"]) for row in rows] == [(2, "corrected"), (1, "superseded")]
    first = reader.get(f"verdicts/{name_of(published)}/versions/1").json()
    assert first == rows[1]
    assert first["rating"]["label"] == "Mostly true"
    assert reader.get(f"verdicts/{name_of(published)}/versions/3").status_code == 404
    assert reader.get(f"verdicts/{name_of(published)}/versions/{10**30}").status_code == 404


@pytest.mark.parametrize("tail", ["", "/versions", "/versions/1", "/claim-review"])
def test_a_withdrawn_verdict_is_gone_and_says_why(
    tail: str, published: Verdict, withdraw: Publish, reader: Caller
) -> None:
    withdraw(published, "The source was forged.")
    answer = reader.get(f"verdicts/{name_of(published)}{tail}")
    assert answer.status_code == 410
    stone = answer.json()
    assert (stone["id"], stone["deleted"], stone["reason"]) == (name_of(published), True, "The source was forged.")
    assert stone["seq"] == Event.objects.get(kind="verdict_withdrawn").seq
    assert stone["withdrawn_at"].startswith("2020-04-06T09:00:00")
    assert MASKS not in answer.content.decode()
    assert published.explanation not in answer.content.decode()


def test_a_withdrawal_takes_the_earlier_versions_with_it(
    published: Verdict, correct: Publish, withdraw: Publish, reader: Caller
) -> None:
    withdraw(correct(published))
    assert reader.get(f"verdicts/{name_of(published)}/versions/1").status_code == 410
    assert names(reader.get("verdicts")) == []


def test_a_new_verdict_after_a_withdrawal_is_in_force(
    published: Verdict, withdraw: Publish, correct: Publish, reader: Caller
) -> None:
    withdraw(published)
    correct(published, rating="False")
    document = reader.get(f"verdicts/{name_of(published)}").json()
    assert (document["version"], document["status"], document["corrections"]) == (2, "published", [])
    assert reader.get(f"verdicts/{name_of(published)}/versions/1").status_code == 410
    assert [row["version"] for row in reader.get(f"verdicts/{name_of(published)}/versions").json()["results"]] == [2]


def test_a_new_verdict_does_not_repeat_what_was_withdrawn(
    published: Verdict, withdraw: Publish, correct: Publish, reader: Caller
) -> None:
    withdraw(correct(published, rating="False", reason="A forged letter says so."))
    third = correct(published, rating="True")
    correct(third, rating="Half true", reason="A rounding was overlooked.")
    document = reader.get(f"verdicts/{name_of(published)}").json()
    assert [(entry["from"], entry["to"]) for entry in document["corrections"]] == [("True", "Half true")]
    for path in (f"verdicts/{name_of(published)}", f"verdicts/{name_of(published)}/versions", "verdicts/changes"):
        assert "forged letter" not in reader.get(path).content.decode()


def test_the_log_of_corrections_is_in_order(published: Verdict, correct: Publish, reader: Caller) -> None:
    correct(correct(published, rating="Half true"), rating="False")
    path = f"verdicts/{name_of(published)}"
    log = [(entry["version"], entry["from"], entry["to"]) for entry in reader.get(path).json()["corrections"]]
    assert log == [(2, "Mostly true", "Half true"), (3, "Half true", "False")]
    assert len(reader.get(f"{path}/versions/2").json()["corrections"]) == 1


def test_filters_narrow_the_list(publish: Publish, reader: Caller) -> None:
    a = name_of(publish("Norway sold 40 ferries in 2019", rating="True", claimant="Minister Berg"))
    b = name_of(publish("Chile planted 100 million trees", rating="False", now=NOW + timedelta(days=2)))
    c = name_of(publish("Malta has 12 airports", rating="Unproven", now=NOW + timedelta(days=4)))
    for query, expected in {
        "": [c, b, a],
        "rating=True": [a],
        "rating_min=2": [a],
        "rating_max=2": [b],
        "claimant=berg": [a],
        "q=TREES": [b],
        "q=rounding": [c, b, a],
        "published_after=2020-04-08": [c, b],
        "published_before=2020-04-08": [a],
        "published_after=2020-04-07T00:00:00Z&published_before=2020-04-09": [b],
        "valid_as_of_min=2020-04-07": [],
        "rating=True&q=trees": [],
        "q=100%25": [],
        "q=_": [],
    }.items():
        assert names(reader.get(f"verdicts?{query}")) == expected, query


def test_pages_neither_repeat_nor_skip_when_all_came_at_once(publish: Publish, reader: Caller) -> None:
    wanted = {name_of(publish(f"Town number {n} has {n + 3} bakeries")) for n in range(5)}
    for limit in (1, 2, 3, 5):
        found = everything(reader, limit)
        assert len(found) == 5
        assert set(found) == wanted


def test_a_publication_between_two_pages_moves_nothing(publish: Publish, reader: Caller) -> None:
    old = [name_of(publish(f"Town number {n} has {n + 3} bakeries", now=NOW + timedelta(hours=n))) for n in range(4)]
    first = reader.get("verdicts", {"limit": 2}).json()
    publish("Malta has 12 airports", now=NOW + timedelta(days=1))
    second = reader.get("verdicts", {"limit": 2, "cursor": first["next"]})
    assert [row["id"] for row in first["results"]] + names(second) == old[::-1]
    assert second.json()["next"] is None


@pytest.mark.parametrize("tail", ["", "/{id}", "/{id}/versions", "/{id}/versions/1", "/{id}/claim-review", "/changes"])
def test_what_has_not_changed_is_not_sent_again(
    tail: str, published: Verdict, correct: Publish, reader: Caller
) -> None:
    path = "verdicts" + tail.format(id=name_of(published))
    first = reader.get(path)
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    again = reader.get(path, **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    correct(published)
    changed = reader.get(path, **{"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_a_tombstone_is_never_a_304(published: Verdict, withdraw: Publish, reader: Caller) -> None:
    path = f"verdicts/{name_of(published)}"
    etag = reader.get(path).headers["ETag"]
    withdraw(published)
    assert reader.get(path, **{"If-None-Match": etag}).status_code == 410
    assert reader.get(path, **{"If-None-Match": "*"}).status_code == 410


def test_a_304_is_for_those_who_may_read(published: Verdict, reader: Caller, anonymous: Caller) -> None:
    path = f"verdicts/{name_of(published)}"
    etag = reader.get(path).headers["ETag"]
    assert anonymous.get(path, **{"If-None-Match": etag}).status_code == 401


def test_claim_review_has_what_search_engines_ask_for(published: Verdict, reader: Caller) -> None:
    answer = reader.get(f"verdicts/{name_of(published)}/claim-review")
    assert answer.headers["Content-Type"] == "application/ld+json"
    review = answer.json()
    assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
    assert review["claimReviewed"] == MASKS
    assert review["url"] == reader.get(f"verdicts/{name_of(published)}").json()["links"]["page"]
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Mostly true",
        "ratingValue": 4,
        "worstRating": 1,
        "bestRating": 5,
    }
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["itemReviewed"]["datePublished"] == "2020-04-05"
    assert review["author"]["@type"] == "Organization"


def test_claim_review_without_a_number_has_none(publish: Publish, reader: Caller) -> None:
    verdict = publish("Malta has 12 airports", rating="Unproven")
    rating = reader.get(f"verdicts/{name_of(verdict)}/claim-review").json()["reviewRating"]
    assert rating == {"@type": "Rating", "alternateName": "Unproven"}


def test_another_claimant_reaches_readers_with_a_correction_alone(
    published: Verdict, reader: Caller, masks: Claim
) -> None:
    etag = reader.get(f"verdicts/{name_of(published)}").headers["ETag"]
    Claim.objects.filter(pk=masks.pk).update(claimant="Customs office")
    assert reader.get(f"verdicts/{name_of(published)}", **{"If-None-Match": etag}).status_code == 304


def test_a_version_number_that_is_none_is_not_found(published: Verdict, reader: Caller) -> None:
    answer = reader.get(f"verdicts/{name_of(published)}/versions/first")
    assert answer.status_code == 404
    assert codes(answer) == [("not_found", None)]
