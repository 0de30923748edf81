"""Files that are damaged as a whole: endless lines, nothing inside, cut off, of another kind."""

from __future__ import annotations

import gzip
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from policygraph.coded import CodedEvent
from policygraph.errors import SourceError
from policygraph.importing.actors import ActorLinker
from policygraph.importing.formats import FORMATS, format_named
from policygraph.importing.lines import Position, members
from policygraph.importing.tally import Tally
from tests.importing import acled_rows, gdelt_rows, icews_rows, plover_rows, polecat_rows

#: Header, if there is one, and a row of each set.
ROWS = {
    "plover": ([], plover_rows.record()),
    "gdelt": ([], gdelt_rows.event()),
    "icews": ([icews_rows.HEADER], icews_rows.row()),
    "polecat": ([polecat_rows.HEADER], polecat_rows.row()),
    "acled": ([acled_rows.HEADER], acled_rows.row(notes="")),
}
#: One set reads a gigabyte, for the others a line longer than any limit will do.
ENDLESS = {kind: 1 << (30 if kind == "gdelt" else 26) for kind in ROWS}


def read(path: Path, kind: str, linker: ActorLinker) -> tuple[int, Tally]:
    tally = Tally()
    items = (i for m in members(path) for i in format_named(kind).read(m, linker, tally, Position()))
    return sum(isinstance(item, CodedEvent) for item in items), tally


@pytest.mark.parametrize("kind", ROWS)
def test_a_line_of_up_to_a_gigabyte_is_passed_over_with_little_memory(
    linker: ActorLinker, tmp_path: Path, kind: str
) -> None:
    """The file is sparse: zeros that take no room."""
    header, row = ROWS[kind]
    path = tmp_path / "a.txt"
    with path.open("wb") as handle:
        handle.write("".join(line + "\n" for line in [*header, row]).encode())
        handle.truncate(handle.tell() + ENDLESS[kind])
        handle.seek(0, 2)
        handle.write(f"\n{row}\n".encode())
    tracemalloc.start()
    events, tally = read(path, kind, linker)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert events == 2
    assert tally.named == [f"a.txt:{len(header) + 2}: longer than 4 MB"]
    assert peak < 48 * 1024 * 1024


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_with_nothing_in_it_is_named(linker: ActorLinker, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    with pytest.raises(SourceError, match=r"a\.txt: the file is empty"):
        read(path, kind, linker)
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("empty.txt", "")
    with pytest.raises(SourceError, match="the zip file holds no files"):
        read(packed, kind, linker)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_folder_without_files_of_the_set_is_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.csv").write_text("x")
    with pytest.raises(SourceError, match=r"there is no file named like .* in this folder"):
        members(tmp_path, format_named(kind).suffixes)


@pytest.mark.parametrize("kind", ROWS)
def test_what_stands_before_the_cut_of_a_gzip_is_read(linker: ActorLinker, tmp_path: Path, kind: str) -> None:
    header, row = ROWS[kind]
    lines = [*header, *(row for _ in range(3000))]
    whole = gzip.compress("".join(line + "\n" for line in lines).encode())
    path = tmp_path / "a.txt.gz"
    path.write_bytes(whole[: len(whole) // 2])
    tally, form = Tally(), format_named(kind)
    (member,) = members(path)
    with pytest.raises(SourceError, match="cut off or damaged after line"):
        for _ in form.read(member, linker, tally, Position()):
            pass
    assert 0 < tally.events < 3000


@pytest.mark.parametrize("kind", ["icews", "polecat", "acled"])
def test_a_picture_is_no_data_set(linker: ActorLinker, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(256)) * 100)
    with pytest.raises(SourceError, match="the first line is no header"):
        read(path, kind, linker)


def test_lines_that_end_as_on_windows_or_not_at_all_are_read(linker: ActorLinker, tmp_path: Path) -> None:
    for kind, (header, row) in ROWS.items():
        path = tmp_path / f"{kind}.txt"
        path.write_bytes("\r\n".join([*header, row, row]).encode())
        events, tally = read(path, kind, linker)
        assert (events, tally.left_out.total()) == (2, 0), (kind, tally.named)
