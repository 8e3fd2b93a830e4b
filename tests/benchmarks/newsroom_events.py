"""The chain of events of a large newsroom, as `record_events` would have written it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from claims.models import Event, Kind, chain_hash
from tests.benchmarks import bulk

Told = tuple[int | None, datetime, Kind, str, str, dict[str, Any]]
"""Who, when, what, type and public id of the object, and the event's data."""
_COLUMNS = ["seq", "who", "at", "kind", "object_type", "object_id", "data", "prev_hash", "hash"]


class Chain:
    def __init__(self) -> None:
        last = Event.objects.order_by("-seq").first()
        self.seq, self.hash = (last.seq, last.hash) if last else (0, "0" * 64)

    def write(self, told: Iterable[Told]) -> None:
        bulk.insert(Event, _COLUMNS, self._rows(told))

    def _rows(self, told: Iterable[Told]) -> Iterator[tuple[Any, ...]]:
        for who, at, kind, object_type, object_id, data in told:
            self.seq, prev_hash = self.seq + 1, self.hash
            self.hash = chain_hash(
                prev_hash=prev_hash,
                seq=self.seq,
                who=who,
                at=at,
                kind=kind.value,
                object_type=object_type,
                object_id=object_id,
                data=data,
            )
            text = json.dumps(data)
            yield self.seq, who, at, kind.value, object_type, object_id, text, prev_hash, self.hash
