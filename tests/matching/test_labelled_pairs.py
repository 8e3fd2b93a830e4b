"""A gate on the project's labelled pairs: what the committed weights make of them may only get better.

The weights learned from these pairs, so the floors measure no skill; they notice a reading or a rule that breaks.
"""

from collections import Counter
from functools import cache

import pytest

from claims.matching import Stance, compare
from claims.matching.fit.pairs import Pair, own_pairs

LEAST_RIGHT = 0.697
LEAST_PRECISION = {Stance.CONFIRMS: 0.79, Stance.CONTRADICTS: 0.87}
LEAST_RECALL = {Stance.CONFIRMS: 0.655, Stance.CONTRADICTS: 0.585}
LEAST_ROWS = 8  # of each relation


@cache
def answers() -> list[tuple[Pair, Stance]]:
    return [(pair, compare(pair.claim, pair.passage, context=pair.context).stance) for pair in own_pairs()]


def test_no_fewer_pairs_are_judged_as_their_authors_did() -> None:
    right = sum(pair.stance is said for pair, said in answers())
    assert right / len(answers()) >= LEAST_RIGHT


@pytest.mark.parametrize("stance", LEAST_PRECISION)
def test_what_is_said_is_no_less_often_right(stance: Stance) -> None:
    said = [pair.stance is stance for pair, found in answers() if found is stance]
    assert sum(said) / len(said) >= LEAST_PRECISION[stance]


@pytest.mark.parametrize("stance", LEAST_RECALL)
def test_no_less_of_what_is_there_is_found(stance: Stance) -> None:
    found = [said is stance for pair, said in answers() if pair.stance is stance]
    assert sum(found) / len(found) >= LEAST_RECALL[stance]


def test_every_relation_has_pairs_enough() -> None:
    counts = Counter(pair.relation for pair, _ in answers())
    telling = {
        relation: count for relation, count in counts.items() if relation not in ("undetermined", "revised_down")
    }
    assert min(telling.values()) >= LEAST_ROWS
