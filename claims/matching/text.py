"""Sentences, tokens and words: where things are in a text, and the forms in which they are compared.

Nothing here changes the text; every span is in code points of the text given. Everything is linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from Stemmer import Stemmer

from claims.matching.resources import words
from claims.matching.types import Span

SHORT_LINE = 40
LONGEST_SENTENCE = 2_000
"""Code points; a run without a sentence end (tables, minified text) is cut at white space near this length."""


class Token(NamedTuple):
    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


_TOKEN = re.compile(
    r"[^\W\d_]++(?![\w.&'’–-])"  # most words; what follows is for the others
    r"|(?=\S)(?:(?:[^\W\d_]\.){2,}"  # U.S.
    r"|n['’]t\b|['’](?:s|ve|ll|d|re|m)\b"
    r"|[^\W\d_](?:[^\Wn]++|n(?!['’]t\b))*+(?:(?:[-–](?=[^\W_])|['’](?!(?:s|ve|ll|d|re|m|t)\b))\w+|&[^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?"
    r"|[^\w\s]|\w)"
)
_END = re.compile(
    # The one class in front lets the search pass over everything else.
    r"[.!?…。！？\n](?:(?<=\n)(?:[^\S\n]*+\n\s*+)?"
    r"|(?<!\n)(?<![.!?…。！？][\s\S])[.!?…。！？]*+[\"'”’“»)\]]*+(?=\s|$))"
)
_SPACE = re.compile(r"\s+")
_OPENING = "\"'“‘«([—–-•*"
_stemmer = Stemmer("english")
_STARTERS = words("starters")
_ABBREVIATIONS = words("abbreviations")


_END_OF = itemgetter(1)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words (U.S., Covid-19, F-16s), the possessive 's, digit groups and single signs, in order."""
    listed: list[Token] = []
    new = tuple.__new__  # half the time of Token(...), which is made for every word
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        surface = found[0]
        low = surface.lower()
        begin, after = found.span()
        listed.append(new(Token, (begin, after, surface, low.replace("’", "'") if "’" in low else low)))
    return listed


def index_at(listed: Sequence[Token], offset: int) -> int:
    """The index of the first token that ends behind an offset."""
    return bisect_right(listed, offset, key=_END_OF)


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, without surrounding white space; text between them is white space only."""
    spans: list[Span] = []
    start = 0
    for found in _END.finditer(text):
        if found[0] == "\n":
            if not _is_heading(text, start, found.start()):
                continue
        elif found[0][0] != "\n" and not _ends_sentence(text, found.start(), found.end()):
            continue
        _add_trimmed(spans, text, start, found.end())
        start = found.end()
    _add_trimmed(spans, text, start, len(text))
    return spans


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether a single line end closes a short line (a heading, a time of day) rather than wraps a long one."""
    following = text[end + 1 : end + 2]
    return end - max(start, text.rfind("\n", start, end)) < SHORT_LINE and bool(following) and not following.islower()


def _ends_sentence(text: str, mark: int, after: int) -> bool:
    following = _first_visible(text, after)
    if following is None:
        return True
    if following.islower():
        return False
    if text[mark] != "." or after - mark > 1:
        return True
    word = text[text.rfind(" ", max(0, mark - 20), mark) + 1 : mark].lower().lstrip(_OPENING)
    if "\n" in word:
        word = word.rsplit("\n", 1)[1]
    is_initials = (len(word) == 1 and word.isalpha()) or bool(re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word))
    if is_initials:
        return _next_word(text, after) in _STARTERS
    return word not in _ABBREVIATIONS or (word in ("a.m", "p.m") and not following.isdigit())


def _first_visible(text: str, position: int) -> str | None:
    for character in text[position : position + 200]:
        if not character.isspace() and character not in _OPENING:
            return character
    return None


def _next_word(text: str, position: int) -> str:
    found = re.compile(r"\s*([^\W\d_]+)").match(text, position, position + 200)
    return found[1].lower() if found else ""


def _add_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = start + LONGEST_SENTENCE if cut < 0 else cut
        spans.append(Span(start, cut))
        start = cut + 1 if cut < end and text[cut].isspace() else cut
    if end > start:
        spans.append(Span(start, end))


def fingerprint(sentence: str) -> str:
    """The sentence with compatibility forms, case and white space folded; figures and signs are kept."""
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    return _SPACE.sub(" ", folded).strip()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Snowball's English stem of a lower-case word; half a surrogate pair has none and stays as it is."""
    try:
        return str(_stemmer.stemWord(word))
    except UnicodeEncodeError:
        return word


_IRREGULAR = {
    "people": "person", "geese": "goose", "men": "man",
    "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
    "lives": "life", "wives": "wife", "knives": "knife", "wolves": "wolf", "countries": "country", "mice": "mouse",
    "series": "series", "species": "species", "news": "news", "crises": "crisis", "criteria": "criterion",
    "staff": "staff", "police": "police", "data": "data", "clothes": "clothes", "goods": "goods", "arms": "arms",
    "premises": "premises", "headquarters": "headquarters", "gas": "gas", "bus": "bus", "buses": "bus",
    "movies": "movie", "cookies": "cookie", "calories": "calorie", "ties": "tie", "dies": "die", "potatoes": "potato",
    "heroes": "hero", "tomatoes": "tomato", "houses": "house", "horses": "horse", "nurses": "nurse",
    "businesses": "business", "viruses": "virus", "axes": "axe",
}  # fmt: skip
_PLURALS = {one: many for many, one in _IRREGULAR.items() if many != one}
_UNCOUNTED = frozenset({
    "equipment", "clothing", "gear", "aid", "personnel", "aircraft", "sheep", "fish", "software", "water",
    "information", "oil", "gas", "rice", "wheat", "food", "fuel", "electricity", "power", "dead",
    "killed", "injured", "wounded",
})  # fmt: skip
_KEEPS_S = ("ss", "us", "is", "ous")


@lru_cache(maxsize=65_536)
def singular(noun: str) -> str:
    """The singular of a lower-case English noun; regular endings and a few irregular ones."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if not noun.endswith("s") or len(noun) < 4 or noun.endswith(_KEEPS_S):
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return noun[:-2]
    return noun[:-1]


def plural(noun: str) -> str:
    """The plural of a singular noun, for sentences people read; what is not counted stays as it is."""
    if noun in _UNCOUNTED or noun.endswith("ing") or is_plural(noun):
        return noun
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def is_plural(noun: str) -> bool:
    return (noun in _IRREGULAR and _IRREGULAR[noun] != noun) or singular(noun) != noun
