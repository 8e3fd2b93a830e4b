"""Pages of a list by the place of a row, so that none depends on how many rows come before (no OFFSET).

A place is a time and a primary key. Rows that come in meanwhile move nothing: the page after a place stays the page
after it. Counts stop where nobody reads on, so that none goes through a whole table.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from django.db import connection
from django.db.models import IntegerField, Model, Q, QuerySet, Subquery

COUNTED_TO = 1_000
"""Lists say "more than 1,000" beyond it."""
_MAX_DIGITS = 19
_MAX_KEY = 2**63 - 1


class BadPlace(ValueError):
    """What no list has given out."""


@dataclass(frozen=True)
class Place:
    """Of a row in a list."""

    moment: datetime
    key: int

    @classmethod
    def of(cls, row: Model, *, by: str) -> Self:
        return cls(getattr(row, by), row.pk)

    @classmethod
    def decoded(cls, text: str) -> Self:
        """Raises BadPlace."""
        moment, key = decode(text, parts=2)
        try:
            at = datetime.fromisoformat(moment)
            if at.tzinfo is None or not is_number(key):
                raise BadPlace(text)
            return cls(at.astimezone(UTC), int(key))
        except (ValueError, OverflowError):
            raise BadPlace(text) from None

    def encoded(self) -> str:
        return encode(self.moment.isoformat(), str(self.key))


def encode(*parts: str) -> str:
    return urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")


def decode(text: str, *, parts: int) -> list[str]:
    """Raises BadPlace for what `encode` has not made of so many parts."""
    try:
        found = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)).decode().split("|")
    except (UnicodeError, binascii.Error, ValueError):
        raise BadPlace(text) from None
    if len(found) != parts:
        raise BadPlace(text)
    return found


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and int(text) <= _MAX_KEY


def before(place: Place, *, by: str) -> Q:
    """Smaller than the place. The first condition repeats part of the second: it is the one an index can begin at."""
    return Q(**{f"{by}__lte": place.moment}) & (Q(**{f"{by}__lt": place.moment}) | Q(pk__lt=place.key))


def behind(place: Place, *, by: str) -> Q:
    """Greater than the place."""
    return Q(**{f"{by}__gte": place.moment}) & (Q(**{f"{by}__gt": place.moment}) | Q(pk__gt=place.key))


def counted(rows: QuerySet[Any], *, to: int = COUNTED_TO) -> int:
    """How many rows there are, `to + 1` for more than `to`."""
    return rows.order_by()[: to + 1].count()


def counted_at_once(*lists: QuerySet[Any], to: int = COUNTED_TO) -> list[int]:
    """`counted` of several lists, in one query."""
    parts = [rows.order_by().values("pk")[: to + 1].query.sql_with_params() for rows in lists]
    counts = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) rows{number})" for number, (sql, _) in enumerate(parts))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [each for _, parameters in parts for each in parameters])
        return list(cursor.fetchone())


def one_after_another(*lists: QuerySet[Any]) -> tuple[str, list[Any]]:
    """SQL and parameters of the rows of several sliced lists of one kind, for one query (`Model.objects.raw`)."""
    parts = [rows.query.sql_with_params() for rows in lists]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) rows{number}" for number, (part, _) in enumerate(parts))
    return sql, [each for _, parameters in parts for each in parameters]


class CappedCount(Subquery):
    """`CappedCount(rows[:limit])` within a query: how many rows of a table belong to each, at most `limit`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class ListPage:
    """Rows of one page, the places to go on from ("" for none), and how many rows the list has if it was `counted`."""

    object_list: list[Any]
    count: int | None
    earlier: str = ""
    later: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)


_EARLIER, _LATER = "e", "l"


def page_at(
    rows: QuerySet[Any], asked: str, *, by: str, per_page: int, rising: bool = False, is_counted: bool = True
) -> ListPage:
    """The page `asked` for by an `earlier` or `later` of another page; the first one for any other text.

    The list falls by `by` and then the primary key, or rises; "later" is further down the list, "earlier" back up.
    """
    count = counted(rows) if is_counted else None
    place, way = _asked(asked)
    if place is None:
        return _down(rows, None, count, by=by, per_page=per_page, rising=rising)
    if way == _LATER:
        return _down(rows, place, count, by=by, per_page=per_page, rising=rising)
    found = _slice(rows, place, by=by, rising=not rising, limit=per_page)
    if len(found) <= per_page:  # the top is reached
        return _down(rows, None, count, by=by, per_page=per_page, rising=rising)
    shown = found[:per_page][::-1]
    return ListPage(shown, count, _marked(_EARLIER, shown[0], by), _marked(_LATER, shown[-1], by))


def _down(
    rows: QuerySet[Any], place: Place | None, count: int | None, *, by: str, per_page: int, rising: bool
) -> ListPage:
    found = _slice(rows, place, by=by, rising=rising, limit=per_page)
    shown = found[:per_page]
    earlier = _marked(_EARLIER, shown[0], by) if place and shown else ""
    return ListPage(shown, count, earlier, _marked(_LATER, shown[-1], by) if len(found) > per_page else "")


def _slice(rows: QuerySet[Any], place: Place | None, *, by: str, rising: bool, limit: int) -> list[Any]:
    """One more than `limit`, if there is one."""
    if place:
        rows = rows.filter(behind(place, by=by) if rising else before(place, by=by))
    ordered = rows.order_by(by, "pk") if rising else rows.order_by(f"-{by}", "-pk")
    return list(ordered[: limit + 1])


def _marked(way: str, row: Model, by: str) -> str:
    return way + Place.of(row, by=by).encoded()


def _asked(text: str) -> tuple[Place | None, str]:
    try:
        return (Place.decoded(text[1:]), text[0]) if text[:1] in (_EARLIER, _LATER) and text else (None, "")
    except BadPlace:
        return None, ""
