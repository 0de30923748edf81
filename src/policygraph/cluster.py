"""Work on more than one machine: a Dask cluster that is there already, or processes of this machine.

What is spread are pure functions of files on a shared folder, whose results are
written under a name that follows from their input. So a worker that dies costs
time and nothing else: its task runs again elsewhere.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Protocol, TypeVar

from policygraph import __version__
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
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(max_workers=os.cpu_count() or 1, mp_context=context) as pool:
            try:
                yield _Processes(pool)
            finally:
                pool.shutdown(cancel_futures=True)
        return
    with _connected(address) as client:
        yield _Cluster(client, address)


class _Processes:
    """Processes of this machine."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def run(self, task: Callable[..., _T], calls: Sequence[tuple[Any, ...]]) -> Generator[_T, None, None]:
        """See `Workers.run`."""
        futures = [self._pool.submit(task, *call) for call in calls]
        try:
            for future in futures:
                yield future.result()
        except BrokenProcessPool as error:
            raise ServiceError(
                "a converting process was ended", hint="run the same again: what is complete is kept"
            ) from error


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
