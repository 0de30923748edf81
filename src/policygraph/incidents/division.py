"""Properties of many events, brought together on disk a part of the events at a time."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zlib import crc32

#: Events whose properties are in memory at a time, about, and pairs that are held before they are written.
PART, _HELD = 50_000, 50_000
#: Event to its values by property.
Part = dict[str, dict[str, list[Any]]]


class Division:
    """Values of properties, given by property and taken by event (a hash join with its parts on disk).

    >>> with Division(2) as parts:
    ...     parts.add("actor", [("e1", 4), ("e2", 5)])
    ...     parts.add("code", [("e1", "04")])
    ...     list(parts)
    [{'e1': {'actor': [4], 'code': ['04']}, 'e2': {'actor': [5]}}]
    """

    def __init__(self, events: int, folder: Path | None = None) -> None:
        self._files: list[IO[bytes]] = [TemporaryFile(dir=folder) for _ in range(1 + events // PART)]  # noqa: SIM115 - closed with the division

    def __enter__(self) -> Division:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def add(self, name: str, pairs: Iterable[tuple[str, Any]]) -> None:
        """The values of a property, by event."""
        parts, rest = len(self._files), iter(pairs)
        while held := list(islice(rest, _HELD)):
            divided: list[list[tuple[str, Any]]] = [[] for _ in range(parts)]
            for pair in held:
                divided[crc32(pair[0].encode()) % parts].append(pair)
            for file, some in zip(self._files, divided, strict=True):
                file.write(marshal.dumps((name, some)))

    def __iter__(self) -> Iterator[Part]:
        for file in self._files:
            part: Part = {}
            file.seek(0)
            for name, some in _loaded(file):
                for event, value in some:
                    part.setdefault(event, {}).setdefault(name, []).append(value)
            yield part


def _loaded(file: IO[bytes]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    while True:
        try:
            yield marshal.load(file)  # noqa: S302 - written by this module
        except EOFError:
            return
