"""How a server is set up: where it listens, who may do what."""

from __future__ import annotations

import hmac
import ipaddress
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from policygraph.errors import UsageError
from policygraph.serve.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a server is told at its start.

    `read_token` guards every page; `write_token` guards updates. Either is sent
    as a bearer token, or as the password of basic authentication.
    """

    build: Path
    host: str = "127.0.0.1"
    port: int = 8080
    limits: Limits = field(default_factory=Limits)
    services: tuple[str, ...] = ()
    writable: bool = False
    read_token: str | None = None
    write_token: str | None = None
    cors: str = "*"
    public: bool = False
    names: tuple[str, ...] = ()
    stop_seconds: int = 10

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.public:
            raise UsageError(
                f"'{self.host}' can be reached from other machines",
                hint="add --public if that is meant, and a token if not everybody may read",
            )
        if self.writable and not self.write_token:
            raise UsageError(
                "a writable server needs a token", hint="set POLICYGRAPH_WRITE_TOKEN to a long random word"
            )

    def may_read(self, authorization: str | None) -> bool:
        """Whether a request with this Authorization header may read."""
        return self.read_token is None or _matches(authorization, self.read_token, self.write_token)

    def may_write(self, authorization: str | None) -> bool:
        """Whether a request with this Authorization header may change the graph."""
        return self.writable and _matches(authorization, self.write_token)

    def answers_to(self, host_header: str) -> bool:
        """Whether the Host header names this server.

        A page from elsewhere could otherwise point its own name at this machine
        and read the graph through the reader's browser.
        """
        name = _host_name(host_header)
        if not is_loopback(self.host):
            return not self.names or name in self.names
        return is_loopback(name) or name in self.names


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_name(header: str) -> str:
    if header.startswith("["):
        return header[1 : header.find("]")].lower()
    return header.rpartition(":")[0].lower() if ":" in header else header.lower()


def _matches(authorization: str | None, *tokens: str | None) -> bool:
    kind, _, value = (authorization or "").partition(" ")
    given = value.strip()
    if kind.lower() == "basic":
        try:
            given = b64decode(given, validate=True).decode("utf-8").partition(":")[2]
        except (Base64Error, UnicodeDecodeError):
            return False
    elif kind.lower() != "bearer":
        return False
    return any(hmac.compare_digest(given.encode(), t.encode()) for t in tokens if t)
