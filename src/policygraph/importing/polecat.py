"""POLECAT event files: 40 columns, coded in PLOVER from 2018 on.

Format: POLECAT Weekly Data (Harvard Dataverse, doi 10.7910/DVN/AJGVIT). Tab
separated with a header; several values of one cell are joined by `;` or `|`.
The licence leaves out texts and addresses. What is the same event in several
stories has several rows.
"""

from __future__ import annotations

from urllib.parse import quote

from policygraph import iris
from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision, Report
from policygraph.importing import crosswalk
from policygraph.importing.cells import day, listed, number
from policygraph.importing.rows import RowReader
from policygraph.importing.sheets import Row, Sheet
from policygraph.importing.tally import UnusableRowError

_SHEET = Sheet(
    "a POLECAT file",
    ("event_id", "event_date", "event_type", "actor_name", "recipient_name"),
    fallback="iso-8859-1",
)
#: What makes an event; the other columns are about the report or say the same again.
_CODED = (
    "event_date", "event_type", "event_mode", "intensity", "event_intensity", "contexts", "actor_name",
    "actor_country", "primary_actor_sector", "recipient_name", "recipient_country", "primary_recipient_sector",
    "placename", "city", "district", "province", "country", "latitude", "longitude",
)  # fmt: skip
_WIKIPEDIA = "https://en.wikipedia.org/wiki/"


class PolecatReader(RowReader):
    """Reads the rows of a POLECAT file."""

    sheet = _SHEET

    def item(self, line: int, row: Row) -> CodedEvent:
        """See `RowReader`."""
        date = day(row["event_date"], day_first=False)
        if date is None:
            raise UnusableRowError("the event date is no day as YYYY-MM-DD")
        if not row["event_id"]:
            raise UnusableRowError("there is no event id")
        type_ = crosswalk.plover_type(row["event_type"])
        if type_ is None:
            raise UnusableRowError(f"'{row['event_type'][:40]}' is no PLOVER event type")
        modes = [m for name in listed(row.get("event_mode", "")) if (m := crosswalk.plover_mode(type_, name))]
        contexts = (crosswalk.plover_context(name) for name in listed(row.get("contexts", "")))
        # One number may stand for what was coded in several ways; then it is several events.
        coding = iris.content_key(*(row.get(column, "") for column in _CODED))[:6]
        return CodedEvent(
            dataset="polecat",
            id=f"{row['event_id']}-{coding}",
            type=type_,
            code=row["event_type"],
            earliest=date,
            latest=date,
            mode=modes[0] if modes else None,
            contexts=tuple(sorted({c for c in contexts if c})),
            actors=self._actors(row, "actor"),
            recipients=self._actors(row, "recipient"),
            place=self._place(row),
            intensity=number(row.get("intensity") or row.get("event_intensity", "")),
            reports=(_report(row),),
            file=self.name,
            line=line,
        )

    def _actors(self, row: Row, side: str) -> tuple[CodedActor, ...]:
        names = listed(row[f"{side}_name"])
        pages = _aligned(listed(row.get(f"wikipedia_{side}_id", "")), len(names))
        countries = _aligned(listed(row.get(f"{side}_country", "")), len(names))
        main = _aligned(listed(row.get(f"primary_{side}_sector", "")), len(names))
        # Sectors of several actors stand in one list, so they are told apart only where there is one actor.
        further = listed(row.get(f"{side}_sectors", "")) if len(names) == 1 else ()
        found = []
        for name, page, country, sector in zip(names, pages, countries, main, strict=True):
            sectors = dict.fromkeys(s for code in (sector, *further) if (s := crosswalk.plover_sector(code)))
            iso3 = self.linker.country(country)
            title = page.replace("_", " ").partition(" (")[0]
            address = _WIKIPEDIA + quote(page.replace(" ", "_")) if page else None
            found.append(self.linker.linked(name, iso3, tuple(sectors), aliases=(title,), same_as=address))
        return tuple(dict.fromkeys(found))

    def _place(self, row: Row) -> CodedPlace | None:
        if found := self.finest_place(row):
            return found
        name = row.get("placename") or row.get("raw_placename")
        return self.place(name, None, Precision.COUNTRY, row) if name else None


def _aligned(values: tuple[str, ...], number: int) -> tuple[str, ...]:
    """As many values as there are actors: one counts for all, another number for none."""
    if len(values) == number:
        return values
    return values * number if len(values) == 1 else ("",) * number


def _report(row: Row) -> Report:
    return Report(
        source=f"POLECAT event {row['event_id']}",
        publisher=row.get("source") or None,
        published=day(row.get("publication_date", ""), day_first=False),
        coder="NGEC",
        version=row.get("version") or None,
    )
