"""What readers see: published verdicts, corrections, withdrawals, and nothing else."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from claims.models import Claim, Finding, User, Verdict
from claims.services.claims import add_appearance, edit_claim
from claims.services.findings import accept_finding
from claims.services.review import approve_verdict, withdraw_verdict
from claims.services.sources import attach_source
from claims.services.verdicts import draft_verdict, edit_verdict, recall_verdict, submit_verdict
from tests.cast import NOW, proposal

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


def address(verdict: Verdict, version: int | None = None) -> str:
    if version is None:
        return reverse("web:public_verdict", args=[verdict.claim.public_id])
    return reverse("web:public_verdict_version", args=[verdict.claim.public_id, version])


def read(client: Client, verdict: Verdict, version: int | None = None) -> str:
    return client.get(address(verdict, version)).content.decode()


def json_ld(page: str) -> dict[str, object]:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    loaded: dict[str, object] = json.loads(block)
    return loaded


def published_with(claim: Claim, editor: User, reviewer: User, **content: object) -> Verdict:
    source = attach_source(claim=claim, url="https://a.example/", kind="primary", by=editor, now=NOW)
    verdict = draft_verdict(claim=claim, proposal=proposal(sources=[source], **content), by=editor, now=NOW)
    submit_verdict(verdict=verdict, seen_revision=1, by=editor, now=NOW)
    return approve_verdict(verdict=verdict, seen_revision=1, by=reviewer, now=NOW)


@pytest.fixture
def corrected(published: Verdict, finding: Finding, editor: User, reviewer: User) -> Verdict:
    content = proposal(
        finding,
        rating="Half true",
        explanation="Customs figures agree beyond rounding.",
        correction_reason="We misread the table.",
    )
    verdict = draft_verdict(claim=published.claim, proposal=content, by=editor, now=LATER)
    submit_verdict(verdict=verdict, seen_revision=1, by=editor, now=LATER)
    return approve_verdict(verdict=verdict, seen_revision=1, by=reviewer, now=LATER)


@pytest.fixture
def withdrawn(published: Verdict, reviewer: User) -> Verdict:
    return withdraw_verdict(verdict=published, reason="It was another shipment.", by=reviewer, now=LATER)


def test_the_list_shows_what_is_published(client: Client, published: Verdict) -> None:
    page = client.get("/verdicts/").content.decode()
    assert published.wording.text in page
    assert address(published) in page


def test_nothing_unpublished_is_shown(client: Client, in_review: Verdict) -> None:
    assert in_review.wording.text not in client.get("/verdicts/").content.decode()
    assert client.get(address(in_review)).status_code == 404
    assert client.get(address(in_review, 1)).status_code == 404


def test_a_draft_correction_does_not_leak(client: Client, published: Verdict, finding: Finding, editor: User) -> None:
    content = proposal(finding, explanation="Not yet for readers.", correction_reason="Not yet either.")
    verdict = draft_verdict(claim=published.claim, proposal=content, by=editor, now=LATER)
    submit_verdict(verdict=verdict, seen_revision=1, by=editor, now=LATER)
    page = read(client, published)
    assert "Not yet" not in page
    assert client.get(address(published, 2)).status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("q=masks", 1),
        ("q=rounding", 1),
        ("q=masks+rounding", 1),
        ("q=masks+gloves", 0),
        ("q=gloves", 0),
        ("rating=Mostly+true", 1),
        ("rating=False", 0),
        ("rating=nonsense", 1),
        ("q=%00", 1),
        ("at=99", 1),
        ("at=lnonsense", 1),
    ],
)
def test_the_list_is_filtered_by_its_address(client: Client, published: Verdict, query: str, count: int) -> None:
    answer = client.get(f"/verdicts/?{query}")
    assert answer.status_code == 200
    assert len(answer.context["page"]) == count


def test_the_list_is_searched_for_the_claimant_that_it_shows(
    client: Client, open_claim_of: Callable[..., Claim], editor: User, reviewer: User
) -> None:
    claim = open_claim_of("China has exported 37.5 million protective suits", claimant="Jin Hai")
    published_with(claim, editor, reviewer)
    wording = claim.wording
    edit_claim(
        claim=claim,
        seen_wording=wording.number,
        text=wording.text,
        date=wording.date,
        aliases=wording.aliases,
        claimant="Somebody Else",
        note="",
        by=editor,
        now=LATER,
    )
    assert len(client.get("/verdicts/?q=Jin").context["page"]) == 1
    assert len(client.get("/verdicts/?q=Somebody").context["page"]) == 0


def test_the_list_has_pages(
    client: Client, open_claim_of: Callable[..., Claim], editor: User, reviewer: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(21):
        claim = open_claim_of(f"China has exported {number + 3} million gowns since 1 March 2020")
        published_with(claim, editor, reviewer)
    with django_assert_max_num_queries(6):
        first = client.get("/verdicts/")
    assert len(first.context["page"]) == 20
    assert len(client.get("/verdicts/", {"at": first.context["page"].later}).context["page"]) == 1


def test_the_page_says_what_we_know_and_from_where(
    client: Client, masks: Claim, finding: Finding, editor: User, reviewer: User
) -> None:
    add_appearance(claim=masks, outlet="Capital Channel", date=date(2020, 4, 5), by=editor, now=NOW)
    accept_finding(finding=finding, by=editor, now=NOW)
    drafted = draft_verdict(claim=masks, proposal=proposal(finding), by=editor, now=NOW)
    submit_verdict(verdict=drafted, seen_revision=1, by=editor, now=NOW)
    published = approve_verdict(verdict=drafted, seen_revision=1, by=reviewer, now=NOW)
    page = read(client, published)
    for words in (
        published.wording.text, published.explanation, "Mostly true", "4 on a scale from 1 (false) to 5 (true)",
        finding.sentence, "Harbour Wire", "6 April 2020", "Capital Channel", "None so far.",
    ):  # fmt: skip
        assert words in page


def test_readers_see_no_names_of_the_newsroom(client: Client, corrected: Verdict) -> None:
    page = read(client, corrected)
    assert "edith" not in page
    assert "rita" not in page


def test_claim_review_stands_on_the_page(client: Client, published: Verdict, settings: Settings) -> None:
    settings.NEWSROOM_NAME, settings.NEWSROOM_URL = "The Harbour", "https://harbour.example/"
    data = json_ld(read(client, published))
    assert data["@type"] == "ClaimReview"
    assert data["url"] == f"http://testserver{address(published)}"
    assert data["reviewRating"]["ratingValue"] == 4  # type: ignore[index]
    assert data["author"] == {"@type": "Organization", "name": "The Harbour", "url": "https://harbour.example/"}


def test_a_claim_cannot_close_the_block_of_data(
    client: Client, open_claim_of: Callable[..., Claim], editor: User, reviewer: User
) -> None:
    claim = open_claim_of("</script><script>alert(3)</script> exported 3 masks", claimant="<b>Bold & Co</b>")
    verdict = published_with(claim, editor, reviewer, explanation="<img src=x onerror=alert(1)>")
    page = read(client, verdict)
    assert json_ld(page)["claimReviewed"] == claim.text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_policy_lets_no_inline_script_run(client: Client, published: Verdict) -> None:
    policy = client.get(address(published)).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_an_unchanged_page_is_not_sent_again(client: Client, published: Verdict) -> None:
    first = client.get(address(published))
    again = client.get(address(published), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in first.headers["Cache-Control"]
    assert "Cookie" not in first.headers.get("Vary", "")


def test_staff_and_readers_get_the_same_page(client: Client, published: Verdict, editor: User) -> None:
    anonymous = client.get(address(published)).content
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(published)).content == anonymous


def test_a_correction_reaches_whoever_has_the_page(
    client: Client, published: Verdict, finding: Finding, editor: User, reviewer: User
) -> None:
    tag = client.get(address(published)).headers["ETag"]
    content = proposal(finding, rating="False", correction_reason="We misread the table.")
    verdict = draft_verdict(claim=published.claim, proposal=content, by=editor, now=LATER)
    submit_verdict(verdict=verdict, seen_revision=1, by=editor, now=LATER)
    assert client.get(address(published), headers={"If-None-Match": tag}).status_code == 304
    approve_verdict(verdict=verdict, seen_revision=1, by=reviewer, now=LATER)
    assert client.get(address(published), headers={"If-None-Match": tag}).status_code == 200


def test_the_correction_log_gives_reason_and_difference(client: Client, corrected: Verdict) -> None:
    page = " ".join(read(client, corrected).split())
    assert "Corrected on 8 April 2020, version 2" in page
    assert "We misread the table." in page
    assert "The rating was <strong>mostly true</strong> and became <strong>half true</strong>." in page
    assert ">within<" in page
    assert ">beyond<" in page
    assert address(corrected, 1) in page


def test_an_older_version_stays_and_points_to_the_current_one(client: Client, corrected: Verdict) -> None:
    page = read(client, corrected, 1)
    assert "Customs figures agree within rounding." in page
    assert "It was corrected on 8 April 2020." in page
    assert "noindex" in page
    assert "application/ld+json" not in page
    assert f'<link rel="canonical" href="http://testserver{address(corrected)}">' in page


def test_a_version_that_never_was_is_not_found(client: Client, published: Verdict) -> None:
    for number in (0, 2, 10**30):
        assert client.get(address(published, number)).status_code == 404
    for path in ("/verdicts/aaaaaaaaaaaaaa/", "/verdicts/%00/", "/verdicts/1/"):
        assert client.get(path).status_code == 404


def test_a_withdrawn_verdict_is_gone_and_says_why(client: Client, withdrawn: Verdict) -> None:
    for version in (None, 1):
        answer = client.get(address(withdrawn, version))
        page = answer.content.decode()
        assert answer.status_code == 410
        assert "It was another shipment." in page
        assert withdrawn.explanation not in page
        assert "application/ld+json" not in page
    assert withdrawn.wording.text not in client.get("/verdicts/").content.decode()


def test_a_reader_with_the_old_page_hears_of_the_withdrawal(client: Client, published: Verdict, reviewer: User) -> None:
    tag = client.get(address(published)).headers["ETag"]
    withdraw_verdict(verdict=published, reason="It was another shipment.", by=reviewer, now=LATER)
    assert client.get(address(published), headers={"If-None-Match": tag}).status_code == 410


def test_the_older_versions_go_with_a_withdrawn_verdict(client: Client, corrected: Verdict, reviewer: User) -> None:
    withdraw_verdict(verdict=corrected, reason="It was another shipment.", by=reviewer, now=LATER)
    assert client.get(address(corrected)).status_code == 410
    answer = client.get(f"{address(corrected)}versions/1/")
    assert (answer.status_code, "It was another shipment." in answer.content.decode()) == (410, True)


def test_a_new_verdict_after_a_withdrawal_tells_of_it(
    client: Client, withdrawn: Verdict, editor: User, reviewer: User
) -> None:
    new = published_with(withdrawn.claim, editor, reviewer, explanation="This time it is right.")
    page = read(client, new)
    assert "This time it is right." in page
    assert "Version 1 withdrawn on 8 April 2020" in page
    answer = client.get(f"{address(new)}versions/1/")
    assert (answer.status_code, "a newer verdict on the same claim" in answer.content.decode()) == (410, True)


def test_a_verdict_that_is_not_on_the_scale_says_so(
    client: Client, open_claim_of: Callable[..., Claim], editor: User, reviewer: User
) -> None:
    verdict = published_with(open_claim_of("The moon is far away"), editor, reviewer, rating="Unproven")
    assert "Unproven has no place on the scale" in read(client, verdict)


def test_a_recalled_correction_leaves_the_page_alone(
    client: Client, published: Verdict, finding: Finding, editor: User
) -> None:
    content = proposal(finding, correction_reason="We misread the table.")
    verdict = draft_verdict(claim=published.claim, proposal=content, by=editor, now=LATER)
    submit_verdict(verdict=verdict, seen_revision=1, by=editor, now=LATER)
    recall_verdict(verdict=verdict, by=editor, now=LATER)
    edit_verdict(verdict=verdict, seen_revision=1, proposal=content, by=editor, now=LATER)
    assert client.get(address(published)).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_readers_only_read(client: Client, published: Verdict, method: str) -> None:
    assert getattr(client, method)(address(published)).status_code == 405


def test_the_page_costs_the_same_for_many_versions(
    client: Client, corrected: Verdict, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        client.get(address(corrected))
