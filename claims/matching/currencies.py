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
_BEFORE = re.compile(
    r"(?:(?<![^\W_])(?:US|A|AU|C|CA|CAD|NZ|HK|S|NT|R|U\.S\.\s?)?\$|[€£¥₹₽₩₺₪₴₦₱฿₫]|CN¥"
    r"|(?<![^\W_])(?:USD|EUR|GBP|CNY|RMB|JPY|INR|CHF|SEK|NOK|DKK|AUD|CAD|NZD|HKD|SGD|KRW|RUB|TRY|BRL|MXN|PLN|CZK|HUF|ZAR|UAH|NGN|Rs\.?|SFr))\s?$"
)
_ONLY_LARGE = frozenset(
    {"won", "real", "reais", "lei", "leu", "rand", "dong", "lev", "leva", "buck", "bucks", "try", "ron"}
)
_LARGE = 1_000
_WINDOW = 8


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


def currency_before(text: str, start: int) -> tuple[str, int] | None:
    """The currency whose sign or code ends at a figure, with the offset where it begins."""
    last = text[max(0, start - 2) : start].rstrip()[-1:]
    if last.isspace() or last in ",;:()[]-–0123456789":
        return None
    window = max(0, start - _WINDOW)
    found = _BEFORE.search(text[window:start])
    if found is None:
        return None
    sign = found[0].strip().lower().replace("u.s.", "us").replace(" ", "")
    code = _signs().get(sign) or _signs().get(sign.removesuffix("."))
    return None if code is None else (code, window + found.start())


def currency_at(tokens: Sequence[Token], at: int, value: Decimal) -> tuple[str, int] | None:
    """The currency named at a token, with the index after it; words of other meaning only after large figures."""
    found = longest_phrase(_names(), tokens, at)
    if found is None or (tokens[at].low in _ONLY_LARGE and value < _LARGE):
        return None
    is_mass = tokens[at].low in ("pound", "pounds") and found[1] < len(tokens) and tokens[found[1]].low == "of"
    return None if is_mass and value < _LARGE else found


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
