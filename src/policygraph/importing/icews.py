"""ICEWS event files: 20 columns, 19 in the year without codes.

Format: ICEWS Coded Event Data (Harvard Dataverse, doi 10.7910/DVN/28075). Tab
separated with a header; countries and sectors are names. An event's number is
unique only together with its date.
"""

from __future__ import annotations

from policygraph.coded import CodedActor, CodedEvent, Report
from policygraph.importing import crosswalk
from policygraph.importing.cells import day, number, whole
from policygraph.importing.rows import RowReader
from policygraph.importing.sheets import Row, Sheet
from policygraph.importing.tally import UnusableRowError

_SHEET = Sheet(
    "an ICEWS file",
    ("event_id", "event_date", "source_name", "event_text", "target_name"),
    # Some years hold names in the Western code page.
    fallback="cp1252",
)


class IcewsReader(RowReader):
    """Reads the rows of an ICEWS file."""

    sheet = _SHEET

    def item(self, line: int, row: Row) -> CodedEvent:
        """See `RowReader`."""
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
            place=self.finest_place(row),
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


def _report(row: Row) -> Report:
    story = row.get("story_id", "")
    return Report(
        source=f"ICEWS story {story}" if story else f"ICEWS event {row['event_id']}",
        publisher=row.get("publisher") or None,
        coder="ICEWS",
        sentence=whole(row.get("sentence_number", "")),
    )
