"""Verdicts of a large newsroom: version after version, as the database's triggers want them, with their events."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from claims.models import Claim, Evidence, Finding, Kind, Verdict, VerdictEdit
from claims.workflow import RATINGS, ClaimStatus, VerdictState
from tests.benchmarks import bulk
from tests.benchmarks.newsroom_events import Chain, Told

_CHUNK = 1_000
_EVIDENCE = 4
_ENDS = (
    (VerdictState.PUBLISHED, 84),
    (VerdictState.IN_REVIEW, 6),
    (VerdictState.DRAFT, 5),
    (VerdictState.CHANGES_REQUESTED, 2),
    (VerdictState.WITHDRAWN, 2),
    (VerdictState.DISCARDED, 1),
)
_VERSIONS = ((1, 80), (2, 13), (3, 5), (5, 2))
_SAID = "The figures the reports give agree with the register of the office, within what rounding allows."
_WHY = "A figure was misread."
_SIGNED = (VerdictState.PUBLISHED, VerdictState.SUPERSEDED, VerdictState.WITHDRAWN)


@dataclass(frozen=True)
class Story:
    """How the verdicts on one claim go: states of its versions, the first first."""

    claim: Claim
    states: list[VerdictState]
    at: datetime
    author: int
    reviewer: int


def write(
    count: int, names: list[str], editors: list[int], reviewers: list[int], chain: Chain, *, now: datetime, seed: int
) -> None:
    """On `count` claims. A version whose successor is unfinished stays published."""
    bulk.analyse()  # a claim's findings are asked for next: half a second each among a million that nobody has counted
    rows = Random(seed + 2)
    keys = rows.sample(range(1, len(names)), min(count, len(names) - 1))
    for first in range(0, len(keys), _CHUNK):
        claims = Claim.objects.filter(pk__in=keys[first : first + _CHUNK]).exclude(status=ClaimStatus.DRAFT)
        stories = [_story(claim, rows, editors, reviewers, now) for claim in claims]
        with transaction.atomic():
            _tell(stories, chain, now)


def _story(claim: Claim, rows: Random, editors: list[int], reviewers: list[int], now: datetime) -> Story:
    end = _drawn(_ENDS, rows)
    before = int(_drawn(_VERSIONS, rows)) - (end in _SIGNED)
    states = [*[VerdictState.SUPERSEDED] * before, end]
    if end not in _SIGNED and before:
        states[-2] = VerdictState.PUBLISHED
    at = claim.created_at + (now - claim.created_at) * rows.random()
    return Story(claim, states, at, rows.choice(editors), rows.choice(reviewers))


def _tell(stories: list[Story], chain: Chain, now: datetime) -> None:
    found = _accepted([story.claim for story in stories])
    before: dict[int, Verdict] = {}
    for version in range(1, max((len(story.states) for story in stories), default=0) + 1):
        due = [story for story in stories if len(story.states) >= version]
        made = [_draft(story, version, before.get(story.claim.pk), now) for story in due]
        Verdict.objects.bulk_create(made)
        Evidence.objects.bulk_create(row for one in made for row in _evidence(one, found[one.claim_id]))
        VerdictEdit.objects.bulk_create(
            VerdictEdit(verdict=one, person_id=one.created_by_id, at=one.created_at) for one in made
        )
        for story, one in zip(due, made, strict=True):
            _finish(one, story, story.states[version - 1])
        Verdict.objects.bulk_update(_superseded(before, made), ["state"])
        Verdict.objects.bulk_update(made, _FINISHED)
        chain.write(told for one in made for told in _told(one))
        before |= {one.claim_id: one for one in made}


_FINISHED = [
    "state",
    "submitted_by",
    "submitted_at",
    "approved_by",
    "published_at",
    "withdrawn_by",
    "withdrawn_at",
    "withdrawal_reason",
]


def _superseded(before: dict[int, Verdict], made: list[Verdict]) -> list[Verdict]:
    """The published versions that these replace."""
    replaced = [before[one.claim_id] for one in made if one.claim_id in before and one.state in _SIGNED]
    for one in replaced:
        one.state = VerdictState.SUPERSEDED
    return replaced


def _draft(story: Story, version: int, before: Verdict | None, now: datetime) -> Verdict:
    label = list(RATINGS)[(story.claim.pk + version) % len(RATINGS)]
    at = min(story.at + timedelta(days=version), now)
    return Verdict(
        claim=story.claim,
        wording_id=story.claim.current_wording_id,
        version=version,
        claimant=story.claim.claimant,
        rating_label=label,
        rating_value=RATINGS[label].value,
        explanation=" ".join([_SAID] * 6),
        valid_as_of=at.date(),
        corrects=before,
        correction_reason=_WHY if before else "",
        created_by_id=story.author,
        created_at=at,
        updated_at=at,
    )


def _finish(verdict: Verdict, story: Story, state: VerdictState) -> None:
    """As the last version of the story, or as the one before it stood before it was replaced."""
    verdict.state = VerdictState.PUBLISHED if state == VerdictState.SUPERSEDED else state
    if state not in (VerdictState.DRAFT, VerdictState.DISCARDED):
        verdict.submitted_by_id, verdict.submitted_at = story.author, verdict.created_at
    if state in _SIGNED:
        verdict.approved_by_id, verdict.published_at = story.reviewer, verdict.created_at
    if state == VerdictState.WITHDRAWN:
        verdict.withdrawn_by_id, verdict.withdrawn_at = story.reviewer, verdict.created_at
        verdict.withdrawal_reason = "The source was forged."


def _evidence(verdict: Verdict, found: list[Finding]) -> Iterator[Evidence]:
    for position, finding in enumerate(found, start=1):
        yield Evidence(
            verdict=verdict,
            position=position,
            finding=finding,
            stance=finding.accepted_as,
            relation=finding.relation,
            quote=finding.sentence,
            publisher=finding.report.outlet,
            title=finding.report.title,
            url=finding.report.url,
            published_at=finding.report.published_at,
            sha256=hashlib.sha256(finding.sentence.encode()).hexdigest(),
        )


def _accepted(claims: list[Claim]) -> dict[int, list[Finding]]:
    """A few accepted findings of each claim."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for claim in claims:
        accepted = Finding.objects.accepted().filter(claim=claim).select_related("report").defer("comparison")
        found[claim.pk] = list(accepted.order_by()[:_EVIDENCE])
    return found


def _told(verdict: Verdict) -> Iterator[Told]:
    data = {"claim": verdict.claim.public_id, "version": verdict.version, "revision": verdict.revision}
    what = ("verdict", verdict.public_id, data)
    at, author, reviewer = verdict.created_at, verdict.created_by_id, verdict.approved_by_id
    yield author, at, Kind.VERDICT_DRAFTED, *what
    if verdict.submitted_at:
        yield author, at, Kind.VERDICT_SUBMITTED, *what
    if verdict.published_at:
        kind = Kind.VERDICT_CORRECTED if verdict.corrects_id else Kind.VERDICT_PUBLISHED
        yield reviewer, at, kind, *what
    if verdict.withdrawn_at:
        yield reviewer, at, Kind.VERDICT_WITHDRAWN, *what


def _drawn(choices: Any, rows: Random) -> Any:
    values, shares = zip(*choices, strict=True)
    return rows.choices(values, shares)[0]
