"""ACLED events: the 31 columns of the present layout, older ones by their names, and files of deletions.

Format: ACLED Codebook and API guide (acleddata.com). CSV with a header. Events
are revised and taken back later: the greatest timestamp of an event counts.
"""

from __future__ import annotations

import datetime as dt
import re

from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Deletion, Precision, Report
from policygraph.importing import crosswalk
from policygraph.importing.cells import day, listed, month_of, whole
from policygraph.importing.crosswalk import Coding
from policygraph.importing.rows import RowReader
from policygraph.importing.sheets import Row, Sheet
from policygraph.importing.tally import UnusableRowError
from policygraph.vocabulary import EventType

_SHEET = Sheet(
    "an ACLED file",
    ("event_id_cnty|event_id_no_cnty", "event_date|deleted_timestamp"),
    fallback="cp1252",
)
_YEARS = re.compile(r"\s*\(\d{4}\s*-\s*(?:\d{4})?\)\s*\Z", re.ASCII)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*\Z")
#: `geo_precision`: the place itself, near it or a part of the region, the region alone.
_PLACES = {
    "2": (Precision.DISTRICT, ("admin2", "admin1", "location")),
    "3": (Precision.PROVINCE, ("admin1", "location")),
}
#: A deletion without its time holds against every version.
_FOR_GOOD = 1 << 53
#: In older layouts riots and protests are one type, told apart by who acts.
_BY_ACTOR = {"5": "riot", "rioters": "riot", "6": "demo", "protesters": "demo"}


class AcledReader(RowReader):
    """Reads the rows of a file of events, or of one of deletions."""

    sheet = _SHEET

    def item(self, line: int, row: Row) -> CodedEvent | Deletion:
        """See `RowReader`."""
        id = row.get("event_id_cnty") or f"{row.get('iso3', '')}{row.get('event_id_no_cnty', '')}"
        if not id:
            raise UnusableRowError("there is no event_id_cnty")
        if "deleted_timestamp" in row:
            return Deletion("acled", id, line, _moment(row["deleted_timestamp"]) or _FOR_GOOD)
        first, last = _bounds(row)
        coding = _coding(row)
        return CodedEvent(
            dataset="acled",
            id=id,
            type=coding.type,
            code=": ".join(filter(None, (row["event_type"], row.get("sub_event_type")))),
            earliest=first,
            latest=last,
            mode=coding.mode,
            contexts=coding.contexts,
            actors=self._actors(row, "1"),
            recipients=self._actors(row, "2"),
            place=self._place(row),
            fatalities=whole(row.get("fatalities", "")),
            revision=_moment(row.get("timestamp", "")),
            reports=_reports(row, id),
            file=self.name,
            line=line,
        )

    def _actors(self, row: Row, side: str) -> tuple[CodedActor, ...]:
        """The actor of a side and those that are named as going along with it."""
        name, inter = row.get(f"actor{side}", ""), row.get(f"inter{side}", "")
        # Older layouts write `assoc_actor_1` as `ally_actor_1`.
        along = row.get(f"assoc_actor_{side}") or row.get(f"ally_actor_{side}", "")
        found = [self._actor(name, inter)] if name else []
        found += [self._actor(other, "") for other in listed(along)]
        return tuple(dict.fromkeys(found))

    def _actor(self, name: str, inter: str) -> CodedActor:
        plain = _YEARS.sub("", name)
        sector = crosswalk.acled_sector(plain, inter)
        # Many bodies share a short form: `ADF: Allied Democratic Forces` is known by the long name or not at all.
        long = plain.partition(": ")[2]
        return self.linker.linked(name, self._country(plain), (sector,) if sector else (), aliases=(plain, long))

    def _country(self, name: str) -> str | None:
        """The country in a name: `Protesters (Mexico)`, `Military Forces of Mexico`."""
        if found := _IN_BRACKETS.search(name):
            return self.linker.country(found[1])
        owner = name.partition(" of ")[2].removeprefix("the ")
        return self.linker.country(owner) if owner else None

    def _place(self, row: Row) -> CodedPlace | None:
        country = self.linker.numbered(row.get("iso", "")) or self.linker.country(row.get("iso3", ""))
        country = country or self.linker.country(row.get("country", ""))
        precision, levels = _PLACES.get(row.get("geo_precision", ""), (Precision.CITY, ("location",)))
        name = next((row[level] for level in levels if row.get(level)), "")
        if not name:
            # Where a sea stands for the country there is none.
            name, precision = row.get("country", ""), Precision.COUNTRY
        return self.place(name, country, precision, row) if name else None


def _coding(row: Row) -> Coding:
    coding = crosswalk.acled(row.get("event_type", ""), row.get("sub_event_type", ""))
    if coding is None:
        raise UnusableRowError(f"'{row.get('event_type', '')[:40]}' is no event type of ACLED")
    if coding.type is EventType.PROTEST and coding.mode is None:
        return Coding(coding.type, _BY_ACTOR.get(row.get("inter1", "").casefold()), coding.contexts)
    return coding


def _bounds(row: Row) -> tuple[dt.date, dt.date]:
    """First and last day: precision 2 is a week around the date, 3 its month."""
    date = day(row["event_date"], day_first=True)
    if date is None:
        raise UnusableRowError("the event date is no day as YYYY-MM-DD, D/M/YYYY or 31 March 2017")
    precision = row.get("time_precision") or row.get("time_prec", "")
    if precision == "2":
        return date - dt.timedelta(days=3), date + dt.timedelta(days=3)
    return month_of(date) if precision == "3" else (date, date)


def _reports(row: Row, id: str) -> tuple[Report, ...]:
    """One report for each outlet that the row names; the notes are the coder's own words on all of them."""
    notes = row.get("notes") or None
    return tuple(
        Report(f"ACLED event {id}", publisher=outlet, coder="ACLED", version=row.get("timestamp") or None, text=notes)
        for outlet in dict.fromkeys(listed(row.get("source", "")) or (None,))
    )


def _moment(text: str) -> int:
    """Seconds since 1970, also from a date and time; 0 where there is none."""
    if (seconds := whole(text)) is not None:
        return seconds
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return 0
    return int((moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp())
