"""Which words of a passage stand for which words of a claim.

A text is cut into words once and kept; a claim's content word is aligned to the passage's word that is equal, has its
stem, states the same or is spelt nearly alike, in the sentence that holds most of the claim where there is a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz

from claims.matching.meanings import is_function, senses, weight_of
from claims.matching.text import Token, stem, tokens

Key = TypeVar("Key")
_NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split())}
COUNTRY_NOT_PRONOUN = "US"
LONGEST = 1_000
"""Words of a text that are aligned: a passage is one to three sentences, and the rest of a longer text is left out."""
NEAR_SPELLING = 86.0
"""rapidfuzz ratio from which two words of five letters or more are one spelt twice ("Schwarzman", "Schwartzman")."""
SHORTEST_SPELLING = 5
PREFIX = 5
"""Letters that words of one family share ("migrate", "migration"): beyond what the stemmer joins."""
EQUAL, SAME_STEM, SAME_SENSE, SAME_FAMILY, SPELT_ALIKE = 1.0, 0.95, 0.85, 0.7, 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """`at` counts the words of the text, `sentence` its sentences."""

    low: str
    known: str
    kind: str
    weight: float
    at: int
    sentence: int
    capital: bool

    @property
    def is_content(self) -> bool:
        return self.kind != "function"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text, with the places of each form."""

    words: tuple[Word, ...]
    content: tuple[Word, ...]
    places: dict[str, tuple[int, ...]]
    sense_places: dict[int, tuple[int, ...]]
    families: dict[str, tuple[int, ...]]
    sentences: int


@dataclass(frozen=True, slots=True)
class Link:
    """A claim's word and, if any, the passage's word that stands for it."""

    word: Word
    other: Word | None
    strength: float


@dataclass(frozen=True, slots=True)
class Alignment:
    claim: Wording
    passage: Wording
    links: tuple[Link, ...]
    sentence: int
    """The passage's sentence that holds most of the claim."""
    nearby: tuple[Word, ...]
    """The words of that sentence."""

    @property
    def loose(self) -> tuple[Word, ...]:
        """The claim's content words nothing in the passage stands for."""
        return tuple(link.word for link in self.links if link.other is None)


@lru_cache(maxsize=4_096)
def wording(text: str) -> Wording:
    """The words of a text; signs only separate sentences."""
    words: list[Word] = []
    sentence, previous = 0, ""
    for token in tokens(text):
        if not token.text[0].isalnum() and not token.low.startswith(("'", "n't")):
            previous = token.text
            continue
        if previous in (".", "!", "?") and token.text[0].isupper() and words:
            sentence += 1
        previous = ""
        words.append(_word(token, len(words), sentence, starts=not words or words[-1].sentence != sentence))
        if len(words) == LONGEST:
            break
    return _indexed(tuple(words), sentence + 1)


def _word(token: Token, at: int, sentence: int, *, starts: bool) -> Word:
    low = NUMBER_WORDS.get(token.low, token.low)
    if low[0].isdigit():
        return Word(low.replace(",", ""), low.replace(",", ""), "number", 0.8, at, sentence, capital=False)
    if is_function(low) and token.text != COUNTRY_NOT_PRONOUN:
        return Word(low, low, "function", 0.0, at, sentence, capital=False)
    known = stem(low)
    capital = token.is_capital and not starts
    return Word(low, known, "name" if capital else "word", weight_of(known), at, sentence, token.is_capital)


def _indexed(words: tuple[Word, ...], sentences: int) -> Wording:
    places: dict[str, list[int]] = {}
    by_sense: dict[int, list[int]] = {}
    families: dict[str, list[int]] = {}
    for word in words:
        for form in {word.low, word.known}:
            places.setdefault(form, []).append(word.at)
        if not word.is_content:
            continue
        for sense in senses(word.known):
            by_sense.setdefault(sense, []).append(word.at)
        if len(word.low) >= PREFIX and word.kind != "number":
            families.setdefault(word.low[:PREFIX], []).append(word.at)
    content = tuple(word for word in words if word.is_content)
    return Wording(words, content, _fixed(places), _fixed(by_sense), _fixed(families), sentences)


def _fixed(places: dict[Key, list[int]]) -> dict[Key, tuple[int, ...]]:
    return {key: tuple(found) for key, found in places.items()}


@lru_cache(maxsize=1_024)
def align(claim: str, passage: str) -> Alignment:
    """Each content word of the claim with what stands for it in the passage."""
    ours, theirs = wording(claim), wording(passage)
    found = [(word, *_candidates(word, theirs)) for word in ours.content]
    sentence = _best_sentence(found, theirs)
    links: list[Link] = []
    last = 0
    for word, strength, places in found:
        if not places:
            links.append(Link(word, None, 0.0))
            continue
        at = min(places, key=lambda place: (theirs.words[place].sentence != sentence, abs(place - last - 1)))
        last = at
        links.append(Link(word, theirs.words[at], strength))
    nearby = tuple(word for word in theirs.words if word.sentence == sentence)
    return Alignment(ours, theirs, tuple(links), sentence, nearby)


def _candidates(word: Word, passage: Wording) -> tuple[float, Sequence[int]]:
    """How strongly and where the passage has a word, by the strongest way that finds one."""
    if word.low in passage.places:
        return EQUAL, passage.places[word.low]
    if word.kind == "number":
        return 0.0, ()
    if word.known in passage.places:
        return SAME_STEM, passage.places[word.known]
    shared = [place for sense in senses(word.known) for place in passage.sense_places.get(sense, ())]
    if shared:
        return SAME_SENSE, shared
    family = passage.families.get(word.low[:PREFIX], ())
    if family:
        return SAME_FAMILY, family
    return SPELT_ALIKE if (alike := _spelt_alike(word, passage)) else 0.0, alike


def _spelt_alike(word: Word, passage: Wording) -> Sequence[int]:
    """Names only: a wrong letter in an ordinary word is rarer than two words a letter apart."""
    if not word.capital or len(word.low) < SHORTEST_SPELLING:
        return ()
    return [
        other.at
        for other in passage.content
        if other.capital and len(other.low) >= SHORTEST_SPELLING and abs(len(other.low) - len(word.low)) < 3
        and other.low[0] == word.low[0] and fuzz.ratio(word.low, other.low) >= NEAR_SPELLING
    ]  # fmt: skip


def _best_sentence(found: Iterable[tuple[Word, float, Sequence[int]]], passage: Wording) -> int:
    held = [0.0] * passage.sentences
    for word, strength, places in found:
        for sentence in {passage.words[place].sentence for place in places}:
            held[sentence] += word.weight * strength
    return max(range(passage.sentences), key=lambda number: (held[number], -number))
