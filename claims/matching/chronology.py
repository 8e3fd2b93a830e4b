"""How the periods of a claim and a passage stand to each other."""

from __future__ import annotations

import re
from datetime import date, timedelta

from claims.matching.policy import Policy
from claims.matching.types import Code, Period

_LEADS = re.compile(r"^(?:in|during|for|of|over|throughout)\s+|\bthe\s+")


class Timing(Code):
    """`LATER`: a running total of the same start, as it stood later; `EARLIER`: before.

    `WINDOW`: the claim is a total up to its date, the passage speaks of a span of days.
    `DATED_LATER`: neither names a time, and the report is of a later date than the claim.
    """

    SAME = "same"
    UNSAID = "unsaid"
    MISSING = "missing"
    LATER = "later"
    EARLIER = "earlier"
    DATED_LATER = "dated_later"
    WINDOW = "window"
    OTHER = "other"


def timing(
    claim: Period | None, claim_date: date | None, passage: Period | None, report_date: date | None, policy: Policy
) -> Timing:
    """Whether both speak of the same time; unknown days are missing, never equal."""
    unknown = _of_unknown(claim, passage)
    if unknown is not None:
        return unknown
    claim = None if claim is None or _is_unresolved(claim) else claim
    passage = None if passage is None or _is_unresolved(passage) else passage
    if claim is None and passage is None:
        return _of_dates(claim_date, report_date, policy)
    if claim is None:
        return _against_undated(claim_date, passage, report_date, policy)
    if passage is None:
        return Timing.MISSING
    if claim.cumulative or passage.cumulative:
        return _running(claim, claim_date, passage, report_date, policy)
    return Timing.SAME if _alike(claim, passage, policy) else Timing.OTHER


def _alike(claim: Period, passage: Period, policy: Policy) -> bool:
    if _is_day(claim) and _is_day(passage):
        return claim.start == passage.start
    alike = _near(claim.start, passage.start, policy) and _near(claim.end, passage.end, policy)
    return alike or _brief(claim, passage)


def _is_day(period: Period) -> bool:
    """Saturday's deaths are not Sunday's: between single days there is no tolerance."""
    return period.start is not None and period.start == period.end


def _is_unresolved(period: Period) -> bool:
    return period.start is None and period.end is None and period.as_of is None


def _of_unknown(claim: Period | None, passage: Period | None) -> Timing | None:
    """A passage whose period has no known days speaks of another time, unless the claim names the same by number."""
    if passage is None or not _is_unresolved(passage):
        return None
    if passage.cumulative and claim is not None and _is_day(claim):
        return Timing.OTHER
    if claim is not None and _is_unresolved(claim) and _name(claim) == _name(passage) != "":
        return Timing.SAME
    return None if passage.surface.lower().startswith(("since", "as of")) else Timing.OTHER


def _name(period: Period) -> str:
    """What a period of unknown days is called: "fiscal 2023"; "" for a running total, and for what has no number."""
    name = _LEADS.sub("", period.surface.lower())
    return name if any(map(str.isdecimal, name)) and not period.cumulative else ""


def _of_dates(claim_date: date | None, report_date: date | None, policy: Policy) -> Timing:
    """Neither side names a time: each speaks of its own date, when it has one."""
    if claim_date is None or report_date is None:
        return Timing.UNSAID
    gap = (report_date - claim_date).days
    if abs(gap) <= policy.later_days:
        return Timing.UNSAID
    return Timing.DATED_LATER if gap > 0 else Timing.MISSING


def _against_undated(
    claim_date: date | None, passage: Period | None, report_date: date | None, policy: Policy
) -> Timing:
    """A claim that names no time speaks of its own date; a passage about long before does not."""
    if passage is None or claim_date is None:
        return Timing.UNSAID
    ends = passage.as_of or passage.end or report_date or claim_date
    if (claim_date - ends).days > policy.undated_past_days:
        return Timing.OTHER
    if (ends - claim_date).days > policy.later_days:
        return Timing.LATER if passage.cumulative else Timing.OTHER
    return Timing.UNSAID


def _near(first: date | None, second: date | None, policy: Policy) -> bool:
    if first is None or second is None:
        return first is second
    return abs((first - second).days) <= policy.period_days


def _brief(claim: Period, passage: Period) -> bool:
    """A day within a long weekend or the like: one inside the other, the longer no more than four days."""
    if None in (claim.start, claim.end, passage.start, passage.end):
        return False
    assert claim.start and claim.end and passage.start and passage.end
    inside = (claim.start <= passage.start and passage.end <= claim.end) or (
        passage.start <= claim.start and claim.end <= passage.end
    )
    return inside and max(claim.end - claim.start, passage.end - passage.start) <= timedelta(3)


def _running(
    claim: Period, claim_date: date | None, passage: Period, report_date: date | None, policy: Policy
) -> Timing:
    if claim.start is not None and passage.start is not None and not _near(claim.start, passage.start, policy):
        return Timing.OTHER
    ours = claim.as_of or claim.end or claim_date
    theirs = passage.as_of or passage.end or report_date
    if ours is None or theirs is None:
        return Timing.SAME if claim.start and passage.start else Timing.MISSING
    gap = (theirs - ours).days
    if gap < -policy.period_days and (passage.as_of or passage.end):
        return Timing.EARLIER
    if abs(gap) <= policy.later_days:
        opened = claim if claim.start else passage
        one_start = (claim.start is None) != (passage.start is None)
        return Timing.MISSING if one_start and opened.cumulative else Timing.SAME
    return Timing.LATER if gap > 0 else Timing.EARLIER
