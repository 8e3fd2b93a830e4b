"""The terms by which claims and report sentences find each other: stems, canonical names, figures by value.

One pass of a regular expression and one cached look-up a word: a report of 30 sentences takes about half a millisecond.
What a term weighs comes from a fixed table of general news English and never from the claims at hand, so that two
texts share the same terms with the same weights whatever else is indexed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import blake2b
from zlib import crc32

from claims.matching.cardinals import SMALL, WORD_SCALES
from claims.matching.lexicon import term
from claims.matching.names import Sort, canonical, find_names
from claims.matching.resources import phrases, table, words
from claims.matching.text import sentence_spans, tokens
from claims.matching.wire import decimal_text

HEAVIEST = 100
"""Weight of a word the table does not hold, and of a figure of three significant digits."""
FIGURE = "#"
"""Begins the term of a figure: "3.86bn" and "3,860 million" are both "#3860000000"."""
_SCALE_POWERS = {word: int(power) for power, forms in table("words")["scale_signs"].items() for word in phrases(forms)}
_SCALE_WORDS = "|".join(sorted(_SCALE_POWERS, key=len, reverse=True))
_TERM = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W\d_][^\W_]*(?:['’](?:t|re|ve|ll|d|m)\b)?"
    rf"|(?<![^\W_])(?<![^\W\d_]-)\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?:[\s\u00a0\u202f-]?(?i:{_SCALE_WORDS})(?![^\W_]))?"
    r"|[%$€£¥]"
)
_ADDRESS = re.compile(r"(?:https?:/|www\.|pic\.twitter\.com|t\.co/)\S*", re.IGNORECASE)
_HUMPS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SIGNS = {"%": ("percent",), "$": ("dollar",), "€": ("euro",), "£": ("pound",), "¥": ("yen",)}
_SAME = {"cent": "percent", "pct": "percent"}
_STOP = words("stop")
_NOT_FIGURES = ("st", "nd", "rd", "th")
_MOST_DIGITS = 30
_LONGEST = 64
"""Code points of a word that count; what is longer is no word of a text people wrote."""


def terms(text: str) -> tuple[str, ...]:
    """The distinct terms of a text in its order."""
    return tuple(dict.fromkeys(found for word in _pieces(text) for found in _terms_of(word)))


def report_terms(text: str) -> tuple[str, ...]:
    """The distinct terms of a text's sentences: what to store with a report to find it from a claim's `key_terms`."""
    found = (known for span in sentence_spans(text) for known in terms(span.of(text)))
    return tuple(dict.fromkeys(found))


def codes(text: str) -> list[int]:
    """The distinct terms of a text as numbers, rarest first; see `code_of`."""
    return sorted({found for word in _pieces(text) for found in _codes_of(word)})


@lru_cache(maxsize=131_072)
def code_of(known: str) -> int:
    """A term as 64 bits: how common it is in the highest 8, a hash of its letters in the others.

    So numbers in rising order are terms from rarest to commonest, and a number tells its weight. Two terms of equal
    number (one chance in 100,000 for a million terms) count as one: a sentence may then meet a claim in vain.
    """
    digest = blake2b(known.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return (255 - weight_of(known)) << 56 | int.from_bytes(digest, "big")


@cache
def version() -> str:
    """Names the terms this module finds: changes with it and with the tables it reads."""
    tables = [table(name) for name in ("rarity", "places", "synonyms", "words", "actions")]
    return f"1-{crc32(json.dumps(tables, sort_keys=True).encode()):08x}"


def weight_in(code: int) -> int:
    return 255 - (code >> 56)


def weight_of(known: str) -> int:
    """How telling a term is, from a few (in every other text) to 100 (hardly anywhere)."""
    return _figure_weight(known[1:]) if known.startswith(FIGURE) else _weights().get(known, HEAVIEST)


@cache
def _weights() -> dict[str, int]:
    buckets: dict[str, str] = table("rarity")["buckets"]
    return {word: int(weight) for weight, entries in buckets.items() for word in phrases(entries)}


def _figure_weight(value: str) -> int:
    """Long figures are telling; years, days and small counts stand in every text."""
    significant = len(value.replace(".", "").strip("0"))
    if value.isdigit() and 1_900 <= int(value) <= 2_100:
        return 16
    if significant >= 3:
        return HEAVIEST
    is_small = len(value) < 3 or (significant == 1 and len(value) < 4)
    return 16 if is_small else 36


def _pieces(text: str) -> Sequence[str]:
    found = _TERM.findall(_ADDRESS.sub(" ", text) if "." in text and "/" in text else text)
    return found if _heads().isdisjoint(found) else list(_joined(found))


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """Names of several words by their first in lower case, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in table("places")["entities"]:
        for name in (row["name"], *row["also"], *row["demonyms"], *row["seats"]):
            parts = tuple(_TERM.findall(name.lower()))
            if len(parts) > 1 and parts[0] != "the":
                found.setdefault(parts[0], []).append(parts)
    return {first: sorted(listed, key=len, reverse=True) for first, listed in found.items()}


@cache
def _heads() -> frozenset[str]:
    """The words at which a term of several words may begin or, for a number in words, end."""
    listed = {*_phrases(), *WORD_SCALES}
    return frozenset(form for word in listed for form in (word, word.capitalize(), word.upper()))


def _joined(found: Sequence[str]) -> Iterator[str]:
    """The words with names of several words after them, and "four million" as "4 million"."""
    low = [word.lower() for word in found]
    for index, word in enumerate(found):
        phrase = _phrase_at(low, index)
        if phrase:
            yield phrase
        yield word
        if low[index] in WORD_SCALES and index and low[index - 1] in SMALL:
            yield f"{SMALL[low[index - 1]]} {low[index]}"


def _phrase_at(low: Sequence[str], index: int) -> str:
    for parts in _phrases().get(low[index], ()):
        if tuple(low[index : index + len(parts)]) == parts:
            return " ".join(parts)
    return ""


@lru_cache(maxsize=131_072)
def _codes_of(word: str) -> tuple[int, ...]:
    return tuple(code_of(found) for found in _terms_of(word))


@lru_cache(maxsize=131_072)
def _terms_of(word: str) -> tuple[str, ...]:
    if word[0].isdecimal():
        return _figure(word)
    if word in _SIGNS:
        return _SIGNS[word]
    entity = _entity(word)
    if entity:
        return (entity,)
    if " " in word:
        return ()
    humps = _HUMPS.findall(word)
    parts = [part for part in humps if len(part) > 3] if len(humps) > 1 and word[:1].isupper() else []
    return tuple(dict.fromkeys(found for part in (word, *parts) for found in _plain(part)))


def _plain(word: str) -> Iterable[str]:
    folded = _without_accents(word.lower().replace("’", "'"))[:_LONGEST]
    listed = tokens(folded)
    if not listed or len(folded) < 2 or listed[0].low in _STOP:
        return ()
    return (_SAME.get(folded) or term(folded),)


def _entity(word: str) -> str:
    """The canonical name of a country, people, capital or world body, in lower case; "" for other words."""
    names = [name for name in find_names(tokens(word)) if name.sort is not Sort.OTHER]
    if names:
        return names[0].entity.lower()
    return canonical(word).lower() if " " in word else ""


def _figure(written: str) -> tuple[str, ...]:
    number = re.match(r"[\d.,]+", written)
    assert number is not None
    body, rest = number[0].rstrip(".,"), written[number.end() :].strip(" \u00a0\u202f-").lower()
    digits = body.replace(",", "")
    if rest in _NOT_FIGURES or len(digits) > _MOST_DIGITS or not digits.isascii():
        return ()
    plain = digits.replace(".", "") if digits.count(".") > 1 else digits
    value = Decimal(plain).scaleb(_SCALE_POWERS.get(rest, 0))
    return (FIGURE + str(decimal_text(value)),)


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
