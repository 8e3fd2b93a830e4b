"""Narrowing a list to rows with some words, in a time that does not grow with the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import BooleanField, Case, Model, Q, QuerySet, When

from claims.models.text_index import HasWords, TextIndex

NARROW = 5_000
"""Up to so many rows are looked up at once; of more, the page's first rows come soon by going down the list."""
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Found:
    """`is_wide`: so many rows have the words that counting them would read the whole list."""

    rows: QuerySet[Any]
    is_wide: bool = False


def with_words(rows: QuerySet[Row], text: str, *, index: TextIndex, key: str = "pk") -> Found:
    """Rows whose `key` names a row of `index` with all the words, each at the beginning of a word; none for no word."""
    query = index.query_of(text)
    if not query:
        return Found(rows.none())
    hits = index.hits(query, limit=NARROW + 1)
    if len(hits) > NARROW:
        return Found(rows.filter(HasWords(index, query, key)), is_wide=True)
    narrow = rows.filter(**{f"{key}__in": hits})
    return Found(narrow if _has_one_row_each(rows, key) else _named(narrow, rows))


def all_met(conditions: Sequence[Q]) -> Q | Case:
    """For the parts of texts that somebody looks for. Several make the database go down a list from its top.

    What it expects of one it would multiply, to next to nothing, and read the whole list first. Of a Case it knows
    nothing and expects every second row.
    """
    if len(conditions) < 2:
        return Q(*conditions)
    return Case(When(Q(*conditions), then=True), default=False, output_field=BooleanField())


def _has_one_row_each(rows: QuerySet[Any], key: str) -> bool:
    return key == "pk" or getattr(rows.model._meta.get_field(key.partition("__")[0]), "unique", False)


def _named(narrow: QuerySet[Any], rows: QuerySet[Any]) -> QuerySet[Any]:
    """`narrow` by the keys of its own rows, up to `NARROW`: of these the database knows how many there are.

    How many findings some reports have it takes from the average of those that have any, seven times too many, and
    then goes down a million findings for the few.
    """
    keys = list(narrow.order_by().values_list("pk", flat=True)[: NARROW + 1])
    return rows.filter(pk__in=keys) if len(keys) <= NARROW else narrow
