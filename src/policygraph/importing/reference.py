"""Reference data: who is who, who held which post when, and what is on record, from CSV tables.

The bundled tables lie in `data/reference/`. A project adds folders of its own
with any of the same files; a row with a known key replaces the earlier one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from policygraph import resources
from policygraph.bulk import without_collection
from policygraph.errors import DataError, near_names
from policygraph.importing.reference_cells import read_table
from policygraph.importing.reference_links import check_links
from policygraph.importing.reference_tables import ABOUT_COLUMNS, ABOUT_TABLE, TABLES
from policygraph.records import ReferenceData, TableRow

#: Tenures go out of date: a table is due for a review after so many days.
REVIEW_AFTER_DAYS = 180


@without_collection
def load_reference(folders: Sequence[Path] = (), bundled: bool = True) -> ReferenceData:
    """All reference tables, the bundled ones first, then those of `folders` in order.

    Each folder may hold any of the files in `TABLES` and a `sources.csv` about
    them; `*.ttl` files are left to `turtle_files`, other kinds of file are
    passed over. A later row with the same key replaces an earlier one whole.

    Raises:
        DataError: a folder or file cannot be read, or a row breaks the schema;
            the message names file, line and column.

    >>> data = load_reference()
    >>> [t.start.isoformat() for t in data.tenures if t.person == "person/donald-trump"]
    ['2017-01-20', '2025-01-20']
    """
    return gather(folders, bundled).finish()


def gather(folders: Sequence[Path], bundled: bool) -> Gatherer:
    """The rows of the bundled tables and of `folders`, not yet checked against each other."""
    gatherer = Gatherer()
    if bundled:
        gatherer.read_folder(resources.reference(), "")
    taken: set[str] = set()
    for folder in folders:
        gatherer.read_folder(folder, _prefix(folder, taken))
    return gatherer


def turtle_files(folders: Sequence[Path]) -> list[Path]:
    """The Turtle files of the user's reference folders, in the order of folders, then names.

    Raises:
        DataError: a folder is not there.
    """
    return [path for folder in folders for path in _files(folder) if path.suffix.lower() == ".ttl"]


def stale_tables(reference: ReferenceData, today: dt.date, days: int = REVIEW_AFTER_DAYS) -> list[tuple[str, dt.date]]:
    """Tables not reviewed for more than `days` days before `today`, with the day of their last change.

    Tables without an entry in `sources.csv` have no known day and are left out.

    >>> from policygraph.records import ReferenceData
    >>> old = ReferenceData(tables={"tenures.csv": {"modified": "2026-01-31"}})
    >>> stale_tables(old, dt.date(2026, 11, 23))
    [('tenures.csv', datetime.date(2026, 1, 31))]
    """
    days_of = [(table, dt.date.fromisoformat(about["modified"])) for table, about in reference.tables.items()]
    return [(table, day) for table, day in days_of if (today - day).days > days]


class Gatherer:
    """Gathers rows by key over all folders, then checks them against each other."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {form.field: {} for form in TABLES.values()}
        self._about: dict[str, Mapping[str, str]] = {}
        self._paths: dict[str, Path] = {}
        self._hash = hashlib.sha256()

    def read_folder(self, folder: Path, prefix: str) -> None:
        """Read the tables of one folder; rows name their file as `prefix` + file name."""
        files = {path.name: path for path in _files(folder) if path.suffix.lower() == ".csv"}
        for path in files.values():
            known_table(path)
        for name in TABLES:
            if name in files:
                self.read_table(files[name], prefix + name)
        if ABOUT_TABLE in files:
            self.read_about(files[ABOUT_TABLE], prefix, files)

    def read_table(self, path: Path, table: str) -> None:
        """Read one file; its rows name it as `table`."""
        form = TABLES[path.name]
        rows, data = read_table(path, table, form.columns)
        self._paths[table] = path
        self._hash.update(f"{table}\0{len(data)}\0".encode() + data)
        lines: dict[str, int] = {}
        for cells in rows:
            record = form.build(cells)
            key = getattr(record, form.key)
            if key in lines:
                raise DataError(
                    f"'{key}' stands already in line {lines[key]}",
                    where=f"{path}:{cells.line}",
                    hint="delete one of the two rows or give it another key",
                )
            lines[key] = cells.line
            self._rows[form.field][key] = record

    def read_about(self, path: Path, prefix: str, files: Collection[str]) -> None:
        """Read what is known about the tables of a folder, whose names are `files`."""
        rows, data = read_table(path, prefix + ABOUT_TABLE, ABOUT_COLUMNS)
        self._hash.update(f"{prefix}{ABOUT_TABLE}\0{len(data)}\0".encode() + data)
        for cells in rows:
            name = cells.one_of("table", [n for n in files if n != ABOUT_TABLE])
            if prefix + name in self._about:
                raise cells.fail("table", f"'{name}' is described twice", "delete one of the two rows")
            cells.needed_day("modified")
            self._about[prefix + name] = {column: cells.needed(column) for column in ABOUT_COLUMNS[1:]}

    def finish(self) -> ReferenceData:
        """The tables as one record, once every link between them holds."""
        post_kinds = self._rows.pop("post_kinds")
        fields = {name: tuple(rows.values()) for name, rows in self._rows.items()}
        reference = ReferenceData(**fields, digest=self._hash.hexdigest(), tables=self._about)
        check_links(reference, post_kinds, self._where)
        return reference

    def _where(self, row: TableRow) -> str:
        return f"{self._paths[row.table]}:{row.line}"


def known_table(path: Path) -> str:
    """The name of a CSV file, which must be that of a table.

    Raises:
        DataError: there is no such table; near names are offered.
    """
    if path.name not in TABLES and path.name != ABOUT_TABLE:
        near = near_names(path.name, [*TABLES, ABOUT_TABLE])
        hint = f"did you mean '{near[0]}'" if near else f"the tables are {', '.join(TABLES)}"
        raise DataError(f"there is no reference table '{path.name}'", where=path, hint=hint)
    return path.name


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise DataError("this reference folder is not there", where=folder, hint="create it or mend the path")
    return sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.name)


def _prefix(folder: Path, taken: set[str]) -> str:
    """`{folder name}/`, made distinct; the full path would tie the graph to one machine."""
    name = base = folder.resolve().name or "reference"
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return f"{name}/"
