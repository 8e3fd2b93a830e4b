"""The command line, and what importing the engine pulls in, each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str, lines: list[object]) -> tuple[int, list[dict[str, Any]]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    command = [sys.executable, "-m", "claims.matching", *arguments]
    done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=ROOT, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_importing_the_engine_imports_no_framework() -> None:
    code = (
        "import sys, claims.matching; "
        "print([name for name in ('django', 'celery', 'rest_framework', 'redis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_a_malformed_line_is_answered_in_its_place() -> None:
    status, answers = run(
        "quantities", lines=[{"text": "5 cars"}, "nonsense", [1], {}, {"text": 5}, {"text": "6 cars"}]
    )
    assert status == 1
    assert [list(answer) for answer in answers] == [
        ["quantities"],
        ["error"],
        ["error"],
        ["error"],
        ["error"],
        ["quantities"],
    ]
    assert "text" in answers[3]["error"]


def test_a_number_of_more_digits_than_can_be_read_is_an_error_in_its_place() -> None:
    status, answers = run("quantities", lines=['{"text": ' + "9" * 5_000 + "}", {"text": "6 cars"}])
    assert status == 1
    assert [list(answer) for answer in answers] == [["error"], ["quantities"]]


def test_half_a_surrogate_pair_is_read_like_any_character() -> None:
    text = "\ud800 5 people died"
    status, (answer,) = run("read", lines=[{"text": text}])
    assert status == 0
    assert answer["text"] == text
    assert [text[found["start"] : found["end"]] for found in answer["quantities"]] == ["5"]


@pytest.mark.parametrize("given", [{"an": "object"}, ["a list"], True, None, 1.5])
def test_what_is_no_id_is_an_error_in_its_place(tmp_path: Path, given: object) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"id": 1, "text": "5 cars were sold"}\n')
    reports: list[object] = [{"id": given, "title": "6 cars were sold"}, {"id": 2, "title": "Snow"}]
    status, answers = run("find", "--claims", str(claims), lines=reports)
    assert status == 1
    assert [list(answer) for answer in answers] == [["error"], ["report", "findings"]]


@pytest.mark.parametrize("command", ["find", "rank"])
def test_two_claims_of_one_id_are_refused(tmp_path: Path, command: str) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"id": 1, "text": "5 cars were sold"}\n{"id": 1, "text": "6 cars were sold"}\n')
    called = [sys.executable, "-m", "claims.matching", command, "--claims", claims]
    done = subprocess.run(called, input=b"", capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert b"line 2: id: 1 is another claim's too" in done.stderr


def test_quantities_and_read_speak_the_same_figures() -> None:
    line = {"text": "China sold nearly 3.9bn masks.", "date": "2020-04-05"}
    status, (answer,) = run("quantities", lines=[line])
    assert (status, answer["quantities"][0]["value"]) == (0, "3900000000")
    _, (statement,) = run("read", lines=[line])
    assert statement["quantities"] == answer["quantities"]
    assert {"quantities", "periods", "slots", "negation", "attribution", "aliases"} <= set(statement)


def test_compare_takes_a_reading_by_hand() -> None:
    claim = "China has exported 3.86 billion masks since 1 March 2020."
    _, (reading,) = run("read", lines=[{"text": claim, "date": "2020-04-05"}])
    reading["quantities"][0]["value"] = "38600000000"
    line = {
        "claim": claim,
        "passage": "China has exported 38.6 billion masks since March 1.",
        "report_date": "2020-04-05",
    }
    status, answers = run(
        "compare", "--policy", "newsroom", lines=[{**line, "claim_date": "2020-04-05"}, {**line, "reading": reading}]
    )
    assert status == 0
    assert [answer["stance"] for answer in answers] == ["contradicts", "confirms"]
    assert {
        "stance",
        "relation",
        "confidence",
        "slots",
        "decisive",
        "explanation",
        "score_parts",
        "policy_version",
    } == set(answers[0])
    assert {"code", "parameters", "text"} == set(answers[0]["explanation"])


def test_find_answers_each_report(tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text(json.dumps({"id": "c1", "text": "China has exported 16,000 respirators since 1 March 2020.",
                                  "date": "2020-04-05", "aliases": ["ventilators"]}) + "\n")  # fmt: skip
    report = {
        "id": 7,
        "title": "Trade",
        "body": "China has exported 61,000 ventilators since March 1.",
        "published_at": "2020-04-05T10:00:00Z",
    }
    status, answers = run(
        "find", "--claims", str(claims), lines=[report, {"id": 8, "title": "", "body": "Snow."}, {"title": "x"}]
    )
    assert status == 1
    assert (answers[0]["report"], answers[1]) == (7, {"report": 8, "findings": []})
    (finding,) = answers[0]["findings"]
    assert (finding["claim"], finding["stance"], finding["relation"], finding["field"]) == (
        "c1",
        "contradicts",
        "different_figure",
        "body",
    )
    assert report["body"][finding["start"] : finding["end"]] == finding["sentence"]
    assert "error" in answers[2]


def test_find_refuses_a_file_of_claims_it_cannot_read(tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"id": "c1"}\n')
    assert run("find", "--claims", str(claims), lines=[]) == (2, [])
    assert run("find", "--claims", str(tmp_path / "none"), lines=[]) == (2, [])


CLAIMS = [
    {"id": 1, "text": "China has exported 3.86 billion masks.", "title": "Did China Export Masks?"},
    {"id": "b", "text": "The Harbour Bridge was closed after a crack was found."},
    {"id": "c", "text": "Dolphins swam in the canals of Venice.", "title": None},
]


def claims_file(folder: Path, claims: list[Any]) -> str:
    path = folder / "claims.jsonl"
    path.write_text("".join(json.dumps(claim) + "\n" for claim in claims) + "\n", encoding="utf-8")
    return str(path)


def test_rank_answers_in_the_order_of_the_posts_with_ids_as_given(tmp_path: Path) -> None:
    posts = [{"id": "q1", "text": "crack in the #HarbourBridge"}, {"id": 2, "text": "masks from China!"}]
    status, answers = run("rank", "--claims", claims_file(tmp_path, CLAIMS), "--top", "1", lines=posts)
    assert status == 0
    assert [(answer["id"], answer["candidates"][0]["claim"]) for answer in answers] == [("q1", "b"), (2, 1)]
    assert all(len(answer["candidates"]) == 1 and 0 < answer["candidates"][0]["score"] < 1 for answer in answers)


def test_rank_answers_malformed_posts_in_their_place(tmp_path: Path) -> None:
    posts = [{"id": 1}, "nonsense", {"text": "masks"}, {"id": 2, "text": 5}, {"id": 3, "text": "nothing of it"}]
    status, answers = run("rank", "--claims", claims_file(tmp_path, CLAIMS), lines=posts)
    assert status == 1
    assert [list(answer) for answer in answers] == [["error"]] * 4 + [["id", "candidates"]]
    assert answers[4]["candidates"] == []


@pytest.mark.parametrize(
    "claim", [{"text": "no id"}, {"id": 1}, {"id": None, "text": "x"}, {"id": 1, "text": "x", "title": 5}, 7]
)
def test_rank_refuses_a_malformed_claim_by_its_line(tmp_path: Path, claim: object) -> None:
    command = [sys.executable, "-m", "claims.matching", "rank", "--claims", claims_file(tmp_path, [CLAIMS[0], claim])]
    done = subprocess.run(command, input=b"", capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"claims, line 2: ")


@pytest.mark.parametrize("top", ["0", "-3", "many", "²"])
def test_rank_refuses_a_top_that_is_no_count(tmp_path: Path, top: str) -> None:
    status, answers = run("rank", "--claims", claims_file(tmp_path, CLAIMS), f"--top={top}", lines=[])
    assert (status, answers) == (2, [])
