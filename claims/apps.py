"""The application: what happens when Django is ready, and after a migration."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Claims"

    def ready(self) -> None:
        # Without the tasks a web process falls back to send_task and ignores their options.
        from claims import checks, tasks  # noqa: F401, PLC0415

        post_migrate.connect(_restore_promises, sender=self)


def _restore_promises(*, using: str, **_: Any) -> None:
    """Triggers, those of the word tables too (lost when SQLite rebuilds a table) and the groups of the roles."""
    from django.contrib.auth.models import Group  # noqa: PLC0415

    from claims.models import text_index, triggers  # noqa: PLC0415
    from claims.workflow import GROUP_ROLES  # noqa: PLC0415

    triggers.create(connections[using])
    text_index.create_triggers(connections[using])
    for role in GROUP_ROLES:
        Group.objects.using(using).get_or_create(name=role.value)
