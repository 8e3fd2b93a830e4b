"""Clauses, governing verbs and subjects, found from closed word classes and word order alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.matching.lexicon import direction_of, groups_of, is_light, is_reporting
from claims.matching.nouns import is_closed, is_participle
from claims.matching.quantities import Sheet
from claims.matching.resources import words
from claims.matching.text import Token, is_plural
from claims.matching.types import Change

_BREAKS = frozenset(
    [
        "while",
        "whereas",
        "although",
        "though",
        "because",
        "when",
        "where",
        "which",
        "who",
        "but",
        "unless",
        "if",
        "whose",
        "amid",
    ]
)
_HARD = frozenset({";", "—", "…"})
_AUXILIARY = words("auxiliary")
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "no",
        "some",
        "any",
        "each",
        "every",
        "of",
        "in",
    ]
)
_NOUN_ONLY = frozenset(["death", "deaths", "toll", "fatalities", "case", "cases", "birth", "births", "output", "production", "turnout", "imports", "shipments", "people", "protester", "protesters", "demonstrators"])  # fmt: skip


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
        if index in blocked or index == 0:
            continue
        if token.low in _HARD or token.low in _BREAKS or _is_spaced_dash(tokens, index) or _is_clause_as(tokens, index):
            cuts.append(index)
    cuts.append(len(tokens))
    return [Clause(first, after) for first, after in zip(cuts, cuts[1:], strict=False) if after > first]


def _is_spaced_dash(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    is_apart = index + 1 < len(tokens) and tokens[index - 1].end < token.start and token.end < tokens[index + 1].start
    return token.text in ("-", "–", ":") and (is_apart or token.text == ":")


def _is_clause_as(tokens: Sequence[Token], index: int) -> bool:
    """ "as" before a clause: after a comma or before a subject, not "as of", "as many as", "as a"."""
    if tokens[index].low != "as" or index + 1 >= len(tokens):
        return False
    return tokens[index - 1].text == "," and tokens[index + 1].low not in (
        "of",
        "many",
        "much",
        "well",
        "against",
        "a",
        "an",
    )


def clause_of(found: Sequence[Clause], index: int) -> Clause:
    for clause in found:
        if clause.first <= index < clause.after:
            return clause
    return found[-1]


def predicate(sheet: Sheet, clause: Clause, first: int, after: int) -> Predicate | None:
    """The verb or event noun that governs the figure between two token indexes: the nearest before it, else after it."""
    for index in range(first - 1, clause.first - 1, -1):
        if index not in sheet.blocked and is_verb(sheet.tokens, index):
            return _predicate(sheet.tokens, clause, index, before=True)
    for index in range(after, clause.after):
        if index not in sheet.blocked and is_verb(sheet.tokens, index) and not _is_noun_use(sheet.tokens, index):
            return _predicate(sheet.tokens, clause, _last_of_group(sheet.tokens, clause, index), before=False)
    return None


def is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word can govern a figure: an event word, a linking or moving verb, or a verb after an auxiliary."""
    token = tokens[index]
    word = token.low
    if not token.is_word or (token.is_capital and index > 0 and not word.isupper() and not groups_of(word)):
        return False
    if token.is_capital and index > 0:
        return False
    if is_reporting(word) and not groups_of(word) and not is_light(word):
        return False
    if word in ("total", "number", "up", "down", "more", "less", "fewer", "higher", "lower", "top"):
        return index > 0 and tokens[index - 1].low not in _DETERMINERS and word in ("up", "down", "total", "top")
    if direction_of(word) is not Change.NONE or is_light(word) or groups_of(word):
        return word not in ("'s",) or index == 0 or not _is_possessive(tokens, index)
    return not is_closed(word) and (is_participle(word) or (index > 0 and tokens[index - 1].low in _AUXILIARY))


def _is_possessive(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is None or (not is_participle(following.low) and not following.low.startswith(("a", "the")))


def _is_noun_use(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1].low if index else ""
    return before in _DETERMINERS and before not in ("that", "of")


def _predicate(tokens: Sequence[Token], clause: Clause, index: int, *, before: bool) -> Predicate:
    start = index
    while start > clause.first and (
        tokens[start - 1].low in _AUXILIARY
        or tokens[start - 1].low in ("not", "n't", "already", "also", "now", "to", "been")
    ):
        start -= 1
    word = tokens[index].low
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    is_noun = word in _NOUN_ONLY or (following == "of" and bool(groups_of(word)) and not is_light(word))
    return Predicate(
        index, start, before, is_noun or (is_plural(word) and index > 0 and tokens[index - 1].low in ("of", "the"))
    )


def _last_of_group(tokens: Sequence[Token], clause: Clause, index: int) -> int:
    """From the first auxiliary to the verb that means something: "have been" to "killed"."""
    last = index
    while last + 1 < clause.after:
        following = tokens[last + 1]
        if following.low in ("not", "n't", "also", "already", "now", "since") or (
            tokens[last].low in _AUXILIARY | {"not", "n't", "also", "already"} and is_verb(tokens, last + 1)
        ):
            last += 1
        else:
            break
    return last


def subject(sheet: Sheet, clause: Clause, found: Predicate) -> tuple[int, int]:
    """The token indexes between which the subject stands: after the last reporting verb, up to the verb group."""
    begin = clause.first
    for index in range(clause.first, found.start):
        if is_reporting(sheet.tokens[index].low) and not groups_of(sheet.tokens[index].low):
            begin = index + 1
    return begin, found.start
