"""How often one caller may ask. Without a cache (Redis down) everybody may."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from claims.models import ApiToken

if TYPE_CHECKING:  # rest_framework.views imports this module by name
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


class _PatientThrottle(SimpleRateThrottle):
    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return bool(super().allow_request(request, view))
        except (RedisError, OSError) as error:
            logger.warning("requests are not counted, the cache cannot be reached: %s", error)
            return True


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
