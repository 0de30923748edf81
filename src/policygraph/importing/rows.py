"""What readers of tables have in common: from row to row through a file, and from a row to a place."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from policygraph.coded import CodedEvent, CodedPlace, Deletion, Precision
from policygraph.importing.actors import ActorLinker
from policygraph.importing.cells import degrees
from policygraph.importing.lines import Member, Position
from policygraph.importing.sheets import Row, Sheet, read_rows
from policygraph.importing.tally import Tally, UnusableRowError

#: Columns that name a place, the finest first.
_LEVELS = (
    ("city", Precision.CITY),
    ("district", Precision.DISTRICT),
    ("province", Precision.PROVINCE),
    ("country", Precision.COUNTRY),
)


class RowReader(ABC):
    """Makes events of the rows of one file; each data set has its own `sheet` and `item`."""

    sheet: ClassVar[Sheet]

    def __init__(self, name: str, linker: ActorLinker) -> None:
        self.name, self.linker = name, linker

    @classmethod
    def read(
        cls, member: Member, linker: ActorLinker, tally: Tally, position: Position | None = None
    ) -> Iterator[CodedEvent | Deletion]:
        """The events and deletions of one file, in its order; rows that are refused are counted and named in `tally`.

        Raises:
            SourceError: the first line lacks a column, or the file is damaged.
        """
        reader = cls(member.name, linker)
        for line, row in read_rows(member, cls.sheet, tally, position):
            try:
                item = reader.item(line, row)
            except UnusableRowError as error:
                tally.bad(f"{member.name}:{line}", error.message)
                continue
            if isinstance(item, Deletion):
                tally.withdrawn += 1
            else:
                tally.events += 1
            yield item

    @abstractmethod
    def item(self, line: int, row: Row) -> CodedEvent | Deletion:
        """The event or deletion of a row.

        Raises:
            UnusableRowError: the row lacks what makes one.
        """

    def finest_place(self, row: Row) -> CodedPlace | None:
        """The place of the finest level that a row names: city, district, province or country."""
        country = self.linker.country(row.get("country", ""))
        for level, precision in _LEVELS:
            if name := row.get(level):
                return self.place(name, country, precision, row)
        return None

    def place(self, name: str, country: str | None, precision: Precision, row: Row) -> CodedPlace:
        """A place where the row says that it is; a town as the one that is known."""
        known = self.linker.city(name, country) if precision is Precision.CITY else None
        return CodedPlace(name, country, precision, *degrees(row.get("latitude", ""), row.get("longitude", "")), known)
