"""Foreign codes in PLOVER's and ISO's terms. The tables stand in `importing/codes/`.

Sources: the CAMEO to PLOVER crosswalk of 2021-09, with modes brought to the
names of the PLOVER manual (2.0 draft); FIPS 10-4; ISO 3166-1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path

from policygraph.errors import DataError
from policygraph.vocabulary import CONTEXTS, MODES, SECTORS, EventType

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


def country_name(folded: str) -> str | None:
    """ISO alpha-3 of a country's name (case folded) that only data sets use.

    >>> country_name("bailiwick of jersey")
    'JEY'
    """
    return _folded("country_names.csv", "name", "iso3").get(folded)


@lru_cache(maxsize=4096)
def icews_code(code: str, text: str) -> str | None:
    """The CAMEO code of an ICEWS row, whose files lose leading zeros or have just the words for it.

    ICEWS has no codes of two digits, so one of two has lost a zero.

    >>> icews_code("42", ""), icews_code("120", ""), icews_code("", "Make a visit"), icews_code("", "Sing")
    ('042', '120', '042', None)
    """
    codes = _folded("icews_texts.csv", "text", "cameo")
    if not code:
        return codes.get(text.casefold())
    if len(code) > 2 and is_cameo(code):
        return code
    return f"0{code}" if f"0{code}" in codes.values() else None


@cache
def icews_sector(name: str) -> str | None:
    """The PLOVER sector of a sector's name in ICEWS; None for ethnic and religious ones and the like.

    >>> icews_sector("Executive Office"), icews_sector("Foreign Ministry"), icews_sector("Slav")
    ('GOV', 'GOV', None)
    """
    table = _pairs("icews_sectors.csv", "name", "sector")
    return table.get(name) or next((s for pattern, s in table.items() if fnmatchcase(name, pattern)), None)


def acled(event: str, sub_event: str) -> Coding | None:
    """The PLOVER coding of an ACLED event type and sub-event type; None where the type is not known.

    >>> acled("Strategic developments", "Arrests").mode
    'arrest'
    >>> acled("Strategic developments", "Other").type is None
    True
    """
    table = _acled_events()
    return table.get((event.casefold(), sub_event.casefold())) or table.get((event.casefold(), ""))


@cache
def acled_sector(name: str, inter: str) -> str | None:
    """The PLOVER sector of an ACLED actor, by its name or else by its code, a number or words.

    >>> acled_sector("Police Forces of India", "1"), acled_sector("ADF", "2"), acled_sector("ADF", "Rebel group")
    ('COP', 'REB', 'REB')
    """
    for pattern, sector in _pairs("acled_names.csv", "name", "sector").items():
        if fnmatchcase(name, pattern):
            return sector
    codes = _pairs("acled_actors.csv", "inter", "sector") | _folded("acled_actors.csv", "words", "sector")
    return codes.get(inter.casefold()) or None


def plover_type(name: str) -> EventType | None:
    """A PLOVER type by its present or former name.

    >>> plover_type("FIGHT").value, plover_type("DANCE") is None
    ('ASSAULT', True)
    """
    name = _renamed("type", name.upper())
    return EventType(name) if name in EventType.__members__ else None


def plover_mode(type_: EventType | None, name: str) -> str | None:
    """A PLOVER mode by its present or former name, if it is one of the type.

    >>> plover_mode(EventType.COERCE, "Martial Law"), plover_mode(EventType.AID, "visit") is None
    ('martial-law', True)
    """
    name = _renamed("mode", name.casefold().replace(" ", "-").replace("_", "-"))
    return name if type_ and name in MODES.get(type_, ()) else None


def plover_context(name: str) -> str | None:
    """A PLOVER context by its present or former name.

    >>> plover_context("Human Rights"), plover_context("refugees"), plover_context("weather") is None
    ('human_rights', 'migration', True)
    """
    name = _renamed("context", name.casefold().replace(" ", "_").replace("-", "_"))
    return name if name in CONTEXTS else None


def plover_sector(name: str) -> str | None:
    """A PLOVER sector by its present or former name.

    >>> plover_sector("gov"), plover_sector("HLH"), plover_sector("XYZ") is None
    ('GOV', 'MED', True)
    """
    name = _renamed("sector", name.upper())
    return name if name in SECTORS else None


def _renamed(kind: str, name: str) -> str:
    return _plover_names().get((kind, name), name)


@cache
def _plover_names() -> Mapping[tuple[str, str], str]:
    return {(row["kind"], row["name"]): row["now"] for _, row in rows(_FOLDER / "plover_names.csv")}


@cache
def _cameo_events() -> Mapping[str, Coding]:
    return {row["cameo"]: coding for row, coding in _codings("cameo_events.csv")}


@cache
def _acled_events() -> Mapping[tuple[str, str], Coding]:
    return {
        (row["event"].casefold(), row["sub_event"].casefold()): coding for row, coding in _codings("acled_events.csv")
    }


def _codings(name: str) -> Iterator[tuple[dict[str, str], Coding]]:
    """Rows of a table with the coding that each gives."""
    for line, row in rows(_FOLDER / name):
        try:
            type_ = EventType(row["type"]) if row["type"] else None
        except ValueError:
            raise DataError(f"'{row['type']}' is no event type", where=f"{_FOLDER / name}:{line}") from None
        contexts = tuple(c for c in row["contexts"].split(";") if c)
        if (row["mode"] and row["mode"] not in MODES.get(type_ or EventType.AGREE, ())) or set(contexts) - set(
            CONTEXTS
        ):
            raise DataError("there is no such mode or context", where=f"{_FOLDER / name}:{line}")
        yield row, Coding(type_, row["mode"] or None, contexts)


@cache
def _folded(name: str, key: str, value: str) -> dict[str, str]:
    return {row[key].casefold(): row[value] for _, row in rows(_FOLDER / name)}


@cache
def _pairs(name: str, key: str, value: str) -> dict[str, str]:
    pairs = {row[key]: row[value] for _, row in rows(_FOLDER / name)}
    if value == "sector" and (unknown := set(pairs.values()) - {*SECTORS, ""}):
        raise DataError(f"unknown sectors {sorted(unknown)}", where=_FOLDER / name)
    return pairs


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of one of the code tables."""
    with path.open(encoding="utf-8", newline="") as handle:
        yield from enumerate(csv.DictReader(handle), 2)
