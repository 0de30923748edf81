"""The server's side of its worker processes: having them forked, asking them, ending them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from policygraph.child import command, environment
from policygraph.serve.limits import Limits
from policygraph.serve.wire import HEAD, pack
from policygraph.serve.worker import unfinished

_READY_SECONDS = 30
_TICKS = os.sysconf("SC_CLK_TCK")


class WorkerGone(Exception):
    """The worker has ended without an answer."""


class Channel(asyncio.Protocol):
    """The socket to a worker: one message out, one message back."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.reply: asyncio.Future[tuple[dict[str, Any], bytes]] | None = None
        self._data = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._data += data
        self._deliver()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.reply is not None and not self.reply.done():
            self.reply.set_exception(WorkerGone())

    def expect(self) -> asyncio.Future[tuple[dict[str, Any], bytes]]:
        """A future of the next message."""
        self.reply = asyncio.get_running_loop().create_future()
        self._deliver()
        if not self.reply.done() and (self.transport is None or self.transport.is_closing()):
            self.reply.set_exception(WorkerGone())
        return self.reply

    def _deliver(self) -> None:
        if self.reply is None or self.reply.done() or len(self._data) < HEAD.size:
            return
        head, body = HEAD.unpack_from(self._data)
        start, end = HEAD.size + head, HEAD.size + head + body
        if len(self._data) >= end:
            message = bytes(self._data)
            self._data.clear()
            self.reply.set_result((json.loads(message[HEAD.size : start]), message[start:end]))


class Worker:
    """A process that answers one query at a time."""

    def __init__(self, pid: int, ended: asyncio.Future[int], channel: Channel, nursery: NurseryClient) -> None:
        self.pid, self.ended, self._channel, self._nursery = pid, ended, channel, nursery
        #: Processor time at its last answer, as it says itself.
        self.known_seconds = 0.0

    @property
    def alive(self) -> bool:
        """Whether it has not ended as far as is known."""
        return not self.ended.done()

    def ask(self, query: bytes, options: dict[str, Any]) -> asyncio.Future[tuple[dict[str, Any], bytes]]:
        """Send a query; the future holds head and body of the reply, or `WorkerGone`."""
        reply = self._channel.expect()
        if self._channel.transport is not None:
            self._channel.transport.write(pack(options, query))
        return reply

    def used_seconds(self) -> float | None:
        """Processor time that it has used since its last answer; None where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / _TICKS - self.known_seconds

    def slow_down(self, niceness: int) -> None:
        """Let it run behind others."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, niceness)

    async def end(self) -> int:
        """End it at once and say how it ended."""
        if self._channel.reply is not None:
            self._channel.reply.cancel()
        if self._channel.transport is not None:
            self._channel.transport.abort()
        self._nursery.kill(self.pid)
        code = await self.ended
        unfinished(self._nursery.spool, self.pid).unlink(missing_ok=True)
        return code


class NurseryClient:
    """Has workers forked by a process of `serve.nursery`, which is started when it is first needed."""

    def __init__(self, spool: Path, limits: Limits, services: Sequence[str] = ()) -> None:
        self.spool = spool
        self._arguments = [str(spool), str(limits.memory_mb), str(limits.result_mb), json.dumps(services)]
        self._process: asyncio.subprocess.Process | None = None
        self._socket: socket.socket | None = None
        self._waiting = b""
        self._born: deque[asyncio.Future[tuple[int, asyncio.Future[int]]]] = deque()
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._starting = asyncio.Lock()

    async def spawn(self, store: Path) -> Worker:
        """A worker that has opened the store.

        Raises:
            WorkerGone: the store cannot be opened.
        """
        async with self._starting:
            if self._socket is None:
                await self._start()
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        born: asyncio.Future[tuple[int, asyncio.Future[int]]] = loop.create_future()
        with theirs:
            self._born.append(born)
            self._send({"store": str(store)}, [theirs.fileno()])
        _, channel = await loop.create_connection(Channel, sock=ours)
        worker = Worker(*await born, channel, self)
        try:
            await asyncio.wait_for(channel.expect(), _READY_SECONDS)
        except (WorkerGone, TimeoutError):
            await worker.end()
            raise WorkerGone from None
        return worker

    def kill(self, pid: int) -> None:
        """End a worker."""
        if self._socket is not None:
            self._send({"kill": pid})

    async def close(self) -> None:
        """End the nursery, and with it all workers."""
        if self._socket is not None:
            self._lost()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                *command("policygraph.serve.nursery", str(theirs.fileno()), *self._arguments),
                env=environment(),
                pass_fds=(theirs.fileno(),),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
            )
        ours.setblocking(False)
        self._socket = ours
        asyncio.get_running_loop().add_reader(ours.fileno(), self._hear)

    def _send(self, command: dict[str, object], descriptors: Sequence[int] = ()) -> None:
        if self._socket is not None:
            try:
                # A line is far smaller than the buffer of the socket, and the nursery is always quick to read.
                socket.send_fds(self._socket, [json.dumps(command).encode() + b"\n"], descriptors)
            except OSError:
                self._lost()

    def _hear(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost()
            return
        *lines, self._waiting = (self._waiting + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "code" not in message:
                ended = self._ends[message["pid"]] = asyncio.get_running_loop().create_future()
                born = self._born.popleft()
                if born.done():
                    self.kill(message["pid"])
                else:
                    born.set_result((message["pid"], ended))
                continue
            last = self._ends.pop(message["pid"])
            if not last.done():
                last.set_result(message["code"])

    def _lost(self) -> None:
        """The nursery has gone, and its workers with it; the next spawn starts another."""
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket.fileno())
            self._socket.close()
            self._socket = None
        self._waiting = b""
        for born in self._born:
            if not born.done():
                born.set_exception(WorkerGone())
        for ended in self._ends.values():
            if not ended.done():
                ended.set_result(-signal.SIGKILL)
        self._born.clear()
        self._ends.clear()
