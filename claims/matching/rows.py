"""One row of slots for each figure of a sentence, or one for a sentence without figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from claims.matching.attribution import modality_of, polarity_near
from claims.matching.counted import Figure
from claims.matching.grammar import Clause, Predicate, clause_of, is_event_noun, is_verb, predicate, subject
from claims.matching.lexicon import direction_of, groups_of, is_content, is_light, is_linking_term, term
from claims.matching.measures import Sentence, measure, skip_articles, subject_measure, verb_action
from claims.matching.names import Name, Sort
from claims.matching.nouns import noun_phrase
from claims.matching.resources import words
from claims.matching.roles import entities
from claims.matching.statements import Modality, Move, Polarity, Slots
from claims.matching.text import Token
from claims.matching.types import Change, Kind, Period

_CONTAINERS = words("containers")
_INCREMENTS = words("increment_modifiers")
_PART_LEADS = ("of which", "of them", "of these", "of those", "including", "among them", "the rest", "the remaining")
_COMPARATIVES = {"fewer": "decrease", "less": "decrease", "lower": "decrease", "more": "increase", "higher": "increase"}
PART = "a part"
"""The scope of a figure that is a part of one named beside it: "including 29", "of these ships, 29"."""
NEAR = 10
"""Tokens on either side of a figure whose words say what it is the figure of."""
MOVE_REACH = 7
"""Tokens on either side of a word such as "fell" whose words say what fell."""
_BOUND_WORDS = words("bound_words")
_COMPARED = words("compared")
_COMPARED_REACH = 4
_BETWEEN = words("bound_words") | {"a", "an", "the", "some", "just", "only", "than", "as", "much", "many"}
MOST_ROWS = 24
"""Figures of one sentence that get a row; more in one sentence is a table, not prose."""
WHOLE = "whole"
"""The action of a figure that is only the whole of which another is a part: "600,000 of 1.3 million masks"."""


def token_terms(listed: Sequence[Token], names: Sequence[Name], skipped: frozenset[int]) -> list[str]:
    """The canonical content word of each token, "" for one that has none: entities by their canonical name, the rest
    by their term."""
    found = [content_term(token.low) for token in listed]
    for name in names:
        if name.sort is not Sort.OTHER:
            found[name.first : name.after] = [name.entity] * (name.after - name.first)
    for index in skipped:
        found[index] = ""
    return found


@lru_cache(maxsize=65_536)
def content_term(word: str) -> str:
    return term(word) if is_content(Token(0, len(word), word, word)) else ""


def moves_of(sentence: Sentence) -> tuple[Move, ...]:
    """Every word of a sentence that says which way something went; "more than" before a figure says no way."""
    listed, still = sentence.sheet.tokens, Change.NONE
    found = [(index, way) for index, token in enumerate(listed) if (way := direction_of(token.low)) is not still]
    return tuple(
        Move(way, _near(sentence, index, index + 1, reach=MOVE_REACH))
        for index, way in found
        if not _bounds_figure(listed, index)
    )


def _bounds_figure(listed: Sequence[Token], index: int) -> bool:
    return listed[index].low in _BOUND_WORDS and index + 1 < len(listed) and listed[index + 1].low in ("than", "to")


def rows_of(sentence: Sentence, quantities: int, periods: int) -> list[Slots]:
    if not sentence.figures:
        return [_plain_row(sentence, periods)]
    told = range(min(len(sentence.figures), MOST_ROWS))
    rows = [_figure_row(sentence, number, quantities, periods) for number in told]
    return _joined_amounts(sentence, rows)


def _figure_row(sentence: Sentence, number: int, quantities: int, periods: int) -> Slots:
    figure = sentence.figures[number]
    clause = clause_of(sentence.clauses, figure.first)
    found = predicate(sentence.sheet, clause, figure, sentence.skipped)
    told = measure(sentence, clause, found, figure)
    who, place = entities(sentence, clause, found, figure, told.action)
    polarity, modality = _manner(sentence, clause, figure, found)
    action = (WHOLE,) if _is_whole(sentence, number) else told.action
    scope = _scope(sentence, (*who, *place), action, told.item)
    return Slots(
        figure=quantities + number,
        period=_period_index(sentence, clause, figure, periods),
        who=who,
        action=action,
        item=told.item,
        place=place,
        polarity=polarity,
        modality=modality,
        running=_is_perfect(sentence, found),
        start=sentence.sheet.span.start,
        end=sentence.sheet.span.end,
        near=_near(sentence, figure.first, figure.after),
        compared=_is_compared(sentence, figure),
        scope=(*scope, *_partial(sentence.sheet.tokens, clause, figure.first), *[PART] * figure.partitive),
        moved=_moved(sentence, clause, figure),
    )


def _near(sentence: Sentence, first: int, after: int, *, reach: int = NEAR) -> tuple[str, ...]:
    near = dict.fromkeys(sentence.terms[max(0, first - reach) : after + reach])
    near.pop("", None)
    return tuple(near)


def _is_compared(sentence: Sentence, figure: Figure) -> bool:
    """ "from 12.9 %", "than the 431,000", "a target of 400,000": what another figure is set against."""
    before = sentence.sheet.tokens[max(0, figure.first - _COMPARED_REACH) : figure.first]
    return any(token.low in _COMPARED for token in before)


def _moved(sentence: Sentence, clause: Clause, figure: Figure) -> str:
    """ "by" in "rose by about 2 metres", "to" in "fell to 1,500 dollars"."""
    listed, at = sentence.sheet.tokens, figure.first - 1
    while at > clause.first and listed[at].low in _BETWEEN:
        at -= 1
    lead = listed[at].low
    moving = any(direction_of(token.low) is not Change.NONE for token in listed[clause.first : at])
    return lead if lead in ("by", "to") and moving else ""


def _partial(listed: Sequence[Token], clause: Clause, first: int) -> list[str]:
    """What before a figure says that it is an increment or a part: "another 29", "of which 29", "of these ships 29"."""
    before = [token.low for token in listed[max(0, first - 5) : first]]
    increments = [word for word in before[-1:] if word in _INCREMENTS]
    joined = " ".join(before)
    parts = [phrase for phrase in _PART_LEADS if f" {phrase} " in f" {joined} "]
    opens_with_of = listed[clause.first].low == "of" and clause.first + 1 < first
    return increments or [PART] * (bool(parts) or opens_with_of)


def _is_perfect(sentence: Sentence, found: Predicate | None) -> bool:
    if found is None:
        return False
    group = sentence.sheet.tokens[found.start : found.at]
    return any(token.low in ("has", "have", "'s", "'ve", "had") for token in group)


def _plain_row(sentence: Sentence, periods: int) -> Slots:
    """The one row of a sentence without figures: its first verb that is not one of saying."""
    sheet = sentence.sheet
    clause = Clause(0, len(sheet.tokens))
    verbs = [
        index for index in range(len(sheet.tokens)) if index not in sentence.skipped and is_verb(sheet.tokens, index)
    ]
    told = (
        index for index in verbs if not is_light(sheet.tokens[index].low) and not is_event_noun(sheet.tokens, index)
    )
    main = next(told, next(iter(verbs), len(sheet.tokens)))
    found = Predicate(main, main, before=True)
    action = verb_action(sheet.tokens, main) if main < len(sheet.tokens) else ()
    who, place = entities(sentence, clause, found, None, action)
    action = tuple(dict.fromkeys([*action, *_compared(sheet.tokens)]))
    item = _plain_item(sentence, clause, found)
    return Slots(
        period=periods if sentence.periods else None,
        who=who,
        action=action,
        item=item,
        place=place,
        polarity=_plain_polarity(sentence, main),
        modality=modality_of(sentence.manner, (token.low for token in sheet.tokens)),
        start=sheet.span.start,
        end=sheet.span.end,
        near=_near(sentence, main, main + 1),
        scope=_scope(sentence, (*who, *place), action, item),
    )


def _plain_item(sentence: Sentence, clause: Clause, found: Predicate) -> str:
    """What a movement is said of ("exports rose"), else the verb's object."""
    sheet = sentence.sheet
    if found.at < len(sheet.tokens) and direction_of(sheet.tokens[found.at].low) is not Change.NONE:
        item = subject_measure(sentence, *subject(sheet, clause, found)).item
        if item:
            return item
    phrase = noun_phrase(sheet.tokens, skip_articles(sheet.tokens, found.at + 1), sheet.blocked)
    return phrase.text if phrase else ""


def _compared(listed: Sequence[Token]) -> list[str]:
    """ "Fewer passengers ... than": a comparison is a movement too."""
    if not any(token.low == "than" for token in listed):
        return []
    return [_COMPARATIVES[token.low] for token in listed[:2] if token.low in _COMPARATIVES]


def _plain_polarity(sentence: Sentence, main: int) -> Polarity:
    if sentence.manner.denied_from is not None:
        return Polarity.DENIED
    return polarity_near(sentence.sheet.tokens, range(max(0, main - 3), min(main + 2, len(sentence.sheet.tokens))))


def _scope(sentence: Sentence, entities: Sequence[str], action: Sequence[str], item: str) -> tuple[str, ...]:
    """The content words that no other slot of the row holds: what narrows the statement."""
    held = {term(word) for text in (*entities, item) for word in text.lower().split()}
    held.update(entities, action)
    held |= {term(word) for figure in sentence.figures for word in figure.quantity.item.lower().split()}
    groups = set(action)
    said = dict.fromkeys(word for index, word in enumerate(sentence.terms) if index not in sentence.skipped)
    return tuple(
        word
        for word in said
        if word and word not in held and groups.isdisjoint(groups_of(word)) and not is_linking_term(word)
    )


# --- parts, periods, manner --------------------------------------------------------------------------------------


def _is_whole(sentence: Sentence, number: int) -> bool:
    """The second of "600,000 of 1.3 million", "600,000 masks from a cargo of 1.3 million"."""
    if number == 0:
        return False
    first, second = sentence.figures[number - 1], sentence.figures[number]
    between = [token.low for token in sentence.sheet.tokens[first.after : second.first]]
    between = between[:-1] if between[-1:] in (["the"], ["some"], ["about"]) else between
    if not between or len(between) > 7 or between[-1] != "of":
        return False
    leads = between[0] in ("of", "out") or (between[0] in ("from", "in") and bool(_CONTAINERS & set(between)))
    return leads and first.quantity.kind is second.quantity.kind


def _period_index(sentence: Sentence, clause: Clause, figure: Figure, base: int) -> int | None:
    """The period of a figure: the nearest in its clause, else in the sentence."""
    listed = sentence.sheet.tokens
    low, high = listed[clause.first].start, listed[clause.after - 1].end
    own = [number for number, period in enumerate(sentence.periods) if low <= period.offset < high]
    ranked = [
        (distance, number)
        for number in own or range(len(sentence.periods))
        if (distance := _distance(sentence, figure, sentence.periods[number])) is not None
    ]
    return base + min(ranked)[1] if ranked else None


def _distance(sentence: Sentence, figure: Figure, period: Period) -> int | None:
    """Characters between figure and period; a rival figure between them puts it far, a comparison ("a year earlier")
    belongs only to the figure right before it."""
    quantity = figure.quantity
    after = period.offset >= quantity.end
    low, high = (quantity.end, period.offset) if after else (period.offset, quantity.start)
    between = [other.quantity for other in sentence.figures if low <= other.quantity.start < high]
    rivals = any(other.kind is quantity.kind and other.unit == quantity.unit for other in between)
    if period.start is None and period.end is None and not period.cumulative and (not after or between):
        return None
    return (high - low) + (0 if after else 10) + (1_000 if rivals and after else 0)


def _manner(sentence: Sentence, clause: Clause, figure: Figure, found: Predicate | None) -> tuple[Polarity, Modality]:
    listed, told = sentence.sheet.tokens, sentence.manner
    if found is None or found.before:
        start = max(clause.first, found.start - 1 if found else figure.first - 3)
        window = range(start, figure.first)
        said = range(clause.first, figure.first)
    else:
        window = range(max(clause.first, figure.first - 2), figure.first)
        said = range(clause.first, found.at)
        if polarity_near(listed, range(figure.after, min(found.at + 1, clause.after))) is Polarity.DENIED:
            return Polarity.DENIED, _mood(sentence, said)
    modality = _mood(sentence, said)
    if told.denied_from is not None and told.denied_from <= figure.first:
        return Polarity.DENIED, modality if told.firmly else Modality.CLAIMED
    return polarity_near(listed, window), modality


def _mood(sentence: Sentence, said: Iterable[int]) -> Modality:
    blocked = sentence.sheet.blocked
    return modality_of(sentence.manner, (sentence.sheet.tokens[index].low for index in said if index not in blocked))


# --- amounts written twice ---------------------------------------------------------------------------------------


def _joined_amounts(sentence: Sentence, rows: list[Slots]) -> list[Slots]:
    """One row for an amount written twice: "10.2 billion yuan, or 1.33 billion euros"."""
    kept: list[Slots] = []
    for number, row in enumerate(rows):
        if kept and _is_apposition(sentence, number):
            kept[-1] = replace(kept[-1], also=(*kept[-1].also, row.figure or 0))
        else:
            kept.append(row)
    return kept


def _is_apposition(sentence: Sentence, number: int) -> bool:
    first, second = sentence.figures[number - 1], sentence.figures[number]
    kinds = {first.quantity.kind, second.quantity.kind}
    between = [token.low for token in sentence.sheet.tokens[first.after : second.first]]
    if len(kinds) > 1 or first.quantity.unit == second.quantity.unit or kinds & {Kind.COUNT, Kind.PERCENT, Kind.RATIO}:
        return False
    joins = between[:1] in (["("], ["or"]) or between[:2] == [",", "or"] or "equivalent" in between
    return joins and len(between) <= 6
