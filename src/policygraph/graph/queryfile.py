"""Query files: SPARQL under a header of `# key: value` lines.

Rules and lint checks are such files, so that adding one needs no Python.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import DataError

_HEADER_LINE = re.compile(r"#\s*([a-z]+):\s*(.+?)\s*$")


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query, what its header says, and where it was read from."""

    path: Path
    header: dict[str, str]
    text: str

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


def read_query_file(path: Path, keys: Collection[str]) -> QueryFile:
    """Read a query and its header, which must have exactly the given keys.

    The header is the run of comment lines at the top; the query follows it.

    Raises:
        DataError: a key is missing, unknown or given twice, or there is no query.
    """
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        match = _HEADER_LINE.match(line)
        if match is None or match[1] not in keys or match[1] in header:
            wanted = ", ".join(keys)
            raise DataError(f"expected one line '# key: value' for each of {wanted}", where=f"{path}:{number}")
        header[match[1]] = match[2]
    missing = [key for key in keys if key not in header]
    if missing:
        raise DataError(f"the header lacks {', '.join(missing)}", where=f"{path}:1", hint="add '# key: value' lines")
    if not any(line.strip() and not line.startswith("#") for line in text.splitlines()):
        raise DataError("no query stands below the header", where=path, hint="write the query or remove the file")
    return QueryFile(path, header, text)


def read_query_files(folder: Path, keys: Collection[str]) -> Iterator[QueryFile]:
    """All `*.rq` files of a folder in the order of their names."""
    for path in sorted(folder.glob("*.rq")):
        yield read_query_file(path, keys)
