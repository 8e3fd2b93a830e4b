"""The words inside tags and handles: capitals divide some, the words of the stored claims divide the rest."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
SHORTEST = 7
"""Letters of a part that may be several words: shorter ones split by chance."""
LONGEST_WORD = 16
UNKNOWN = 6.0
UNKNOWN_LETTER = 3.5
"""Cost of a piece that is no known word, in nats: rarer than any word, the more the longer it is."""
TWO_LETTERS = 8.0
"""Extra cost of a word of one or two letters: they are in everything."""


def opened(tag: str) -> str:
    """The parts that capitals and figures mark: "BlackLivesMatter" is "Black Lives Matter"."""
    return " ".join(_PART.findall(tag)) if tag.isascii() else tag.replace("_", " ")


class Vocabulary:
    """Counted words, by which letters written together are divided (the likeliest division by single words)."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        counted = Counter(word for word in words if word.isalpha())
        total = math.log(max(counted.total(), 1))
        self._costs = {word: total - math.log(count) + TWO_LETTERS * (len(word) < 3) for word, count in counted.items()}

    def divided(self, tag: str) -> list[str]:
        """The known words a tag is made of ("fyrefestival": "fyre", "festival"); what is unknown is left out."""
        found: list[str] = []
        for part in opened(tag).lower().split():
            if len(part) >= SHORTEST and part not in self._costs:
                found += self._split(part)
        return found

    def _split(self, letters: str) -> list[str]:
        """The cheapest division, from the start to each letter in turn."""
        costs, steps = [0.0], [0]
        for end in range(1, len(letters) + 1):
            starts = range(max(0, end - LONGEST_WORD), end)
            costs_by_start = [costs[start] + self._cost(letters[start:end]) for start in starts]
            cheapest = min(costs_by_start)
            costs.append(cheapest)
            steps.append(end - starts[costs_by_start.index(cheapest)])
        pieces, end = [], len(letters)
        while end:
            pieces.append(letters[end - steps[end] : end])
            end -= steps[end]
        return [piece for piece in reversed(pieces) if piece in self._costs and len(piece) > 2]

    def _cost(self, piece: str) -> float:
        return self._costs.get(piece, UNKNOWN + UNKNOWN_LETTER * len(piece))
