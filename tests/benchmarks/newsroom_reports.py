"""Reports of a large newsroom, and what was found in them: a few claims with tens of thousands, most with few."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from claims.matching import compare
from claims.matching.fit.pairs import own_pairs
from claims.models import DismissalReason, Finding, Kind, Report
from claims.services.engine_findings import fingerprint
from claims.workflow import ReportState, Stance, Triage
from tests.benchmarks import bulk
from tests.benchmarks.newsroom_events import Chain, Told
from tests.benchmarks.newsroom_texts import Stock, Writer, rank

OUTLETS = 3_000
NEW_FINDINGS = 20_000
COMPARISONS = 400
BEARING = 0.3
"""Share of the reports that bear on a claim."""
_CHUNK = 20_000
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_EMITTED_NEUTRAL = {"update", "revised_down", "different_scope", "undetermined"}
_STATES = (ReportState.MATCHED, ReportState.NOT_READ, ReportState.FAILED, ReportState.WAITING)
_SHARES = (96.45, 3.5, 0.02, 0.03)
_TRIAGED = ((Triage.SUPERSEDED, 45), (Triage.ACCEPTED, 30), (Triage.DISMISSED, 25))
_REPORT = [
    "id",
    "public_id",
    "external_id",
    "outlet",
    "url",
    "normalised_url",
    "title",
    "body",
    "published_at",
    "language",
    "content_hash",
    "state",
    "matched_seq",
    "queued_at",
    "attempts",
    "matched_at",
    "received_at",
    "received_by_id",
    "removed_at",
    "removed_by_id",
    "removal_reason",
]
_FINDING = [
    "public_id",
    "claim_id",
    "wording_id",
    "report_id",
    "fingerprint",
    "field",
    "start",
    "end",
    "sentence",
    "stance",
    "relation",
    "confidence",
    "comparison",
    "triage",
    "accepted_as",
    "dismissal_reason",
    "triaged_by_id",
    "triaged_at",
    "found_at",
]
_TOLD = {Triage.ACCEPTED: Kind.FINDING_ACCEPTED, Triage.DISMISSED: Kind.FINDING_DISMISSED}


@dataclass(frozen=True)
class Plan:
    """`names` are the claims' public ids by primary key, from 1."""

    reports: int
    findings: int
    names: list[str]
    editors: list[int]
    clients: list[int]
    now: datetime
    span: timedelta

    @property
    def claims(self) -> int:
        return len(self.names) - 1


@dataclass(frozen=True)
class Seen:
    """A comparison the engine made, as findings store it."""

    stance: str
    relation: str
    confidence: float
    stored: str


@dataclass
class Chunk:
    reports: list[tuple[Any, ...]] = field(default_factory=list)
    findings: list[tuple[Any, ...]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def write(plan: Plan, source: Stock, chain: Chain, *, seed: int, say: Callable[[str], None]) -> None:
    maker = _Maker(plan, source, seed)
    for first in range(1, plan.reports + 1, _CHUNK):
        last = min(first + _CHUNK, plan.reports + 1)
        chunk = Chunk()
        for key in range(first, last):
            maker.add(key, chunk, seq=chain.seq)
        with transaction.atomic():
            bulk.insert(Report, _REPORT, chunk.reports)
            bulk.insert(Finding, _FINDING, chunk.findings)
            chain.write(chunk.told)
        say(f"{last - 1:,} reports, {maker.made:,} findings")
    bulk.renew_sequences(Report)


class _Maker:
    def __init__(self, plan: Plan, source: Stock, seed: int) -> None:
        self.plan, self.rows, self.writer = plan, Random(seed), Writer(source, seed + 1)
        self.outlets = [f"{name} {kind}" for name in source.names[: OUTLETS // 3] for kind in ("Wire", "Post", "News")]
        self.rows.shuffle(self.outlets)
        self.popular = list(range(1, plan.claims + 1))
        self.rows.shuffle(self.popular)
        self.seen = _comparisons()
        self.made = 0

    def add(self, key: int, chunk: Chunk, *, seq: int) -> None:
        draw, plan = self.rows.random, self.plan
        sentences, at = self.writer.body(), plan.now - plan.span * (1 - key / plan.reports)
        state = self.rows.choices(_STATES, _SHARES)[0]
        outlet, name = self.outlets[rank(self.rows, len(self.outlets))], self._id()
        title, body = sentences[0].rstrip("."), " ".join(sentences[1:])
        url = f"https://{outlet.replace(' ', '').lower()}.example/{key}" if draw() < 0.8 else ""
        removed = (at, plan.editors[0], "pasted twice") if draw() < 0.001 else (None, None, "")
        matched = state == ReportState.MATCHED
        chunk.reports.append(
            (
                key,
                name,
                f"ext-{key}" if draw() < 0.5 else None,
                outlet,
                url,
                url,
                title,
                body,
                at - timedelta(minutes=20),
                "en" if state != ReportState.NOT_READ else self.rows.choice(("fr", "de", "es")),
                hashlib.sha256(f"{title}\n\n{body}".encode()).hexdigest(),
                state.value,
                seq if matched else None,
                at,
                1,
                at if matched else None,
                at,
                self.rows.choice(plan.clients),
                *removed,
            )
        )
        if matched:
            self._find(key, name, sentences[1:], at, chunk)

    def _find(self, key: int, report: str, sentences: list[str], at: datetime, chunk: Chunk) -> None:
        """So many in this report that those still to make are spread over the reports still to come."""
        due = self.plan.findings * key / self.plan.reports - self.made
        wanted = int(due) if due >= 1 / BEARING or key == self.plan.reports else 0
        for claim in {self.popular[rank(self.rows, self.plan.claims)] for _ in range(wanted)}:
            number = int(self.rows.random() * len(sentences))
            start = sum(len(sentence) + 1 for sentence in sentences[:number])
            self._finding(claim, key, report, sentences[number], start, at, chunk)

    def _finding(
        self, claim: int, key: int, report: str, sentence: str, start: int, at: datetime, chunk: Chunk
    ) -> None:
        self.made += 1
        seen, name = self.rows.choice(self.seen), self._id()
        triage = self._triage()
        decided = triage in _TOLD
        by, triaged_at = (self.rows.choice(self.plan.editors), at + timedelta(hours=2)) if decided else (None, None)
        chunk.findings.append(
            (
                name,
                claim,
                claim,
                key,
                fingerprint(sentence),
                "body",
                start,
                start + len(sentence),
                sentence,
                seen.stance,
                seen.relation,
                seen.confidence,
                seen.stored,
                triage.value,
                self._accepted_as(seen.stance) if triage == Triage.ACCEPTED else "",
                self.rows.choice(DismissalReason.values) if triage == Triage.DISMISSED else "",
                by,
                triaged_at,
                at,
            )
        )
        said = {"claim": self.plan.names[claim], "report": report, "stance": seen.stance, "relation": seen.relation}
        chunk.told.append((None, at, Kind.FINDING_MADE, "finding", name, said))
        if triaged_at:
            chunk.told.append((by, triaged_at, _TOLD[triage], "finding", name, {"claim": self.plan.names[claim]}))

    def _triage(self) -> Triage:
        if self.rows.random() < NEW_FINDINGS / max(self.plan.findings, 10 * NEW_FINDINGS):
            return Triage.NEW
        states, shares = zip(*_TRIAGED, strict=True)
        return self.rows.choices(states, shares)[0]

    def _accepted_as(self, stance: str) -> str:
        return stance if self.rows.random() < 0.93 else self.rows.choice(Stance.values)

    def _id(self) -> str:
        return "".join(self.rows.choices(_ALPHABET, k=14))


def _comparisons() -> list[Seen]:
    """Of the project's own pairs, those the pipeline would emit."""
    found: Iterator[Any] = (compare(pair.claim, pair.passage, context=pair.context) for pair in own_pairs())
    emitted = [one for one in found if one.stance != Stance.NEUTRAL or one.relation in _EMITTED_NEUTRAL]
    return [
        Seen(str(one.stance), str(one.relation), one.confidence, json.dumps(one.to_json()))
        for one in emitted[:COMPARISONS]
    ]
