"""What earlier builds took from each source, kept so that only what changed is read again."""

from __future__ import annotations

import io
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph.encode import Encoded, Named

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True)
class Entry:
    """One source as the graph needs it; `key` changes whenever its quads may change."""

    key: str
    doc_id: str
    title: str
    claims: int
    named: tuple[Named, ...]
    warnings: tuple[str, ...]


class Cache:
    """A folder of entries: what is said about entities, the quads, and the stored text.

    Entries are written so that a killed process leaves none half done: the
    description, which is looked for, comes last and in one step.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def holds(self, key: str) -> bool:
        """Whether there is an entry of that key."""
        return self._path(key, "json").is_file()

    def get(self, key: str) -> Entry | None:
        """The entry of a key; None if it is not there or cannot be read."""
        try:
            data = json.loads(self._path(key, "json").read_text(encoding="utf-8"))
            named = tuple(
                Named(n["id"], n["type"], n["name"], tuple(n["others"]), tuple((f, t) for f, t in n["facts"]))
                for n in data["named"]
            )
            return Entry(key, data["doc_id"], data["title"], data["claims"], named, tuple(data["warnings"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, encoded: Encoded, title: str, text: str, warnings: Iterable[str]) -> Entry:
        """Keep a source that has just been read."""
        entry = Entry(key, encoded.doc_id, title, encoded.claims, encoded.named, (*warnings, *encoded.warnings))
        self._path(key, "json").parent.mkdir(parents=True, exist_ok=True)
        quads = io.BytesIO()
        ox.serialize(encoded.quads, quads, format=ox.RdfFormat.N_QUADS)
        self._write(key, "nq", quads.getvalue())
        self._write(key, "txt", text.encode("utf-8"))
        self._write(key, "json", json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8"))
        return entry

    def _write(self, key: str, suffix: str, data: bytes) -> None:
        """Put a file in place in one step: another machine may write, or read, the same entry at this moment."""
        partial = self._path(key, f"{secrets.token_hex(4)}.partial")
        try:
            partial.write_bytes(data)
            partial.replace(self._path(key, suffix))
        finally:
            partial.unlink(missing_ok=True)

    def stream(self, entries: Iterable[Entry]) -> BinaryIO:
        """The quads of many sources as one stream of N-Quads, which the engine loads at full speed."""
        return io.BufferedReader(_Joined(self._path(entry.key, "nq") for entry in entries))

    def copy_text(self, entry: Entry, folder: Path) -> None:
        """Put the stored text into a folder of sources."""
        shutil.copyfile(self._path(entry.key, "txt"), folder / f"{entry.doc_id}.txt")

    def prune(self, keep: Iterable[Entry]) -> None:
        """Forget everything but these entries."""
        kept = {entry.key for entry in keep}
        for path in sorted(self.folder.glob("*/*")):
            if path.parent.name + path.name.split(".")[0] not in kept or path.suffix == ".partial":
                path.unlink(missing_ok=True)

    def _path(self, key: str, suffix: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.{suffix}"


class _Joined(io.RawIOBase):
    """Several files read as one."""

    def __init__(self, paths: Iterator[Path]) -> None:
        self._paths = paths
        self._open: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while True:
            if self._open is None:
                path = next(self._paths, None)
                if path is None:
                    return 0
                self._open = path.open("rb")
            got = self._open.readinto(buffer)  # type: ignore[attr-defined]
            if got:
                return int(got)
            self._open.close()
            self._open = None


def code_digest(*rooms: str) -> str:
    """A hash of the files of some rooms of this package: what they write may change when these do."""
    package = Path(__file__).resolve().parents[1]
    paths = [p for room in rooms for p in (package / room).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return iris.content_key(*(iris.sha256(path.read_bytes()) for path in sorted(paths)))
