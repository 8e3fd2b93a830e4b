"""Narrowing a list to rows with some words, in a time that does not grow with the table."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

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
    if len(hits) <= NARROW:
        return Found(rows.filter(**{f"{key}__in": hits}))
    return Found(rows.filter(HasWords(index, query, key)), is_wide=True)
