"""Workers in two lanes, so that small queries are answered whatever the large ones do.

Every query starts in the quick lane. One that outlives its slice moves to the
slow lane with its worker, at low priority, if there is room; else it is ended
and waits for a slow worker. Queries of a form that proved slow go to the slow
lane at once. The time limit counts running time, not waiting.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import re
import signal
import socket
import sys
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policygraph.errors import PolicyGraphError
from policygraph.serve.limits import Limits
from policygraph.serve.wire import HEAD, pack

_SLOW_NICENESS = 10
_REMEMBERED_FORMS = 1000
_LARGE_QUERY = 64 * 1024
_VALUES = re.compile(r"""<[^<>\s]*>|"[^"\n]*"|'[^'\n]*'|\d+""")


class PoolError(PolicyGraphError):
    """A query was ended or turned away; `kind` is a word for logs and metrics."""

    def __init__(self, kind: str, message: str, status: int) -> None:
        super().__init__(message)
        self.kind, self.status = kind, status

    @property
    def passing(self) -> bool:
        """Whether the same query may succeed in a moment; one that reached a limit will not."""
        return self.kind in ("busy", "worker died")


@dataclass(slots=True)
class Answer:
    """A result: its format's name, and its bytes or the file that holds them."""

    format: str
    size: int
    body: bytes
    file: str
    seconds: float


@dataclass(slots=True, eq=False)
class Worker:
    """A process and the socket to it."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def receive(self) -> tuple[dict[str, Any], bytes]:
        """The next message of the worker."""
        head_size, body_size = HEAD.unpack(await self.reader.readexactly(HEAD.size))
        head = json.loads(await self.reader.readexactly(head_size))
        return head, await self.reader.readexactly(body_size)

    async def end(self) -> int:
        """End the process at once and say how it ended."""
        self.writer.close()
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        return await self.process.wait()


@dataclass(slots=True)
class Lane:
    """Workers of one kind: `room` counts free places, `idle` holds those that wait for work."""

    room: asyncio.Semaphore
    idle: list[Worker] = field(default_factory=list)
    waiting: int = 0


class Pool:
    """Answers queries over one read-only store."""

    def __init__(self, store: Path, spool: Path, limits: Limits, services: tuple[str, ...] = ()) -> None:
        self.store, self.spool, self.limits, self.services = store, spool, limits, services
        self.quick = Lane(asyncio.Semaphore(limits.quick_workers))
        self.slow = Lane(asyncio.Semaphore(limits.slow_workers))
        self.replaced = 0
        self.running = 0
        self._slow_forms: OrderedDict[str, None] = OrderedDict()
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the quick workers, all at once.

        Raises:
            PoolError: the store cannot be opened.
        """
        self.quick.idle += await asyncio.gather(*(self._spawn() for _ in range(self.limits.quick_workers)))

    async def close(self) -> None:
        """End all idle workers; running queries end theirs when done."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        for lane in (self.quick, self.slow):
            while lane.idle:
                await lane.idle.pop().end()

    async def run(self, query: bytes, options: dict[str, Any]) -> Answer:
        """Answer one query.

        Raises:
            PoolError: malformed (400), refused (403), too long, too large or the server is busy (503).
        """
        form = query_form(query)
        self.running += 1
        try:
            if form not in self._slow_forms and len(query) < _LARGE_QUERY:
                answer = await self._in_quick_lane(query, options, form)
                if answer is not None:
                    return answer
            return await self._in_slow_lane(query, options)
        finally:
            self.running -= 1

    async def _in_quick_lane(self, query: bytes, options: dict[str, Any], form: str) -> Answer | None:
        await self._enter(self.quick)
        worker, begin, moved = await self._take(self.quick), time.perf_counter(), False
        try:
            reply = asyncio.ensure_future(self._ask(worker, query, options))
            done, _ = await asyncio.wait({reply}, timeout=self.limits.slice)
            if not done:
                self._remember(form)
                moved = not self.slow.room.locked()
                if not moved:
                    await self._stop(reply, worker)
                    self._refill(self.quick)
                    return None
                await self.slow.room.acquire()
                self.quick.room.release()
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, worker.process.pid, _SLOW_NICENESS)
                self._refill(self.quick)
                await asyncio.wait({reply}, timeout=self.limits.seconds - self.limits.slice)
            return await self._finish(reply, worker, None if moved else self.quick, begin)
        except asyncio.CancelledError:
            await worker.end()
            raise
        finally:
            (self.slow if moved else self.quick).room.release()

    async def _in_slow_lane(self, query: bytes, options: dict[str, Any]) -> Answer:
        await self._enter(self.slow)
        try:
            worker, begin = await self._take(self.slow), time.perf_counter()
            try:
                reply = asyncio.ensure_future(self._ask(worker, query, options))
                await asyncio.wait({reply}, timeout=self.limits.seconds)
                return await self._finish(reply, worker, self.slow, begin)
            except asyncio.CancelledError:
                await worker.end()
                raise
        finally:
            self.slow.room.release()

    async def _finish(
        self, reply: asyncio.Future[tuple[dict[str, Any], bytes]], worker: Worker, home: Lane | None, begin: float
    ) -> Answer:
        """Turn a reply, or its absence, into an answer or an error; the worker goes home or ends."""
        if not reply.done():
            await self._stop(reply, worker)
            self.replaced += 1
            raise PoolError("time limit", f"The query was ended at its time limit of {self.limits.seconds:g} s.", 503)
        try:
            head, body = reply.result()
        except (asyncio.IncompleteReadError, ConnectionError):
            self.replaced += 1
            raise self._died(await worker.end()) from None
        if home is None or self._closed:
            await worker.end()
        else:
            home.idle.append(worker)
        if "error" in head:
            raise self._failed(head)
        return Answer(head["format"], head["size"], body, head["file"], time.perf_counter() - begin)

    def _died(self, code: int) -> PoolError:
        if code == -signal.SIGABRT:
            text = f"The query was ended at its memory limit of {self.limits.memory_mb} MB."
            return PoolError("memory limit", text, 503)
        if code == -signal.SIGSEGV:
            return PoolError("nesting limit", "The query is nested too deeply to be read.", 400)
        return PoolError("worker died", "The process that ran the query has ended; the query may be tried again.", 503)

    def _failed(self, head: dict[str, Any]) -> PoolError:
        kind, message = head["error"], head["message"]
        if kind in ("result limit", "memory limit"):
            size = self.limits.result_mb if kind == "result limit" else self.limits.memory_mb
            return PoolError(kind, f"The query was ended at its {kind} of {size} MB.", 503)
        status = {"syntax": 400, "refused": 403, "not acceptable": 406}.get(kind, 500)
        return PoolError(kind, message, status)

    async def _ask(self, worker: Worker, query: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        worker.writer.write(pack(options, query))
        await worker.writer.drain()
        return await worker.receive()

    async def _stop(self, reply: asyncio.Future[Any], worker: Worker) -> None:
        reply.cancel()
        await worker.end()
        with contextlib.suppress(asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            await reply

    async def _enter(self, lane: Lane) -> None:
        if lane.waiting >= self.limits.queue:
            raise PoolError("busy", "The server is busy; try again in a moment.", 503)
        lane.waiting += 1
        try:
            async with asyncio.timeout(self.limits.wait):
                await lane.room.acquire()
        except TimeoutError:
            text = f"The query waited {self.limits.wait:g} s for its turn; try again in a moment."
            raise PoolError("busy", text, 503) from None
        finally:
            lane.waiting -= 1

    async def _take(self, lane: Lane) -> Worker:
        while lane.idle:
            worker = lane.idle.pop()
            if worker.process.returncode is None:
                return worker
        worker = await self._spawn()
        if lane is self.slow:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, worker.process.pid, _SLOW_NICENESS)
        return worker

    def _refill(self, lane: Lane) -> None:
        """Start a replacement aside, so that the next query does not wait for it."""

        async def add() -> None:
            lane.idle.append(await self._spawn())

        if not self._closed:
            task = asyncio.create_task(add())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _spawn(self) -> Worker:
        ours, theirs = socket.socketpair()
        arguments = [str(theirs.fileno()), str(self.store), str(self.spool), str(self.limits.memory_mb)]
        arguments += [str(self.limits.result_mb), json.dumps(self.services)]
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "policygraph.serve.worker", *arguments),
                pass_fds=(theirs.fileno(),),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        reader, writer = await asyncio.open_connection(sock=ours)
        worker = Worker(process, reader, writer)
        try:
            await worker.receive()
        except (asyncio.IncompleteReadError, ConnectionError):
            await worker.end()
            raise PoolError("no store", f"The store at {self.store} cannot be opened.", 500) from None
        return worker

    def _remember(self, form: str) -> None:
        self._slow_forms[form] = None
        while len(self._slow_forms) > _REMEMBERED_FORMS:
            self._slow_forms.popitem(last=False)


def query_form(query: bytes) -> str:
    """A key for queries that differ only in names, texts and numbers.

    >>> query_form(b"ASK { ?s ?p 1 }") == query_form(b"ASK { ?s ?p  27 }")
    True
    """
    text = _VALUES.sub("_", query.decode("utf-8", "replace"))
    return hashlib.blake2b(" ".join(text.split()).encode(), digest_size=16).hexdigest()
