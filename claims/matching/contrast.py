"""Words by which a sentence that says nearly all of a claim says it of something else.

"The company's rival employs 3,000" is not of the company, "60 per cent in older people" not of everybody, "opposed by
45 per cent" not of those in favour. Such a word on one side alone leaves the claim open, whatever the figures say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from claims.matching.concepts import coverage
from claims.matching.lexicon import term
from claims.matching.names import canonical
from claims.matching.resources import table
from claims.matching.sides import Sides
from claims.matching.statements import Said
from claims.matching.whereabouts import ANY

_MOVES = frozenset({"increase", "decrease"})
CLOSE_FROM = 0.7
"""Share of a claim that a sentence says, from which such a word is a contrast and not another way to say it."""


def says_nearly_all(sides: Sides) -> bool:
    """Whether the sentence says so much of the claim that a word on one side alone is a contrast."""
    return coverage(sides.claim.terms, sides.sentence_terms) >= CLOSE_FROM


def contrasts(sides: Sides) -> tuple[str, ...]:
    """By name, such as "holder" for "the neighbouring school", what tells that the rows are of different things."""
    found = [name for name, is_there in _BY_WORDS.items() if is_there(sides)]
    if any(_told(sides)):
        found += [name for name, is_there in _BY_CUES.items() if is_there(sides)]
    return tuple(found)


def tells_an_event(sides: Sides) -> bool:
    """ "The school has 900 pupils", "the school lost 200 pupils": what something has, and what happened to some."""
    return not sides.ours.action and not _MOVES.isdisjoint(sides.theirs.action) and not sides.theirs.moved


def _has_another_holder(sides: Sides) -> bool:
    """ "The neighbouring school", where the claim speaks of a school; not "other countries" where it does not."""
    ours, theirs = _told(sides, "holder")
    for told in theirs - ours:
        word, _, noun = told.partition(" ")
        if term(word) not in sides.claim.terms and (noun == ANY or term(noun) in sides.claim.terms):
            return True
    return False


def _adds(sides: Sides, lead: str) -> bool:
    """Whether the passage has such a word that the claim does not say at all."""
    ours, theirs = _told(sides, lead)
    return any(term(word) not in sides.claim.terms for word in theirs - ours)


def says_a_contrary(sides: Sides) -> bool:
    """Whether the sentence has, in place of a word of the claim, one that excludes it: "oppose" for "support"."""
    excluding = _excluding(sides.claim.terms).intersection(sides.sentence_terms)
    if not excluding:
        return False
    own = frozenset(sides.claim.terms)
    replaced = own.difference(sides.sentence_terms)
    return any(not _contraries()[word].isdisjoint(replaced) for word in excluding - own)


@lru_cache(maxsize=8_192)
def _excluding(terms: tuple[str, ...]) -> frozenset[str]:
    """All terms that exclude one of these."""
    return _NONE.union(*(_contraries().get(word, _NONE) for word in terms))


def are_contrary(first: str, second: str) -> bool:
    """Whether two terms exclude each other in one place."""
    return second in _contraries().get(first, _NONE)


_NONE: frozenset[str] = frozenset()


@cache
def _contraries() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in table("words")["contraries"]:
        first, second = ([term(word) for word in side.split()] for side in pair.split("|"))
        for word in first:
            found.setdefault(word, set()).update(second)
        for word in second:
            found.setdefault(word, set()).update(first)
    for kind in table("words")["exclusive_kinds"]:
        listed = {term(word) for word in kind.split()}
        for word in listed:
            found.setdefault(word, set()).update(listed - {word})
    return {word: frozenset(listed) for word, listed in found.items()}


def names_a_city(sides: Sides, *leads: str) -> bool:
    """Whether one side names a capital, in it ("in") or as the one that acts ("as"), and the other only its state."""
    ours, theirs = _told(sides, *leads)
    for city in ours ^ theirs:
        others = sides.passage.names if city in ours else sides.claim.names
        if canonical(city) in others:
            return True
    return False


def goes_the_other_way(sides: Sides) -> bool:
    """Whether what goes to a place on one side comes from it on the other: exports to China, exports from China."""
    (to, theirs_to), (ours_from, from_) = _told(sides, "to"), _told(sides, "from")
    return bool(to & from_ - theirs_to) or bool(ours_from & theirs_to - from_)


def _told(sides: Sides, *leads: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of each side's `whereabouts` with some leads; without any, all of them."""
    return _names(sides.claim.sentences, leads), _names(sides.passage.sentences, leads, sides.theirs.start)


def _names(sentences: Sequence[Said], leads: tuple[str, ...], start: int | None = None) -> frozenset[str]:
    """Of all sentences, or of the one that starts there."""
    found = _NONE
    for said in sentences:
        if said.cues and (start is None or said.start == start):
            found |= _names_of(said.cues, leads)
    return found


@lru_cache(maxsize=8_192)
def _names_of(cues: tuple[str, ...], leads: tuple[str, ...]) -> frozenset[str]:
    parts = (cue.partition(":") for cue in cues)
    return frozenset(name for lead, _, name in parts if name and (lead in leads or not leads))


def moves_otherwise(sides: Sides) -> bool:
    """Whether one figure is how far something moved, the other where it got to: "rose by 2", "rose to 8"."""
    return bool(sides.ours.moved and sides.theirs.moved) and sides.ours.moved != sides.theirs.moved


def _has_another_rhythm(sides: Sides) -> bool:
    """A day's figure beside a year's."""
    ours, theirs = _told(sides, "rhythm")
    return ours != theirs


def _has_another_basis(sides: Sides) -> bool:
    """Compared with last month on one side, with last year on the other."""
    ours, theirs = _told(sides, "basis")
    return bool(ours and theirs) and ours != theirs


_BY_WORDS: Mapping[str, Callable[[Sides], bool]] = {
    "contrary": says_a_contrary,
    "moved": moves_otherwise,
    "event": tells_an_event,
}
_BY_CUES: Mapping[str, Callable[[Sides], bool]] = {
    "holder": _has_another_holder,
    "part": lambda sides: _adds(sides, "part"),
    "rhythm": _has_another_rhythm,
    "basis": _has_another_basis,
    "city": lambda sides: names_a_city(sides, "in"),
    "way": goes_the_other_way,
}
"""Those that only the sentences' `whereabouts` tell."""
