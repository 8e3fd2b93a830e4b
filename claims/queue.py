"""The only door to Celery. The database is the truth, the queue a hint: what is not sent, the sweep sends again."""

import logging
from enum import StrEnum

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


class Job(StrEnum):
    """Names of the tasks in `claims.tasks`."""

    MATCH_REPORT = "claims.match_report"
    MATCH_AGAIN = "claims.match_again"
    LOOK_BACK = "claims.look_back"


def enqueue(job: Job, **ids: int) -> None:
    """Send a job once the running transaction has committed. Never raises and never waits for a dead broker."""

    def send_job() -> None:  # not a partial: Django names a failed robust callback by its __qualname__
        send(job, ids)

    transaction.on_commit(send_job, robust=True)


def send(job: Job, ids: dict[str, int]) -> bool:
    """Hand a job to the broker now; False if the broker cannot be reached."""
    try:
        current_app.tasks[job.value].apply_async(kwargs=ids, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("%s not sent, the sweep will send it: %s", job.value, error)
        return False
    return True


def length() -> int | None:
    """How many messages wait in the queue; None if the broker cannot be reached."""
    try:
        with current_app.connection_for_read() as connection:
            # Not passively: over Redis an empty queue does not exist.
            channel = connection.default_channel
            declared = channel.queue_declare(current_app.conf.task_default_queue, durable=True)  # type: ignore[attr-defined]
            return int(declared.message_count)
    except (OperationalError, OSError) as error:
        logger.warning("the queue's length is unknown: %s", error)
        return None
