"""What kept machines from writing their index file, told by the process that tried and shown by any other.

Kept in the cache: without that, the log alone tells.
"""

import logging
import socket

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
_KEY = "index-file-trouble"
_SECONDS = 15 * 60
"""Where the file is needed it is tried again after seconds, and the trouble told again."""


def keep(error: OSError) -> None:
    """This machine could not write its file. Never raises."""
    logger.warning("the index file was not written: %s", error)
    _set({**of_lately(), socket.gethostname(): error.strerror or str(error)})


def over() -> None:
    """This machine has written a file. Never raises."""
    kept = of_lately()
    if kept.pop(socket.gethostname(), None) is not None:
        _set(kept)


def of_lately() -> dict[str, str]:
    """By machine, why it could not write its file when it last tried; empty without a cache."""
    try:
        return dict(cache.get(_KEY, {}))
    except (RedisError, OSError):
        return {}


def _set(kept: dict[str, str]) -> None:
    try:
        cache.set(_KEY, kept, timeout=_SECONDS)
    except (RedisError, OSError) as error:
        logger.warning("what became of the index file stands in the log alone: %s", error)
