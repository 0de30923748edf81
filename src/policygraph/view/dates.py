"""Dates as the page needs them: first and last possible day, and words."""

from __future__ import annotations

import calendar
import re

from policygraph.view.words import Words

_DAY = re.compile(r"^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?$")
Bounds = tuple[str | None, str | None]


def bounds(edtf: str) -> Bounds:
    """First and last day of an EDTF date, ISO; None where open or not understood.

    The forms of EDTF level 1 that the graph writes: year, month, day, an
    interval of them, open ends, and marks of doubt.

    >>> bounds("2023-01")
    ('2023-01-01', '2023-01-31')
    >>> bounds("2025-01-21/..")
    ('2025-01-21', None)
    """
    first, _, last = edtf.partition("/")
    if last:
        return _edge(first, False), _edge(last, True)
    return _edge(first, False), _edge(first, True)


def _edge(text: str, end: bool) -> str | None:
    match = _DAY.match(text.strip())
    if match is None:
        return None
    year, month, day = (None if g is None else int(g) for g in match.groups())
    if year is None or not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    month = month or (12 if end else 1)
    longest = calendar.monthrange(year, month)[1]
    day = day or (longest if end else 1)
    return f"{year:04}-{month:02}-{min(day, longest):02}"


def in_words(first: str | None, last: str | None, words: Words) -> str:
    """A stretch of time as words, empty when nothing is known.

    >>> from policygraph.view.words import load
    >>> in_words("2023-01-01", "2023-01-31", load("en"))
    'January 2023'
    >>> in_words("2023-01-01", None, load("en"))
    'from 1 January 2023'
    >>> in_words("2023-01-01", "2023-01-03", load("en"))
    '1–3 January 2023'
    """
    forms = words.texts["dates"]
    if first is None and last is None:
        return ""
    if last is None or first is None:
        return str(
            forms["after"].format(a=words.day(first)) if first else forms["before"].format(b=words.day(last or ""))
        )
    if first == last:
        return words.day(first)
    if first.endswith("-01-01") and last == first[:4] + "-12-31":
        return first[:4]
    if first[:7] == last[:7] and (first, last) == bounds(first[:7]):
        return str(forms["month"].format(month=words.texts["months"][int(first[5:7]) - 1], y=int(first[:4])))
    if first[:7] == last[:7]:
        month = words.texts["months"][int(first[5:7]) - 1]
        return str(forms["days"].format(a=int(first[8:]), b=int(last[8:]), month=month, y=int(first[:4])))
    return str(forms["range"].format(a=words.day(first), b=words.day(last)))
