"""ClaimReview JSON-LD (https://schema.org/ClaimReview, fields as in Google Search Central's documentation)."""

import json
from typing import Any

from django.utils import timezone

from claims.models import Verdict

_WORST, _BEST = 1, 5


def claim_review(verdict: Verdict, *, url: str, newsroom: str, newsroom_url: str) -> dict[str, Any]:
    """The markup of a published verdict. Every value also stands on the page it belongs to."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": verdict.wording.text,
        "datePublished": timezone.localdate(verdict.published_at).isoformat() if verdict.published_at else None,
        "version": verdict.version,
        "author": _without_blanks({"@type": "Organization", "name": newsroom, "url": newsroom_url}),
        "reviewRating": _rating(verdict),
        "itemReviewed": _claim(verdict, url),
    }


def as_script(document: dict[str, Any]) -> str:
    """For a `<script type="application/ld+json">` block: no text of ours or others' can close it."""
    text = json.dumps(document, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003C").replace(">", "\\u003E")


def _rating(verdict: Verdict) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict.rating_label}
    if verdict.rating_value is not None:
        rating |= {"ratingValue": verdict.rating_value, "worstRating": _WORST, "bestRating": _BEST}
    return rating


def _claim(verdict: Verdict, url: str) -> dict[str, Any]:
    author = {"@type": "Person", "name": verdict.claimant} if verdict.claimant else None
    return _without_blanks(
        {
            "@type": "Claim",
            "@id": f"{url}#claim",
            "text": verdict.wording.text,
            "author": author,
            "datePublished": verdict.wording.date.isoformat() if verdict.wording.date else None,
            "appearance": [
                _without_blanks({"@type": "CreativeWork", "url": row["url"], "publisher": row["outlet"]})
                for row in verdict.appearances
            ],
        }
    )


def _without_blanks(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value not in (None, "", [])}
