"""Who calls: an API token in the Authorization header, else the session (rest_framework's own class)."""

import binascii
from datetime import timedelta

from django.utils import timezone
from knox.crypto import hash_token
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from claims.api.throttling import WrongTokenThrottle
from claims.models import ApiToken, User

_SCHEMES = ("token", "bearer")
_LAST_USED_STEP = timedelta(minutes=1)


class ApiTokenAuthentication(BaseAuthentication):
    """`Authorization: Token ...` (or Bearer). The token is looked up by its digest; only that is stored."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, plain = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() not in _SCHEMES:
            return None
        token = _token_of(plain.strip())
        if token is None or not token.user.is_active:
            _count_refusal(request)
            raise AuthenticationFailed("This token is not valid: it may have been revoked.", code="invalid_token")
        if token.expiry is not None and token.expiry <= timezone.now():
            _count_refusal(request)
            raise AuthenticationFailed(f"This token expired on {token.expiry:%Y-%m-%d}.", code="expired_token")
        _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"


def _token_of(plain: str) -> ApiToken | None:
    try:
        digest = hash_token(plain)
    except (TypeError, ValueError, binascii.Error):
        return None
    return ApiToken.objects.select_related("user").filter(digest=digest).first()


def _count_refusal(request: Request) -> None:
    """Only refused tokens: a good one is answered, whoever else calls from the same address."""
    throttle = WrongTokenThrottle()
    if not throttle.allow_request(request, request.parser_context["view"]):
        raise Throttled(wait=throttle.wait())


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used is None or now - token.last_used > _LAST_USED_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used=now)
