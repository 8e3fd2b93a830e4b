"""Who is said to say it, how firmly, and whether it is denied: the words around a statement, not its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.matching.lexicon import groups_of, is_light
from claims.matching.nouns import is_closed
from claims.matching.resources import words
from claims.matching.statements import Attribution, Modality, Polarity
from claims.matching.text import Token

_NEGATIONS = frozenset({"not", "n't", "never", "no", "cannot", "neither", "without"})
_FAIL = frozenset(
    {"fail", "fails", "failed", "failing", "refuse", "refuses", "refused", "unable", "decline", "declined"}
)
_NO_DENIAL_AFTER = words("no_denial_after")
_PLANNED = words("planned") - {"order", "orders", "ordered", "set"}
_CONTEST = words("contest") | words("unsupported")
_CLAIM_WORDS = words("claim_words")
_CLAIM_OBJECTS = frozenset({"that", "to", "it", "he", "she", "they", "the", "its", "their"})
_DENY = words("deny")
_DEBUNK = words("debunk")
_AUTHORITIES = words("authorities")
_CLAIM_REACH = 4  # words from "claimed" to its "that"
_LONGEST_TAIL = 9
_LONGEST_SPEAKER = 6


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sentence stands behind what it says.

    `tail`: token indexes of "..., customs officials said" and "according to ...", which say nothing of the matter.
    `denied_from`: the token index from which on everything is called untrue, `firmly` if by one that must know.
    """

    tail: frozenset[int]
    denied_from: int | None
    firmly: bool
    contested: bool
    question: bool


def manner(tokens: Sequence[Token]) -> Manner:
    denied_from, firmly = _denial(tokens)
    return Manner(_tails(tokens), denied_from, firmly, _is_contested(tokens), bool(tokens) and tokens[-1].text == "?")


_CUES = {
    "negated": _NEGATIONS | {"nobody", "nothing", "none", "nor", "hardly", "fail", "fails", "failed"},
    "debunked": _DEBUNK | words("debunking"),
    "denied": _DENY,
    "contested": _CONTEST | words("rumoured"),
    "planned": _PLANNED,
}


DENIALS = frozenset().union(_FAIL, *(_CUES[name] for name in ("negated", "debunked", "denied")))
"""Every word by which a sentence may deny something; "n't" is the end of one."""


def cues(tokens: Sequence[Token]) -> tuple[str, ...]:
    """How a sentence stands behind what it says, as names: negated, debunked, denied, contested, planned, question."""
    lows = [token.low for token in tokens]
    said = {low for low, following in zip(lows, [*lows[1:], ""], strict=True) if following not in _NO_DENIAL_AFTER}
    found = [name for name, listed in _CUES.items() if not said.isdisjoint(listed)]
    return (*found, "question") if tokens and tokens[-1].text == "?" else tuple(found)


_SPEECH = frozenset(word for word in words("reporting") if not groups_of(word) and not is_light(word))


def is_speech(word: str) -> bool:
    """A verb that only reports speech: "said", not "recorded" or "confirmed"."""
    return word in _SPEECH


_OPENS_TAIL = _SPEECH | {"according"}


def _tails(tokens: Sequence[Token]) -> frozenset[int]:
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.low in _OPENS_TAIL and (token.low == "according" or not _leads(tokens, index)):
            begin = index if token.low == "according" else _comma_before(tokens, index)
            found |= set(range(begin, _comma_after(tokens, index)))
    return frozenset(found)


def _leads(tokens: Sequence[Token], index: int) -> bool:
    """Whether the statement follows the verb of saying: "officials said that ...", rather than precedes it."""
    begin = _comma_before(tokens, index)
    opens = any(token.low == "that" for token in tokens[index + 1 : index + 4])
    return opens or begin == 0 or index - begin > _LONGEST_TAIL


def _comma_before(tokens: Sequence[Token], index: int) -> int:
    while index > 0 and tokens[index - 1].text not in (",", ";", "”", '"', "—"):
        index -= 1
    return index


def _comma_after(tokens: Sequence[Token], index: int) -> int:
    while index < len(tokens) and tokens[index].text not in (",", ";", "—"):
        index += 1
    return index


def _is_contested(tokens: Sequence[Token]) -> bool:
    said = {token.low for token in tokens}
    if not said.isdisjoint(_CONTEST):
        return True
    return not said.isdisjoint(_CLAIM_WORDS) and any(_is_claiming(tokens, index) for index in range(len(tokens)))


def _is_claiming(tokens: Sequence[Token], index: int) -> bool:
    """ "claims that ...", "claimed on Monday that", "X's claim to ...", not "claimed 288 lives" or "jobless claims"."""
    if tokens[index].low not in _CLAIM_WORDS:
        return False
    following = [token.low for token in tokens[index + 1 : index + 1 + _CLAIM_REACH]]
    return "that" in following or bool(_CLAIM_OBJECTS.intersection(following[:1]))


_TRUTH = frozenset({"true", "truth"})
_DENIALS = _TRUTH | _DENY | _DEBUNK


def _denial(tokens: Sequence[Token]) -> tuple[int | None, bool]:
    """Where something is said to be untrue: "not true that", "denied that", "is false"."""
    for index, token in enumerate(tokens):
        if token.low not in _DENIALS:
            continue
        if token.low in _TRUTH and _negated_before(tokens, index):
            return index, True
        if token.low in _DENY and _has_object(tokens, index):
            return index, _is_authority(tokens[:index])
        if token.low in _DEBUNK:
            follows = index + 1 < len(tokens) and tokens[index + 1].low == "that"
            return (index if follows else 0), True
    return None, False


def _negated_before(tokens: Sequence[Token], index: int) -> bool:
    return any(token.low in _NEGATIONS for token in tokens[max(0, index - 3) : index])


def _has_object(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].low in ("that", "having", "it")


def _is_authority(speaker: Sequence[Token]) -> bool:
    return any(token.low in _AUTHORITIES for token in speaker)


def polarity_near(tokens: Sequence[Token], window: Iterable[int]) -> Polarity:
    """Denied when a negation stands in the window and is no bound or "not only"."""
    for index in window:
        if (tokens[index].low in _NEGATIONS and not _is_no_denial(tokens, index)) or _fails(tokens, index):
            return Polarity.DENIED
    return Polarity.AFFIRMED


def _fails(tokens: Sequence[Token], index: int) -> bool:
    """ "failed to deliver", "refused to resign"."""
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    return tokens[index].low in _FAIL and following == "to"


def _is_no_denial(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    return following in _NO_DENIAL_AFTER


_MOODS = (
    (Modality.PLANNED, _PLANNED),
    (Modality.POSSIBLE, words("possible")),
    (Modality.ESTIMATED, words("estimated")),
)


def modality_of(told: Manner, said: Iterable[str]) -> Modality:
    """How firmly: another's assertion, a plan, a possibility, an estimate, else a fact."""
    if told.contested:
        return Modality.CLAIMED
    if told.question:
        return Modality.POSSIBLE
    spoken = set(said)
    return next((modality for modality, listed in _MOODS if spoken & listed), Modality.STATED)


def attribution(tokens: Sequence[Token]) -> Attribution | None:
    """The first speaker a text names: "Jin Hai" of "said Jin Hai", "customs officials" of "customs officials said"."""
    for index, token in enumerate(tokens):
        if is_speech(token.low):
            return Attribution(_speaker(tokens, index), _is_contested(tokens))
    return None


def _speaker(tokens: Sequence[Token], verb: int) -> str:
    if tokens[verb].low == "according":
        return " ".join(_run(tokens, verb + 2, 1))
    named = verb + 1 < len(tokens) and tokens[verb + 1].is_capital
    return " ".join(_run(tokens, verb + 1, 1) if named else reversed(_run(tokens, verb - 1, -1)))


def _run(tokens: Sequence[Token], at: int, step: int) -> list[str]:
    taken: list[str] = []
    while 0 <= at < len(tokens) and tokens[at].is_word and len(taken) < _LONGEST_SPEAKER:
        if is_closed(tokens[at].low) and tokens[at].low not in ("the", "a", "an"):
            break
        taken.append(tokens[at].text)
        at += step
    return taken
