"""Errors and refusals as pages."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from claims.models import Claim, Finding, User
from claims.services.claims import close_claim
from claims.web.errors import bad_request
from tests.cast import NOW
from tests.web.conftest import HTMX


def test_a_form_without_its_token_gets_a_friendly_page(masks: Claim, editor: User, as_: Callable[..., Client]) -> None:
    response = as_(editor, csrf=True).post(reverse("web:close_claim", args=[masks.public_id]))
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_who_comes_too_late_is_told_by_whom_and_when(masks: Claim, colleague: User, editor: User, desk: Client) -> None:
    close_claim(claim=masks, by=colleague, now=NOW)
    response = desk.post(reverse("web:close_claim", args=[masks.public_id]))
    assert response.status_code == 409
    assert "Changed by colin at 09:00 UTC; it is now closed." in response.content.decode()


def test_a_refusal_of_a_fragment_goes_to_the_notices(finding: Finding, desk: Client) -> None:
    response = desk.post(reverse("web:undo_triage", args=[finding.public_id]), headers=HTMX)
    assert (response.status_code, response.headers["HX-Retarget"]) == (409, "#notices")
    assert "<html" not in response.content.decode()


def test_more_data_than_is_read_at_all_is_too_large(desk: Client) -> None:
    response = desk.post(reverse("web:new_report"), {"body": "x" * (8 * 1024 * 1024 + 1)})
    assert response.status_code == 413
    assert "This is too large" in response.content.decode()


def test_a_malformed_request_gets_a_page(rf: RequestFactory) -> None:
    assert bad_request(rf.get("/"), ValueError()).status_code == 400


def test_a_wrong_host_gets_a_page(client: Client) -> None:
    assert client.get("/sign-in/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nothing/", "/claims/none/none/", "/%00"])
def test_an_unknown_address_gets_a_page(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_the_page_of_an_unforeseen_error_needs_nothing(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("claims.queries.desk_counts", fails)
    desk.raise_request_exception = False
    response = desk.get("/")
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
