"""Lines of foreign files as they come: plain, gzip, zip, folders, standard input.

Nothing is held but the line at hand. A line that is too long is not read to its
end into memory; bytes that are no UTF-8 are replaced, and both are counted.
"""

from __future__ import annotations

import contextlib
import gzip
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from policygraph.errors import SourceError

#: No data set has lines near this long; a longer one is damage.
LONGEST = 4 * 1024 * 1024
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_BLOCK = 1 << 20
_BOM = b"\xef\xbb\xbf"
STANDARD_INPUT = Path("-")


class Complaints(Protocol):
    """Where a bad line is reported."""

    def bad(self, where: str, reason: str) -> None:
        """Count a line that cannot be used, and why."""
        ...

    def mended(self, reason: str) -> None:
        """Count a line that was used after mending."""
        ...


@dataclass(frozen=True, slots=True)
class Member:
    """A file, or a file within a zip; `size` is what is read from disk, 0 where that is not known.

    A slice of a file is a member too: it begins at byte `start`, after `before`
    lines, and ends with the line that byte `stop` falls in; see `slices`.
    """

    path: Path
    name: str
    size: int = 0
    inside: str | None = None
    start: int = 0
    before: int = 0
    stop: int | None = None


@dataclass(slots=True)
class Position:
    """How far a member has been read: bytes taken from disk."""

    read: int = 0
    _raw: list[BinaryIO] = field(default_factory=list)

    def update(self) -> int:
        """Bytes read so far."""
        for raw in self._raw:
            with contextlib.suppress(ValueError, OSError):
                self.read = raw.tell()
        return self.read


def members(path: Path, suffixes: tuple[str, ...] = ()) -> list[Member]:
    """The readable files at a path: itself, the members of a zip, or all files below a folder, sorted.

    Raises:
        SourceError: there is nothing to read.
    """
    if path == STANDARD_INPUT:
        return [Member(path, "standard input")]
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        wanted = [p for p in files if not suffixes or any(s in p.name.lower() for s in suffixes)]
        if not wanted:
            expected = f" named like {', '.join(suffixes)}" if suffixes else ""
            raise SourceError(f"there is no file{expected} in this folder", where=path)
        return [m for p in wanted for m in members(p)]
    if not path.is_file():
        raise SourceError("there is no such file", where=path)
    if path.stat().st_size == 0:
        raise SourceError("the file is empty", where=path)
    if _first_bytes(path) == _ZIP:
        return _zip_members(path)
    return [Member(path, path.name, path.stat().st_size)]


def read_lines(
    member: Member, complaints: Complaints, position: Position | None = None, fallback: str | None = None
) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of each line, without its end.

    Bytes that are no UTF-8 are read in the encoding `fallback`, or replaced.

    Raises:
        SourceError: the file is cut off or damaged; the lines before that have been given out.
    """
    with _open(member, position or Position()) as stream:
        number = member.before
        try:
            while True:
                if member.stop is not None and stream.tell() >= member.stop:
                    return
                data = stream.readline(LONGEST)
                if not data:
                    return
                number += 1
                if number == 1 and data.startswith(_BOM):
                    data = data[len(_BOM) :]
                    complaints.mended("byte order mark")
                if len(data) >= LONGEST and not data.endswith(b"\n"):
                    _skip_line(stream)
                    complaints.bad(f"{member.name}:{number}", f"longer than {LONGEST // 1024 // 1024} MB")
                    continue
                yield number, _text(data, complaints, fallback)
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise SourceError(
                f"the file is cut off or damaged after line {number:,} ({error})",
                where=member.path,
                hint="fetch it again; what was read so far is kept",
            ) from error


@contextlib.contextmanager
def _open(member: Member, position: Position) -> Iterator[BinaryIO]:
    with contextlib.ExitStack() as stack:
        if member.path == STANDARD_INPUT:
            yield sys.stdin.buffer
            return
        raw = stack.enter_context(member.path.open("rb"))
        position._raw[:] = [raw]
        if member.inside is not None:
            archive = stack.enter_context(zipfile.ZipFile(raw))
            yield cast("BinaryIO", stack.enter_context(archive.open(member.inside)))
        elif _first_bytes(member.path) == _GZIP:
            yield cast("BinaryIO", stack.enter_context(gzip.open(raw, "rb")))
        else:
            raw.seek(member.start)
            yield raw


def slices(member: Member, size: int) -> list[Member]:
    """A plain file in slices of about `size` bytes that begin with a line; what is packed stays whole.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.tsv"
    >>> _ = path.write_text("one\\ntwo\\nthree\\n")
    >>> [(s.start, s.before, s.stop) for s in slices(members(path)[0], 5)]
    [(0, 0, 8), (8, 2, 14)]
    """
    packed = member.path == STANDARD_INPUT or member.inside is not None
    if packed or member.size <= size or _first_bytes(member.path) == _GZIP:
        return [member]
    found = []
    with member.path.open("rb") as handle:
        start, before = 0, 0
        while start < member.size:
            stop, lines = _line_end(handle, start, start + size)
            found.append(replace(member, size=stop - start, start=start, before=before, stop=stop))
            start, before = stop, before + lines
    return found


def _line_end(handle: BinaryIO, start: int, wanted: int) -> tuple[int, int]:
    """Where the line ends that holds the byte before `wanted`, and how many lines end up to there."""
    handle.seek(start)
    at, lines = start, 0
    while block := handle.read(_BLOCK):
        # The last byte before `wanted` may end a line itself.
        end = block.find(b"\n", max(0, wanted - at - 1))
        if end >= 0:
            return at + end + 1, lines + block.count(b"\n", 0, end + 1)
        lines += block.count(b"\n")
        at += len(block)
    return at, lines


def _text(data: bytes, complaints: Complaints, fallback: str | None) -> str:
    data = data.rstrip(b"\r\n")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        complaints.mended("bytes that are no UTF-8")
        return data.decode(fallback, "replace") if fallback else data.decode("utf-8", "replace")


def _skip_line(stream: BinaryIO) -> None:
    while True:
        piece = stream.readline(LONGEST)
        if not piece or piece.endswith(b"\n"):
            return


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as handle:
        head = handle.read(4)
    return _GZIP if head.startswith(_GZIP) else head


def _zip_members(path: Path) -> list[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(i.filename for i in archive.infolist() if not i.is_dir() and i.file_size)
    except zipfile.BadZipFile as error:
        raise SourceError(f"the zip file is damaged ({error})", where=path, hint="fetch it again") from error
    if not names:
        raise SourceError("the zip file holds no files", where=path)
    return [Member(path, f"{path.name}/{name}", path.stat().st_size, name) for name in names]
