"""The terms of a large newsroom's stored reports, which matching would have left there: for measuring look-backs.

PostgreSQL only. The index is made anew once all rows are there, which takes minutes less than keeping it on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing import get_context

import django
from django.db import connection

from claims.matching import Document, DocumentReader
from claims.models import Report
from claims.models.report_terms import CREATE, stored_numbers

_AT_ONCE = 5_000
_COPY = "COPY claims_reportterms (report_id, terms) FROM STDIN"
_LACKING = (
    "SELECT id FROM claims_report r WHERE state = 'matched'"
    " AND NOT EXISTS (SELECT FROM claims_reportterms t WHERE t.report_id = r.id) ORDER BY id"
)
_INDEX = "claims_reportterms_terms"
Row = tuple[int, str, str]


def fill_lacking(processes: int) -> int:
    """Writes the terms of matched reports that have none; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_LACKING)
        lacking = [report_id for (report_id,) in cursor.fetchall()]
    if not lacking:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {_INDEX}")
        try:
            _write(lacking, processes)
        finally:
            cursor.execute(next(statement for statement in CREATE["postgresql"] if _INDEX in statement))
        cursor.execute("ANALYZE claims_reportterms")
    return len(lacking)


def _write(report_ids: Sequence[int], processes: int) -> None:
    with get_context("spawn").Pool(processes, initializer=django.setup) as pool:
        for first in range(0, len(report_ids), _AT_ONCE):
            rows = Report.objects.filter(pk__in=report_ids[first : first + _AT_ONCE]).values_list("pk", "title", "body")
            found = pool.map(_terms_of, list(rows))
            with connection.cursor() as cursor, cursor.copy(_COPY) as copy:  # type: ignore[attr-defined]
                for row in found:
                    copy.write_row(row)


def _terms_of(row: Row) -> tuple[int, list[int]]:
    pk, title, body = row
    return pk, stored_numbers(DocumentReader(Document(title, body)).codes())
