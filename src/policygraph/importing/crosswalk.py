"""Foreign codes in PLOVER's and ISO's terms. The tables stand in `importing/codes/`.

Sources: the CAMEO to PLOVER crosswalk of 2021-09, with modes brought to the
names of the PLOVER manual (2.0 draft); FIPS 10-4; ISO 3166-1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.errors import DataError
from policygraph.vocabulary import SECTORS, EventType

_FOLDER = Path(__file__).with_name("codes")


@dataclass(frozen=True, slots=True)
class Coding:
    """What a foreign code means: None where PLOVER has no type for it."""

    type: EventType | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()


@cache
def cameo(code: str) -> Coding:
    """The PLOVER coding of a CAMEO event code, by its longest known beginning.

    >>> cameo("0871").type.value, cameo("0871").mode
    ('RETREAT', 'ceasefire')
    >>> cameo("010").type is None
    True
    """
    table = _cameo_events()
    for size in range(len(code), 1, -1):
        if code[:size] in table:
            return table[code[:size]]
    return Coding(None)


def is_cameo(code: str) -> bool:
    """Whether the text is a CAMEO event code: two to four digits of a known root.

    >>> is_cameo("012"), is_cameo("12"), is_cameo("99")
    (True, True, False)
    """
    return code.isdigit() and 2 <= len(code) <= 4 and code[:2] in _cameo_events()


@cache
def fips_country(code: str) -> str | None:
    """ISO alpha-3 of a FIPS 10-4 country code.

    >>> fips_country("GM"), fips_country("CH")
    ('DEU', 'CHN')
    """
    return _pairs("fips.csv", "fips", "iso3").get(code)


def cameo_country(code: str, known: frozenset[str]) -> str | None:
    """ISO alpha-3 of a CAMEO country code; `known` are the ISO codes of the reference data.

    >>> cameo_country("ROM", frozenset({"ROU"}))
    'ROU'
    """
    mapped = _pairs("cameo_countries.csv", "cameo", "iso3").get(code)
    return mapped or (code if code in known else None)


def cameo_sector(role: str) -> str | None:
    """The PLOVER sector of a CAMEO role code.

    >>> cameo_sector("HLH"), cameo_sector("MED")
    ('MED', 'JRN')
    """
    return _pairs("cameo_roles.csv", "cameo", "sector").get(role)


@cache
def _cameo_events() -> Mapping[str, Coding]:
    table = {}
    for line, row in rows(_FOLDER / "cameo_events.csv"):
        try:
            type_ = EventType(row["type"]) if row["type"] else None
        except ValueError:
            where = f"{_FOLDER / 'cameo_events.csv'}:{line}"
            raise DataError(f"'{row['type']}' is no event type", where=where) from None
        contexts = tuple(c for c in row["contexts"].split(";") if c)
        table[row["cameo"]] = Coding(type_, row["mode"] or None, contexts)
    return table


@cache
def _pairs(name: str, key: str, value: str) -> Mapping[str, str]:
    pairs = {row[key]: row[value] for _, row in rows(_FOLDER / name)}
    if value == "sector" and (unknown := set(pairs.values()) - set(SECTORS)):
        raise DataError(f"unknown sectors {sorted(unknown)}", where=_FOLDER / name)
    return pairs


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of one of the code tables."""
    with path.open(encoding="utf-8", newline="") as handle:
        yield from enumerate(csv.DictReader(handle), 2)
