"""The terms of stored reports, so that a new claim finds those it may concern without reading them all.

They stand in a table of their own, written once when a report has been matched: changes of a report's state leave the
term index alone. On PostgreSQL an array of numbers with a GIN index, on SQLite an FTS5 table whose words are the
numbers. Two terms of one number only make a report be looked at in vain.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from claims.workflow import ReportState

CREATE = {
    "postgresql": (
        "CREATE TABLE claims_reportterms (report_id bigint PRIMARY KEY, terms integer[] NOT NULL)",
        "CREATE INDEX claims_reportterms_terms ON claims_reportterms USING gin (terms)",
    ),
    "sqlite": ("CREATE VIRTUAL TABLE claims_reportterms USING fts5(terms, detail=none)",),
}
DROP = "DROP TABLE claims_reportterms"
_WRITE = {
    "postgresql": (
        "INSERT INTO claims_reportterms (report_id, terms) VALUES (%s, %s)"
        " ON CONFLICT (report_id) DO UPDATE SET terms = EXCLUDED.terms"
    ),
    "sqlite": "INSERT OR REPLACE INTO claims_reportterms (rowid, terms) VALUES (%s, %s)",
}
_FROM_REPORTS = """
    SELECT r.id FROM claims_report r JOIN holding h ON h.id = r.id
    WHERE r.id > %s AND r.state = %s AND r.removed_at IS NULL AND (r.matched_seq < %s OR r.matched_seq IS NULL)
    UNION SELECT id FROM claims_report WHERE id > %s AND state = %s AND removed_at IS NULL AND attempts > 0
    ORDER BY 1
"""
_TO_LOOK_AT = {  # materialized: else PostgreSQL may walk the reports in their order and look each up
    "postgresql": "WITH holding AS MATERIALIZED (SELECT report_id AS id FROM claims_reportterms WHERE terms && %s)"  # noqa: S608 - constants
    + _FROM_REPORTS,
    "sqlite": "WITH holding AS (SELECT rowid AS id FROM claims_reportterms WHERE claims_reportterms MATCH %s)"  # noqa: S608
    + _FROM_REPORTS,
}


def keep_terms(codes: Mapping[int, Collection[int]]) -> None:
    """Keep the terms of reports, as the engine's codes by primary key; what was kept before is replaced."""
    rows = [(report_id, _stored(listed)) for report_id, listed in codes.items()]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_WRITE[connection.vendor], rows)


def reports_to_look_at(*, codes: Collection[int], seq: int, after: int) -> list[int]:
    """Reports with a primary key above `after` that may hold one of some terms and have not met the claims of `seq`.

    Those whose matching was started and has not ended are among them whatever they hold: they may be meeting an
    earlier wording this moment. Those not started yet will meet the claim anyway.
    """
    if not codes:
        return []
    given = [_asked(codes), after, ReportState.MATCHED.value, seq, after, ReportState.WAITING.value]
    with connection.cursor() as cursor:
        cursor.execute(_TO_LOOK_AT[connection.vendor], given)
        return [report_id for (report_id,) in cursor.fetchall()]


def kept_terms(report_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """The `stored_numbers` of some reports by primary key, without those that have none yet."""
    with connection.cursor() as cursor:
        cursor.execute(*_read(report_ids))
        return {report_id: frozenset(_numbers(terms)) for report_id, terms in cursor.fetchall()}


def _read(report_ids: Sequence[int]) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql":
        return "SELECT report_id, terms FROM claims_reportterms WHERE report_id = ANY(%s)", [list(report_ids)]
    places = ", ".join(["%s"] * len(report_ids))
    return f"SELECT rowid, terms FROM claims_reportterms WHERE rowid IN ({places})", list(report_ids)  # noqa: S608


def _numbers(terms: list[int] | str) -> Iterable[int]:
    return map(int, terms.split()) if isinstance(terms, str) else terms


def _stored(codes: Iterable[int]) -> list[int] | str:
    return stored_numbers(codes) if connection.vendor == "postgresql" else " ".join(map(str, stored_numbers(codes)))


def _asked(codes: Iterable[int]) -> list[int] | str:
    return stored_numbers(codes) if connection.vendor == "postgresql" else " OR ".join(map(str, stored_numbers(codes)))


def stored_numbers(codes: Iterable[int]) -> list[int]:
    """The `stored_number` of each code, in rising order."""
    return sorted(set(map(stored_number, codes)))


def stored_number(code: int) -> int:
    """31 bits of a code: a number that both databases hold, and that is one word to FTS5."""
    return code & 0x7FFF_FFFF
