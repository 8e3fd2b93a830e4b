"""Correcting by hand what the engine reads in a claim."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.matching import Statement
from claims.models import Claim, User, Verdict
from claims.services.claims import register_claim
from claims.web.forms.reading import ReadingForms
from tests.cast import NOW


def address(claim: Claim) -> str:
    return reverse("web:correct_reading", args=[claim.public_id])


def form_of(claim: Claim) -> dict[str, Any]:
    """What a browser would send without any change."""
    data: dict[str, Any] = {"seen_wording": claim.wording.number}
    for form in ReadingForms(Statement.from_json(claim.wording.reading)):
        for field in form:
            value = field.field.prepare_value(field.initial) if field.initial is not None else ""
            data[field.html_name] = value.isoformat() if hasattr(value, "isoformat") else value
    return {name: value for name, value in data.items() if value not in ("", False, None)}


def reading_of(claim: Claim) -> dict[str, Any]:
    claim.refresh_from_db()
    return dict(claim.wording.reading)


def test_an_unchanged_form_changes_nothing(masks: Claim, desk: Client) -> None:
    desk.post(address(masks), form_of(masks))
    masks.refresh_from_db()
    assert masks.wording.number == 1


@pytest.mark.parametrize(
    ("change", "where", "expected"),
    [
        (("figure-0-unit", "respirator"), ("quantities", "unit"), "respirator"),
        (("figure-0-bound", "more_than"), ("quantities", "bound"), "more_than"),
        (("figure-0-value", "3900000000.50"), ("quantities", "value"), "3900000000.5"),
        (("figure-0-step", "1"), ("quantities", "step"), "1"),
        (("period-0-as_of", "2020-04-04"), ("periods", "as_of"), "2020-04-04"),
        (("period-0-end", "2020-04-04"), ("periods", "end"), "2020-04-04"),
        (("row-0-scope", "Europe, the US"), ("slots", "scope"), ["Europe", "the US"]),
        (("row-0-who", "Japan"), ("slots", "who"), ["Japan"]),
        (("row-0-polarity", "denied"), ("slots", "polarity"), "denied"),
    ],
)
def test_a_correction_is_what_reports_are_compared_with(
    change: tuple[str, str], where: tuple[str, str], expected: Any, masks: Claim, desk: Client
) -> None:
    assert desk.post(address(masks), {**form_of(masks), **dict([change])}).status_code == 302
    part, key = where
    assert reading_of(masks)[part][0][key] == expected
    assert masks.wording.corrected_by_hand


def test_the_page_then_shows_the_corrected_reading(masks: Claim, desk: Client) -> None:
    page = desk.post(address(masks), {**form_of(masks), "figure-0-bound": "nearly"}, follow=True).content.decode()
    assert "nearly 3.86 billion" in page and "reading corrected by hand" in page


def test_a_figure_is_left_out_with_its_row(open_claim_of: Callable[..., Claim], desk: Client) -> None:
    claim = open_claim_of("China exported 3 million masks and 5 million gloves in March 2020")
    assert len(reading_of(claim)["quantities"]) == 2
    desk.post(address(claim), {**form_of(claim), "figure-0-drop": "on"})
    reading = reading_of(claim)
    assert [quantity["surface"] for quantity in reading["quantities"]] == ["5 million"]
    assert [row["figure"] for row in reading["slots"]] == [0]


def test_the_only_figure_is_left_out_and_its_row_stays(masks: Claim, desk: Client) -> None:
    desk.post(address(masks), {**form_of(masks), "figure-0-drop": "on"})
    reading = reading_of(masks)
    assert (reading["quantities"], [row["figure"] for row in reading["slots"]]) == ([], [None])


NEW_FIGURE = {
    "new-figure-surface": "countless",
    "new-figure-value": "500",
    "new-figure-bound": "more_than",
    "new-figure-kind": "count",
    "new-figure-unit": "mask",
    "new-figure-item": "mask",
}


def test_a_figure_that_was_missed_is_added(editor: User, desk: Client) -> None:
    claim = register_claim(text="China has exported countless masks", by=editor, now=NOW)
    desk.post(address(claim), {**form_of(claim), **NEW_FIGURE})
    reading = reading_of(claim)
    quantity = reading["quantities"][0]
    assert claim.text[quantity["start"] : quantity["end"]] == "countless"
    assert reading["slots"][0]["figure"] == 0


def test_a_second_figure_gets_a_row_of_its_own(masks: Claim, desk: Client) -> None:
    given = {**NEW_FIGURE, "new-figure-surface": "1 March"}
    desk.post(address(masks), {**form_of(masks), **given})
    assert [row["figure"] for row in reading_of(masks)["slots"]] == [0, 1]


def test_a_period_that_was_missed_is_added(editor: User, desk: Client) -> None:
    claim = register_claim(text="China has exported 5 million masks", by=editor, now=NOW)
    desk.post(address(claim), {**form_of(claim), "new-period-start": "2020-03-01", "new-period-cumulative": "on"})
    reading = reading_of(claim)
    assert (reading["periods"][0]["start"], reading["slots"][0]["period"]) == ("2020-03-01", 0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"figure-0-value": ""}, "Give the figure, or an end of its range."),
        ({"figure-0-value": "many"}, "Write digits alone"),
        ({"figure-0-value": "-5"}, "greater than or equal to 0"),
        ({"figure-0-value": "NaN"}, "Write digits alone"),
        ({"figure-0-value": "9" * 40}, "no more than"),
        ({"figure-0-bound": "hardly"}, "Select a valid choice."),
        ({"figure-0-low": "5", "figure-0-high": "3"}, "This reading cannot be used"),
        ({"period-0-end": "2020-02-01"}, "This is before the first day."),
        ({"period-0-start": "soon"}, "This is not a day."),
        ({"new-figure-surface": "5 trillion", "new-figure-value": "5"}, "These words do not stand in the claim."),
        ({"new-figure-value": "5"}, "Say how the figure is written in the claim."),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    changes: dict[str, str], said: str, masks: Claim, desk: Client
) -> None:
    response = desk.post(address(masks), {**form_of(masks), **changes})
    assert response.status_code == 400
    assert said in response.content.decode()
    masks.refresh_from_db()
    assert masks.wording.number == 1


@pytest.mark.parametrize("seen", ["", "0", "7", "x", "9" * 30])
def test_a_reading_of_a_wording_that_has_changed_is_refused(seen: str, masks: Claim, desk: Client) -> None:
    given = {**form_of(masks), "figure-0-unit": "glove", "seen_wording": seen}
    response = desk.post(address(masks), given)
    assert response.status_code == 409
    assert "it is now wording 1" in response.content.decode()


def test_a_claim_in_review_keeps_its_reading(in_review: Verdict, desk: Client) -> None:
    claim = in_review.claim
    response = desk.post(address(claim), {**form_of(claim), "figure-0-unit": "glove"})
    assert response.status_code == 409


def test_a_claim_without_anything_read_can_be_corrected(editor: User, desk: Client) -> None:
    claim = register_claim(text="The minister met the ambassador", by=editor, now=NOW)
    assert desk.get(address(claim)).status_code == 200
    assert desk.post(address(claim), {**form_of(claim), "row-0-who": "minister"}).status_code == 302
    assert reading_of(claim)["slots"][0]["who"] == ["minister"]
