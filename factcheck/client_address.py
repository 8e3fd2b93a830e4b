"""Where a request comes from, for counting failed sign-ins."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address before our own TRUSTED_PROXIES, as the API counts it; without them, that of the connection.

    What is no address (the column takes nothing else) gives way to that of the connection, which a test's request or
    a socket may lack.
    """
    connection: str | None = request.META.get("REMOTE_ADDR") or None
    proxies = int(str(settings.REST_FRAMEWORK["NUM_PROXIES"]))
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies == 0:
        return connection
    try:
        return str(ipaddress.ip_address(forwarded[-min(proxies, len(forwarded))].strip()))
    except ValueError:
        return connection
