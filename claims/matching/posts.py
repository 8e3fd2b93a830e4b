"""What a short text of the social web says: its words without addresses, with the words inside its tags and handles.

A post quoted by a fact-check often ends in its signature, "— Name (@handle) January 6, 2020". Names there and in
handles tell whom a claim is about: signatures are kept, but apart from what the post itself says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from claims.matching.resources import words
from claims.matching.tags import Vocabulary, opened
from claims.matching.text import stem

_ADDRESS = re.compile(r"(?:https?:/|www\.|pic\.twitter\.com|t\.co/)\S*", re.IGNORECASE)
_SIGNATURE = re.compile(r"[—–-] ?([^()—–\n]{0,80})\(@(\w{1,30})\)(?: ?([A-Z][a-z]{2,8} \d{1,2}, \d{4}))?")
_TAG = re.compile(r"[#@](\w{2,60})")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_STOP = words("stop")
NO_WORDS = Vocabulary()
_SAME = {"us": "usa", "u.s": "usa", "u.s.a": "usa", "u.k": "uk", "u.n": "un", "potus": "president"}
"""Short forms of the news; "us" only where it is written in capitals."""


@dataclass(frozen=True, slots=True)
class Post:
    """What a post says and who signed it, as plain words: addresses are gone, tags and handles are taken apart."""

    body: str
    signature: str
    signed_on: str = ""
    """The day in the signature, as written."""

    @property
    def whole(self) -> str:
        return f"{self.body} {self.signature}"


def read_post(text: str, known: Vocabulary = NO_WORDS) -> Post:
    """The parts of a post; a text without addresses, tags and signature is all body.

    Tags without capitals are divided by the `known` words; the division is added to the tag.
    """
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text))
    signed = list(_SIGNATURE.finditer(plain))
    signature = " ".join(f"{found[1].strip()} {_opened(found[2], known)}" for found in signed)
    body = with_open_tags(_SIGNATURE.sub(" ", plain), known).strip()
    return Post(body, signature, " ".join(found[3] for found in signed if found[3]))


def with_open_tags(text: str, known: Vocabulary = NO_WORDS) -> str:
    """The text with the words inside its # and @ names in their place."""
    return _TAG.sub(lambda found: f" {_opened(found[1], known)} ", text)


def _opened(tag: str, known: Vocabulary) -> str:
    return " ".join((opened(tag), *known.divided(tag)))


def terms(text: str) -> list[str]:
    """The stems of a text's content words, and its figures, in order; a stop word is no term."""
    return [stem(word) for word in content_words(text)]


def content_words(text: str) -> list[str]:
    return [word for word in plain_words(text) if word not in _STOP]


def plain_words(text: str) -> Iterator[str]:
    """Words and figures in lower case without accents: "U.S." is "usa", "3,000" is "3000", "Beyoncé's" is "beyonce"."""
    for found in _WORD.finditer(_without_accents(text)):
        written = found[0]
        if written[0].isdigit():
            yield written.replace(",", "")
            continue
        low = written.lower().replace("’", "'").removesuffix("'s").rstrip(".")
        yield low if written in ("us", "Us") else _SAME.get(low, low.replace(".", ""))


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
