"""Days: what a user gives as a period, what a claim gives in EDTF, and whether they overlap."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from policygraph.errors import UsageError

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]*$")
#: Stands for a day that is not known in columns of day numbers; day 1 is 0001-01-01.
UNKNOWN = 0


def point(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a year, month or day; None if it is none of them.

    >>> point("2023-02")
    (datetime.date(2023, 2, 1), datetime.date(2023, 2, 28))
    >>> point("2023-13") is None
    True
    """
    hit = _POINT.match(text.strip())
    if hit is None:
        return None
    year, month, day = (int(g) if g else None for g in hit.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last_month = month or 12
    return first, dt.date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def edtf_bounds(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last possible day of an EDTF date or interval; None where open or unreadable.

    >>> edtf_bounds("2023-01~")
    (datetime.date(2023, 1, 1), datetime.date(2023, 1, 31))
    >>> edtf_bounds("2025-01-21/..")
    (datetime.date(2025, 1, 21), None)
    """
    start, _, end = text.partition("/")
    head = point(start)
    tail = point(end) if "/" in text else head
    return (head[0] if head else None), (tail[1] if tail else None)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, both days counted in; None is open.

    `certain` asks that a thing lies wholly inside, otherwise it is enough that
    it may touch the period.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    certain: bool = False

    @property
    def open(self) -> bool:
        """Whether every day passes, even an unknown one."""
        return self.since is None and self.until is None

    def holds(self, first: int, last: int, own: bool) -> bool:
        """Whether something dated `first` to `last` (day numbers, 0 unknown) passes.

        Possible: first <= until and last >= since. Certain: first >= since and
        last <= until, both known. What has one end only is open at the other; what
        has none never passes, and a date borrowed from the report (`own` false)
        is never certain.

        >>> Period(dt.date(2023, 1, 15), dt.date(2023, 1, 20)).holds(738521, 738551, True)
        True
        """
        if self.open:
            return True
        begin = self.since.toordinal() if self.since else UNKNOWN
        end = self.until.toordinal() if self.until else dt.date.max.toordinal()
        if self.certain:
            return own and bool(first and last) and first >= begin and last <= end
        known = bool(first or last)
        return known and first <= end and (last or dt.date.max.toordinal()) >= begin


def read_period(since: str | dt.date | None, until: str | dt.date | None, overlap: str) -> Period:
    """A period from what a user wrote: days, months or years.

    >>> read_period("2023", "2023-06", "possible").until
    datetime.date(2023, 6, 30)

    Raises:
        UsageError: a date that does not exist, or an end before its start.
    """
    if overlap not in ("possible", "certain"):
        raise UsageError(f"overlap '{overlap}' is not known", hint="use 'possible' or 'certain'")
    first = _day(since, "since", 0)
    last = _day(until, "until", 1)
    if first and last and last < first:
        raise UsageError(f"the period ends on {last} before it starts on {first}", hint="swap since and until")
    return Period(first, last, overlap == "certain")


def _day(value: str | dt.date | None, name: str, end: int) -> dt.date | None:
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    bounds = point(value)
    if bounds is None or value.strip()[-1:] in "?~%":
        raise UsageError(
            f"{name}='{value}' is not a date that exists", hint="write a day, month or year, such as 2023-01-31"
        )
    return bounds[end]


@lru_cache(maxsize=100_000)
def iso(day: int) -> str | None:
    """A day number as ISO 8601, None where unknown.

    >>> iso(738521)
    '2023-01-01'
    """
    return dt.date.fromordinal(day).isoformat() if day else None


def ordinal(day: dt.date | None) -> int:
    """A day as a number, 0 where unknown."""
    return day.toordinal() if day else UNKNOWN
