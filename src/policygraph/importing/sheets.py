"""Rows of tables that name their columns in a first line: tab-separated or CSV, by the column's name.

Tab-separated files are one row a line; quotes there are dressing around a cell.
In CSV a quoted cell may run over several lines. Names of columns are compared in
lower case with underscores, so `Event ID` and `event_id` are one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.errors import SourceError
from policygraph.importing.lines import Member, Position, read_lines
from policygraph.importing.tally import Tally

#: Words that the sets write where nothing is known.
_NOTHING = frozenset({"NA", "N/A", "None", "none", "NULL", "null", "nan", "NaN", "---"})
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the first line of a file must hold.

    A required name may give several, joined by `|`, of which one must be there.
    `fallback` is the encoding of bytes that are no UTF-8.
    """

    what: str
    required: tuple[str, ...]
    fallback: str | None = None


def read_rows(
    member: Member, sheet: Sheet, tally: Tally, position: Position | None = None
) -> Iterator[tuple[int, Row]]:
    """Line (its last, where a row has several) and cells of each row; unknown values are empty.

    Rows with another number of cells than the header are counted and named in `tally`.

    Raises:
        SourceError: the first line lacks a column, or the file is damaged.
    """
    lines = read_lines(member, tally, position, sheet.fallback)
    first = next(lines, None)
    if first is None:
        raise SourceError("there is no line that can be read", where=member.path)
    names, comma = _header(member, sheet, first[1])
    cells = _split(lines) if comma == "\t" else _csv(lines, comma, tally, member.name)
    for begin, end, row in cells:
        where = f"{member.name}:{begin}"
        if len(row) != len(names):
            tally.bad(where, f"{len(row)} columns, expected {len(names)} as in the header" if row else "an empty line")
        elif _name(row[0]) == names[0] and [_name(cell) for cell in row] == names:
            tally.bad(where, "a second header")
        else:
            yield end, dict(zip(names, ("" if c in _NOTHING else c for c in map(str.strip, row)), strict=True))


def _header(member: Member, sheet: Sheet, line: str) -> tuple[list[str], str]:
    comma = max("\t,;", key=line.count)
    names = [_name(cell) for cell in line.split(comma)]
    if missing := [one.replace("|", " or ") for one in sheet.required if not set(one.split("|")).intersection(names)]:
        raise SourceError(
            f"the first line is no header of {sheet.what}: there is no column {', '.join(missing)}",
            where=f"{member.path}:1",
            hint="keep the line with the names of the columns that the data set comes with",
        )
    return names, comma


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().casefold().replace(" ", "_")


def _split(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, int, list[str]]]:
    for number, line in lines:
        cells = line.split("\t") if line.strip() else []
        if '"' in line:
            cells = [c[1:-1].replace('""', '"') if len(c) > 1 and c[0] == c[-1] == '"' else c for c in cells]
        yield number, number, cells


def _csv(lines: Iterator[tuple[int, str]], comma: str, tally: Tally, name: str) -> Iterator[tuple[int, int, list[str]]]:
    """Rows of CSV with their first and last line. A quote that is never closed costs the lines up to a limit."""
    last = 1

    def fed() -> Iterator[str]:
        nonlocal last
        for number, line in lines:
            last = number
            yield line + "\n"

    reader = csv.reader(fed(), delimiter=comma)
    while True:
        begin = last + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            for number in range(begin, last + 1):
                tally.bad(f"{name}:{number}", "within a quoted cell that is not closed")
            continue
        yield begin, last, row
