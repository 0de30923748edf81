"""What stands in the cells of data sets: dates, numbers, lists."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from functools import lru_cache

_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?\Z", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)\Z", re.ASCII)
_SLASHES = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4}|\d\d)(?: .*)?\Z", re.ASCII)
_WORDS = re.compile(r"(\d\d?)[ -]([A-Za-z]{3,9})[ -](\d{4})\Z", re.ASCII)
_MONTHS = {name.casefold(): at for names in (calendar.month_name, calendar.month_abbr) for at, name in enumerate(names)}
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?\Z", re.ASCII)
_LIST = re.compile(r"[;|]")


@lru_cache(maxsize=20_000)
def day(text: str, *, day_first: bool) -> dt.date | None:
    """A date as `2017-03-31`, `20170331`, `31 March 2017`, or with slashes in the order given; None where it is none.

    >>> day("3/31/2017", day_first=False), day("31/03/2017", day_first=True)
    (datetime.date(2017, 3, 31), datetime.date(2017, 3, 31))
    >>> day("2017-02-30", day_first=True) is None
    True
    """
    parts = None
    if found := _ISO.match(text) or _COMPACT.match(text):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif found := _SLASHES.match(text):
        month, date = (int(found[2]), int(found[1])) if day_first else (int(found[1]), int(found[2]))
        parts = (int(found[3]) if len(found[3]) == 4 else _century(int(found[3]))), month, date
    elif found := _WORDS.match(text):
        parts = int(found[3]), _MONTHS.get(found[2].casefold(), 0), int(found[1])
    return _checked(*parts) if parts else None


def _century(year: int) -> int:
    return year + (1900 if year > 68 else 2000)


def _checked(year: int, month: int, date: int) -> dt.date | None:
    try:
        return dt.date(year, month, date) if year > 1900 else None
    except ValueError:
        return None


def period(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a day, month, year or `from/to`, as in ISO 8601.

    >>> period("2023-02")
    (datetime.date(2023, 2, 1), datetime.date(2023, 2, 28))
    """
    first, slash, last = text.partition("/")
    if slash:
        begin, end = period(first), period(last)
        return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None
    if found := _PERIOD.match(text):
        year, month = int(found[1]), int(found[2] or 0)
        if year <= 1900 or month > 12 or (found[2] and not month):
            return None
        return month_of(dt.date(year, month, 1)) if month else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    one = day(text, day_first=True) if _ISO.match(text) or _COMPACT.match(text) else None
    return (one, one) if one else None


def month_of(date: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])


def number(text: str) -> float | None:
    """A finite number; None where the text is none."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def whole(text: str) -> int | None:
    """A whole number from 0, also as `12.0`; None where the text is none.

    >>> whole("12"), whole("12.0"), whole("-1") is None
    (12, 12, True)
    """
    found = number(text)
    return int(found) if found is not None and found >= 0 and found == int(found) else None


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list that is joined by `;` or `|`.

    >>> listed("Ana; Luz|")
    ('Ana', 'Luz')
    """
    return tuple(part for piece in _LIST.split(text) if (part := piece.strip()) and part not in ("None", "NA"))


def degrees(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """A pair of coordinates to six places; both None unless both are there and on the globe."""
    north, east = number(latitude), number(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None, None
    # What is kept in the graph; names of places are made from it. A zero has no sign.
    return round(north, 6) + 0.0, round(east, 6) + 0.0


def share(text: str) -> float | None:
    """A number from 0 to 1 to four places; None where the text is none."""
    found = number(text)
    return round(found, 4) + 0.0 if found is not None and 0 <= found <= 1 else None
