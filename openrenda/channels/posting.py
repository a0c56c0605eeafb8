"""One HTTP request to a foreign machine: to no address inside the house, without following anybody elsewhere, and never for long."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 5.0
LONGEST_ANSWER = 64 * 1024
DEFAULT_PORTS = {"https": 443, "http": 80}


class NotSent(OSError):
    """The other side could not be reached or did not take it; the message is a sentence."""


class AddressRefused(ValueError):
    """Nothing is sent to such an address; the message is a sentence."""


@dataclass(frozen=True)
class Target:
    """Where to send, with the very machine that was checked: a name that leads elsewhere a moment later changes nothing."""

    parts: SplitResult
    machine: str
    port: int


def checked(address: str, *, trusted: bool = False) -> Target:
    """The target of an address: https, or http to this very machine; nothing inside the house unless the operator allows it.

    :param trusted: the operator wrote the address down, so it may be anywhere.
    :raises AddressRefused: with the reason.
    :raises NotSent: when the name leads nowhere.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        raise AddressRefused(_("这不是一个完整的网址。")) from None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.username or parts.password:
        raise AddressRefused(_("请填完整的网址，以 https:// 开头，不带用户名和密码。"))
    machines = _machines(parts.hostname, port)
    if trusted:
        return Target(parts, machines[0], port)
    if parts.scheme == "http" and not all(ipaddress.ip_address(one).is_loopback for one in machines):
        raise AddressRefused(_("只用 https 发送；http 只许发给本机。"))
    if not all(_allowed(one) for one in machines):
        raise AddressRefused(_("这个网址在内部网络，没有得到运维人员许可（OPENRENDA_PRIVATE_NETWORKS）。"))
    return Target(parts, machines[0], port)


def _machines(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent(_("找不到主机“%(host)s”。") % {"host": host}) from None
    return list(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in found))


def _allowed(machine: str) -> bool:
    address = ipaddress.ip_address(machine)
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if address.is_global and not address.is_multicast:
        return True
    networks = (ipaddress.ip_network(words, strict=False) for words in settings.OPENRENDA_PRIVATE_NETWORKS)
    return any(address in network for network in networks)


def post(address: str, body: bytes, headers: Mapping[str, str], *, trusted: bool = False) -> bytes:
    """Send and give the answer back.

    :raises AddressRefused, NotSent: when nothing was sent, or the other side did not say 2xx.
    """
    target = checked(address, trusted=trusted)
    connection = _connection(target)
    path = (target.parts.path or "/") + (f"?{target.parts.query}" if target.parts.query else "")
    try:
        connection.request("POST", path, body, {"Host": target.parts.netloc, "User-Agent": "OpenRenda", **headers})
        answer = connection.getresponse()
        content = answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as problem:
        raise NotSent(_("没有连上或者没有答复：%(why)s") % {"why": type(problem).__name__}) from problem
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise NotSent(_("对方答复 %(status)s，没有接收。") % {"status": answer.status})
    return content


class _Pinned(http.client.HTTPSConnection):
    """A connection to the machine that was checked, with the certificate of the name that was asked for."""

    def __init__(self, target: Target) -> None:
        self.context = ssl.create_default_context()
        super().__init__(target.machine, target.port, timeout=SECONDS, context=self.context)
        self.name = target.parts.hostname or ""

    def connect(self) -> None:
        """Connect to the number, and check the certificate against the name."""
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = self.context.wrap_socket(plain, server_hostname=self.name)


def _connection(target: Target) -> http.client.HTTPConnection:
    if target.parts.scheme == "https":
        return _Pinned(target)
    return http.client.HTTPConnection(target.machine, target.port, timeout=SECONDS)
