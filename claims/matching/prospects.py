"""Which candidates are worth reading their sentence for: told from words alone, before anything is read.

A claim with figures needs a figure in the sentence, or a word that may deny it; of a claim without, the sentence and
its context must hold some weight. What is passed over could at most have been called another story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

from claims.matching.index_terms import codes, weight_in
from claims.matching.numbers import may_count
from claims.matching.policy import Policy
from claims.matching.resources import words
from claims.matching.statements import Statement

_DENIALS = (
    {
        "not",
        "never",
        "no",
        "cannot",
        "neither",
        "without",
        "nobody",
        "nothing",
        "none",
        "nor",
        "hardly",
        "fail",
        "fails",
    }
    | {"failed", "refuse", "refuses", "refused"}
    | words("debunk")
    | words("debunking")
    | words("deny")
)
_DENIAL = re.compile(rf"n['’]t\b|\b(?:{'|'.join(sorted(map(re.escape, _DENIALS)))})\b", re.IGNORECASE)


def is_worth_reading(claim: Statement, sentence: str, said: AbstractSet[int], policy: Policy) -> bool:
    """`said` are the codes of the terms that the sentence and its context hold."""
    if any(row.figure is not None for row in claim.slots):
        return may_count(sentence, 0, len(sentence)) or _DENIAL.search(sentence) is not None
    wanted = _codes(claim.text)
    return _weight(code for code in wanted if code in said) >= policy.plain_weight * _weight(wanted)


def _weight(listed: Iterable[int]) -> int:
    return sum(map(weight_in, listed))


@lru_cache(maxsize=4_096)
def _codes(text: str) -> tuple[int, ...]:
    return tuple(codes(text))
