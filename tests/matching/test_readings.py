"""Readings that people and API clients send, and the sentences and periods of a text."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from claims.matching import Polarity, ReadingError, Statement, compare, read, sentence_spans

DAY = date(2020, 4, 5)
TEXT = "China has exported 3.86 billion masks since 1 March 2020."


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"text": 5}, "reading.text"),
        ({"quantities": {}}, "reading.quantities"),
        ({"date": "5 April"}, "reading.date"),
        ({"negation": "no"}, "reading.negation"),
        ({"aliases": [1]}, "reading.aliases[0]"),
        ({"quantities": [{"start": 0}]}, "reading.quantities[0].end"),
        ({"quantities": [{"start": 0, "end": 1}]}, "reading.quantities[0].value"),
        ({"quantities": [{"start": 0, "end": 1, "value": 3.86}]}, "reading.quantities[0].value"),
        ({"quantities": [{"start": 0, "end": 1, "value": "NaN"}]}, "reading.quantities[0].value"),
        ({"quantities": [{"start": 0, "end": 1, "value": "5", "bound": "maybe"}]}, "reading.quantities[0].bound"),
        ({"quantities": [{"start": 0, "end": 1, "low": "9", "high": "5"}]}, "reading.quantities[0].high"),
        ({"periods": [{"start": "2020-13-01"}]}, "reading.periods[0].start"),
        ({"periods": [{"start": "2020-03-02", "end": "2020-03-01"}]}, "reading.periods[0].end"),
        ({"slots": [{"figure": 7}]}, "reading.slots[0].figure"),
        ({"slots": [{"period": 7}]}, "reading.slots[0].period"),
        ({"slots": [{"polarity": "perhaps"}]}, "reading.slots[0].polarity"),
        ({"slots": ["China"]}, "reading.slots[0]"),
    ],
)
def test_a_malformed_reading_is_refused_naming_the_field(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ReadingError, match="^" + named.replace("[", r"\[").replace("]", r"\]")):
        Statement.from_json({**read(TEXT, date=DAY).to_json(), **change})


@pytest.mark.parametrize("value", [None, 5, "text", [], [{}]])
def test_what_is_no_object_is_no_reading(value: object) -> None:
    with pytest.raises(ReadingError):
        Statement.from_json(value)


def test_a_short_reading_by_hand_is_enough_to_compare() -> None:
    claim = Statement.from_json(
        {
            "text": TEXT,
            "date": "2020-04-05",
            "quantities": [{"start": 19, "end": 31, "value": "3860000000", "step": "10000000", "unit": "mask"}],
            "periods": [{"start": "2020-03-01", "cumulative": True}],
            "slots": [{"figure": 0, "period": 0, "who": ["China"], "action": ["export"], "item": "mask"}],
        }
    )
    passage = read("Since the start of March China has shipped nearly 3.9bn masks.", date=DAY)
    assert compare(claim, passage).relation == "rounded_figure"


def test_a_correction_by_hand_changes_the_judgement() -> None:
    claim = read("The wholesalers sold 3.86 billion masks since 1 March 2020.", date=DAY)
    passage = read("China has exported 5 billion masks since March 1.", date=DAY)
    assert compare(claim, passage).stance == "neutral"
    corrected = replace(claim, slots=(replace(claim.slots[0], who=("China",), action=("export",), scope=()),))
    assert compare(corrected, passage).stance == "contradicts"


def test_a_language_the_engine_does_not_read_has_no_slots() -> None:
    statement = read("La Chine a exporté 3,86 milliards de masques.", date=DAY, language="fr")
    assert (statement.quantities, statement.slots, statement.language) == ((), (), "fr")
    assert read(TEXT, language="en-GB").slots


def test_a_time_of_publication_counts_as_its_day() -> None:
    assert read(TEXT, date=datetime(2020, 4, 5, 17, 30)).date == DAY


def test_without_a_date_relative_days_stay_unknown() -> None:
    assert read("Exports rose 5 percent last week.").periods[0].start is None


@pytest.mark.parametrize(
    ("text", "start", "end", "cumulative"),
    [
        ("It sold 5 cars since the beginning of March.", date(2020, 3, 1), None, True),
        ("It sold 5 cars in the first quarter.", date(2020, 1, 1), date(2020, 3, 31), False),
        ("It sold 5 cars last week.", date(2020, 3, 23), date(2020, 3, 29), False),
        ("It sold 5 cars from the first of March to last Saturday.", date(2020, 3, 1), date(2020, 4, 4), False),
        ("It sold 5 cars in December.", date(2019, 12, 1), date(2019, 12, 31), False),
        ("It sold 5 cars last year.", date(2019, 1, 1), date(2019, 12, 31), False),
        ("It sold 5 cars between 24 January and 29 February.", date(2020, 1, 24), date(2020, 2, 29), False),
        ("By Saturday it had sold 5 cars.", None, date(2020, 4, 4), True),
        ("It sold 5 cars in the 2018-19 season.", date(2018, 7, 1), date(2019, 6, 30), False),
        ("It sold 5 cars over the past twelve months.", date(2019, 4, 5), DAY, False),
    ],
)
def test_periods_are_resolved_against_the_date(
    text: str, start: date | None, end: date | None, cumulative: bool
) -> None:
    period = read(text, date=DAY).periods[0]
    assert (period.start, period.end, period.cumulative) == (start, end, cumulative)


def test_the_day_something_was_said_is_nobodys_period() -> None:
    statement = read("China exported 5 masks, customs officials said on Sunday.", date=DAY)
    assert statement.periods == ()
    assert statement.slots[0].period is None


def test_since_and_as_of_are_one_running_total() -> None:
    period = read("As of April 3, China had exported 5 masks since March 1.", date=DAY).periods[0]
    assert (period.start, period.as_of) == (date(2020, 3, 1), date(2020, 4, 3))


def test_a_list_shares_who_did_what_and_when() -> None:
    statement = read("Since March 1, Peru has sold 5 boats, 70 cars and 900 bicycles to Chile.", date=DAY)
    assert [row.item for row in statement.slots] == ["boat", "car", "bicycle"]
    assert {(row.who, row.period) for row in statement.slots} == {(("Peru",), 0)}


def test_an_amount_in_two_currencies_is_one_row() -> None:
    statement = read("The exports are valued at 10.2 billion yuan, or 1.33 billion euros.", date=DAY)
    assert [(row.figure, row.also) for row in statement.slots] == [(0, (1,))]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It sold not 288 but 275 cars.", [Polarity.DENIED, Polarity.AFFIRMED]),
        ("It has not sold 5 cars.", [Polarity.DENIED]),
        ("It sold not only 5 cars.", [Polarity.AFFIRMED]),
        ("It sold no fewer than 5 cars.", [Polarity.AFFIRMED]),
    ],
)
def test_a_negation_denies_the_figure_it_stands_before(text: str, figures: list[Polarity]) -> None:
    assert [row.polarity for row in read(text).slots] == figures


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("U.S. Steel said Dr. Smith left. He went home.", 2),
        ("It rose 3.9 per cent. No. 5 closed.", 2),
        ("PARIS, Jan. 5 (AP) - Snow fell. Trains stopped.", 2),
        ("“Is it true?” he asked. “Yes.” Nobody spoke.", 3),
        ("A heading\n\nA paragraph\nof two lines.", 2),
        ("16:20 GMT\nMore than 50 ships left.", 2),
        ("He came at 5 p.m. She left.", 2),
        ("", 0),
        (" \n\t", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: int) -> None:
    assert len(sentence_spans(text)) == sentences


def test_a_value_never_passes_through_floating_point() -> None:
    assert read("It sold 0.1 billion cars.").quantities[0].value == Decimal("100000000")
