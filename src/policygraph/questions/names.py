"""Finds the thing that a person names: by IRI, preferred name, other name or code."""

from __future__ import annotations

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import UnknownNameError, UsageError
from policygraph.interfaces import GraphReader
from policygraph.iris import IRI

_PREF_LABEL = ox.NamedNode(iris.SKOS + "prefLabel")
_ALT_LABEL = ox.NamedNode(iris.SKOS + "altLabel")
_ISO3 = ox.NamedNode(iris.term("iso3"))
_COUNTRY = ox.NamedNode(iris.term("Country"))
_TYPE = ox.NamedNode(iris.RDF + "type")

_SAME_BUT_CASE = """SELECT DISTINCT ?thing ?rank {
  VALUES (?property ?rank) { (skos:prefLabel 0) (skos:altLabel 1) }
  ?thing ?property ?label .
  FILTER(LCASE(STR(?label)) = ?wanted)
  FILTER(STRSTARTS(STR(?thing), ?start))
} ORDER BY ?rank ?thing"""
_ALL_NAMES = """SELECT DISTINCT ?label {
  ?thing skos:prefLabel|skos:altLabel ?label . FILTER(STRSTARTS(STR(?thing), ?start)) } ORDER BY ?label"""


def find_entity(reader: GraphReader, name: str) -> IRI:
    """The IRI of the entity that `name` names.

    `name` is an IRI, a short IRI (`id:person/ana-ruiz`), a local name
    (`person/ana-ruiz`), a preferred or another name; case counts only where it
    tells two things apart.

    Raises:
        UnknownNameError: nothing has that name; near names are offered.
        UsageError: several things have that name; their IRIs are listed.
    """
    iri = _as_iri(name)
    if iri is not None:
        if next(iter(reader.scan(subject=ox.NamedNode(iri))), None) is None:
            raise UnknownNameError("entity", name, [])
        return iri
    return _by_label(reader, name, iris.ID, "entity")


def find_country(reader: GraphReader, name: str) -> IRI:
    """The IRI of a country by its ISO 3166-1 alpha-3 code, its name or IRI.

    Raises:
        UnknownNameError: there is no such country in the graph.
    """
    if len(name) == 3 and name.isascii() and name.isalpha():
        for quad in reader.scan(predicate=_ISO3, object=ox.Literal(name.upper())):
            return _subject(quad)
    found = _as_iri(name) or _by_label(reader, name, iris.ID + "country/", "country")
    if next(iter(reader.scan(ox.NamedNode(found), _TYPE, _COUNTRY)), None) is None:
        raise UnknownNameError("country", name, [])
    return found


def find_concept(reader: GraphReader, scheme: str, name: str) -> IRI:
    """The IRI of a concept of a vocabulary by its code, label or IRI.

    Raises:
        UnknownNameError: the vocabulary has no such concept.
    """
    by_code = IRI(name) if name.startswith(iris.VOCAB) else iris.concept(scheme, iris.slug(name))
    if next(iter(reader.scan(subject=ox.NamedNode(by_code))), None) is not None:
        return by_code
    return _by_label(reader, name, f"{iris.VOCAB}{scheme}/", f"concept of '{scheme}':")


def _as_iri(name: str) -> IRI | None:
    """The IRI that the text already is, in full, shortened or as a local name; None for a plain name."""
    if name.startswith(("http://", "https://")):
        try:
            return IRI(ox.NamedNode(name).value)
        except ValueError:
            raise UsageError(f"'{name}' is no IRI", hint="give a name, or an IRI without blanks") from None
    prefix, colon, rest = name.partition(":")
    if colon and prefix in iris.PREFIXES and rest and " " not in rest:
        return _as_iri(iris.PREFIXES[prefix] + rest)
    folder, slash, slug = name.partition("/")
    if slash and folder.isalpha() and folder.islower() and slug == iris.slug(slug):
        return iris.thing(name)
    return None


def _by_label(reader: GraphReader, name: str, start: str, kind: str) -> IRI:
    for predicate in (_PREF_LABEL, _ALT_LABEL):
        exact = {_subject(q) for q in reader.scan(predicate=predicate, object=ox.Literal(name))}
        if found := _only([iri for iri in sorted(exact) if iri.startswith(start)], name, kind):
            return found
    bound = {"wanted": ox.Literal(name.lower()), "start": ox.Literal(start)}
    rows = reader.select(_SAME_BUT_CASE, bound).rows
    best = [iri for iri, rank in rows if rank == rows[0][1]]
    if found := _only(best, name, kind):
        return found
    known = reader.select(_ALL_NAMES, {"start": ox.Literal(start)}).column("label")
    raise UnknownNameError(kind, name, known)


def _subject(quad: ox.Quad) -> IRI:
    return IRI(quad.subject.value if isinstance(quad.subject, ox.NamedNode) else "")


def _only(found: list[IRI], name: str, kind: str) -> IRI | None:
    if len(found) > 1:
        shown = ", ".join(iris.local_name(iri) for iri in found[:5])
        raise UsageError(f"'{name}' names more than one {kind}", hint=f"say which: {shown}")
    return found[0] if found else None
