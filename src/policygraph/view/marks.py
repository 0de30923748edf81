"""A sentence cut into pieces: who, does what, to whom, and the words around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

#: What a piece of a sentence is: around the quoted words, within them, subject, relation, object.
AROUND, QUOTED, SUBJECT, RELATION, OBJECT = range(5)
Piece = tuple[int, str]
_Mark = tuple[int, int, int]

_REACH = 320
_LONGEST_RELATION = 60
# A sentence ends before a space and something that can begin one, but not after the dot of an initial (U.S., J. Doe).
# It is written from its first sign on, so that the search can leap from sign to sign.
_STOP = re.compile(r"[.!?…。！？\n](?:(?<=[。！？\n])|(?<!\b[A-Z]\.)[\"'”’»)\]]*(?=\s+[^\sa-z]|\s*$))")
_CLOSING = "\"'”’»)]"
_STOPS = frozenset(".!?…。！？")


class SourceText:
    """The stored text of a source, with its paragraphs numbered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(m.end() for m in re.finditer(r"\n", text))]
        kept = [bool(text[a:b].strip()) for a, b in zip(self._starts, [*self._starts[1:], len(text)], strict=True)]
        self._numbers: list[int] = []
        for filled in kept:
            self._numbers.append((self._numbers[-1] if self._numbers else 0) + filled)

    def paragraph(self, at: int) -> int:
        """The number, from 1, of the paragraph that a character stands in; empty lines do not count."""
        return self._numbers[bisect_right(self._starts, at) - 1]

    @cached_property
    def _stops(self) -> tuple[list[int], list[int]]:
        """Where the stops of the text begin and where they end."""
        found = [m.span() for m in _STOP.finditer(self.text)]
        return [a for a, _ in found], [b for _, b in found]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence or line around some words, at most 320 characters to each side."""
        text = self.text
        low, high = max(0, start - _REACH), min(len(text), end + _REACH)
        begins, ends = self._stops
        before, after = bisect_right(ends, start) - 1, bisect_left(begins, max(start, end - 1))
        if before >= 0 and begins[before] >= low:
            first = ends[before]
            # A stop before a small letter is none for the text, but where quoted words begin it is.
            if not _is_space(text[first:start]) and _stops_short(text[low:start]):
                first = start
        elif _stops_short(text[low:start]):
            first = start
        else:
            first = 0 if low == 0 else _word_edge(text, low)
        last = max(end, ends[after]) if after < len(ends) and ends[after] <= high else high
        while first < start and text[first].isspace():
            first += 1
        while last > end and text[last - 1].isspace():
            last -= 1
        return first, last


def _is_space(text: str) -> bool:
    return not text or text.isspace()


def _stops_short(before: str) -> bool:
    """Whether words that follow begin a sentence, small letter or not: a stop stands right before them."""
    words = before.rstrip()
    told = words.rstrip(_CLOSING)
    if told[-1:] not in _STOPS:
        return False
    found = _STOP.search(words, len(told) - 1)
    return found is not None and found.end() == len(words)


def _word_edge(text: str, at: int) -> int:
    space = text.find(" ", at)
    return at if space < 0 else space + 1


def pieces(
    sentence: str,
    quote: tuple[int, int],
    subject: Sequence[str],
    object: Sequence[str],
    relation: Sequence[str] = (),
) -> list[Piece]:
    """Cut a sentence at the first finds of subject and object, best wording first.

    Without words for the relation, what stands between the two marks it, if it
    is short. The pieces joined are the sentence.

    >>> pieces("Rubio is to visit Panama.", (0, 24), ["Rubio"], ["Panama"])
    [(2, 'Rubio'), (1, ' '), (3, 'is to visit'), (1, ' '), (4, 'Panama'), (0, '.')]
    """
    spans: list[_Mark] = []
    for role, wordings in ((SUBJECT, subject), (OBJECT, object), (RELATION, relation)):
        found = _find(sentence, wordings, quote, spans) if wordings else None
        if found:
            spans.append((*found, role))
    if not spans or spans[-1][2] != RELATION:
        spans += _between(sentence, spans)
    return _cut(sentence, quote, sorted(spans))


def _find(text: str, wordings: Sequence[str], quote: tuple[int, int], taken: list[_Mark]) -> tuple[int, int] | None:
    """The first whole-word find, within the quoted words if there is one, exact case before any case."""
    for low, high in (quote, (0, len(text))):
        for words in wordings:
            if not words or words.isspace():
                continue
            found = _first(text, words, low, high, taken)
            if found is None and len(small := text.lower()) == len(text):
                found = _first(small, words.lower(), low, high, taken)
            if found:
                return found
    return None


def _first(text: str, wanted: str, low: int, high: int, taken: list[_Mark]) -> tuple[int, int] | None:
    start = text.find(wanted, low, high)
    while start >= 0:
        end = start + len(wanted)
        if _whole(text, start, end) and (not taken or _free(start, end, taken)):
            return start, end
        start = text.find(wanted, start + 1, high)
    return None


def _free(start: int, end: int, taken: list[_Mark]) -> bool:
    return all(end <= a or start >= b for a, b, _ in taken)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a find neither begins nor ends inside a word; scripts without spaces have no such edges."""
    if start > 0 and text[start - 1].isalnum() and text[start].isascii() and text[start].isalnum():
        return False
    return not (end < len(text) and text[end].isalnum() and text[end - 1].isascii() and text[end - 1].isalnum())


def _between(sentence: str, spans: list[_Mark]) -> list[_Mark]:
    if len(spans) != 2:
        return []
    (_, first, _), (second, _, _) = sorted(spans)
    gap = sentence[first:second]
    first, second = first + len(gap) - len(gap.lstrip()), second - len(gap) + len(gap.rstrip())
    if second - first > _LONGEST_RELATION or not any(c.isalpha() for c in gap) or "|" in gap:
        return []
    return [(first, second, RELATION)]


def _cut(sentence: str, quote: tuple[int, int], spans: list[_Mark]) -> list[Piece]:
    out: list[Piece] = []
    at = 0
    for start, end, role in spans:
        if quote[0] <= at < start <= quote[1]:
            out.append((QUOTED, sentence[at:start]))
        elif at < start:
            out += _unmarked(sentence, at, start, quote)
        out.append((role, sentence[start:end]))
        at = end
    if at < len(sentence):
        out += _unmarked(sentence, at, len(sentence), quote)
    return out


def _unmarked(sentence: str, at: int, end: int, quote: tuple[int, int]) -> Iterator[Piece]:
    """What lies between marks: quoted, or not, or in part."""
    first, last = quote
    for stop in (first, last, end):
        stop = min(stop, end)
        if stop > at:
            yield QUOTED if first <= at < last else AROUND, sentence[at:stop]
            at = stop
