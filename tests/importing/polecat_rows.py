"""Rows in the layout of POLECAT, with made-up content."""

from __future__ import annotations

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
HEADER = "\t".join(COLUMNS)
_ROW = dict.fromkeys(COLUMNS, "None") | {
    "Event ID": "NGEC0001", "Event Date": "2023-03-14", "Event Type": "CONSULT", "Event Mode": "visit",
    "Intensity": "4.0", "Quad Code": "VERBAL COOPERATION", "Contexts": "diplomatic;military",
    "Actor Name": "Ana Quispe", "Actor Country": "PER", "Actor COW": "135", "Primary Actor Sector": "GOV",
    "Actor Sectors": "GOV;ELI", "Actor Title": "minister", "Actor Name Raw": "Minister Quispe",
    "Wikipedia Actor ID": "Ana_Quispe_(politician)",
    "Recipient Name": "Chile", "Recipient Country": "CHL", "Recipient COW": "155", "Primary Recipient Sector": "GOV",
    "Recipient Sectors": "GOV", "Recipient Name Raw": "Chile",
    "Placename": "Arica", "City": "Arica", "Province": "Arica y Parinacota", "Country": "CHL",
    "Latitude": "-18.4746", "Longitude": "-70.29792", "GeoNames ID": "3899361", "Feature Type": "PPLA",
    "Source": "El Faro del Sur", "Publication Date": "2023-03-15", "Language": "es", "Version": "NGEC_v1.0.3",
}  # fmt: skip


def row(**changes: str) -> str:
    """One row of 40 columns; names of columns are given with underscores."""
    cells = _ROW | {name.replace("_", " "): text for name, text in changes.items()}
    return "\t".join(cells[column] for column in COLUMNS)
