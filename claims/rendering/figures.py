"""Amounts as people read them."""

from decimal import Decimal, InvalidOperation, localcontext

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_MOST_DECIMALS = 3
_DIGITS = 100  # figures have at most 30; the default context would round at 28


def readable(value: Decimal | str | None) -> str:
    """3860000000 as "3.86 billion", 16000 as "16,000"; never rounded: what needs more decimals is written out."""
    if value in (None, ""):
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    with localcontext(prec=_DIGITS):
        for size, name in _SCALES:
            scaled = number / size
            if abs(scaled) >= 1 and scaled == round(scaled, _MOST_DECIMALS):
                return f"{_plain(scaled)} {name}"
        return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
