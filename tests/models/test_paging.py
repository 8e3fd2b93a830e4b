"""Places in lists: what comes in meanwhile moves nothing; counts stop where nobody reads on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from claims.models import Finding, Report
from claims.paging import (
    BadPlace,
    CappedCount,
    ListPage,
    Place,
    counted,
    counted_at_once,
    encode,
    one_after_another,
    page_at,
)
from tests.cast import NOW

PER_PAGE = 4


@pytest.fixture
def receive(report_of: Callable[..., Report]) -> Callable[..., Report]:
    """A report received so many minutes after NOW."""
    made = iter(range(1_000))

    def make(minutes: int = 0) -> Report:
        return report_of(f"Report number {next(made)} says nothing.", now=NOW + timedelta(minutes=minutes))

    return make


def page(asked: str = "", *, rising: bool = False) -> ListPage:
    return page_at(Report.objects.all(), asked, by="received_at", per_page=PER_PAGE, rising=rising)


def down(*, rising: bool = False) -> list[list[int]]:
    """Primary keys of all pages, by following `later`."""
    pages, asked = [], ""
    while True:
        shown = page(asked, rising=rising)
        pages.append([row.pk for row in shown])
        asked = shown.later
        if not asked:
            return pages


@pytest.mark.parametrize("rising", [False, True])
@pytest.mark.parametrize("minutes", [[0] * 11, list(range(11)), [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2]])
def test_every_row_is_on_one_page(minutes: list[int], rising: bool, receive: Callable[..., Report]) -> None:
    for each in minutes:
        receive(each)
    order = ["received_at", "pk"] if rising else ["-received_at", "-pk"]
    expected = list(Report.objects.order_by(*order).values_list("pk", flat=True))
    assert down(rising=rising) == [expected[start : start + PER_PAGE] for start in range(0, 11, PER_PAGE)]


def test_rows_that_come_in_between_do_not_move_the_next_page(receive: Callable[..., Report]) -> None:
    for _ in range(10):
        receive()
    first = page()
    then = [row.pk for row in page(first.later)]
    for _ in range(3):
        receive(5)
    assert [row.pk for row in page(first.later)] == then


def test_a_page_leads_back_to_the_one_before(receive: Callable[..., Report]) -> None:
    for _ in range(10):
        receive()
    second = page(page().later)
    third = page(second.later)
    assert [row.pk for row in page(third.earlier)] == [row.pk for row in second]
    assert [row.pk for row in page(second.earlier)] == [row.pk for row in page()]
    assert page(second.earlier).earlier == ""


def test_before_the_second_page_stand_the_rows_that_came_in(receive: Callable[..., Report]) -> None:
    for _ in range(10):
        receive()
    second = page(page().later)
    came = receive(5)
    above = page(second.earlier)
    assert came.pk not in [row.pk for row in above]
    assert next(row.pk for row in page(above.earlier)) == came.pk


@pytest.mark.parametrize("asked", ["x", "l", "e!", "l" + encode("never", "1"), "lMXwx", encode(NOW.isoformat(), "1")])
def test_a_forged_place_is_the_first_page(asked: str, receive: Callable[..., Report]) -> None:
    made = receive()
    assert [row.pk for row in page(asked)] == [made.pk]


@pytest.mark.parametrize("text", ["", "é", encode("1"), encode(NOW.isoformat(), "-1"), encode("2020-01-01", "1")])
def test_a_place_that_no_list_gave_out_is_refused(text: str) -> None:
    with pytest.raises(BadPlace):
        Place.decoded(text)


def test_counts_stop(receive: Callable[..., Report]) -> None:
    for _ in range(5):
        receive()
    rows = Report.objects.all()
    assert (counted(rows, to=5), counted(rows, to=4), counted(rows, to=2)) == (5, 5, 3)
    assert counted_at_once(rows, rows.filter(pk=0), to=3) == [4, 0]


def test_rows_of_a_row_are_counted_to_a_limit(finding: Finding) -> None:
    of_claim = Finding.objects.order_by().values("pk")[:1]
    assert Report.objects.annotate(found=CappedCount(of_claim)).get().found == 1


def test_lists_follow_one_another(receive: Callable[..., Report]) -> None:
    rows = [receive(number) for number in range(3)]
    newest = Report.objects.order_by("-pk")
    found = Report.objects.raw(*one_after_another(newest[1:2], newest[:1]))
    assert [row.pk for row in found] == [rows[1].pk, rows[2].pk]
