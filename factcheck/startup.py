"""What a process does once, before its first request or its first task."""

import gc
from datetime import date

from django.urls import get_resolver

from claims.matching import compare, read

YOUNG_OBJECTS, YOUNG_ROUNDS = 50_000, 3
"""So many new objects begin a round through them, so many rounds one through those that stayed. CPython takes 700 and
10. A page keeps 2,500 at once, a list of 200 entries 15,000; what of these hangs together in circles waits for a round.
"""
_SAMPLE = "China has exported 3.86 billion masks since 1 March, officials in Beijing said on Sunday."


def settle() -> None:
    """For a web process: all views are imported."""
    assert get_resolver().url_patterns
    settle_engine()


def settle_engine() -> None:
    """The engine's tables are read, shared with processes forked later, and out of the garbage collector's rounds.

    Otherwise each full round goes through them: 0.1 s, in the middle of one request of thirty. And a list of 200
    entries makes so many objects that one such request in five has a full round in its middle; matching a report takes
    a tenth longer.
    """
    sample = read(_SAMPLE, date=date(2020, 4, 5))
    compare(sample, sample)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, YOUNG_ROUNDS)
