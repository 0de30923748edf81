"""The reports behind events: articles, and what data sets name as their sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.incidents.copies import originals
from policygraph.incidents.outlets import address_key, outlets, title_in
from policygraph.incidents.sources import Story
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


def read_reports(reader: GraphReader, events: Iterable[str]) -> tuple[dict[str, tuple[int, ...]], list[Story]]:
    """The reports of each event, as positions in the list of all reports, which is sorted by key.

    Several records of one story are one report; so are an article and a record
    that names its address.
    """
    links = _links(reader, set(events))
    told = _stories(reader, {node for nodes in links.values() for node in nodes})
    by_key: dict[str, Story] = {}
    for node in sorted(told, key=lambda node: (not node.startswith(_DOCUMENTS), node)):
        by_key.setdefault(told[node].key, told[node])
    stories = [by_key[key] for key in sorted(by_key)]
    at = {story.key: position for position, story in enumerate(stories)}
    kept: dict[tuple[int, ...], tuple[int, ...]] = {}
    found = {}
    for event, nodes in links.items():
        numbers = tuple(sorted({at[told[node].key] for node in nodes}))
        found[event] = kept.setdefault(numbers, numbers)
    return found, stories


def _links(reader: GraphReader, wanted: set[str]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    kept: dict[str, str] = {}
    for name in ("mentionedIn", "recordedIn"):
        for quad in quads(reader, iris.term(name)):
            if quad.subject.value in wanted:
                node = quad.object.value
                links.setdefault(quad.subject.value, []).append(kept.setdefault(node, node))
    return links


def _stories(reader: GraphReader, nodes: set[str]) -> dict[str, Story]:
    """What each document or record is as a report."""
    facts: dict[str, dict[str, str]] = {name: {} for name in _FACTS.values()}
    for predicate, name in _FACTS.items():
        column = facts[name]
        for quad in quads(reader, predicate):
            node = quad.subject.value
            if node in nodes:
                text = quad.object.value
                column[node] = min(text, column.get(node, text))
    copied = article_copies(reader, (node for node in nodes if node.startswith(_DOCUMENTS)), facts["day"])
    known, found = outlets(), {}
    for node in nodes:
        source = facts["source"].get(node, "")
        first, credit = copied.get(node, ("", ""))
        excerpt = facts["excerpt"].get(node, "")
        found[node] = Story(
            key=address_key(source) if source else node,
            outlet=known.of(facts["publisher"].get(node, ""), source),
            credit=credit or (known.credit(excerpt) if excerpt else ""),
            text=first or (iris.content_key(excerpt.casefold()) if excerpt else ""),
            title=title_in(source),
            day=day_number(facts["day"].get(node, "")),
        )
    return found


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
