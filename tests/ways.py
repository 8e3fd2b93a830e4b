"""Ways to visit a page or a list: who asks, on which rows, with which filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet

from claims.models import ApiToken, Claim, Finding, Verdict
from claims.paging import Place
from claims.workflow import Role, Scope

Caller = Role | Scope | None
"""Who asks: somebody signed in with a role, a token with a scope, or nobody known."""


@dataclass(frozen=True)
class Way:
    caller: Caller
    rows: Callable[[int], Iterable[tuple[Any, ...]]] = lambda count: [()]
    queries: tuple[str, ...] = ("",)
    deep: Callable[[], str] | None = None
    more: Callable[[], Iterable[str]] = lambda: ()


def ids(rows: QuerySet[Any]) -> Callable[[int], Iterable[tuple[Any, ...]]]:
    """The newest, and those that come first by primary key."""

    def some(count: int) -> Iterable[tuple[Any, ...]]:
        found = rows.order_by().values_list("public_id", flat=True)
        half = max(1, count // 2)
        return [(each,) for each in dict.fromkeys([*found.order_by("-pk")[:half], *found.order_by("pk")[:half]])]

    return some


def much_found(count: int) -> Iterable[tuple[Any, ...]]:
    """Claims with the most findings."""
    return _most(Finding.objects.all(), count)


def much_found_unjudged(count: int) -> Iterable[tuple[Any, ...]]:
    return _most(Finding.objects.filter(claim__verdicts=None), count)


def _most(findings: QuerySet[Finding], count: int) -> Iterable[tuple[Any, ...]]:
    counted = findings.order_by().values_list("claim__public_id").annotate(found=Count("pk")).order_by("-found")
    return [(public_id,) for public_id, _ in counted[: max(1, count // 4)]]


def claims_of(*states: str, but: tuple[str, ...] = ()) -> Callable[[int], Iterable[tuple[Any, ...]]]:
    """With a verdict in one of the states and none in those others, the much-found ones first."""
    having = Verdict.objects.filter(state__in=states).values("claim")
    without = Verdict.objects.filter(state__in=but).values("claim")

    def some(count: int) -> Iterable[tuple[Any, ...]]:
        return ids(Claim.objects.filter(pk__in=having).exclude(pk__in=without))(count)

    return some


def versions(count: int) -> Iterable[tuple[Any, ...]]:
    found = Verdict.objects.public().values_list("claim__public_id", "version").order_by("-version", "-pk")
    return list(found[:count])


def accounts(count: int) -> Iterable[tuple[Any, ...]]:
    return [(name,) for name in ApiToken.objects.values_list("user__username", flat=True)[:1]]


def both(one: Any, other: Any) -> Callable[[int], Iterable[tuple[Any, ...]]]:
    return lambda count: list(dict.fromkeys([*one(count // 2 or 1), *other(count // 2 or 1)]))


def place(model: type[Model], by: str, *, name: str = "cursor") -> Callable[[], str]:
    """Two thirds down a list that has the newest first."""

    def found() -> str:
        newest = model._default_manager.order_by("-pk").first()
        if newest is None:
            return ""
        row = model._default_manager.filter(pk__lte=newest.pk // 3 + 1).order_by("-pk").first() or newest
        moment = getattr(row, by)
        return f"{name}={Place(moment, row.pk).encoded()}" if moment else ""

    return found


def options(name: str, values: Iterable[str]) -> list[str]:
    return [f"{name}={value.replace(' ', '+')}" for value in values]
