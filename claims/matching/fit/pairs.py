"""Labelled pairs of claim and passage, and what the engine's rules see in each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.matching.concepts import shared
from claims.matching.judgement import Judgement
from claims.matching.outcomes import Relation, Stance
from claims.matching.policy import NEWSROOM
from claims.matching.sides import Surroundings
from claims.matching.slots import read
from claims.matching.stance import figure_judgements, word_judgements
from claims.matching.statements import Statement

OURS = Path(__file__).parent / "pairs"
"""Pairs written for this project, labelled by the annotation guideline; see the README there."""
CASES = Path(__file__).parents[3] / "tests" / "matching" / "specs" / "compare.jsonl"
"""The engine's cases of comparison, short and plain: what close wording means is learned from them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`groups` name what must not be on both sides of training and test: the claim, and whose passage it is."""

    id: str
    claim: Statement
    passage: Statement
    context: tuple[Statement, ...]
    stance: Stance
    relation: Relation
    source: str
    groups: frozenset[str]

    @property
    def group(self) -> str:
        return self.claim.text

    @property
    def around(self) -> Surroundings:
        return Surroundings(self.passage, self.context)

    def figures(self) -> list[Judgement]:
        """What the rules make of each figure of the passage, for each of the claim's."""
        listed = figure_judgements(self.claim, self.passage, self.around, NEWSROOM)
        return [found for judged in listed for found in judged]

    def words(self) -> list[Judgement]:
        return word_judgements(self.claim, self.passage, self.around, NEWSROOM)


@lru_cache(maxsize=65_536)
def _read(text: str, day: str | None, aliases: tuple[str, ...] = ()) -> Statement:
    return read(text, date=date.fromisoformat(day) if day else None, aliases=aliases)


def pair_of(row: Mapping[str, Any], source: str) -> Pair:
    """A pair from a row with claim, claim_date, passage, report_date, context?, stance and relation (or reason)."""
    day = row.get("report_date")
    return Pair(
        str(row.get("id", "")),
        _read(row["claim"], row.get("claim_date"), tuple(row.get("aliases", ()))),
        _read(row["passage"], day),
        tuple(_read(text, day) for text in row.get("context", ())),
        Stance(row["stance"]),
        Relation(row.get("relation") or row["reason"]),
        source,
        frozenset({row["claim"]}),
    )


def pairs_in(path: Path) -> list[Pair]:
    return [pair_of(json.loads(line), path.stem) for line in path.read_text("utf-8").splitlines() if line.strip()]


def own_pairs() -> list[Pair]:
    return [pair for path in [*sorted(OURS.glob("*.jsonl")), CASES] for pair in pairs_in(path)]


MOST_CROSSED = 6  # passages of other claims for each claim
_LEAST_SHARED = 2  # terms, as for a candidate of the index
_SAME_STORY = 0.3  # share of terms two claims have in common: a passage on one may well decide the other


def crossed(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Every claim with the passages of other claims that share most words with it: neutral, as no story is its own."""
    listed = list(pairs)
    for ours in {pair.group: pair for pair in listed}.values():
        ranked = [(shared(ours.claim.terms, theirs.passage.terms), number) for number, theirs in enumerate(listed)]
        likest = sorted((-count, number) for count, number in ranked if count >= _LEAST_SHARED)
        others = [listed[number] for _, number in likest if not _is_same_story(ours, listed[number])]
        for theirs in others[:MOST_CROSSED]:
            yield replace(
                theirs, id=f"{ours.id}x{theirs.id}", claim=ours.claim, stance=Stance.NEUTRAL,
                relation=Relation.SAME_TOPIC, source="crossed", groups=ours.groups | theirs.groups,
            )  # fmt: skip


def _is_same_story(first: Pair, second: Pair) -> bool:
    ours, theirs = frozenset(first.claim.terms), frozenset(second.claim.terms)
    return len(ours & theirs) >= _SAME_STORY * min(len(ours), len(theirs))
