"""Cardinal numbers in words, and the fractions built on them: "two hundred and five", "three and a half", "two thirds".

A reading is a value and where it ends; what the number is for is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from claims.matching.resources import listed, table
from claims.matching.text import Token

_UNITS = {word: value for value, word in enumerate(listed("cardinals"))} | dict.fromkeys(listed("naughts"), 0)
TENS = {word: 10 * value for value, word in enumerate(listed("tens"), start=2)}
SMALL = _UNITS | TENS
WORD_SCALES: dict[str, int] = table("words")["number_scales"]
_ORDINALS: dict[str, int] = table("words")["ordinal_numbers"]
DENOMINATORS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    form: value for word, value in _ORDINALS.items() if value > 2 for form in (word, word + "s")
}
_HUNDRED = 2
_PARTS = 8
"""Words of a number that belong together at most before the next scale word; keeps a run of number words cheap."""


class Read(NamedTuple):
    """`step`: the place value of the last figure that counts; `scaled`: written with a scale word."""

    value: Decimal
    step: Decimal
    scaled: bool
    after: int
    fraction: bool = False


class _State(NamedTuple):
    """`total` holds the finished thousands and millions, `group` what stands before the next scale word."""

    total: Decimal = Decimal(0)
    group: int | None = None
    last: str = ""
    scale: int = 0
    least: int = 0

    @property
    def value(self) -> Decimal:
        return self.total + (self.group or 0)


def low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


@lru_cache(maxsize=8_192)
def pieces(word: str) -> tuple[str, ...]:
    """The number words a word is made of ("twenty-one"); none if any part is another word."""
    parts = tuple(word.replace("–", "-").split("-"))
    return parts if all(part in SMALL or part in WORD_SCALES for part in parts) else ()


def cardinal(tokens: Sequence[Token], at: int, *, joins: bool = True) -> Read | None:
    """The cardinal that begins at a token; `joins`: whether "and" may stand inside it ("between one and two")."""
    state, position = _State(), at
    if low(tokens, at) in ("a", "an") and low(tokens, at + 1) in WORD_SCALES:
        state, position = _State(group=1, last="unit"), at + 1
    while position < len(tokens):
        word = tokens[position].low
        parts = pieces(word)
        if parts:
            fed = _fed(state, parts)
            if fed is None:
                break
            state, position = fed, position + 1
        elif _links(tokens, position, state, joins=joins):
            position += 1
        else:
            break
    if not state.last:
        return None
    step = Decimal(1) if state.last in ("unit", "ten") and not state.least else Decimal(10) ** state.least
    return Read(state.value, step, bool(state.scale), position)


def _links(tokens: Sequence[Token], at: int, state: _State, *, joins: bool) -> bool:
    """Whether a hyphen or "and" at a token stands inside the number."""
    if tokens[at].low in ("-", "–"):
        return state.last == "ten" and 0 < _UNITS.get(low(tokens, at + 1), 0) < 10
    return tokens[at].low == "and" and joins and _goes_on(tokens, at + 1, state)


def _fed(state: _State, parts: Sequence[str]) -> _State | None:
    for part in parts:
        fed = _with_scale(state, WORD_SCALES[part]) if part in WORD_SCALES else _with_small(state, part)
        if fed is None:
            return None
        state = fed
    return state


def _with_small(state: _State, word: str) -> _State | None:
    value, kind = SMALL[word], "ten" if word in TENS else "unit"
    if state.last in ("", "scale", "hundred"):
        return state._replace(group=(state.group or 0) + value, last=kind, least=0)
    if state.last == "ten" and kind == "unit" and 0 < value < 10 and state.group is not None:
        return state._replace(group=state.group + value, last=kind)
    return None


def _with_scale(state: _State, power: int) -> _State | None:
    if power == _HUNDRED:
        if state.last in ("scale", "hundred") or (state.group is not None and state.group >= 100):
            return None
        return state._replace(group=100 * (state.group or 1), last="hundred", scale=power, least=power)
    if state.group is None and state.last == "scale":
        return state._replace(total=state.total * 10**power, scale=power, least=power)
    added = Decimal(1 if state.group is None else state.group) * 10**power
    if state.total and power >= state.scale and state.last != "hundred":
        return None
    return state._replace(total=state.total + added, group=None, last="scale", scale=power, least=power)


def _goes_on(tokens: Sequence[Token], at: int, state: _State) -> bool:
    """Whether "and" continues the number: "two hundred and five", not "two hundred and five hundred"."""
    if state.last not in ("hundred", "scale"):
        return False
    parts = pieces(low(tokens, at))
    if not parts or parts[0] in WORD_SCALES or SMALL[parts[0]] == 0:
        return False
    following = cardinal(tokens[at : at + _PARTS], 0, joins=False)
    if following is None:
        return False
    below = DENOMINATORS.get(low(tokens, at + following.after), 0)
    if below and (following.value < 10 or below >= 100):
        return False
    if state.last == "hundred":
        return "hundred" not in (token.low for token in tokens[at : at + following.after])
    return following.value < Decimal(10) ** state.scale


def with_tail(tokens: Sequence[Token], read: Read) -> Read:
    """A number with what may follow it: "point five", "and a half", and a scale word after those."""
    return _scaled_after(tokens, _with_part(tokens, _with_point(tokens, read)))


def _with_point(tokens: Sequence[Token], read: Read) -> Read:
    if low(tokens, read.after) != "point":
        return read
    digits, position = "", read.after + 1
    while position < len(tokens) and len(digits) < _PARTS:
        parts = pieces(tokens[position].low)
        if not parts or any(part in WORD_SCALES for part in parts):
            break
        digits += str(sum(SMALL[part] for part in parts))
        position += 1
    if not digits:
        return read
    value = read.value + Decimal(int(digits)).scaleb(-len(digits))
    return Read(value, Decimal(1).scaleb(-len(digits)), read.scaled, position)


def _with_part(tokens: Sequence[Token], read: Read) -> Read:
    """ "two and a half", "one hundred and three and two thirds"; "a million and a half" is a half of a million."""
    if low(tokens, read.after) != "and":
        return read
    part = fraction(tokens, read.after + 1)
    if part is None or part.value >= 1:
        return read
    factor = read.step if read.scaled and read.step >= 1000 else Decimal(1)
    power = WORD_SCALES.get(low(tokens, part.after), 0)
    if power and factor > 1:
        added = part.value * Decimal(10) ** power
        return Read(read.value + added, Decimal(10) ** power / 10, True, part.after + 1) if added < factor else read
    return Read(read.value + part.value * factor, factor / 10, read.scaled, part.after)


def _scaled_after(tokens: Sequence[Token], read: Read) -> Read:
    if read.step >= 1:
        return read
    value, step, scaled, position = read.value, read.step, read.scaled, read.after
    while low(tokens, position) in WORD_SCALES and position < read.after + _PARTS:
        factor = Decimal(10) ** WORD_SCALES[tokens[position].low]
        value, step, scaled, position = value * factor, step * factor, True, position + 1
    return Read(value, step, scaled, position)


def fraction(tokens: Sequence[Token], at: int) -> Read | None:
    """ "half", "a third", "two thirds", "three-quarters", "twenty-three fifths", "one twenty-fifth"."""
    word = low(tokens, at)
    if word in ("half", "quarter"):
        return Read(Decimal(1) / DENOMINATORS[word], Decimal(0), False, at + 1, fraction=True)
    above = _numerator(tokens, at)
    if above is None:
        return _hyphened(word, at)
    if low(tokens, above.after) in ("-", "–"):
        above = above._replace(after=above.after + 1)
    below, after = _denominator(tokens, above.after)
    named = low(tokens, after - 1)
    if below is None or (above.value == 1) == named.endswith(("s", "halves")):
        return None
    return Read(above.value / below, Decimal(0), False, after, fraction=True)


def _numerator(tokens: Sequence[Token], at: int) -> Read | None:
    if low(tokens, at) in ("a", "an") and low(tokens, at + 1) not in WORD_SCALES:
        return Read(Decimal(1), Decimal(1), False, at + 1)
    read = cardinal(tokens, at)
    if read is None or read.value == 0:
        return None
    last = tokens[read.after - 1].low
    is_shared = last in TENS and 0 < DENOMINATORS.get(low(tokens, read.after), 0) < 10
    if is_shared and read.after - at > 1 and low(tokens, read.after - 2) != "and":
        # "one hundred thirty fifths" are a hundred parts of thirty-five
        return cardinal(tokens[: read.after - 1], at)
    return read


def _denominator(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    word = low(tokens, at)
    if word in DENOMINATORS:
        return DENOMINATORS[word], at + 1
    first, _, second = word.partition("-")
    if not second and first in TENS:
        second, at = low(tokens, at + 1), at + 1
    one = second.removesuffix("s")
    if first in TENS and 0 < _ORDINALS.get(one, 0) < 10:
        return TENS[first] + _ORDINALS[one], at + 1
    return None, at


def _hyphened(word: str, at: int) -> Read | None:
    """ "two-thirds", "one-eighth" in one word."""
    first, _, second = word.replace("–", "-").rpartition("-")
    above = sum(SMALL[part] for part in pieces(first) if part in SMALL) if first else 0
    below = DENOMINATORS.get(second)
    if not above or below is None or (above == 1) == second.endswith(("s", "halves")):
        return None
    return Read(Decimal(above) / below, Decimal(0), False, at + 1, fraction=True)
