"""Reading figures beside quantulum3, on the same sentences in the same run, in processor time."""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from claims.matching import extract_quantities
from tests.benchmarks.tables import Rate, Result

MATCHING = Path(__file__).parent.parent / "matching"
PEER_SHARE = 5
"""The peer reads every fifth sentence: it is the slower one."""


def sentences() -> dict[str, list[str]]:
    """The project's own texts: single figures, and whole reports with sentences that have none."""
    specs = _lines(MATCHING / "specs" / "quantities.jsonl", "text")
    reports = _lines(MATCHING / "blind" / "reports.jsonl", "body")
    return {"sentences with figures": specs, "news reports": reports}


def _lines(path: Path, key: str) -> list[str]:
    return [json.loads(line)[key] for line in path.read_text("utf-8").splitlines()]


def bench(*, rows: int, data: Path | None = None) -> Result:
    rates: list[Rate] = []
    for name, listed in sentences().items():
        texts = listed[:rows]
        rates.append(Rate("factcheck-workbench", name, "texts", rate(extract_quantities, texts)))
        peer = quantulum()
        if peer is not None:
            rates.append(Rate("quantulum3", name, "texts", rate(peer, texts[::PEER_SHARE])))
    return Result("Reading figures", rates, _note(rates))


def _note(rates: Sequence[Rate]) -> str:
    pairs = zip(rates[::2], rates[1::2], strict=False) if len(rates) % 2 == 0 else ()
    times = [f"{one.text}: {one.per_second / other.per_second:.1f} times" for one, other in pairs]
    return "Beside quantulum3 without its classifier: " + "; ".join(times) if times else "quantulum3 is not installed."


def quantulum() -> Callable[[str], object] | None:
    """quantulum3's parser, without its classifier: that is its faster setting and runs with any scikit-learn."""
    if importlib.util.find_spec("quantulum3") is None:
        return None
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False

    def parse(text: str) -> object:
        try:
            return parser.parse(text)
        except (KeyError, ValueError, IndexError, TypeError, AttributeError, ZeroDivisionError):
            return None  # it raises on some texts; what it did until then counts

    return parse


def rate(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Texts read in a second of processor time, after a first round that fills caches."""
    _all(read, texts[:20])
    begun = time.process_time()
    _all(read, texts)
    return len(texts) / max(time.process_time() - begun, 1e-9)


def _all(read: Callable[[str], object], texts: Iterable[str]) -> None:
    for text in texts:
        read(text)
