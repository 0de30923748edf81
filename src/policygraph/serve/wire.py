"""How the server and a worker talk: a JSON head and a body, each with its length in front."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

HEAD = struct.Struct("!II")


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """One message.

    >>> HEAD.unpack(pack({"a": 1}, b"xy")[:8])
    (8, 2)
    """
    text = json.dumps(head).encode()
    return HEAD.pack(len(text), len(body)) + text + body


def receive(channel: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Wait for one message; None when the other side has gone."""
    first = _exactly(channel, HEAD.size)
    if first is None:
        return None
    head_size, body_size = HEAD.unpack(first)
    head, body = _exactly(channel, head_size), _exactly(channel, body_size)
    return None if head is None or body is None else (json.loads(head), body)


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = channel.recv(min(size - len(data), 1 << 20))
        if not piece:
            return None
        data += piece
    return bytes(data)
