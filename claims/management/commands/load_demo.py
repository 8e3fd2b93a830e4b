"""`manage.py load_demo`: the demonstration newsroom, on the embedded profile alone."""

from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.management import demonstration
from claims.management.bar import show_progress
from claims.management.demonstration_accounts import TOKEN_FILE
from claims.models import Claim, Finding, Report


class Command(BaseCommand):
    help = "Load the demonstration newsroom: people, claims, reports, findings and verdicts. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "load_demo makes accounts with published passwords: it runs on the embedded profile only, "
                "and DATABASE_URL is set."
            )
        # This command matches what it loads itself: nothing needs to be sent, and Redis need not run.
        current_app.conf.update(broker_url="memory://localhost")
        demonstration.load(token_file=settings.DATA_DIR / TOKEN_FILE, now=timezone.now(), progress=self._show_progress)
        self.stdout.write(
            f"The newsroom has {Claim.objects.count()} claims, {Report.objects.present().count()} reports and "
            f"{Finding.objects.current().count()} findings."
        )

    def _show_progress(self, done: int, total: int) -> None:
        show_progress(self.stdout, "Reports matched", done, total)
