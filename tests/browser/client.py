"""A client of the API, over real HTTP."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Client:
    url: str
    token: str

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(Request(f"{self.url}/api/v1/{path}", headers=headers))

    def post(self, path: str, **body: Any) -> Answer:
        headers = {"Content-Type": "application/json"}
        return self._ask(Request(f"{self.url}/api/v1/{path}", data=json.dumps(body).encode(), headers=headers))

    def changes(self, cursor: str = "", *, limit: int = 100) -> Iterator[tuple[dict[str, Any], str]]:
        """The change feed to its end: each entry with the cursor of the answer it came in."""
        while True:
            query = f"limit={limit}&after={cursor}" if cursor else f"limit={limit}"
            answer = self.get(f"verdicts/changes?{query}").json
            cursor = answer["next"]
            yield from ((entry, cursor) for entry in answer["results"])
            if not answer["has_more"]:
                return

    def _ask(self, request: Request) -> Answer:
        request.add_header("Authorization", f"Token {self.token}")
        try:
            with urlopen(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read().decode())
        except HTTPError as refusal:
            return Answer(refusal.code, refusal.headers, refusal.read().decode())
