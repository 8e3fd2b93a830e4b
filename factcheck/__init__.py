"""The Django project. Importing it makes the Celery application the current one."""

from factcheck.celery import app as celery_app

__all__ = ["celery_app"]
