"""Rows in the layouts of ACLED, with made-up content."""

from __future__ import annotations

import csv
import io

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
#: As exports were until 2023.
OLD_COLUMNS = (
    "data_id", "iso", "event_id_cnty", "event_id_no_cnty", "event_date", "year", "time_precision", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "timestamp", "iso3",
)  # fmt: skip
_ROW = {
    "event_id_cnty": "MEX70001", "event_date": "2024-05-12", "year": "2024", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Mexico (2018-2024)", "assoc_actor_1": "", "inter1": "State forces",
    "actor2": "Cartel of the Two Rivers", "assoc_actor_2": "", "inter2": "Political militia",
    "interaction": "State forces-Political militia", "civilian_targeting": "", "iso": "484",
    "region": "North America", "country": "Mexico", "admin1": "Sinaloa", "admin2": "Culiacan", "admin3": "",
    "location": "Culiacan", "latitude": "24.8069", "longitude": "-107.3938", "geo_precision": "1",
    "source": "Diario del Norte; Radio Sierra", "source_scale": "National",
    "notes": 'On 12 May 2024, soldiers and gunmen fought in Culiacan.\n"Several hours", said a witness.',
    "fatalities": "3", "tags": "", "timestamp": "1715700000", "data_id": "9000001", "event_id_no_cnty": "70001",
    "iso3": "MEX",
}  # fmt: skip


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().rstrip("\n")


HEADER, OLD_HEADER = _line(list(COLUMNS)), _line(list(OLD_COLUMNS))
DELETED_HEADER = "event_id_cnty,deleted_timestamp"


def row(**changes: str) -> str:
    """One row of the present layout."""
    cells = _ROW | changes
    return _line([cells[column] for column in COLUMNS])


def old_row(**changes: str) -> str:
    """One row of the older layout, with dates as day/month/year and numbers for kinds of actors."""
    cells = _ROW | {"event_date": "12/05/2024", "inter1": "1", "inter2": "3", "interaction": "13"} | changes
    return _line([cells[column] for column in OLD_COLUMNS])
