"""What the slots of a sentence do not hold and may set it apart from a claim: cities, ways, holders, parts, rhythms.

Each is told as "kind:word". "in:London" and "as:London" where a capital stands for no state that the sentence names
too, "to:China" and "from:China", "holder:neighbouring school", "part:women" after "among" and the like,
"rhythm:weekly". Not of who is said to have said it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.matching.measures import Sentence
from claims.matching.names import Name, Sort
from claims.matching.nouns import is_closed
from claims.matching.resources import words
from claims.matching.roles import lead_of
from claims.matching.text import Token

_IN = frozenset({"in", "at", "near", "around", "outside", "across", "inside"})
_HOLDERS, _PARTS, _RHYTHMS = words("other_holders"), words("part_groups"), words("rhythms")
_PART_LEADS = frozenset({"among", "amongst", "in", "for", "after", "to"})
_PART_REACH = 3
_FROM_MONTH = (
    "|(?:rose|fell|up|down|percent|cent|%)(?: in [a-z]+)? from (?:january|february|march|april|may|june|july|august|"
    "september|october|november|december)"
)
_BASES = {
    unit: re.compile(
        rf"\b(?:from (?:a|the previous|the same) {unit}|{unit}(?: |-)(?:on|over)(?: |-){unit}"
        rf"|on (?:a|the) {unit} earlier{_FROM_MONTH if unit == 'month' else ''})\b"
    )
    for unit in ("year", "quarter", "month")
}
ANY = "*"
_ROOM = frozenset({"room", "space", "capacity"})
_RIVALS = frozenset({"rival", "rivals", "competitor", "competitors", "enemy", "opponent", "opponents"})
_LACKING = frozenset({"lack", "lacks", "lacked", "lacking"})
_DATELINE_SIGNS = frozenset({"-", "–", "—", "(", ",", ":"})


def whereabouts(sentence: Sentence) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*_of_names(sentence), *_of_words(sentence), *_of_basis(sentence)]))


def _of_names(sentence: Sentence) -> Iterator[str]:
    listed = sentence.sheet.tokens
    states = {name.entity for name in sentence.names if name.sort in (Sort.NAME, Sort.DEMONYM)}
    for name in sentence.names:
        if name.sort is Sort.OTHER or name.first in sentence.manner.tail:
            continue
        lead = lead_of(listed, name.first)
        if lead in ("to", "from"):
            yield f"{lead}:{name.entity}"
        if name.sort is Sort.SEAT and name.entity not in states and not _is_dateline(listed, name):
            written = " ".join(token.text for token in listed[name.first : name.after])
            if lead in _IN:
                yield f"in:{written}"
            elif lead == "of" or lead not in words("prepositions"):
                yield f"as:{written}"


def _of_basis(sentence: Sentence) -> Iterator[str]:
    """What a change is measured against: the year, the quarter or the month before."""
    spoken = " ".join(token.low for token in sentence.sheet.tokens)
    for unit, pattern in _BASES.items():
        if pattern.search(spoken):
            yield f"basis:{unit}"


def _is_dateline(listed: Sequence[Token], name: Name) -> bool:
    """ "PARIS (AFP) -", "Geneva, March 3 -": where a report was written."""
    following = listed[name.after].text if name.after < len(listed) else ""
    return name.first == 0 and following in _DATELINE_SIGNS


def _of_words(sentence: Sentence) -> Iterator[str]:
    listed = sentence.sheet.tokens
    for index, token in enumerate(listed):
        if index in sentence.manner.tail or index in sentence.sheet.blocked:
            continue
        if token.low in _RHYTHMS:
            yield f"rhythm:{token.low}"
        elif held := _held(listed, index):
            yield f"holder:{token.low} {held}"
        elif token.low in _PARTS and any(
            other.low in _PART_LEADS for other in listed[max(0, index - _PART_REACH) : index]
        ):
            yield f"part:{token.low}"


def _held(listed: Sequence[Token], index: int) -> str:
    """The noun whose holder another is: "school" of "the neighbouring school", ANY where there need be none."""
    word = listed[index].low
    following = listed[index + 1] if index + 1 < len(listed) else None
    if word in _LACKING or (word in _ROOM and following is not None and following.low == "for"):
        return ANY
    if word not in _HOLDERS:
        return ""
    if word in _RIVALS or (index > 0 and listed[index - 1].low in ("'s", "’s")):
        return ANY
    return following.low if following is not None and following.is_word and not is_closed(following.low) else ""
