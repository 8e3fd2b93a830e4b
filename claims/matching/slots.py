"""Reading a text: its quantities, periods and, for each thing it says, who did what to what, where.

Rows come from word order and closed word classes, not from a parser: what is not found stays empty, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime

from claims.matching.grammar import Clause, Predicate, clause_of, clauses, is_verb, predicate, subject
from claims.matching.lexicon import direction_of, groups_of, is_content, is_light, is_reporting, term
from claims.matching.names import Name, Sort, canonical, find_names
from claims.matching.nouns import is_closed, noun_phrase
from claims.matching.periods import find_periods
from claims.matching.quantities import Figure, Sheet, figures
from claims.matching.resources import words
from claims.matching.text import Token, sentence_spans, singular, tokens
from claims.matching.types import (
    Attribution,
    Change,
    Kind,
    Modality,
    Period,
    Polarity,
    Quantity,
    Slots,
    Span,
    Statement,
)

_PLACE_LEADS = frozenset(
    [
        "in",
        "at",
        "near",
        "across",
        "to",
        "into",
        "from",
        "within",
        "throughout",
        "outside",
        "around",
        "inside",
        "onto",
        "off",
        "towards",
        "toward",
        "over",
    ]
)
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_NEGATIONS = frozenset({"not", "n't", "never", "no", "cannot", "neither", "without"})
_NO_DENIAL_AFTER = frozenset(
    {"only", "just", "more", "less", "fewer", "least", "including", "counting", "even", "yet", "doubt", "longer"}
)
_PLANNED = words("planned") - {"order", "orders", "ordered", "set"}
_POSSIBLE = words("possible")
_ESTIMATED = words("estimated")
_CONTEST = words("contest") | words("unsupported")
_DEBUNK = words("debunk")
_DENY = words("deny")
_CONTAINERS = words("containers")
WHOLE = "whole"
"""The action of a figure that is only the whole another one is a part of: "600,000 masks from a cargo of 1.3 million"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence gives to its rows."""

    sheet: Sheet
    figures: list[Figure]
    periods: list[Period]
    names: list[Name]
    clauses: list[Clause]


def read(text: str, *, date: Date | None = None, language: str | None = None, aliases: Sequence[str] = ()) -> Statement:
    """The reading of a text; `date` is the day it was said or published, `language` a BCP 47 tag (None: English).

    A text in a language the engine does not read gives a statement without slots.
    """
    day = date.date() if isinstance(date, datetime) else date
    spoken = language or "en"
    if spoken.split("-")[0].lower() != "en":
        return Statement(text, spoken, day, aliases=tuple(aliases))
    quantities: list[Quantity] = []
    periods: list[Period] = []
    rows: list[Slots] = []
    names: dict[str, None] = {}
    terms: dict[str, None] = {}
    for span in sentence_spans(text):
        sentence = _sentence(text, span, day)
        if sentence is None:
            continue
        rows += _rows(sentence, len(quantities), len(periods))
        quantities += [figure.quantity for figure in sentence.figures]
        periods += sentence.periods
        names |= dict.fromkeys(name.entity for name in sentence.names)
        terms |= dict.fromkeys(sentence_terms(sentence.sheet, sentence.names))
    negation = any(row.polarity is Polarity.DENIED for row in rows)
    return Statement(
        text, spoken, day, tuple(quantities), tuple(periods), tuple(rows), negation, _attribution(text), tuple(aliases),
        tuple(names), tuple(terms),
    )  # fmt: skip


def _sentence(text: str, span: Span, day: Date | None) -> Sentence | None:
    listed = tokens(text, span.start, span.end)
    if not listed:
        return None
    dates = find_periods(text, span.start, span.end, day)
    found, sheet = figures(text, span, listed, dates.masks)
    names = find_names(listed, sheet.blocked)
    return Sentence(sheet, found, dates.periods, names, clauses(listed, sheet.blocked))


def sentence_terms(sheet: Sheet, names: Sequence[Name]) -> Iterable[str]:
    """The canonical content words of a sentence: entities by their canonical name, the rest by their term."""
    named = {index: name for name in names if name.sort is not Sort.OTHER for index in range(name.first, name.after)}
    for index, token in enumerate(sheet.tokens):
        if index in named:
            yield named[index].entity
        elif index not in sheet.blocked and is_content(token):
            yield term(token.low)


def terms_of(text: str) -> Iterable[str]:
    """The terms of a text for retrieval: its canonical content words, figures and dates apart."""
    for span in sentence_spans(text):
        listed = tokens(text, span.start, span.end)
        names = [name for name in find_names(listed) if name.sort is not Sort.OTHER]
        yield from sentence_terms(Sheet(text, span, listed, frozenset()), names)


def _rows(sentence: Sentence, quantities: int, periods: int) -> list[Slots]:
    if not sentence.figures:
        return [_plain_row(sentence, periods)]
    rows = [_figure_row(sentence, number, quantities, periods) for number in range(len(sentence.figures))]
    return _joined_amounts(sentence, rows)


def _figure_row(sentence: Sentence, number: int, quantities: int, periods: int) -> Slots:
    figure = sentence.figures[number]
    clause = clause_of(sentence.clauses, figure.first)
    found = predicate(sentence.sheet, clause, figure.first, figure.after)
    who, place = _entities(sentence, clause, found, figure)
    action, item = _measure(sentence, clause, found, figure)
    if _is_whole(sentence, number):
        action = (WHOLE,)
    row = Slots(
        figure=quantities + number,
        period=_period_index(sentence, clause, figure, periods),
        who=who,
        action=action,
        item=item,
        place=place,
        polarity=_polarity(sentence, clause, figure, found),
        modality=_modality(sentence, clause, figure),
        start=sentence.sheet.span.start,
        end=sentence.sheet.span.end,
    )
    return replace(row, scope=_scope(sentence, row))


def _plain_row(sentence: Sentence, periods: int) -> Slots:
    """The one row of a sentence without figures: its first verb that is not one of saying."""
    sheet = sentence.sheet
    clause = Clause(0, len(sheet.tokens))
    verbs = [index for index in range(len(sheet.tokens)) if index not in sheet.blocked and is_verb(sheet.tokens, index)]
    meaningful = [index for index in verbs if not is_light(sheet.tokens[index].low)]
    main = (meaningful or verbs or [len(sheet.tokens)])[0]
    found = Predicate(main, main, before=True)
    who, place = _entities(sentence, clause, found, None)
    phrase = noun_phrase(sheet.tokens, _skip_articles(sheet.tokens, main + 1), sheet.blocked)
    row = Slots(
        period=periods if sentence.periods else None,
        who=who,
        action=_action_of(sheet.tokens[main]) if main < len(sheet.tokens) else (),
        item=phrase.text if phrase else "",
        place=place,
        polarity=_plain_polarity(sheet.tokens),
        modality=_modality_of(token.low for token in sheet.tokens),
        start=sheet.span.start,
        end=sheet.span.end,
    )
    return replace(row, scope=_scope(sentence, row))


def _skip_articles(listed: Sequence[Token], at: int) -> int:
    while at < len(listed) and listed[at].low in _ARTICLES | {"by", "to", "of", "for", "that", "up", "down", "out"}:
        at += 1
    return at


# --- who and where -----------------------------------------------------------------------------------------------


def _entities(
    sentence: Sentence, clause: Clause, found: Predicate | None, figure: Figure | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who acts (subject, possessor, "by ...") and where (after a preposition of place, or as the verb's object)."""
    sheet = sentence.sheet
    begin, until = (
        subject(sheet, clause, found)
        if found is not None and found.before
        else (clause.first, figure.first if figure else 0)
    )
    who: dict[str, None] = {}
    place: dict[str, None] = {}
    for name in sentence.names:
        if (
            not clause.first <= name.first < clause.after
            or _is_source(sheet.tokens, name)
            or _in_figure(sentence, name)
        ):
            continue
        lead = _lead(sheet.tokens, name.first)
        if lead == "by":
            who[name.entity] = None
        elif lead in _PLACE_LEADS and not (lead == "from" and _is_giver(sheet.tokens, found)):
            place[name.entity] = None
        elif name.first < until or (name.sort is Sort.DEMONYM and not who):
            (who if begin <= name.first or name.sort is not Sort.OTHER else place)[name.entity] = None
        elif name.sort is not Sort.DEMONYM:
            place[name.entity] = None
    if not who and found is not None and found.before:
        head = _common_subject(sheet, begin, until)
        who = {head: None} if head else {}
    return tuple(who), tuple(entity for entity in place if entity not in who)


def _in_figure(sentence: Sentence, name: Name) -> bool:
    """Whether a name is part of what a figure counts or of its unit: "Covid-19 kits", "Swiss francs"."""
    return any(figure.first <= name.first < figure.after for figure in sentence.figures)


def _is_giver(listed: Sequence[Token], found: Predicate | None) -> bool:
    return found is not None and "export" in groups_of(listed[found.at].low)


def _lead(listed: Sequence[Token], at: int) -> str:
    """The word before a name, past articles and the first halves of coordinated names."""
    at -= 1
    while at >= 0 and (
        listed[at].low in _ARTICLES
        or listed[at].low in ("western", "eastern", "northern", "southern", "central", "all", "whole")
    ):
        at -= 1
    return listed[at].low if at >= 0 else ""


def _is_source(listed: Sequence[Token], name: Name) -> bool:
    """Whether a name belongs to who says it: "said Jin Hai", "according to Eurostat", "Insee said"."""
    before = listed[name.first - 1].low if name.first else ""
    after = listed[name.after].low if name.after < len(listed) else ""
    if before in ("said", "says", "to") and (
        before != "to" or (name.first > 1 and listed[name.first - 2].low == "according")
    ):
        return True
    return is_reporting(after) and not is_light(after) and not groups_of(after) and name.sort is Sort.OTHER


def _common_subject(sheet: Sheet, begin: int, until: int) -> str:
    """The head of a subject without names: the last noun before its first preposition."""
    head = ""
    for index in range(begin, until):
        token = sheet.tokens[index]
        if index in sheet.blocked or not token.is_word:
            if head:
                break
            continue
        if token.low in _ARTICLES:
            continue
        if is_closed(token.low):
            if head:
                break
            continue
        head = singular(token.low)
    return head


# --- what --------------------------------------------------------------------------------------------------------


def _measure(
    sentence: Sentence, clause: Clause, found: Predicate | None, figure: Figure
) -> tuple[tuple[str, ...], str]:
    """The action and the item of a figure; linking verbs and levels take theirs from the subject's noun."""
    sheet, quantity = sentence.sheet, figure.quantity
    item = quantity.item
    action: tuple[str, ...] = ()
    if found is not None:
        token = sheet.tokens[found.at]
        moves = direction_of(token.low) is not Change.NONE
        linking = is_light(token.low) or (moves and _is_level(sheet, figure))
        if not linking:
            action = (
                ("increase" if direction_of(token.low) is Change.UP else "decrease",) if moves else _action_of(token)
            )
        if not item or (quantity.kind is not Kind.COUNT and (linking or moves)):
            item = item or _measured_noun(sentence, clause, found, figure)
    if not action:
        action = tuple(sorted({group for word in item.lower().split() for group in groups_of(word)}))
    return action, item


def _action_of(token: Token) -> tuple[str, ...]:
    if is_light(token.low):
        return ()
    return tuple(sorted(groups_of(token.low))) or (term(token.low),)


def _is_level(sheet: Sheet, figure: Figure) -> bool:
    """Whether a moving verb gives where it arrived ("fell to 5") rather than by how much."""
    before = [token.low for token in sheet.tokens[max(0, figure.first - 6) : figure.first]]
    for word in reversed(before):
        if word in ("to", "at"):
            return True
        if word in ("by", ",") or direction_of(word) is not Change.NONE:
            return False
    return False


def _measured_noun(sentence: Sentence, clause: Clause, found: Predicate, figure: Figure) -> str:
    """The noun a figure is said of: between the verb and "to" ("raised capacity to 5"), else the subject's."""
    sheet = sentence.sheet
    if found.noun:
        return sheet.tokens[found.at].low
    if found.before:
        between = noun_phrase(sheet.tokens, _skip_articles(sheet.tokens, found.at + 1), sheet.blocked)
        if between is not None and between.end < figure.first and not is_light(sheet.tokens[found.at].low):
            return between.text
    begin, until = subject(sheet, clause, found) if found.before else (clause.first, figure.first)
    return _subject_phrase(sentence, begin, until)


def _subject_phrase(sentence: Sentence, begin: int, until: int) -> str:
    """The subject's noun phrase without names, articles and what follows its first preposition."""
    sheet = sentence.sheet
    named = {index for name in sentence.names if name.sort is not Sort.OTHER for index in range(name.first, name.after)}
    words_taken: list[str] = []
    for index in range(begin, until):
        token = sheet.tokens[index]
        if index in named or index in sheet.blocked or token.low in _ARTICLES or token.low == "'s":
            continue
        if not token.is_word or is_closed(token.low):
            if words_taken:
                break
            continue
        words_taken.append(token.low)
    if not words_taken:
        return ""
    words_taken[-1] = singular(words_taken[-1])
    return " ".join(words_taken)


def _is_whole(sentence: Sentence, number: int) -> bool:
    """The second of "600,000 of 1.3 million", "600,000 masks from a cargo of 1.3 million"."""
    if number == 0:
        return False
    first, second = sentence.figures[number - 1], sentence.figures[number]
    between = [token.low for token in sentence.sheet.tokens[first.after : second.first]]
    if not between or len(between) > 7 or (between[-1] != "of" and between[-2:] != ["of", "the"]):
        return False
    leads = between[0] in ("of", "out") or (between[0] in ("from", "in") and bool(_CONTAINERS & set(between)))
    return leads and first.quantity.kind is second.quantity.kind


# --- when, how, whether ------------------------------------------------------------------------------------------


def _period_index(sentence: Sentence, clause: Clause, figure: Figure, base: int) -> int | None:
    """The period of a figure: the nearest in its clause, a comparison with an earlier time only right after it."""
    listed = sentence.sheet.tokens
    low, high = listed[clause.first].start, listed[clause.after - 1].end
    own = [number for number, period in enumerate(sentence.periods) if low <= period.offset < high]
    candidates = own or range(len(sentence.periods))
    best: tuple[int, int] | None = None
    for number in candidates:
        distance = _distance(sentence, figure, sentence.periods[number])
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, number)
    return None if best is None else base + best[1]


def _distance(sentence: Sentence, figure: Figure, period: Period) -> int | None:
    """Characters between figure and period; None where another figure of the same kind stands between them."""
    quantity = figure.quantity
    if period.offset >= quantity.end:
        between = [other.quantity for other in sentence.figures if quantity.end <= other.quantity.start < period.offset]
        gap = period.offset - quantity.end
    else:
        between = [
            other.quantity for other in sentence.figures if period.offset < other.quantity.start < quantity.start
        ]
        gap = quantity.start - period.offset + 10
    relative = period.start is None and period.end is None and not period.cumulative
    if relative and (period.offset < quantity.end or between):
        return None
    if period.offset >= quantity.end and any(_rivals(other, quantity) for other in between):
        return gap + 1_000
    return gap


def _rivals(first: Quantity, second: Quantity) -> bool:
    return first.kind is second.kind and first.unit == second.unit


def _polarity(sentence: Sentence, clause: Clause, figure: Figure, found: Predicate | None) -> Polarity:
    """Denied when "not" stands in the verb group or directly before the figure, or the clause is called false."""
    listed = sentence.sheet.tokens
    start = (
        max(clause.first, found.start - 1)
        if found is not None and found.before
        else max(clause.first, figure.first - 3)
    )
    window = (
        range(start, figure.first)
        if found is None or found.before
        else range(figure.after, min(found.at + 1, clause.after))
    )
    for index in window:
        if listed[index].low in _NEGATIONS and not _is_no_denial(listed, index):
            return Polarity.DENIED
    if any(token.low in _DEBUNK for token in listed[clause.first : clause.after]):
        return Polarity.DENIED
    return Polarity.AFFIRMED


def _is_no_denial(listed: Sequence[Token], index: int) -> bool:
    following = listed[index + 1].low if index + 1 < len(listed) else ""
    return following in _NO_DENIAL_AFTER


def _plain_polarity(listed: Sequence[Token]) -> Polarity:
    denied = any(token.low in _NEGATIONS and not _is_no_denial(listed, index) for index, token in enumerate(listed))
    return Polarity.DENIED if denied or any(token.low in _DEBUNK for token in listed) else Polarity.AFFIRMED


def _modality(sentence: Sentence, clause: Clause, figure: Figure) -> Modality:
    return _modality_of(token.low for token in sentence.sheet.tokens[clause.first : figure.first])


def _modality_of(said: Iterable[str]) -> Modality:
    spoken = set(said)
    for modality, listed in (
        (Modality.CLAIMED, _CONTEST),
        (Modality.PLANNED, _PLANNED),
        (Modality.POSSIBLE, _POSSIBLE),
        (Modality.ESTIMATED, _ESTIMATED),
    ):
        if spoken & listed:
            return modality
    return Modality.STATED


def _scope(sentence: Sentence, row: Slots) -> tuple[str, ...]:
    """The content words that no other slot of the row holds: what narrows the statement."""
    held = (
        {term(word) for text in (*row.who, *row.place, row.item) for word in text.lower().split()}
        | set(row.who)
        | set(row.place)
    )
    groups = set(row.action)
    kept: dict[str, None] = {}
    for word in sentence_terms(sentence.sheet, sentence.names):
        if word not in held and word not in groups and not groups & groups_of(word) and not _is_linking(word):
            kept[word] = None
    others = {term(word) for figure in sentence.figures for word in figure.quantity.item.lower().split()}
    return tuple(word for word in kept if word not in others)


def _is_linking(word: str) -> bool:
    return is_light(word) or direction_of(word) is not Change.NONE


def _joined_amounts(sentence: Sentence, rows: list[Slots]) -> list[Slots]:
    """One row for an amount written twice: "10.2 billion yuan, or 1.33 billion euros"."""
    kept: list[Slots] = []
    for number, row in enumerate(rows):
        if kept and number and _is_apposition(sentence, number):
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
    joins = between[:1] == ["("] or between[:1] == ["or"] or between[:2] == [",", "or"] or "equivalent" in between
    return joins and len(between) <= 6


def _attribution(text: str) -> Attribution | None:
    listed = tokens(text[:4_000])
    for index, token in enumerate(listed):
        if is_reporting(token.low) and not groups_of(token.low) and not is_light(token.low):
            disputed = any(other.low in _CONTEST for other in listed)
            return Attribution(_speaker(listed, index), disputed)
    return None


def _speaker(listed: Sequence[Token], verb: int) -> str:
    """The words of saying's neighbour: "Jin Hai" of "said Jin Hai", "customs officials" of "customs officials said"."""
    taken: list[str] = []
    if listed[verb].low == "according":
        return " ".join(_run(listed, verb + 2, 1))
    taken = _run(listed, verb + 1, 1) if verb + 1 < len(listed) and listed[verb + 1].is_capital else []
    return " ".join(taken or reversed(_run(listed, verb - 1, -1)))


def _run(listed: Sequence[Token], at: int, step: int) -> list[str]:
    taken: list[str] = []
    while 0 <= at < len(listed) and listed[at].is_word and len(taken) < 6:
        if is_closed(listed[at].low) and listed[at].low not in _ARTICLES:
            break
        taken.append(listed[at].text)
        at += step
    return taken


def accepted_names(aliases: Sequence[str]) -> list[frozenset[str]]:
    """Each alias as the set of names it makes equal; a plain alias is a set of one: another name of its claim."""
    return [
        frozenset(canonical(part.strip()) for part in alias.split("=") if part.strip())
        for alias in aliases
        if alias.strip()
    ]
