"""Work on more than one machine: a Dask cluster that is there already, or processes of this machine.

What is spread are pure functions of files on a shared folder, whose results are
written under a name that follows from their input. So a worker that dies costs
time and nothing else: its task runs again elsewhere.
"""

from __future__ import annotations

import contextlib
import pickle
import secrets
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from subprocess import Popen
from typing import Any, Protocol, TypeVar

from policygraph import __version__
from policygraph.child import cores, start
from policygraph.errors import MissingExtraError, PolicyGraphError, ServiceError

_T = TypeVar("_T")
_WAIT = 20


class Workers(Protocol):
    """Whoever runs tasks."""

    def run(self, task: Callable[..., _T], calls: Sequence[tuple[Any, ...]]) -> Generator[_T, None, None]:
        """The results of a function for many arguments, in their order, as they come; close it before the workers.

        Raises:
            ServiceError: the workers are gone, or die on the same task again and again.
        """
        ...


@contextlib.contextmanager
def workers(address: str | None) -> Iterator[Workers]:
    """The workers of the cluster at `address` (`tcp://host:8786`, or a scheduler file), or None for this machine.

    Raises:
        MissingExtraError: the extra `scale` is not installed.
        ServiceError: nobody answers there, or the workers have another policygraph.
    """
    if address is None:
        yield _Processes()
        return
    with _connected(address) as client:
        yield _Cluster(client, address)


class _Processes:
    """Child processes of this machine, each with one task at a time."""

    def run(self, task: Callable[..., _T], calls: Sequence[tuple[Any, ...]]) -> Generator[_T, None, None]:
        """See `Workers.run`."""
        free: SimpleQueue[Popen[bytes]] = SimpleQueue()
        with contextlib.ExitStack() as stack:
            children = [start(__name__) for _ in range(min(cores(), len(calls)))]
            for child in children:
                stack.callback(child.communicate)
                free.put(child)
            pool = stack.enter_context(ThreadPoolExecutor(len(children) or 1))
            for child in children:
                stack.callback(child.kill)
            stack.callback(pool.shutdown, wait=False, cancel_futures=True)
            for future in [pool.submit(_ask, free, task, call) for call in calls]:
                yield future.result()


def _ask(free: SimpleQueue[Popen[bytes]], task: Callable[..., _T], call: tuple[Any, ...]) -> _T:
    """The result of one task, from a child that is free."""
    child = free.get()
    assert child.stdin and child.stdout  # noqa: S101 - started with pipes
    try:
        pickle.dump((task, call), child.stdin)
        child.stdin.flush()
        result, failure = pickle.load(child.stdout)  # noqa: S301 - from our own child
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise ServiceError(
            "a converting process was ended", hint="run the same again: what is complete is kept"
        ) from error
    finally:
        free.put(child)
    if failure:
        raise failure
    return result  # type: ignore[no-any-return]


def serve() -> None:
    """Run in a child: do the tasks that come in on standard input, until it ends."""
    while True:
        try:
            task, call = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        result, failure = None, None
        try:
            result = task(*call)
        except PolicyGraphError as error:
            failure = error
        pickle.dump((result, failure), sys.stdout.buffer)
        sys.stdout.flush()


class _Cluster:
    """The workers of a Dask cluster."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address

    def run(self, task: Callable[..., _T], calls: Sequence[tuple[Any, ...]]) -> Generator[_T, None, None]:
        """See `Workers.run`."""
        import distributed
        from distributed.scheduler import KilledWorker

        # A name of their own for the tasks of this run: the scheduler may still hold results of an earlier one.
        run = secrets.token_hex(4)
        futures = [
            self._client.submit(task, *call, key=f"policygraph-{run}-{at:06}", pure=False, retries=2)
            for at, call in enumerate(calls)
        ]
        try:
            for future in futures:
                yield future.result()
                future.release()
        except KilledWorker as error:
            raise ServiceError(
                "workers died again and again on the same task",
                where=self._address,
                hint="look into their logs (memory?), then run the same again: what is complete is kept",
            ) from error
        except (OSError, TimeoutError, distributed.CancelledError) as error:
            raise ServiceError(
                f"the cluster is gone ({type(error).__name__})",
                where=self._address,
                hint="run the same again when it is back: what is complete is kept",
            ) from error
        finally:
            with contextlib.suppress(OSError, TimeoutError, distributed.CancelledError):
                self._client.cancel(futures)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError("Work on a cluster", "scale") from error
    where = _where(address)
    try:
        # The library's own types leave out half of what is used here.
        open_client: Any = distributed.Client
        client = open_client(**where, timeout=_WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ServiceError(
            f"there is no scheduler here ({error or type(error).__name__})",
            where=address,
            hint="give the address that 'dask scheduler' prints, or its scheduler file",
        ) from error
    with client:
        _check_versions(client, address)
        yield client


def _where(address: str) -> dict[str, str]:
    if "://" in address:
        return {"address": address}
    path = Path(address)
    if not path.is_file():
        raise ServiceError(
            "there is no such scheduler file", where=address, hint="give tcp://HOST:PORT, or the file of the scheduler"
        )
    return {"scheduler_file": str(path)}


def _check_versions(client: Any, address: str) -> None:
    """Each worker must run this policygraph: shards of different ones must not mix."""
    try:
        client.wait_for_workers(1, timeout=_WAIT)
        found = client.run(version)
    except (TimeoutError, OSError) as error:
        raise ServiceError(
            "the scheduler has no workers", where=address, hint="start some with 'dask worker'"
        ) from error
    except PolicyGraphError:
        raise
    except Exception as error:
        # Whatever a worker without the package raises arrives here under its own type.
        raise ServiceError(
            f"a worker cannot run policygraph ({type(error).__name__}: {error})",
            where=address,
            hint="install policygraph on every worker",
        ) from error
    other = sorted({v for v in found.values() if v != __version__})
    if other:
        raise ServiceError(
            f"workers run policygraph {', '.join(other)}, this is {__version__}",
            where=address,
            hint="install the same version everywhere",
        )


def version() -> str:
    """The version of policygraph on the machine that runs this."""
    return __version__


if __name__ == "__main__":
    serve()
