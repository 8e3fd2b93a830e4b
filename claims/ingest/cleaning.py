"""What the doors do to a text once, before it is stored for ever: offsets point into what leaves here."""

import re
import unicodedata
from dataclasses import dataclass

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_BINARY_SHARE = 0.05  # of a text's characters: prose has none, a pasted binary file far more
_FOLDED = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Cleaned:
    """`notes` say, in words for people, what was removed."""

    text: str
    notes: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """NFC, CRLF and CR to LF, NUL and lone surrogates removed, the removal reported."""
    notes = []
    nul = text.count("\0")
    if nul:
        notes.append(f"{nul} NUL character{'s' * (nul > 1)} removed")
        text = text.replace("\0", "")
    text, lone = _SURROGATE.subn("", text)
    if lone:
        notes.append(f"{lone} broken character{'s' * (lone > 1)} (lone surrogate) removed")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Cleaned(unicodedata.normalize("NFC", text), tuple(notes))


def has_control_characters(text: str) -> bool:
    """Characters no keyboard types: a sign that the text is not text. Tabs and line ends are allowed."""
    return bool(_CONTROL.search(text))


def looks_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text)


def has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def folded(text: str) -> str:
    """Equal for texts that differ only in case, width, white space and punctuation that is no part of a figure."""
    text = unicodedata.normalize("NFKC", text).casefold()
    figures = re.sub(r"(?<=\d)[.,](?=\d)", "\x00", text)
    return _FOLDED.sub(" ", figures.replace("\x00", "dot")).strip()
