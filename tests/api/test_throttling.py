"""How often one caller may ask, and what happens while the cache is away."""

import socket
from typing import Any

import pytest
from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.test import RequestFactory

from claims.api.throttling import CallerThrottle, WrongTokenThrottle
from claims.models import User, Verdict
from claims.services.tokens import create_token
from claims.workflow import Scope
from tests.api.conftest import Caller, codes, signed_in, with_token
from tests.cast import NOW

ALLOWED = 3


@pytest.fixture
def _three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CallerThrottle, "THROTTLE_RATES", {"caller": f"{ALLOWED}/min"})


@pytest.fixture(autouse=True)
def _no_period_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (CallerThrottle, WrongTokenThrottle):
        monkeypatch.setattr(throttle, "timer", lambda self: 1_000_000.7)


def statuses(caller: Caller, path: str = "verdicts", times: int = ALLOWED + 1) -> list[int]:
    return [caller.get(path).status_code for _ in range(times)]


@pytest.mark.usefixtures("_three_a_minute")
def test_who_asks_too_often_is_told_how_long_to_wait(reader: Caller) -> None:
    assert statuses(reader) == [200] * ALLOWED + [429]
    answer = reader.get("verdicts")
    assert codes(answer) == [("throttled", None)]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.usefixtures("_three_a_minute")
def test_whoever_waits_as_told_is_answered(reader: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fraction of a second is rounded up: waiting as told must never lead to the next refusal."""
    clock = [1_000_020.7]
    monkeypatch.setattr(CallerThrottle, "timer", lambda self: clock[0])
    for _ in range(ALLOWED):
        reader.get("verdicts")
        clock[0] += 0.4
    clock[0] += 20.1
    wait = int(reader.get("verdicts").headers["Retry-After"])
    clock[0] += wait
    assert reader.get("verdicts").status_code == 200


@pytest.mark.usefixtures("_three_a_minute")
def test_what_is_kept_of_a_caller_does_not_grow(reader: Caller) -> None:
    statuses(reader, times=2)
    small = set(map(len, cache._cache.values()))  # type: ignore[attr-defined]
    statuses(reader, times=50)
    assert set(map(len, cache._cache.values())) == small  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_three_a_minute")
def test_one_caller_does_not_use_up_the_share_of_another(
    reader: Caller, administrator: User, editor: User, anonymous: Caller
) -> None:
    made = create_token(name="Second reader", scopes=[Scope.READ_VERDICTS], by=administrator, now=NOW)
    statuses(reader)
    assert with_token(made.plain).get("verdicts").status_code == 200
    assert signed_in(editor).get("verdicts").status_code == 200
    assert anonymous.get("schema").status_code == 200


@pytest.mark.usefixtures("_three_a_minute")
def test_all_addresses_count_together(reader: Caller) -> None:
    for path in ("verdicts", "verdicts/changes", "nothing"):
        reader.get(path)
    assert reader.get("verdicts").status_code == 429


@pytest.mark.usefixtures("_three_a_minute")
def test_a_refused_sending_leaves_nothing_behind(sender: Caller) -> None:
    sent = [sender.post("reports", {"body": f"{n} ships arrived in the harbour."}).status_code for n in range(4)]
    assert sent == [201, 201, 201, 429]
    assert [row["title"] for row in _all_reports(sender)] == [""] * 3


def _all_reports(sender: Caller) -> list[dict[str, Any]]:
    cache.clear()
    rows: list[dict[str, Any]] = sender.get("reports").json()["results"]
    return rows


@pytest.fixture
def _three_wrong_tokens_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WrongTokenThrottle, "THROTTLE_RATES", {"wrong_token": f"{ALLOWED}/min"})


@pytest.mark.usefixtures("_three_wrong_tokens_a_minute", "db")
def test_who_tries_tokens_is_told_to_wait() -> None:
    assert [with_token(f"{n:064x}").get("verdicts").status_code for n in range(ALLOWED + 1)] == [401] * ALLOWED + [429]
    answer = with_token("no-token").get("verdicts")
    assert codes(answer) == [("throttled", None)]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.usefixtures("_three_wrong_tokens_a_minute")
def test_somebody_elses_wrong_tokens_keep_no_good_one_out(reader: Caller) -> None:
    assert statuses(with_token("wrong")) == [401] * ALLOWED + [429]
    assert reader.get("verdicts").status_code == 200


@pytest.mark.usefixtures("_three_wrong_tokens_a_minute", "db")
@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 401)])
def test_wrong_tokens_count_by_the_address_before_our_proxies(proxies: int, last: int, settings: Any) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    wrong = with_token("wrong")
    for n in range(ALLOWED + 1):
        wrong.headers["X-Forwarded-For"] = f"192.0.2.{n}"
        answer = wrong.get("verdicts")
    assert answer.status_code == last


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "192.0.2.1", "127.0.0.1"),
        (1, "198.51.100.7, 192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.7, 192.0.2.1", "198.51.100.7"),
        (1, "unknown", "127.0.0.1"),
    ],
)
def test_failed_sign_ins_count_by_that_address_too(proxies: int, forwarded: str, address: str, settings: Any) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    request = RequestFactory().get("/sign-in/", headers={"X-Forwarded-For": forwarded})
    assert get_client_ip_address(request) == address


@pytest.fixture
def _dead_cache(settings: Any) -> None:
    """Redis where nobody listens: the port was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"redis://127.0.0.1:{port}/0"}
    settings.CACHES = {"default": redis}


@pytest.mark.usefixtures("_dead_cache")
def test_without_a_cache_everybody_is_answered(
    reader: Caller, sender: Caller, desk: Caller, published: Verdict
) -> None:
    assert reader.get(f"verdicts/{published.claim.public_id}").status_code == 200
    assert sender.post("reports", {"body": "Two ships arrived in the harbour."}).status_code == 201
    assert desk.get("claims").status_code == 200


@pytest.mark.usefixtures("_dead_cache", "_three_a_minute")
def test_without_a_cache_nobody_is_counted(reader: Caller) -> None:
    assert statuses(reader) == [200] * (ALLOWED + 1)


@pytest.mark.usefixtures("_dead_cache", "_three_wrong_tokens_a_minute", "db")
def test_without_a_cache_a_wrong_token_is_only_wrong() -> None:
    assert statuses(with_token("wrong")) == [401] * (ALLOWED + 1)
