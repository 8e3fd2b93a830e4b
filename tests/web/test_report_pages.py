"""Reports: the list, a report's page, pasting, removing, retrying."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Finding, Report, User
from claims.services.findings import dismiss_finding
from claims.services.matching import match_report
from claims.services.reports import remove_report
from claims.workflow import SYSTEM, ReportState
from tests.cast import CONFIRMING, CONTRADICTING, NOW
from tests.web.conftest import HTMX

NEW = "/reports/new/"
FRENCH = "Depuis le premier mars, la Chine a exporté plusieurs milliards de masques vers de nombreux pays du monde."


def address(report: Report, page: str = "report") -> str:
    return reverse(f"web:{page}", args=[report.public_id])


def page_of(report: Report, client: Client) -> str:
    return client.get(address(report)).content.decode()


def test_a_pasted_report_is_stored_and_its_page_waits_for_the_matching(masks: Claim, desk: Client) -> None:
    response = desk.post(NEW, {"body": CONFIRMING, "outlet": "Harbour Wire", "published_at": "2020-04-05T12:00"})
    report = Report.objects.get()
    assert (report.state, response.headers["Location"]) == (ReportState.WAITING, address(report))
    assert 'hx-trigger="every 2s"' in page_of(report, desk)


def test_a_page_without_javascript_offers_to_reload(report_of: Callable[..., Report], desk: Client) -> None:
    assert "<noscript>" in page_of(report_of(), desk)


def test_polling_brings_nothing_while_the_matching_goes_on(report_of: Callable[..., Report], desk: Client) -> None:
    assert desk.get(address(report_of()), headers=HTMX).status_code == 204


def test_polling_brings_the_findings_and_ends(masks: Claim, report_of: Callable[..., Report], desk: Client) -> None:
    report = report_of()
    match_report(report_id=report.pk, by=SYSTEM, now=NOW)
    page = desk.get(address(report), headers=HTMX).content.decode()
    assert "Confirms" in page and "every 2s" not in page and "<html" not in page


def test_the_matching_runs_after_the_paste(masks: Claim, desk: Client, eager_tasks: Callable[[], Any]) -> None:
    with eager_tasks():
        desk.post(NEW, {"body": CONTRADICTING, "published_at": "2020-04-05T12:00"})
    assert Finding.objects.get().stance == "contradicts"


BAD: list[tuple[dict[str, Any], str, int]] = [
    ({"body": ""}, "A report needs a text.", 400),
    ({"body": " \n "}, "A report needs a text.", 400),
    ({"body": "\0\0\0"}, "A report needs a text.", 400),
    ({"body": "x" * 1_000_001}, "This report has 1,000,001 bytes", 413),
    ({"body": "é" * 500_001}, "This report has 1,000,002 bytes", 413),
    ({"body": "Text.", "title": "x" * 501}, "This title has 501 characters", 400),
    ({"body": "\x01\x02\x03PK\x04\x05"}, "it looks like a binary file", 400),
    ({"body": "Text.", "url": "javascript:alert(1)"}, "Only http and https addresses are accepted.", 400),
    ({"body": "Text.", "url": "http://127.0.0.1/x"}, "is an address of a private network", 400),
    ({"body": "Text.", "published_at": "2999-01-01T00:00"}, "is in the future.", 400),
    ({"body": "Text.", "published_at": "0001-01-01T00:00"}, "is too early", 400),
    ({"body": "Text.", "published_at": "last week"}, "This is not a time.", 400),
    ({"body": "Text.", "published_at": "9999-12-31T23:59"}, "is in the future.", 400),
]


@pytest.mark.parametrize(("given", "said", "status"), BAD, ids=[row[1][:30] for row in BAD])
def test_bad_input_is_told_beside_its_field_and_nothing_is_saved(
    given: dict[str, Any], said: str, status: int, desk: Client
) -> None:
    response = desk.post(NEW, given)
    assert response.status_code == status
    assert said in response.content.decode()
    assert Report.objects.count() == 0


def test_removed_nul_characters_are_told(desk: Client) -> None:
    page = desk.post(NEW, {"body": "Five\0 million masks."}, follow=True).content.decode()
    assert "1 NUL character removed" in page


def test_html_and_script_stay_text(desk: Client) -> None:
    page = desk.post(NEW, {"body": "<script>alert(1)</script> five", "title": "<i>T</i>"}, follow=True).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "&lt;i&gt;T&lt;/i&gt;" in page


def test_the_same_report_is_not_stored_twice(desk: Client) -> None:
    given = {"body": "Five million masks.", "url": "https://example.org/a"}
    desk.post(NEW, given)
    page = desk.post(NEW, {**given, "url": "https://example.org/a?utm_source=x"}, follow=True).content.decode()
    assert Report.objects.count() == 1 and "This report was here already." in page


def test_another_text_at_the_same_address_is_told(desk: Client) -> None:
    desk.post(NEW, {"body": "Five million masks.", "url": "https://example.org/a"})
    given = {"body": "Six million masks.", "url": "https://example.org/a"}
    assert "The first text is kept." in desk.post(NEW, given, follow=True).content.decode()


def test_a_report_in_another_language_says_that_nobody_read_it(report_of: Callable[..., Report], desk: Client) -> None:
    assert "Not read (fr)." in page_of(report_of(FRENCH, title=""), desk)


@pytest.fixture
def failed(report_of: Callable[..., Report]) -> Report:
    report = report_of()
    Report.objects.filter(pk=report.pk).update(state=ReportState.FAILED, attempts=5, failure="ValueError: too odd")
    return report


def test_a_failed_report_says_so_and_offers_to_try_again(failed: Report, desk: Client) -> None:
    page = page_of(failed, desk)
    assert "could not be matched, after 5 attempts" in page and address(failed, "retry_report") in page


def test_a_failed_report_is_sent_again(failed: Report, desk: Client) -> None:
    desk.post(address(failed, "retry_report"))
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (ReportState.WAITING, 0)


def test_only_a_failed_report_is_sent_again(report_of: Callable[..., Report], desk: Client) -> None:
    assert desk.post(address(report_of(), "retry_report")).status_code == 409


def test_the_claims_found_are_marked_in_the_text_and_lead_to_their_reasons(finding: Finding, desk: Client) -> None:
    page = page_of(finding.report, desk)
    assert f'<mark class="tone-confirms"><a href="#finding-{finding.public_id}">' in page
    assert f'id="finding-{finding.public_id}"' in page


def test_a_dismissed_finding_is_marked_quietly(finding: Finding, editor: User, desk: Client) -> None:
    dismiss_finding(finding=finding, reason="misread", by=editor, now=NOW)
    assert '<mark class="tone-dismissed">' in page_of(finding.report, desk)


def test_a_sentence_that_confirms_one_claim_and_contradicts_another_is_marked_as_a_contradiction(
    open_claim_of: Callable[..., Claim], matched: Callable[..., Report], desk: Client
) -> None:
    open_claim_of("China has exported 38.6 billion face masks since 1 March 2020")
    open_claim_of("China has exported 3.86 billion face masks since 1 March 2020")
    report = matched(CONFIRMING)
    assert {finding.stance for finding in Finding.objects.filter(report=report)} == {"confirms", "contradicts"}
    text = page_of(report, desk).partition('class="report-text"')[2].partition("</article>")[0]
    assert "tone-contradicts" in text and "tone-confirms" not in text


def test_a_report_without_findings_leads_to_the_comparison(matched: Callable[..., Report], desk: Client) -> None:
    report = matched("The weather was fine in Lisbon.")
    assert f"/compare/?report={report.public_id}" in page_of(report, desk)


def test_a_report_is_removed_after_a_question_and_a_reason(finding: Finding, desk: Client) -> None:
    report = finding.report
    assert "Remove this report?" in desk.get(address(report, "remove_report")).content.decode()
    desk.post(address(report, "remove_report"), {"reason": "Pasted twice"})
    report.refresh_from_db()
    assert report.is_removed and report.removal_reason == "Pasted twice"


@pytest.mark.parametrize(("reason", "said"), [("", "Say why it is removed."), ("x" * 501, "At most 500 characters.")])
def test_a_removal_without_a_fit_reason_is_refused(
    reason: str, said: str, report_of: Callable[..., Report], desk: Client
) -> None:
    response = desk.post(address(report_of(), "remove_report"), {"reason": reason})
    assert response.status_code == 400 and said in response.content.decode()


@pytest.fixture
def removed(finding: Finding, editor: User) -> Report:
    return remove_report(report=finding.report, reason="Pasted twice", by=editor, now=NOW)


def test_a_removed_report_says_by_whom_and_why(removed: Report, desk: Client) -> None:
    page = page_of(removed, desk)
    assert "Removed by edith" in page and "Pasted twice" in page


def test_a_removed_report_cannot_be_removed_again(removed: Report, desk: Client) -> None:
    assert desk.post(address(removed, "remove_report"), {"reason": "again"}).status_code == 409


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"english", "french"}),
        ("state=not_read", {"french"}),
        ("state=matched", {"english"}),
        ("state=removed", {"gone"}),
        ("outlet=courrier", {"french"}),
        ("q=billion+china", {"english"}),
        ("q=50%25", set()),
        ("language=fr", {"french"}),
        ("state=bogus&q=%00", {"english", "french"}),
    ],
)
def test_the_address_narrows_the_list(
    query: str, found: set[str], three_reports: dict[str, Report], desk: Client
) -> None:
    page = desk.get(f"{reverse('web:reports')}?{query}").content.decode()
    assert {name for name, report in three_reports.items() if f"/reports/{report.public_id}/" in page} == found


@pytest.fixture
def three_reports(matched: Callable[..., Report], report_of: Callable[..., Report], editor: User) -> dict[str, Report]:
    gone = remove_report(report=report_of("Gone.", title=""), reason="Mistake", by=editor, now=NOW)
    return {"english": matched(), "french": report_of(FRENCH, title="", outlet="Le Courrier"), "gone": gone}


def test_the_list_asks_as_much_for_many_reports_as_for_few(
    report_of: Callable[..., Report], desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        report_of(f"Number {number} of the series.")
    with django_assert_max_num_queries(8):
        desk.get(reverse("web:reports"))


def test_a_report_page_asks_as_much_for_many_findings_as_for_few(
    open_claim_of: Callable[..., Claim],
    matched: Callable[..., Report],
    desk: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for item in ("masks", "gloves", "suits", "gowns", "goggles", "kits"):
        open_claim_of(f"China has exported 386 million {item} since 1 March 2020")
    items = ("masks", "gloves", "suits", "gowns", "goggles", "kits")
    body = "\n\n".join(f"China has exported 386 million {item} since 1 March 2020." for item in items)
    report = matched(body)
    assert Finding.objects.filter(report=report).count() >= 6
    with django_assert_max_num_queries(13):
        page_of(report, desk)
