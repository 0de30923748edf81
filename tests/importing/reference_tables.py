"""A small, complete set of reference tables for tests: two made-up countries, one visit, one treaty."""

from __future__ import annotations

import csv
from pathlib import Path

from policygraph.importing.reference_tables import ABOUT_COLUMNS, ABOUT_TABLE, TABLES

ROWS: dict[str, list[dict[str, str]]] = {
    "countries.csv": [
        {"iso3": "QAA", "iso2": "QA", "name": "Arcadia", "m49": "990", "m49_region": "999", "adjectives": "Arcadian"},
        {"iso3": "QBB", "name": "Borduria", "people": "Bordurians;Bordurian", "parent": "QAA", "wikidata": "Q1"},
    ],
    "regions.csv": [{"id": "region/ruritania", "name": "Ruritania", "members": "QAA;QBB", "close_match": "999"}],
    "cities.csv": [
        {"id": "place/port-qaa", "name": "Port", "iso3": "QAA", "population": "1200", "ambiguous": "yes"},
        {"id": "place/szohod-qbb", "name": "Szohôd", "iso3": "QBB"},
    ],
    "organisations.csv": [
        {"id": "organisation/league", "type": "InternationalOrganisation", "name": "The League", "members": "QAA;QBB"},
        {"id": "organisation/guard", "type": "GovernmentBody", "name": "Guard", "iso3": "QAA", "sector": "MIL"},
    ],
    "post_kinds.csv": [{"kind": "head-of-state", "definition": "The post represents the state."}],
    "posts.csv": [
        {
            "id": "post/president-of-arcadia",
            "name": "President of Arcadia",
            "kind": "head-of-state",
            "organisation": "government/qaa",
            "iso3": "QAA",
            "titles": "President;Mr President",
            "sector": "GOV",
        }
    ],
    "persons.csv": [
        {"id": "person/ada-stern", "name": "Ada Stern", "iso3": "QAA"},
        {"id": "person/plekszy-gladz", "name": "Plékszy-Gladz", "iso3": "QBB"},
    ],
    "tenures.csv": [
        {
            "person": "person/ada-stern",
            "post": "post/president-of-arcadia",
            "start": "2019-05-01",
            "end": "2023-05-01",
            "confirmed_by": "2",
            "source2": "gazette",
        }
    ],
    "visits.csv": [
        {
            "visitor": "person/ada-stern",
            "iso3": "QBB",
            "places": "place/szohod-qbb",
            "start": "2021-02-03",
            "end": "2021-02-04",
            "met": "person/plekszy-gladz",
        }
    ],
    "initiatives.csv": [
        {
            "id": "policy/treaty-of-szohod",
            "type": "Policy",
            "name": "Treaty of Szohôd",
            "kind": "agreement",
            "sponsors": "government/qaa;organisation/league",
            "partners": "government/qbb",
            "start": "2021-02",
            "topic": "trade",
        }
    ],
}


def columns_of(table: str) -> tuple[str, ...]:
    return ABOUT_COLUMNS if table == ABOUT_TABLE else TABLES[table].columns


def complete(table: str, row: dict[str, str]) -> dict[str, str]:
    """A row with all columns; a source and a government name are filled in."""
    full = dict.fromkeys(columns_of(table), "") | row
    if "source" in full and not full["source"]:
        full["source"] = "almanac"
    if "government" in full and not full["government"]:
        full["government"] = f"Government of {row['name']}"
    return full


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> Path:
    path = folder / table
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, columns_of(table), lineterminator="\n")
        writer.writeheader()
        writer.writerows(complete(table, row) for row in rows)
    return path


def write_all(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for table, rows in ROWS.items():
        write(folder, table, rows)
    return folder
