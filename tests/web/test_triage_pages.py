"""The triage queue, and what an editor makes of a finding."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Finding, Report, User
from claims.services.findings import accept_finding, dismiss_finding
from claims.workflow import Triage
from tests.cast import CONFIRMING, CONTRADICTING, NOW
from tests.web.conftest import HTMX


def address(finding: Finding, verb: str) -> str:
    return reverse(f"web:{verb}", args=[finding.public_id])


def state_of(finding: Finding) -> tuple[str, str]:
    finding.refresh_from_db()
    return finding.triage, finding.accepted_as


def test_a_finding_is_accepted_as_the_engine_said(finding: Finding, desk: Client) -> None:
    desk.post(address(finding, "accept_finding"), {"stance": "confirms"})
    assert state_of(finding) == (Triage.ACCEPTED, "confirms")


def test_a_finding_is_accepted_as_another_stance(finding: Finding, desk: Client) -> None:
    desk.post(address(finding, "accept_finding"), {"stance": "neutral"})
    assert state_of(finding) == (Triage.ACCEPTED, "neutral")


def test_a_forged_stance_is_refused(finding: Finding, desk: Client) -> None:
    assert desk.post(address(finding, "accept_finding"), {"stance": "perhaps"}).status_code == 400
    assert state_of(finding)[0] == Triage.NEW


def test_a_finding_is_dismissed_with_its_reason(finding: Finding, desk: Client) -> None:
    desk.post(address(finding, "dismiss_finding"), {"reason": "different_entity", "note": "The other China"})
    assert state_of(finding)[0] == Triage.DISMISSED
    assert finding.triage_note == "The other China"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose why it is dismissed."),
        ({"reason": "other"}, "Say which reason."),
        ({"reason": "because"}, "Select a valid choice."),
        ({"reason": "misread", "note": "x" * 501}, "At most 500 characters."),
    ],
)
def test_a_dismissal_without_a_fit_reason_is_told_beside_the_field(
    given: dict[str, str], said: str, finding: Finding, desk: Client
) -> None:
    response = desk.post(address(finding, "dismiss_finding"), given)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert state_of(finding)[0] == Triage.NEW


def test_copies_dismissed_along_are_counted(masks: Claim, matched: Callable[..., Report], desk: Client) -> None:
    first = Finding.objects.get(report=matched(outlet="One"))
    matched(outlet="Two")
    page = desk.post(address(first, "dismiss_finding"), {"reason": "misread"}, headers=HTMX).content.decode()
    assert "Dismissed, and 1 copy of the sentence." in page


def test_a_decision_is_undone(finding: Finding, desk: Client) -> None:
    desk.post(address(finding, "dismiss_finding"), {"reason": "misread"})
    desk.post(address(finding, "undo_triage"))
    assert state_of(finding)[0] == Triage.NEW


def test_two_editors_do_not_overwrite_each_other(finding: Finding, colleague: User, desk: Client) -> None:
    accept_finding(finding=finding, by=colleague, now=NOW)
    response = desk.post(address(finding, "dismiss_finding"), {"reason": "misread"})
    assert response.status_code == 409
    assert "Changed by colin" in response.content.decode()


def test_htmx_gets_the_card_as_it_is_now(finding: Finding, desk: Client) -> None:
    page = desk.post(address(finding, "accept_finding"), {"stance": "confirms"}, headers=HTMX).content.decode()
    assert "<html" not in page and f'id="finding-{finding.public_id}"' in page and "Undo" in page


def test_the_card_says_what_happened_to_those_who_listen(finding: Finding, desk: Client) -> None:
    page = desk.post(address(finding, "accept_finding"), {"stance": "confirms"}, headers=HTMX).content.decode()
    assert '<div id="announcer" hx-swap-oob="innerHTML">Accepted as: confirms.</div>' in page


def test_a_decision_leads_back_to_the_list_it_came_from(finding: Finding, desk: Client) -> None:
    given = {"stance": "confirms", "next": "/triage/?stance=confirms&page=2"}
    response = desk.post(address(finding, "accept_finding"), given)
    assert response.headers["Location"] == f"/triage/?stance=confirms&page=2#finding-{finding.public_id}"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_decision_leads_nowhere_else(elsewhere: str, finding: Finding, desk: Client) -> None:
    response = desk.post(address(finding, "accept_finding"), {"stance": "confirms", "next": elsewhere})
    assert response.headers["Location"].startswith(address(finding, "finding"))


@pytest.fixture
def two(masks: Claim, matched: Callable[..., Report]) -> dict[str, Finding]:
    return {
        "confirming": Finding.objects.get(report=matched(CONFIRMING, outlet="Harbour Wire")),
        "contradicting": Finding.objects.get(report=matched(CONTRADICTING, outlet="Morning Trumpet")),
    }


def listed(query: str, findings: dict[str, Finding], client: Client) -> set[str]:
    page = client.get(f"{reverse('web:triage')}?{query}").content.decode()
    return {name for name, finding in findings.items() if f'id="finding-{finding.public_id}"' in page}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"confirming", "contradicting"}),
        ("stance=contradicts", {"contradicting"}),
        ("relation=same_figure", {"confirming"}),
        ("outlet=trumpet", {"contradicting"}),
        ("q=38.6", {"contradicting"}),
        ("claim_words=masks+3.86", {"confirming", "contradicting"}),
        ("claim_words=gloves", set()),
        ("claim=nosuchclaim", set()),
        ("claim=%2e%2e", {"confirming", "contradicting"}),
        ("state=dismissed", set()),
        ("state=all", {"confirming", "contradicting"}),
        ("found_by=editor", set()),
        ("stance=bogus&age=x&q=%00", {"confirming", "contradicting"}),
    ],
)
def test_the_address_narrows_the_queue(query: str, found: set[str], two: dict[str, Finding], desk: Client) -> None:
    assert listed(query, two, desk) == found


def test_the_queue_is_of_new_findings(two: dict[str, Finding], editor: User, desk: Client) -> None:
    accept_finding(finding=two["confirming"], by=editor, now=NOW)
    assert listed("", two, desk) == {"contradicting"}
    assert listed("state=accepted", two, desk) == {"confirming"}


def test_an_accepted_stance_counts_for_the_filter(two: dict[str, Finding], editor: User, desk: Client) -> None:
    accept_finding(finding=two["confirming"], stance="contradicts", by=editor, now=NOW)
    assert listed("state=all&stance=contradicts", two, desk) == {"confirming", "contradicting"}


def test_a_dismissed_finding_says_by_whom_and_why(finding: Finding, editor: User, desk: Client) -> None:
    dismiss_finding(finding=finding, reason="different_scope", note="Only to the US", by=editor, now=NOW)
    page = desk.get(f"{reverse('web:triage')}?state=dismissed").content.decode()
    assert "a part, or another whole" in page and "by edith" in page and "“Only to the US”" in page


def test_the_queue_names_the_claim_that_a_link_narrowed_it_to(finding: Finding, desk: Client) -> None:
    page = desk.get(f"{reverse('web:triage')}?claim={finding.claim.public_id}").content.decode()
    assert "Show those of all claims" in page


def test_the_queue_asks_as_much_for_many_findings_as_for_few(
    masks: Claim, matched: Callable[..., Report], desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        matched(f"China has exported 3.86 billion face masks since 1 March 2020, paper {number} says.")
    with django_assert_max_num_queries(8):
        desk.get(reverse("web:triage"))


def test_what_the_engine_says_now_is_shown_beside_a_decision(finding: Finding, editor: User, desk: Client) -> None:
    accept_finding(finding=finding, by=editor, now=NOW)
    now = {**finding.comparison, "stance": "contradicts", "relation": "different_figure"}
    Finding.objects.filter(pk=finding.pk).update(engine_now=now)
    assert "The engine now says otherwise" in desk.get(address(finding, "finding")).content.decode()
