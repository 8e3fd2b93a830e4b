"""Who reaches what: every address for every kind of caller."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import ApiToken, Claim, Finding, Report, User, Verdict
from claims.services.tokens import create_token, revoke_token
from claims.workflow import Scope
from tests.api.conftest import Caller, codes, signed_in, with_token
from tests.cast import NOW

PUBLIC = [
    ("GET", "verdicts"),
    ("GET", "verdicts/changes"),
    ("GET", "verdicts/{claim}"),
    ("GET", "verdicts/{claim}/versions"),
    ("GET", "verdicts/{claim}/versions/1"),
    ("GET", "verdicts/{claim}/claim-review"),
]
SENDING = [
    ("GET", "reports"),
    ("GET", "reports/{report}"),
    ("POST", "reports"),
    ("POST", "reports/batch"),
]
DESK = [
    ("GET", "claims"),
    ("POST", "claims"),
    ("GET", "claims/{claim}"),
    ("PATCH", "claims/{claim}"),
    ("POST", "claims/{claim}/open"),
    ("POST", "claims/{claim}/close"),
    ("GET", "claims/{claim}/findings"),
    ("POST", "claims/{claim}/verdicts"),
    ("GET", "findings"),
    ("GET", "findings/{finding}"),
    ("POST", "findings/{finding}/accept"),
    ("POST", "findings/{finding}/dismiss"),
    ("POST", "findings/{finding}/undo"),
    ("GET", "drafts"),
    ("GET", "drafts/{verdict}"),
    ("PATCH", "drafts/{verdict}"),
    ("POST", "drafts/{verdict}/submit"),
    ("POST", "drafts/{verdict}/recall"),
    ("POST", "drafts/{verdict}/discard"),
    ("POST", "drafts/{verdict}/approve"),
    ("POST", "drafts/{verdict}/request-changes"),
    ("POST", "verdicts/{claim}/correct"),
    ("POST", "verdicts/{claim}/withdraw"),
]
EVERYTHING = [*PUBLIC, *SENDING, *DESK]
Address = Callable[[str], str]


@pytest.fixture
def address(published: Verdict, finding: Finding) -> Address:
    names = {
        "claim": published.claim.public_id,
        "verdict": published.public_id,
        "finding": finding.public_id,
        "report": finding.report.public_id,
    }
    return lambda path: path.format(**names)


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
def test_nobody_gets_in_without_credentials(method: str, path: str, address: Address, anonymous: Caller) -> None:
    answer = anonymous.send(method, address(path))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Token"
    assert codes(answer) == [("not_authenticated", None)]


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
def test_a_signed_in_person_without_role_reaches_nothing(
    method: str, path: str, address: Address, outsider: User
) -> None:
    assert signed_in(outsider).send(method, address(path)).status_code == 403


@pytest.mark.parametrize(("method", "path"), DESK)
def test_an_administrator_has_no_desk(method: str, path: str, address: Address, administrator: User) -> None:
    assert signed_in(administrator).send(method, address(path)).status_code == 403


@pytest.mark.parametrize(("method", "path"), PUBLIC)
def test_a_reading_client_reads_what_is_published(method: str, path: str, address: Address, reader: Caller) -> None:
    assert reader.send(method, address(path)).status_code == 200


@pytest.mark.parametrize(("method", "path"), [*SENDING, *DESK])
def test_a_reading_client_reaches_nothing_else(method: str, path: str, address: Address, reader: Caller) -> None:
    answer = reader.send(method, address(path))
    assert answer.status_code == 403
    assert codes(answer) == [("permission_denied", None)]


@pytest.mark.parametrize(("method", "path"), [*PUBLIC, *DESK])
def test_a_sending_client_neither_reads_verdicts_nor_the_desk(
    method: str, path: str, address: Address, sender: Caller
) -> None:
    assert sender.send(method, address(path)).status_code == 403


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
@pytest.mark.parametrize("role", ["desk", "review"])
def test_editors_and_reviewers_are_let_in_everywhere(
    method: str, path: str, address: Address, role: str, request: pytest.FixtureRequest
) -> None:
    """What they may do there, the services decide: 403 comes for a verb, with a reason, never for the address."""
    caller: Caller = request.getfixturevalue(role)
    answer = caller.send(method, address(path))
    assert answer.status_code in (200, 201, 400, 403, 409)
    if answer.status_code == 403:
        assert codes(answer)[0][0] in ("not_allowed", "four_eyes")


def test_a_client_sees_only_the_reports_it_has_sent(sender: Caller, finding: Finding, administrator: User) -> None:
    own = sender.post("reports", {"body": "Two ships arrived in the harbour on Sunday."}).json()["id"]
    made = create_token(name="Another", scopes=[Scope.WRITE_REPORTS], by=administrator, now=NOW)
    other = with_token(made.plain)
    assert sender.get(f"reports/{own}").status_code == 200
    assert [row["id"] for row in sender.get("reports").json()["results"]] == [own]
    assert sender.get(f"reports/{finding.report.public_id}").status_code == 404
    assert other.get(f"reports/{own}").status_code == 404
    assert other.get("reports").json()["results"] == []


def test_the_desk_sees_all_reports(desk: Caller, sender: Caller, finding: Finding) -> None:
    sent = sender.post("reports", {"body": "Two ships arrived in the harbour on Sunday."}).json()["id"]
    assert {row["id"] for row in desk.get("reports").json()["results"]} == {sent, finding.report.public_id}


def test_a_report_answer_tells_nothing_of_findings(sender: Caller, masks: Claim) -> None:
    answer = sender.post("reports", {"body": f"{masks.text}, the customs office said."})
    assert set(Report.objects.get().findings.values_list("claim__public_id")) == set()
    assert "findings" not in answer.json()
    assert masks.public_id not in answer.content.decode()


@pytest.mark.parametrize("scheme", ["Token", "token", "Bearer"])
def test_a_token_is_taken_in_either_scheme(
    scheme: str, reading_client: tuple[ApiToken, str], anonymous: Caller
) -> None:
    answer = anonymous.get("verdicts", Authorization=f"{scheme} {reading_client[1]}")
    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["Token", "Token ", "Token 123", "Bearer é\xff", "Token " + "f" * 64, "Token a b"])
def test_a_token_that_is_none_gets_401(header: str, anonymous: Caller) -> None:
    answer = anonymous.get("verdicts", Authorization=header)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Token"
    assert codes(answer) == [("invalid_token", None)]


def test_a_bad_token_is_refused_although_a_session_is_there(editor: User) -> None:
    assert signed_in(editor).get("claims", Authorization="Token 123").status_code == 401


def test_an_expired_token_gets_401_and_stays_on_record(reading_client: tuple[ApiToken, str], reader: Caller) -> None:
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    answer = reader.get("verdicts")
    assert answer.status_code == 401
    assert codes(answer) == [("expired_token", None)]
    assert ApiToken.objects.filter(pk=reading_client[0].pk).exists()


def test_a_revoked_token_gets_401(reading_client: tuple[ApiToken, str], reader: Caller, administrator: User) -> None:
    revoke_token(token=reading_client[0], by=administrator, now=NOW)
    assert reader.get("verdicts").status_code == 401


def test_use_is_noted_at_most_once_a_minute(reading_client: tuple[ApiToken, str], reader: Caller) -> None:
    token = reading_client[0]
    reader.get("verdicts")
    token.refresh_from_db()
    first = token.last_used
    assert first is not None
    reader.get("verdicts")
    token.refresh_from_db()
    assert token.last_used == first
    ApiToken.objects.update(last_used=first - timedelta(minutes=2))
    reader.get("verdicts")
    token.refresh_from_db()
    assert token.last_used is not None and token.last_used >= first


def test_a_session_needs_its_csrf_token(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    answer = Caller(client).post("claims", {"text": "Seven ships sank in 2020"})
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]
    assert not Claim.objects.exists()


def test_a_token_needs_no_csrf_token(sending_client: tuple[ApiToken, str]) -> None:
    caller = Caller(Client(enforce_csrf_checks=True), Authorization=f"Token {sending_client[1]}")
    assert caller.post("reports", {"body": "Two ships arrived on Sunday."}).status_code == 201


def test_a_person_who_left_is_signed_out(editor: User, desk: Caller) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert desk.get("claims").status_code == 401


@pytest.mark.parametrize("path", ["nowhere", "", "verdicts/", "claims/x/y/z", "verdicts/%ff", "reports/%00"])
def test_an_address_where_nothing_is_answers_with_a_problem(path: str, anonymous: Caller) -> None:
    answer = anonymous.get(path)
    assert answer.status_code == 404
    assert codes(answer) == [("not_found", None)]


def test_a_method_that_is_not_offered_gets_405(reader: Caller, masks: Claim) -> None:
    answer = reader.send("DELETE", "verdicts")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert codes(answer) == [("method_not_allowed", None)]
