"""How the `nli` policy does on public claim and evidence sets: models refitted inside grouped folds only."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from claims.matching.evaluate.tables import (
    SEED,
    Disagreements,
    Line,
    Table,
    accuracy,
    bootstrap,
    macro_f1,
    share,
)
from claims.matching.figure_swaps import swapped
from claims.matching.fit.evidence import PairRow, load_pairs
from claims.matching.fit.nli import Sample, featured, folds, grown, held_out, operating_point, sampled
from claims.matching.nli import decided
from claims.matching.outcomes import Stance

Pair = tuple[str, str]
TWO_WAY = {"equate/NewsNLI": ("Q-REAS 0.611, number rule 0.677", 0.74),
           "equate/RTE_Quant": ("Q-REAS 0.566, number rule 0.657", 0.70)}  # fmt: skip
THREE_WAY: dict[str, tuple[str, float | None]] = {
    "healthver": ("tf-idf 0.585", 0.62),
    "equate/RedditNLI": ("Q-REAS 0.508, number rule 0.504", 0.62),
}
NOTE = "grouped cross-validation, refitted in each fold"
RECALL, PRECISION, ABOVE_BASE = 0.15, 0.80, 0.15
"""Contradictions that a desk can use: seldom wrong, and clearly better than the base rate."""
FEW = 600
"""Rows up to which a figure is given with its bootstrap interval."""


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    """One table a set, then the claim-only ablation and the sets judged by models that never saw them."""
    sample = sampled(folder)
    said = _said(sample, held_out(sample))
    _note(sample, said, log)
    for data in sorted({row.data for row in sample.rows}):
        yield _table(data, [(row.stance.value, said[n]) for n, row in enumerate(sample.rows) if row.data == data])
    yield _stress(folder)
    yield _shuffled(sample)
    yield _strangers(sample)


def _said(sample: Sample, shares: Any) -> list[str]:
    """The stance of each row from held-out probabilities and an operating point that the other folds gave."""
    said = [""] * len(sample.rows)
    for training, held in folds(sample):
        point = operating_point(sample, shares, training)
        for number in held:
            said[number] = _stance(shares[number], point)
    return said


def _stance(shares: Sequence[float], point: float) -> str:
    return decided(dict(zip(sorted(Stance), map(float, shares), strict=True)), point).value


def _note(sample: Sample, said: Sequence[str], log: Disagreements) -> None:
    for row, stance in zip(sample.rows, said, strict=True):
        if stance != row.stance:
            log.add(row.data, claim=row.claim, passage=row.passage, wanted=row.stance.value, said=stance)


def _table(data: str, pairs: Sequence[Pair]) -> Table:
    if data in TWO_WAY:
        return Table(data, [_two_way(pairs, *TWO_WAY[data])], NOTE)
    lines = []
    if any(wanted == Stance.NEUTRAL for wanted, _ in pairs):
        lines.append(_line("accuracy, three-way", pairs, accuracy, *THREE_WAY.get(data, ("", None))))
    if data == "equate/RedditNLI":
        classes = sorted({wanted for wanted, _ in pairs})
        lines.append(_line("macro-F1", pairs, lambda rows: macro_f1(rows, classes), "", 0.45))
    for stance in (Stance.CONFIRMS, Stance.CONTRADICTS):
        base = share(sum(wanted == stance for wanted, _ in pairs), len(pairs))
        is_reach = stance is Stance.CONTRADICTS and not data.startswith("equate")
        lines.append(
            _line(f"precision of {stance.value}", pairs, _precision(stance), f"base rate {base:.3f}",
                  max(PRECISION, base + ABOVE_BASE) if is_reach else None)
        )  # fmt: skip
        lines.append(_line(f"recall of {stance.value}", pairs, _recall(stance), "", RECALL if is_reach else None))
    return Table(data, lines, NOTE)


def _line(
    metric: str, pairs: Sequence[Pair], statistic: Callable[[Sequence[Pair]], float], peers: str, reach: float | None
) -> Line:
    interval = bootstrap(pairs, statistic) if len(pairs) <= FEW else None
    return Line(metric, statistic(pairs), peers, reach, interval)


def _two_way(pairs: Sequence[Pair], peers: str, reach: float) -> Line:
    """EQUATE's scoring of sets without contradictions: entailed or not."""
    merged = [(wanted, said if said == Stance.CONFIRMS else Stance.NEUTRAL.value) for wanted, said in pairs]
    return _line("accuracy, two-way", merged, accuracy, peers, reach)


def _precision(stance: Stance) -> Callable[[Sequence[Pair]], float]:
    return lambda pairs: share(
        sum(wanted == said == stance for wanted, said in pairs), sum(said == stance for _, said in pairs)
    )


def _recall(stance: Stance) -> Callable[[Sequence[Pair]], float]:
    return lambda pairs: share(
        sum(wanted == said == stance for wanted, said in pairs), sum(wanted == stance for wanted, _ in pairs)
    )


def _stress(folder: Path) -> Table:
    """Pairs that differ in one figure are judged by logic: nothing is fitted, all rows count."""
    rows = [row for row in load_pairs(folder) if row.data == "equate/StressTest_dev"]
    verdicts = [swapped(row.claim, row.passage) for row in rows]
    pairs = [(row.stance.value, v.stance.value if v else "") for row, v in zip(rows, verdicts, strict=True)]
    peers = "Q-REAS 0.633, number rule 0.808"
    return Table("equate/StressTest_dev by logic", [_line("accuracy, three-way", pairs, accuracy, peers, 0.92)])


def _shuffled(sample: Sample) -> Table:
    """The claim-only ablation: with another claim's evidence, what is left of the judgement comes from the claim."""
    chosen = [number for number, row in enumerate(sample.rows) if row.data == "fever_symmetric"]
    groups = {sample.groups[number] for number in chosen}
    fitted = grown(sample, [number for number, group in enumerate(sample.groups) if group not in groups])
    passages = [sample.rows[number].passage for number in chosen]
    random.Random(SEED).shuffle(passages)  # noqa: S311
    rows = [sample.rows[number] for number in chosen]
    mixed = featured([PairRow(row.data, row.claim, p, row.stance) for row, p in zip(rows, passages, strict=True)])
    lines = []
    for metric, values in (("own evidence", sample.values[chosen]), ("shuffled evidence", mixed.values)):
        shares = fitted.predict_proba(values)
        pairs = [(row.stance.value, _likelier(share)) for row, share in zip(rows, shares, strict=True)]
        lines.append(_line(f"accuracy, two-way, {metric}", pairs, accuracy, "chance 0.500", None))
    return Table("fever_symmetric, claim-only ablation", lines)


def _likelier(shares: Sequence[float]) -> str:
    """Confirms or contradicts, for sets without neutral pairs."""
    confirms, contradicts, _ = shares
    return (Stance.CONFIRMS if confirms >= contradicts else Stance.CONTRADICTS).value


def _strangers(sample: Sample) -> Table:
    """Each set judged by a model of the other sets alone: what of the judge is general."""
    lines = []
    for data in sorted({row.data for row in sample.rows}):
        chosen = [number for number, row in enumerate(sample.rows) if row.data == data]
        groups = {sample.groups[number] for number in chosen}
        fitted = grown(sample, [number for number, group in enumerate(sample.groups) if group not in groups])
        shares = fitted.predict_proba(sample.values[chosen])
        pairs = [
            (sample.rows[number].stance.value, _stance(one, 0.0)) for number, one in zip(chosen, shares, strict=True)
        ]
        most = max(sum(wanted == stance for wanted, _ in pairs) for stance in Stance)
        lines.append(_line(data, pairs, accuracy, f"majority {share(most, len(pairs)):.3f}", None))
    return Table("Each set by a model of the others: accuracy, three-way", lines)
