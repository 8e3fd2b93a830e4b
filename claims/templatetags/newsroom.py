"""What the templates need to say things in the newsroom's words. Presentation only."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.paging import COUNTED_TO
from claims.rendering import labels
from claims.rendering.figures import readable
from claims.rendering.marks import Mark, Piece, pieces

register = template.Library()

TONE_ICONS = {
    labels.CONFIRMS: "check-circle-fill",
    labels.CONTRADICTS: "x-octagon-fill",
    labels.UPDATE: "arrow-up-right-circle",
    labels.SCOPE: "intersect",
    labels.UNDETERMINED: "question-circle",
}
# State code -> (tone, icon), over claims, reports, findings, look-backs and verdicts.
STATE_LOOKS = {
    "draft": ("plain", "pencil"),
    "open": ("good", "record-circle"),
    "closed": ("plain", "archive"),
    "waiting": ("busy", "hourglass-split"),
    "matched": ("good", "check2"),
    "failed": ("bad", "exclamation-triangle"),
    "not_read": ("attention", "eye-slash"),
    "done": ("good", "check2"),
    "stopped": ("attention", "stop-circle"),
    "new": ("busy", "circle"),
    "accepted": ("good", "check2"),
    "dismissed": ("plain", "slash-circle"),
    "superseded": ("plain", "clock-history"),
    "in_review": ("busy", "people"),
    "changes_requested": ("attention", "reply"),
    "published": ("good", "patch-check"),
    "withdrawn": ("bad", "x-circle"),
    "discarded": ("plain", "trash"),
}
OUTCOME_ICONS = {"agrees": "check-lg", "differs": "x-lg", "missing": "dash-lg"}


@register.filter
def marked(text: str, spans: Iterable[Mark | Mapping[str, Any]]) -> SafeString:
    """The text, escaped, with its spans (`Mark`, or dictionaries with start, end, tone, label, href) in <mark>.

    Offsets are code points. Spans may nest and overlap: where several lie over each other the narrowest decides tone
    and link.
    """
    marks = [span if isinstance(span, Mark) else Mark(**span) for span in spans or ()]
    return format_html_join("", "{}", ((_rendered(piece),) for piece in pieces(text, marks)))


def _rendered(piece: Piece) -> SafeString:
    if not piece.marks:
        return format_html("{}", piece.text)
    narrowest = piece.marks[-1]
    spoken = [mark.label for mark in piece.begins if mark.label]
    inner = format_html("{}", piece.text)
    if spoken:
        inner = format_html('<span class="visually-hidden">[{}]</span> {}', "; ".join(spoken), inner)
    if narrowest.href:
        inner = format_html('<a href="{}">{}</a>', narrowest.href, inner)
    return format_html('<mark class="tone-{}">{}</mark>', narrowest.tone or "plain", inner)


@register.filter
def figure(value: Decimal | str | None) -> str:
    """ "3860000000" as "3.86 billion"."""
    return readable(value)


@register.filter
def capped(number: int | None, most: int = COUNTED_TO) -> str:
    """A number that was counted up to `most`: "987", "more than 1,000"; "" for one that was not counted."""
    if number is None:
        return ""
    return f"more than {most:,}" if number > most else f"{number:,}"


@register.filter
def briefly(number: int, most: int = COUNTED_TO) -> str:
    """The same where there is little room: "1,000+"."""
    return f"{min(number, most):,}{'+' if number > most else ''}"


@register.filter
def stance_label(stance: str) -> str:
    return labels.STANCE_LABELS.get(stance, stance.replace("_", " ").capitalize())


@register.filter
def relation_label(relation: str) -> str:
    return labels.RELATION_LABELS.get(relation, relation.replace("_", " "))


@register.filter
def slot_label(name: str) -> str:
    return labels.SLOT_LABELS.get(name, name.replace("_", " ").capitalize())


@register.filter
def bound_label(bound: str) -> str:
    return labels.BOUND_LABELS.get(bound, bound.replace("_", " "))


@register.filter
def outcome_icon(outcome: str) -> str:
    return OUTCOME_ICONS.get(outcome, "dash-lg")


@register.simple_tag
def tone(stance: str, relation: str = "") -> str:
    """confirms | contradicts | update | scope | undetermined: the class suffix for colours."""
    return labels.tone(stance, relation)


@register.filter
def tone_icon(name: str) -> str:
    return TONE_ICONS.get(name, "question-circle")


@register.filter
def tone_label(name: str) -> str:
    return labels.TONE_LABELS.get(name, name)


@register.simple_tag
def badge(stance: str, relation: str) -> dict[str, str]:
    """What a stance badge says and how it looks."""
    name = labels.tone(stance, relation)
    word, reason = labels.badge(stance, relation)
    return {"tone": name, "icon": tone_icon(name), "word": word, "reason": reason}


@register.simple_tag
def confidence(share: float) -> str:
    """A probability in words; never 100 %: the engine is not certain."""
    return f"{min(round(share * 100), 99)} % sure"


@register.simple_tag
def state_look(state: str) -> dict[str, str]:
    name, icon = STATE_LOOKS.get(state, ("plain", "dot"))
    return {"tone": name, "icon": icon}


@register.filter
def local_time(moment: datetime | None) -> SafeString | str:
    """A <time> in the newsroom's time zone: "5 Apr 2020, 10:02"."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, "j M Y, H:i"))


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A form field's own widget with the classes of our look. Django adds aria-describedby and aria-invalid."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return field.as_widget()
    base = "form-select" if isinstance(widget, Select) else "form-control"
    if isinstance(widget, CheckboxInput):
        base = "form-check-input"
    classes = [base, widget.attrs.get("class", ""), "is-invalid" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


@register.filter
def is_group(field: BoundField) -> bool:
    """Radio buttons and checkboxes in a list: labelled by a legend."""
    return bool(field.use_fieldset)


@register.filter
def is_needed(field: BoundField) -> bool:
    """Whether to say that a field must be filled; a list that always has a choice need not say so."""
    needed = getattr(field.field, "needed", False)
    return needed or (field.field.required and not isinstance(field.field.widget, Select | CheckboxInput))


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)
