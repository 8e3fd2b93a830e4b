"""Places in a list, opaque to clients and never depending on how many rows come before (no OFFSET).

They are not signed: a client keeps its place in the changes when the installation's secret is renewed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request

from claims import paging
from claims.errors import InvalidInput
from claims.paging import BadPlace, Place, encode

DEFAULT_LIMIT, MAX_LIMIT = 50, 200
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class CursorPage:
    """Rows of one page, and the cursor of the next one; None at the end."""

    rows: Sequence[Any]
    next: str | None


def encode_seq(seq: int) -> str:
    return encode("seq", str(seq))


def decode_seq(cursor: str, *, field: str) -> int:
    """The event a client has got to; 0 for "". Raises InvalidInput."""
    if not cursor:
        return 0
    try:
        name, seq = paging.decode(cursor, parts=2)
    except BadPlace:
        raise _bad_cursor(field) from None
    if name != "seq" or not paging.is_number(seq):
        raise _bad_cursor(field)
    return int(seq)


def limit_of(request: Request) -> int:
    """`?limit=`, from 1 to 200. Raises InvalidInput."""
    value = request.query_params.get("limit", "")
    if not value:
        return DEFAULT_LIMIT
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= MAX_LIMIT):
        raise InvalidInput(f"{value!r}: a number from 1 to {MAX_LIMIT} is accepted.", field="limit", code="bad_limit")
    return int(value)


def newest_first(request: Request, rows: QuerySet[Row], *, by: str) -> CursorPage:
    """A page of `rows` by a time and then the primary key, both falling. Raises InvalidInput for a bad cursor."""
    limit = limit_of(request)
    if cursor := request.query_params.get("cursor", ""):
        rows = rows.filter(paging.before(_place(cursor), by=by))
    found = list(rows.order_by(f"-{by}", "-pk")[: limit + 1])
    page, more = found[:limit], len(found) > limit
    return CursorPage(page, Place.of(page[-1], by=by).encoded() if more else None)


def _place(cursor: str) -> Place:
    try:
        return Place.decoded(cursor)
    except BadPlace:
        raise _bad_cursor("cursor") from None


def _bad_cursor(field: str) -> InvalidInput:
    return InvalidInput("This is not a cursor this list has given out.", field=field, code="bad_cursor")
