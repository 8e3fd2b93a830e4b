"""The one way to write an Event: the last statement of its transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from claims.models import Event, Kind, chain_hash
from claims.workflow import Person

# Any constant of our own: writers of events queue up behind it until they commit, so that `seq` grows in commit
# order (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS).
_EVENT_LOCK = 0x6661637463686B
_GENESIS = "0" * 64


@dataclass(frozen=True)
class Happening:
    """What one event says: ids and codes, never names or free text."""

    kind: Kind
    object_type: str
    object_id: str
    data: dict[str, Any] = field(default_factory=dict)


def record_event(happening: Happening, *, by: Person, at: datetime) -> Event:
    return record_events([happening], by=by, at=at)[0]


def record_events(happenings: Iterable[Happening], *, by: Person, at: datetime) -> list[Event]:
    """Append to the chain, within the caller's transaction. Whoever reads `seq` in order misses nothing."""
    happenings = list(happenings)
    if not happenings:
        return []
    if not connection.in_atomic_block:
        raise RuntimeError("an event belongs to the transaction of what it tells")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_EVENT_LOCK])
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, _GENESIS)
    return Event.objects.bulk_create(_chain(happenings, last=last, by=by, at=at))


def verify_chain() -> int | None:
    """The first `seq` whose hash, predecessor or number does not fit; None if the whole chain holds."""
    prev_hash = _GENESIS
    for seq, event in enumerate(Event.objects.order_by("seq").iterator(), start=1):
        expected = _hash_of(event)
        if event.seq != seq or event.prev_hash != prev_hash or event.hash != expected:
            return seq
        prev_hash = event.hash
    return None


def _chain(happenings: list[Happening], *, last: tuple[int, str], by: Person, at: datetime) -> list[Event]:
    seq, prev_hash = last
    events = []
    for happening in happenings:
        seq += 1
        event = Event(
            seq=seq,
            who=by.pk,
            at=at,
            kind=happening.kind.value,
            object_type=happening.object_type,
            object_id=happening.object_id,
            data=happening.data,
            prev_hash=prev_hash,
        )
        event.hash = prev_hash = _hash_of(event)
        events.append(event)
    return events


def _hash_of(event: Event) -> str:
    return chain_hash(
        prev_hash=event.prev_hash,
        seq=event.seq,
        who=event.who,
        at=event.at,
        kind=event.kind,
        object_type=event.object_type,
        object_id=event.object_id,
        data=event.data,
    )
