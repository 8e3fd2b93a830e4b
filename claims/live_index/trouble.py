"""What kept a machine from writing its index file, told by the process that tried and shown by any other.

Kept in the cache: without that, the log alone tells.
"""

import logging
import socket
from contextlib import suppress
from typing import NamedTuple

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
_KEY = "index-file-trouble"
_SECONDS = 15 * 60
"""Where the file is needed it is tried again after seconds, and the trouble told again."""


class Trouble(NamedTuple):
    """The last machine that could not write its index file, and why."""

    machine: str
    reason: str


def keep(error: OSError) -> None:
    """Never raises."""
    logger.warning("the index file was not written: %s", error)
    try:
        cache.set(_KEY, (socket.gethostname(), error.strerror or str(error)), timeout=_SECONDS)
    except (RedisError, OSError) as other:
        logger.warning("that the index file was not written stands in the log alone: %s", other)


def over() -> None:
    """A file was written: what was told of this machine is no longer so. Never raises."""
    known = of_lately()
    if known is None or known.machine != socket.gethostname():
        return
    with suppress(RedisError, OSError):
        cache.delete(_KEY)


def of_lately() -> Trouble | None:
    """What was told last, unless a file was written there since or it is long ago; None without a cache."""
    try:
        kept = cache.get(_KEY)
    except (RedisError, OSError):
        return None
    return None if kept is None else Trouble(*kept)
