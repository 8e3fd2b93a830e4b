"""Callers of the API: Django's test client with a token, a session, or nothing."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from claims.models import ApiToken, Claim, Finding, User, Verdict
from claims.services.claims import add_appearance
from claims.services.review import approve_verdict, withdraw_verdict
from claims.services.sources import attach_source
from claims.services.verdicts import draft_verdict, submit_verdict
from tests.cast import NOW, proposal

Answer = Any  # django's test response: HttpResponse with json()


class Caller:
    """Sends JSON to addresses under /api/v1/; what the server fails to catch comes back as a 500."""

    def __init__(self, client: Client, **headers: str) -> None:
        self.client, self.headers = client, headers

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Answer:
        return self.client.get(f"/api/v1/{path}", query or {}, headers={**self.headers, **headers})

    def post(self, path: str, data: Any = None, **headers: str) -> Answer:
        return self.send("POST", path, data, **headers)

    def patch(self, path: str, data: Any, **headers: str) -> Answer:
        return self.send("PATCH", path, data, **headers)

    def send(
        self, method: str, path: str, data: Any = None, *, content_type: str = "application/json", **headers: str
    ) -> Answer:
        """`data` as JSON, or bytes as they are."""
        body = data if isinstance(data, bytes) else json.dumps({} if data is None else data).encode()
        all_headers = {**self.headers, **headers}
        return self.client.generic(method, f"/api/v1/{path}", body, content_type=content_type, headers=all_headers)


def with_token(plain: str) -> Caller:
    return Caller(Client(raise_request_exception=False), Authorization=f"Token {plain}")


def signed_in(person: User) -> Caller:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return Caller(client)


def codes(answer: Answer) -> list[tuple[str, str | None]]:
    """What a problem document names: code and field of each error."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"] and problem["detail"] and problem["type"]
    assert all(entry["message"] for entry in problem["errors"])
    return [(entry["code"], entry["field"]) for entry in problem["errors"]]


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    """The throttle counts in the cache, which outlives a test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def anonymous(db: None) -> Caller:
    return Caller(Client(raise_request_exception=False))


@pytest.fixture
def reader(reading_client: tuple[ApiToken, str]) -> Caller:
    """A client with read:verdicts."""
    return with_token(reading_client[1])


@pytest.fixture
def sender(sending_client: tuple[ApiToken, str]) -> Caller:
    """A client with write:reports."""
    return with_token(sending_client[1])


@pytest.fixture
def desk(editor: User) -> Caller:
    """The editor, signed in."""
    return signed_in(editor)


@pytest.fixture
def review(reviewer: User) -> Caller:
    """The reviewer, signed in."""
    return signed_in(reviewer)


@pytest.fixture
def publish(
    open_claim_of: Callable[..., Claim], matched: Callable[..., Any], editor: User, reviewer: User
) -> Callable[..., Verdict]:
    """A published verdict on a claim of its own, seen at `(outlet, url)`; `details` are those of the claim."""

    def make(
        text: str, *, rating: str = "Mostly true", now: Any = NOW, seen: Sequence[tuple[str, str]] = (), **details: Any
    ) -> Verdict:
        claim = open_claim_of(text, **details)
        for outlet, url in seen:
            add_appearance(claim=claim, outlet=outlet, url=url, by=editor, now=now)
        matched(f"{text}, officials said on Sunday.", outlet=f"Outlet {claim.public_id}")
        return put_in_force(claim, editor, reviewer, rating=rating, now=now)

    return make


def put_in_force(claim: Claim, editor: User, reviewer: User, *, rating: str, now: Any = NOW, **changes: Any) -> Verdict:
    """Draft, submit and approve: a first version, or with `correction_reason` a correction."""
    findings = list(Finding.objects.accepted().filter(claim=claim))
    source = None
    if not findings:
        url = f"https://example.org/{claim.public_id}"
        source = claim.sources.first() or attach_source(claim=claim, url=url, kind="primary", by=editor, now=now)
    content = proposal(*findings, rating=rating, sources=[source] if source else [], **changes)
    verdict = draft_verdict(claim=claim, proposal=content, by=editor, now=now)
    submit_verdict(verdict=verdict, seen_revision=verdict.revision, by=editor, now=now)
    return approve_verdict(verdict=verdict, seen_revision=verdict.revision, by=reviewer, now=now)


@pytest.fixture
def correct(editor: User, reviewer: User) -> Callable[..., Verdict]:
    """A published correction."""

    def make(verdict: Verdict, *, rating: str = "Half true", reason: str = "A figure was misread.") -> Verdict:
        return put_in_force(verdict.claim, editor, reviewer, rating=rating, correction_reason=reason)

    return make


@pytest.fixture
def withdraw(reviewer: User) -> Callable[..., Verdict]:
    def make(verdict: Verdict, reason: str = "The source was forged.") -> Verdict:
        return withdraw_verdict(verdict=verdict, reason=reason, by=reviewer, now=NOW)

    return make
