"""The thresholds of a comparison: each has a name, a value and a source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from claims.matching.learned import Weights


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts as the same figure, period or statement.

    The windows are those of the annotation guideline ("What a figure stands for"): `nearly` reaches from
    0.9 X to X, `just over` to 1.1 X, `more than` to 1.25 X, `less than` from 0.75 X, `about` is 10 per cent either way.
    """

    name: str
    version: str
    nearly_reaches: Decimal = Decimal("0.9")
    just_over_reaches: Decimal = Decimal("1.1")
    more_than_reaches: Decimal = Decimal("1.25")
    less_than_reaches: Decimal = Decimal("0.75")
    about: Decimal = Decimal("0.1")
    rounding_reaches: Decimal = Decimal("0.125")
    """How far a rounded figure confirms either way: 12.5 per cent, as "4 billion" does (design section 4)."""
    currency_tolerance: Decimal = Decimal("0.03")
    """European Central Bank reference rates against the rate a newsroom used: design section 4."""
    exact_below: Decimal = Decimal(10_000)
    """Counts under this, in digits and without scale word or approximator, are exact: design section 4."""
    later_days: int = 3
    """A report dated this many days after the claim gives a later as-of; a shorter gap does not: design section 4."""
    period_days: int = 1
    """Starts and ends of a period may differ by a day: "the start of March" against "1 March", time zones."""
    undated_past_days: int = 45
    """How far before the claim's date the passage's period may end when the claim itself names none."""
    restated: float = 0.85
    """Share of a claim's own words a passage must repeat to confirm a claim without figures."""
    denied_restated: float = 0.6
    """The same for a passage that denies the claim."""
    shared_terms: int = 2
    """Terms a sentence must share with a claim before the two are weighed; a claim of one term needs that one, and on a
    stream meets nothing: one word in common is chance."""
    compared_from: float = 0.05
    """Score of the claim index from which a sentence is compared with a claim: every finding the blind reports expect
    is above it."""
    most_compared: int = 60
    """Pairs of one report that are compared, the best by score; met only among very many claims."""
    undetermined_from: float = 0.5
    """Confidence gate under which `find` keeps an undetermined comparison to itself."""
    weights: Weights | None = None
    """What decides where rules end; None: the weights of `resources/newsroom.json`."""
    sure_from: float = 0.85
    """Share of the rest of a claim that a sentence says, from which a slot that differs is no misreading."""
    confirms_from: float = 0.25
    """Probability from which a figure that fits is taken for the claim's."""
    contradicts_from: float = 0.35
    """Probability from which a figure that cannot be true beside the claim's is taken for its."""
    words_confirm_from: float = 0.47
    """Probability from which words are taken to say what the claim says."""
    words_contradict_from: float = 0.6
    """Probability from which words are taken to say the opposite."""
    denies_from: float = 0.9
    """The same for a claim with figures that the passage denies without comparing them."""
    ahead_by: float = 0.1
    """How much likelier a contradicting figure must be the claim's than any confirming one."""
    rules_count: float = 0.75
    """What a judgement that the rules make without weights counts at least, beside those that only the weights make."""

    chosen: bool = True
    """Whether somebody set claim and passage beside each other; False for the sentences of a stream."""
    close_from: float = 0.75
    """Share of a claim that a sentence says, from which on a stream a word it lacks is a contrast, not a paraphrase."""
    stream_confirms_from: float = 0.82
    """`confirms_from` on a stream, where few sentences that share words with a claim speak of it."""
    stream_contradicts_from: float = 0.9
    rules_need: float = 0.2
    """Probability under which even what the rules say without weights is not believed of a sentence of a stream."""
    plain_said: float = 0.5
    """Share of a claim without figures that sentence and context must say on a stream; less is another story."""
    sentence_said: float = 0.5
    """Share of such a claim that the sentence itself must say. Of 1,460 findings among 6,180 pairs (the project's own
    and those of seven research sets) one has less, on a fall, which needs no such share."""
    figures_said: float = 0.25
    """The same of a claim with figures, with the context: no finding of these pairs has less."""
    plain_weight: float = 0.4
    """Share of its weight, as the index weighs terms, that such a claim must have in common to be read at all."""
    weighed_said: float = 0.6
    """Share of a claim that the sentence must say for words to be weighed on a stream."""
    weighed_terms: int = 3
    """Terms of a claim that the sentence must say for words to be weighed on a stream: two are chance."""
    contradiction_said: float = 0.5
    """Share of a claim with figures that a sentence of a stream must itself say to contradict, deny or update it; one
    that says less can only confirm. Of 458 contradictions among 12,193 pairs (the project's own and those of twelve
    research sets) none has less, of 848 confirmations a few."""
    open_said: float = 0.5
    """Share of a claim that a passage must repeat to be shown for what it leaves open, another scope included."""
    open_terms: int = 3
    """Terms of a claim that a sentence of a stream must say to be shown for what it leaves open, or all of a shorter
    claim: of 185 findings in reports that are foreign to their claims 163 had two words in common."""

    def on_a_stream(self) -> Policy:
        """The policy for sentences that nobody chose: it takes more to be taken for the claim's matter.

        The weights are learned from pairs that somebody set beside each other; in a stream a sentence is far less
        likely to speak of the claim, and a finding accuses somebody.
        """
        return _on_a_stream(self)


@lru_cache(maxsize=64)
def _on_a_stream(policy: Policy) -> Policy:
    return replace(
        policy,
        chosen=False,
        confirms_from=policy.stream_confirms_from,
        words_confirm_from=policy.stream_confirms_from,
        contradicts_from=policy.stream_contradicts_from,
        words_contradict_from=policy.stream_contradicts_from,
        denies_from=policy.stream_contradicts_from,
        rules_count=max(policy.rules_count, policy.stream_contradicts_from),
    )


NEWSROOM = Policy(name="newsroom", version="newsroom-5")
"""Another version whenever findings, or the terms kept with reports, may come out otherwise: `rematch` goes by it."""
HEADLINE = Policy(name="headline", version="headline-1")
"""Judges a headline as the annotators of Emergent did: the learned model of `resources/headline.json`."""
NLI = Policy(name="nli", version="nli-1")
"""Data sets of claim and evidence pairs: a learned stance over the slot comparison; `evaluate` and `--policy` only."""
POLICIES = {policy.name: policy for policy in (NEWSROOM, HEADLINE, NLI)}
