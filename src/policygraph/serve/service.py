"""The graph that is being served: its workers, its answers kept, and the swap to a newer build."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import IO, Any

from policygraph.errors import PolicyGraphError, StoreMissingError
from policygraph.graph.generations import BuildFolder, open_generation
from policygraph.serve.limits import Limits
from policygraph.serve.metrics import Metrics
from policygraph.serve.pool import Answer, Pool, PoolError
from policygraph.serve.worker import INLINE_BYTES
from policygraph.serve.workers import NurseryClient

_CACHE_BYTES = 64 * 1024 * 1024
_LOOK_SECONDS = 0.5


class AnswerCache:
    """Small answers of the present graph, the least used dropped first."""

    def __init__(self, capacity: int = _CACHE_BYTES) -> None:
        self.capacity, self.size = capacity, 0
        self._kept: OrderedDict[Any, Answer] = OrderedDict()

    def get(self, key: Any) -> Answer | None:
        """The kept answer, now the most recently used."""
        answer = self._kept.get(key)
        if answer is not None:
            self._kept.move_to_end(key)
        return answer

    def put(self, key: Any, answer: Answer) -> None:
        """Keep an answer if it is small."""
        if answer.file or answer.size > INLINE_BYTES or key in self._kept:
            return
        self._kept[key] = answer
        self.size += answer.size
        while self.size > self.capacity:
            self.size -= self._kept.popitem(last=False)[1].size


class Service:
    """Answers queries over the newest build in a folder.

    A build is a generation that never changes, so answers and validators hold
    as long as the generation does. When a rebuild puts a new one in place, new
    queries go there while running ones end on the old.
    """

    def __init__(self, build: Path, limits: Limits, services: tuple[str, ...] = ()) -> None:
        self.build, self.limits = build, limits
        self.metrics = Metrics()
        self.generation = ""
        self.cache = AnswerCache()
        self._spool = Path(tempfile.mkdtemp(prefix="policygraph-"))
        self._nursery = NurseryClient(self._spool, limits, services)
        self._pool: Pool | None = None
        self._watch: asyncio.Task[None] | None = None
        self._refreshing = asyncio.Lock()
        self._closing: set[asyncio.Task[None]] = set()
        self._hold: IO[bytes] | None = None
        self._spooled = 0

    @property
    def folder(self) -> Path:
        """The folder of the generation that is served."""
        return Path(self.generation)

    @property
    def pool(self) -> Pool:
        """The workers of the present generation."""
        if self._pool is None:
            raise StoreMissingError("the service has not been started", where=self.build)
        return self._pool

    async def start(self) -> None:
        """Open the newest build and watch for a newer one."""
        await self.refresh()
        self._watch = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """End the workers and remove what they left."""
        if self._watch:
            self._watch.cancel()
        for task in list(self._closing):
            task.cancel()
        if self._pool:
            await self._pool.close()
        await self._nursery.close()
        if self._hold:
            self._hold.close()
        shutil.rmtree(self._spool, ignore_errors=True)

    async def refresh(self) -> bool:
        """Serve the newest build; says whether it changed."""
        async with self._refreshing:
            newest, hold = open_generation(self.build)
            if str(newest) == self.generation:
                hold.close()
                return False
            pool = Pool(newest / "store", self._nursery, self.limits)
            try:
                await pool.start()
            except BaseException:
                hold.close()
                raise
            old, old_hold = self._pool, self._hold
            self._pool, self._hold, self.generation = pool, hold, str(newest)
            self.cache = AnswerCache()
            self.metrics.count("policygraph_graph_swaps_total")
            if old is not None and old_hold is not None:
                task = asyncio.create_task(self._retire(old, old_hold))
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)
            return True

    async def query(
        self,
        text: bytes,
        *,
        solutions: str | None = "json",
        triples: str | None = "turtle",
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
        base: str | None = None,
    ) -> Answer:
        """Answer a query in the given formats; see `Pool.run` for the errors."""
        key = (text, solutions, triples, default_graphs, named_graphs, base)
        cache = self.cache
        kept = cache.get(key)
        if kept is not None:
            self.metrics.count("policygraph_cached_answers_total")
            return kept
        options = {
            "solutions": solutions,
            "triples": triples,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "base": base,
        }
        try:
            answer = await self.pool.run(text, options)
        except PoolError as error:
            self.metrics.count("policygraph_limits_total", reason=error.kind)
            raise
        cache.put(key, answer)
        self._account(answer)
        return answer

    def _account(self, answer: Answer) -> None:
        if not answer.file:
            return
        self._spooled += answer.size
        if self._spooled > self.limits.spool_mb * 1024 * 1024:
            self.release(answer)
            self.metrics.count("policygraph_limits_total", reason="busy")
            raise PoolError("busy", "Too many large results wait to be sent; try again in a moment.", 503)

    def release(self, answer: Answer) -> None:
        """Remove what an answer keeps on disk."""
        if answer.file:
            self._spooled -= answer.size
            Path(answer.file).unlink(missing_ok=True)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            # A build that is being swapped this very moment is seen at the next look.
            with contextlib.suppress(PolicyGraphError, OSError):
                if self._changed():
                    await self.refresh()

    def _changed(self) -> bool:
        return str(BuildFolder(self.build).current() or self.build.resolve()) != self.generation

    @staticmethod
    async def _retire(pool: Pool, hold: IO[bytes]) -> None:
        """Let running queries end, then let the old generation be removed."""
        with hold:
            while pool.running:
                await asyncio.sleep(0.05)
            await pool.close()
