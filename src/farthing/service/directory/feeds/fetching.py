"""Fetching from a server that nobody here looks after: for so long, so many bytes, and from no address inside our own network.

Each name is looked up once, and what was found is looked at and then connected to, so that it cannot be another one by
then. Only the address a feed was added with may be inside our network: a server that sends elsewhere may send to public
addresses alone.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from farthing.base.refusal import Problem, Refusal

SECONDS_OF_SILENCE = 20
MOST_REDIRECTS = 3
MOST_AT_ONCE = 64 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``is_unchanged`` where nothing has changed since the one with the ETag that was sent."""

    content: bytes
    etag: str
    is_unchanged: bool = False


def fetch(url: str, *, etag: str = "", most_bytes: int, seconds: float = 60) -> Fetched:
    """Ask for an address, within so many bytes and seconds. Raises ``Refusal`` with what was wrong, whatever it was."""
    until = monotonic() + seconds
    for number in range(MOST_REDIRECTS + 1):
        connection = _connection(url, may_be_ours=number == 0)
        try:
            response = _asked(connection, urlsplit(url), etag)
            if response.status not in REDIRECTS:
                return _read(response, most_bytes, until)
            url = urljoin(url, response.getheader("Location") or "")
        except TimeoutError:
            raise _refusal("does not answer in time") from None
        except (OSError, HTTPException, ValueError) as error:
            raise _refusal(f"broke off: {type(error).__name__}") from error
        finally:
            connection.close()
    raise _refusal("sends from one address to the next")


def checked(url: str) -> SplitResult:
    """The parts of an address. Raises ``Refusal`` where it is none that can be asked."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise _refusal("is no address") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise _refusal("is no address that begins with https:// or http://")
    if parts.username or parts.password:
        raise _refusal("has a name or a password in its address")
    return parts


def _connection(url: str, *, may_be_ours: bool) -> HTTPConnection:
    parts = checked(url)
    port = parts.port or PORTS[parts.scheme]
    found = _looked_up(parts.hostname or "", port)
    if not may_be_ours and not all(_is_public(each) for each in found):
        raise _refusal("sends to an address inside a network of its own")
    if parts.scheme == "https":
        return _InPrivate(parts.hostname or "", port, found)
    return _Plainly(parts.hostname or "", port, found)


class _Plainly(HTTPConnection):
    """A connection to one of the addresses that were looked up before."""

    def __init__(self, host: str, port: int, addresses: list[str]):
        super().__init__(host, port, timeout=SECONDS_OF_SILENCE)
        self._addresses = addresses

    def connect(self) -> None:
        self.sock = _connected(self._addresses, self.port)


class _InPrivate(HTTPSConnection):
    """The same, with the name on the certificate checked."""

    def __init__(self, host: str, port: int, addresses: list[str]):
        self._private = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS_OF_SILENCE, context=self._private)
        self._addresses = addresses

    def connect(self) -> None:
        self.sock = self._private.wrap_socket(_connected(self._addresses, self.port), server_hostname=self.host)


def _connected(addresses: list[str], port: int) -> socket.socket:
    """A connection to the first of them that takes one."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, port), SECONDS_OF_SILENCE)
    return socket.create_connection((last, port), SECONDS_OF_SILENCE)


def _looked_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _refusal(f"is not to be found: there is no {host}") from None
    return [str(each[4][0]) for each in found]


def _is_public(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return inner.is_global and not inner.is_multicast


def _asked(connection: HTTPConnection, parts: SplitResult, etag: str) -> HTTPResponse:
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Farthing"}
    if etag:
        headers["If-None-Match"] = etag
    connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=headers)
    return connection.getresponse()


def _read(response: HTTPResponse, most_bytes: int, until: float) -> Fetched:
    etag = response.getheader("ETag") or ""
    if response.status == 304:
        return Fetched(b"", etag, is_unchanged=True)
    if response.status != 200:
        raise _refusal(f"answers with status {response.status}")
    if (response.getheader("Content-Encoding") or "identity").lower() != "identity":
        raise _refusal("sends what is packed, which was not asked for")
    return Fetched(b"".join(_pieces(response, most_bytes, until)), etag)


def _pieces(response: HTTPResponse, most_bytes: int, until: float) -> Iterator[bytes]:
    left, promised = most_bytes, response.length
    while piece := response.read1(MOST_AT_ONCE):
        left -= len(piece)
        if left < 0:
            raise _refusal("sends more than is read")
        if monotonic() > until:
            raise _refusal("takes too long to send an answer")
        yield piece
    if promised is not None and most_bytes - left < promised:
        raise _refusal("broke off in the middle of an answer")


def _refusal(problem: str) -> Refusal:
    return Refusal(Problem("", problem, "Ask whoever looks after it", called="this directory"))
