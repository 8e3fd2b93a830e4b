"""How often one caller may ask. Without a cache (Redis down) everybody may.

Requests are counted by period of the clock, a number for each caller: rest_framework keeps the times of all requests
of the last period and sends them to the cache and back with each, 3,600 of them for a client that sends 60 a second.
Price: around the end of a period twice as many may pass.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from claims.models import ApiToken

if TYPE_CHECKING:  # rest_framework.views imports this module by name
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


class _PatientThrottle(SimpleRateThrottle):
    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: APIView) -> bool:
        if self.rate is None:
            return True
        try:
            return self._count(str(self.get_cache_key(request, view))) <= self.num_requests
        except (RedisError, OSError) as error:
            logger.warning("requests are not counted, the cache cannot be reached: %s", error)
            return True

    def wait(self) -> float:
        """Seconds until the next period begins."""
        return float(self.duration - self.timer() % self.duration)

    def _count(self, caller: str) -> int:
        key = f"{caller}_{int(self.timer() // self.duration)}"
        try:
            return int(cache.incr(key))
        except ValueError:
            return 1 if cache.add(key, 1, timeout=self.duration) else int(cache.incr(key))


class CallerThrottle(_PatientThrottle):
    """Counts by token, by person, or by address for whoever is neither."""

    scope = "caller"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        if isinstance(request.auth, ApiToken):
            caller = f"token-{request.auth.pk}"
        elif request.user.is_authenticated:
            caller = f"person-{request.user.pk}"
        else:
            caller = f"address-{self.get_ident(request)}"
        return self.cache_format % {"scope": self.scope, "ident": caller}


class WrongTokenThrottle(_PatientThrottle):
    """Counts by address the tokens that were refused."""

    scope = "wrong_token"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
