"""What every page of the newsroom shows: its name, and the sections this person may use with what waits in them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from claims.models import Finding, User, Verdict
from claims.paging import counted
from claims.workflow import Verb, may

COUNTED_IN_MENU = 999
"""Beyond it the menu says "999+"."""


def _findings_waiting() -> int:
    return counted(Finding.objects.awaiting_triage(), to=COUNTED_IN_MENU)


def _verdicts_in_review() -> int:
    return counted(Verdict.objects.in_review(), to=COUNTED_IN_MENU)


@dataclass(frozen=True)
class Section:
    """An entry of the navigation, shown to those who may do `verb`; `waiting` counts what needs somebody."""

    label: str
    url_name: str
    verb: Verb
    waiting: Callable[[], int] | None = None


SECTIONS = (
    Section("Desk", "web:desk", Verb.SEE_DESK),
    Section("Claims", "web:claims", Verb.SEE_DESK),
    Section("Reports", "web:reports", Verb.SEE_DESK),
    Section("Triage", "web:triage", Verb.TRIAGE, _findings_waiting),
    Section("Review", "web:review_queue", Verb.SEE_DESK, _verdicts_in_review),
    Section("Compare", "web:compare", Verb.SEE_DESK),
    Section("Tokens", "web:tokens", Verb.MANAGE_TOKENS),
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
    items = [_item(section, path) for section in SECTIONS if may(person, section.verb)]
    if person.is_active and person.is_staff:
        items.append(NavigationItem("Admin", reverse("admin:index"), is_current=False))
    return items


def first_page(person: User) -> str:
    """Where somebody begins who just signed in."""
    items = navigation(person, "")
    return items[0].url if items else reverse("web:desk")


def _item(section: Section, path: str) -> NavigationItem:
    url = reverse(section.url_name)
    is_current = path == url or (url != "/" and path.startswith(url))
    return NavigationItem(section.label, url, is_current, section.waiting() if section.waiting else 0)
