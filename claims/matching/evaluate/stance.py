"""The newsroom policy on pairs labelled by the annotation guideline: what it says, and what it says of strangers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from claims.matching.evaluate.tables import Disagreements, Line, Table, bootstrap, grouped_folds, macro_f1, share
from claims.matching.fit.newsroom import Samples, samples_of, trained
from claims.matching.fit.pairs import Pair, crossed, own_pairs, pairs_in
from claims.matching.learned import Weights, model_from
from claims.matching.outcomes import Comparison, Relation, Stance
from claims.matching.policy import NEWSROOM, Policy
from claims.matching.stance import compare

FOLDS = 8
_PERIODS = frozenset({Relation.DIFFERENT_PERIOD, Relation.UPDATE, Relation.REVISED_DOWN})


@dataclass(frozen=True, slots=True)
class Answer:
    pair: Pair
    comparison: Comparison

    @property
    def labels(self) -> tuple[str, str]:
        return self.pair.stance, self.comparison.stance


def policy_trained_on(samples: Samples) -> Policy:
    """The newsroom policy with weights fitted to some samples alone."""
    learned = trained(samples)
    weights = Weights(model_from(learned["figures"]), model_from(learned["words"]))
    return replace(NEWSROOM, weights=weights)


def held_out_answers(
    pairs: Sequence[Pair], others: Sequence[Pair], folds: int = FOLDS, *, strangers: bool = True
) -> tuple[list[Answer], list[Answer]]:
    """What weights that never saw its claim say of each pair, and of each claim beside other claims' passages."""
    answers: list[Answer] = []
    beside: list[Answer] = []
    every = list(_strangers(pairs)) if strangers else []
    samples = samples_of([*pairs, *others, *crossed([*pairs, *others])])
    for _, held in grouped_folds([pair.group for pair in pairs], folds):
        names = frozenset(pairs[number].group for number in held)
        policy = policy_trained_on(samples.without(names))
        answers += [_answer(pairs[number], policy) for number in held]
        beside += [_answer(pair, policy) for pair in every if pair.group in names]
    return answers, beside


def _strangers(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Every claim with every other claim's passage."""
    for ours in pairs:
        for theirs in pairs:
            if ours.group != theirs.group:
                yield replace(
                    theirs, id=f"{ours.id}x{theirs.id}", claim=ours.claim, stance=Stance.NEUTRAL, source="crossed"
                )


def _answer(pair: Pair, policy: Policy) -> Answer:
    return Answer(pair, compare(pair.claim, pair.passage, context=pair.context, policy=policy))


def tables(folder: Path, log: Disagreements) -> Iterator[Table]:
    pairs = pairs_in(folder / "stance" / "dev.jsonl")
    answers, strangers = held_out_answers(pairs, own_pairs())
    for answer in answers:
        if answer.pair.stance is not answer.comparison.stance:
            _log(log, "stance/dev", answer)
    yield _stances(answers)
    yield _relations(answers)
    yield _crossed(strangers, log)


def _log(log: Disagreements, data: str, answer: Answer) -> None:
    log.add(
        data,
        id=answer.pair.id,
        claim=answer.pair.claim.text,
        passage=answer.pair.passage.text,
        wanted=f"{answer.pair.stance} {answer.pair.relation}",
        said=f"{answer.comparison.stance} {answer.comparison.relation}",
        why=answer.comparison.explanation.text,
    )


def precision(labels: Sequence[tuple[str, str]], stance: Stance) -> float:
    return share(sum(wanted == said == stance for wanted, said in labels), sum(said == stance for _, said in labels))


def recall(labels: Sequence[tuple[str, str]], stance: Stance) -> float:
    return share(
        sum(wanted == said == stance for wanted, said in labels), sum(wanted == stance for wanted, _ in labels)
    )


def _stances(answers: Sequence[Answer]) -> Table:
    labels = [answer.labels for answer in answers]
    overall = partial(macro_f1, classes=list(Stance))
    lines = [Line("macro-F1", overall(labels), "bag of words 0.33, token_set 0.21", 0.75, bootstrap(labels, overall))]
    for stance, reach in ((Stance.CONTRADICTS, (0.92, 0.60)), (Stance.CONFIRMS, (None, None))):
        measures = (("precision", precision, reach[0]), ("recall", recall, reach[1]))
        for name, measure, wanted in measures:
            of_stance = partial(measure, stance=stance)
            lines.append(Line(f"{stance} {name}", of_stance(labels), "", wanted, bootstrap(labels, of_stance)))
    return Table("stance/dev", lines, f"{len(answers)} pairs; cross-validation in {FOLDS} folds grouped by claim")


def _relations(answers: Sequence[Answer]) -> Table:
    lines = []
    for relation in Relation:
        asked = [answer for answer in answers if answer.pair.relation is relation]
        if asked:
            stances = share(sum(answer.pair.stance is answer.comparison.stance for answer in asked), len(asked))
            exact = share(sum(_is_named(answer) for answer in asked), len(asked))
            lines.append(Line(f"{relation} ({len(asked)})", stances, f"relation itself {exact:.2f}"))
    return Table("stance/dev by relation: share with the right stance", lines)


def _is_named(answer: Answer) -> bool:
    wanted, said = answer.pair.relation, answer.comparison.relation
    return said is wanted or (wanted is Relation.DIFFERENT_PERIOD and said in _PERIODS)


def _crossed(strangers: Sequence[Answer], log: Disagreements) -> Table:
    said = [answer for answer in strangers if answer.comparison.stance is not Stance.NEUTRAL]
    for answer in said:
        _log(log, "stance/dev crossed", answer)
    counts = {stance: sum(answer.comparison.stance is stance for answer in said) for stance in Stance}
    lines = [
        Line("contradictions said", counts[Stance.CONTRADICTS], "at most 5"),
        Line("confirmations said", counts[Stance.CONFIRMS], "at most 10"),
    ]
    note = f"{len(strangers):,} pairs of a claim with another claim's passage; each one said is in the disagreements"
    return Table("stance/dev crossed", lines, note)
