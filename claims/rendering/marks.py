"""Texts with parts of them marked: cut into pieces that know which marks lie over them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


@dataclass(frozen=True)
class Mark:
    """A span in code points; `tone` colours it, `label` is read out before it, `href` makes it a link."""

    start: int
    end: int
    tone: str = ""
    label: str = ""
    href: str = ""


@dataclass(frozen=True)
class Piece:
    """A part of a text with the marks that lie over it, the widest first."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a longer text, with the marks that reach into it moved to its own offsets."""

    text: str
    marks: tuple[Mark, ...]


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The whole text in order, cut wherever a mark begins or ends. Marks may nest, overlap or reach beyond it."""
    inside = [mark for mark in (_clipped(mark, 0, len(text)) for mark in marks) if mark.start < mark.end]
    inside.sort(key=lambda mark: (mark.start - mark.end, mark.start))
    edges = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    return [_piece(text, inside, start, end) for start, end in pairwise(edges)]


def paragraphs(text: str, marks: Sequence[Mark] = ()) -> list[Paragraph]:
    """The paragraphs of a text (parted by blank lines), each with its share of the marks."""
    return [_paragraph(text, marks, *found.span()) for found in _PARAGRAPH.finditer(text)]


def paragraph_around(text: str, mark: Mark) -> Paragraph:
    """The paragraph a mark begins in, with that mark on it; the marked text alone if it lies outside the text."""
    for found in _PARAGRAPH.finditer(text):
        if found.start() <= mark.start < found.end():
            return _paragraph(text, [mark], *found.span())
    return _paragraph(text, [mark], min(mark.start, len(text)), min(mark.end, len(text)))


def _piece(text: str, marks: Sequence[Mark], start: int, end: int) -> Piece:
    over = tuple(mark for mark in marks if mark.start <= start and end <= mark.end)
    return Piece(text[start:end], over, tuple(mark for mark in over if mark.start == start))


def _paragraph(text: str, marks: Sequence[Mark], start: int, end: int) -> Paragraph:
    inside = (_clipped(mark, start, end) for mark in marks)
    return Paragraph(text[start:end], tuple(mark for mark in inside if mark.start < mark.end))


def _clipped(mark: Mark, start: int, end: int) -> Mark:
    """The mark within `text[start:end]`, counted from `start`; empty where it lies outside."""
    return Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.tone, mark.label, mark.href)
