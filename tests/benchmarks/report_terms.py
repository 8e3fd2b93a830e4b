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

_CHUNK = 2_000
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
    with get_context("spawn").Pool(processes, initializer=django.setup) as pool, connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {_INDEX}")
        with cursor.copy("COPY claims_reportterms (report_id, terms) FROM STDIN") as copy:  # type: ignore[attr-defined]
            chunks = (lacking[first : first + _CHUNK] for first in range(0, len(lacking), _CHUNK))
            for found in pool.imap(_terms_of, map(_rows, list(chunks))):
                for row in found:
                    copy.write_row(row)
        cursor.execute(next(statement for statement in CREATE["postgresql"] if _INDEX in statement))
        cursor.execute("ANALYZE claims_reportterms")
    return len(lacking)


def _rows(report_ids: Sequence[int]) -> list[Row]:
    return list(Report.objects.filter(pk__in=report_ids).values_list("pk", "title", "body"))


def _terms_of(rows: Sequence[Row]) -> list[tuple[int, list[int]]]:
    return [(pk, stored_numbers(DocumentReader(Document(title, body)).codes())) for pk, title, body in rows]
