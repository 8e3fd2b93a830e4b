"""Noun phrases after (or before) a figure: what is counted, without a parser.

A phrase ends at a function word, a verb form or the first plural noun; its last word is the head.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.matching.resources import phrases, table, words
from claims.matching.text import Token, is_plural, singular

LONGEST_PHRASE = 6
_CLOSED = (
    words("stop")
    | words("plain_verbs")
    | words("prepositions")
    | words("auxiliary")
    | words("breaks")
    | words("pronouns")
    | words("adverbs")
)
_PAST_VERBS = words("past_verbs")
"""Irregular past forms, which no ending tells from nouns."""
_JOINERS = frozenset({"and", "or", "&"})
_COMPARATIVES = words("comparatives")
_SAME_PLURAL = words("same_plural")
_PLURAL_MODIFIERS = words("plural_modifiers")
_THE = frozenset({"the", "these", "those", "his", "her", "its", "their", "our", "my", "your", "all", "such", "many"})
_STATES = words("states")
_NOT_PARTICIPLE = words("not_participles")


class Phrase(NamedTuple):
    text: str
    end: int


def is_closed(word: str) -> bool:
    return word in _CLOSED


@cache
def verb_forms() -> frozenset[str]:
    """Words that are verbs rather than nouns when they follow a noun."""
    actions = table("actions")
    listed = {word for group in ("light", "reporting", "auxiliary", "verbs") for word in phrases(actions[group])}
    return frozenset(listed)


def is_participle(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ed", "ing")) and word not in _NOT_PARTICIPLE and "-" not in word


def state_at(tokens: Sequence[Token], at: int) -> str | None:
    """A participle that stands for persons: "2,946 killed", "10 dead"."""
    return tokens[at].low if at < len(tokens) and tokens[at].low in _STATES else None


def is_partitive(tokens: Sequence[Token], at: int) -> bool:
    """Whether "of" leads to the whole of which the number before is a part: "of the ships", "of Rome's bridges"."""
    if at + 1 >= len(tokens) or tokens[at].low != "of":
        return False
    if tokens[at + 1].low in _THE:
        return at + 2 < len(tokens) and tokens[at + 2].is_word
    owner = tokens[at + 1 : at + 5]
    return any(token.low in ("'s", "'") for token in owner)


def whole_of(tokens: Sequence[Token], at: int, blocked: frozenset[int] = frozenset()) -> Phrase | None:
    """The noun phrase behind a partitive "of": "of the oldest bridges" gives "oldest bridge"."""
    position = at + 2 if tokens[at + 1].low in _THE else at + 1
    owner = next((index for index in range(at + 1, min(at + 5, len(tokens))) if tokens[index].low in ("'s", "'")), None)
    position = owner + 1 if owner is not None else position
    if position + 1 < len(tokens) and is_participle(tokens[position].low) and tokens[position + 1].is_word:
        position += not is_closed(tokens[position + 1].low)
    return noun_phrase(tokens, position, blocked)


def noun_phrase(tokens: Sequence[Token], at: int, blocked: frozenset[int] = frozenset()) -> Phrase | None:
    """The noun phrase that begins at a token, head in the singular, and the index after it.

    `blocked`: indexes of tokens that belong to figures and dates.
    """
    taken: list[str] = []
    position = at
    while position < len(tokens) and len(taken) < LONGEST_PHRASE and position not in blocked:
        token = tokens[position]
        if not token.is_word:
            if token.text in ("'", "’", '"', "“", "”", "‘") and not taken:
                position += 1
                continue
            break
        if token.low in ("most", "least") and not taken and position + 1 < len(tokens) and tokens[position + 1].is_word:
            position += 1
            continue
        if token.low in _JOINERS and taken and _joins(tokens, position):
            taken.append(token.low)
            position += 1
            continue
        if _stops(token, tokens, position, begun=bool(taken)):
            break
        taken.append(token.text if token.is_capital else token.low)
        position += 1
        if token.low == "covid":
            position = _past_number(tokens, position)
        is_many = is_plural(token.low) or token.low in _SAME_PLURAL
        if is_many and not _goes_on(tokens, position, capital=token.is_capital):
            break
    if not taken or taken in (["more"], ["further"], ["additional"], ["such"], ["new"]):
        return None
    taken[-1] = _headword(taken[-1])
    return Phrase(" ".join(taken), position)


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" joins two modifiers of one plural: "digital and physical sales", "Kia and Hyundai vehicles"."""
    if at + 2 >= len(tokens) or not tokens[at + 1].is_word or not tokens[at + 2].is_word:
        return False
    first, second, head = tokens[at - 1], tokens[at + 1], tokens[at + 2]
    if is_plural(first.low) or is_plural(second.low) or second.low in _CLOSED or head.low in _CLOSED:
        return False
    return is_plural(head.low) and head.low not in verb_forms() and first.is_capital == second.is_capital


def _past_number(tokens: Sequence[Token], at: int) -> int:
    """Behind the number of "Covid -19"."""
    while at < len(tokens) and (tokens[at].text == "-" or tokens[at].text == "19"):
        at += 1
    return at


def _headword(word: str) -> str:
    return word if word.isupper() else singular(word.lower()) if word[0].islower() or is_plural(word.lower()) else word


def _stops(token: Token, tokens: Sequence[Token], at: int, *, begun: bool) -> bool:
    word = token.low
    if word in _COMPARATIVES or word in _PAST_VERBS:
        return True
    if word in _CLOSED:
        return not (not begun and word in ("more", "other", "further", "additional", "such", "new"))
    if begun and (word in verb_forms() or is_participle(word)):
        return not _noun_follows(tokens, at)
    return not begun and is_participle(word) and not (_noun_follows(tokens, at) or _modifiers_follow(tokens, at))


def _noun_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle or verb form stands before a noun, as in "detection kits", "confirmed cases"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or not following.is_word or following.low in _CLOSED:
        return False
    before = tokens[at - 1].low if at else ""
    return is_plural(following.low) and not is_plural(before) and not is_participle(following.low)


def _modifiers_follow(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle opens a longer phrase: "combined digital and physical sales"."""
    return at + 2 < len(tokens) and tokens[at + 1].is_word and tokens[at + 2].low in _JOINERS and _joins(tokens, at + 2)


def _goes_on(tokens: Sequence[Token], at: int, *, capital: bool) -> bool:
    """Whether a plural is followed by its real head: "goods trains"; or only looks plural: "Abrams tanks"."""
    if at >= len(tokens) or not tokens[at].is_word:
        return False
    word = tokens[at].low
    if word in _CLOSED or word in verb_forms() or is_participle(word) or word in _STATES:
        return False
    before = tokens[at - 1].low
    takes_head = before in _PLURAL_MODIFIERS or before in _SAME_PLURAL
    return (is_plural(word) and takes_head) or (capital and not tokens[at].is_capital)
