"""A finding as the pages show it: with its paragraph, its reasons and what may be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims.models import Finding, User
from claims.rendering.labels import SLOT_LABELS, TONE_LABELS, tone
from claims.rendering.marks import Mark, Paragraph, paragraph_around
from claims.web.forms.findings import AcceptForm, DismissForm
from claims.workflow import Triage, Verb, may


@dataclass(frozen=True)
class Card:
    """`come_back` is where the person goes on after a decision; `said` what the last decision led to.

    `refusal` is why the last one was not taken; `differing` names the slots in which claim and report differ.
    """

    finding: Finding
    tone: str
    paragraph: Paragraph
    slots: list[dict[str, Any]]
    differing: list[str]
    engine_now: dict[str, Any] | None
    may_triage: bool
    come_back: str
    accept_form: AcceptForm | None = None
    dismiss_form: DismissForm | None = None
    said: str = ""
    refusal: str = ""
    is_unfolded: bool = False


@dataclass(frozen=True)
class Group:
    tone: str
    label: str
    cards: list[Card]


def card(
    finding: Finding,
    *,
    person: User,
    come_back: str,
    dismiss_form: DismissForm | None = None,
    said: str = "",
    refusal: str = "",
    is_unfolded: bool = False,
) -> Card:
    name = tone(finding.decided_stance, finding.relation)
    slots = finding.comparison.get("slots", [])
    is_new = finding.triage == Triage.NEW
    return Card(
        finding=finding,
        tone=name,
        paragraph=paragraph_around(finding.report.text_of(finding.field), Mark(finding.start, finding.end, name)),
        slots=slots,
        differing=[
            SLOT_LABELS.get(slot["name"], slot["name"]).lower() for slot in slots if slot["outcome"] == "differs"
        ],
        engine_now=finding.engine_now,
        may_triage=may(person, Verb.TRIAGE),
        come_back=come_back,
        accept_form=AcceptForm(finding=finding) if is_new else None,
        dismiss_form=dismiss_form or (DismissForm(finding=finding) if is_new else None),
        said=said,
        refusal=refusal,
        is_unfolded=is_unfolded,
    )


def groups(cards: Iterable[Card]) -> list[Group]:
    """By tone, contradictions first; empty groups are left out."""
    order = ("contradicts", "confirms", "update", "scope", "undetermined")
    by_tone: dict[str, list[Card]] = {name: [] for name in order}
    for each in cards:
        by_tone[each.tone].append(each)
    return [Group(name, TONE_LABELS[name], found) for name, found in by_tone.items() if found]
