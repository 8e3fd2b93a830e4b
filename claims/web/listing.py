"""Pages of a list."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from claims.paging import ListPage, page_at

PER_PAGE = 25


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    by: str,
    per_page: int = PER_PAGE,
    rising: bool = False,
    is_counted: bool = True,
) -> ListPage:
    """The page that `?at=` names, by `by` and then the primary key; the first one for any other value."""
    asked = request.GET.get("at", "")
    return page_at(rows, asked, by=by, per_page=per_page, rising=rising, is_counted=is_counted)
