"""What the words of two reports have in common, from small sketches of them.

A sketch keeps the sixteen smallest hashes of the longer words of a text (a bottom-k
sketch; Cohen and Kaplan, PODC 2007). The share of the smallest hashes of two sketches
that both have estimates the Jaccard similarity of their sets of words.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING
from zlib import crc32

from policygraph import iris
from policygraph.scanning import quads

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

Sketch = bytes
_KEPT = 16
#: Words of at least so many letters; shorter ones are mostly not about the event.
_WORD = re.compile(r"[^\W\d_]{4,}")


def sketch(text: str) -> Sketch:
    """The sketch of a text, 64 bytes at most.

    >>> len(sketch("The minister of Peru signed the treaty on water in Lima"))
    24
    """
    hashes = {crc32(word.casefold().encode()) for word in _WORD.findall(text)}
    return array("I", sorted(hashes)[:_KEPT]).tobytes()


def likeness(one: Sketch, other: Sketch) -> float:
    """Estimated share of words that both texts have, of those that either has: 0 to 1.

    >>> one, other = sketch("Peru signed the water treaty"), sketch("Chile signed the water treaty")
    >>> likeness(one, one), likeness(one, other)
    (1.0, 0.6)
    """
    a, b = array("I"), array("I")
    a.frombytes(one)
    b.frombytes(other)
    smallest = sorted({*a, *b})[:_KEPT]
    both = set(a) & set(b)
    return sum(mark in both for mark in smallest) / len(smallest) if smallest else 0.0


def together(sketches: Iterable[Sketch]) -> Sketch:
    """The sketch of several texts as one.

    >>> together([sketch("Peru signed"), b"", sketch("the treaty")]) == sketch("Peru signed the treaty")
    True
    """
    some = [one for one in sketches if one]
    if len(some) < 2:
        return some[0] if some else b""
    marks = array("I")
    for one in some:
        marks.frombytes(one)
    return array("I", sorted(set(marks))[:_KEPT]).tobytes()


def read_words(reader: GraphReader, events: Container[str]) -> dict[str, Sketch]:
    """A sketch for each event of an article: of the quotes behind its claims."""
    told: dict[str, set[str]] = {}
    subject = {q.subject.value: q.object.value for q in quads(reader, iris.term("subject")) if q.object.value in events}
    spans: dict[str, set[str]] = {}
    for quad in quads(reader, iris.term("evidence")):
        event = subject.get(quad.subject.value)
        if event:
            spans.setdefault(quad.object.value, set()).add(event)
    for quad in quads(reader, iris.term("quote")):
        for event in spans.get(quad.subject.value, ()):
            told.setdefault(event, set()).add(quad.object.value)
    return {event: sketch(" ".join(sorted(texts))) for event, texts in told.items()}
