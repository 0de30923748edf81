"""Lines with their place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_QUOTE_MARKS = re.compile(r"(?:>[ \t]?)++")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its blank ends and quotation marks (`>`).

    `number` counts from 1; `start` and `end` are code points of the text;
    `indent` is the width of what stands before the first character.
    """

    number: int
    start: int
    end: int
    indent: int
    text: str


def split_lines(text: str) -> list[Line]:
    r"""All lines of `text`, ended by LF, CR or CR LF, blank ones with an empty `text`.

    >>> [(line.start, line.end, line.text) for line in split_lines("One\r\n  two")]
    [(0, 3, 'One'), (7, 10, 'two')]
    """
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        if match.start() == match.end() == len(text):
            break
        lines.append(_line(text, len(lines) + 1, *match.span(1)))
    return lines


def _line(text: str, number: int, start: int, end: int) -> Line:
    raw = text[start:end]
    body = raw.lstrip()
    marks = _QUOTE_MARKS.match(body)
    if marks:
        body = body[marks.end() :].lstrip()
    at = start + len(raw) - len(body)
    body = body.rstrip()
    indent = len(text[start:at].replace("\t", " " * _TAB))
    return Line(number, at, at + len(body), indent, body)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blank characters at its ends.

    >>> trimmed("a  b ", 1, 5)
    (3, 4)
    """
    piece = text[start:end]
    body = piece.lstrip()
    at = start + len(piece) - len(body)
    return at, at + len(body.rstrip())
