"""Asking other people's servers: safely (no private address, after resolution), bounded, politely.

Address and port are vetted on every hop where the connection is opened, so a name that changes its address between the
look and the call gains nothing. `open_to` lets tests reach their own server; no setting does.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import httpcore
from django.conf import settings
from django.utils.translation import gettext as _

MOST_BYTES = 5 * 2**20  # as they come and as they are unpacked
MOST_SECONDS = 5.0
MOST_HOPS = 5
REDIRECTS = (301, 302, 303, 307, 308)
PORTS = frozenset((80, 443))
# What `is_global` lets pass though it leads inside: NAT64, 6to4, Teredo.
CLOSED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class FetchError(Exception):
    """The address gave nothing usable; the text says why, `retry_after` in how many seconds to come again."""

    def __init__(self, message: str, *, status: int = 0, retry_after: int = 0) -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after


@dataclass(frozen=True)
class Fetched:
    """What came: `status` 304 has no body."""

    url: str
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""  # as it came, still packed; kept when asked for
    raw_headers: tuple[tuple[str, str], ...] = ()
    took: float = 0.0  # seconds

    @property
    def seconds_left(self) -> float:
        """What fetching left of the page's time for reading it."""
        return max(1.0, MOST_SECONDS - self.took)

    def asked_as(self, url: str) -> Fetched:
        """The same answer under the address that was asked, whatever it led to."""
        return replace(self, url=url)

    @property
    def charset(self) -> str:
        kind = self.headers.get("content-type", "").lower()
        return kind.partition("charset=")[2].split(";")[0].strip(" \"'")


def is_open(address: str) -> bool:
    """Whether the address belongs to the outer world."""
    ip: Any = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    shut = ip.is_multicast or ip.is_reserved or ip.is_unspecified
    return ip.is_global and not shut and not any(ip in net for net in CLOSED if net.version == ip.version)


class _Stream(httpcore.NetworkStream):
    """A connection under one clock: each read gets only what is left of the whole time."""

    def __init__(self, inner: httpcore.NetworkStream, ends_at: float) -> None:
        self.inner, self.ends_at = inner, ends_at

    def _left(self) -> float:
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self._left())

    def close(self) -> None:
        self.inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: Any = None) -> _Stream:
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, self._left()), self.ends_at)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class GuardedBackend(httpcore.SyncBackend):
    """Connects only to vetted addresses: resolves once, vets all that came, connects to what was vetted."""

    def __init__(self, ends_at: float, open_to: Iterable[tuple[str, int]] = ()) -> None:
        super().__init__()
        self.ends_at, self.open_to = ends_at, frozenset(open_to)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        try:
            found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise FetchError(_("The name of the server is not known.")) from error
        for address in found:
            if (address, port) not in self.open_to and (port not in PORTS or not is_open(address)):
                raise FetchError(
                    _("The address leads inside a network or to a closed port: it is not asked.")
                )
        refused = httpcore.ConnectError()
        left = max(0.1, self.ends_at - time.monotonic())
        for address in found:  # the first that answers: not every network has IPv6
            try:
                return _Stream(
                    super().connect_tcp(address, port, left, local_address, socket_options), self.ends_at
                )
            except httpcore.ConnectError as error:
                refused = error
        raise refused

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise FetchError(_("The address leads inside a network or to a closed port: it is not asked."))


class Fetcher:
    """Asks one address at a time; `open_to` are (address, port) pairs of a test's own server."""

    def __init__(
        self,
        *,
        open_to: Iterable[tuple[str, int]] = (),
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        self.open_to, self.most_bytes, self.most_seconds = tuple(open_to), most_bytes, most_seconds

    @property
    def agent(self) -> str:
        return f"AlytausRysiai/1.0 (+{settings.PUBLIC_URL}; {parseaddr(settings.DEFAULT_FROM_EMAIL)[1]})"

    def get(self, url: str, *, etag: str = "", last_modified: str = "", is_raw: bool = False) -> Fetched:
        """The page, or a FetchError with its reason; conditional when something is remembered of it."""
        began = time.monotonic()
        ends_at = began + self.most_seconds
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        for _hop in range(MOST_HOPS + 1):
            answer = self._ask(url, {name: value for name, value in asked.items() if value}, ends_at, is_raw)
            if answer.status not in REDIRECTS:
                return replace(self._judged(answer), took=time.monotonic() - began)
            url = _joined(url, answer.headers.get("location", ""))
        raise FetchError(_("The address leads on and on in a circle."))

    def leads_to(self, url: str, is_wanted: Callable[[str], bool]) -> str:
        """The first wanted address on the way of redirects, not asked itself; empty when the way ends elsewhere."""
        ends_at = time.monotonic() + self.most_seconds
        for _hop in range(MOST_HOPS + 1):
            if is_wanted(url):
                return url
            answer = self._ask(url, {}, ends_at, wants_body=False)
            if answer.status not in REDIRECTS:
                return ""
            url = _joined(url, answer.headers.get("location", ""))
        raise FetchError(_("The address leads on and on in a circle."))

    def _ask(
        self, url: str, more: dict[str, str], ends_at: float, is_raw: bool = False, *, wants_body: bool = True
    ) -> Fetched:
        try:
            parts = urlsplit(url)
            is_web = parts.scheme in ("http", "https") and parts.hostname and not parts.username
        except ValueError:
            is_web = False
        if not is_web:
            raise FetchError(_("Only addresses that begin with http or https are asked."))
        if not parts.netloc.isascii():
            try:
                url = parts._replace(netloc=parts.netloc.encode("idna").decode()).geturl()
            except UnicodeError as error:
                raise FetchError(_("The address is not written properly.")) from error
        url = quote(url, safe=":/?#[]@!$&'()*+,;=%~")  # letters of other alphabets travel encoded
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip", "Accept": "*/*", **more}
        try:
            with (
                httpcore.ConnectionPool(network_backend=GuardedBackend(ends_at, self.open_to)) as pool,
                pool.stream("GET", url, headers=list(headers.items())) as response,
            ):
                rows = tuple(
                    (key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers
                )
                heads = {key.lower(): value for key, value in rows}
                raw = bytearray()
                if response.status != 200 or not wants_body:
                    return Fetched(url, response.status, headers=heads)
                body = self._body(response, heads, ends_at, raw if is_raw else None)
                return Fetched(url, response.status, body, heads, bytes(raw), rows if is_raw else ())
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise FetchError(_("The server answers too slowly: it was cut off.")) from error
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
        ) as error:
            raise FetchError(_("The server cannot be reached or speaks no proper HTTP.")) from error
        except (UnicodeError, ValueError) as error:
            raise FetchError(_("The address is not written properly.")) from error

    def _body(
        self, response: httpcore.Response, heads: dict[str, str], ends_at: float, raw: bytearray | None
    ) -> bytes:
        coding = heads.get("content-encoding", "identity").lower().strip()
        if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise FetchError(_("The page is packed in a way that was not asked for."))
        unpack = None if coding in ("identity", "") else zlib.decompressobj(47)
        came, body = 0, bytearray()
        for chunk in response.iter_stream():  # as it comes: a fixed size would wait and hide a slow server
            came += len(chunk)
            if raw is not None and came <= self.most_bytes:
                raw += chunk
            if time.monotonic() > ends_at:
                raise httpcore.ReadTimeout
            if unpack:
                try:
                    chunk = unpack.decompress(chunk, self.most_bytes + 1 - len(body))
                except zlib.error as error:
                    raise FetchError(_("The page is packed wrongly.")) from error
            body += chunk
            if came > self.most_bytes or len(body) > self.most_bytes or (unpack and unpack.unconsumed_tail):
                raise FetchError(_("The page is too big: it was cut off at 5 MB."))
        return bytes(body)

    @staticmethod
    def _judged(answer: Fetched) -> Fetched:
        if answer.status in (200, 304):
            return answer
        after = answer.headers.get("retry-after", "")
        raise FetchError(
            _("The server answered: %(status)s.") % {"status": answer.status},
            status=answer.status,
            retry_after=min(int(after), 86_400) if after.isdecimal() and len(after) < 8 else 0,
        )


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(_("The address is not written properly.")) from error
