"""Reads a reference table: one CSV file whose header and cells are checked as they are read.

A table is UTF-8, comma-separated, with a header line; lists in a cell are
joined with `;`. Every complaint names the file, the line, the column, what was
expected and what to do.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from policygraph.errors import DataError, near_names
from policygraph.records import TableRow
from policygraph.vocabulary import ID_FOLDER, EntityType

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PARTIAL = re.compile(r"\d{4}(-\d\d(-\d\d)?)?[~?]?")
_ID = re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Cells:
    """The cells of one data row, by column name, with the checks a cell can need."""

    __slots__ = ("_values", "line", "path", "table")

    def __init__(self, path: Path, table: str, line: int, values: dict[str, str]) -> None:
        self.path = path
        self.table = table
        self.line = line
        self._values = values

    def values(self) -> dict[str, str]:
        """All cells by column name, as they stand in the file."""
        return dict(self._values)

    def fail(self, column: str, message: str, hint: str) -> DataError:
        """The error for a cell: message and remedy, with file, line and column."""
        return DataError(f"column '{column}': {message}", where=f"{self.path}:{self.line}", hint=hint)

    def text(self, column: str) -> str:
        """The cell without surrounding blanks, empty where nothing is known."""
        return self._values[column]

    def needed(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self._values[column]
        if not value:
            raise self.fail(column, "the cell is empty, a value is needed", "fill it in or delete the row")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """The entries of a list cell; empty and repeated entries are errors."""
        value = self._values[column]
        if not value:
            return ()
        if ";" not in value:
            return (value,)
        entries = tuple([entry.strip() for entry in value.split(";")])
        if not all(entries) or len(set(entries)) != len(entries):
            raise self.fail(
                column, f"'{value}' has an empty or repeated entry", "join different entries with single ';'"
            )
        return entries

    def matching(self, column: str, pattern: re.Pattern[str], expected: str) -> str:
        """The cell, empty or of the form of `pattern`; `expected` says it in words."""
        value = self._values[column]
        if value and not pattern.fullmatch(value):
            raise self.fail(column, f"'{value}' is not {expected}", f"write {expected}")
        return value

    def code(self, column: str, pattern: re.Pattern[str], expected: str) -> str:
        """Like `matching`, but the cell must not be empty."""
        self.needed(column)
        return self.matching(column, pattern, expected)

    def one_of(self, column: str, known: Sequence[str]) -> str:
        """The cell, one of a closed list of words (the empty word may be in it)."""
        value = self._values[column]
        if value not in known:
            near = near_names(value, known) if value else []
            hint = f"did you mean {' or '.join(repr(n) for n in near)}" if near else f"use one of {', '.join(known)}"
            raise self.fail(column, f"'{value}' is not known here", hint)
        return value

    def id(self, column: str, *types: EntityType) -> str:
        """A local name such as `person/marco-rubio`, in the folder of one of the classes."""
        value = self.needed(column)
        if not _ID.fullmatch(value) or value.partition("/")[0] not in [ID_FOLDER[t] for t in types]:
            folders = sorted({ID_FOLDER[t] for t in types})
            example = " or ".join(f"'{folder}/a-name-in-small-letters'" for folder in folders)
            raise self.fail(column, f"'{value}' is not a local name", f"write {example}")
        return value

    def day(self, column: str) -> dt.date | None:
        """A full date, or None for an empty cell."""
        value = self._values[column]
        if not value:
            return None
        try:
            if _DAY.fullmatch(value):
                return dt.date.fromisoformat(value)
        except ValueError:
            pass
        raise self.fail(column, f"'{value}' is not a day", "write it as year-month-day, 2025-01-21")

    def needed_day(self, column: str) -> dt.date:
        """A full date; the cell must not be empty."""
        self.needed(column)
        day = self.day(column)
        assert day is not None  # noqa: S101 - an empty cell was refused above
        return day

    def partial_date(self, column: str) -> str:
        """A year, month or day in EDTF, or nothing."""
        value = self._values[column]
        if not value:
            return value
        padded = value.rstrip("~?") + "-01-01"[len(value.rstrip("~?")) - 4 :]
        try:
            if _PARTIAL.fullmatch(value) and dt.date.fromisoformat(padded):
                return value
        except ValueError:
            pass
        raise self.fail(column, f"'{value}' is not a date", "write 2025, 2025-01 or 2025-01-21")

    def ordered(self, first: str, last: str, *, equal: bool) -> None:
        """Two date cells must follow each other; `equal` allows the same day.

        A year or month is compared only as far as both dates go.
        """
        start, end = self._values[first].rstrip("~?"), self._values[last].rstrip("~?")
        if not start or not end:
            return
        shared = min(len(start), len(end))
        a, b = start[:shared], end[:shared]
        if a > b or (a == b and not equal):
            raise self.fail(last, f"'{end}' is not after '{start}' in '{first}'", "mend one of the two dates")

    def number(self, column: str) -> int:
        """A whole number, 0 for an empty cell."""
        value = self._values[column]
        if value and not (value.isascii() and value.isdigit()):
            raise self.fail(column, f"'{value}' is not a whole number", "write digits only, or leave the cell empty")
        return int(value or 0)

    def flag(self, column: str) -> bool:
        """`yes`, `no` or empty."""
        return self.one_of(column, ("", "no", "yes")) == "yes"

    def row(self) -> TableRow:
        """Where this row stands and what it rests on; a source is always needed."""
        get = self._values.get
        confirmed = int(self.one_of("confirmed_by", ("", "1", "2")) or 0) if "confirmed_by" in self._values else 0
        source2 = get("source2", "")
        if confirmed == 2 and not source2:
            raise self.fail("source2", "two sources are claimed, one is given", "add the second or write 1")
        return TableRow(self.table, self.line, self.needed("source"), source2, confirmed)


def read_table(path: Path, table: str, columns: Sequence[str]) -> tuple[list[Cells], bytes]:
    """All rows of a table, and the bytes they came from.

    `table` is the name under which rows refer to the file. The columns may
    stand in any order, but all of them and no others must be there; cells may
    be empty where a column allows it.

    Raises:
        DataError: the file cannot be read, or its header or a row is not as described.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"cannot be read: {error.strerror}", where=path, hint="check the path and its rights"
        ) from error
    text = _decode(path, data)
    rows = _records(path, text)
    header = next(rows, None)
    if header is None:
        raise DataError("the table is empty", where=path, hint=f"begin it with the line {','.join(columns)}")
    names = [name.strip() for name in header[1]]
    _check_header(path, header[0], names, columns)
    return [Cells(path, table, line, _row(path, line, names, values)) for line, values in rows], data


def _decode(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataError(
            f"byte 0x{data[error.start]:02x} is not UTF-8 text", where=f"{path}:{line}", hint="save the file as UTF-8"
        ) from error
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DataError(
            f"the control character {found.group()!r} stands in the text", where=f"{path}:{line}", hint="delete it"
        )
    return text


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on; blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for values in reader:
            if values:
                yield line, values
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"the row is not well-formed CSV ({error})", where=f"{path}:{line}", hint="check the quotation marks"
        ) from error


def _check_header(path: Path, line: int, names: list[str], columns: Sequence[str]) -> None:
    where = f"{path}:{line}"
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        raise DataError("the columns are not separated by commas", where=where, hint="save the file as comma-separated")
    for name in names:
        if name not in columns:
            missing = [column for column in columns if column not in names]
            near = near_names(name, missing)
            hint = (
                f"did you mean '{near[0]}'" if near else f"missing are {', '.join(missing)}" if missing else "delete it"
            )
            raise DataError(f"unknown column '{name}'", where=where, hint=hint)
        if names.count(name) > 1:
            raise DataError(f"column '{name}' stands there twice", where=where, hint="delete one of the two")
    for column in columns:
        if column not in names:
            raise DataError(
                f"column '{column}' is missing",
                where=where,
                hint="add it; its cells may be empty where nothing is known",
            )


def _row(path: Path, line: int, names: list[str], values: list[str]) -> dict[str, str]:
    if len(values) != len(names):
        raise DataError(
            f"the row has {len(values)} fields, expected {len(names)}",
            where=f"{path}:{line}",
            hint="put a cell that holds a comma between quotation marks",
        )
    return dict(zip(names, map(str.strip, values), strict=True))
