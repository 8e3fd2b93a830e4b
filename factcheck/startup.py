"""What a web process does once, before its first request."""

import gc

from django.urls import get_resolver

YOUNG_OBJECTS, YOUNG_ROUNDS = 10_000, 3
"""So many new objects begin a round through them, so many rounds one through those that stayed. CPython takes 700 and
10. A page keeps 2,500 at once, a list of 200 entries 15,000; what of these hangs together in circles waits for a round.
"""


def settle() -> None:
    """Import all views with the engine behind them, and take that out of the garbage collector's rounds.

    Otherwise each full round goes through the engine's tables: 0.1 s, in the middle of one request of thirty. And a
    list of 200 entries makes so many objects that one such request in five has a full round in its middle.
    """
    assert get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, YOUNG_ROUNDS)
