"""A small result table: rows of Python values that show, save and convert themselves."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import MissingExtraError
from policygraph.iris import IRI, shorten

if TYPE_CHECKING:
    import pandas as pd

_NOTEBOOK_ROWS = 100
# A spreadsheet runs a cell that starts with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Table:
    """Columns and rows; a missing value is None. Iterating gives one dict a row.

    `note` is a sentence for the reader, such as why there are no rows.

    >>> t = Table(("who", "n"), [("Marco Rubio", 3)])
    >>> list(t)
    [{'who': 'Marco Rubio', 'n': 3}]
    >>> print(t.csv(), end="")
    who,n
    Marco Rubio,3
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    title: str = ""
    note: str = ""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def df(self) -> pd.DataFrame:
        """The table as a pandas data frame (extra `frames`)."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError("A data frame", "frames") from error
        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def json(self, indent: int | None = None) -> str:
        """The rows as a JSON array of objects."""
        return json.dumps([{k: _plain(v) for k, v in row.items()} for row in self], ensure_ascii=False, indent=indent)

    def csv(self) -> str:
        """The table as CSV with a header; cells a spreadsheet would run are quoted with an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(v) for v in row] for row in self.rows)
        return out.getvalue()

    def to_csv(self, path: str | Path) -> Path:
        """Write `csv()` to a UTF-8 file and return its path."""
        target = Path(path)
        target.write_text(self.csv(), encoding="utf-8")
        return target

    def markdown(self) -> str:
        """The table in Markdown, pipes in cells escaped."""

        def line(cells: Iterable[object]) -> str:
            return "| " + " | ".join(_text(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |"

        return "\n".join([line(self.columns), line(["---"] * len(self.columns)), *map(line, self.rows)]) + "\n"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(c)}</th>" for c in self.columns)
        shown = self.rows[:_NOTEBOOK_ROWS]
        body = "".join("<tr>" + "".join(f"<td>{_html(v)}</td>" for v in row) + "</tr>" for row in shown)
        more = len(self.rows) - len(shown)
        notes = [self.note] if self.note else []
        notes += [f"and {more:,} more rows"] if more else []
        caption = f"<caption>{html.escape(self.title)}</caption>" if self.title else ""
        tail = "".join(f"<p>{html.escape(n)}</p>" for n in notes)
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return "; ".join(_text(v) for v in value)
    return shorten(value) if isinstance(value, IRI) else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, IRI):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    text = _text(value)
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text


def _html(value: Any) -> str:
    if isinstance(value, IRI) and value.startswith(("http://", "https://")):
        return f'<a href="{html.escape(value, quote=True)}" rel="noopener noreferrer">{html.escape(shorten(value))}</a>'
    return html.escape(_text(value))
