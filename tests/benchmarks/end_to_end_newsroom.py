"""`python -m tests.benchmarks.end_to_end_newsroom CLAIMS [DATA]`: claims in an empty database, and a client's token.

The token's plain text is written where the demonstration leaves its own, for whoever started the installation.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import django


def main(claims: int, data: Path | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    from django.conf import settings

    large = import_module("tests.benchmarks.large_newsroom")
    models, tokens = import_module("claims.models"), import_module("claims.services.tokens")
    accounts, workflow = import_module("claims.management.demonstration_accounts"), import_module("claims.workflow")
    large.fill(large.Size(claims, reports=0, findings=0, judged=False), data=data)
    administrator = models.User.objects.get(username="administrator-0")
    made = tokens.create_token(name="Wire", scopes=[workflow.Scope.WRITE_REPORTS], by=administrator, now=large.NOW)
    (settings.DATA_DIR / accounts.TOKEN_FILE).write_text(made.plain)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
