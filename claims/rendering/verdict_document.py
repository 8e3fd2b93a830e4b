"""The verdict as the outside world gets it: one shape for the API and the change feed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.models import Evidence, Verdict
from claims.workflow import Stance, VerdictState

_QUANTITY = ("surface", "value", "low", "high", "bound", "unit", "kind", "item", "change", "start", "end")
_PERIOD = ("surface", "start", "end", "cumulative", "as_of")


@dataclass(frozen=True)
class Links:
    """Makes absolute addresses from a claim's public id; `version` is None for the one in force."""

    document: Callable[[str, int | None], str]
    page: Callable[[str, int | None], str]
    claim_review: Callable[[str], str]


def verdict_document(verdict: Verdict, *, versions: Sequence[Verdict], seq: int | None, links: Links) -> dict[str, Any]:
    """A version that readers have seen. `versions` are all of them, for the log of corrections."""
    name = verdict.claim.public_id
    evidence = list(verdict.evidence.all())
    old = verdict.state == VerdictState.SUPERSEDED
    return {
        "id": name,
        "version": verdict.version,
        "seq": seq,
        "status": _status(verdict),
        "rating": {"label": verdict.rating_label, "value": verdict.rating_value, "worst": 1, "best": 5},
        "explanation": verdict.explanation,
        "valid_as_of": verdict.valid_as_of.isoformat(),
        "published_at": _moment(verdict.published_at),
        "updated_at": _moment(verdict.updated_at),
        "claim": claim_document(verdict),
        "corrections": corrections(verdict, versions=versions),
        "evidence": [evidence_document(row) for row in evidence],
        "counts": {"evidence": len(evidence), **_by_stance(evidence)},
        "links": {
            "self": links.document(name, verdict.version if old else None),
            "page": links.page(name, verdict.version if old else None),
            "claim_review": links.claim_review(name),
        },
    }


def grave_of(verdict: Verdict, versions: Iterable[Verdict]) -> Verdict | None:
    """The withdrawn version that took `verdict` with it: itself or a later one. Its text is not given out again."""
    later = [row for row in versions if row.state == VerdictState.WITHDRAWN and row.version >= verdict.version]
    return min(later, key=lambda row: row.version, default=None)


def tombstone(verdict: Verdict, *, seq: int | None) -> dict[str, Any]:
    """What is left of a withdrawn verdict."""
    return {
        "id": verdict.claim.public_id,
        "version": verdict.version,
        "seq": seq,
        "status": "withdrawn",
        "deleted": True,
        "reason": verdict.withdrawal_reason,
        "withdrawn_at": _moment(verdict.withdrawn_at),
    }


def claim_document(verdict: Verdict) -> dict[str, Any]:
    """The claim as it stood when the verdict went into review."""
    claim, wording = verdict.claim, verdict.wording
    reading = wording.reading
    return {
        "id": claim.public_id,
        "external_id": claim.external_id,
        "text": wording.text,
        "claimant": verdict.claimant,
        "date": wording.date.isoformat() if wording.date else None,
        "language": wording.language,
        "quantities": [_picked(row, _QUANTITY) for row in reading.get("quantities", [])],
        "periods": [_picked(row, _PERIOD) for row in reading.get("periods", [])],
        "appearances": verdict.appearances,
    }


def corrections(verdict: Verdict, *, versions: Iterable[Verdict]) -> list[dict[str, Any]]:
    """How a version came to be, the oldest correction first: when, why, from which rating to which.

    Not every version before it: what a verdict withdrawn earlier had said is not given out again.
    """
    by_id = {version.pk: version for version in versions}
    log: list[dict[str, Any]] = []
    while before := by_id.get(verdict.corrects_id or 0):
        log.append(
            {
                "version": verdict.version,
                "at": _moment(verdict.published_at),
                "reason": verdict.correction_reason,
                "from": before.rating_label,
                "to": verdict.rating_label,
            }
        )
        verdict = before
    return log[::-1]


def evidence_document(row: Evidence) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "stance": row.stance or None,
        "relation": row.relation or None,
        "quote": row.quote,
        "sha256": row.sha256,
        "publisher": row.publisher,
        "title": row.title,
        "url": row.url,
        "published_at": _moment(row.published_at),
    }


def _status(verdict: Verdict) -> str:
    if verdict.state == VerdictState.PUBLISHED:
        return "corrected" if verdict.corrects_id else "published"
    return str(verdict.state)


def _by_stance(evidence: Iterable[Evidence]) -> dict[str, int]:
    stances = [row.stance for row in evidence]
    return {stance: stances.count(stance) for stance in Stance.values}


def _picked(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row.get(name) for name in names}


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None
