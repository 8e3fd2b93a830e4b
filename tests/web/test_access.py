"""Which page opens for whom."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Finding, Report, Source, User
from claims.services.sources import attach_source
from tests.cast import NOW
from tests.web.conftest import HTMX

GET_PAGES = [
    "desk",
    "claims",
    "new_claim",
    "claim",
    "edit_claim",
    "correct_reading",
    "attach_source",
    "add_appearance",
    "remove_source",
    "reports",
    "new_report",
    "report",
    "remove_report",
    "mark_evidence",
    "triage",
    "finding",
    "compare",
]
POST_PAGES = [
    "open_claim",
    "close_claim",
    "preview_claim",
    "preview_edit",
    "retry_report",
    "accept_finding",
    "dismiss_finding",
    "undo_triage",
]


@pytest.fixture
def source(masks: Claim, editor: User) -> Source:
    return attach_source(claim=masks, url="https://example.org/a", kind="primary", by=editor, now=NOW)


@pytest.fixture
def address(masks: Claim, finding: Finding, source: Source) -> Callable[[str], str]:
    ids = {
        "claim": masks.public_id,
        "edit_claim": masks.public_id,
        "preview_edit": masks.public_id,
        "correct_reading": masks.public_id,
        "attach_source": masks.public_id,
        "add_appearance": masks.public_id,
        "open_claim": masks.public_id,
        "close_claim": masks.public_id,
        "remove_source": source.public_id,
        "report": finding.report.public_id,
        "remove_report": finding.report.public_id,
        "retry_report": finding.report.public_id,
        "mark_evidence": finding.report.public_id,
        "finding": finding.public_id,
        "accept_finding": finding.public_id,
        "dismiss_finding": finding.public_id,
        "undo_triage": finding.public_id,
    }
    return lambda name: reverse(f"web:{name}", args=[ids[name]] if name in ids else [])


@pytest.mark.parametrize("name", GET_PAGES)
@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_a_page_of_the_desk_opens_for_those_who_work_there(
    name: str, role: str, address: Callable[[str], str], as_: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    assert as_(request.getfixturevalue(role)).get(address(name)).status_code == 200


@pytest.mark.parametrize("name", GET_PAGES)
@pytest.mark.parametrize("role", ["administrator", "outsider"])
def test_a_page_of_the_desk_is_closed_to_those_without_a_role_there(
    name: str, role: str, address: Callable[[str], str], as_: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    assert as_(request.getfixturevalue(role)).get(address(name)).status_code == 403


@pytest.mark.parametrize("name", POST_PAGES)
@pytest.mark.parametrize("role", ["administrator", "outsider"])
def test_an_action_of_the_desk_is_refused_to_those_without_a_role_there(
    name: str, role: str, address: Callable[[str], str], as_: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    assert as_(request.getfixturevalue(role)).post(address(name), {"reason": "other"}).status_code == 403


@pytest.mark.parametrize("name", GET_PAGES)
def test_a_stranger_is_sent_to_sign_in_and_back(name: str, address: Callable[[str], str], client: Client) -> None:
    response = client.get(address(name))
    assert response.headers["Location"] == f"{reverse('web:sign_in')}?next={address(name)}"


def test_a_fragment_of_an_ended_session_sends_its_whole_page_to_sign_in(finding: Finding, client: Client) -> None:
    headers = {**HTMX, "HX-Current-URL": "http://testserver/triage/?stance=confirms"}
    response = client.post(reverse("web:undo_triage", args=[finding.public_id]), headers=headers)
    assert response.headers["HX-Redirect"] == "/sign-in/?next=/triage/%3Fstance%3Dconfirms"


@pytest.mark.parametrize("name", POST_PAGES)
def test_an_action_does_not_answer_to_get(name: str, address: Callable[[str], str], desk: Client) -> None:
    assert desk.get(address(name)).status_code == 405


@pytest.mark.parametrize("forged", ["nosuchclaim", "1", "x" * 400, "a%00b", "..%2f..%2fetc", "'%20or%201=1", "é"])
@pytest.mark.parametrize("kind", ["claims", "reports", "findings"])
def test_a_forged_id_is_not_found(kind: str, forged: str, desk: Client) -> None:
    assert desk.get(f"/{kind}/{forged}/").status_code == 404


def test_the_refusal_page_says_who_may(outsider: User, as_: Callable[..., Client]) -> None:
    assert "Only editors and reviewers may see the desk." in as_(outsider).get("/").content.decode()


def test_the_navigation_offers_only_what_somebody_may_use(administrator: User, as_: Callable[..., Client]) -> None:
    assert reverse("web:triage") not in as_(administrator).get("/nothing/").content.decode()


def test_the_navigation_counts_what_awaits_triage(finding: Finding, desk: Client) -> None:
    assert '<span class="count">1<' in desk.get(reverse("web:claims")).content.decode()


def test_no_page_needs_a_script_or_style_of_its_own(
    address: Callable[[str], str], desk: Client, report_of: Callable[..., Report]
) -> None:
    for name in GET_PAGES:
        page = desk.get(address(name)).content.decode()
        assert " style=" not in page and "<style" not in page and " onclick=" not in page
        assert page.count("<script") == page.count("<script src=")
