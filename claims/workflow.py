"""What a claim, a finding and a verdict may become, and which role may do which verb. Tables only."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.db.models import TextChoices


class Role(StrEnum):
    """Names of Django groups, except SYSTEM, which no person has."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    API_CLIENT = "api client"
    SYSTEM = "system"


GROUP_ROLES = (Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.API_CLIENT)


class Verb(StrEnum):
    SEE_DESK = "see the desk"
    EDIT_CLAIMS = "edit claims"
    ATTACH_SOURCES = "attach sources"
    RECEIVE_REPORTS = "send reports"
    MANAGE_REPORTS = "remove or retry reports"
    MATCH = "match reports"
    TRIAGE = "triage findings"
    DRAFT_VERDICTS = "propose verdicts"
    REVIEW_VERDICTS = "review verdicts"
    WITHDRAW_VERDICTS = "withdraw verdicts"
    SEE_OPERATIONS = "see how matching works"
    MANAGE_TOKENS = "manage API tokens"
    MANAGE_PEOPLE = "manage people and their roles"


_DESK = frozenset({Role.EDITOR, Role.REVIEWER})
MAY: Mapping[Verb, frozenset[Role]] = {
    Verb.SEE_DESK: _DESK,
    Verb.EDIT_CLAIMS: _DESK,
    Verb.ATTACH_SOURCES: _DESK,
    Verb.RECEIVE_REPORTS: _DESK | {Role.API_CLIENT, Role.SYSTEM},
    Verb.MANAGE_REPORTS: _DESK,
    Verb.MATCH: frozenset({Role.SYSTEM}),
    Verb.TRIAGE: _DESK,
    Verb.DRAFT_VERDICTS: _DESK,
    Verb.REVIEW_VERDICTS: frozenset({Role.REVIEWER}),
    Verb.WITHDRAW_VERDICTS: frozenset({Role.REVIEWER}),
    Verb.SEE_OPERATIONS: _DESK | {Role.ADMINISTRATOR},
    Verb.MANAGE_TOKENS: frozenset({Role.ADMINISTRATOR}),
    Verb.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}


class Person(Protocol):
    """Whoever acts: a user, or SYSTEM."""

    @property
    def pk(self) -> int | None: ...

    @property
    def roles(self) -> frozenset[Role]: ...


@dataclass(frozen=True)
class _System:
    pk: None = None
    roles: frozenset[Role] = frozenset({Role.SYSTEM})


SYSTEM: Person = _System()


def may(person: Person, verb: Verb) -> bool:
    return bool(MAY[verb] & person.roles)


class ClaimStatus(TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


NEXT_CLAIM: Mapping[str, frozenset[str]] = {
    ClaimStatus.DRAFT: frozenset({ClaimStatus.OPEN}),
    ClaimStatus.OPEN: frozenset({ClaimStatus.CLOSED}),
    ClaimStatus.CLOSED: frozenset({ClaimStatus.OPEN}),
}


class ReportState(TextChoices):
    WAITING = "waiting", "Waiting"
    MATCHED = "matched", "Matched"
    FAILED = "failed", "Failed"
    NOT_READ = "not_read", "Not read"


class LookBackState(TextChoices):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"


class Stance(TextChoices):
    CONFIRMS = "confirms", "Confirms"
    CONTRADICTS = "contradicts", "Contradicts"
    NEUTRAL = "neutral", "Neutral"


class Triage(TextChoices):
    NEW = "new", "New"
    ACCEPTED = "accepted", "Accepted"
    DISMISSED = "dismissed", "Dismissed"
    SUPERSEDED = "superseded", "Superseded"


NEXT_TRIAGE: Mapping[str, frozenset[str]] = {
    Triage.NEW: frozenset({Triage.ACCEPTED, Triage.DISMISSED, Triage.SUPERSEDED}),
    Triage.ACCEPTED: frozenset({Triage.NEW}),
    Triage.DISMISSED: frozenset({Triage.NEW}),
    Triage.SUPERSEDED: frozenset({Triage.NEW}),
}


class VerdictState(TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded by a correction"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DISCARDED = "discarded", "Discarded"


NEXT_VERDICT: Mapping[str, frozenset[str]] = {
    VerdictState.DRAFT: frozenset({VerdictState.IN_REVIEW, VerdictState.DISCARDED}),
    VerdictState.IN_REVIEW: frozenset({VerdictState.PUBLISHED, VerdictState.CHANGES_REQUESTED, VerdictState.DRAFT}),
    VerdictState.CHANGES_REQUESTED: frozenset({VerdictState.IN_REVIEW, VerdictState.DISCARDED}),
    VerdictState.PUBLISHED: frozenset({VerdictState.SUPERSEDED, VerdictState.WITHDRAWN}),
    VerdictState.SUPERSEDED: frozenset(),
    VerdictState.WITHDRAWN: frozenset(),
    VerdictState.DISCARDED: frozenset(),
}
UNFINISHED_VERDICTS = (VerdictState.DRAFT, VerdictState.IN_REVIEW, VerdictState.CHANGES_REQUESTED)
EDITABLE_VERDICTS = (VerdictState.DRAFT, VerdictState.CHANGES_REQUESTED)


class Scope(TextChoices):
    """What an API token may do."""

    READ_VERDICTS = "read:verdicts", "Read published verdicts"
    WRITE_REPORTS = "write:reports", "Send reports and follow their matching"


@dataclass(frozen=True)
class Rating:
    """A step of the verdict scale; `value` runs from 1 (false) to 5 (true) as in ClaimReview, None for none."""

    label: str
    value: int | None


SCALE = (
    Rating("True", 5),
    Rating("Mostly true", 4),
    Rating("Half true", 3),
    Rating("Mostly false", 2),
    Rating("False", 1),
    Rating("Unproven", None),
)
RATINGS: Mapping[str, Rating] = {rating.label: rating for rating in SCALE}
