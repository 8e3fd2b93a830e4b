"""Dates and periods: the cases as rows, what holds for any text and any day, and the calendar's own arithmetic."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.matching.calendar_days import easter, nth_weekday, week_of, year_of
from claims.matching.chronology import Timing, timing
from claims.matching.date_phrases import points
from claims.matching.periods import find_periods
from claims.matching.policy import NEWSROOM
from claims.matching.types import Period

SPECS = Path(__file__).parent / "specs" / "periods.jsonl"
TODAY = date(2020, 4, 5)
DOCUMENT = Path(__file__).parents[2] / "docs" / "periods.md"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in SPECS.read_text("utf-8").splitlines()]
WORDINGS = """the|a|of|in|on|since|from|to|until|between|and|before|after|by|as of|early|mid|late|start|end|beginning
the rest|last|past|this|next|previous|same|week|month|quarter|half|year|day|weekend|decade|century|days|years|months
first|second|21st|5|12|31|1999|2020|1789|0001|9999|2020-04-05|05/04/2020|2022-23|2014-2018|1990s|'90s|Q3|H1|2020Q1
22/04|4-22|March|May|may|Feb.|29|30|Friday|Wed|Easter|Christmas Eve|Black Friday
New Years Day|New Year’s Eve|Mothers Day|summer|winter|ago|earlier|later
so far|date|to date|now|today|tomorrow|twelve|twenty|nineteen|eighty|thousand|1200|999999|hours|fiscal|ended|week of
w/c|will|due|than|two weeks before|overnight|month to date
in 2020's first three months|,|-|.|(|)|%|$|said""".replace("\n", "|").split("|")
DATED = st.lists(st.sampled_from(WORDINGS), max_size=14).map(" ".join)
SURROGATES = st.text(st.characters(codec=None, categories=("Cs", "L", "N", "P", "Z")), max_size=60)
"""With halves of surrogate pairs, which JSON may carry."""
ANY_TEXT = st.one_of(
    st.text(max_size=200), SURROGATES, DATED, st.lists(st.sampled_from(WORDINGS), max_size=10).map("".join)
)
ANY_DAY = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max, date(2020, 2, 29), date(2020, 4, 5)]))


def read(text: str, day: date | None) -> list[Period]:
    return find_periods(text, 0, len(text), day).periods


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_the_periods_of_a_text_are_those_of_its_row(row: dict[str, Any]) -> None:
    found = [
        period.to_json() for period in read(row["text"], date.fromisoformat(row["date"]) if "date" in row else None)
    ]
    assert [{key: value for key, value in period.items() if key != "offset"} for period in found] == row["periods"]


def examples() -> list[tuple[str, date, str]]:
    """The table of docs/periods.md."""
    lines = DOCUMENT.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [(text, date.fromisoformat(day), shown) for text, day, shown in cells[1:]]


@pytest.mark.parametrize(("text", "day", "shown"), examples())
def test_the_documented_examples_are_read_so(text: str, day: date, shown: str) -> None:
    [period] = read(text, day)
    ends = f"{period.start or ''} .. {period.end or ''}".strip()
    said = "unknown" if ends == ".." else f"{ends} total" if period.cumulative else ends
    assert said == shown


@given(ANY_TEXT, ANY_DAY)
@settings(max_examples=600, deadline=None)
@example("earlier this week until next year before the past decade", date.min)
@example("It will close on Thursday and plans to open on 1 January", date.max)
@example("later this year after the next 1200 years since tomorrow", date.max)
def test_any_text_is_read_on_any_day(text: str, day: date | None) -> None:
    for period in read(text, day):
        assert text[period.offset : period.offset + len(period.surface)] == period.surface != ""
        assert period.start is None or period.end is None or period.start <= period.end
        assert Period.from_json(period.to_json()) == period


@given(ANY_TEXT, ANY_DAY)
@settings(max_examples=300, deadline=None)
def test_dates_do_not_overlap_and_lie_in_their_sentence(text: str, day: date | None) -> None:
    start, end = len(text) // 4, len(text) - len(text) // 4
    at = start
    for point in points(text, start, end, day):
        assert at <= point.start < point.end <= end
        at = point.end


@given(DATED, st.dates(date(1950, 1, 1), date(2090, 1, 1)))
@settings(max_examples=200, deadline=None)
def test_what_is_read_without_a_date_is_read_the_same_with_any(text: str, day: date) -> None:
    known = [point for point in points(text, 0, len(text), None) if point.days is not None]
    with_date = {(point.start, point.end): point.days for point in points(text, 0, len(text), day)}
    assert all(with_date[point.start, point.end] == point.days for point in known if "I" not in point.kinds)


@given(DATED)
@settings(max_examples=300, deadline=None)
def test_a_date_is_found_whether_or_not_another_stands_before_it(text: str) -> None:
    lead = "In May 2020 xylophones, "
    alone = [(point.start, point.end, point.kinds) for point in points(text, 0, len(text), None)]
    behind = points(lead + text, 0, len(lead + text), None)[1:]
    assert [(point.start - len(lead), point.end - len(lead), point.kinds) for point in behind] == alone


@given(
    st.integers(2, 60), st.sampled_from(["March 1 ", "from 1 to ", "the first ", "2020-", "last week of ", "a year "])
)
@settings(max_examples=60, deadline=None)
def test_a_repeated_date_is_read_as_often_as_it_stands_there(times: int, text: str) -> None:
    once = len(points(text * 2, 0, len(text) * 2, date(2020, 4, 5)))
    assert len(points(text * times, 0, len(text) * times, date(2020, 4, 5))) <= (once + 1) * times


@given(st.integers(1, 12), st.integers(1, 28), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_without_a_year_lies_less_than_a_year_back_or_three_months_ahead(
    month: int, day: int, today: date
) -> None:
    meant = date(year_of(month, day, today), month, day)
    assert timedelta(-366) < meant - today <= timedelta(92)


@pytest.mark.parametrize(
    ("claim", "passage", "timed"),
    [
        ("in fiscal 2019", "The fund lost 5 million dollars in the fiscal 2019.", Timing.SAME),
        ("in fiscal 2019", "The fund lost 5 million dollars in fiscal 2018.", Timing.OTHER),
        ("a year earlier", "The fund lost 5 million dollars a year earlier.", Timing.OTHER),
    ],
)
def test_periods_of_unknown_days_are_the_same_by_their_number_only(claim: str, passage: str, timed: Timing) -> None:
    [ours], [theirs] = read(claim, TODAY), read(passage, TODAY)
    assert timing(ours, TODAY, theirs, TODAY, NEWSROOM) is timed


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1818, date(1818, 3, 22)), (1943, date(1943, 4, 25)), (2000, date(2000, 4, 23)), (2020, date(2020, 4, 12)),
     (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))],
)  # fmt: skip
def test_easter_falls_on_its_known_sundays(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    found = easter(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.integers(0, 6), st.integers(1, 5))
def test_the_nth_weekday_of_a_month_is_that_weekday(day: date, weekday: int, number: int) -> None:
    found = nth_weekday(day.year, day.month, weekday, number)
    assert found is None or (found[0].weekday(), (found[0].day - 1) // 7 + 1) == (weekday, number)
    monday, sunday = week_of(day)
    assert monday <= day <= sunday == monday + timedelta(6)


@pytest.mark.parametrize("written", ["New Year's Day", "New Year’s Day", "New Years Day", "NEW YEARS DAY"])
def test_a_holiday_is_the_same_day_however_its_apostrophe_is_written(written: str) -> None:
    assert [found.start for found in read(f"The shops open the day after {written}.", TODAY)] == [date(2020, 1, 2)]
