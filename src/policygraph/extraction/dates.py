"""Dates in running text and in table cells, as EDTF with their first and last possible day.

EDTF is ISO 8601-2 level 1: `2023-01-12`, `2023-01`, `2023`, `2023-01-02/2023-01-05`, `2023-21`
(spring), `199X` (a decade), `2023~` (about). Words such as "Tuesday" are read against the day
the article appeared and are marked `relative`.
"""

# ruff: noqa: E501 - tables are easier to check with one entry a line
from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from policygraph.extraction.regexes import regex
from policygraph.records import DateRef, Span

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_COUNTS = {w: n for n, w in enumerate(("zero one two three four five six seven eight nine ten eleven twelve").split())}
_COUNTS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|Jun\.|July?|Jul\.|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"  # fmt: skip
_DAY = r"(?:[12]?\d|3[01]|0[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_N = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a\s)?couple\sof)"
_UNIT = r"(?:day|week|month|year|decade)"

_FORMS: tuple[tuple[str, str], ...] = (
    ("iso", rf"(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:\s?/\s?(?P<iso2>{_YEAR}-\d\d-\d\d))?"),
    ("isom", rf"(?P<isom>{_YEAR}-(?:0[1-9]|1[0-2]))(?![-\d])"),
    ("dmy", rf"(?P<d1>{_DAY})(?:\s?(?:-|–|to|and)\s?(?P<d2>{_DAY}))?(?:\sof)?\s(?P<m1>{_MONTH})(?:,?\s(?P<y1>{_YEAR}))?\b"),
    ("mdy", rf"(?P<m2>{_MONTH})\s(?P<d3>{_DAY})(?:\s?(?:-|–|to|and)\s?(?P<d4>{_DAY}))?(?:,?\s(?P<y2>{_YEAR}))?\b(?!:)"),
    ("my", rf"(?P<m3>{_MONTH})(?:\sof)?,?\s(?P<y3>{_YEAR})\b"),
    ("quarter", rf"(?:Q(?P<q>[1-4])|(?P<qw>first|second|third|fourth)\squarter\sof)\s(?P<y4>{_YEAR})\b"),
    ("half", rf"(?:the\s)?(?P<half>first|second)\shalf\sof\s(?P<y7>{_YEAR})\b"),
    ("dotted", rf"(?P<dd>0?[1-9]|[12]\d|3[01])\.(?P<dm>0?[1-9]|1[0-2])\.(?P<dy>{_YEAR})\b"),
    ("yearend", r"(?:the\s)?(?P<yend>end\sof\s(?:the|this)\syear|year[-\s]end)\b"),
    ("weekend", r"(?:the\s)(?P<wend>weekend)\b"),
    ("theseason", r"(?:(?<=[Ii]n\sthe\s)|(?<=by\sthe\s)|(?<=during\sthe\s))(?P<sn>spring|summer|autumn|fall|winter)\b(?!\sof)"),
    ("season", rf"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\sof)?\s(?P<y5>{_YEAR})\b"),
    ("decade", rf"(?:the\s)?(?:early|mid|late)?[-\s]?(?P<decade>{_YEAR[:-4]}\d0)['’]?s\b"),
    ("yy", rf"(?P<y8>{_YEAR})(?:-|–|\sto\s)(?P<y9>{_YEAR}|\d\d)\b(?![-–])"),
    ("ago", rf"(?P<n>{_N})\s(?P<unit>{_UNIT})s?\s(?:ago|earlier)\b"),
    ("ahead", rf"(?:in|(?P<within>within))\s(?P<n2>{_N})\s(?P<unit2>{_UNIT})s?(?:['’]\stime)?\b"),
    ("past", rf"(?:over|in|during|for)\sthe\s(?:last|past)\s(?P<n3>{_N})?\s?(?P<unit3>{_UNIT})s?\b"),
    ("rel", rf"(?:(?:early|late|earlier|later)\s)?(?P<which>last|this|next|the\sprevious|the\scoming)\s(?P<what>{_UNIT}|weekend|night|{_WEEKDAY}|{_MONTH}|morning|afternoon|evening|spring|summer|autumn|winter)\b"),
    ("word", r"\b(?P<word>today|yesterday|tomorrow|tonight|overnight)\b(?:\s(?:morning|afternoon|evening|night))?"),
    ("weekday", rf"(?P<wd>{_WEEKDAY})(?:\s(?:morning|afternoon|evening|night))?\b"),
    ("month", rf"(?:(?<=in\s)|(?<=since\s)|(?<=by\s)|(?<=early\s)|(?<=late\s)|(?<=mid-)|(?<=until\s)|(?<=of\s)|(?<=end-)|(?<=from\s)|(?<=between\s))(?P<m4>{_MONTH})\b(?!\s?\d)"),
    ("year", rf"(?:(?<=[Ii]n\s)|(?<=[Ss]ince\s)|(?<=[Bb]y\s)|(?<=from\s)|(?<=until\s)|(?<=of\s)|(?<=early\s)|(?<=late\s)|(?<=during\s)|(?<=for\s)|(?<=\sthe\s)|(?<=through\s)|(?<=after\s)|(?<=before\s)|(?<=between\s)|(?<=\d\sand\s)|\A)(?P<y6>{_YEAR})\b(?![-/\d])"),
)  # fmt: skip
#: What a form can begin with, so that most words need no further look.
_OPENS = r"(?=[-\s\dJFMASONDTWQ]|a[nu\s]|co|du|e[ailn]|f[aiou]|in|la|mi|n[ei]|o[nv]|s[eipu]|t[ehow]|wi|ye)"
_FIND = regex(
    r"(?<!\w)" + _OPENS + r"(?:(?<!-)|(?<=mid-)|(?<=end-))(?:" + "|".join(f"(?:{p})" for _, p in _FORMS) + ")"
)
_ANY = regex(r"\d|day\b|[Yy]esterday|tomorrow|tonight|overnight|ago\b|last\s|next\s|this\s|past\s|previous\s|coming\s|"
                  r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|earlier|week|month|year|half\s|spring|summer|autumn|winter")  # fmt: skip

#: "Since 2019", "since early March"; "by June", "before the end of 2030", "no later than Friday".
_SINCE = regex(r"\b[Ss]ince\s(?:\w+\s){0,2}$")
_UNTIL = regex(
    r"\b(?:[Bb]y|[Uu]ntil|[Tt]ill|no later than)\s(?:(?:the|early|late|mid)\s|mid-)?(?:(?:end|middle|beginning|start)\sof\s)?$"
)
_JOINED = regex(r"\s?(?:to|until|till|through|and|–|-)\s?(?:the\s)?")
_BETWEEN = regex(r"\bbetween\s(?:the\s)?$")


@lru_cache(maxsize=4)  # a sentence is read twice: for its tags, then for the date of each event
def spot(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int, re.Match[str]], ...]:
    """Where words of a date stand in `text[start:end]`, resolvable or not."""
    stop = len(text) if end is None else end
    if not _ANY.search(text, start, stop):
        return ()
    return tuple([(m.start(), m.end(), m) for m in _FIND.finditer(text, start, stop)])


def find(
    text: str, start: int = 0, end: int | None = None, *, published: dt.date | None = None, future: bool = False
) -> list[DateRef]:
    """The dates named in `text[start:end]`, in order, with exact spans.

    `published` is the day that words such as "Tuesday" are read against: the last Tuesday up to
    it, or the next one from it when `future`. Without it relative dates are left out.

    >>> [d.edtf for d in find("On 12 January 2023 and in May 2024.")]
    ['2023-01-12', '2024-05']
    >>> find("They met on Tuesday.", published=dt.date(2024, 5, 16))[0].edtf
    '2024-05-14'
    """
    found = spot(text, start, end)
    refs = [resolve(m, Span.of(text, a, b), published, future) for a, b, m in found]
    for n in range(len(refs) - 1):
        refs[n] = _with_year_behind(text, found[n], found[n + 1], refs[n]) or refs[n]
    return list(_open_ended(text, _ranges(text, [r for r in refs if r])))


def _with_year_behind(
    text: str, one: tuple[int, int, re.Match[str]], other: tuple[int, int, re.Match[str]], ref: DateRef | None
) -> DateRef | None:
    """The first of "28 May to 2 June 2024" read with the year that stands behind the second only."""
    if (ref is not None and not ref.relative) or not _JOINED.fullmatch(text[one[1] : other[0]]):
        return None
    year = re.search(rf"{_YEAR}$", other[2].group())
    named = one[2].group()
    if year is None or not re.match(rf"(?:{_DAY}\s)?(?:of\s)?{_MONTH}(?:\s{_DAY})?$", named):
        return None
    whole = find(f"{named} {year.group()}") if not re.search(r"[a-z]\s\d", named) else find(f"{named}, {year.group()}")
    return replace(whole[0], span=Span.of(text, one[0], one[1])) if len(whole) == 1 else None


def _ranges(text: str, refs: list[DateRef]) -> Iterator[DateRef]:
    """Two dates that stand as "from A to B", "between A and B" or "A–B" made one."""
    at = 0
    while at < len(refs):
        one, other = refs[at], refs[at + 1] if at + 1 < len(refs) else None
        if other is not None and one.span and other.span and "/" not in one.edtf + other.edtf:
            between = text[one.span.end : other.span.start]
            before = text[max(0, one.span.start - 12) : one.span.start]
            to = re.fullmatch(r"\s?(?:to|until|till|through|–|-)\s?(?:the\s)?", between)
            pair = re.fullmatch(r"\sand\s", between) and _BETWEEN.search(before)
            if (to or pair) and one.earliest and other.latest and one.earliest <= other.latest:
                yield _between(text, one, other)
                at += 2
                continue
        yield one
        at += 1


def _open_ended(text: str, refs: Iterator[DateRef]) -> Iterator[DateRef]:
    """ "Since 2019" has no end yet, and "by 2030" no beginning."""
    for ref in refs:
        before = text[max(0, ref.span.start - 30) : ref.span.start] if ref.span else ""
        if "/" in ref.edtf or not ref.span:
            yield ref
        elif _SINCE.search(before):
            yield replace(ref, edtf=f"{ref.edtf}/..", latest=None)
        elif _UNTIL.search(before):
            yield replace(ref, edtf=f"../{ref.edtf}", earliest=None)
        else:
            yield ref


def parse(text: str, *, published: dt.date | None = None) -> DateRef | None:
    """The date that a table cell or a phrase holds, None when it holds none or several.

    >>> parse("January 12, 2023").edtf, parse("3–5 May 2022").edtf, parse("2021").edtf, parse("tbd")
    ('2023-01-12', '2022-05-03/2022-05-05', '2021', None)
    >>> parse("March–May 2023").edtf, parse("mid-2023").edtf
    ('2023-03/2023-05', '2023')
    """
    body = text.strip()
    approximate = bool(re.match(r"(?:about|around|circa|c\.|ca\.|approximately)\s", body, re.IGNORECASE))
    found = find(text, published=published)
    if not found and (bare := re.fullmatch(rf"(?:(?:early|mid|late)[-\s])?({_YEAR})", body, re.IGNORECASE)):
        year, offset = bare.group(1), text.index(body)
        span = Span.of(text, offset, offset + len(body))
        return DateRef(year, dt.date(int(year), 1, 1), dt.date(int(year), 12, 31), span)
    if months := re.fullmatch(rf"({_MONTH})\s?[-–]\s?({_MONTH}),?\s({_YEAR})", body):
        first, last = (find(f"{month} {months.group(3)}")[0] for month in months.groups()[:2])
        span = Span.of(text, text.index(body), text.index(body) + len(body))
        return DateRef(f"{first.edtf}/{last.edtf}", first.earliest, last.latest, span)
    if len(found) == 2 and re.search(r"[-–—]|\bto\b|/", text[found[0].span.end : found[1].span.start]):  # type: ignore[union-attr]
        return _between(text, found[0], found[1])
    if len(found) != 1:
        return None
    one = found[0]
    return DateRef(one.edtf + "~", one.earliest, one.latest, one.span, one.relative) if approximate else one


def _between(text: str, first: DateRef, last: DateRef) -> DateRef:
    assert first.span and last.span  # noqa: S101 - found dates have spans
    span = Span.of(text, first.span.start, last.span.end)
    return DateRef(f"{first.edtf}/{last.edtf}", first.earliest, last.latest, span, first.relative or last.relative)


def resolve(m: re.Match[str], span: Span, published: dt.date | None, future: bool = False) -> DateRef | None:
    """What a match of `spot` means; None where it needs `published` and there is none."""
    try:
        for edtf, first, last, relative in _readings(m.groupdict(), published, future):
            return DateRef(edtf, first, last, span, relative)
    except (ValueError, OverflowError):  # 31 February, year 0
        return None
    return None


_Reading = tuple[str, dt.date, dt.date, bool]


def _readings(g: dict[str, str | None], pub: dt.date | None, future: bool) -> Iterator[_Reading]:
    yield from _absolute(g)
    yield from _day_and_month(g, pub, future)
    if pub is not None:
        yield from _relative(g, pub, future)


def _absolute(g: dict[str, str | None]) -> Iterator[_Reading]:
    if g["iso"]:
        first = dt.date.fromisoformat(g["iso"])
        last = dt.date.fromisoformat(g["iso2"]) if g["iso2"] else first
        yield (g["iso"] if first == last else f"{first}/{last}"), first, last, False
    elif g["isom"]:
        year, month = g["isom"].split("-")
        yield _month(int(year), int(month))
    elif g["m3"] and g["y3"]:
        yield _month(int(g["y3"]), _month_number(g["m3"]))
    elif g["y4"]:
        quarter = int(g["q"]) if g["q"] else ("first", "second", "third", "fourth").index(g["qw"] or "first") + 1
        year4 = int(g["y4"])
        start, end = _month(year4, 3 * quarter - 2), _month(year4, 3 * quarter)
        yield f"{start[0]}/{end[0]}", start[1], end[2], False
    elif g["half"] and g["y7"]:
        opening, closing = (1, 6) if g["half"] == "first" else (7, 12)
        (code, first, _, _), (code2, _, last, _) = _month(int(g["y7"]), opening), _month(int(g["y7"]), closing)
        yield f"{code}/{code2}", first, last, False
    elif g["dd"]:
        day = dt.date(int(g["dy"] or 0), int(g["dm"] or 0), int(g["dd"] or 0))
        yield day.isoformat(), day, day, False
    elif g["season"] and g["y5"]:
        yield _season(int(g["y5"]), g["season"])
    elif g["decade"]:
        yield g["decade"][:3] + "X", dt.date(int(g["decade"]), 1, 1), dt.date(int(g["decade"]) + 9, 12, 31), False
    elif g["y8"] and g["y9"]:
        last_year = int(g["y9"]) if len(g["y9"]) == 4 else int(g["y8"][:2] + g["y9"])
        yield f"{g['y8']}/{last_year}", dt.date(int(g["y8"]), 1, 1), dt.date(last_year, 12, 31), False
    elif g["y6"]:
        yield g["y6"], dt.date(int(g["y6"]), 1, 1), dt.date(int(g["y6"]), 12, 31), False


def _day_and_month(g: dict[str, str | None], pub: dt.date | None, future: bool) -> Iterator[_Reading]:
    name = g["m1"] or g["m2"]
    if not name:
        return
    day, until = (g["d1"], g["d2"]) if g["m1"] else (g["d3"], g["d4"])
    year, month = g["y1"] or g["y2"], _month_number(name)
    if year is None and pub is None:
        return
    number = int(re.sub(r"\D", "", day or "1"))
    first = dt.date(int(year), month, number) if year else _nearest(pub or dt.date.min, month, number, future)
    last = first.replace(day=int(re.sub(r"\D", "", until))) if until else first
    if last < first:
        return
    yield (first.isoformat() if first == last else f"{first}/{last}"), first, last, year is None


def _relative(g: dict[str, str | None], pub: dt.date, future: bool) -> Iterator[_Reading]:
    if g["n"]:
        yield _steps(pub, -_count(g["n"]), g["unit"] or "day")
    elif g["unit2"]:
        edtf, first, last, relative = _steps(pub, _count(g["n2"] or "1"), g["unit2"])
        yield (f"{pub}/{last}", pub, last, True) if g["within"] else (edtf, first, last, relative)
    elif g["unit3"]:
        _, first, _, _ = _steps(pub, -_count(g["n3"] or "1"), g["unit3"], exact=True)
        yield f"{first}/{pub}", first, pub, True
    elif g["which"]:
        yield _which(g["which"].split()[-1], (g["what"] or "").lower().rstrip("."), pub)
    elif g["yend"]:
        edtf, first, last, _ = _month(pub.year, 12)
        yield edtf, first, last, True
    elif g["wend"]:
        yield _which("next" if future else "last" if pub.weekday() < 5 else "this", "weekend", pub)
    elif g["sn"]:
        edtf, first, last, _ = _season(pub.year, g["sn"])
        later = future and last < pub
        yield (*_season(pub.year + 1, g["sn"])[:3], True) if later else (edtf, first, last, True)
    elif g["word"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(g["word"], 0)
        yield _one(pub + dt.timedelta(days=shift))
    elif g["wd"]:
        yield _one(_weekday(pub, _DAYS[g["wd"].lower()], future))
    elif g["m4"]:
        month = _month_number(g["m4"])
        year = pub.year - (month > pub.month) if not future else pub.year + (month < pub.month)
        edtf, first, last, _ = _month(year, month)
        yield edtf, first, last, True


def _which(which: str, what: str, pub: dt.date) -> _Reading:
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if what in _DAYS:
        day = _weekday(pub, _DAYS[what], step > 0)
        return _one(day - dt.timedelta(days=7) if step < 0 and day == pub else day)
    if what in _MONTHS:
        number = _MONTHS[what]
        year = pub.year - (step < 0 and number >= pub.month) + (step > 0 and number <= pub.month)
        edtf, first, last, _ = _month(year, number)
        return edtf, first, last, True
    if what in _SEASONS:
        edtf, first, last, _ = _season(pub.year + step, what)
        return edtf, first, last, True
    if what == "weekend":
        saturday = pub - dt.timedelta(days=(pub.weekday() - 5) % 7) + dt.timedelta(days=7 * (step > 0))
        return f"{saturday}/{saturday + dt.timedelta(days=1)}", saturday, saturday + dt.timedelta(days=1), True
    if what in ("night", "morning", "afternoon", "evening"):
        return _one(pub + dt.timedelta(days=step))
    return _steps(pub, step, what)


def _steps(pub: dt.date, n: int, unit: str, exact: bool = False) -> _Reading:
    """`n` units from `pub`: a day for days, else the calendar week, month, year or decade."""
    if unit == "day":
        return _one(pub + dt.timedelta(days=n))
    if unit == "week":
        day = pub + dt.timedelta(days=7 * n)
        monday = day - dt.timedelta(days=day.weekday())
        first = day if exact else monday
        return f"{monday}/{monday + dt.timedelta(days=6)}", first, monday + dt.timedelta(days=6), True
    if unit == "month":
        index = pub.year * 12 + pub.month - 1 + n
        edtf, first, last, _ = _month(index // 12, index % 12 + 1)
        return edtf, first, last, True
    year = pub.year + n * (10 if unit == "decade" else 1)
    return f"{year:04d}", dt.date(year, 1, 1), dt.date(year, 12, 31), True


def _one(day: dt.date) -> _Reading:
    return day.isoformat(), day, day, True


def _month(year: int, month: int) -> _Reading:
    last = calendar.monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}", dt.date(year, month, 1), dt.date(year, month, last), False


def _season(year: int, name: str) -> _Reading:
    code = _SEASONS[name.lower()]
    first, last = _SEASON_MONTHS[code]
    last_year = year + (last < first)
    end = calendar.monthrange(last_year, last)[1]
    return f"{year:04d}-{code}", dt.date(year, first, 1), dt.date(last_year, last, end), False


def _month_number(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[" ".join(word.lower().split())]


#: Days without a year that lie further ahead are past ones.
_PLANNED_AHEAD = dt.timedelta(days=270)


def _weekday(pub: dt.date, number: int, future: bool) -> dt.date:
    if future:
        return pub + dt.timedelta(days=(number - pub.weekday()) % 7 or 7)
    return pub - dt.timedelta(days=(pub.weekday() - number) % 7)


def _nearest(pub: dt.date, month: int, day: int, future: bool) -> dt.date:
    """The last such day up to `pub` plus a month of grace (announced dates), or the next one if it is near."""
    this = dt.date(pub.year, month, day)
    if future:
        following = this if this >= pub else dt.date(pub.year + 1, month, day)
        return following if following - pub <= _PLANNED_AHEAD else this
    return this if this <= pub + dt.timedelta(days=31) else dt.date(pub.year - 1, month, day)
