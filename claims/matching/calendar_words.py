"""The words and figures of which news English makes its dates, each as one token of a kind.

`lex` goes through a text once. Every token has a kind of one letter, so that a phrase can be recognised on the string
of kinds alone: "the first quarter of 2024" is `toqfY`. What no date is made of has kind `x`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from claims.matching.resources import listed, phrases, table
from claims.matching.spelled_years import Word, with_spelled_years

_TOKEN = re.compile(
    r"[^\W\d_]++(?![\w/])"  # most words; what follows is for the others
    r"|(?=\S)(?:(?:19|20)\d\d[HQ][1-4]\b|[Ww]/c\b|[JFMASONDjfmasond][a-z]{2,8}(?=\d{1,2}\b)"
    r"|\d+(?:[.,/:~–-]\d+)*(?:st\b|nd\b|rd\b|th\b|(?<=0)['’]?s\b)?"
    r"|[^\W\d_]\w*|['’]s\b|[^\w\s]|_)"
)
_FIGURES = re.compile(
    r"(?P<ordinal>\d{1,2}(?:st|nd|rd|th))"
    r"|(?P<decade>(?:1[6-9]|20)?\d0['’]?s)"
    r"|(?P<date>\d{4}(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,2}|\d{1,2}(?P<other>[-/.])\d{1,2}(?P=other)\d{4}"
    r"|\d{1,2}/\d{1,2}[/,](?:\d{2}|\d{4})|\d{1,2}-\d{1,2}-0\d)"
    r"|(?P<part>\d{4}[HQ][1-4])"
    r"|(?P<month>(?:19|20)\d\d[-/]\d{1,2}|\d{1,2}[-/](?:19|20)\d\d)"
    r"|(?P<years>(?:1[6-9]|20)\d\d[-–/~](?:(?:1[6-9]|20)\d\d|\d\d))"
    r"|(?P<slash>\d{1,2}/\d{1,2})"
    r"|(?P<days>\d{1,2}[-–~]\d{1,2})"
    r"|(?P<year>(?:19|20)\d\d)|(?P<old>1[0-8]\d\d)|(?P<day>\d{1,2})"
)
_KIND_OF = {
    "ordinal": "O", "decade": "E", "date": "I", "part": "U", "month": "J", "years": "K", "slash": "Z", "days": "G",
    "year": "Y", "old": "y", "day": "D",
}  # fmt: skip

_DATES = table("dates")
MONTHS = phrases(_DATES["months"])
WEEKDAYS = phrases(_DATES["weekdays"])


def _numbered(kind: str, names: list[str], first: int = 1) -> dict[str, tuple[str, Any]]:
    return {name: (kind, number) for number, name in enumerate(names, first)}


def _all(kind: str, names: str) -> dict[str, tuple[str, Any]]:
    return {name: (kind, name) for name in names.split()}


_UNITS = "hour day week fortnight month quarter year decade"
_WORDS: dict[str, tuple[str, Any]] = {
    # figures and nouns that make a number a count
    **_all("%", "percent per million millions billion billions trillion thousand people dead cents points km miles"),
    **_all("7", "few several couple"),
    **_numbered("n", listed("cardinals"), 0),
    **{name: ("n", 10 * number) for number, name in enumerate(phrases(_DATES["tens"]), 2)},
    **_numbered("o", phrases(_DATES["ordinals"])), "thirtieth": ("o", 30), "final": ("o", -1),
    "a": ("a", 1), "an": ("a", 1), "single": ("3", 0),
    **{name: ("E", f"{10 * number}s") for number, name in enumerate(phrases(_DATES["decades"]), 2)},
    "noughties": ("E", "2000s"), "tens": (";", 0),
    # small words
    **_all("t", "the"), **_all("f", "of"), **_all("i", "in during"), **_all("u", "on"), **_all("b", "between"),
    **_all("&", "and"), **_all("~", "that"),
    **_all("e", "to until till through thru"), **_all(":", "by since from for"),
    **_all("0", "my his her its our their"), **_all("A", "ago"), **_all("B", "before"), **_all("F", "after"),
    # units and parts of time
    "day": ("d", "day"), "week": ("k", "week"), "month": ("h", "month"), "year": ("r", "year"),
    "weekend": ("g", "weekend"), "quarter": ("q", "quarter"), "half": ("q", "half"), "decade": ("l", "decade"),
    "century": ("c", "century"), "hour": ("j", "hour"), "fortnight": ("j", "fortnight"),
    **{f"{unit}s": ("V", unit) for unit in _UNITS.split()},
    **_all("X", "period"), **_all("z", "time season"), **_all("S", "spring summer autumn fall winter"),
    **_all("6", "morning afternoon evening night"), **_all("4", "fiscal financial tax"), **_all("*", "w/c"),
    **{f"q{number}": ("Q", ("quarter", number)) for number in range(1, 5)},
    **{f"h{number}": ("Q", ("half", number)) for number in (1, 2)},
    # which one, and which part of it
    "last": ("R", -1), "past": ("R", "past"), "this": ("R", 0), "current": ("R", 0), "next": ("R", 1),
    "coming": ("R", 1), "upcoming": ("R", 1), "previous": ("p", -1), "preceding": ("p", -1), "prior": ("p", -1),
    **_all("=", "same"), **_all("P", "early mid late beginning start end middle"),
    "earlier": ("L", -1), "previously": ("L", -1), "later": ("_", 1), "rest": ("8", 0), "remainder": ("8", 0),
    **_all("N", "ended ending"), **_all("s", "starting commencing"), "so": ("1", 0), "far": ("2", 0), "date": ("5", 0),
    # from the document's date
    "yesterday": ("T", -1), "today": ("T", 0), "tonight": ("T", 0), "tomorrow": ("T", 1), "tmrw": ("T", 1),
    "now": ("v", 0), "overnight": ("C", 0),
}  # fmt: skip
_SIGNS = {
    "-": "-", "–": "-", "—": "-", "~": "-", ",": ",", ".": ".", "'s": "'", "’s": "'", "%": "%",
    "/": "/", "(": "(", ")": ")", "'": "`", "’": "`", "‘": "`", "!": ".", "?": ".", ";": ".",
}  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}
_SHORT_MONTHS = {name: MONTHS.index(full) + 1 for name, full in _DATES["short_months"].items()}
_WEEKDAYS = {name: number for number, name in enumerate(WEEKDAYS)}
_SHORT_WEEKDAYS = {name: WEEKDAYS.index(full) for name, full in _DATES["short_weekdays"].items()}
_ALSO_WORDS = frozenset({"may", "march", "mar"})
"""Month names that are other words in lower case: there they need a day or a year beside them."""
_SURE_SHORT = frozenset({"tues", "thur", "thurs"})
_HOLIDAYS = sorted(
    {name for group in ("fixed", "easter", "weekday") for name in _DATES[f"{group}_holidays"]}
    | set(_DATES["after_thanksgiving"]),
    key=len,
    reverse=True,
)
_HOLIDAY = re.compile(
    "|".join(name.replace(" ", r"\s+").replace("'", "['’]?") for name in _HOLIDAYS) + r"(?!\w)", re.IGNORECASE
)
_HOLIDAY_NAMES = {name.replace("'", ""): name for name in _HOLIDAYS}
_HOLIDAY_STARTS = frozenset(re.split(r"[ ']", name)[0] for name in _HOLIDAYS)
_TABLE: dict[str, tuple[str, Any]] = {
    **{start: ("H", start) for start in _HOLIDAY_STARTS},
    **{sign: (kind, sign) for sign, kind in _SIGNS.items()},
    **_WORDS,
    **{name: ("M", number) for name, number in (_MONTHS | _SHORT_MONTHS).items()},
    **{name: ("w", number) for name, number in _SHORT_WEEKDAYS.items()},
    **{name: ("W", number) for name, number in _WEEKDAYS.items()},
    **{name: ("W", _SHORT_WEEKDAYS[name]) for name in _SURE_SHORT},
}
_CAPITALS = frozenset("MwWH")
_HYPHENED = re.compile(rf"-(?!(?i:{'|'.join(_SHORT_MONTHS)}|may|quarter|half))[^\W\d_]")
LAST_DAY = 31
_COUNTED = re.compile(r"\s+(?:people|[a-z]{3,}s)\b")
_MONEY = frozenset("$€£¥#@_\\")


_HINT = re.compile(r"[MmWwYyOEIJKGQUTHZvSC;cog458A]|[kt]D|nn|n%|[RpPL_=][^x]*[dkhrqlXzjV]|[rdkhqXlV][LBF]")
"""What every form of `date_phrases` has somewhere, before what stands around its tokens has been looked at."""


class _Alone(NamedTuple):
    """A token taken by itself; `settled`: whether what stands around it changes nothing."""

    kind: str
    value: Any
    settled: bool


_KNOWN = {name: _Alone(kind, value, kind not in _CAPITALS) for name, (kind, value) in _TABLE.items()}
_NO_DATE_WORD = _Alone("x", "", True)


@lru_cache(maxsize=16_384)
def _figure_alone(surface: str) -> _Alone:
    """What a token that the table does not hold is: a figure, or no part of a date."""
    shape = _FIGURES.fullmatch(surface) if surface[0].isdecimal() else None
    return _Alone("x" if shape is None else _kind(shape), surface, shape is None)


def lex(text: str, start: int, end: int) -> list[Word]:
    """The tokens between two offsets; only white space lies between them. Empty where they could make no date."""
    listed = list(_TOKEN.finditer(text, start, end))
    alone = [
        _KNOWN.get((surface := found[0]).lower()) or (_NO_DATE_WORD if surface.isalpha() else _figure_alone(surface))
        for found in listed
    ]
    kinds = "".join([one.kind for one in alone])
    if _HINT.search(kinds) is None:
        return []
    words = _words(text, end, listed, alone)
    return with_spelled_years(words) if "n" in kinds else words


def _words(text: str, end: int, listed: Sequence[re.Match[str]], alone: Sequence[_Alone]) -> list[Word]:
    words: list[Word] = []
    resume = 0
    new = tuple.__new__  # half the time of Word(...)
    for found, (kind, value, settled) in zip(listed, alone, strict=True):
        begin, stop = found.span()
        if begin < resume:
            continue
        if settled:
            words.append(new(Word, (begin, stop, kind, value)))
        else:
            in_figures = kind not in _CAPITALS
            word = _figure(text, found, words) if in_figures else _name(text, found, end, kind, value)
            resume = word.end
            words.append(word)
    return words


def _name(text: str, found: re.Match[str], end: int, kind: str, value: Any) -> Word:
    """A month, weekday or holiday; capitals tell the month from the verb, and the short weekday from the star."""
    surface, begin = found[0], found.start()
    low, capital = surface.lower(), surface[0].isupper()
    if capital and low in _HOLIDAY_STARTS and (holiday := _HOLIDAY.match(text, begin, end)):
        written = re.sub(r"\s+", " ", re.sub("['’]", "", holiday[0].lower()))
        return Word(begin, holiday.end(), "H", _HOLIDAY_NAMES[written])
    if begin and text[begin - 1] in "$#@":
        return Word(begin, found.end(), "x", surface)
    if kind == "M" and low in _ALSO_WORDS and not capital:
        kind = "m"
    if kind == "w" and not capital:
        kind = "9"
    return Word(begin, _after_stop(text, found.end(), low, end), "x" if kind == "H" else kind, value)


def _after_stop(text: str, stop: int, low: str, end: int) -> int:
    """A full stop belongs to the short month or weekday before it, unless the text ends there."""
    is_short = low in _SHORT_MONTHS or low in _SHORT_WEEKDAYS
    return stop + 1 if is_short and text.startswith(".", stop, end) and stop + 1 < end else stop


def _figure(text: str, found: re.Match[str], before: list[Word]) -> Word:
    """A run of digits by its form; what belongs to a price, a name or a measure is no part of a date."""
    begin, stop = found.span()
    shape = None if _is_tied(text, begin, stop, before) else _FIGURES.fullmatch(text, begin, stop)
    if shape is None or (shape["day"] and before and before[-1].kind == "M" and _counts(text, found)):
        return Word(begin, stop, "x", found[0])
    if shape["decade"] and found[0][4:5] in ("'", "’") and (not before or before[-1].kind != "t"):
        return Word(begin, begin + 4, "Y", found[0][:4])  # 2020's deficit, against the 1970's
    return Word(begin, stop, _kind(shape), found[0])


def _counts(text: str, found: re.Match[str]) -> bool:
    """Whether digits behind a month are no day of it: "in January 40 ships called"; "August 99" is a year."""
    return int(found[0]) > LAST_DAY and _COUNTED.match(text, found.end()) is not None


def _kind(shape: re.Match[str]) -> str:
    return next(kind for name, kind in _KIND_OF.items() if shape[name] is not None)


def _is_tied(text: str, begin: int, stop: int, before: list[Word]) -> bool:
    """Whether digits hang on a sign of money, a letter or a name: $2000, F-16, 5km, 14%, 20-year."""
    lead, follow = text[begin - 1 : begin] if begin else "", text[stop : stop + 1]
    if lead and (lead in _MONEY or (lead.isalnum() and not (before and before[-1].kind in "Mm"))):
        return True
    if lead and lead in "-–/.~" and not (len(before) > 1 and before[-2].kind in "MmDYO"):
        return True
    if follow == "T" and stop - begin == len("2020-04-05"):
        return False  # a time of day follows, as in ISO 8601
    if follow == "s" and stop - begin == len("2020") and not text[stop + 1 : stop + 2].isalnum():
        return False  # a year's, its apostrophe lost
    if follow and (follow.isalnum() or follow in "%$€£" or _HYPHENED.match(text, stop)):
        return True
    return bool(before) and before[-1].value in ("$", "€", "£", "¥", "#")
