"""Web addresses as editors and clients give them: checked, and brought into one form for comparing."""

import hashlib
import ipaddress
import re
import socket
import unicodedata
from urllib.parse import unquote, urlsplit

from url_normalize import url_normalize

_LONGEST = 1_000  # characters: an index entry of PostgreSQL holds 2,700 bytes
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


class AddressError(ValueError):
    """Not an address the newsroom can use; the message says why."""


def check(url: str) -> str:
    """The address, stripped. Only http(s), a public host, no user name.

    Raises AddressError. Literal addresses are judged here; names are judged where they are resolved and fetched.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port is read, and found wrong, only when asked for
        fetched = _as_fetched(host or "")
        normalised(url)
    except ValueError as error:
        raise AddressError(f"{url!r} is not a web address.") from error
    if parts.scheme not in ("http", "https"):
        raise AddressError("Only http and https addresses are accepted.")
    if not host or "" in host.removesuffix(".").split(".") or any(character.isspace() for character in url):
        raise AddressError(f"{url!r} is not a web address.")
    if parts.username or parts.password:
        raise AddressError("An address with a user name or password is not accepted.")
    if _is_private(fetched):
        raise AddressError(f"{host} is an address of a private network.")
    return url


def normalised(url: str) -> str:
    """One form for addresses that lead to the same document; "" for "". Tracking parameters and fragments go."""
    if not url:
        return ""
    parts = urlsplit(url_normalize(url) or url)
    kept = [pair for pair in parts.query.split("&") if pair and not pair.lower().startswith(_TRACKING)]
    path = parts.path.rstrip("/") or "/"
    address = parts._replace(scheme="https", path=path, query="&".join(sorted(kept)), fragment="").geturl()
    if len(address) <= _LONGEST:
        return address
    return f"sha256:{hashlib.sha256(address.encode()).hexdigest()}"


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host
    return not address.is_global


def _as_fetched(host: str) -> str:
    """The host as browsers and resolvers read it: 127.1, 0x7f.1 and 2130706433 are 127.0.0.1.

    A host that ends in a number is an IPv4 address (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    Raises ValueError if it ends in one and is no address.
    """
    host = unicodedata.normalize("NFKC", unquote(host)).replace("\N{IDEOGRAPHIC FULL STOP}", ".").removesuffix(".")
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError as error:
        raise ValueError(f"{host!r} is no IPv4 address") from error
