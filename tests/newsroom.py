"""`python -m tests.newsroom`: the demonstration on the production profile, where the load_demo command refuses."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()

    from django.conf import settings
    from django.utils import timezone

    from claims.management import demonstration
    from claims.management.demonstration_accounts import TOKEN_FILE

    demonstration.load(token_file=settings.DATA_DIR / TOKEN_FILE, now=timezone.now(), progress=lambda done, total: None)
