"""The newsroom policy on pairs it never learned from: another author's, look-alikes, and a blind set.

By author: weights learned from all pairs but one author's, measured on that author's. The blind set was written by
somebody who had not seen the engine, and nothing was tuned on it; the look-alikes were looked at when rules were made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from claims.matching.evaluate.stance import policy_trained_on, precision, recall
from claims.matching.evaluate.tables import Disagreements, Line, Table, bootstrap, macro_f1
from claims.matching.fit.newsroom import samples_of
from claims.matching.fit.pairs import CASES, Pair, crossed, own_pairs, pairs_in
from claims.matching.outcomes import Stance
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.stance import compare

AUTHORS = ("a", "b", "c", "d")
"""Files of `fit/pairs`, each by an author of its own."""
SETS = {"blind pairs": "blind_pairs", "look-alikes": "lookalikes"}
Labels = Sequence[tuple[str, str]]  # wanted, said


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    del log  # single rows of the blind set are nobody's to read
    pairs = [*own_pairs(), *pairs_in(folder / "stance" / "dev.jsonl")]
    for author in AUTHORS:
        others = [pair for pair in pairs if pair.source != author]
        policy = policy_trained_on(samples_of([*others, *crossed(others)]))
        yield _table(f"pairs of author {author}, learned from the others'", pairs_of(author, pairs), policy)
    for name, place in SETS.items():
        chosen = pairs_in(CASES.parents[1] / place / "pairs.jsonl")
        yield _table(f"{name}, chosen pairs", chosen, NEWSROOM)
        yield _table(f"{name}, as on a stream", chosen, NEWSROOM.on_a_stream())


def pairs_of(author: str, pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair.source == author]


def _table(title: str, pairs: Sequence[Pair], policy: Policy) -> Table:
    labels = [
        (pair.stance, compare(pair.claim, pair.passage, context=pair.context, policy=policy).stance) for pair in pairs
    ]
    return Table(title, list(_lines(labels)), f"{len(pairs)} pairs")


def _lines(labels: Labels) -> Iterator[Line]:
    overall = partial(macro_f1, classes=list(Stance))
    yield Line("macro-F1", overall(labels), interval=bootstrap(labels, overall))
    for stance in (Stance.CONTRADICTS, Stance.CONFIRMS):
        yield Line(f"{stance} precision", precision(labels, stance))
        yield Line(f"{stance} recall", recall(labels, stance))
        false = sum(wanted == Stance.NEUTRAL and said == stance for wanted, said in labels)
        yield Line(f"{stance} said of neutral pairs", false)
