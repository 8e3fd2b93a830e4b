"""The words and marks of the templates."""

import pytest
from django.forms import CharField, Form

from claims.templatetags import newsroom


def test_marked_text_is_escaped() -> None:
    assert newsroom.marked("<b> & 5", [{"start": 6, "end": 7}]) == '&lt;b&gt; &amp; <mark class="tone-plain">5</mark>'


def test_a_mark_counts_in_code_points() -> None:
    assert newsroom.marked("😷😷5", [{"start": 2, "end": 3, "tone": "quantity"}]).endswith(
        '<mark class="tone-quantity">5</mark>'
    )


def test_the_address_and_label_of_a_mark_are_escaped() -> None:
    spans = [{"start": 0, "end": 1, "label": '<i>"', "href": '"><script>'}]
    assert "<i>" not in newsroom.marked("x", spans) and "<script>" not in newsroom.marked("x", spans)


@pytest.mark.parametrize(
    ("stance", "relation", "word", "reason"),
    [
        ("confirms", "rounded_figure", "Confirms", "same figure, rounded"),
        ("contradicts", "same_figure", "Contradicts", ""),
        ("neutral", "update", "Update", "a later total"),
        ("neutral", "different_scope", "Another scope", ""),
        ("neutral", "undetermined", "Undetermined", ""),
        ("confirms", "marked_by_hand", "Confirms", "marked by hand"),
        ("neutral", "a_code_of_tomorrow", "Undetermined", ""),
    ],
)
def test_a_badge_names_stance_and_reason(stance: str, relation: str, word: str, reason: str) -> None:
    shown = newsroom.badge(stance, relation)
    assert (shown["word"], shown["reason"]) == (word, reason)


def test_no_tone_shares_its_icon_with_another() -> None:
    assert len(set(newsroom.TONE_ICONS.values())) == len(newsroom.TONE_ICONS)


def test_the_engine_is_never_certain() -> None:
    assert newsroom.confidence(0.9999) == "99 % sure"


def test_a_refused_field_says_so_to_assistive_technology() -> None:
    class One(Form):
        name = CharField()

    form = One({"name": ""})
    shown = newsroom.control(form["name"])
    assert 'aria-invalid="true"' in shown and 'aria-describedby="id_name_error"' in shown
