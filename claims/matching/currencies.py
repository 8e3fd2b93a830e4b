"""Money: how currencies are written, and the European Central Bank's reference rates between them.

The rates are those packaged with CurrencyConverter; reading them takes a second or so, hence only on first need.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from currency_converter import CurrencyConverter, RateNotFoundError

from claims.matching.resources import phrases, table
from claims.matching.text import Token
from claims.matching.units import Phrases, longest_phrase, phrase_table

OLDEST_RATE = 7
"""Days; the central bank publishes none on weekends and holidays. Older rates are not used, nor interpolated."""
_WINDOW = 8
_BEFORE = re.compile(
    r"(?:(?<![^\W_])(?:(?:US|AU|NZ|HK|CA|NT|Mex|us|au|nz|hk|ca|nt|S|C|c|u\.?s\.?|U\.S\.)\s?|A|R|J|SG|TT)?\$"
    r"|(?:USD|AUD|CAD|NZD|HKD|SGD|MXN|usd|aud|cad|nzd|hkd|sgd|mxn)\$"
    r"|\$\s?(?:US|AU|A|CA|C|NZ|HK|S)|[€£¥₹₽₩₺₪₴₦₱฿₫₿₾₸₡₵]|CN¥|(?<![^\W_])Y="
    r"|(?<![^\W_])(?:M?[A-Z]{3}|[a-z]{3}|RM|PS|Rp|Tk|Ksh|Rs\.?|rs\.?|SFr\.?|dollar))\s?$"
)
_ONLY_LARGE = frozenset(phrases(table("currencies")["only_large"]))
_LARGE = 1_000
_MILLIONS_BEFORE = re.compile(r"M[A-Z]{3}(?![^\W\d_])")
_PREFIX_SIGNS = frozenset("$€£¥₹₽₩₺")
_NOT_BEHIND = frozenset({"Real", "ps", "rm", "rs", "try"})
_CODE_SCALED = re.compile(r"m([a-z]{3})")
"""MUSD, MEUR: millions in the Nordic and German financial press."""


class Rate(NamedTuple):
    factor: Decimal
    day: date


@cache
def _names() -> Phrases:
    codes = table("currencies")["codes"]
    return phrase_table((phrase, code) for code, listed in codes.items() for phrase in phrases(listed))


@cache
def _signs() -> dict[str, str]:
    codes = table("currencies")["codes"]
    return {phrase: code for code, listed in codes.items() for phrase in listed.split()}


def is_currency(unit: str) -> bool:
    return unit in table("currencies")["codes"]


@cache
def _subunits() -> Phrases:
    listed = table("currencies")["subunits"]
    return phrase_table((phrase, name) for name, forms in listed.items() for phrase in phrases(forms))


def currency_before(text: str, start: int, floor: int = 0) -> tuple[str, int] | None:
    """The currency whose sign or code ends at a figure, with the offset where it begins, not before `floor`."""
    last = text[max(0, start - 2) : start].rstrip()[-1:]
    if last.isspace() or last in ",;:()[]-–0123456789":
        return None
    window = max(floor, start - _WINDOW)
    lead = text[window:start]
    if _ends_in_word(lead):
        return None
    found = _BEFORE.search(lead)
    if found is None:
        return None
    sign = _folded(found[0])
    scaled = _CODE_SCALED.fullmatch(sign)
    sign = scaled[1] if scaled else sign
    code = _signs().get(sign) or _signs().get(sign.removesuffix("."))
    if code is None and sign.endswith("$") and len(sign) > 1:
        code = _signs().get(sign[1:] if sign[1:] in _signs() else "$")
    is_word = sign in _ONLY_LARGE and sign not in ("rp", "ps")
    return None if code is None or is_word else (code, window + found.start())


def _ends_in_word(lead: str) -> bool:
    """Whether a word stands at the end that is no currency's code."""
    word = lead.rstrip().rpartition(" ")[2].lower()
    return word.isalpha() and word not in _signs() and word[1:] not in _signs()


def _folded(written: str) -> str:
    """A sign in the form the table lists: "U.S. $" and "$US" as "us$"."""
    sign = written.strip().lower().replace("u.s.", "us").replace("u.s", "us").replace(" ", "")
    return f"{sign[1:]}$" if sign.startswith("$") and len(sign) > 1 else sign


def currency_at(tokens: Sequence[Token], at: int, value: Decimal) -> tuple[str, int] | None:
    """The currency named at a token, with the index after it; words of other meaning only after large figures."""
    found = longest_phrase(_names(), tokens, at)
    if found is None or (tokens[at].low in _ONLY_LARGE and found[1] == at + 1 and value < _LARGE):
        return None
    if tokens[at].text in _NOT_BEHIND or _leads_next(tokens, at):
        return None
    is_mass = tokens[at].low in ("pound", "pounds") and found[1] < len(tokens) and tokens[found[1]].low == "of"
    return None if is_mass and value < _LARGE else found


def subunit_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Cents, pence and other parts of a currency named at a token, with the index after it."""
    return longest_phrase(_subunits(), tokens, at)


def factor_before(text: str, start: int) -> int:
    """A million where the currency that begins at an offset is written "MSEK", else one."""
    return 1_000_000 if _MILLIONS_BEFORE.match(text, start) else 1


def _leads_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign belongs to the figure behind it: the dollar in "1 $10 note"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or tokens[at].text not in _PREFIX_SIGNS:
        return False
    return following.start == tokens[at].end and following.text[0].isdigit()


def currency_named(word: str) -> str | None:
    """The currency or subunit a single word names, as in "one-yen"."""
    listed = [*_names().get(word, ()), *_subunits().get(word, ())]
    return next((name for parts, name in listed if len(parts) == 1 and word not in _ONLY_LARGE), None)


def millions_at(tokens: Sequence[Token], at: int) -> str | None:
    """The currency of "MUSD" or "MEUR" at a token."""
    found = _CODE_SCALED.fullmatch(tokens[at].low) if at < len(tokens) else None
    code = found[1].upper() if found else ""
    return code if tokens and code in table("currencies")["codes"] else None


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


@cache
def rate(source: str, target: str, day: date) -> Rate | None:
    """The factor from one currency to another on a day or the last one published before, at most a week old."""
    for age in range(OLDEST_RATE + 1):
        published = day - timedelta(days=age)
        try:
            return Rate(Decimal(_converter().convert(1, source, target, date=published)), published)
        except (RateNotFoundError, ValueError):
            continue
    return None
