"""Texts with marks, cut into pieces."""

from hypothesis import given
from hypothesis import strategies as st

from claims.rendering.marks import Mark, paragraph_around, paragraphs, pieces

TEXTS = st.text(max_size=60)
MARKS = st.lists(st.builds(Mark, start=st.integers(0, 70), end=st.integers(0, 70)), max_size=6)


@given(TEXTS, MARKS)
def test_pieces_together_are_the_text(text: str, marks: list[Mark]) -> None:
    assert "".join(piece.text for piece in pieces(text, marks)) == text


@given(TEXTS, MARKS)
def test_every_character_knows_exactly_the_marks_over_it(text: str, marks: list[Mark]) -> None:
    position = 0
    for piece in pieces(text, marks):
        for _ in piece.text:
            over = [mark for mark in marks if mark.start <= position < min(mark.end, len(text))]
            assert len(piece.marks) == len(over)
            position += 1


@given(TEXTS, MARKS)
def test_paragraphs_lose_only_the_space_between_them(text: str, marks: list[Mark]) -> None:
    together = "".join(paragraph.text for paragraph in paragraphs(text, marks))
    assert "".join(together.split()) == "".join(text.split())


@given(TEXTS, MARKS)
def test_a_paragraph_marks_what_the_text_marks(text: str, marks: list[Mark]) -> None:
    for paragraph in paragraphs(text, marks):
        assert all(0 <= mark.start < mark.end <= len(paragraph.text) for mark in paragraph.marks)


def test_the_paragraph_of_a_sentence_is_the_one_it_stands_in() -> None:
    text = "First. One.\n\nSecond one here.\n\nThird."
    found = paragraph_around(text, Mark(20, 23))
    assert (found.text, found.text[found.marks[0].start : found.marks[0].end]) == ("Second one here.", "one")


def test_a_mark_outside_the_text_has_an_empty_paragraph() -> None:
    assert paragraph_around("Short.", Mark(50, 60)).marks == ()


def test_a_megabyte_is_cut_in_a_moment() -> None:
    text = "word " * 200_000
    assert len(pieces(text, [Mark(index * 10, index * 10 + 4) for index in range(60)])) == 120
