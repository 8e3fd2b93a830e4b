"""What every page of the newsroom shows: its name, and the sections this person may use with what waits in them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from claims.models import Finding, User, Verdict
from claims.paging import counted_at_once
from claims.workflow import Verb, may

COUNTED_IN_MENU = 999
"""Beyond it the menu says "999+"."""


@dataclass(frozen=True)
class Section:
    """An entry of the navigation, shown to those who may do `verb`; `waiting` counts what needs somebody."""

    label: str
    url_name: str
    verb: Verb
    waiting: Callable[[], QuerySet[Any]] | None = None


SECTIONS = (
    Section("Desk", "web:desk", Verb.SEE_DESK),
    Section("Claims", "web:claims", Verb.SEE_DESK),
    Section("Reports", "web:reports", Verb.SEE_DESK),
    Section("Triage", "web:triage", Verb.TRIAGE, Finding.objects.awaiting_triage),
    Section("Review", "web:review_queue", Verb.SEE_DESK, Verdict.objects.in_review),
    Section("Compare", "web:compare", Verb.SEE_DESK),
    Section("Tokens", "web:tokens", Verb.MANAGE_TOKENS),
    Section("Operations", "web:operations", Verb.SEE_OPERATIONS),
)


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    is_current: bool
    count: int = 0


def newsroom(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing is counted unless the page shows its navigation."""
    person = getattr(request, "user", None)
    return {
        "newsroom_name": settings.NEWSROOM_NAME,
        "navigation": SimpleLazyObject(lambda: navigation(person, request.path)),
    }


def navigation(person: Any, path: str) -> list[NavigationItem]:
    if not isinstance(person, User):
        return []
    sections = [section for section in SECTIONS if may(person, section.verb)]
    counts = _counts(sections)
    items = [_item(section, path, counts.get(section.label, 0)) for section in sections]
    if person.is_active and person.is_staff:
        items.append(NavigationItem("Admin", reverse("admin:index"), is_current=False))
    return items


def first_page(person: User) -> str:
    """Where somebody begins who just signed in."""
    items = navigation(person, "")
    return items[0].url if items else reverse("web:desk")


def _counts(sections: list[Section]) -> dict[str, int]:
    """By label, in one query."""
    waiting = {section.label: section.waiting() for section in sections if section.waiting}
    return dict(zip(waiting, counted_at_once(*waiting.values(), to=COUNTED_IN_MENU), strict=True)) if waiting else {}


def _item(section: Section, path: str, count: int) -> NavigationItem:
    url = reverse(section.url_name)
    is_current = path == url or (url != "/" and path.startswith(url))
    return NavigationItem(section.label, url, is_current, count)
