"""First and last day of an EDTF date, level 1 without the parts no news text needs.

Read are days, months and years, `~ ? %` marks, unspecified digits (`201X`,
`2025-XX`), seasons 21 to 24 and intervals with open or unknown ends.
Format: the Extended Date/Time Format of the Library of Congress, ISO 8601-2.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

_DATE = re.compile(r"(\d{2}[\dX]{2})(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?[~?%]?")
# Months by season of the northern half of the year; winter ends in the next year.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}

Bounds = tuple[dt.date | None, dt.date | None]


def bounds(text: str) -> Bounds | None:
    """Earliest and latest possible day, both inclusive; None for an open end.

    The result itself is None for text that is no such date.

    >>> bounds("2023-01")
    (datetime.date(2023, 1, 1), datetime.date(2023, 1, 31))
    >>> bounds("2025-01-21/..")
    (datetime.date(2025, 1, 21), None)
    >>> bounds("soon") is None
    True
    """
    if "/" not in text:
        return _single(text)
    first, _, last = text.partition("/")
    start = (None, None) if first in ("", "..") else _single(first)
    end = (None, None) if last in ("", "..") else _single(last)
    if start is None or end is None:
        return None
    return start[0], end[1]


def _single(text: str) -> Bounds | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    low, high = int(match[1].replace("X", "0")), int(match[1].replace("X", "9"))
    month, day = match[2] or "XX", match[3] or "XX"
    try:
        if month == "XX":
            return dt.date(low, 1, 1), dt.date(high, 12, 31)
        if int(month) in _SEASONS:
            return _season(low, high, int(month))
        if day == "XX":
            last = calendar.monthrange(high, int(month))[1]
            return dt.date(low, int(month), 1), dt.date(high, int(month), last)
        return dt.date(low, int(month), int(day)), dt.date(high, int(month), int(day))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _season(low: int, high: int, code: int) -> Bounds:
    first, last = _SEASONS[code]
    year, month = (high + 1, last - 12) if last > 12 else (high, last)
    return dt.date(low, first, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
