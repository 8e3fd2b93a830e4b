"""Rows into tables, many at once: COPY on PostgreSQL, executemany on SQLite. Columns not named get their defaults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, JSONField, Model


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """`columns` are attribute names ("claim_id"); a JSON column takes a string that is JSON already."""
    stored = [field for field in model._meta.concrete_fields if not field.generated]
    fields: dict[str, Field[Any, Any]] = {field.attname: field for field in stored}
    rest = [name for name in fields if name not in columns and not (fields[name].null or fields[name].primary_key)]
    defaults = tuple(_default(fields[name]) for name in rest)
    names = ", ".join(connection.ops.quote_name(fields[name].column) for name in (*columns, *rest))
    table = connection.ops.quote_name(model._meta.db_table)
    (_copy if connection.vendor == "postgresql" else _execute_many)(table, names, rows, defaults)


def renew_sequences(*models: type[Model]) -> None:
    """After rows with primary keys of our own, the database must go on counting behind them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def analyse() -> None:
    """Tells the planner how many rows there are now; autovacuum would, later than what is asked next."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _default(field: Field[Any, Any]) -> Any:
    value = field.get_default()
    return json.dumps(value) if isinstance(field, JSONField) else value


def _copy(table: str, names: str, rows: Iterable[Sequence[Any]], defaults: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # type: ignore[attr-defined]
        for row in rows:
            copy.write_row((*row, *defaults))


def _execute_many(table: str, names: str, rows: Iterable[Sequence[Any]], defaults: tuple[Any, ...]) -> None:
    places = ", ".join(["%s"] * len(names.split(", ")))
    converted = [tuple(map(_for_sqlite, (*row, *defaults))) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", converted)


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
