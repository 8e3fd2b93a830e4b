"""Any claim against any text, sentence by sentence: the answer to "why was this not matched?". Stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims import live_index, matching
from claims.errors import InvalidInput
from claims.ingest.cleaning import clean, has_words
from claims.models import Claim, User
from claims.services.claim_text import check_date, read_claim
from claims.services.permission import require
from claims.workflow import ClaimStatus, Verb

MAX_CHARACTERS = 20_000
_MAX_SENTENCES = 200
_CONTEXT_SENTENCES = 2


@dataclass(frozen=True)
class Compared:
    """`is_finding`: the engine would show this to people. `is_candidate`: it would look here; None if unknown."""

    sentence: matching.Statement
    comparison: matching.Comparison
    is_finding: bool
    is_candidate: bool | None


@dataclass(frozen=True)
class Comparisons:
    claim: matching.Statement
    sentences: tuple[Compared, ...]
    left_out: int


def compare_texts(
    *,
    claim: Claim | None,
    claim_text: str,
    claim_date: date | None,
    passage: str,
    report_date: date | None,
    context: str,
    by: User,
    now: datetime,
) -> Comparisons:
    """A registered claim as it is read, or any other text, against each sentence of `passage`.

    `context` (a headline, a dateline, sentences before) fills only what the passage leaves unsaid. Raises InvalidInput.
    """
    require(by, Verb.SEE_DESK)
    if claim is None and not claim_text.strip():
        raise InvalidInput("Choose a claim, or write one.", field="claim", code="required")
    check_date(report_date, now=now, field="report_date")
    statement = (
        matching.Statement.from_json(claim.wording.reading)
        if claim
        else _read_other(claim_text, claim_date=claim_date, now=now)
    )
    passages = _sentences(_checked(passage, field="passage", needed=True))
    before = _sentences(_checked(context, field="context"))
    shown = passages[:_MAX_SENTENCES]
    candidates = _candidate_sentences(claim, shown)
    compared = [
        _compared(statement, shown, before, number, day=report_date, candidates=candidates)
        for number in range(len(shown))
    ]
    return Comparisons(statement, tuple(compared), len(passages) - len(shown))


def _read_other(text: str, *, claim_date: date | None, now: datetime) -> matching.Statement:
    try:
        return read_claim(text=text, date=claim_date, now=now).reading
    except InvalidInput as error:
        names = {"text": "claim_text", "date": "claim_date"}
        raise InvalidInput(error.message, field=names.get(error.field, error.field), code=error.code) from error


def _checked(text: str, *, field: str, needed: bool = False) -> str:
    text = clean(text).text.strip()
    if needed and not has_words(text):
        raise InvalidInput("Paste the text to compare.", field=field, code="required")
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(
            f"This has {len(text):,} characters; at most {MAX_CHARACTERS:,} are compared. Paste a longer text as a "
            "report.",
            field=field,
            code="too_long",
        )
    return text


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in matching.sentence_spans(text)]


def _candidate_sentences(claim: Claim | None, sentences: Sequence[str]) -> set[int] | None:
    """Which sentences would bring up an open claim among all the others."""
    if claim is None or claim.status != ClaimStatus.OPEN:
        return None
    claims = live_index.current_if_ready()
    if claims is None:
        return None
    found = claims.index.candidates(sentences)
    return {candidate.sentence for candidate in found if candidate.claim_id == claim.pk}


def _compared(
    claim: matching.Statement,
    sentences: Sequence[str],
    before: Sequence[str],
    number: int,
    *,
    day: date | None,
    candidates: set[int] | None,
) -> Compared:
    nearest = [*before, *sentences[:number]][-_CONTEXT_SENTENCES:][::-1]
    around = dict.fromkeys([*nearest, *sentences[: min(number, 1)], *before])
    passage = matching.read(sentences[number], date=day)
    comparison = matching.compare(claim, passage, context=[matching.read(text, date=day) for text in around])
    is_candidate = None if candidates is None else number in candidates
    return Compared(passage, comparison, matching.is_finding(comparison), is_candidate)
