"""kill -9 of the worker and of Redis under load: no report is lost, none is matched twice, on either profile."""

import http.client
import json
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest

from tests.machine import postgres_programs, requires
from tests.processes import wait_until
from tests.production import Production, production
from tests.system.flood import report
from tests.workbench import workbench

REPORTS = 200
SWEEP_AGE, SWEEP_INTERVAL = 5, 2
GRACE = 20
"""A worker that ends itself with Redis needs four seconds for that and five to start again, more on a busy machine."""
DOWN_SECONDS, RECONNECT_SECONDS = 13, 5  # the worker's pause is two seconds, however often it has asked
SETTINGS = {"SWEEP_AGE_SECONDS": str(SWEEP_AGE), "SWEEP_INTERVAL_SECONDS": str(SWEEP_INTERVAL), "API_RATE": "6000/min"}
FLOOD = "r.external_id LIKE 'flood-%'"
FINDINGS = f"""
SELECT c.external_id, r.external_id, f.field, f.start, f."end", f.fingerprint, f.stance, f.relation, f.triage
FROM claims_finding f JOIN claims_claim c ON c.id = f.claim_id JOIN claims_report r ON r.id = f.report_id
WHERE {FLOOD} ORDER BY 1, 2, 3, 4
"""


class Newsroom(Protocol):
    """A running installation, of either profile."""

    url: str

    @property
    def token(self) -> str: ...
    def signal(self, name: str, number: signal.Signals) -> None: ...
    def revive(self, name: str) -> None: ...
    def query(self, sql: str) -> list[tuple[Any, ...]]: ...


def flood() -> Iterator[Mapping[str, str]]:
    """The demonstration's English reports again and again, each time from another outlet."""
    return (report("flood", number) for number in range(REPORTS))


def post(newsroom: Newsroom, report: Mapping[str, str]) -> int:
    """The status that a POST of the report is answered with."""
    address = urlsplit(newsroom.url)
    with closing(http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)) as connection:
        headers = {"Authorization": f"Token {newsroom.token}", "Content-Type": "application/json"}
        connection.request("POST", "/api/v1/reports", body=json.dumps(report), headers=headers)
        return connection.getresponse().status


def states(newsroom: Newsroom) -> Counter[str]:
    return Counter(dict(newsroom.query(f"SELECT r.state, count(*) FROM claims_report r WHERE {FLOOD} GROUP BY 1")))


def wait_for_matched(newsroom: Newsroom, count: int, *, seconds: float) -> None:
    wait_until(
        lambda: states(newsroom)["matched"] >= count, seconds=seconds, pause=0.02, what=f"{count} reports are matched"
    )


def send_with_worker_frozen(newsroom: Newsroom) -> None:
    """All the reports wait when the worker is set free."""
    newsroom.signal("worker", signal.SIGSTOP)
    assert {post(newsroom, report) for report in flood()} == {201}
    assert states(newsroom) == {"waiting": REPORTS}
    newsroom.signal("worker", signal.SIGCONT)


def kill_worker_then_redis(newsroom: Newsroom) -> None:
    """Each while reports are in its hands; returns when both run again."""
    wait_for_matched(newsroom, 20, seconds=60)
    newsroom.signal("worker", signal.SIGKILL)
    assert states(newsroom)["waiting"] > REPORTS / 2
    newsroom.revive("worker")
    wait_for_matched(newsroom, REPORTS // 2, seconds=60)
    newsroom.signal("redis", signal.SIGKILL)
    assert states(newsroom)["waiting"] > 0
    newsroom.revive("redis")


def assert_recovers(newsroom: Newsroom, expected: list[tuple[Any, ...]]) -> None:
    wait_for_matched(newsroom, REPORTS, seconds=SWEEP_AGE + SWEEP_INTERVAL + GRACE)
    assert newsroom.query(FINDINGS) == expected
    made = newsroom.query("SELECT object_id, count(*) FROM claims_event WHERE kind = 'finding_made' GROUP BY 1")
    assert {times for _, times in made} == {1}
    assert newsroom.query("SELECT count(*) FROM claims_event WHERE kind = 'finding_updated'") == [(0,)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    """The findings of a run in which nothing is killed."""
    with workbench(tmp_path_factory.mktemp("undisturbed"), **SETTINGS) as newsroom:
        send_with_worker_frozen(newsroom)
        wait_for_matched(newsroom, REPORTS, seconds=60)
        return newsroom.query(FINDINGS)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    programs = postgres_programs()
    requires(programs, "PostgreSQL is not installed: apt-get install postgresql")
    assert programs
    with production(programs, tmp_path_factory.mktemp("production"), **SETTINGS) as running:
        yield running


def test_the_flood_has_findings_of_every_stance(undisturbed: list[tuple[Any, ...]]) -> None:
    stances = Counter(row[6] for row in undisturbed)
    assert min(stances[stance] for stance in ("confirms", "contradicts", "neutral")) > 10


def test_embedded_profile_recovers_from_kills(tmp_path: Path, undisturbed: list[tuple[Any, ...]]) -> None:
    with workbench(tmp_path, **SETTINGS) as newsroom:
        send_with_worker_frozen(newsroom)
        kill_worker_then_redis(newsroom)
        assert_recovers(newsroom, undisturbed)


def test_production_profile_recovers_from_kills(installation: Production, undisturbed: list[tuple[Any, ...]]) -> None:
    send_with_worker_frozen(installation)
    kill_worker_then_redis(installation)
    assert_recovers(installation, undisturbed)


def send_one(newsroom: Newsroom, name: str) -> None:
    report = {"external_id": name, "outlet": f"Night Desk {name}", "title": "", "body": next(flood())["body"]}
    assert post(newsroom, report) == 201


def states_of(newsroom: Newsroom, *names: str) -> dict[str, str]:
    listed = ", ".join(f"'{name}'" for name in names)
    return dict(newsroom.query(f"SELECT external_id, state FROM claims_report WHERE external_id IN ({listed})"))


def is_matched(newsroom: Newsroom, name: str) -> bool:
    return states_of(newsroom, name) == {name: "matched"}


def test_a_report_sent_while_redis_is_down_is_accepted_and_matched_later(installation: Production) -> None:
    installation.signal("redis", signal.SIGKILL)
    started = time.monotonic()
    send_one(installation, "redis-down")
    assert time.monotonic() - started < 5
    assert not is_matched(installation, "redis-down")
    installation.revive("redis")
    seconds = SWEEP_AGE + SWEEP_INTERVAL + GRACE
    wait_until(lambda: is_matched(installation, "redis-down"), seconds=seconds, what="the report is matched")


def test_a_redis_that_was_down_for_long_is_noticed_at_once(installation: Production) -> None:
    send_one(installation, "before")
    wait_until(lambda: is_matched(installation, "before"), seconds=GRACE, what="the worker works")
    installation.signal("redis", signal.SIGKILL)
    time.sleep(DOWN_SECONDS)
    installation.revive("redis")
    send_one(installation, "after")
    wait_until(lambda: is_matched(installation, "after"), seconds=RECONNECT_SECONDS, what="the report is matched")
    assert states_of(installation, "before", "after") == {"before": "matched", "after": "matched"}
