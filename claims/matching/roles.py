"""Who acts and where, for one figure of a sentence: from its clause's word order and prepositions."""

from __future__ import annotations

from collections.abc import Sequence

from claims.matching.counted import Figure
from claims.matching.grammar import Clause, Predicate, is_verb, subject
from claims.matching.measures import ARTICLES, Sentence
from claims.matching.names import Name, Sort
from claims.matching.nouns import is_closed, is_participle
from claims.matching.resources import words
from claims.matching.text import Token, singular

_PLACE_LEADS = words("place_leads")

_PASSED = ARTICLES | frozenset(
    ["western", "eastern", "northern", "southern", "central", "all", "whole", "neighbouring"]
)

_PARTS = words("parts")
_BODIES_OF_A_COUNTRY = words("companies")
LONGEST_TITLE = 4
"""Words between a country and the name of its company: "Chinese medical equipment maker Acme"."""


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
        if _is_counted(sentence, name) or _is_owner(sentence, name):
            continue
        lead = lead_of(sheet.tokens, name.first)
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


def _is_owner(sentence: Sentence, name: Name) -> bool:
    """Whether a country only says whose the real actor is: "Chinese company Acme", "China's Acme", "a German bank"."""
    listed, position = sentence.sheet.tokens, name.after
    owns = name.sort is Sort.DEMONYM or (position < len(listed) and listed[position].low == "'s")
    if not owns:
        return False
    position += listed[position].low == "'s" if position < len(listed) else 0
    while position < len(listed) and position - name.after < LONGEST_TITLE:
        token = listed[position]
        if any(other.first == position and other.sort is Sort.OTHER for other in sentence.names):
            return True
        if singular(token.low) in _BODIES_OF_A_COUNTRY:
            return True
        if not token.is_word or is_closed(token.low) or is_verb(listed, position):
            return False
        position += 1
    return False


def _can_hold(name: Name, lead: str) -> bool:
    """Whether a name can be a place: after "from" or "to" only a known one ("deaths from Covid-19")."""
    return name.sort is not Sort.OTHER or (lead not in ("from", "over", "off") and "-" not in name.entity)


def _is_counted(sentence: Sentence, name: Name) -> bool:
    """Whether a name is part of what a figure counts or of its unit: "Covid-19 kits", "Swiss francs"."""
    return any(figure.first <= name.first < figure.after for figure in sentence.figures)


def lead_of(listed: Sequence[Token], at: int) -> str:
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
            if noun is not None and listed[index + 1].low in ARTICLES | {"one"}:
                return [noun]
    return []


def _leads_a_verb(listed: Sequence[Token], index: int) -> bool:
    """ "failed to arrest", "refused to say"."""
    return index + 1 < len(listed) and listed[index + 1].low == "to" and is_participle(listed[index].low)


def _common_subject(sentence: Sentence, begin: int, until: int) -> str:
    """The head of a subject without names: the last noun before its first preposition."""
    head = ""
    for index in range(begin, until):
        token = sentence.sheet.tokens[index]
        if token.low in ARTICLES:
            continue
        if index in sentence.skipped or not token.is_word or is_closed(token.low):
            if head:
                break
            continue
        if head and _leads_a_verb(sentence.sheet.tokens, index):
            break
        head = singular(token.low)
    return head
