"""Building large tables that live as long as the program does."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no garbage be collected meanwhile.

    Tables of thousands of records hold no garbage, but each new thousand makes Python look through all
    that there are already.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def without_collection(build: Callable[P, T]) -> Callable[P, T]:
    """Let no garbage be collected while `build` works.

    >>> @without_collection
    ... def squares(n: int) -> list[tuple[int]]:
    ...     return [(k * k,) for k in range(n)]
    >>> squares(3)
    [(0,), (1,), (4,)]
    """

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> T:
        with uncollected():
            return build(*args, **kwargs)

    return built
