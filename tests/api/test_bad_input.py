"""What a caller can send by mistake or malice: refused as a problem that names the field, and nothing is stored."""

import base64
import json
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from claims.api.errors import problem_response
from claims.models import Claim, Finding, Report, Verdict
from tests.api.conftest import Caller, codes

WORDS = "Two ships arrived in the harbour on Sunday."


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "required"),
        (b"null", "null"),
        (b"[]", "invalid"),
        (b'"text"', "invalid"),
        (b"{", "parse_error"),
        (b'{"body": NaN}', "parse_error"),
        (b'{"body": "\xff\xfe"}', "parse_error"),
        (b"\xef\xbb\xbf{}", "parse_error"),
        (nested(900), "parse_error"),
        (nested(200_000), "parse_error"),
        (b'{"body": ' + b"9" * 10_000 + b"}", "parse_error"),
        (b'{"body": ["a"]}', "invalid"),
        (b'{"body": {"a": 1}}', "invalid"),
        (b'{"body": ""}', "required"),
        (b'{"body": " \\n\\t "}', "required"),
        (b'{"body": "\\u0000\\u0000"}', "required"),
        (b'{"body": "?!..."}', "required"),
        (b'{"body": "\\u0001\\u0002\\u0003a"}', "not_text"),
    ],
)
def test_what_is_no_report_is_refused(body: bytes, code: str, sender: Caller) -> None:
    answer = sender.post("reports", body)
    assert answer.status_code == 400
    assert [found for found, _ in codes(answer)] == [code]
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"published_at": "soon"}, "invalid", "published_at"),
        ({"published_at": "2020-13-45"}, "invalid", "published_at"),
        ({"published_at": 20200405}, "invalid", "published_at"),
        ({"published_at": "2020-04-05T25:00:00"}, "invalid", "published_at"),
        ({"published_at": "0001-01-01T00:00:00+14:00"}, None, "published_at"),
        ({"published_at": "9999-12-31T23:59:59-14:00"}, None, "published_at"),
        ({"published_at": "2999-01-01"}, "in_the_future", "published_at"),
        ({"published_at": "1066-10-14"}, "too_early", "published_at"),
        ({"published_at": "\ud800"}, "invalid", "published_at"),
        ({"url": "javascript:alert(1)"}, "bad_address", "url"),
        ({"url": "ftp://example.org/a"}, "bad_address", "url"),
        ({"url": "http://127.0.0.1/a"}, "bad_address", "url"),
        ({"url": "http://169.254.169.254/latest"}, "bad_address", "url"),
        ({"url": "http://[::1]/"}, "bad_address", "url"),
        ({"url": "http://user:secret@example.org/"}, "bad_address", "url"),
        ({"url": "http://[broken/"}, "bad_address", "url"),
        ({"url": f"http://{'a' * 300}.org/"}, "bad_address", "url"),
        ({"url": "http://example.org:99999999/"}, "bad_address", "url"),
        ({"url": "http://example.org/" + "a" * 2_000}, "max_length", "url"),
        ({"url": "http://exa\0mple.org/"}, "null_characters_not_allowed", "url"),
        ({"outlet": "a\0b"}, "null_characters_not_allowed", "outlet"),
        ({"outlet": "\ud800"}, "surrogate_characters_not_allowed", "outlet"),
        ({"outlet": "a" * 201}, "max_length", "outlet"),
        ({"external_id": "\ud800"}, "surrogate_characters_not_allowed", "external_id"),
        ({"external_id": "a" * 201}, "max_length", "external_id"),
        ({"language": "english!"}, "unknown_language", "language"),
        ({"title": "a" * 501}, "too_long", "title"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(
    changes: dict[str, Any], code: str | None, field: str, sender: Caller
) -> None:
    answer = sender.post("reports", {"body": WORDS, **changes})
    assert answer.status_code == 400
    [(found, named)] = codes(answer)
    assert named == field
    assert code in (found, None)
    assert not Report.objects.exists()


def test_a_nonsense_date_is_shown_with_what_is_accepted(sender: Caller) -> None:
    message = sender.post("reports", {"body": WORDS, "published_at": "5. April"}).json()["errors"][0]["message"]
    assert "'5. April'" in message
    assert "2020-04-05" in message


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"])
def test_only_json_is_taken(content_type: str, sender: Caller) -> None:
    answer = sender.post("reports", b"body=text", content_type=content_type)
    assert answer.status_code == 415
    assert codes(answer) == [("unsupported_media_type", None)]


@pytest.mark.parametrize("charset", ["zip", "bz2", "rot13", "hex", "undefined", "no-such-thing"])
def test_a_charset_that_is_none_is_no_trap(charset: str, sender: Caller) -> None:
    answer = sender.post(
        "reports", json.dumps({"body": WORDS}).encode(), content_type=f"application/json; charset={charset}"
    )
    assert answer.status_code in (201, 400)


@pytest.mark.parametrize("path", ["reports", "reports/batch"])
def test_more_than_is_read_at_all_is_413(path: str, sender: Caller) -> None:
    answer = sender.post(path, b'{"note": "' + b"a" * 9_000_000 + b'"}')
    assert answer.status_code == 413
    assert codes(answer) == [("too_large", "body")]
    assert "8 MiB" in answer.json()["detail"]


def test_a_report_of_more_than_a_megabyte_is_413(sender: Caller) -> None:
    answer = sender.post("reports", {"body": "word " * 200_001})
    assert answer.status_code == 413
    assert codes(answer) == [("too_large", "body")]
    assert not Report.objects.exists()


def test_a_report_of_a_megabyte_is_taken(sender: Caller) -> None:
    assert sender.post("reports", {"body": "word " * 199_000}).status_code == 201


def test_what_is_removed_from_a_text_is_reported(sender: Caller) -> None:
    answer = sender.post("reports", {"title": "Ar\ud800rivals", "body": f"{WORDS}\0\0"})
    assert answer.status_code == 201
    assert answer.json()["title"] == "Arrivals"
    assert answer.json()["cleaned"] == [
        "title: 1 broken character (lone surrogate) removed",
        "body: 2 NUL characters removed",
    ]
    assert Report.objects.get().body == WORDS


def test_markup_and_writing_direction_stay_text(sender: Caller) -> None:
    body = f"<script>alert('{WORDS}')</script> \u202eright to left\u202c"
    assert sender.post("reports", {"body": body}).status_code == 201
    assert Report.objects.get().body == body


def test_a_language_that_is_not_read_is_stored_and_said(sender: Caller) -> None:
    body = "Die Behörde meldete am Sonntag, dass seit dem ersten März vier Milliarden Masken ausgeführt worden seien."
    answer = sender.post("reports", {"body": body})
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["language"]) == ("not_read", "de")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=many",
        "limit=%EF%BC%91",
        "cursor=zzz",
        "cursor=%00%ff",
        "cursor=" + cursor("a|b"),
        "cursor=" + cursor("2020-04-05T00:00:00|1"),
        "cursor=" + cursor("0001-01-01T00:00:00+14:00|1"),
        "cursor=" + cursor("9999-12-31T23:59:59-14:00|1"),
        "cursor=" + cursor("2020-04-05T00:00:00+00:00|" + "9" * 30),
        "cursor=" + cursor("2020-04-05T00:00:00+00:00|" + "9" * 5_000),
        "rating=Nonsense",
        "rating_min=0",
        "rating_max=six",
        "q=%00",
        "claimant=%00",
        "published_after=yesterday",
        "published_after=0001-01-01T00:00:00%2B14:00",
        "published_before=9999-12-31T23:59:59-14:00",
        "valid_as_of_min=2020-02-30",
        "ratings=True",
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(query: str, reader: Caller) -> None:
    answer = reader.get(f"verdicts?{query}")
    assert answer.status_code == 400
    [(_, field)] = codes(answer)
    assert field == query.partition("=")[0]


@pytest.mark.parametrize(
    "after",
    ["x", "%00", "%ff%fe", "-1", "1", cursor("seq|-1"), cursor("seq|" + "9" * 20), cursor("seq|" + "9" * 5_000)],
)
def test_a_cursor_of_changes_that_was_never_given_is_refused(after: str, reader: Caller) -> None:
    answer = reader.get(f"verdicts/changes?after={after}")
    assert answer.status_code == 400
    assert codes(answer) == [("bad_cursor", "after")]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("claims?status=zzz", "status"),
        ("claims?sttaus=open", "sttaus"),
        ("findings?triage=zzz", "triage"),
        ("findings?stance=%00", "stance"),
        ("drafts?state=zzz", "state"),
        ("drafts?cursor=zzz", "cursor"),
        ("reports?limit=zzz", "limit"),
        ("reports?state=matched", "state"),
    ],
)
def test_the_desk_is_told_which_filter_is_wrong(path: str, field: str, desk: Caller) -> None:
    answer = desk.get(path)
    assert answer.status_code == 400
    assert codes(answer)[0][1] == field


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({}, "required", "text"),
        ({"text": ""}, None, "text"),
        ({"text": "  \n "}, None, "text"),
        ({"text": "x" * 1_001}, "too_long", "text"),
        ({"text": "\x01\x02\x03"}, "not_text", "text"),
        ({"text": ["12 ships"]}, "invalid", "text"),
        ({"text": "Seven ships sank", "date": "2999-01-01"}, "in_the_future", "date"),
        ({"text": "Seven ships sank", "date": "soon"}, "invalid", "date"),
        ({"text": "Seven ships sank", "claimant": "\ud800"}, "surrogate_characters_not_allowed", "claimant"),
        ({"text": "Seven ships sank", "claimant": "c" * 301}, "too_long", "claimant"),
        ({"text": "Seven ships sank", "aliases": "ships"}, None, "aliases"),
        ({"text": "Seven ships sank", "aliases": ["a"] * 5 + [str(n) for n in range(20)]}, "too_many", "aliases"),
        ({"text": "Seven ships sank", "external_id": "e" * 201}, "max_length", "external_id"),
    ],
)
def test_what_is_no_claim_is_refused(data: dict[str, Any], code: str | None, field: str, desk: Caller) -> None:
    answer = desk.post("claims", data)
    assert answer.status_code == 400
    [(found, named)] = codes(answer)
    assert named == field
    assert code in (found, None)
    assert not Claim.objects.exists()


def test_a_claim_without_figures_is_taken(desk: Caller) -> None:
    assert desk.post("claims", {"text": "The harbour was closed by the mayor"}).status_code == 201


def test_a_duplicate_claim_points_to_the_one_there(masks: Claim, desk: Caller) -> None:
    answer = desk.post("claims", {"text": f"  {masks.text.upper()}. "})
    assert answer.status_code == 409
    assert answer.json()["existing"] == masks.public_id
    assert codes(answer) == [("duplicate", "text")]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("findings/{finding}/accept", {"stance": "\ud800"}),
        ("findings/{finding}/accept", {"stance": "maybe"}),
        ("findings/{finding}/accept", {"note": "n" * 501}),
        ("findings/{finding}/dismiss", {"reason": "\ud800"}),
        ("findings/{finding}/dismiss", {"reason": "other"}),
        ("findings/{finding}/dismiss", {}),
        ("claims/{claim}/verdicts", {"rating": "\ud800"}),
        ("claims/{claim}/verdicts", {"rating": "False", "explanation": "\0", "valid_as_of": "2020-04-06"}),
        ("claims/{claim}/verdicts", {"rating": "False", "explanation": "x", "valid_as_of": "2020-04-06"}),
        (
            "claims/{claim}/verdicts",
            {"rating": "False", "explanation": "x", "valid_as_of": "2020-04-06", "findings": ["zzz"]},
        ),
        (
            "claims/{claim}/verdicts",
            {"rating": "False", "explanation": "x", "valid_as_of": "2020-04-06", "findings": ["\ud800"]},
        ),
        ("verdicts/{claim}/correct", {"rating": "False", "explanation": "x", "valid_as_of": "2020-04-06"}),
        ("verdicts/{claim}/withdraw", {}),
        ("verdicts/{claim}/withdraw", {"reason": " \0"}),
        ("drafts/{verdict}/approve", {}),
        ("drafts/{verdict}/approve", {"seen_revision": "last"}),
        ("drafts/{verdict}/approve", {"seen_revision": 10**30}),
        ("drafts/{verdict}/approve", b'{"seen_revision": 1e999}'),
        ("drafts/{verdict}/request-changes", {"seen_revision": 1}),
        ("drafts/{verdict}/submit", {"seen_revision": -1}),
    ],
)
def test_a_verb_without_what_it_needs_is_refused(
    path: str, data: Any, published: Verdict, finding: Finding, review: Caller
) -> None:
    names = {
        "claim": published.claim.public_id,
        "verdict": published.public_id,
        "finding": finding.public_id,
    }
    answer = review.post(path.format(**names), data)
    assert answer.status_code == 400
    assert codes(answer)
    published.refresh_from_db()
    assert published.state == "published"


def test_another_accept_header_is_answered_all_the_same(reader: Caller, published: Verdict) -> None:
    path = f"verdicts/{published.claim.public_id}"
    assert reader.get(path, Accept="text/html").status_code == 200
    answer = reader.get(f"{path}/claim-review", Accept="application/ld+json")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/ld+json"


def test_what_only_the_database_refuses_is_a_conflict() -> None:
    answer = problem_response(IntegrityError("UNIQUE constraint failed"), {})
    assert answer is not None
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (409, "conflict")
    assert "UNIQUE" not in str(answer.data)


def test_a_wrong_host_is_refused(db: None) -> None:
    assert Client().get("/api/v1/verdicts", headers={"Host": "evil.example"}).status_code == 400
