"""Rows in the layout of ICEWS, with made-up content."""

from __future__ import annotations

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
HEADER = "\t".join(COLUMNS)
#: The year without codes has the same columns but one.
HEADER_2017 = "\t".join(c for c in COLUMNS if c != "CAMEO Code")
_ROW = {
    "Event ID": "20718170", "Event Date": "2014-01-31", "Source Name": "Government (Ruritania)",
    "Source Sectors": "Government", "Source Country": "Peru", "Event Text": "Make a visit", "CAMEO Code": "042",
    "Intensity": "1.9", "Target Name": "Chile", "Target Sectors": "NULL", "Target Country": "Chile",
    "Story ID": "31337001", "Sentence Number": "5", "Publisher": "The Morning Post", "City": "Lima",
    "District": "NULL", "Province": "Lima Province", "Country": "Peru", "Latitude": "-12.0432",
    "Longitude": "-77.0282",
}  # fmt: skip


def row(**changes: str) -> str:
    """One row of 20 columns; names of columns are given with underscores."""
    cells = _ROW | {name.replace("_", " "): text for name, text in changes.items()}
    return "\t".join(cells[column] for column in COLUMNS)


def row_2017(**changes: str) -> str:
    """One row of the year without codes."""
    cells = _ROW | {"Event Date": "1/31/2017"} | {name.replace("_", " "): text for name, text in changes.items()}
    return "\t".join(cells[column] for column in COLUMNS if column != "CAMEO Code")
