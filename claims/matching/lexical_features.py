"""What the words of a passage do to those of a claim, as named numbers.

Every feature sets the claim against the passage: none can be computed from the claim alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from claims.matching.alignment import SAME_STEM, Alignment, Link, Word
from claims.matching.meanings import kinds_of, listed, opposites_of, sides_of

Values = dict[str, float]
REACH = 4
"""Words either way within which a negation is taken to bear on an aligned word."""
MANY = 4.0
"""Counts are cut here: a fifth unmatched name says no more than the fourth."""


def lexical_features(found: Alignment) -> Values:
    return {
        **_coverage(found),
        **_loose(found),
        **_opposed(found),
        **_denied(found),
        **_order(found),
        **_cues(found),
        **_rest(found),
    }


def _share(links: Iterable[Link]) -> float:
    """Weight of the claim's words that the passage holds, by how surely; 1 where there is nothing to hold."""
    total = held = 0.0
    for link in links:
        total += link.word.weight
        held += link.word.weight * link.strength
    return held / total if total else 1.0


def _coverage(found: Alignment) -> Values:
    links = found.links
    inside = [
        link if link.other is not None and link.other.sentence == found.sentence else Link(link.word, None, 0.0)
        for link in links
    ]
    names = [link for link in links if link.word.kind == "name"]
    matched = [link.other.at for link in inside if link.other is not None]
    spread = (max(matched) - min(matched) + 1) / len(matched) if matched else 0.0
    nearby = [word for word in found.nearby if word.is_content]
    return {
        "covered": _share(links),
        "covered_in_one_sentence": _share(inside),
        "covered_exactly": _share(
            [link if link.strength >= SAME_STEM else Link(link.word, None, 0.0) for link in links]
        ),
        "covered_words": _share([link for link in links if link.word.kind == "word"]),
        "covered_names": _share(names),
        "covered_second_half": _share(links[len(links) // 2 :]),
        "covered_first_half": _share(links[: len(links) // 2]),
        "pairs_kept": _pairs_kept(found),
        "spread": min(spread, 10.0),
        "passage_used": min(1.0, len(set(matched)) / len(nearby)) if nearby else 0.0,
        "longer_by": min(20.0, len(found.passage.content) / max(1, len(found.claim.content))),
    }


def _pairs_kept(found: Alignment) -> float:
    """Share of the claim's neighbouring content words that are neighbours, in order, in the passage too."""
    pairs = list(pairwise(found.links))
    if not pairs:
        return 1.0
    kept = sum(1 for a, b in pairs if a.other and b.other and 0 < b.other.at - a.other.at <= b.word.at - a.word.at + 1)
    return kept / len(pairs)


def _loose(found: Alignment) -> Values:
    """What the claim says and the passage does not."""
    loose = found.loose
    links = found.links
    return {
        "loose": min(MANY, len(loose)),
        "loose_heaviest": max((word.weight for word in loose), default=0.0),
        "loose_weight": min(MANY, sum(word.weight for word in loose)),
        "loose_names": min(MANY, sum(word.kind == "name" for word in loose)),
        "loose_last": links[-1].word.weight if links and links[-1].other is None else 0.0,
        "loose_first": links[0].word.weight if links and links[0].other is None else 0.0,
        "replaced": float(_replaced(found, same_kind=False)),
        "replaced_alike": float(_replaced(found, same_kind=True)),
        "one_word_off": float(len(loose) == 1 and len(links) > 3),
    }


def _replaced(found: Alignment, *, same_kind: bool) -> int:
    """Loose words in whose place, beside the same neighbour, the passage has another word the claim does not."""
    taken = {link.other.at for link in found.links if link.other is not None}
    count = 0
    for place, link in enumerate(found.links):
        if link.other is not None:
            continue
        before = found.links[place - 1].other if place else None
        after = found.links[place + 1].other if place + 1 < len(found.links) else None
        for beside in [*_following(found, before, 1), *_following(found, after, -1)]:
            if beside.at not in taken and (not same_kind or beside.kind == link.word.kind != "word"):
                count += 1
                break
    return min(count, 4)


def _following(found: Alignment, start: Word | None, step: int) -> Sequence[Word]:
    """The next content word of the passage from an aligned one, within three words."""
    if start is None:
        return ()
    words = found.passage.words
    for at in range(start.at + step, start.at + 4 * step, step):
        if 0 <= at < len(words) and words[at].is_content:
            return (words[at],)
    return ()


def _opposed(found: Alignment) -> Values:
    """Opposites, and other values of a kind of which a thing has one."""
    nearby = found.nearby
    near_sides = frozenset().union(*[sides_of(word.low) for word in nearby])
    far_sides = frozenset().union(*[sides_of(word.low) for word in found.passage.words])
    near_kinds = frozenset().union(*[kinds_of(word.low) for word in nearby if word.is_content])
    far_kinds = frozenset().union(*[kinds_of(word.low) for word in found.passage.content])
    near = far = kinds = far_kind = agreeing = kind_kept = sided = 0
    linked = {link.word.at: link for link in found.links}
    for word in found.claim.words:
        link = linked.get(word.at)
        against, own = opposites_of(word.low), sides_of(word.low)
        if against:
            agreeing += bool(own & near_sides)
            sided += not own & far_sides
            near += bool(against & near_sides) and not own & near_sides
            far += bool(against & far_sides) and not own & far_sides
        known = kinds_of(word.low)
        if known and link is not None:
            kinds += link.other is None and bool(known & near_kinds)
            far_kind += link.other is None and bool(known & far_kinds)
            kind_kept += link.other is not None
    return {
        "opposite_near": min(MANY, near),
        "opposite_far": min(MANY, far),
        "same_side": min(MANY, agreeing),
        "side_missing": min(MANY, sided),
        "other_of_kind": min(MANY, kinds),
        "other_of_kind_far": min(MANY, far_kind),
        "same_of_kind": min(MANY, kind_kept),
    }


def _negations(words: Sequence[Word]) -> list[int]:
    return [word.at for word in words if word.low in listed("negators")]


def _denied(found: Alignment) -> Values:
    """Negations near aligned words on one side only, on both, and anywhere in the passage."""
    ours = _negations(found.claim.words)
    theirs = _negations(found.nearby)
    aligned = [link for link in found.links if link.other is not None]
    ours_near = sum(any(abs(link.word.at - at) <= REACH for at in ours) for link in aligned)
    theirs_near = sum(any(0 <= link.other.at - at <= REACH for at in theirs) for link in aligned if link.other)
    kept = sum(word.low in found.passage.places for word in found.claim.words if word.low in listed("negators"))
    return {
        "denied_here": float(bool(ours_near) and not theirs),
        "denied_there": float(bool(theirs_near) and not ours),
        "denied_twice": float(bool(ours) and bool(theirs)),
        "denied_nowhere": float(not ours and not theirs),
        "denied_words": min(MANY, theirs_near) if not ours else 0.0,
        "denials_kept": min(MANY, kept),
        "denials_elsewhere": min(MANY, len(_negations(found.passage.words)) - len(theirs)),
    }


def _order(found: Alignment) -> Values:
    """Whether aligned words, and aligned names, stand in the claim's order; "X beat Y" is not "Y beat X"."""
    places = [link.other.at for link in found.links if link.other is not None]
    names = [link.other.at for link in found.links if link.other is not None and link.word.capital]
    return {"order_kept": _ascending(places), "names_in_order": _ascending(names)}


def _ascending(places: Sequence[int]) -> float:
    steps = list(pairwise(places))
    return sum(b >= a for a, b in steps) / len(steps) if steps else 1.0


def _cues(found: Alignment) -> Values:
    """Words of doubt, contrast and totality that only the passage has.

    Those that only the claim has ("only", "never") are left out: no passage repeats them, so they would speak of how
    claims of a data set were made up.
    """
    ours = {word.low for word in found.claim.words}
    theirs = {word.low for word in found.passage.words}
    near = {word.low for word in found.nearby}
    hedges, universal = listed("hedges"), listed("universal")
    return {
        "hedged_there": min(MANY, len((theirs & hedges) - ours)),
        "hedged_twice": min(MANY, len(ours & theirs & hedges)),
        "total_there": min(MANY, len((near & universal) - ours)),
        "inconclusive_there": min(MANY, len((theirs & listed("inconclusive")) - ours)),
        "contrast_there": min(MANY, len((near & listed("contrast")) - ours)),
    }


def _rest(found: Alignment) -> Values:
    """What the passage says beyond the claim, and how long it is."""
    taken = {link.other.at for link in found.links if link.other is not None}
    nearby = [word for word in found.nearby if word.is_content]
    rest = [word for word in nearby if word.at not in taken]
    heavy = sum(word.weight for word in nearby)
    return {
        "passage_words": math.log1p(len(found.passage.words)),
        "passage_sentences": min(10.0, found.passage.sentences),
        "rest_names": min(MANY, sum(word.kind == "name" for word in rest)),
        "rest_numbers": min(MANY, sum(word.kind == "number" for word in rest)),
        "rest_share": sum(word.weight for word in rest) / heavy if heavy else 0.0,
        "longest_run": _longest_run(found) / max(1, len(found.links)),
        "linked_by_meaning": sum(link.strength < SAME_STEM for link in found.links if link.other) / max(1, len(taken)),
        "names_here": min(MANY, sum(link.word.kind == "name" for link in found.links if link.other)),
    }


def _longest_run(found: Alignment) -> int:
    """The most content words in a row of the claim that follow each other closely in the passage."""
    longest = run = 0
    previous: Link | None = None
    for link in found.links:
        if link.other is None:
            run = 0
        else:
            close = (
                previous is not None and previous.other is not None and 0 < link.other.at - previous.other.at <= REACH
            )
            run = run + 1 if close else 1
        longest, previous = max(longest, run), link
    return longest
