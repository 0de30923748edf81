"""GDELT event files: version 2.0 (61 columns) and 1.0 (57 or 58), with mentions (16 columns).

Format: "The GDELT Event Database Data Format Codebook V2.0" (2015) and
"GDELT Data Format Codebook V1.03" (2013). Tab-separated, unquoted, no header.
Actor countries are CAMEO codes and places FIPS codes in one and the same row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision, Report
from policygraph.importing import crosswalk
from policygraph.importing.actors import ActorLinker
from policygraph.importing.lines import Member, Position, read_lines
from policygraph.importing.tally import Tally
from policygraph.recent import Recent

#: What repeats from row to row is kept, so much of each kind; see `Recent`.
_KEPT, _REPORTS_KEPT = 10_000, 1_000
#: Distances at which a date is a relative one ("last year") put on the batch's day.
_RELATIVE = {1: "a day", 7: "a week", 30: "a month", 31: "a month", 365: "a year", 366: "a year"}
_PLACE_PRECISION = {
    "1": Precision.COUNTRY,
    "2": Precision.PROVINCE,
    "3": Precision.CITY,
    "4": Precision.CITY,
    "5": Precision.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are that are used."""

    columns: int
    place: int
    added: int
    url: int | None


_LAYOUTS = {
    61: Layout(61, 51, 59, 60),
    58: Layout(58, 49, 56, 57),
    57: Layout(57, 49, 56, None),
}


def read_events(
    member: Member, linker: ActorLinker, tally: Tally, position: Position | None = None
) -> Iterator[CodedEvent]:
    """The events of one file, in its order; bad lines are counted and named in `tally`."""
    reader = _Reader(member.name, linker, tally)
    for number, line in read_lines(member, tally, position):
        event = reader.event(number, line)
        if event is not None:
            tally.events += 1
            yield event


class _Reader:
    """Reads rows of one file, and keeps what repeats from row to row."""

    def __init__(self, name: str, linker: ActorLinker, tally: Tally) -> None:
        self.name, self.linker, self.tally = name, linker, tally
        self._actors = Recent[tuple[str, ...], tuple[CodedActor, ...]](_KEPT)
        self._places = Recent[tuple[str, ...], CodedPlace](_KEPT)
        self._reports = Recent[str, tuple[Report, ...]](_REPORTS_KEPT)

    def event(self, number: int, line: str) -> CodedEvent | None:
        """The event of a line, or None."""
        cells = line.split("\t")
        layout = _LAYOUTS.get(len(cells))
        if layout is None:
            self._wrong_columns(number, line, len(cells))
            return None
        if not cells[0].isdigit():
            header = number == 1 and "GLOBALEVENTID" in line.upper()
            self._bad(number, "a header, where none belongs" if header else "the event id is no number")
            return None
        day = _day(cells[1])
        if day is None:
            self._bad(number, "the date is not a day as YYYYMMDD")
            return None
        if not crosswalk.is_cameo(cells[26]):
            self._bad(number, "the event code is not a CAMEO code")
            return None
        coding = crosswalk.cameo(cells[26])
        return CodedEvent(
            dataset="gdelt",
            id=cells[0],
            type=coding.type,
            code=cells[26],
            earliest=day,
            latest=day,
            mode=coding.mode,
            contexts=coding.contexts,
            actors=self._actor(cells[5:15]),
            recipients=self._actor(cells[15:25]),
            place=self._place(cells, layout.place),
            intensity=_number(cells[30]),
            reports=self._report(cells, layout, day),
            file=self.name,
            line=number,
        )

    def _wrong_columns(self, number: int, line: str, columns: int) -> None:
        if not line.strip():
            self._bad(number, "an empty line")
        elif columns == 1 and line.count(";") > 50:
            self._bad(number, "a copy from a spreadsheet with semicolons, whose long numbers are damaged")
        else:
            self._bad(number, f"{columns} columns, expected {', '.join(map(str, sorted(_LAYOUTS)))}")

    def _bad(self, number: int, reason: str) -> None:
        self.tally.bad(f"{self.name}:{number}", reason)

    def _actor(self, cells: list[str]) -> tuple[CodedActor, ...]:
        code, name, country = cells[0], cells[1], cells[2]
        if not code and not name:
            return ()
        key = (code, name, country, *cells[7:10])
        found = self._actors.get(key)
        if found is None:
            iso3 = crosswalk.cameo_country(country, self.linker.countries) if country else None
            sectors = tuple(s for role in cells[7:10] if role and (s := crosswalk.cameo_sector(role)))
            named = "" if iso3 and not sectors and code == country else name.title()
            found = self._actors.keep(key, (self.linker.linked(named, iso3, sectors, code),))
        return found

    def _place(self, cells: list[str], at: int) -> CodedPlace | None:
        # In 1.0 the second administrative level is missing, so the numbers come one column earlier.
        extra = 1 if len(cells) == 61 else 0
        kind, name, fips = cells[at], cells[at + 1], cells[at + 2]
        latitude, longitude = cells[at + 4 + extra], cells[at + 5 + extra]
        if kind in ("", "0") or not name:
            return None
        key = (kind, name, fips, latitude, longitude)
        found = self._places.get(key)
        if found is None:
            precision = _PLACE_PRECISION.get(kind, Precision.COUNTRY)
            country = crosswalk.fips_country(fips)
            # A full name goes from the narrow to the wide: "Lyon, Rhone-Alpes, France".
            city = self.linker.city(name.split(",")[0].strip(), country) if precision is Precision.CITY else None
            place = CodedPlace(name, country, precision, _number(latitude), _number(longitude), city)
            found = self._places.keep(key, place)
        return found

    def _report(self, cells: list[str], layout: Layout, day: dt.date) -> tuple[Report, ...]:
        added = _day(cells[layout.added][:8])
        if added and (said := _RELATIVE.get((added - day).days)):
            self.tally.mended(f"dated exactly {said} before it was found, so its date may be a guess")
        url = cells[layout.url] if layout.url is not None else ""
        source = url if url and url != "BBC Monitoring" else f"GDELT batch {cells[layout.added]}"
        return self._reports.get(source) or self._reports.keep(
            source, (Report(source, published=added, coder="GDELT"),)
        )


def read_mentions(member: Member, tally: Tally, position: Position | None = None) -> Iterator[tuple[int, str, Report]]:
    """Line, event id and report of each row of a mentions file: the only table with sentence, offset and confidence."""
    for number, line in read_lines(member, tally, position):
        cells = line.split("\t")
        if len(cells) not in (14, 15, 16):
            tally.bad(f"{member.name}:{number}", f"{len(cells)} columns, expected 16")
        elif not cells[0].isdigit():
            tally.bad(f"{member.name}:{number}", "the event id is no number")
        else:
            yield number, cells[0], _mention(cells)


def _mention(cells: list[str]) -> Report:
    confidence, offset = _number(cells[11]), _number(cells[9])
    return Report(
        source=cells[5],
        publisher=cells[4] or None,
        published=_day(cells[2][:8]),
        coder="GDELT",
        confidence=None if confidence is None else confidence / 100,
        sentence=int(cells[6]) if cells[6].isdigit() else None,
        offset=int(offset) if offset is not None and offset >= 0 else None,
    )


@lru_cache(maxsize=_KEPT)
def _day(text: str) -> dt.date | None:
    if len(text) != 8 or not text.isdigit():
        return None
    try:
        day = dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return day if day.year > 1900 else None


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
