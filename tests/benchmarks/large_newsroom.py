"""A newsroom of any size for benchmarks, written in chunks: people, claims, reports with findings, verdicts, events.

`python -m tests.benchmarks newsroom --claims 100000 --reports 1000000 --findings 1000000 --data FOLDER` fills the
migrated, empty database that the environment names. Deterministic but for keys of tokens; readings and comparisons are
the engine's, of a few hundred texts, and the rest of a claim's text follows behind what was read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction

from claims.matching import read
from claims.matching.hearing import Hearing
from claims.models import Appearance, Claim, ClaimWording, Kind, Source, SourceKind, User
from claims.services.claim_text import text_key
from claims.services.tokens import create_token
from claims.workflow import ClaimStatus, Role, Scope
from tests.benchmarks import bulk, newsroom_reports, newsroom_verdicts
from tests.benchmarks.newsroom_events import Chain
from tests.benchmarks.newsroom_texts import Stock, Writer, stock

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
YEARS = timedelta(days=730)
TEMPLATES = 400
EDITORS, REVIEWERS, CLIENTS = 12, 4, 5
TAGS = ("trade", "health", "elections", "climate", "labour", "migration")
_CHUNK = 20_000
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_STATUSES = (ClaimStatus.OPEN, ClaimStatus.CLOSED, ClaimStatus.DRAFT)


@dataclass(frozen=True)
class Size:
    claims: int
    reports: int
    findings: int
    judged: bool = True

    @property
    def verdicts(self) -> int:
        """Claims that have one: 5,000 of 100,000, or none."""
        return self.claims // 20 if self.judged else 0


@dataclass(frozen=True)
class People:
    editors: list[int]
    reviewers: list[int]
    clients: list[int]


def fill(
    size: Size, *, data: Path | None = None, seed: int = 1, say: Callable[[str], None] = lambda text: None
) -> None:
    """Raises RuntimeError unless the database is empty: it is not to be mixed with anybody's work."""
    if Claim.objects.exists():
        raise RuntimeError("this database has claims already; a large newsroom is made in an empty one")
    source, people, chain = stock(data), _people(), Chain()
    names = _claims(size, source, people, chain, seed)
    say(f"{size.claims:,} claims")
    newsroom_reports.write(
        newsroom_reports.Plan(size.reports, size.findings, names, people.editors, people.clients, NOW, YEARS),
        source,
        chain,
        seed=seed,
        say=say,
    )
    newsroom_verdicts.write(size.verdicts, names, people.editors, people.reviewers, chain, now=NOW, seed=seed)
    say(f"{chain.seq:,} events")
    _analyse()


def public_id(source: Random) -> str:
    return "".join(source.choices(_ALPHABET, k=14))


def _people() -> People:
    def made(count: int, role: Role) -> list[int]:
        people = [User.objects.create_user(f"{role.value}-{number}") for number in range(count)]
        for person in people:
            person.groups.add(Group.objects.get(name=role.value))
        return [person.pk for person in people]

    editors, reviewers = made(EDITORS, Role.EDITOR), made(REVIEWERS, Role.REVIEWER)
    administrator = User.objects.get(pk=made(1, Role.ADMINISTRATOR)[0])
    tokens = [
        create_token(name=f"Client {number}", scopes=list(Scope), by=administrator, now=NOW).token
        for number in range(CLIENTS)
    ]
    return People(editors, reviewers, [token.user_id for token in tokens])


def _claims(size: Size, source: Stock, people: People, chain: Chain, seed: int) -> list[str]:
    """The public ids by primary key, which runs from 1."""
    writer, rows = Writer(source, seed), Random(seed)
    readings = [read(writer.sentence(), date=(NOW - YEARS).date(), language="en") for _ in range(TEMPLATES)]
    names: list[str] = [""]
    for first in range(1, size.claims + 1, _CHUNK):
        keys = range(first, min(first + _CHUNK, size.claims + 1))
        made = [_claim(key, readings, writer, rows, people, size.claims) for key in keys]
        names += [each[0][1] for each in made]
        with transaction.atomic():
            bulk.insert(Claim, _CLAIM, (each[0] for each in made))
            bulk.insert(ClaimWording, _WORDING, (each[1] for each in made))
            bulk.insert(Appearance, _APPEARANCE, _appearances(keys, writer, rows, people))
            bulk.insert(Source, _SOURCE, _sources(keys, writer, rows, people))
            chain.write(_claim_events(made))
    bulk.renew_sequences(Claim, ClaimWording)
    return names


_CLAIM = [
    "id",
    "public_id",
    "status",
    "claimant",
    "note",
    "text_key",
    "current_wording_id",
    "created_by_id",
    "created_at",
    "external_id",
]
_WORDING = [
    "id",
    "public_id",
    "claim_id",
    "number",
    "text",
    "date",
    "reading",
    "aliases",
    "created_by_id",
    "created_at",
]
_APPEARANCE = ["claim_id", "outlet", "url", "date", "quote", "added_by_id", "added_at"]
_SOURCE = ["public_id", "claim_id", "url", "title", "publisher", "kind", "quote", "added_by_id", "added_at"]
_Row = tuple[Any, ...]


def _claim(
    key: int, readings: list[Any], writer: Writer, rows: Random, people: People, claims: int
) -> tuple[_Row, _Row]:
    reading = readings[key % len(readings)]
    text = f"{reading.text.rstrip('.')}{writer.ending()}"[:990]
    at, by = NOW - YEARS * (1 - key / claims), rows.choice(people.editors)
    status = rows.choices(_STATUSES, (85, 12, 3))[0]
    aliases = [writer.name()] if rows.random() < 0.2 else []
    claim = (
        key,
        public_id(rows),
        status.value,
        f"{writer.name()} {writer.name()}" if rows.random() < 0.9 else "",
        f"Tags: {', '.join(rows.sample(TAGS, 2))}",
        text_key(f"{text} {key}"),
        key,
        by,
        at,
        f"case-{key}" if rows.random() < 0.5 else None,
    )
    stored = json.dumps(replace(reading, text=text, terms=Hearing(text, None).terms, aliases=tuple(aliases)).to_json())
    return claim, (key, public_id(rows), key, 1, text, at.date(), stored, json.dumps(aliases), by, at)


def _appearances(keys: range, writer: Writer, rows: Random, people: People) -> Iterator[_Row]:
    for key in keys:
        for number in range(rows.choice((0, 1, 1, 2))):
            url = f"https://{writer.name().lower()}.example/{key}-{number}"
            yield key, f"{writer.name()} Post", url, NOW.date(), "", rows.choice(people.editors), NOW


def _sources(keys: range, writer: Writer, rows: Random, people: People) -> Iterator[_Row]:
    for key in keys:
        for number in range(rows.choice((0, 0, 1, 2))):
            url = f"https://office.example/{key}/{number}"
            title, publisher = f"{writer.name()} yearbook", f"{writer.name()} Office"
            kind = rows.choice(SourceKind.values)
            yield public_id(rows), key, url, title, publisher, kind, writer.sentence(), rows.choice(people.editors), NOW


def _claim_events(
    made: list[tuple[_Row, _Row]],
) -> Iterator[tuple[int | None, datetime, Kind, str, str, dict[str, Any]]]:
    for claim, _ in made:
        _, name, status, *_, by, at, _ = claim
        yield by, at, Kind.CLAIM_REGISTERED, "claim", name, {"wording": 1}
        if status != ClaimStatus.DRAFT:
            yield by, at, Kind.CLAIM_OPENED, "claim", name, {"wording": 1}
        if status == ClaimStatus.CLOSED:
            yield by, at, Kind.CLAIM_CLOSED, "claim", name, {"wording": 1}


def _analyse() -> None:
    """As autovacuum does in time: statistics, and on PostgreSQL which pages are visible to all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE" if connection.vendor == "postgresql" and not connection.in_atomic_block else "ANALYZE"
        )
