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
    """Wait for one message; None when the other side has gone.

    The two sides take turns, so whatever comes belongs to this message.
    """
    data, size = bytearray(), HEAD.size
    while len(data) < size:
        piece = channel.recv(1 << 20)
        if not piece:
            return None
        data += piece
        if size == HEAD.size and len(data) >= size:
            head_size, body_size = HEAD.unpack_from(data)
            size += head_size + body_size
    message = bytes(data)
    start = HEAD.size + head_size
    return json.loads(message[HEAD.size : start]), message[start:size]
