"""Who acts, on what, and where, for one figure of a sentence: from its clause's word order and prepositions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.matching.attribution import Manner
from claims.matching.grammar import Clause, Predicate, is_event_noun, is_verb, subject
from claims.matching.lexicon import direction_of, groups_of, is_light, term
from claims.matching.names import Name, Sort
from claims.matching.nouns import is_closed, noun_phrase, state_at
from claims.matching.quantities import Figure, Sheet
from claims.matching.resources import words
from claims.matching.text import Token, is_plural, singular
from claims.matching.types import Change, Kind, Period

_PLACE_LEADS = words("place_leads")
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_PASSED = _ARTICLES | frozenset(
    ["western", "eastern", "northern", "southern", "central", "all", "whole", "neighbouring"]
)
_PARTICLES = frozenset({"by", "to", "of", "for", "that", "up", "down", "out"})
_PARTS = words("parts")
_BOUND_WORDS = words("bound_words")
_COPULAS = words("copulas")
_COUNTING_NOUNS = words("counting_nouns")
_ILL = frozenset({"ill", "sick"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence gives to its rows; `skipped`: token indexes of figures with nouns, dates and attributions."""

    sheet: Sheet
    figures: list[Figure]
    periods: list[Period]
    names: list[Name]
    clauses: list[Clause]
    manner: Manner
    skipped: frozenset[int]


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
    state = state_at(sentence.sheet.tokens, figure.after) or (
        figure.quantity.item if " " not in figure.quantity.item else ""
    )
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
        passes = index in named or index in sentence.skipped or token.low in _ARTICLES or token.low == "'s"
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
    while at < len(listed) and (listed[at].low in _ARTICLES or listed[at].low in _PARTICLES):
        at += 1
    return at


# --- who and where -----------------------------------------------------------------------------------------------


def entities(
    sentence: Sentence, clause: Clause, found: Predicate | None, figure: Figure | None, action: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who acts (subject, possessor, "by ...", the giver of "from ...") and where (after a preposition of place)."""
    sheet = sentence.sheet
    before = found is not None and found.before
    begin, until = (
        subject(sheet, clause, found) if found is not None and before else (clause.first, figure.first if figure else 0)
    )
    who: dict[str, None] = {}
    place: dict[str, None] = {}
    for name in sentence.names:
        if not clause.first <= name.first < clause.after or name.first in sentence.manner.tail:
            continue
        if _is_counted(sentence, name):
            continue
        lead = _lead(sheet.tokens, name.first)
        if lead == "by" or (lead == "from" and {"export", "deliver", "give"} & set(action)):
            who[name.entity] = None
        elif lead in _PLACE_LEADS and _can_hold(name, lead):
            place[name.entity] = None
        elif begin <= name.first < until or (name.sort is Sort.DEMONYM and not who and name.first < until):
            who[name.entity] = None
    if not who and before:
        head = _common_subject(sentence, begin, until)
        who = {head: None} if head else {}
    places = dict.fromkeys([*place, *_parts(sentence, clause, figure)])
    return tuple(who), tuple(entity for entity in places if entity not in who)


def _can_hold(name: Name, lead: str) -> bool:
    """Whether a name can be a place: after "from" or "to" only a known one ("deaths from Covid-19")."""
    return name.sort is not Sort.OTHER or (lead not in ("from", "over", "off") and "-" not in name.entity)


def _is_counted(sentence: Sentence, name: Name) -> bool:
    """Whether a name is part of what a figure counts or of its unit: "Covid-19 kits", "Swiss francs"."""
    return any(figure.first <= name.first < figure.after for figure in sentence.figures)


def _lead(listed: Sequence[Token], at: int) -> str:
    """The word before a name, past articles and points of the compass."""
    at -= 1
    while at >= 0 and listed[at].low in _PASSED:
        at -= 1
    return listed[at].low if at >= 0 else ""


def _parts(sentence: Sentence, clause: Clause, figure: Figure | None) -> list[str]:
    """ "in the capital", "in one province": a part named by a common noun right after the figure."""
    listed = sentence.sheet.tokens
    if figure is None:
        return []
    for index in range(figure.after, min(figure.after + 3, clause.after)):
        if listed[index].low in ("in", "from") and index + 2 < clause.after:
            noun = next((token.low for token in listed[index + 1 : index + 4] if token.low in _PARTS), None)
            if noun is not None and listed[index + 1].low in _ARTICLES | {"one"}:
                return [noun]
    return []


def _common_subject(sentence: Sentence, begin: int, until: int) -> str:
    """The head of a subject without names: the last noun before its first preposition."""
    head = ""
    for index in range(begin, until):
        token = sentence.sheet.tokens[index]
        if token.low in _ARTICLES:
            continue
        if index in sentence.skipped or not token.is_word or is_closed(token.low):
            if head:
                break
            continue
        head = singular(token.low)
    return head
