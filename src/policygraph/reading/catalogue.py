"""The catalogue of sources: what is known about each article besides its words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path

from policygraph.errors import DataError
from policygraph.records import SourceInfo

COLUMNS = ("file", "title", "publisher", "published", "url", "language", "author", "licence")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_catalogue(path: str | Path) -> dict[str, SourceInfo]:
    """Read `sources.csv`: one row an article, an empty cell for what is not known.

    The columns are file, title, publisher, published (YYYY-MM-DD), url,
    language (such as `en` or `pt-BR`), author and licence, in any order; all but
    `file` may be left out. `file` is the path of the article below the folder of
    the catalogue, with slashes.

    Raises:
        DataError: a wrong column, a broken row or a file listed twice; names the line.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "sources.csv"
    >>> _ = file.write_text(",".join(COLUMNS) + "\\na.txt,Talks in Lima,,2024-05-02,,en,,\\n")
    >>> read_catalogue(file)["a.txt"].published
    datetime.date(2024, 5, 2)
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"the catalogue cannot be read: {error.strerror or error}", where=file) from error
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8: byte {error.start}", where=file, hint="save it as CSV in UTF-8") from error
    rows = _rows(text, file)
    _, header = next(rows, (1, []))
    columns = tuple(cell.strip() for cell in header)
    _check_header(columns, file)
    return _entries(rows, columns, file)


def _rows(text: str, file: Path) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise DataError(f"not a CSV row: {error}", where=f"{file}:{reader.line_num}") from error


def _entries(rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], file: Path) -> dict[str, SourceInfo]:
    entries: dict[str, SourceInfo] = {}
    for line, row in rows:
        where = f"{file}:{line}"
        if len(row) != len(columns):
            raise DataError(f"the row has {len(row)} cells, expected {len(columns)}", where=where)
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(columns, (cell.strip() for cell in row), strict=True))
        name = cells.pop("file")
        if not name:
            raise DataError("the column 'file' is empty", where=where, hint="name the article's file")
        if name in entries:
            raise DataError(f"'{name}' is listed twice", where=where, hint="keep one row for each article")
        entries[name] = _info(cells, where)
    return entries


def _check_header(header: tuple[str, ...], file: Path) -> None:
    unknown = [c for c in header if c not in COLUMNS]
    twice = sorted({c for c in header if header.count(c) > 1})
    found = [] if "file" in header else ["misses file"]
    found += [f"has the unknown {', '.join(map(repr, unknown))}"] if unknown else []
    found += [f"has {', '.join(twice)} twice"] if twice and not unknown else []
    if found:
        raise DataError(
            f"the header {' and '.join(found)}",
            where=f"{file}:1",
            hint=f"begin the file with {','.join(COLUMNS)}, or some of these, file among them",
        )


def _info(cells: dict[str, str], where: str) -> SourceInfo:
    url, language = cells["url"], cells["language"]
    if url and not url.startswith(("http://", "https://")):
        raise DataError(f"the url '{url}' does not begin with http:// or https://", where=where)
    if language and not _LANGUAGE.fullmatch(language):
        raise DataError(f"'{language}' is no language tag", where=where, hint="write en, es, pt-BR or the like")
    return SourceInfo(
        title=cells["title"] or None,
        publisher=cells["publisher"] or None,
        published=_day(cells["published"], where),
        url=url or None,
        language=language or None,
        author=cells["author"] or None,
        licence=cells["licence"] or None,
    )


def _day(cell: str, where: str) -> dt.date | None:
    if not cell:
        return None
    try:
        return dt.datetime.strptime(cell, "%Y-%m-%d").date()
    except ValueError:
        raise DataError(f"'{cell}' is no day", where=where, hint="write YYYY-MM-DD, or leave it empty") from None
