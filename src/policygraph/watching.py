"""How far an import is, where a person is watching: a bar on a terminal, a line in a notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.dataimport import Step

Show = Callable[["Step"], None]


@contextmanager
def watched() -> Iterator[Show]:
    """What to tell the steps of an import; nothing stays on the screen.

    >>> from policygraph.dataimport import Step
    >>> with watched() as show:
    ...     show(Step("a.export.CSV", 1_000, 4_000, 12, 0.5))
    """
    with _line() if _in_notebook() else _bar() as show:
        yield show


def _told(step: Step) -> str:
    rate = step.events / step.seconds if step.seconds else 0
    return f"{step.events:,} events, {rate:,.0f} a second"


@contextmanager
def _bar() -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    words = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn()
    with Progress(*words, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("reading", total=None, told="")
        yield lambda step: bars.update(
            task, description=step.file, completed=step.read, total=step.size or None, told=_told(step)
        )


def _in_notebook() -> bool:
    """Whether this is the kernel of a notebook, which shows what changes by other means than a terminal."""
    shell: Any = sys.modules.get("IPython")
    return shell is not None and hasattr(shell.get_ipython(), "kernel")


@contextmanager
def _line() -> Iterator[Show]:
    from IPython.display import DisplayHandle

    def shown(text: str) -> dict[str, str]:
        return {"text/plain": text}

    line: Any = DisplayHandle()  # type: ignore[no-untyped-call]
    line.display(shown("reading"), raw=True)
    try:
        yield lambda step: line.update(
            shown(f"{step.file}: {f'{step.read / step.size:.0%}, ' if step.size else ''}{_told(step)}"), raw=True
        )
    finally:
        line.update(shown(""), raw=True)
