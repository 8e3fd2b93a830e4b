"""Any claim against any text."""

from datetime import date
from typing import Any

import pytest

from claims.errors import InvalidInput, NotAllowed
from claims.models import Claim, User
from claims.services.claims import correct_reading
from claims.services.comparing import Comparisons, compare_texts
from tests.cast import CONFIRMING, CONTRADICTING, MASKS, NOW


def compared(by: User, **given: Any) -> Comparisons:
    given = {
        "claim": None,
        "claim_text": "",
        "claim_date": None,
        "context": "",
        "report_date": date(2020, 4, 5),
        **given,
    }
    return compare_texts(**given, by=by, now=NOW)


def test_each_sentence_is_compared(masks: Claim, editor: User) -> None:
    result = compared(editor, claim=masks, passage=f"{CONFIRMING} {CONTRADICTING}")
    assert [each.comparison.stance.value for each in result.sentences] == ["confirms", "contradicts"]


def test_a_registered_claim_is_compared_as_it_was_corrected_by_hand(masks: Claim, editor: User) -> None:
    reading = masks.wording.reading
    reading["quantities"][0]["value"] = "38600000000"
    correct_reading(claim=masks, seen_wording=1, reading=reading, by=editor, now=NOW)
    masks.refresh_from_db()
    assert compared(editor, claim=masks, passage=CONTRADICTING).sentences[0].comparison.stance.value == "confirms"


def test_a_sentence_that_would_bring_up_the_claim_is_told_from_one_that_would_not(masks: Claim, editor: User) -> None:
    result = compared(editor, claim=masks, passage=f"{CONFIRMING} The weather was fine.")
    assert [each.is_candidate for each in result.sentences] == [True, False]


def test_a_long_text_is_compared_in_part_and_says_so(editor: User) -> None:
    result = compared(editor, claim_text=MASKS, passage="It rained. " * 250)
    assert (len(result.sentences), result.left_out) == (200, 50)


def test_an_outsider_compares_nothing(outsider: User) -> None:
    with pytest.raises(NotAllowed):
        compared(outsider, claim_text=MASKS, passage=CONFIRMING)


def test_a_bad_claim_text_is_named_as_the_form_names_it(editor: User) -> None:
    with pytest.raises(InvalidInput) as refusal:
        compared(editor, claim_text="?!", passage=CONFIRMING)
    assert refusal.value.field == "claim_text"
