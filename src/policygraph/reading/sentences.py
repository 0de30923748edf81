"""Where sentences end: by marks and abbreviations, in one pass, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.reading.abbreviations import BEFORE_NAME, BEFORE_NUMBER, MAYBE_LAST, STARTERS

_MARKS = ".!?…؟।"
_CLOSERS = "\"'”’»)\\]*_"
# A run of final marks is tried once, from its beginning: linear on any text.
_END = re.compile(
    rf"(?<![{_MARKS}])[{_MARKS}]++[{_CLOSERS}]*+(?=\s)"
    r"|(?<![。！？])[。！？]++[」』”’）]*+"
)
_OPENERS = "\"'“‘«([*_¿¡—–-"
_LONGEST_ABBREVIATION = 12

_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_a-z]")
_WORD = re.compile(r"[^\W\d_]+")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as offsets, without blanks around them.

    >>> text = "Gen. Ruiz met U.S. envoys in Lima. They agreed."
    >>> [text[a:b] for a, b in sentence_spans(text, 0, len(text))]
    ['Gen. Ruiz met U.S. envoys in Lima.', 'They agreed.']
    """
    at = _skip_blank(text, start, end)
    for match in _END.finditer(text, start, end):
        following = _skip_blank(text, match.end(), end)
        if following < end and _ends(text, start, match, following):
            yield at, match.end()
            at = following
    if at < end:
        last = at + len(text[at:end].rstrip())
        if last > at:
            yield at, last


def _skip_blank(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _ends(text: str, start: int, match: re.Match[str], following: int) -> bool:
    """Whether the marks of `match` end a sentence, given what stands before and behind them."""
    first = _first_letter(text, following)
    if first.islower() or first in _MARKS:
        return False
    mark = match.group()
    if mark[0] != "." or mark.startswith(".."):
        return True
    word = _word_before(text, start, match.start())
    if word in BEFORE_NAME or (word in BEFORE_NUMBER and first.isdigit()):
        return False
    if word in MAYBE_LAST or _ACRONYM.fullmatch(word.rpartition("-")[2]):
        return _opens_sentence(text, following)
    return True


def _first_letter(text: str, at: int) -> str:
    """The character at `at`, or the one behind a few opening marks."""
    for offset in range(at, min(at + 4, len(text))):
        if text[offset] not in _OPENERS:
            return text[offset]
    return text[at]


def _word_before(text: str, start: int, dot: int) -> str:
    window = text[max(start, dot - _LONGEST_ABBREVIATION) : dot]
    if not window or window[-1].isspace():
        return ""
    return window.split()[-1].lstrip(_OPENERS)


def _opens_sentence(text: str, at: int) -> bool:
    found = _WORD.search(text, at, at + 30)
    return found is not None and not text[at].isdigit() and found.group().casefold() in STARTERS
