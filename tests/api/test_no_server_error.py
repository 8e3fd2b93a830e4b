"""Whatever is sent: an answer of the API, never a failure of the server."""

import asyncio
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Claim, Finding, Verdict
from factcheck import asgi
from factcheck.wsgi import application
from tests.api.conftest import Caller
from tests.cast import MASKS

UNDERSTOOD = {200, 201, 400, 403, 404, 405, 406, 409, 410, 413, 415}
REPORT = {"title": "Exports", "body": MASKS, "url": "https://example.org/a", "published_at": "2020-04-05"}
CLAIM = {"text": "Norway sold 40 ferries", "date": "2020-04-05", "aliases": ["boats"], "external_id": "n-1"}
PROPOSAL = {"rating": "True", "explanation": "So.", "valid_as_of": "2020-04-06", "findings": [], "sources": []}
SEEN = {"seen_revision": 1}
# With what would be accepted, of which one value after another is replaced.
WRITES = [
    ("POST", "reports", REPORT),
    ("POST", "reports/batch", {"reports": [REPORT]}),
    ("POST", "claims", CLAIM),
    ("PATCH", "claims/{claim}", {**CLAIM, "seen_wording": 1}),
    ("POST", "claims/{claim}/verdicts", PROPOSAL),
    ("POST", "verdicts/{claim}/correct", {**PROPOSAL, "correction_reason": "So."}),
    ("POST", "verdicts/{claim}/withdraw", {"reason": "A hoax."}),
    ("POST", "findings/{finding}/accept", {"stance": "confirms", "note": "So."}),
    ("POST", "findings/{finding}/dismiss", {"reason": "other", "note": "So."}),
    ("PATCH", "drafts/{verdict}", {**PROPOSAL, **SEEN}),
    ("POST", "drafts/{verdict}/submit", SEEN),
    ("POST", "drafts/{verdict}/approve", SEEN),
    ("POST", "drafts/{verdict}/request-changes", {**SEEN, "comment": "Shorter."}),
]
READS = ["reports", "verdicts", "verdicts/changes", "claims", "findings", "drafts", "claims/{claim}/findings"]
PARAMETERS = [
    *("limit", "cursor", "after", "rating", "rating_min", "rating_max", "claimant", "q", "state", "status"),
    *("published_after", "published_before", "valid_as_of_min", "triage", "stance", "format", "lang", "version"),
]
ODD = [
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "\ufeff",
        "\u202e",
        "a" * 5_000,
        "%",
        "_",
        "'",
        "\\",
        "NaN",
        "null",
        "true",
        "-0",
        "1e9",
    ),
    *("0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2020-02-30", "٣", "³"),
    *("http://[", "http://a..b", "http://xn--a", f"http://{'a' * 70}.org", "http://a.b:c", "javascript:1", "//a.b"),
    *("True", "False", "Half true", "confirms", "other", "en", "2020-04-06", MASKS, "https://example.org/a?b#c"),
    *("c2VxfDE", "c2VxfC0x", "MjAyMC0wNC0wNnwx", "====", "!!!!"),
]
texts = st.sampled_from(ODD) | st.text(st.characters(), max_size=40)
scalars = texts | st.none() | st.booleans() | st.integers() | st.sampled_from([10**30, -1, 0, 1, 1.5, 1e308])
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
queries = st.dictionaries(st.sampled_from(PARAMETERS), texts, max_size=3)
bounded = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def names(in_review: Verdict, finding: Finding, masks: Claim) -> Callable[[str], str]:
    ids = {"claim": masks.public_id, "finding": finding.public_id, "verdict": in_review.public_id}
    return lambda path: path.format(**ids)


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.api.throttling.CallerThrottle.THROTTLE_RATES", {"caller": None})


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize(("method", "path", "good"), WRITES)
def test_no_value_makes_the_server_fail(
    method: str, path: str, good: dict[str, Any], names: Callable[[str], str], review: Caller
) -> None:
    changes = st.dictionaries(st.sampled_from(sorted(good)), values, min_size=1, max_size=2)

    @bounded
    @given(body=values | changes.map(lambda changed: good | changed))
    def send(body: Any) -> None:
        answer = review.send(method, names(path), json.dumps(body).encode())
        assert answer.status_code in UNDERSTOOD, answer.content
        answer.json()

    send()


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("path", READS)
def test_no_parameter_makes_the_server_fail(path: str, names: Callable[[str], str], review: Caller) -> None:
    @bounded
    @given(query=queries)
    def ask(query: dict[str, str]) -> None:
        sendable = {name: value.encode(errors="surrogatepass") for name, value in query.items()}
        assert review.get(names(path), sendable).status_code in UNDERSTOOD

    ask()


@pytest.mark.usefixtures("uncounted")
def test_no_bytes_make_the_server_fail(review: Caller, db: None) -> None:
    @bounded
    @given(body=st.binary(max_size=200))
    def send(body: bytes) -> None:
        assert review.post("reports", body).status_code in UNDERSTOOD

    send()


@pytest.mark.parametrize("depth", [31, 33, 500, *range(840, 900, 4)])
@pytest.mark.parametrize(
    ("path", "field"),
    [("reports", "published_at"), ("reports/batch", "reports"), ("claims/{claim}/verdicts", "rating")],
)
def test_nesting_at_the_edge_of_what_python_bears_is_refused(
    path: str, field: str, depth: int, names: Callable[[str], str], review: Caller
) -> None:
    nested = b"[" * depth + b"]" * depth
    answer = review.post(names(path), b'{"%s": %s, "body": "a b c"}' % (field.encode(), nested))
    assert answer.status_code == 400 or (path == "reports/batch" and depth < 32)


@pytest.mark.parametrize("path", ["verdicts?q=", "verdicts?claimant=", "claims?q="])
def test_a_search_longer_than_a_database_bears_is_refused(path: str, desk: Caller) -> None:
    answer = desk.get(f"{path}{'x' * 100_000}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "too_long"


@pytest.mark.parametrize("charset", ["hex", "zlib", "rot13", "undefined", "punycode", "utf-16", "cp037", "nonsense"])
@pytest.mark.parametrize("path", ["/api/v1/verdicts", "/sign-in/"])
def test_a_charset_from_outside_chooses_no_codec(charset: str, path: str, db: None) -> None:
    """Through the WSGI entry: Django reads the address with it before any middleware."""
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "q=%C3%A9",
        "CONTENT_TYPE": f"application/json; charset={charset}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    body = application(environ, lambda status, headers, exc_info=None: statuses.append(status) or (lambda data: None))
    assert b"".join(body)
    assert statuses in (["401 Unauthorized"], ["200 OK"])


@pytest.mark.parametrize("content_type", ["application/json; charset=hex", "text/plain;charset=rot13; x=y"])
def test_the_asgi_entry_takes_the_charset_away_as_well(content_type: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bytes, bytes]] = []

    async def django(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.extend(scope["headers"])

    monkeypatch.setattr(asgi, "_django", django)
    headers = [(b"accept", b"a; charset=b"), (b"content-type", content_type.encode())]
    asyncio.run(asgi.application({"type": "http", "headers": headers}, None, None))
    assert seen[0] == headers[0]
    assert seen[1] in [(b"content-type", b"application/json"), (b"content-type", b"text/plain; x=y")]
