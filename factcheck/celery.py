"""The Celery application: `celery -A factcheck worker`."""

import os
from typing import Any, Self

from celery import Celery, Task
from celery.app.amqp import AMQP
from celery.signals import task_postrun, task_prerun, worker_init
from django.db import close_old_connections
from kombu import Connection

from factcheck.startup import settle_engine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

_BROKER_PAUSE_SECONDS = 2


class _SteadyConnection(Connection):
    """Asks for a broker that is down at a steady pace; else the worker's pauses grow to half a minute."""

    def ensure_connection(self, *args: Any, **options: Any) -> Self:
        return super().ensure_connection(*args, **{"interval_max": _BROKER_PAUSE_SECONDS, **options})


class _SteadyAMQP(AMQP):
    Connection = _SteadyConnection


app = Celery("factcheck", amqp=_SteadyAMQP)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _settle(**_: object) -> None:
    """Before the processes are forked that do the work."""
    settle_engine()


@task_prerun.connect
@task_postrun.connect
def _renew_connections(sender: Task, **_: object) -> None:
    """As before and after a web request: a connection that broke or has grown old is not used any longer.

    A task that runs within its sender (CELERY_TASK_ALWAYS_EAGER) leaves the sender's connection alone.
    """
    if not sender.request.is_eager:
        close_old_connections()
