"""The reports behind events: articles, and what data sets name as their sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from policygraph import iris
from policygraph.incidents.copies import originals
from policygraph.incidents.outlets import address_key, outlets, title_in
from policygraph.incidents.sources import Story
from policygraph.incidents.words import sketch
from policygraph.scanning import quads

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

_DOCUMENTS = iris.ID + "document/"
#: What is read of the nodes that reports are, by property.
_FACTS = {
    iris.DCTERMS + "source": "source",
    iris.DCTERMS + "publisher": "publisher",
    iris.DCTERMS + "issued": "day",
    iris.term("publishedOn"): "day",
    iris.term("excerpt"): "excerpt",
}
Facts = dict[str, str]


class Reports:
    """The reports of a graph by their nodes: documents and records.

    `known` are nodes to be kept; any other is looked up when it is first asked for,
    and forgotten when no event that it reports is left, so that memory does not
    grow with their number. With `far` a look-up is slow, and those known are read
    by one scan over each property.
    """

    def __init__(self, reader: GraphReader, known: Iterable[str] = (), *, far: bool = False) -> None:
        self._reader = reader
        self._open: WeakValueDictionary[str, Story] = WeakValueDictionary()
        nodes = set(known)
        facts = _read_all(reader, nodes) if far else {node: _read(reader, node) for node in nodes}
        documents = sorted(node for node in facts if node.startswith(_DOCUMENTS))
        days = {node: told["day"] for node, told in facts.items() if "day" in told}
        copied = article_copies(reader, documents, days)
        self._known = {node: _story(node, told, *copied.get(node, ("", ""))) for node, told in facts.items()}

    def of(self, nodes: Iterable[str]) -> list[Story]:
        """The reports that some nodes are, documents first; several records of one story are each there."""
        return [self._of(node) for node in sorted(nodes, key=lambda node: (not node.startswith(_DOCUMENTS), node))]

    def _of(self, node: str) -> Story:
        found = self._known.get(node) or self._open.get(node)
        if found is None:
            found = self._open[node] = _story(node, _read(self._reader, node))
        return found


def _read(reader: GraphReader, node: str) -> Facts:
    """What is known of a node."""
    told: Facts = {}
    for quad in quads(reader, None, subject=node):
        _note(told, quad.predicate.value, quad.object.value)
    return told


def _read_all(reader: GraphReader, nodes: set[str]) -> dict[str, Facts]:
    """What is known of many nodes, by one scan over each property."""
    found: dict[str, Facts] = {node: {} for node in nodes}
    for predicate in _FACTS:
        for quad in quads(reader, predicate):
            if quad.subject.value in found:
                _note(found[quad.subject.value], predicate, quad.object.value)
    return found


def _note(told: Facts, predicate: str, value: str) -> None:
    name = _FACTS.get(predicate)
    if name:
        told[name] = min(value, told.get(name, value))


def _story(node: str, told: Facts, first: str = "", credit: str = "") -> Story:
    """What a document or record is as a report; `first` is the article that it is a copy of."""
    source, excerpt = told.get("source", ""), told.get("excerpt", "")
    known = outlets()
    return Story(
        key=address_key(source) if source else node,
        outlet=known.of(told.get("publisher", ""), source),
        credit=credit or (known.credit(excerpt) if excerpt else ""),
        text=first or (iris.content_key(excerpt.casefold()) if excerpt else ""),
        title=title_in(source),
        day=day_number(told.get("day", "")),
        words=sketch(excerpt) if excerpt else b"",
    )


def article_copies(
    reader: GraphReader, documents: Iterable[str], days: dict[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    """For each article whose text is kept: the article it is a copy of (itself if none), and the agency it credits.

    `days` gives publication days; the earlier of two equal texts is the original.
    """
    dated = days or {}
    agency: dict[str, str] = {}

    def texts() -> Iterator[tuple[str, str, str]]:
        for node in sorted(documents, key=lambda node: (dated.get(node, "9"), node)):
            text = reader.source_text(node.removeprefix(_DOCUMENTS))
            if text:
                agency[node] = outlets().credit(text)
                yield node, text, agency[node]

    first = originals(texts())
    return {node: (first[node], agency[node]) for node in first}


def day_number(text: str) -> int:
    """The number of an ISO day, 0 where it is none.

    >>> day_number("2023-01-01"), day_number("2023-13-01")
    (738521, 0)
    """
    try:
        return dt.date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return 0
