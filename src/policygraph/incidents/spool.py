"""Events that wait on disk for their day, so that memory does not grow with their number."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from policygraph.incidents.events import Things, Told

#: Events that are held before they are written.
_HELD = 20_000


class Spool:
    """Events by the day on which they begin; given out day by day, as often as wanted.

    >>> with Spool() as spool:
    ...     for name, day in (("a", 8), ("b", 7), ("c", 8)):
    ...         spool.add(Told(name, "", 0, day, day, True, (), (), 0, (), b""))
    ...     [(day, [told.iri for told in events]) for day, events in spool.days(Things())]
    [(7, ['b']), (8, ['a', 'c'])]
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the spool
        self._held: dict[int, list[tuple[object, ...]]] = {}
        self._at: dict[int, array[int]] = {}
        self._waiting = 0
        self.events = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, told: Told) -> None:
        """Let an event wait."""
        self._held.setdefault(told.first, []).append(tuple(told))
        self.events += 1
        self._waiting += 1
        if self._waiting >= _HELD:
            self._write()

    def _write(self) -> None:
        self._file.seek(0, 2)
        for day, rows in self._held.items():
            packed = marshal.dumps(rows)
            self._at.setdefault(day, array("q")).extend((self._file.tell(), len(packed)))
            self._file.write(packed)
        self._held.clear()
        self._waiting = 0

    def days(self, things: Things) -> Iterator[tuple[int, Iterator[Told]]]:
        """Each day with its events, those of one place and kind beside each other, in an order of names.

        An event is let go of when the next one is taken.
        """
        self._write()
        place, kind = things.entities.values, things.kinds.values
        for day in sorted(self._at):
            rows: list[Told] = []
            for position, size in zip(*[iter(self._at[day])] * 2, strict=True):
                self._file.seek(position)
                rows += map(Told._make, marshal.loads(self._file.read(size)))  # noqa: S302 - written above
            rows.sort(key=lambda told: (place[told.place], kind[told.kind], told.iri), reverse=True)
            yield day, (rows.pop() for _ in range(len(rows)))
