"""System checks, each with a hint that says what to type next."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.utils import DatabaseError

from claims.models import Event, triggers


@register(Tags.database)
def triggers_are_in_place(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The database refuses changes to events, wordings and signed verdicts."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        try:
            if Event._meta.db_table not in connection.introspection.table_names():
                continue
            lost = triggers.missing(connection)
        except DatabaseError as error:
            found.append(Error(f"database {alias!r} cannot be read: {error}", id="claims.E002"))
            continue
        if lost:
            found.append(
                Error(
                    f"database {alias!r} lacks the triggers {', '.join(lost)}",
                    hint="Run `python manage.py migrate`: it makes them again.",
                    id="claims.E001",
                )
            )
    return found
