"""Texts in any number, as like the news as a generator makes them: real sentences with other names, words and figures.

Sentences come from a folder of research data where there is one, else from the pairs committed with the engine. Words
are drawn by how often they occur there (Zipf's law as it is), names from theirs and from a long tail of invented ones,
so that the vocabulary grows with the collection as it does in life. The same seed gives the same texts.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from claims.matching.fit.pairs import OURS
from claims.matching.lexicon import is_content
from claims.matching.text import sentence_spans, tokens

CLAIMS = {
    "checkthat2022/claims.jsonl": "vclaim",
    "emergent/train.jsonl": "claim",
    "healthver/dev.jsonl": "claim",
    "covidfact/train.jsonl": "claim",
    "climate_fever/all.jsonl": "claim",
    "fever_pairs/train.jsonl": "claim",
    "fm2/dev.jsonl": "claim",
    "stance/dev.jsonl": "claim",
    "equate/NewsNLI.jsonl": "hypothesis",
}
PASSAGES = {
    "newsquant/dev.jsonl": "text",
    "emergent/train.jsonl": "headline",
    "healthver/dev.jsonl": "evidence",
    "covidfact/train.jsonl": "evidence",
    "climate_fever/all.jsonl": "evidence",
    "fever_pairs/train.jsonl": "evidence",
    "fm2/dev.jsonl": "evidence",
    "stance/dev.jsonl": "passage",
    "equate/NewsNLI.jsonl": "premise",
}
SHORTEST, LONGEST = 20, 300
"""Code points of a sentence that is taken."""
INVENTED = 400_000
"""Names of the long tail."""
TAIL = 2_000
"""The invented name of rank r is drawn in proportion to 1 / (r + TAIL)."""
RENAMED, REWORDED, FROM_TAIL = 0.8, 0.35, 0.5
"""Shares of the names that become others, of the words that do, and of the new names that are invented ones."""
KEPT, MOVED = 0.75, 0.3
"""A paraphrase keeps this share of a claim's words, and begins with its end this often."""
_SLOT = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{3,}")
_SYLLABLES = (
    *("ba", "be", "bi", "bo", "ca", "da", "de", "do", "el", "en", "fa", "fe", "ga", "go", "ha", "hi", "in", "ja"),
    *("jo", "ka", "ke", "ko", "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "or", "pa"),
    *("pe", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "to", "va", "ve", "vi", "wa", "wi"),
)
_DRAWN = 4_096


class Piece(NamedTuple):
    """A stretch of a sentence; `pool`: which words may stand in its place, "" for none."""

    text: str
    pool: str = ""


class _Pool:
    """Words drawn by their weights, many at a time: one draw of `choices` alone costs as much as a hundred."""

    def __init__(self, words: Sequence[str], weights: Iterable[float], source: random.Random) -> None:
        self._words, self._weights, self._source = words, list(accumulate(weights)), source
        self._drawn: list[str] = []

    def draw(self) -> str:
        if not self._drawn:
            self._drawn = self._source.choices(self._words, cum_weights=self._weights, k=_DRAWN)
        return self._drawn.pop()


class Texts:
    """A seeded source of claims, of sentences of reports, and of paraphrases of claims."""

    def __init__(self, data: Path | None = None, seed: int = 20_200_405) -> None:
        self._random = random.Random(seed)
        self._claims = _templates(data, CLAIMS, "claim")
        self._passages = _templates(data, PASSAGES, "passage")
        self._news = _templates(None, {}, "passage")
        self._prose = ["".join(piece.text for piece in one) for one in self._news]
        self._pools = self._pools_of(piece for made in (*self._claims, *self._passages) for piece in made if piece.pool)
        tail = [_invented(rank) for rank in range(INVENTED)]
        self._tail = _Pool(tail, (1 / (rank + TAIL) for rank in range(INVENTED)), self._random)

    def _pools_of(self, pieces: Iterable[Piece]) -> dict[str, _Pool]:
        counted: dict[str, Counter[str]] = {}
        for piece in pieces:
            counted.setdefault(piece.pool, Counter())[piece.text] += 1
        return {
            name: _Pool([word for word, _ in listed], [count for _, count in listed], self._random)
            for name, listed in ((name, sorted(counts.items())) for name, counts in counted.items())
        }

    def claims(self, count: int) -> Iterator[tuple[int, str]]:
        """Claims with their numbers from 0 up, each made for itself."""
        for number in range(count):
            yield number, self._made(self._claims)

    def paraphrase(self, claim: str) -> str:
        """The claim with a quarter of its words gone and, now and then, its end first."""
        words = claim.rstrip(".").split()
        kept = sorted(self._random.sample(range(len(words)), max(1, round(KEPT * len(words)))))
        middle = len(kept) // 2 if self._random.random() < MOVED else 0
        return "Officials said " + " ".join(words[place] for place in kept[middle:] + kept[:middle]) + "."

    def report(self, sentences: int, about: Sequence[str] = ()) -> list[str]:
        """The sentences of a report, with a paraphrase of each claim it is about among them."""
        made = [self._made(self._passages) for _ in range(sentences - len(about))]
        for claim in about:
            made.insert(self._random.randint(0, len(made)), self.paraphrase(claim))
        return made

    def news_report(self, sentences: int, about: Sequence[str] = ()) -> list[str]:
        """The same of the news prose among the engine's own pairs, as it stands there."""
        made = self._random.choices(self._prose, k=sentences - len(about))
        return [*made, *map(self.paraphrase, about)]

    def other_news(self) -> str:
        """A sentence of that news prose with other names, figures and words: one that was never printed."""
        return self._made(self._news)

    def _made(self, templates: Sequence[Sequence[Piece]]) -> str:
        return "".join(map(self._filled, self._random.choice(templates)))

    def _filled(self, piece: Piece) -> str:
        if not piece.pool:
            return piece.text
        chance = self._random.random()
        if piece.pool == "figure":
            return "".join(str(self._random.randint(1, 9)) if sign.isdigit() else sign for sign in piece.text)
        if piece.pool == "name":
            pool = self._tail if chance < RENAMED * FROM_TAIL else self._pools["name"]
            return pool.draw() if chance < RENAMED else piece.text
        return self._pools[piece.pool].draw() if chance < REWORDED else piece.text


def _invented(rank: int) -> str:
    """The name of a rank: its number written in syllables."""
    parts: list[str] = []
    number = rank + len(_SYLLABLES)
    while number:
        number, place = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[place])
    return "".join(reversed(parts)).capitalize()


def _templates(data: Path | None, sources: Mapping[str, str], key: str) -> list[list[Piece]]:
    """Sentences taken apart: those of the sources a data folder has, or else of the engine's own pairs."""
    given = [(data / name, column) for name, column in sources.items()] if data else []
    paths = [(path, column) for path, column in given if path.exists()]
    listed = paths or [(path, key) for path in sorted(OURS.glob("?.jsonl"))]
    texts = {text for path, column in listed for row in _rows(path) for text in _sentences(str(row[column]))}
    return [_pieces(text) for text in sorted(texts)]


def _sentences(text: str) -> Iterator[str]:
    found = (span.of(text) for span in sentence_spans(text))
    return (sentence for sentence in found if SHORTEST < len(sentence) < LONGEST)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def _pieces(sentence: str) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    for found in _SLOT.finditer(sentence):
        pool = _pool_of(found[0], is_first=found.start() == 0)
        pieces += [Piece(sentence[end : found.start()]), Piece(found[0], pool)]
        end = found.end()
    return [piece for piece in [*pieces, Piece(sentence[end:])] if piece.text]


def _pool_of(word: str, *, is_first: bool) -> str:
    if word[0].isdigit():
        return "" if len(word) == 4 and word[:2] in ("19", "20") else "figure"
    if word[0].isupper():
        return "" if is_first or not is_content(tokens(word)[0]) else "name"
    if not is_content(tokens(word)[0]):
        return ""
    return next((ending for ending in ("ing", "ed", "s", "ly", "al", "ion") if word.endswith(ending)), "word")
