"""The command line: one JSON object per line in, one out, same order.

    python -m claims.matching quantities | read | compare [--policy NAME] | find --claims FILE
         | rank --claims FILE [--top 20] [--embedding]
    python -m claims.matching evaluate --data FOLDER [--only NAME] [--disagreements FILE]
    python -m claims.matching fit NAME --data FOLDER

A malformed line gets {"error": ...} in its place; the exit status is then 1. `evaluate` and `fit` read no lines: they
measure the engine on research data, and learn `resources/NAME.json` anew from it (needs requirements-dev.txt).
`--embedding` needs requirements-embedding.txt.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO, TypeVar, cast

from claims.matching import wire
from claims.matching.embedding import Embedder, EmbeddingUnavailable
from claims.matching.index import ClaimIndex
from claims.matching.outcomes import ClaimId, Document
from claims.matching.pipeline import findings
from claims.matching.policy import POLICIES, Policy
from claims.matching.quantities import extract_quantities
from claims.matching.ranking import ClaimRanking, StoredClaim
from claims.matching.slots import read
from claims.matching.stance import compare
from claims.matching.statements import Statement
from claims.matching.wire import Json, ReadingError

Answer = Callable[[Mapping[str, Any]], Json]
T = TypeVar("T")


def _text(data: Mapping[str, Any], key: str) -> str:
    if key not in data:
        raise ReadingError(f"{key}: missing")
    return wire.as_text(data[key], key)


def _day(data: Mapping[str, Any], key: str) -> date | None:
    """A date, or the day of a date and time."""
    value = data.get(key)
    return None if value is None else wire.as_date(value[:10] if isinstance(value, str) else value, key)


def _aliases(data: Mapping[str, Any]) -> tuple[str, ...]:
    return wire.texts(data.get("aliases") or (), "aliases")


def _claim(data: Mapping[str, Any], text: str, day: str) -> Statement:
    """A claim's statement: the reading given by hand, else read from its text."""
    reading = data.get("reading")
    if reading is not None:
        return Statement.from_json({"text": _text(data, text), **wire.as_object(reading, "reading")})
    return read(_text(data, text), date=_day(data, day), aliases=_aliases(data))


def quantities(data: Mapping[str, Any]) -> Json:
    found = extract_quantities(_text(data, "text"), date=_day(data, "date"))
    return {"quantities": [quantity.to_json() for quantity in found]}


def reading(data: Mapping[str, Any]) -> Json:
    language = wire.optional(wire.as_text, data.get("language"), "language")
    return read(_text(data, "text"), date=_day(data, "date"), language=language, aliases=_aliases(data)).to_json()


def comparison(data: Mapping[str, Any], policy: Policy) -> Json:
    day = _day(data, "report_date")
    given = data.get("context") or ()
    context = (given,) if isinstance(given, str) else wire.texts(given, "context")
    passage = read(_text(data, "passage"), date=day)
    around = [read(text, date=day) for text in context]
    return compare(_claim(data, "claim", "claim_date"), passage, context=around, policy=policy).to_json()


def finding(data: Mapping[str, Any], index: ClaimIndex, claims: Mapping[ClaimId, Statement]) -> Json:
    document = Document(
        wire.as_text(data.get("title") or "", "title"),
        wire.as_text(data.get("body") or "", "body"),
        _day(data, "published_at"),
        wire.as_text(data.get("outlet") or "", "outlet"),
        wire.as_text(data.get("url") or "", "url"),
    )
    return {"report": _id(data), "findings": list(findings(document, index, claims))}


def ranking(data: Mapping[str, Any], claims: ClaimRanking, top: int) -> Json:
    found = claims.rank(_text(data, "text"), top)
    return {"id": _id(data), "candidates": [{"claim": claim, "score": round(score, 6)} for claim, score in found]}


def _id(data: Mapping[str, Any]) -> ClaimId:
    if not isinstance(data.get("id"), str | int) or isinstance(data["id"], bool):
        raise ReadingError("id: missing" if "id" not in data else f"id: {data['id']!r} is no text or number")
    return cast(ClaimId, data["id"])


def load_claims(lines: Iterable[str]) -> tuple[ClaimIndex, dict[ClaimId, Statement]]:
    """The claims of a file, one JSON object a line; raises ReadingError naming the line."""
    texts, claims = dict[ClaimId, str](), dict[ClaimId, Statement]()

    def add(data: Mapping[str, Any]) -> None:
        claims[data["id"]] = _claim(data, "text", "date")
        texts[data["id"]] = " ".join((_text(data, "text"), *_aliases(data), str(data.get("title") or "")))

    _each_claim(lines, add)
    return ClaimIndex.build(texts.items()), claims


def load_stored(lines: Iterable[str], embedder: Embedder | None = None) -> ClaimRanking:
    """The claims of a file prepared for ranking; raises ReadingError naming the line."""
    rows: list[StoredClaim] = []

    def add(data: Mapping[str, Any]) -> None:
        rows.append(StoredClaim(data["id"], _text(data, "text"), wire.as_text(data.get("title") or "", "title")))

    _each_claim(lines, add)
    return ClaimRanking.build(rows, embedder=embedder)


def _each_claim(lines: Iterable[str], add: Callable[[Mapping[str, Any]], None]) -> None:
    seen = set[ClaimId]()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = _parsed(line)
            if _id(data) in seen:
                raise ReadingError(f"id: {data['id']!r} is another claim's too")
            seen.add(_id(data))
            add(data)
        except ReadingError as error:
            raise ReadingError(f"claims, line {number}: {error}") from error


def _parsed(line: str) -> Mapping[str, Any]:
    try:
        return wire.as_object(json.loads(line), "line")
    except (ValueError, RecursionError) as error:  # ValueError: also an integer of more digits than Python reads
        raise ReadingError(f"line: not JSON ({error})") from error


def answer_lines(lines: Iterable[str], answer: Answer, out: TextIO) -> int:
    """Answers each line; returns the exit status."""
    status = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            result = answer(_parsed(line))
        except ReadingError as error:
            result, status = {"error": str(error)}, 1
        print(_line_of(result), file=out, flush=True)
    return status


def _line_of(result: object) -> str:
    """One line of JSON; escaped where it holds half a surrogate pair, which no encoding writes."""
    line = json.dumps(result, ensure_ascii=False)
    return line if line.isprintable() or _is_encodable(line) else json.dumps(result)


def _is_encodable(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m claims.matching", description=__doc__.split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("quantities", help="the quantities of each text")
    commands.add_parser("read", help="the whole reading of each text")
    comparing = commands.add_parser("compare", help="what each passage does to its claim")
    comparing.add_argument("--policy", choices=sorted(POLICIES), default="newsroom")
    finding_parser = commands.add_parser("find", help="the findings of each report against a file of claims")
    finding_parser.add_argument("--claims", required=True, type=Path, help="a file with one claim as JSON a line")
    rank_parser = commands.add_parser("rank", help="the claims of a file that each text speaks of, likeliest first")
    rank_parser.add_argument("--claims", required=True, type=Path, help="a file with one claim as JSON a line")
    rank_parser.add_argument("--top", type=_at_least_one, default=20, help="claims for each text")
    rank_parser.add_argument("--embedding", action="store_true", help="weigh what the texts mean too")
    evaluating = commands.add_parser("evaluate", help="measure the engine on research data, beside published figures")
    evaluating.add_argument("--data", required=True, type=Path, help="the folder that holds the data sets' folders")
    evaluating.add_argument("--only", default="", help="one evaluation by its name")
    evaluating.add_argument("--disagreements", type=Path, help="where to write the rows we disagree with")
    fitting = commands.add_parser("fit", help="learn a resource file anew")
    fitting.add_argument("name", help="the resource, such as newsroom")
    fitting.add_argument("--data", required=True, type=Path, help="the folder that holds the data sets' folders")
    return parser.parse_args(given)


def _at_least_one(given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"{given!r} is not a whole number of 1 or more")
    return int(given)


def _with_claims(path: Path, load: Callable[[Iterable[str]], T]) -> T | None:
    """What `load` makes of a file of claims; None, and the reason on standard error, if it cannot be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return load(lines)
    except (OSError, UnicodeDecodeError, ReadingError) as error:
        print(error, file=sys.stderr)
        return None


def _rank(arguments: argparse.Namespace) -> int:
    try:
        embedder = Embedder.load() if arguments.embedding else None
    except EmbeddingUnavailable as error:
        print(error, file=sys.stderr)
        return 2
    stored = _with_claims(arguments.claims, lambda lines: load_stored(lines, embedder))
    if stored is None:
        return 2
    return answer_lines(sys.stdin, lambda data: ranking(data, stored, arguments.top), sys.stdout)


def _with_training_libraries(arguments: argparse.Namespace) -> int:
    """Evaluates or fits: what only a development machine has is imported only here."""
    try:
        done: int = importlib.import_module(f"claims.matching.{arguments.command}").run(arguments)
    except (ImportError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return done


def main(given: Sequence[str] | None = None) -> int:
    arguments = _arguments(given)
    if arguments.command in ("evaluate", "fit"):
        return _with_training_libraries(arguments)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if arguments.command == "find":
        loaded = _with_claims(arguments.claims, load_claims)
        return 2 if loaded is None else answer_lines(sys.stdin, lambda data: finding(data, *loaded), sys.stdout)
    if arguments.command == "rank":
        return _rank(arguments)
    policy = POLICIES[getattr(arguments, "policy", "newsroom")]
    answers: dict[str, Answer] = {
        "quantities": quantities,
        "read": reading,
        "compare": lambda data: comparison(data, policy),
    }
    return answer_lines(sys.stdin, answers[arguments.command], sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
