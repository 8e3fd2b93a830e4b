"""A reader that follows `seq` misses nothing, however many write at once."""

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from claims.models import Event, Kind, User
from claims.queries import verdict_events_after
from claims.services.audit import Happening, record_event, verify_chain
from claims.workflow import SYSTEM

WRITERS, EACH = 8, 60


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def write(writer: int) -> None:
    """Transactions of uneven length, some of them rolled back after their event was written."""
    chance = random.Random(writer)
    with own_connection():
        for number in range(EACH):
            with transaction.atomic():
                User.objects.filter(pk=0).exists()
                time.sleep(chance.random() / 500)
                happening = Happening(Kind.VERDICT_PUBLISHED, "verdict", f"{writer}-{number}")
                record_event(happening, by=SYSTEM, at=timezone.now())
                time.sleep(chance.random() / 500)
                if chance.random() < 0.1:
                    transaction.set_rollback(True)


def follow(done: threading.Event) -> list[str]:
    """What a client that polls sees, in order."""
    seen: list[str] = []
    cursor = 0
    with own_connection():
        while True:
            last_round = done.is_set()
            events = verdict_events_after(cursor, limit=7)
            seen += [event.object_id for event in events]
            cursor = events[-1].seq if events else cursor
            if last_round and not events:
                return seen


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_reader_beside_eight_writers_misses_no_event() -> None:
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        readers = [pool.submit(follow, done) for _ in range(2)]
        for writing in [pool.submit(write, writer) for writer in range(WRITERS)]:
            writing.result()
        done.set()
        seen = [reader.result() for reader in readers]
    written = list(Event.objects.order_by("seq").values_list("object_id", flat=True))
    assert 0.8 * WRITERS * EACH < len(written) < WRITERS * EACH
    assert seen == [written, written]
    assert verify_chain() is None


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        record_event(Happening(Kind.VERDICT_PUBLISHED, "verdict", "x"), by=SYSTEM, at=timezone.now())
    assert not Event.objects.exists()
