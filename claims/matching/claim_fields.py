"""Stored claims prepared for ranking: what is compared of each, and the lexical indexes over all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from claims.matching.lexical_index import LexicalIndex
from claims.matching.posts import content_words, plain_words, terms, with_open_tags
from claims.matching.similarity import masked
from claims.matching.stated_dates import StatedDates
from claims.matching.tags import Vocabulary

LONGEST = 2_000
"""Code points of a post or a claim that are read; longer texts are no longer short."""
GRAM = 4
"""Characters a gram; shorter ones are shared by too many words, longer ones miss other spellings."""

_DIGIT = re.compile(r"\d")
Terms = tuple[str, ...]


class ClaimText(NamedTuple):
    """A claim as it is compared: title and text with figures masked, their terms, its figures."""

    title: str
    text: str
    title_terms: Terms
    text_terms: Terms
    figures: frozenset[str]
    dates: StatedDates

    @classmethod
    def of(cls, text: str, title: str = "") -> ClaimText:
        """A claim without a title is its own title: what the two say apart is then the same."""
        text = with_open_tags(text[:LONGEST])
        title = with_open_tags(title[:LONGEST]) or text
        both = f"{title} {text}"
        said = tuple(terms(text))
        headed = said if title == text else tuple(terms(title))
        return cls(masked(title), masked(text), headed, said, figures_of(both), StatedDates.of(both))

    @property
    def terms(self) -> Terms:
        return self.title_terms + self.text_terms


@dataclass(frozen=True, slots=True)
class Fields:
    """Lexical indexes over the same claims: all terms, those of title and text, two terms in a row, character runs."""

    words: LexicalIndex
    title: LexicalIndex
    text: LexicalIndex
    pairs: LexicalIndex
    grams: LexicalIndex
    vocabulary: Vocabulary

    @classmethod
    def build(cls, claims: Sequence[ClaimText]) -> Fields:
        return cls(
            LexicalIndex.build(claim.terms for claim in claims),
            LexicalIndex.build(claim.title_terms for claim in claims),
            LexicalIndex.build(claim.text_terms for claim in claims),
            LexicalIndex.build(pairs(claim.title_terms) + pairs(claim.text_terms) for claim in claims),
            LexicalIndex.build(grams(f"{claim.title} {claim.text}") for claim in claims),
            Vocabulary(word for claim in claims for word in plain_words(f"{claim.title} {claim.text}")),
        )


def figures_of(text: str) -> frozenset[str]:
    return frozenset(word for word in plain_words(text) if word[0].isdigit()) if _DIGIT.search(text) else frozenset()


def pairs(listed: Sequence[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(listed)]


def grams(text: str) -> list[str]:
    """The runs of GRAM characters inside each content word, with the word's ends marked; of a shorter word the word."""
    marked = [f"<{word}>" for word in content_words(text)]
    return [word[at : at + GRAM] for word in marked for at in range(max(1, len(word) - GRAM + 1))]
