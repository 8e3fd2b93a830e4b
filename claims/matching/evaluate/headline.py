"""Headlines against claims: Emergent (Ferreira and Vlachos 2016), in folds grouped by claim with the model refitted.

Beside the published figures stands a tf-idf regression on the headlines, measured in the same folds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from claims.matching.evaluate.tables import (
    SEED,
    Disagreements,
    Line,
    Table,
    accuracy,
    bootstrap,
    f1,
    grouped_folds,
    macro_f1,
    share,
)
from claims.matching.fit.headline import Pair, pairs, trained
from claims.matching.learned import model_from
from claims.matching.outcomes import Stance

FOLDS = 5
SEEDS = (SEED, SEED + 1, SEED + 2)
REACH = 0.74
STANCES = tuple(stance.value for stance in Stance)
_PUBLISHED = "Ferreira and Vlachos 0.733 (official test)"

Judge = Callable[[Sequence[Pair], Sequence[Pair]], list[str]]
Said = tuple[str, str]


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    """One table: the mean over three ways of cutting the folds, the interval by claim from the first."""
    found = pairs(folder)
    ours = [_out_of_fold(found, seed, learned_judge) for seed in SEEDS]
    peer = _out_of_fold(found, SEEDS[0], tfidf_judge)
    for pair, (wanted, said) in zip(found, ours[0], strict=True):
        if wanted != said:
            log.add("emergent", claim=pair.claim, headline=pair.headline, wanted=wanted, said=said)
    rates = [accuracy(run) for run in ours]
    yield Table(
        "Headlines (Emergent)",
        [
            Line("accuracy", mean(rates), _PUBLISHED, REACH, _interval(found, ours[0])),
            Line("accuracy, lowest of the cuts", min(rates)),
            Line("accuracy, highest of the cuts", max(rates)),
            Line("macro-F1", mean(macro_f1(run, STANCES) for run in ours), f"tf-idf {macro_f1(peer, STANCES):.3f}"),
            *(line for name in STANCES for line in _class_lines(name, ours)),
            Line("accuracy, tf-idf regression", accuracy(peer), "published 0.70"),
        ],
        f"{len(found)} pairs, {FOLDS} folds grouped by claim, refitted in each; {len(SEEDS)} cuts of the folds.",
    )


def learned_judge(known: Sequence[Pair], held: Sequence[Pair]) -> list[str]:
    model = model_from(trained(known))
    return [_likeliest(model.probabilities(pair.features)) for pair in held]


def tfidf_judge(known: Sequence[Pair], held: Sequence[Pair]) -> list[str]:
    """Logistic regression on the headline's words and pairs of words, weighted by tf-idf."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    judge = make_pipeline(words, LogisticRegression(C=3.0, max_iter=1_000))
    judge.fit([pair.headline for pair in known], [pair.stance for pair in known])
    return [str(said) for said in judge.predict([pair.headline for pair in held])]


def _likeliest(probabilities: Mapping[str, float]) -> str:
    return max(probabilities, key=probabilities.__getitem__)


def _out_of_fold(found: Sequence[Pair], seed: int, judge: Judge) -> list[Said]:
    """(wanted, said) of each pair, said by a model that has not seen its claim."""
    said = [""] * len(found)
    for known, held in grouped_folds([pair.claim for pair in found], FOLDS, seed):
        answers = judge([found[number] for number in known], [found[number] for number in held])
        for number, answer in zip(held, answers, strict=True):
            said[number] = answer
    return [(pair.stance, answer) for pair, answer in zip(found, said, strict=True)]


def _interval(found: Sequence[Pair], run: Sequence[Said]) -> tuple[float, float]:
    """Claims are drawn again, each with all of its headlines."""
    by_claim: dict[str, list[Said]] = defaultdict(list)
    for pair, both in zip(found, run, strict=True):
        by_claim[pair.claim].append(both)
    return bootstrap(list(by_claim.values()), lambda drawn: accuracy([both for claim in drawn for both in claim]))


def _class_lines(name: str, runs: Sequence[Sequence[Said]]) -> Iterable[Line]:
    right = [sum(wanted == said == name for wanted, said in run) for run in runs]
    said = [sum(answer == name for _, answer in run) for run in runs]
    wanted = [sum(label == name for label, _ in run) for run in runs]
    triples = list(zip(right, said, wanted, strict=True))
    yield Line(f"{name}: precision", mean(share(hit, answers) for hit, answers, _ in triples))
    yield Line(f"{name}: recall", mean(share(hit, labels) for hit, _, labels in triples))
    yield Line(f"{name}: F1", mean(f1(*triple) for triple in triples))
