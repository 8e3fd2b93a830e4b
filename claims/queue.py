"""The only door to Celery. The database is the truth, the queue a hint: what is not sent, the sweep sends again.

A message that reports wait speaks of all of them. As long as one is on its way no other is sent: a flood of reports
would make a flood of messages that find nothing to do, and one costs sender and worker a tenth of what a match costs.
"""

import logging
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from kombu import Connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
HINT_SECONDS = 60
"""After this another message is sent, whether the one on its way was heard or lost; the sweep looks more often."""


class Job(StrEnum):
    """Names of the tasks in `claims.tasks`."""

    MATCH_WAITING = "claims.match_waiting"
    MATCH_AGAIN = "claims.match_again"
    LOOK_BACK = "claims.look_back"


def enqueue(job: Job, **ids: int) -> None:
    """Send a job once the running transaction has committed. Never raises and never waits for a dead broker."""

    def send_job() -> None:  # not a partial: Django names a failed robust callback by its __qualname__
        send(job, ids)

    transaction.on_commit(send_job, robust=True)


def enqueue_matching() -> None:
    """Let a worker know, once the running transaction has committed, that reports wait. Never raises, never waits."""
    transaction.on_commit(hint, robust=True)


def hint() -> None:
    """Let a worker know that reports wait, unless a message on its way says so."""
    if _is_first_hint() and not send(Job.MATCH_WAITING, {}):
        hint_heard()


def hint_heard() -> None:
    """Before the waiting reports are looked for: one that comes later makes a message of its own."""
    try:
        cache.delete(_hint_key())
    except (RedisError, OSError) as error:
        logger.warning("the hint was not taken back, it ends by itself: %s", error)


def _is_first_hint() -> bool:
    try:
        return cache.add(_hint_key(), 1, timeout=HINT_SECONDS)
    except (RedisError, OSError):
        return True


def _hint_key() -> str:
    return f"reports-wait-in-{queue_of(Job.MATCH_WAITING)}"


def send(job: Job, ids: dict[str, int]) -> bool:
    """Hand a job to the broker now; False if the broker cannot be reached."""
    try:
        current_app.tasks[job.value].apply_async(kwargs=ids, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("%s not sent, the sweep will send it: %s", job.value, error)
        return False
    return True


def queue_of(job: Job) -> str:
    """The name of the queue that a job is sent to."""
    return str(current_app.amqp.router.route({}, job.value)["queue"].name)


def length() -> int | None:
    """How many messages wait in all queues; None if the broker cannot be reached."""
    waiting = lengths()
    return None if waiting is None else sum(waiting.values())


def lengths() -> Mapping[str, int] | None:
    """How many messages wait in each queue, by its name; None if the broker cannot be reached."""
    try:
        with current_app.connection_for_read() as connection:
            return {name: _length(connection, name) for name in sorted(set(map(queue_of, Job)))}
    except (OperationalError, OSError) as error:
        logger.warning("the queue's length is unknown: %s", error)
        return None


def _length(connection: Connection, name: str) -> int:
    """Not asked passively: over Redis an empty queue does not exist. Declared as workers declare it."""
    channel: Any = connection.default_channel
    declared = channel.queue_declare(name, durable=True, auto_delete=False)
    return int(declared.message_count)
