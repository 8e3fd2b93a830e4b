"""Which claim was perhaps meant."""

from collections.abc import Callable

from claims.models import Claim, User
from claims.services.claims import close_claim, register_claim
from claims.services.similar import similar_claims
from tests.cast import MASKS, NOW

REWORDED = "Since March 1, China exported 3.86 billion masks"


def test_a_reworded_claim_is_recognised(masks: Claim) -> None:
    assert [similar.claim for similar in similar_claims(text=REWORDED)] == [masks]


def test_a_claim_on_something_else_is_not(masks: Claim) -> None:
    assert similar_claims(text="The Netherlands recalled 600,000 tulips") == []


def test_drafts_and_closed_claims_are_recognised_too(masks: Claim, editor: User) -> None:
    close_claim(claim=masks, by=editor, now=NOW)
    draft = register_claim(text=MASKS.replace("masks", "gloves"), by=editor, now=NOW)
    assert {similar.claim for similar in similar_claims(text=REWORDED)} == {masks, draft}


def test_the_claim_being_edited_is_left_out(masks: Claim) -> None:
    assert similar_claims(text=REWORDED, other_than=masks) == []


def test_the_most_similar_comes_first(masks: Claim, open_claim_of: Callable[..., Claim]) -> None:
    open_claim_of("China has exported 37.5 million protective suits since 1 March 2020")
    assert similar_claims(text=REWORDED)[0].claim == masks
