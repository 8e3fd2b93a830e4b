"""What the pages about verdicts need beyond the newsroom's tags: the scale, and texts with their differences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.models import Verdict
from claims.rendering.differences import Part
from claims.workflow import RATINGS, SCALE

register = template.Library()
_ELEMENTS = {"removed": ("del", "removed"), "added": ("ins", "added")}


@dataclass(frozen=True)
class Step:
    label: str
    value: int
    is_given: bool


@register.inclusion_tag("claims/_verdict_scale.html")
def rating_scale(verdict: Verdict) -> dict[str, Any]:
    """The scale from false to true with the verdict's step on it; a rating without value stands beside it."""
    return {"steps": _steps(verdict.rating_value), "label": verdict.rating_label, "value": verdict.rating_value}


@register.inclusion_tag("claims/_verdict_rating.html")
def rating(label: str, value: int | None) -> dict[str, Any]:
    """The rating in a word, with its colour and its place on the scale."""
    return {"label": label, "value": value, "steps": _steps(value)}


@register.filter
def rating_value(label: str) -> int | None:
    """Of a label of today's scale."""
    return RATINGS[label].value if label in RATINGS else None


@register.filter
def woven(parts: Iterable[Part]) -> SafeString:
    """Two texts in one, with what was removed and added marked for eyes and ears."""
    return format_html_join("", "{}", ((_rendered(part),) for part in parts))


def _steps(given: int | None) -> list[Step]:
    """From false to true."""
    return [Step(step.label, step.value, step.value == given) for step in reversed(SCALE) if step.value is not None]


def _rendered(part: Part) -> SafeString:
    if part.kind == "same":
        return format_html("{}", part.text)
    element, spoken = _ELEMENTS[part.kind]
    words = part.text.rstrip()
    return format_html(
        '<{0}><span class="visually-hidden">[{1}: </span>{2}<span class="visually-hidden">]</span></{0}>{3}',
        element,
        spoken,
        words,
        part.text[len(words) :] or " ",
    )
