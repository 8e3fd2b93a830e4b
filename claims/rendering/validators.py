"""ETags of public verdicts, from one short query: what a page or a document says follows from nothing else."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.template import engines

from claims.models import Verdict
from claims.rendering.verdict_document import grave_of
from claims.workflow import VerdictState

_PACKAGE = Path(__file__).parent.parent
_FOLDERS = ("rendering", "web", "api", "templatetags")


def verdict_etag(request: HttpRequest, claim_id: str, number: int | None = None) -> str | None:
    """Of the version in force, or of version `number`; None for what is not answered with a 200.

    Each move of a version sets its `updated_at`, and its content is frozen since it went into review.
    """
    versions = list(
        Verdict.objects.public()
        .filter(claim__public_id=claim_id)
        .order_by("-version")
        .only("public_id", "version", "state", "updated_at")
    )
    named = [row for row in versions if (row.version == number if number else row.state == VerdictState.PUBLISHED)]
    if not named or grave_of(named[0], versions):
        return None
    states = [f"{row.public_id} {row.state} {row.updated_at.isoformat()}" for row in versions]
    newsroom = (settings.NEWSROOM_NAME, settings.NEWSROOM_URL, settings.TIME_ZONE)
    parts = (request.build_absolute_uri(), *newsroom, _look(), *states)
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


@cache
def _look() -> str:
    """Of the code and the templates that make the pages: another release may say the same in other words."""
    folders = [Path(folder) for folder in engines["django"].dirs]
    folders += [_PACKAGE / folder for folder in _FOLDERS]
    digest = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".html", ".py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
