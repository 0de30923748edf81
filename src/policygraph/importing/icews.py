"""ICEWS event files: 20 columns, 19 in the year without codes.

Format: ICEWS Coded Event Data (Harvard Dataverse, doi 10.7910/DVN/28075). Tab
separated with a header; countries and sectors are names. An event's number is
unique only together with its date.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision, Report
from policygraph.importing import crosswalk
from policygraph.importing.actors import ActorLinker
from policygraph.importing.cells import day, degrees, number, whole
from policygraph.importing.lines import Member, Position
from policygraph.importing.sheets import Row, Sheet, read_coded, read_rows
from policygraph.importing.tally import Tally, UnusableRowError

_SHEET = Sheet(
    "an ICEWS file",
    ("event_id", "event_date", "source_name", "event_text", "target_name"),
    # Some years hold names in the Western code page.
    fallback="cp1252",
)
_LEVELS = (
    ("city", Precision.CITY),
    ("district", Precision.DISTRICT),
    ("province", Precision.PROVINCE),
    ("country", Precision.COUNTRY),
)


def read_events(
    member: Member, linker: ActorLinker, tally: Tally, position: Position | None = None
) -> Iterator[CodedEvent]:
    """The events of one file, in its order; rows that cannot be used are counted and named in `tally`."""
    reader = _Reader(member.name, linker)
    rows = read_rows(member, _SHEET, tally, position)
    yield from read_coded(rows, reader.event, member.name, tally)


class _Reader:
    def __init__(self, name: str, linker: ActorLinker) -> None:
        self.name, self.linker = name, linker

    def event(self, line: int, row: Row) -> CodedEvent:
        """The event of a row.

        Raises:
            UnusableRowError: the row lacks what makes an event.
        """
        date = day(row["event_date"], day_first=False)
        if date is None:
            raise UnusableRowError("the event date is no day as YYYY-MM-DD or M/D/YYYY")
        if not row["event_id"]:
            raise UnusableRowError("there is no event id")
        code = crosswalk.icews_code(row.get("cameo_code", ""), row["event_text"])
        if code is None:
            raise UnusableRowError("neither the CAMEO code nor the event text is known")
        coding = crosswalk.cameo(code)
        return CodedEvent(
            dataset="icews",
            id=f"{row['event_id']}-{date.isoformat()}",
            type=coding.type,
            code=code,
            earliest=date,
            latest=date,
            mode=coding.mode,
            contexts=coding.contexts,
            actors=self._actor(row, "source"),
            recipients=self._actor(row, "target"),
            place=self._place(row),
            intensity=number(row.get("intensity", "")),
            reports=(_report(row),),
            file=self.name,
            line=line,
        )

    def _actor(self, row: Row, side: str) -> tuple[CodedActor, ...]:
        name = row[f"{side}_name"]
        if not name:
            return ()
        country = self.linker.country(row.get(f"{side}_country", ""))
        # The sets list sectors in any order; one actor must not become two.
        pieces = {crosswalk.icews_sector(piece.strip()) for piece in row.get(f"{side}_sectors", "").split(",")}
        return (self.linker.linked(name, country, tuple(sorted(s for s in pieces if s))),)

    def _place(self, row: Row) -> CodedPlace | None:
        country = self.linker.country(row.get("country", ""))
        for level, precision in _LEVELS:
            if name := row.get(level):
                known = self.linker.city(name, country) if precision is Precision.CITY else None
                where = degrees(row.get("latitude", ""), row.get("longitude", ""))
                return CodedPlace(name, country, precision, *where, known)
        return None


def _report(row: Row) -> Report:
    story = row.get("story_id", "")
    return Report(
        source=f"ICEWS story {story}" if story else f"ICEWS event {row['event_id']}",
        publisher=row.get("publisher") or None,
        coder="ICEWS",
        sentence=whole(row.get("sentence_number", "")),
    )
