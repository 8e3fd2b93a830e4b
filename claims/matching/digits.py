"""Figures in digits: separators, fractions, powers of ten, and the scale words behind them.

A figure of more than 30 digits is none: nobody reports one, and its value would be costly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from claims.matching.number_words import MOST_DIGITS, Numeral
from claims.matching.resources import phrases, table, words

_ONE = Decimal(1)
_SCALES = {word: int(power) for power, forms in table("words")["scale_signs"].items() for word in phrases(forms)}
_BARE_SIGNS = frozenset({"k", "m", "b", "t", "mm"})
"""Scale signs of one or two letters, which are often units or initials."""
_SPACES = "\u00a0\u2009\u202f "
_CODES = [*table("currencies")["codes"], *table("currencies")["attached"].split()]


def _after_codes() -> str:
    """A figure may follow a currency code without a space: RM79, USD10m."""
    widths = sorted({len(code) for code in _CODES})
    alike = ("|".join(sorted(code for code in _CODES if len(code) == width)) for width in widths)
    return "|".join(rf"(?<=\b(?:{codes}))" for codes in alike)


_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_SIGNS = "".join(_VULGAR)
_FIGURE = re.compile(
    r"(?P<sign>(?:(?<![\w.,)\]/%-])[-−]|(?<=\$)-)(?=[\d.½¼¾⅓⅔])|(?<![^\n])[-−]\s(?=\d))?"
    rf"(?:(?<![\w.,:/])|(?<=[\d%]–)|(?<=\bRs\.)|(?<=\$US)|(?<=\$[AC])|(?<=\$(?:NZ|HK|AU))|{_after_codes()})"
    r"(?:(?P<body>(?>\d{1,3}(?:,\d{2,3})*,\d{3}(?![\d])(?:\.\d+)?"
    rf"|\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d{{1,3}}(?:['’]\d{{3}}(?!\d))+(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)"
    r"|\d+,\d{1,2}(?!\d)"
    r"|\d+(?:\.\d+)?|\.\d+))"
    rf"(?:\s{{0,2}}(?P<vulgar_after>[{_SIGNS}])|[ -]{{1,2}}(?P<parts>\d{{1,2}}/\d{{1,3}})(?![\d/])"
    r"|(?<=\d)/(?P<below>\d{1,3})(?![\d/])|[eE](?P<power>[+-]?\d{1,2})(?![\w.])"
    r"|\s?[x×]\s?10\^(?P<ten>[+-]?\d{1,2})(?!\d))?"
    r"(?!\d|[.,:/]\d)"
    rf"|(?P<vulgar>[{_SIGNS}]))"
)
_RUN = re.compile(rf"[\d{_SIGNS}](?:(?<=\d)\d*)?")
_PLAIN = re.compile(
    r"(?<![\w.,:/−-])(?<![.−-][\s\S])(?<![.−-][\s\S]{2})(?:\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+"
    r"(?=[A-DF-WYZa-df-wyz%]|[ ][A-WYZa-wyz]|-[A-Za-z]|[.,;:)](?!\d)|\Z)"
)
"""What most figures are: digits alone, behind no sign and before nothing that could belong to them."""
_BEGINNINGS = "-−."
_SIGN_ROOM = 3
"""Code points before a digit in which its sign or point may stand."""
_SCALE_AFTER = re.compile(
    rf"(?P<gap>[\s\-\u00a0\u202f]{{0,2}})(?=[{''.join(sorted({word[0] for word in _SCALES}))}])"
    rf"(?P<word>{'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![^\W_])",
    re.IGNORECASE,
)
_HAN_SCALES = {"万": 4, "萬": 4, "亿": 8, "億": 8}
_DOZEN_AFTER = re.compile(rf"\s{{1,2}}(?:{'|'.join(sorted(words('dozens'), key=len, reverse=True))})\b")
_AND_A_PART = re.compile(r"\s+and\s+(?:a|one)\s+(half|quarter|third)\b", re.IGNORECASE)
_PARTS = {"half": 2, "quarter": 4, "third": 3}
_LENGTH_AFTER = re.compile(
    r"[\s-](?:race|sprint|hurdles|freestyle|butterfly|backstroke|breaststroke|relay|dash|final|tall|deep|high|long"
    r"|wide|above|below|away|from|of|underwater|runner|swimmer|sea|x)\b"
)
_LENGTH_BEFORE = re.compile(r"\b(?:height|length|depth|width|distance|altitude|elevation|outreach|wingspan)\b")
_SPACED_OR_COMMA = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?|\d+,\d{{1,2}}")
_SEPARATORS = str.maketrans("", "", ",'’" + _SPACES)
_FRACTIONS_WRITTEN = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 20, 32, 64, 100})
"""Denominators of fractions in prose; others with a stroke are dates, scores or sizes (9/11, 24/7)."""


def has_digits(text: str, start: int, end: int) -> bool:
    return _RUN.search(text, start, end) is not None


def digit_numerals(text: str, start: int, end: int) -> Iterator[Numeral]:
    floor = start
    for run in _RUN.finditer(text, start, end):
        begin = run.start()
        if begin < floor:
            continue
        match = _PLAIN.match(text, begin, end)
        if match is not None and match.end() - begin <= MOST_DIGITS:
            numeral: Numeral | None = _plain_numeral(text, match)
        else:
            match = _figure_at(text, begin, floor, end)
            if match is None:
                continue
            numeral = _vulgar(match) if match["vulgar"] else _numeral(text, match)
        floor = match.end()
        if numeral is not None and abs(numeral.value.adjusted()) <= MOST_DIGITS:
            yield numeral


def _plain_numeral(text: str, run: re.Match[str]) -> Numeral:
    start, end = run.span()
    value, step = amount(run[0].replace(",", ""))
    return _scaled(text, Numeral(start, end, value, step))


@lru_cache(maxsize=16_384)
def amount(body: str) -> tuple[Decimal, Decimal]:
    """What digits stand for, and the place value of the last that counts."""
    return Decimal(body), _step(body)


def _figure_at(text: str, run: int, floor: int, end: int) -> re.Match[str] | None:
    """The figure whose digits begin at `run`, with room for its sign and point."""
    for begin in range(max(floor, run - _SIGN_ROOM), run):
        if text[begin] in _BEGINNINGS and (found := _FIGURE.match(text, begin, end)) is not None:
            return found
    return _FIGURE.match(text, run, end)


def _vulgar(match: re.Match[str]) -> Numeral:
    above, below = _VULGAR[match["vulgar"]]
    return Numeral(match.start(), match.end(), Decimal(above) / below, Decimal(0), fraction=True)


def _numeral(text: str, match: re.Match[str]) -> Numeral | None:
    if match.end("body") - match.start("body") > MOST_DIGITS * 4 // 3:
        return None
    body = _plain(match["body"])
    if len(body.replace(".", "")) > MOST_DIGITS:
        return None
    read = _with_part(match, Decimal(body))
    if read is None:
        return None
    value, is_part = read
    power = int(match["power"] or match["ten"] or 0)
    step = Decimal(0) if is_part else _step(body)
    numeral = Numeral(match.start(), match.end(), value, step, fraction=is_part)
    numeral = _scaled(text, numeral, power)
    return numeral._replace(
        value=numeral.value.copy_negate() if match["sign"] else numeral.value,
        fraction=is_part and numeral.value < 1,
    )


def _scaled(text: str, numeral: Numeral, power: int = 0) -> Numeral:
    """A figure with the scale words behind it; `power`: of ten, as written with it."""
    end, factor = _scales_after(text, numeral.end, numeral.start)
    if factor == 1 and not power:
        return numeral
    start, _, value, step, *_ = numeral
    factor = factor.scaleb(power) if power else factor
    value, step = value * factor, step * factor
    if factor > 1:
        end, value = _and_a_part(text, end, value, factor)
    return Numeral(start, end, value, step, factor >= 100 or power != 0, fraction=numeral.fraction)


def _with_part(match: re.Match[str], whole: Decimal) -> tuple[Decimal, bool] | None:
    """The figure with its fraction: 2 1/4, 10½, 3/4; None if the stroke stands for something else."""
    if match["below"]:
        below = int(match["below"])
        is_part = below in _FRACTIONS_WRITTEN and whole < below and whole == int(whole)
        return (whole / below, True) if is_part and whole else None
    if match["vulgar_after"]:
        above, below = _VULGAR[match["vulgar_after"]]
    elif match["parts"]:
        above, below = (int(part) for part in match["parts"].split("/"))
    else:
        return whole, False
    return (whole + Decimal(above) / below, True) if 0 < above < below else None


def _plain(body: str) -> str:
    """The digits with a point for the decimals, whichever way the thousands were grouped."""
    if body.count(".") >= 2 or ("." in body and "," in body and body.rindex(",") > body.rindex(".")):
        return body.replace(".", "").replace(",", ".")
    if _SPACED_OR_COMMA.fullmatch(body):
        whole, _, decimals = body.replace(",", ".").partition(".")
        plain = whole.translate(_SEPARATORS)
        return f"{plain}.{decimals}" if decimals else plain
    return ("0" if body.startswith(".") else "") + body.translate(_SEPARATORS)


def _step(body: str) -> Decimal:
    _, point, decimals = body.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    significant = body.lstrip("0").rstrip("0")
    zeros = len(body) - len(body.rstrip("0")) if significant else 0
    return Decimal(1).scaleb(zeros) if len(body) >= 5 else Decimal(1)


def _money_before(text: str, start: int) -> bool:
    lead = text[max(0, start - 5) : start].rstrip()
    return lead != "" and (lead[-1] in "$€£¥₹₽₩₺₿" or lead[-3:] in _CODES or lead.endswith("RM"))


def _scales_after(text: str, end: int, start: int) -> tuple[int, Decimal]:
    """Where the scale words after a figure end ("crore", "hundred thousand", "dozen"), and their product.

    `start`: where the figure begins.
    """
    exponent, begun = 0, end
    for _ in range(3):
        if text[end : end + 1] in _HAN_SCALES:
            exponent, end = exponent + _HAN_SCALES[text[end]], end + 1
            continue
        found = _SCALE_AFTER.match(text, end)
        if found is None or not _is_scale(text, found, start):
            break
        exponent += _SCALES[found["word"].lower()]
        end = found.end()
    dozen = _DOZEN_AFTER.match(text, end)
    if end == begun and dozen is None:
        return end, _ONE
    factor = Decimal(10) ** exponent
    return (dozen.end(), factor * 12) if dozen else (end, factor)


def _is_scale(text: str, found: re.Match[str], start: int) -> bool:
    sign, gap = found["word"], found["gap"]
    word = sign.lower()
    if word not in _BARE_SIGNS:
        return gap != "-" or word in ("hundred", "thousand", "million", "billion", "trillion")
    if "-" in gap:
        return False
    money = _money_before(text, start)
    if gap:
        return sign in ("k", "M") or (money and word in ("m", "b"))
    if money or word in ("k", "t", "mm"):
        return word == "k" or (money and (word != "mm" or sign == "MM"))
    if word == "b":
        return "." in text[max(0, found.start() - 6) : found.start()]
    return not (_LENGTH_AFTER.match(text, found.end()) or _is_length(text, found))


def _is_length(text: str, found: re.Match[str]) -> bool:
    """A bare "m" is metres where the words before speak of a length."""
    return found["word"] == "m" and bool(_LENGTH_BEFORE.search(text[max(0, found.start() - 40) : found.start()]))


def _and_a_part(text: str, end: int, value: Decimal, factor: Decimal) -> tuple[int, Decimal]:
    """ "3 million and a half" """
    part = _AND_A_PART.match(text, end)
    return (part.end(), value + factor / _PARTS[part[1].lower()]) if part else (end, value)
