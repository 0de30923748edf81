"""Reads out of a graph what the page needs, one scan a property, as plain Python values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from policygraph import iris
from policygraph.scanning import grouped, mapping
from policygraph.view.marks import SourceText
from policygraph.vocabulary import EntityType

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

#: Graphs whose triples repeat what claims and records already say, or define terms.
DERIVED = frozenset({iris.EDGES_GRAPH, iris.INFERRED_GRAPH, iris.SCHEMA_GRAPH})

Values = Mapping[str, list[str]]


class Span(NamedTuple):
    """The words a claim rests on."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is known about a source document."""

    iri: str
    title: str
    publisher: str = ""
    published: str = ""
    author: str = ""
    url: str = ""


@dataclass
class Graph:
    """A graph as the page reads it; every property is scanned at most once."""

    reader: GraphReader
    lang: str = "en"
    _texts: dict[str, SourceText | None] = field(default_factory=dict)

    def values(self, predicate: str, skip: Collection[str] = ()) -> Values:
        """Subject to objects of a property, sorted; graphs in `skip` are left out."""
        return grouped(self.reader, predicate, skip=skip)

    def single(self, predicate: str, skip: Collection[str] = ()) -> dict[str, str]:
        """Subject to its only, or first, object of a property."""
        return mapping(self.reader, predicate, skip=skip)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The name of everything that has one, in the language of the page where there is a choice."""
        import pyoxigraph as ox

        names: dict[str, tuple[int, str]] = {}
        for predicate in (iris.RDFS + "label", iris.SKOS + "prefLabel"):
            for quad in self._quads(predicate):
                thing, label = quad.subject.value, quad.object
                if isinstance(label, ox.Literal) and thing is not None:
                    rank = (_rank(label.language, self.lang), label.value)
                    known = names.get(thing)
                    if known is None or rank < known:
                        names[thing] = rank
        return {iri: name for iri, (_, name) in names.items()}

    @cached_property
    def other_names(self) -> Values:
        """Further names of entities."""
        return self.values(iris.SKOS + "altLabel")

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """What tables say of a thing in a few words."""
        return self.single(iris.DCTERMS + "description")

    @cached_property
    def classes(self) -> dict[str, str]:
        """The most specific class of every entity, as its name in the ontology."""
        found: dict[str, str] = {}
        # Later members of the list are more specific or do not meet earlier ones.
        general = (EntityType.ORGANISATION, EntityType.PLACE, EntityType.POST, EntityType.EVENT)
        ordered = (*general, *(t for t in EntityType if t not in general))
        # Of some actors a data set tells no more than that they act.
        for name in ("Actor", *(kind.value for kind in ordered)):
            for quad in self._quads(iris.RDF + "type", iris.term(name)):
                found[quad.subject.value] = name
        return found

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Evidence by its IRI."""
        quotes = self.single(iris.term("quote"))
        places = {e: iris.evidence_place(e) for e in quotes}
        found = {e: Span(*place, quotes[e]) for e, place in places.items() if place}
        if len(found) < len(quotes):
            found |= self._spans_named_otherwise({e: quotes[e] for e, place in places.items() if not place})
        return found

    def _spans_named_otherwise(self, quotes: Mapping[str, str]) -> dict[str, Span]:
        """Evidence whose IRI does not tell where it stands, as graphs from elsewhere may have it."""
        source, start, end = (self.single(iris.term(name)) for name in ("source", "start", "end"))
        told = [e for e in quotes if e in start and e in end]
        return {e: Span(source.get(e, ""), int(start[e]), int(end[e]), quotes[e]) for e in told}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Source documents by IRI."""
        titles = self.single(iris.DCTERMS + "title")
        published, publishers = self.single(iris.term("publishedOn")), self._first("publisher")
        authors, urls = self._first("creator"), self._first("source")
        typed = self._quads(iris.RDF + "type", iris.term("SourceDocument"))
        documents = sorted({quad.subject.value for quad in typed})
        return {
            iri: Source(
                iri,
                titles.get(iri, "") or self.labels.get(iri, ""),
                publishers.get(iri, ""),
                published.get(iri, ""),
                authors.get(iri, ""),
                urls.get(iri, ""),
            )
            for iri in documents
        }

    def text(self, document: str) -> SourceText | None:
        """The stored text of a source, read once."""
        if document not in self._texts:
            text = self.reader.source_text(document.rsplit("/", 1)[-1])
            self._texts[document] = None if text is None else SourceText(text)
        return self._texts[document]

    def name(self, iri: str) -> str:
        """The name of a thing; without one, the readable end of its IRI."""
        return self.labels.get(iri) or iris.local_name(iri).rsplit("/", 1)[-1].rsplit("#", 1)[-1].replace("-", " ")

    def _first(self, term: str) -> dict[str, str]:
        found = self.single(iris.DCTERMS + term)
        return {iri: self.labels.get(value, value) for iri, value in found.items()}

    def _quads(self, predicate: str, object: str | None = None) -> Iterable[Any]:
        """Quads with a property; typed loosely, as subjects and objects here are never triples."""
        import pyoxigraph as ox

        target = None if object is None else ox.NamedNode(object)
        return self.reader.scan(predicate=ox.NamedNode(predicate), object=target)


def _rank(language: str | None, wanted: str) -> int:
    """How well the language of a name suits: wanted, English, none, any."""
    if language is None:
        return 2
    main = language.split("-")[0].lower()
    return 0 if main == wanted else 1 if main == "en" else 3
