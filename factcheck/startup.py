"""What a web process does once, before its first request."""

import gc

from django.urls import get_resolver

YOUNG_OBJECTS = 20_000
"""So many new ones begin a round through them. CPython takes 700; a page keeps 2,500 at once, a long list 15,000."""


def settle() -> None:
    """Import all views with the engine behind them, and take that out of the garbage collector's rounds.

    Otherwise each full round goes through the engine's tables: 0.1 s, in the middle of one request of thirty. And a list
    of 200 entries makes so many objects that full rounds go through it while it is made, one such request in five.
    """
    assert get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
