"""A sentence that says a claim over again, in the other voice or with one thing changed.

Only where every content word of both is accounted for: "Pogacar won the Tour" has one other name in the place of
"Roglic won the Tour"; "the budget was approved by parliament" is "parliament approved the budget".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from claims.matching.alignment import SAME_SENSE, Alignment, Word, align
from claims.matching.contrast import are_contrary
from claims.matching.lexicon import direction_of, term
from claims.matching.meanings import opposites_of, sides_of
from claims.matching.resources import words
from claims.matching.types import Change

_BE = frozenset({"is", "are", "was", "were", "been", "be", "being"})
_VOICE_REACH = 3  # words from a form of "be" past its participle to "by"
_VERB_ENDINGS = ("ed", "t", "n", "d", "s")


def has_one_other_value(claim: str, passage: str) -> bool:
    """Whether the passage is the claim with another name in a place that holds one, or with a word's contrary."""
    found = align(claim, passage)
    loose, rest = found.loose, _rest(found)
    if not loose or not rest or not _stand_alike(found, loose, rest):
        return False
    if len(loose) == len(rest) == 1 and _exclude_each_other(loose[0].low, rest[0].low):
        return True
    names = all(word.capital for word in (*loose, *rest))
    return names and any(link.word.low in _unique() for link in found.links if link.other is not None)


def says_the_same(claim: str, passage: str) -> bool:
    """Whether the passage has the claim's words and no others, in the other voice."""
    found = align(claim, passage)
    if not found.links or found.loose or _rest(found) or min(link.strength for link in found.links) < SAME_SENSE:
        return False
    ours, theirs = _agent(found.claim.words), _agent(found.nearby)
    return ours is not None and theirs is not None and ours[1] is not theirs[1] and ours[0] == theirs[0]


def _rest(found: Alignment) -> tuple[Word, ...]:
    """Content words of the passage's sentence that stand for none of the claim's."""
    taken = {link.other.at for link in found.links if link.other is not None}
    return tuple(word for word in found.nearby if word.is_content and word.at not in taken)


def _stand_alike(found: Alignment, loose: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether both are one stretch, and as many content words stand before the one as before the other, in order."""
    ours = [link.word.at for link in found.links]
    theirs = [word.at for word in found.nearby if word.is_content]
    first, other = ours.index(loose[0].at), theirs.index(rest[0].at)
    together = ours[first : first + len(loose)] == [word.at for word in loose]
    together = together and theirs[other : other + len(rest)] == [word.at for word in rest]
    aligned = [link.other.at for link in found.links if link.other is not None]
    return together and first == other and aligned == sorted(aligned)


def _exclude_each_other(first: str, second: str) -> bool:
    """Ways up and down are told apart elsewhere."""
    if direction_of(first) is not Change.NONE or first in _compatible():
        return False
    return bool(opposites_of(first) & sides_of(second)) or are_contrary(term(first), term(second))


@cache
def _compatible() -> frozenset[str]:
    """Events whose opposites may well have happened too: who bought may have sold."""
    return words("compatible_events")


@cache
def _unique() -> frozenset[str]:
    """Words of which a thing has one: who won it, where it was held, who directed it."""
    return words("unique_roles")


def _agent(listed: Sequence[Word]) -> tuple[tuple[str, ...], bool] | None:
    """The stems of who acts, and whether the sentence is passive; None where that cannot be told."""
    by = next((at for at, word in enumerate(listed) if word.low == "by" and _is_passive(listed[:at])), None)
    if by is not None:
        agent = [word.known for word in listed[by + 1 :] if word.is_content]
    else:
        first = next((at for at, word in enumerate(listed) if word.is_content), len(listed))
        verb = next((at for at in range(first + 1, len(listed)) if _may_be_verb(listed[at])), len(listed))
        agent = [word.known for word in listed[first:verb] if word.is_content]
    return (tuple(agent), by is not None) if agent else None


def _is_passive(before: Sequence[Word]) -> bool:
    return any(word.low in _BE for word in before[-_VOICE_REACH:])


def _may_be_verb(word: Word) -> bool:
    """A verb by its ending, or the auxiliary before one."""
    if not word.is_content:
        return word.low in ("has", "have", "had")
    return not word.capital and word.low.endswith(_VERB_ENDINGS)
