"""Is the record of events as it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.models import Event
from claims.services.audit import verify_chain


class Command(BaseCommand):
    help = "Recompute the chain of hashes over all events; fails at the first that was changed, removed or inserted."

    def handle(self, *args: Any, **options: Any) -> None:
        broken_at = verify_chain()
        if broken_at is not None:
            raise CommandError(f"The record is broken at event {broken_at}: it was changed outside the workbench.")
        self.stdout.write(f"All {Event.objects.count()} events are as they were written.")
