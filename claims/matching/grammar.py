"""Clauses, governing verbs and subjects, found from closed word classes and word order alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from claims.matching.attribution import is_speech
from claims.matching.counted import Figure, Sheet
from claims.matching.lexicon import direction_of, groups_of, is_light
from claims.matching.nouns import is_closed, is_participle
from claims.matching.resources import words
from claims.matching.text import Token, is_plural
from claims.matching.types import Change

_BREAKS = words("clause_breaks")
_HARD = frozenset({";", "—", "…"})
_CUTS = _BREAKS | _HARD
_MAY_CUT = _CUTS | {"-", "–", ":", "as"}
_AUXILIARY = words("auxiliary")
_DETERMINERS = words("determiners")
_NOUN_ONLY = words("event_nouns_only")
_GOODS = frozenset({"supplies", "goods", "orders"})
_ONLY_AS_VERB = words("only_as_verb")
_GROUP_WORDS = frozenset({"not", "n't", "already", "also", "now", "to", "been", "since", "so", "far", "never"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Token indexes: from `first` up to `after`."""

    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """The word that says what happened to a figure; `at` is its token index, `before` whether it precedes the figure.

    `noun`: an event named by a noun ("the recall of"); `start` is where its verb group begins, auxiliaries included.
    """

    at: int
    start: int
    before: bool
    noun: bool = False


def clauses(tokens: Sequence[Token], blocked: frozenset[int]) -> list[Clause]:
    """The clauses of a sentence, cut at semicolons, dashes, conjunctions and relative pronouns."""
    cuts = [0]
    for index, token in enumerate(tokens):
        if token.low not in _MAY_CUT or index in blocked or index == 0:
            continue
        if token.low in _CUTS or _is_spaced_dash(tokens, index) or _is_clause_as(tokens, index):
            cuts.append(index)
    cuts.append(len(tokens))
    return [Clause(first, after) for first, after in pairwise(cuts) if after > first]


def _is_spaced_dash(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text not in ("-", "–", ":") or index + 1 >= len(tokens):
        return False
    return token.text == ":" or (tokens[index - 1].end < token.start and token.end < tokens[index + 1].start)


def _is_clause_as(tokens: Sequence[Token], index: int) -> bool:
    """ "as" before a clause: after a comma and before a subject, not "as of", "as many as", "as a"."""
    if tokens[index].low != "as" or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1].low
    return tokens[index - 1].text == "," and following not in ("of", "many", "much", "well", "against", "a", "an")


def clause_of(found: Sequence[Clause], index: int) -> Clause:
    for clause in found:
        if clause.first <= index < clause.after:
            return clause
    return found[-1]


def predicate(sheet: Sheet, clause: Clause, figure: Figure, skipped: frozenset[int]) -> Predicate | None:
    """The verb or event noun that governs a figure: the nearest before it in its clause, else the first after it.

    `skipped` are token indexes that cannot hold it: figures with their nouns, dates, attributions.
    """
    for index in range(figure.first - 1, clause.first - 1, -1):
        if index not in skipped and is_verb(sheet.tokens, index):
            return _predicate(sheet.tokens, clause, index, before=True)
    for index in range(figure.after, clause.after):
        if index not in skipped and is_verb(sheet.tokens, index) and not _is_noun_use(sheet.tokens, index):
            return _predicate(sheet.tokens, clause, _last_of_group(sheet.tokens, clause, index), before=False)
    return None


def is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word can govern a figure: an event word, a linking or moving verb, or a verb after an auxiliary."""
    token = tokens[index]
    word = token.low
    sort = _verb_sort(word)
    if sort is _Verb.NEVER or (index > 0 and token.is_capital):
        return False
    if sort is _Verb.MARKED:
        return word in ("total", "top") and index > 0 and tokens[index - 1].low not in _DETERMINERS
    if word.endswith("ing") and _is_attributive(tokens, index):
        return False
    return sort is _Verb.ALONE or (index > 0 and tokens[index - 1].low in _AUXILIARY)


class _Verb(Enum):
    """When a word is a verb: never, only where a determiner does not mark it a noun, alone, or behind an auxiliary."""

    NEVER = "never"
    MARKED = "marked"
    ALONE = "alone"
    HELPED = "helped"


@lru_cache(maxsize=65_536)
def _verb_sort(word: str) -> _Verb:
    if not word[0].isalpha() or is_speech(word):
        return _Verb.NEVER
    if word in _ONLY_AS_VERB:
        return _Verb.MARKED
    if direction_of(word) is not Change.NONE or is_light(word) or groups_of(word):
        return _Verb.ALONE
    if is_closed(word):
        return _Verb.NEVER
    return _Verb.ALONE if is_participle(word) else _Verb.HELPED


def _is_attributive(tokens: Sequence[Token], index: int) -> bool:
    """ "testing capacity": an -ing form before a noun, with no form of "be" before it."""
    before = tokens[index - 1].low if index else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if before in ("is", "are", "was", "were", "been", "be", "by", "keep", "kept", "still", "now"):
        return False
    return following is not None and following.is_word and not is_closed(following.low)


def _is_noun_use(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1].low if index else ""
    return before in _DETERMINERS and before not in ("that", "of", "'s")


def _predicate(tokens: Sequence[Token], clause: Clause, index: int, *, before: bool) -> Predicate:
    start = index
    while start > clause.first and (tokens[start - 1].low in _AUXILIARY or tokens[start - 1].low in _GROUP_WORDS):
        start -= 1
    return Predicate(index, start, before, is_event_noun(tokens, index))


def is_event_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether an event word is used as a noun: "the recall of", "mask exports", "a death toll"."""
    word = tokens[index].low
    if is_light(word) or word in _GOODS or not groups_of(word):
        return False
    before = tokens[index - 1] if index else None
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if word in _NOUN_ONLY or following == "of" or (before is not None and before.low in _DETERMINERS - {"in", "that"}):
        return not word.endswith("ed")
    if before is None or not before.is_word or is_closed(before.low) or (before.is_capital and index > 1):
        return False
    return is_plural(word) and not is_plural(before.low)


def _last_of_group(tokens: Sequence[Token], clause: Clause, index: int) -> int:
    """From the first auxiliary to the verb that means something: "have been" to "killed"."""
    last = index
    while last + 1 < clause.after:
        following, current = tokens[last + 1].low, tokens[last].low
        passes = current in _AUXILIARY or current in _GROUP_WORDS
        if following in _GROUP_WORDS - {"to"} or (passes and is_verb(tokens, last + 1)):
            last += 1
        else:
            break
    return last if is_verb(tokens, last) else index


def subject(sheet: Sheet, clause: Clause, found: Predicate) -> tuple[int, int]:
    """The token indexes between which the subject stands: after the last verb of saying, up to the verb group."""
    begin = clause.first
    for index in range(clause.first, found.start):
        if is_speech(sheet.tokens[index].low):
            begin = index + 1
    return begin, found.start
