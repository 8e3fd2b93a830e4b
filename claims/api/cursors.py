"""Places in a list, opaque to clients and never depending on how many rows come before (no OFFSET).

They are not signed: a client keeps its place in the changes when the installation's secret is renewed.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request

from claims.errors import InvalidInput

DEFAULT_LIMIT, MAX_LIMIT = 50, 200
_MAX_SEQ = 2**63 - 1
_MAX_DIGITS = 19
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class CursorPage:
    """Rows of one page, and the cursor of the next one; None at the end."""

    rows: Sequence[Any]
    next: str | None


def encode(*parts: str) -> str:
    return urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")


def decode(cursor: str, *, parts: int, field: str) -> list[str]:
    """Raises InvalidInput for what `encode` has not made."""
    try:
        found = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode().split("|")
    except (UnicodeError, binascii.Error, ValueError):
        found = []
    if len(found) != parts:
        raise InvalidInput("This is not a cursor this list has given out.", field=field, code="bad_cursor")
    return found


def encode_seq(seq: int) -> str:
    return encode("seq", str(seq))


def decode_seq(cursor: str, *, field: str) -> int:
    """The event a client has got to; 0 for ""."""
    if not cursor:
        return 0
    name, seq = decode(cursor, parts=2, field=field)
    if name != "seq" or not _is_number(seq):
        raise InvalidInput("This is not a cursor this list has given out.", field=field, code="bad_cursor")
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
        rows = rows.filter(_before(cursor, by))
    found = list(rows.order_by(f"-{by}", "-pk")[: limit + 1])
    page, more = found[:limit], len(found) > limit
    return CursorPage(page, encode(getattr(page[-1], by).isoformat(), str(page[-1].pk)) if more else None)


def _before(cursor: str, by: str) -> Q:
    moment, key = decode(cursor, parts=2, field="cursor")
    try:
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None or not _is_number(key):
            raise ValueError(cursor)
        at, pk = at.astimezone(UTC), int(key)
    except (ValueError, OverflowError):
        raise InvalidInput("This is not a cursor this list has given out.", field="cursor", code="bad_cursor") from None
    return Q(**{f"{by}__lt": at}) | Q(**{by: at, "pk__lt": pk})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and int(text) <= _MAX_SEQ
