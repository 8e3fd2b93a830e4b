"""The tables of docs/quantities.md say what the engine reads: every row of them is read here."""

from decimal import Decimal
from pathlib import Path

import pytest

from claims.matching import Bound, Change, Quantity, extract_quantities

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "quantities.md"
LEAD = {
    Bound.EXACT: "", Bound.APPROXIMATE: "about ", Bound.NEARLY: "nearly ", Bound.MORE_THAN: "more than ",
    Bound.AT_LEAST: "at least ", Bound.LESS_THAN: "less than ", Bound.AT_MOST: "at most ", Bound.RANGE: "",
}  # fmt: skip
MOVED = {Change.UP: ", up", Change.DOWN: ", down", Change.NONE: ""}


def shown(text: str) -> str:
    """The quantities of a text as the document writes them."""
    return "; ".join(_told(one) for one in extract_quantities(text)) or "nothing"


def _told(one: Quantity) -> str:
    ends = (one.low, one.high) if one.bound is Bound.RANGE else (one.anchor,)
    number = " to ".join(_number(end) for end in ends if end is not None)
    return f"{LEAD[one.bound]}{number} {one.unit or one.kind.value}{MOVED[one.change]}"


def _number(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.001")).normalize()
    return f"{rounded:,f}"


def rows() -> list[tuple[str, str]]:
    lines = DOCUMENT.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    return [(text, reading) for text, reading in cells if text != "text"]


@pytest.mark.parametrize(("text", "reading"), rows() if DOCUMENT.exists() else [], ids=lambda cell: cell[:50])
def test_the_document_says_what_is_read(text: str, reading: str) -> None:
    assert shown(text) == reading


def test_the_document_has_its_examples() -> None:
    assert len(rows()) > 60
