"""How a table is fitted into a terminal: side by side where there is room, one record below the other where not.

Four ways, the first that fits: all columns; without the columns of addresses;
with cells wrapped; and one block a row.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.cli.output import cell

if TYPE_CHECKING:
    from rich.console import RenderableType

    from policygraph.table import Table

_ROOMY, _TIGHT = 3, 2
#: A cell longer than this holds a sentence, which wants so much room to be read.
_SENTENCE, _READABLE = 48, 32
#: No word is cut that is shorter.
_LONGEST_WORD = 16
_CUT_HEADING = 8
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as words: its heading, its cells, and whether they are numbers."""

    name: str
    heading: str
    cells: list[str]
    numeric: bool

    @property
    def natural(self) -> int:
        """Cells on the screen that it takes unwrapped."""
        return max(_width(text) for text in (self.heading, *self.cells))

    @property
    def least(self) -> int:
        """Cells that it takes at least: no number is wrapped, no short word cut, no sentence squeezed."""
        longest = max((_width(text) for text in self.cells), default=0)
        if self.numeric:
            return max(longest, _word(self.heading))
        if longest > _SENTENCE:
            return _READABLE
        return max(_word(self.heading), *(_word(text) for text in self.cells))

    @property
    def cramped(self) -> int:
        """As `least`, but long headings over short numbers may be cut."""
        if not self.numeric:
            return self.least
        return max(min(_CUT_HEADING, self.least), *(_width(text) for text in self.cells))


def show(table: Table) -> None:
    """Print a table for a person to read, on standard output."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout)
    if not table.rows:
        console.print(Text(f"{table.title}: no answer" if table.title else "no answer"))
        return
    full = columns(table)
    plain = [column for column in full if not _addresses(table, column.name)] or full
    for choice in (full, plain):
        if sum(c.natural for c in choice) + _ROOMY * len(choice) + 1 <= console.width:
            console.print(_grid(choice, table.title, None))
            return
    room = console.width - _TIGHT * (len(plain) - 1)
    for least in ([c.least for c in plain], [c.cramped for c in plain]):
        if sum(least) <= room:
            console.print(_grid(plain, table.title, _shared(plain, least, room)))
            return
    for line in _records(plain, table.title):
        console.print(line)


def columns(table: Table) -> list[Column]:
    """The columns of a table as words: short headings, and the two ends of an interval in one.

    >>> from policygraph.table import Table
    >>> [c.heading for c in columns(Table(("who", "degree", "degree_rank"), [("A", 1.0, 1)]))]
    ['who', 'degree', 'rank']
    >>> [c.cells for c in columns(Table(("n_low", "n_high"), [(1.0, 2.5)]))]
    [['1 – 2.5']]
    """
    found: list[Column] = []
    stem = ""
    for at, name in enumerate(table.columns):
        if name.endswith("_high") and f"{name[:-5]}_low" in table.columns:
            continue
        if not (stem and name.startswith(stem + "_")):
            stem = name
        heading = name if name == stem else name[len(stem) + 1 :]
        values = [row[at] for row in table.rows]
        numeric = all(isinstance(v, (int, float)) for v in values if v is not None)
        cells = [cell(value) for value in values]
        if name.endswith("_low") and f"{name[:-4]}_high" in table.columns:
            highs = table.column(f"{name[:-4]}_high")
            cells = [f"{low} – {cell(high)}" if low else "" for low, high in zip(cells, highs, strict=True)]
            heading = f"{heading.removesuffix('low')}interval"
        elif name == "type":
            cells = [_CAMEL.sub(" ", text) for text in cells]
        found.append(Column(name, heading.replace("_", " "), cells, numeric))
    return found


def _addresses(table: Table, name: str) -> bool:
    """Whether a column holds nothing but IRIs, which programs read and people do not."""
    from policygraph.iris import IRI

    def address(value: object) -> bool:
        parts = value if isinstance(value, (tuple, list)) else (value,)
        return all(part is None or isinstance(part, IRI) for part in parts)

    return all(address(value) for value in table.column(name))


def _width(text: str) -> int:
    from rich.cells import cell_len

    return max((cell_len(line) for line in text.splitlines()), default=0)


def _word(text: str) -> int:
    """Width of the longest word, a very long one cut."""
    return min(_LONGEST_WORD, max((_width(word) for word in text.split()), default=0))


def _shared(choice: Sequence[Column], least: Sequence[int], room: int) -> list[int]:
    """Widths that use spare room where it is wanted most."""
    widths = list(least)
    while sum(widths) < room:
        # The most cramped column first: the one whose cells take most lines.
        at = max(range(len(widths)), key=lambda i: (choice[i].natural / widths[i], -i))
        if choice[at].natural <= widths[at]:
            break
        widths[at] += 1
    return widths


def _grid(choice: Sequence[Column], title: str, widths: Sequence[int] | None) -> RenderableType:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    tight = widths is not None
    tall = tight and any(c.natural > 2 * w for c, w in zip(choice, widths or (), strict=True))
    shown = RichTable(
        title=Text(title) if title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD if tight else box.HEAVY_HEAD,
        padding=(0, 1, 0, 0) if tight else (0, 1),
        pad_edge=not tight,
        show_edge=not tight,
        show_lines=bool(tall),
    )
    if tight:
        shown.box = box.Box("    \n    \n── ─\n    \n    \n    \n    \n    \n")
    for at, column in enumerate(choice):
        width = widths[at] if widths else None
        shown.add_column(
            Text(column.heading), width=width, overflow="fold", justify="right" if column.numeric else "left"
        )
    for row in zip(*(column.cells for column in choice), strict=True):
        shown.add_row(*map(Text, row))
    return shown


def _records(choice: Sequence[Column], title: str) -> list[RenderableType]:
    """One block a row: the first cell as its head, then a line for each that is not empty."""
    from rich.padding import Padding
    from rich.table import Table as RichTable
    from rich.text import Text

    lines: list[RenderableType] = [Text(title, style="italic"), ""] if title else []
    head, *rest = choice
    wide = max((_width(column.heading) for column in rest), default=0)
    for number, first in enumerate(head.cells):
        lines.append(Text(f"{number + 1}. {first}", style="bold"))
        block = RichTable.grid(padding=(0, 2, 0, 0))
        block.add_column(width=wide, style="dim")
        block.add_column(overflow="fold")
        for column in rest:
            if column.cells[number]:
                block.add_row(Text(column.heading), Text(column.cells[number]))
        lines += [Padding(block, (0, 0, 1, 3))]
    return lines
