"""Takes reference tables into a project: checked first, then merged row by row into the project's folder."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import DataError, UsageError
from policygraph.importing.reference import gather, known_table
from policygraph.importing.reference_cells import Cells, read_table
from policygraph.importing.reference_tables import ABOUT_COLUMNS, ABOUT_TABLE, TABLES


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file: where its rows are now, how many were new and how many replaced others.

    Turtle files are copied whole and count no rows.
    """

    path: Path
    added: int = 0
    replaced: int = 0


def import_reference(files: Sequence[Path], into: Path, bundled: bool = True) -> list[TakenIn]:
    """Merge reference tables (`*.csv`) and copy Turtle files (`*.ttl`) into the folder `into`.

    Everything is checked before anything is written: each file by itself, and
    all rows against the bundled tables (unless `bundled` is false) and those
    already in the folder. A row with a known key replaces the earlier one, so
    that importing the same file again changes nothing.

    Raises:
        UsageError: a file is neither CSV nor Turtle.
        DataError: a file breaks its schema, or the folder cannot be written.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "post_kinds.csv")
    ...     _ = table.write_text("kind,definition,source\\nharbour-master,The post runs a port.,own\\n")
    ...     done = import_reference([table], Path(folder, "reference"))
    >>> done[0].added, done[0].replaced
    (1, 0)
    """
    gatherer = gather([into] if into.is_dir() else [], bundled)
    there = {path.name for path in (*files, *(into.iterdir() if into.is_dir() else ()))}
    for path in files:
        if not path.is_file():
            raise UsageError("there is no such file", where=path, hint="check the path")
        if path.suffix.lower() == ".ttl":
            _check_turtle(path)
        elif path.suffix.lower() != ".csv":
            raise UsageError("reference data is CSV or Turtle", where=path, hint="give a file named *.csv or *.ttl")
        elif known_table(path) == ABOUT_TABLE:
            gatherer.read_about(path, f"{path}/", sorted(there))
        else:
            gatherer.read_table(path, str(path))
    gatherer.finish()
    try:
        into.mkdir(parents=True, exist_ok=True)
        return [_take_in(path, into / path.name) for path in files]
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", where=into, hint="check the folder's rights") from error


def _check_turtle(path: Path) -> None:
    import pyoxigraph as ox

    try:
        for _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            pass
    except SyntaxError as error:
        raise DataError(
            f"this is not Turtle: {error.msg}", where=f"{path}:{error.lineno or '?'}", hint="mend the file there"
        ) from error


def _take_in(path: Path, target: Path) -> TakenIn:
    if path.suffix.lower() == ".ttl":
        _write(target, path.read_bytes())
        return TakenIn(target)
    columns = ABOUT_COLUMNS if path.name == ABOUT_TABLE else TABLES[path.name].columns
    known = _rows(target, columns) if target.is_file() else {}
    fresh = _rows(path, columns)
    replaced = len([key for key in fresh if key in known])
    merged = known | fresh
    _write(target, _as_csv(columns, [cells.values() for cells in merged.values()]))
    return TakenIn(target, len(fresh) - replaced, replaced)


def _rows(path: Path, columns: Sequence[str]) -> dict[str, Cells]:
    """The rows of a table by key, in the order of the file."""
    rows, _ = read_table(path, path.name, columns)
    if path.name == ABOUT_TABLE:
        return {cells.text("table"): cells for cells in rows}
    form = TABLES[path.name]
    return {getattr(form.build(cells), form.key): cells for cells in rows}


def _as_csv(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _write(target: Path, data: bytes) -> None:
    """Replace a file at once, so that a reader sees the old or the new one."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
