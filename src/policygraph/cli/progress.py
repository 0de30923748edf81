"""Progress bars, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bars:
    """One bar a stage, where a person is watching; nothing else is written.

    >>> with Bars() as bars:
    ...     bars.stage("sources", 1)
    ...     bars.step("a.txt")
    """

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bars:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._bars = Progress(console=console, transient=True, disable=not console.is_terminal)
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        """Finish the last bar and begin another."""
        if self._bars is None:
            return
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(name, total=total)

    def step(self, what: str = "") -> None:
        """Move the bar on by one."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task)

    def reach(self, done: int, total: int) -> None:
        """Move the bar to where the stage is."""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, completed=done, total=total)

    def tell(self, text: str) -> None:
        """Write a line that stays."""
        if self._bars is not None:
            self._bars.console.print(text, highlight=False, markup=False)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for work that tells how many steps are done and how many there are.

    >>> with counting("resamples") as tell:
    ...     tell(1, 2)
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
