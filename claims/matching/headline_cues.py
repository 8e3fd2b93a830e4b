"""The cues of a headline: what it doubts, denies, asks or hands on to somebody else, and where it does so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from claims.matching.resources import phrases, table
from claims.matching.text import Token, tokens

LONGEST_PHRASE = 4
"""Words in the longest phrase of `headline_words.json`."""
NEARBY = 3
"""Words between a negation and what it denies: "did not in fact resign"."""
_QUOTES = frozenset('"“”«»‘')
_SINGLE = frozenset("'’")


@lru_cache(maxsize=4_096)
def headline_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text, kept for the next pair it is in."""
    return tuple(tokens(text))


@cache
def _cues() -> Mapping[str, frozenset[str]]:
    """By word or phrase: the kinds of cue it is."""
    found: dict[str, set[str]] = {}
    for kind, entries in table("headline_words")["cues"].items():
        for phrase in phrases(entries):
            found.setdefault(phrase, set()).add(kind)
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}


@cache
def cue_kinds() -> tuple[str, ...]:
    return tuple(table("headline_words")["cues"])


def cues_of(taken: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """(position, kind, phrase) of every cue among the tokens."""
    low = [token.low for token in taken]
    for at in range(len(low)):
        for length in range(1, LONGEST_PHRASE + 1):
            phrase = " ".join(low[at : at + length])
            for kind in sorted(_cues().get(phrase, ())):
                yield at, kind, phrase


def cue_features(headline: str, claim: str, aligned: Sequence[int]) -> dict[str, float]:
    """Cues that the claim does not share, by kind, place and distance from the words that restate the claim.

    `aligned` are the positions of the headline's tokens that say a word of the claim.
    """
    taken = headline_tokens(headline)
    shared = {phrase for _, _, phrase in cues_of(headline_tokens(claim))}
    first = aligned[0] if aligned else len(taken)
    features: dict[str, float] = {}
    for at, kind, phrase in cues_of(taken):
        if phrase in shared:
            continue
        features[f"cue:{kind}"] = 1.0
        features[f"cue:{kind}:early"] = max(features.get(f"cue:{kind}:early", 0.0), 1 - at / len(taken))
        features[f"cue:{kind}:{'before' if at < first else 'after'}"] = 1.0
        if any(abs(at - place) <= NEARBY for place in aligned):
            features[f"cue:{kind}:near"] = 1.0
    return features | _parity(headline, claim) | _form(headline, taken, aligned)


def _parity(headline: str, claim: str) -> dict[str, float]:
    """Whether one of the two denies what the other affirms (Ferreira and Vlachos: negation parity)."""
    kinds = [[kind for _, kind, _ in cues_of(headline_tokens(text))] for text in (headline, claim)]
    negations = [sum(kind == "negation" for kind in found) for found in kinds]
    refuting = [sum(kind in ("negation", "hoax", "refute", "deny") for kind in found) for found in kinds]
    hedged = [any(kind in ("hedge", "rumour", "modal", "claim") for kind in found) for found in kinds]
    ahead = [_looks_ahead(headline_tokens(text)) for text in (headline, claim)]
    return {
        "parity:ahead_both": float(ahead[0] and ahead[1]),
        "parity:ahead_new": float(ahead[0] and not ahead[1]),
        "parity:ahead_no_more": float(ahead[1] and not ahead[0]),
        "parity:negation": float(negations[0] % 2 != negations[1] % 2),
        "parity:refuting": float(refuting[0] % 2 != refuting[1] % 2),
        "parity:refuted_more": float(refuting[0] > refuting[1]),
        "parity:hedged_more": float(hedged[0] and not hedged[1]),
    }


def _looks_ahead(taken: Sequence[Token]) -> bool:
    """Whether it speaks of what is to come: "will open", "plans to open", "to open" as headlines write it."""
    return any(token.low == "to" or token.low in _cues_of_kind("future") for token in taken)


def _form(headline: str, taken: Sequence[Token], aligned: Sequence[int]) -> dict[str, float]:
    """Signs and shape: questions, quotation marks around the claim's words, a named source before or after a colon."""
    low = [token.low for token in taken]
    colons = [at for at, word in enumerate(low) if word == ":"]
    asking = _cues_of_kind("asking")
    return {
        "form:question": float("?" in low),
        "form:question_last": float(low[-1:] == ["?"]),
        "form:opens_with_question_word": float(bool(low) and low[0] in asking),
        "form:why": float(bool(low) and low[0] in _cues_of_kind("why")),
        "form:exclamation": float("!" in low),
        "form:double_quotes": float(any(word in _QUOTES for word in low)),
        "form:single_quotes": float(sum(word in _SINGLE for word in low) > 1),
        "form:quoted_claim": _quoted_share(taken, aligned),
        "form:colon": float(bool(colons)),
        "form:short_lead": float(bool(colons) and colons[0] <= 3),
        "form:short_tail": float(bool(colons) and len(low) - colons[-1] <= 4),
        "form:lead_restates": float(bool(colons) and any(place < colons[0] for place in aligned)),
        "form:dots": float("…" in headline or "..." in headline),
        "form:first_person": float(any(word in ("i", "we", "my", "you", "your") for word in low)),
        "form:capitals": float(
            any(len(token.text) > 2 and token.text in ("NOT", "FAKE", "HOAX", "DENIES") for token in taken)
        ),
        "form:length": min(len(taken), 40) / 20,
    }


@cache
def _cues_of_kind(kind: str) -> frozenset[str]:
    return frozenset(phrases(table("headline_words")["cues"][kind]))


def _quoted_share(taken: Sequence[Token], aligned: Sequence[int]) -> float:
    """Share of the claim's words in the headline that stand within quotation marks."""
    inside, quoted = False, set()
    for at, token in enumerate(taken):
        if token.low in _QUOTES or token.low in _SINGLE:
            inside = not inside
        elif inside:
            quoted.add(at)
    return sum(place in quoted for place in aligned) / len(aligned) if aligned else 0.0
