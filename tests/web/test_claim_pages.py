"""The list of claims and a claim's page."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Finding, LookBack, Report, User, Verdict
from claims.services.claims import register_claim
from claims.services.findings import accept_finding, dismiss_finding
from claims.workflow import ClaimStatus, LookBackState
from tests.cast import CONTRADICTING, NOW
from tests.web.conftest import HTMX

SUITS = "China has exported 37.5 million protective suits since 1 March 2020"


def shown(client: Client, query: str) -> str:
    return client.get(f"{reverse('web:claims')}?{query}").content.decode()


@pytest.fixture
def suits(open_claim_of: Callable[..., Claim]) -> Claim:
    return open_claim_of(SUITS, claimant="Jin Hai", aliases=["coveralls"])


@pytest.fixture
def quiet_draft(editor: User) -> Claim:
    return register_claim(text="The moon is far away", by=editor, now=NOW)


@pytest.fixture
def three_claims(suits: Claim, masks: Claim, quiet_draft: Claim) -> dict[str, Claim]:
    return {"suits": suits, "masks": masks, "draft": quiet_draft}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=protective+suits", {"suits"}),
        ("q=coveralls", {"suits"}),
        ("q=CHINA", {"suits", "masks"}),
        ("q=%25", set()),
        ("status=draft", {"draft"}),
        ("claimant=jin", {"suits"}),
        ("verdict=none", {"suits", "masks", "draft"}),
        ("verdict=published", set()),
        ("contradicted=on", {"masks"}),
        ("status=open&contradicted=on&q=masks", {"masks"}),
        ("status=nonsense", {"suits", "masks", "draft"}),
        ("q=%00", {"suits", "masks", "draft"}),
        ("at=nonsense", {"suits", "masks", "draft"}),
        ("at=lMXwx", {"suits", "masks", "draft"}),
    ],
)
def test_the_address_narrows_the_list(
    query: str, found: set[str], three_claims: dict[str, Claim], matched: Callable[..., Report], desk: Client
) -> None:
    matched(CONTRADICTING)
    page = shown(desk, query)
    assert {name for name, claim in three_claims.items() if f"/claims/{claim.public_id}/" in page} == found


def test_verdicts_in_review_can_be_listed(in_review: Verdict, suits: Claim, desk: Client) -> None:
    page = shown(desk, "verdict=in_review")
    assert in_review.claim.public_id in page and suits.public_id not in page


def test_a_dismissed_contradiction_no_longer_counts(
    masks: Claim, matched: Callable[..., Report], editor: User, desk: Client
) -> None:
    found = Finding.objects.get(report=matched(CONTRADICTING))
    dismiss_finding(finding=found, reason="misread", by=editor, now=NOW)
    assert masks.public_id not in shown(desk, "contradicted=on")


def test_pages_keep_the_filters(open_claim_of: Callable[..., Claim], desk: Client) -> None:
    for number in range(30):
        open_claim_of(f"The city has planted {number + 2} thousand trees")
    page = shown(desk, "q=trees")
    assert "25 of 30 claims" in page
    [next_page] = re.findall(r'href="\?(q=trees&amp;at=l\w+)"', page)
    page = shown(desk, next_page.replace("&amp;", "&"))
    assert "5 of 30 claims" in page and 'rel="prev"' in page and 'rel="next"' not in page


def test_the_list_asks_as_much_for_many_claims_as_for_few(
    open_claim_of: Callable[..., Claim], desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        open_claim_of(f"The city has planted {number + 2} thousand trees")
    with django_assert_max_num_queries(9):
        shown(desk, "")


def page_of(claim: Claim, client: Client) -> str:
    return client.get(reverse("web:claim", args=[claim.public_id])).content.decode()


def test_a_claim_shows_its_figure_marked(masks: Claim, desk: Client) -> None:
    assert '<mark class="tone-quantity">3.86 billion</mark>' in page_of(masks, desk)


def test_a_claim_shows_what_the_engine_reads(masks: Claim, desk: Client) -> None:
    page = page_of(masks, desk)
    assert "exactly 3.86 billion" in page and "since 1 Mar 2020" in page and "running total" in page


def test_a_finding_shows_its_sentence_in_its_paragraph_and_its_slots(finding: Finding, desk: Client) -> None:
    page = page_of(finding.claim, desk)
    assert f'<mark class="tone-confirms">{finding.sentence}</mark>' in page
    assert "What was compared" in page and finding.comparison["explanation"]["text"] in page


def test_findings_are_grouped_contradictions_first(
    finding: Finding, matched: Callable[..., Report], desk: Client
) -> None:
    matched(CONTRADICTING)
    page = page_of(finding.claim, desk)
    assert page.index("group-title tone-text-contradicts") < page.index("group-title tone-text-confirms")


def test_a_finding_accepted_as_another_stance_is_grouped_there(finding: Finding, editor: User, desk: Client) -> None:
    accept_finding(finding=finding, stance="contradicts", by=editor, now=NOW)
    page = page_of(finding.claim, desk)
    assert "group-title tone-text-contradicts" in page and "the engine said confirms" in page


def test_a_claim_page_asks_as_much_for_many_findings_as_for_few(
    masks: Claim, matched: Callable[..., Report], desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        matched(f"China has exported 3.86 billion face masks since 1 March 2020, paper {number} says.")
    with django_assert_max_num_queries(20):
        page_of(masks, desk)


def test_html_in_a_claim_stays_text(open_claim_of: Callable[..., Claim], desk: Client) -> None:
    claim = open_claim_of("The <script>alert(1)</script> firm sold 5 million masks")
    assert "<script>alert" not in page_of(claim, desk)


def test_a_draft_is_opened_and_closed(quiet_draft: Claim, desk: Client) -> None:
    desk.post(reverse("web:open_claim", args=[quiet_draft.public_id]))
    quiet_draft.refresh_from_db()
    assert quiet_draft.status == ClaimStatus.OPEN
    desk.post(reverse("web:close_claim", args=[quiet_draft.public_id]))
    quiet_draft.refresh_from_db()
    assert quiet_draft.status == ClaimStatus.CLOSED


@pytest.fixture
def look_back(masks: Claim) -> LookBack:
    return LookBack.objects.filter(claim=masks).latest("pk")


def test_a_look_back_under_way_polls_for_itself(look_back: LookBack, masks: Claim, desk: Client) -> None:
    page = desk.get(reverse("web:claim", args=[masks.public_id]), headers=HTMX).content.decode()
    assert 'hx-trigger="every 2s"' in page and "<html" not in page


def test_polling_ends_with_the_look_back(look_back: LookBack, masks: Claim, desk: Client) -> None:
    LookBack.objects.update(state=LookBackState.DONE)
    page = desk.get(reverse("web:claim", args=[masks.public_id]), headers=HTMX).content.decode()
    assert "hx-trigger" not in page and "All stored reports were looked at" in page


def test_a_look_back_is_stopped_and_goes_on(look_back: LookBack, masks: Claim, desk: Client) -> None:
    desk.post(reverse("web:stop_look_back", args=[masks.public_id, look_back.pk]))
    look_back.refresh_from_db()
    assert look_back.state == LookBackState.STOPPED
    desk.post(reverse("web:resume_look_back", args=[masks.public_id, look_back.pk]))
    look_back.refresh_from_db()
    assert look_back.state == LookBackState.WAITING


def test_a_look_back_answers_only_for_its_own_claim(look_back: LookBack, suits: Claim, desk: Client) -> None:
    assert desk.post(reverse("web:stop_look_back", args=[suits.public_id, look_back.pk])).status_code == 404


def test_a_claim_said_in_the_far_past_is_shown(open_claim_of: Callable[..., Claim], desk: Client) -> None:
    assert "1 January 1901" in page_of(open_claim_of("There were 5 million horses", day=date(1901, 1, 1)), desk)
