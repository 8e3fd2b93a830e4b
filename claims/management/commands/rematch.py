"""`manage.py rematch`: match all stored reports anew after the engine's policy has changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims import live_index
from claims.management.bar import show_progress
from claims.services.rematch import left_to_rematch, rematch_batch
from claims.workflow import SYSTEM


class Command(BaseCommand):
    help = (
        "Match every stored report that was matched by another version of the engine's policy. "
        "Interrupted, it goes on where it stopped; workers may go on meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        live_index.prepare()
        total, done, last = left_to_rematch(), 0, 0
        show_progress(self.stdout, "Reports matched anew", done, total)
        while batch := rematch_batch(after=last, by=SYSTEM, now=timezone.now()):
            done, last = done + batch.count, batch.last
            for public_id, why in batch.failures.items():
                self.stderr.write(f"\nreport {public_id} stays as it was: {why}")
            show_progress(self.stdout, "Reports matched anew", done, max(total, done))
