"""The years and months a short text names, to tell whether a post and a claim are of the same time."""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:r?uary|ch|il|ust|tember|ober|ember)?\b\.?,? "
    r"(?:\d{1,2},? )?((?:19|20)\d\d)\b",
    re.ASCII | re.IGNORECASE,  # ASCII: "ſ" would pass for an s
)


class StatedDates(NamedTuple):
    """Years; and months, counted from year 0, so that neighbours differ by 1."""

    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> StatedDates:
        """What a text names: "August 20, 2019", "20 Aug. 2019" and "August 2019" are a month, "2019" is a year."""
        months = (12 * int(found[2]) + MONTHS.index(found[1][:3].lower()) for found in _MONTH.finditer(text))
        return cls(tuple(int(found[0]) for found in _YEAR.finditer(text)), tuple(months))


def time_features(post: StatedDates, claim: StatedDates) -> dict[str, float]:
    """How the dates a claim states stand to the day on which the post was signed; all 0 if either states none."""
    years, months = bool(post.years and claim.years), bool(post.months and claim.months)
    ahead = max(claim.years) - max(post.years) if years else 0
    apart = min(abs(month - max(post.months)) for month in claim.months) if months else 0
    return {
        "year_agrees": float(years and max(post.years) in claim.years),
        "year_later": float(ahead > 0),
        "year_earlier": float(ahead < 0),
        "month_agrees": float(months and apart == 0),
        "month_near": float(months and apart <= 1),
        "month_apart": float(apart > 1),
    }
