"""Text for a large newsroom: halves of real claim sentences put together anew, with drawn figures and made-up names.

Deterministic: one seed gives the same text. Words follow Zipf's law: those of real sentences by themselves, the names
because the name of rank r is drawn with a share proportional to 1/r.
"""

from __future__ import annotations

import csv
import json
import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.matching.fit.pairs import OURS

NAMES = 40_000
REPORT_CHARACTERS = 820
"""A report ends with the sentence that reaches this: 150 words on the average."""
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_MARK = "\x1a"  # where a figure was
_SHORTEST, _LONGEST = 6, 45  # words of a sentence that is taken
_SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ren",
    "tor",
    "va",
    "sel",
    "dun",
    "bar",
    "nes",
    "gol",
    "hir",
    "pas",
    "ul",
    "wen",
    "dor",
    "fen",
    "mar",
    "tis",
    "eck",
    "ost",
    "ra",
    "bel",
    "quin",
    "zu",
]


@dataclass(frozen=True)
class Stock:
    """First and second halves of real sentences, their figures taken out."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    names: tuple[str, ...]


def stock(data: Path | None = None) -> Stock:
    """From a folder of research data if there is one, else from the project's own pairs."""
    found = sorted({_FIGURE.sub(_MARK, text) for text in (_of_folder(data) if data else _own()) if _is_fit(text)})
    halves = [(words[: len(words) // 2], words[len(words) // 2 :]) for words in map(str.split, found)]
    return Stock(
        heads=tuple(" ".join(head) for head, _ in halves),
        tails=tuple(" ".join(tail).rstrip(" .") for _, tail in halves),
        names=tuple(name_of(number) for number in range(NAMES)),
    )


class Writer:
    """Draws sentences from a stock, one after the other."""

    def __init__(self, source: Stock, seed: int) -> None:
        self.stock, self.random = source, random.Random(seed)

    def sentence(self) -> str:
        draw = self.random.random
        heads, tails = self.stock.heads, self.stock.tails
        text = f"{heads[int(draw() * len(heads))]} {tails[int(draw() * len(tails))]}"
        if draw() < 0.3:
            text = f"{text}, {self.name()} said"
        while _MARK in text:
            text = text.replace(_MARK, self.figure(), 1)
        return f"{text[0].upper()}{text[1:]}."

    def ending(self) -> str:
        """How a claim goes on: what keeps apart two that begin alike."""
        tails = self.stock.tails
        tail = tails[int(self.random.random() * len(tails))].replace(_MARK, self.figure())
        return f", said {self.name()} of {self.name()}, {tail}."

    def name(self) -> str:
        return self.stock.names[rank(self.random, NAMES)]

    def figure(self) -> str:
        value = 10 ** (self.random.random() * 6)
        return f"{value:.1f}" if value < 100 else f"{value:,.0f}"

    def body(self) -> list[str]:
        """The sentences of a report: about 150 words."""
        sentences, length = [], 0
        while length < REPORT_CHARACTERS:
            sentences.append(self.sentence())
            length += len(sentences[-1])
        return sentences


def claim_sentences(source: Stock, *, seed: int, count: int) -> Iterator[str]:
    writer = Writer(source, seed)
    return (writer.sentence() for _ in range(count))


def report_bodies(source: Stock, *, seed: int, count: int) -> Iterator[list[str]]:
    """Each report as its sentences; joined by a space they are its body."""
    writer = Writer(source, seed)
    return (writer.body() for _ in range(count))


def rank(source: random.Random, count: int) -> int:
    """From 0, by Zipf's law with exponent 1: the logarithm of the rank is uniform."""
    return min(int(math.exp(source.random() * math.log(count + 1))) - 1, count - 1)


def name_of(number: int) -> str:
    parts = []
    while True:
        number, syllable = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[syllable])
        if number == 0:
            return "".join([*parts, "a"]).capitalize()
        number -= 1


def _is_fit(text: str) -> bool:
    return _SHORTEST <= len(text.split()) <= _LONGEST and text.isprintable()


def _own() -> Iterator[str]:
    for path in sorted(OURS.glob("*.jsonl")):
        yield from _fields(path)


def _of_folder(data: Path) -> Iterator[str]:
    for path in sorted(data.rglob("*.jsonl")):
        yield from _fields(path)
    for path in sorted(data.rglob("claims.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row["vclaim"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _fields(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line) if line.startswith("{") else {}
        yield from (
            row[name] for name in ("claim", "passage", "headline", "evidence") if isinstance(row.get(name), str)
        )
