"""Workers in two lanes, so that small queries are answered whatever the large ones do.

Every query starts in the quick lane. One that outlives its slice moves to the
slow lane with its worker, at low priority, if there is room; else it is ended
and waits for a slow worker. Queries of a form that proved slow go to the slow
lane at once; queries of a form that proved quick find a place that is kept for
them. The slice gets shorter the more queries wait for the quick lane.
The time limit counts running time, not waiting.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import signal
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policygraph.errors import PolicyGraphError
from policygraph.serve.limits import Limits
from policygraph.serve.workers import NurseryClient, Worker, WorkerGone

_SLOW_NICENESS = 10
_REMEMBERED_FORMS = 1000
_LARGE_QUERY = 64 * 1024
_SHORTEST_SLICE = 0.05
_VALUES = re.compile(r"""<[^<>\s]*>|"[^"\n]*"|'[^'\n]*'|\d+""")
Reply = asyncio.Future[tuple[dict[str, Any], bytes]]


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


@dataclass(slots=True)
class Lane:
    """Workers of one kind: `room` counts free places, `idle` holds those that wait for work."""

    room: asyncio.Semaphore
    idle: list[Worker] = field(default_factory=list)
    waiting: int = 0


class Pool:
    """Answers queries over one read-only store."""

    def __init__(self, store: Path, nursery: NurseryClient, limits: Limits) -> None:
        self.store, self.nursery, self.limits = store, nursery, limits
        self.quick = Lane(asyncio.Semaphore(limits.quick_workers))
        self.slow = Lane(asyncio.Semaphore(limits.slow_workers))
        self.replaced = 0
        self.running = 0
        # Queries of a form not seen before may not take all of the quick lane.
        self.strangers = Lane(asyncio.Semaphore(max(1, limits.quick_workers - 1)))
        self._quick_forms: OrderedDict[str, None] = OrderedDict()
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
            return await self._in_slow_lane(query, options, form)
        finally:
            self.running -= 1

    async def _in_quick_lane(self, query: bytes, options: dict[str, Any], form: str) -> Answer | None:
        """The answer, or None for a query that must wait for the slow lane."""
        places, worker = [self.quick] if form in self._quick_forms else [self.strangers, self.quick], None
        held: list[Lane] = []
        try:
            for lane in places:
                await self._enter(lane)
                held.append(lane)
            begin, worker = time.perf_counter(), await self._take(self.quick)
            reply = worker.ask(query, options)
            await self._wait_a_slice(reply, worker, begin)
            if reply.done():
                answer = await self._finish(reply, worker, self.quick, begin)
                _remember(self._quick_forms, form)
                return answer
            self._quick_forms.pop(form, None)
            _remember(self._slow_forms, form)
            self._refill()
            if self.slow.room.locked():
                await worker.end()
                return None
            await self.slow.room.acquire()
            _release(held)
            held.append(self.slow)
            worker.slow_down(_SLOW_NICENESS)
            await asyncio.wait((reply,), timeout=self.limits.seconds - (time.perf_counter() - begin))
            return await self._finish(reply, worker, None, begin)
        except asyncio.CancelledError:
            if worker is not None:
                await worker.end()
            raise
        finally:
            _release(held)

    async def _in_slow_lane(self, query: bytes, options: dict[str, Any], form: str) -> Answer:
        await self._enter(self.slow)
        worker, begin = None, time.perf_counter()
        try:
            worker = await self._take(self.slow)
            reply = worker.ask(query, options)
            await asyncio.wait((reply,), timeout=self.limits.seconds)
            answer = await self._finish(reply, worker, self.slow, begin)
            if answer.seconds < self.limits.slice:
                self._slow_forms.pop(form, None)
            return answer
        except asyncio.CancelledError:
            if worker is not None:
                await worker.end()
            raise
        finally:
            self.slow.room.release()

    async def _wait_a_slice(self, reply: Reply, worker: Worker, begin: float) -> None:
        """Wait for a reply as long as a query may keep its place in the quick lane.

        A busy machine makes every query slow: what counts is the processor time that it had.
        """
        most = begin + self.limits.seconds
        while not reply.done() and time.perf_counter() < most:
            crowd = (self.quick.waiting + self.strangers.waiting) / self.limits.quick_workers
            slice = max(_SHORTEST_SLICE, self.limits.slice / (1 + crowd))
            await asyncio.wait((reply,), timeout=slice)
            if not reply.done():
                used = worker.used_seconds()
                if used is None or used >= slice / 2:
                    return

    async def _finish(self, reply: Reply, worker: Worker, home: Lane | None, begin: float) -> Answer:
        """Turn a reply, or its absence, into an answer or an error; the worker goes home or ends."""
        if not reply.done():
            await worker.end()
            self.replaced += 1
            raise PoolError("time limit", f"The query was ended at its time limit of {self.limits.seconds:g} s.", 503)
        try:
            head, body = reply.result()
        except WorkerGone:
            self.replaced += 1
            raise self._died(await worker.end()) from None
        if home is None or self._closed:
            await worker.end()
        else:
            worker.known_seconds = head["seconds"]
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

    async def _enter(self, lane: Lane) -> None:
        if not lane.room.locked():
            await lane.room.acquire()
            return
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
            if worker.alive:
                return worker
        worker = await self._spawn()
        if lane is self.slow:
            worker.slow_down(_SLOW_NICENESS)
        return worker

    def _refill(self) -> None:
        """Have a quick worker forked aside, so that the next query does not wait for it."""

        async def add() -> None:
            worker = await self._spawn()
            if self._closed:
                await worker.end()
            else:
                self.quick.idle.append(worker)

        if not self._closed:
            task = asyncio.create_task(add())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _spawn(self) -> Worker:
        try:
            return await self.nursery.spawn(self.store)
        except WorkerGone:
            raise PoolError("no store", f"The store at {self.store} cannot be opened.", 500) from None


def _release(held: list[Lane]) -> None:
    while held:
        held.pop().room.release()


def _remember(forms: OrderedDict[str, None], form: str) -> None:
    forms[form] = None
    forms.move_to_end(form)
    if len(forms) > _REMEMBERED_FORMS:
        forms.popitem(last=False)


def query_form(query: bytes) -> str:
    """A key for queries that differ only in names, texts and numbers.

    >>> query_form(b"ASK { ?s ?p 1 }") == query_form(b"ASK { ?s ?p  27 }")
    True
    """
    text = _VALUES.sub("_", query.decode("utf-8", "replace"))
    return hashlib.blake2b(" ".join(text.split()).encode(), digest_size=16).hexdigest()
