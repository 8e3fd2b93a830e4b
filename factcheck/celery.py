"""The Celery application: `celery -A factcheck worker`."""

import os

from celery import Celery, Task
from celery.signals import task_postrun, task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
@task_postrun.connect
def _renew_connections(sender: Task, **_: object) -> None:
    """As before and after a web request: a connection that broke or has grown old is not used any longer.

    A task that runs within its sender (CELERY_TASK_ALWAYS_EAGER) leaves the sender's connection alone.
    """
    if not sender.request.is_eager:
        close_old_connections()
