"""Is the confidence of a finding the share of such findings that are right? Brier score, calibration error, risk.

Measured on the confirmations and contradictions said of held-out pairs: the weights never saw their claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.matching.evaluate.stance import Answer, held_out_answers
from claims.matching.evaluate.tables import Disagreements, Line, Table, bootstrap, share
from claims.matching.fit.pairs import own_pairs, pairs_in
from claims.matching.outcomes import Stance

BINS = 5
COVERAGES = (0.25, 0.5, 0.75, 1.0)
Judged = tuple[float, bool]  # confidence, whether the stance is right


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    del log  # the stance evaluation lists the disagreements
    pairs = [*pairs_in(folder / "stance" / "dev.jsonl"), *own_pairs()]
    answers, _ = held_out_answers(pairs, [], strangers=False)
    for name, chosen in (("stance/dev", _of(answers, "dev")), ("stance/dev and the project's pairs", answers)):
        judged = [_judged(answer) for answer in chosen if answer.comparison.stance is not Stance.NEUTRAL]
        yield Table(f"confidence on {name}", list(_lines(judged)), f"{len(judged)} confirmations and contradictions")


def _of(answers: Sequence[Answer], source: str) -> list[Answer]:
    return [answer for answer in answers if answer.pair.source == source]


def _judged(answer: Answer) -> Judged:
    return answer.comparison.confidence, answer.comparison.stance is answer.pair.stance


def _lines(judged: Sequence[Judged]) -> Iterator[Line]:
    yield Line("mean confidence", sum(confidence for confidence, _ in judged) / max(1, len(judged)))
    yield Line("share right", _right(judged), interval=bootstrap(judged, _right))
    yield Line("Brier score", brier(judged), "0 is best; always saying the share right gives p(1-p)")
    yield Line(f"calibration error, {BINS} bins of equal mass", calibration_error(judged))
    ranked = sorted(judged, reverse=True)
    for coverage in COVERAGES:
        kept = ranked[: max(1, round(coverage * len(ranked)))]
        yield Line(f"share wrong among the {coverage:.0%} most confident", 1 - _right(kept))


def _right(judged: Sequence[Judged]) -> float:
    return share(sum(right for _, right in judged), len(judged))


def brier(judged: Sequence[Judged]) -> float:
    """Mean squared difference between confidence and outcome (Brier 1950)."""
    return sum((confidence - right) ** 2 for confidence, right in judged) / max(1, len(judged))


def calibration_error(judged: Sequence[Judged]) -> float:
    """Mean distance between confidence and share right over bins of equal mass (Nixon et al. 2019)."""
    ranked = sorted(judged)
    bins = [ranked[len(ranked) * number // BINS : len(ranked) * (number + 1) // BINS] for number in range(BINS)]
    return sum(
        len(found) / len(ranked) * abs(sum(confidence for confidence, _ in found) / len(found) - _right(found))
        for found in bins
        if found
    )
