"""Many reports sent at once, as clients do that try again until they are answered."""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlsplit

from claims.management.demonstration import rows
from tests.processes import wait_until

SENDERS = 3
GIVE_UP_SECONDS = 120
TEXTS = [row for row in rows("reports") if row.get("language", "en") == "en"]


class Newsroom(Protocol):
    """A running installation."""

    url: str

    @property
    def token(self) -> str: ...
    def query(self, sql: str) -> list[tuple[Any, ...]]: ...


def report(flood: str, number: int) -> Mapping[str, str]:
    """One of the demonstration's English reports, from an outlet of its own."""
    text = TEXTS[number % len(TEXTS)]
    return {
        "external_id": f"{flood}-{number:04}",
        "outlet": f"Outlet {flood} {number}",
        "url": f"https://{flood}-{number}.example/story",
        "title": text["title"],
        "body": text["body"],
        "published_at": text["published_at"],
    }


class Flood:
    """`total` reports on their way; `with` waits until all are accepted."""

    def __init__(self, newsroom: Newsroom, name: str, total: int) -> None:
        self._newsroom, self._name, self._total = newsroom, name, total
        self._numbers, self._lock = count(), threading.Lock()
        self._senders = [threading.Thread(target=self._send, daemon=True) for _ in range(SENDERS)]
        self.refused: Counter[int | str] = Counter()

    def __enter__(self) -> "Flood":
        for sender in self._senders:
            sender.start()
        return self

    def __exit__(self, *_: object) -> None:
        for sender in self._senders:
            sender.join(GIVE_UP_SECONDS)
        assert not any(sender.is_alive() for sender in self._senders), f"not all accepted: {self.refused}"

    def states(self) -> Counter[str]:
        sql = f"SELECT state, count(*) FROM claims_report WHERE external_id LIKE '{self._name}-%' GROUP BY 1"
        return Counter(dict(self._newsroom.query(sql)))

    def wait_for_matched(self, number: int, *, seconds: float = 90) -> None:
        what = f"{number} of {self._name} are matched"
        wait_until(lambda: self.states()["matched"] >= number, seconds=seconds, pause=0.05, what=what)

    def findings(self) -> Counter[tuple[Any, ...]]:
        """Of each text, by what was found in it: how often."""
        found = self._newsroom.query(
            "SELECT substr(r.external_id, length(r.external_id) - 3), c.external_id, f.field, f.start, f.fingerprint,"
            " f.stance, f.relation, f.triage FROM claims_finding f JOIN claims_claim c ON c.id = f.claim_id"
            f" JOIN claims_report r ON r.id = f.report_id WHERE r.external_id LIKE '{self._name}-%'"
        )
        return Counter((int(number) % len(TEXTS), *row) for number, *row in found)

    def _send(self) -> None:
        while (number := self._next()) < self._total:
            while not self._accepted(number):
                time.sleep(0.2)

    def _next(self) -> int:
        with self._lock:
            return next(self._numbers)

    def _accepted(self, number: int) -> bool:
        address = urlsplit(self._newsroom.url)
        headers = {"Authorization": f"Token {self._newsroom.token}", "Content-Type": "application/json"}
        body = json.dumps(report(self._name, number))
        with closing(http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)) as connection:
            try:
                connection.request("POST", "/api/v1/reports", body=body, headers=headers)
                status = connection.getresponse().status
            except (OSError, http.client.HTTPException) as error:
                self.refused[type(error).__name__] += 1
                return False
        if status not in (200, 201):
            self.refused[status] += 1
        return status in (200, 201)
