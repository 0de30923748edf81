"""Pipe tables: which lines belong to one, and where its cells lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policygraph.reading.lines import Line, trimmed
from policygraph.records import Span

_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR_CHARACTERS = frozenset("|:-= \t")
_EMPHASIS = ("***", "**", "__", "*", "_", "`")


def is_separator(line: Line) -> bool:
    """Whether the line only draws the border under a header: `|---|:--:|`."""
    return "|" in line.text and "-" in line.text and _SEPARATOR_CHARACTERS.issuperset(line.text)


def starts_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a table begins at line `at`.

    It does where a separator follows, or where two lines begin with a pipe and
    the first also ends with one; a single line with pipes is running text.
    """
    line = lines[at]
    if not _PIPE.search(line.text) or at + 1 == len(lines):
        return False
    following = lines[at + 1]
    framed = line.text.startswith("|") and line.text.endswith("|") and len(line.text) > 1
    return is_separator(following) or (framed and following.text.startswith("|"))


def table_end(lines: Sequence[Line], at: int) -> int:
    """The first line after the table that begins at line `at`."""
    while at < len(lines) and _PIPE.search(lines[at].text):
        at += 1
    return at


def cells(text: str, line: Line) -> tuple[Span, ...]:
    r"""The cells of a row, without blanks and emphasis around them; `\|` does not part cells.

    >>> from policygraph.reading.lines import split_lines
    >>> row = "| **Lima** | |"
    >>> cells(row, split_lines(row)[0])
    (Span(start=4, end=8, quote='Lima'), Span(start=13, end=13, quote=''))
    """
    bars = [line.start + m.start() for m in _PIPE.finditer(line.text)]
    edges = [line.start - 1, *bars, line.end]
    if bars and bars[0] == line.start:
        edges.pop(0)
    if bars and bars[-1] == line.end - 1:
        edges.pop()
    pairs = pairwise(edges)
    return tuple(Span.of(text, *without_emphasis(text, *trimmed(text, a + 1, b))) for a, b in pairs)


def without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """The span inside `**…**`, `_…_` or backquotes that wrap all of it.

    >>> without_emphasis("**Lima**", 0, 8)
    (2, 6)
    """
    for mark in _EMPHASIS:
        inner = (start + len(mark), end - len(mark))
        wrapped = text.startswith(mark, start, end) and text.endswith(mark, start, end)
        if wrapped and text[slice(*inner)].strip() and text.find(mark, *inner) < 0:
            return trimmed(text, *inner)
    return start, end
