"""What was done to what, for one figure of a sentence: from the verb or event noun that governs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.matching.attribution import Manner
from claims.matching.counted import Figure, Sheet
from claims.matching.grammar import Clause, Predicate, is_event_noun, is_verb, subject
from claims.matching.lexicon import direction_of, groups_of, is_light, term
from claims.matching.names import Name, Sort
from claims.matching.nouns import is_closed, is_participle, noun_phrase, state_at
from claims.matching.resources import words
from claims.matching.text import Token, is_plural, singular
from claims.matching.types import Change, Kind, Period

ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_PARTICLES = frozenset({"by", "to", "of", "for", "that", "up", "down", "out"})
_BOUND_WORDS = words("bound_words")
_COPULAS = words("copulas")
_COUNTING_NOUNS = words("counting_nouns")
_ILL = frozenset({"ill", "sick"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence gives to its rows; `skipped`: token indexes of figures with nouns, dates and attributions.

    `terms`: for each token its canonical content word, "" for one that has none or belongs to a figure or a date.
    """

    sheet: Sheet
    figures: list[Figure]
    periods: list[Period]
    names: list[Name]
    clauses: list[Clause]
    manner: Manner
    skipped: frozenset[int]
    terms: list[str]


@dataclass(frozen=True, slots=True)
class Measure:
    """What was done (groups of events, or a verb's own term) and to what."""

    action: tuple[str, ...]
    item: str


# --- what --------------------------------------------------------------------------------------------------------


def measure(sentence: Sentence, clause: Clause, found: Predicate | None, figure: Figure) -> Measure:
    """The action and the item of a figure; linking verbs and levels take theirs from the noun they are said of."""
    quantity = figure.quantity
    counted = quantity.kind in (Kind.COUNT, Kind.RATE) and bool(quantity.item)
    if counted and quantity.item in ("life", "lives"):
        return Measure(("die",), "person")
    own = _state_after(sentence, figure) or tuple(sorted(groups_of(quantity.item.lower().rsplit(" ", 1)[-1])))
    if found is None:
        return Measure(own, quantity.item)
    if found.noun and found.before:
        noun = _event(sentence, found.at)
        return Measure(noun.action, quantity.item or noun.item)
    told = verb_action(sentence.sheet.tokens, found.at, level=_is_level(sentence.sheet, figure))
    word = sentence.sheet.tokens[found.at].low
    said_of = Measure((), "") if counted and told else _said_of(sentence, clause, found)
    defines = direction_of(word) is not Change.NONE or (
        word in _COPULAS and found.before and quantity.kind is Kind.RATE
    )
    if counted and not (defines and said_of.item):
        return Measure(told or own or said_of.action, quantity.item)
    if not found.before and quantity.item:
        return Measure(told or own, quantity.item)
    own_item = quantity.item if told and direction_of(word) is Change.NONE else ""
    return Measure(tuple(sorted({*told, *said_of.action})), own_item or said_of.item or quantity.item)


def verb_action(tokens: Sequence[Token], at: int, *, level: bool = False) -> tuple[str, ...]:
    """The groups of a verb; none for linking verbs, nor for a movement that only says where a level arrived."""
    word = tokens[at].low
    if at + 1 < len(tokens) and tokens[at + 1].low in _ILL:
        return tuple(sorted(groups_of(tokens[at + 1].low)))
    if direction_of(word) is not Change.NONE:
        return () if level else ("increase" if direction_of(word) is Change.UP else "decrease",)
    phrasal = groups_of(f"{word} {tokens[at + 1].low}") if at + 1 < len(tokens) else frozenset()
    if phrasal:
        return tuple(sorted(phrasal))
    if is_light(word):
        return ()
    return tuple(sorted(groups_of(word))) or (term(word),)


def _state_after(sentence: Sentence, figure: Figure) -> tuple[str, ...]:
    """ "left 2,946 people dead", "81 killed": the state named right after the counted noun."""
    listed = sentence.sheet.tokens
    if figure.after < len(listed) and is_participle(listed[figure.after].low) and groups_of(listed[figure.after].low):
        return tuple(sorted(groups_of(listed[figure.after].low)))
    state = state_at(listed, figure.after) or (figure.quantity.item if " " not in figure.quantity.item else "")
    return tuple(sorted(groups_of(state))) if state else ()


def _is_level(sheet: Sheet, figure: Figure) -> bool:
    """Whether a moving verb gives where it arrived ("fell to 5") rather than by how much."""
    for token in reversed(sheet.tokens[max(0, figure.first - 8) : figure.first]):
        if token.low in _BOUND_WORDS:
            continue
        if token.low in ("to", "at"):
            return True
        if token.low in ("by", ",") or direction_of(token.low) is not Change.NONE:
            return False
    return False


def _said_of(sentence: Sentence, clause: Clause, found: Predicate) -> Measure:
    """The noun a figure is said of: between verb and figure ("raised capacity to 5"), else the subject's."""
    sheet = sentence.sheet
    word = sheet.tokens[found.at].low
    if found.before and (not is_light(word) or word in ("value", "put", "puts", "estimate", "estimates")):
        between = noun_phrase(sheet.tokens, skip_articles(sheet.tokens, found.at + 1), sheet.blocked)
        if between is not None and not _holds_figure(sheet, found.at + 1, between.end):
            return _phrase_measure(sentence, skip_articles(sheet.tokens, found.at + 1), between.end)
    begin, until = subject(sheet, clause, found)
    if found.start == found.at and found.at > begin and is_plural(sheet.tokens[found.at - 1].low):
        begin = _phrase_start(sheet, begin, found.at)
    return subject_measure(sentence, begin, until)


def _phrase_start(sheet: Sheet, floor: int, after: int) -> int:
    """Where the noun phrase that ends before a token begins: "the medical supplies | exported"."""
    position = after - 1
    while position > floor and sheet.tokens[position - 1].is_word and not is_closed(sheet.tokens[position - 1].low):
        if position - 1 in sheet.blocked or is_light(sheet.tokens[position - 1].low):
            break
        position -= 1
    return position


def _holds_figure(sheet: Sheet, first: int, after: int) -> bool:
    return any(index in sheet.blocked for index in range(first, after))


def subject_measure(sentence: Sentence, begin: int, until: int) -> Measure:
    """The first noun phrase of a stretch, names and dates left out: its event and what the event befell."""
    sheet = sentence.sheet
    named = _named(sentence)
    first = after = begin
    for index in range(begin, until):
        token = sheet.tokens[index]
        passes = index in named or index in sentence.skipped or token.low in ARTICLES or token.low == "'s"
        if passes and after == first:
            first = after = index + 1
        elif passes or not token.is_word or is_closed(token.low) or _is_relative_verb(sheet.tokens, index, begin):
            if after > first:
                break
            first = after = index + 1
        else:
            after = index + 1
    return _phrase_measure(sentence, first, after)


def _is_relative_verb(tokens: Sequence[Token], index: int, begin: int) -> bool:
    """ "supplies exported from": a participle after a noun ends the noun phrase."""
    return index > begin and tokens[index].low.endswith("ed") and is_verb(tokens, index)


def _phrase_measure(sentence: Sentence, first: int, after: int) -> Measure:
    listed = sentence.sheet.tokens
    if after <= first:
        return Measure((), "")
    if is_event_noun(listed, after - 1):
        return _event(sentence, after - 1, first)
    named = _named(sentence)
    taken = [listed[index].low for index in range(first, after) if index not in named]
    if not taken:
        return Measure((), "")
    if singular(taken[-1]) in _COUNTING_NOUNS:
        return _counted_noun(sentence, after, taken)
    return Measure((), " ".join([*taken[:-1], singular(taken[-1])]))


def _counted_noun(sentence: Sentence, after: int, taken: list[str]) -> Measure:
    """ "the number of babies born", "passenger numbers": what is numbered, and what happened to it."""
    listed = sentence.sheet.tokens
    if after < len(listed) and listed[after].low == "of":
        phrase = noun_phrase(listed, skip_articles(listed, after + 1), sentence.sheet.blocked)
        if phrase is not None:
            follows = listed[phrase.end].low if phrase.end < len(listed) else ""
            return Measure(tuple(sorted(groups_of(follows) | groups_of(phrase.text))), phrase.text)
    rest = [*taken[:-2], singular(taken[-2])] if len(taken) > 1 else taken
    return Measure(tuple(sorted(groups_of(rest[-1]))), " ".join(rest))


def _named(sentence: Sentence) -> set[int]:
    """Token indexes that are part of a name."""
    return {index for name in sentence.names for index in range(name.first, name.after)}


def _event(sentence: Sentence, at: int, first: int | None = None) -> Measure:
    """An event noun and what it befell: "exports of medical supplies", "mask exports", "the death toll"."""
    listed = sentence.sheet.tokens
    action = tuple(sorted(groups_of(listed[at].low)))
    if at + 1 < len(listed) and listed[at + 1].low == "of":
        phrase = noun_phrase(listed, skip_articles(listed, at + 2), sentence.sheet.blocked)
        if phrase is not None:
            return Measure(action, phrase.text)
    taken: list[str] = []
    position = at - 1
    while (
        position >= (first or 0)
        and listed[position].is_word
        and not is_closed(listed[position].low)
        and position not in sentence.skipped
    ):
        if is_verb(listed, position) and not groups_of(listed[position].low):
            break
        taken.append(listed[position].low)
        position -= 1
    named = {
        listed[index].low
        for name in sentence.names
        if name.sort is not Sort.OTHER
        for index in range(name.first, name.after)
    }
    words_before = [word for word in reversed(taken) if word not in named]
    if words_before and not groups_of(words_before[-1]) & set(action) - {"deliver", "export", "give"}:
        return Measure(action, " ".join(words_before))
    return Measure(action, singular(listed[at].low))


def skip_articles(listed: Sequence[Token], at: int) -> int:
    while at < len(listed) and (listed[at].low in ARTICLES or listed[at].low in _PARTICLES):
        at += 1
    return at
