"""What can be a node: actors, policy instruments and places, with label, type and country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.scanning import mapping, outside_datasets, quads
from policygraph.scanning import read_countries as read_countries

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

#: Broader class of each class that may be a node; the tops of the three families have none.
PARENT: dict[str, str] = {
    "Person": "Actor",
    "Organisation": "Actor",
    "SocialGroup": "Actor",
    "Government": "Organisation",
    "Administration": "Organisation",
    "GovernmentBody": "Organisation",
    "InternationalOrganisation": "Organisation",
    "PoliticalParty": "Organisation",
    "Country": "Place",
    "Region": "Place",
    "AdministrativeArea": "Place",
    "PopulatedPlace": "Place",
    "Initiative": "PolicyInstrument",
    "Policy": "PolicyInstrument",
}
FAMILIES = ("Actor", "Place", "PolicyInstrument")
_CLASSES = tuple(dict.fromkeys((*FAMILIES, *PARENT)))


def lineage(name: str) -> tuple[str, ...]:
    """A class and its broader classes.

    >>> lineage("Government")
    ('Government', 'Organisation', 'Actor')
    """
    found = [name]
    while found[-1] in PARENT:
        found.append(PARENT[found[-1]])
    return tuple(found)


def family(name: str) -> str:
    """Actor, Place or PolicyInstrument.

    >>> family("PopulatedPlace")
    'Place'
    """
    return lineage(name)[-1]


def read_types(reader: GraphReader) -> dict[str, str]:
    """The narrowest class of everything that may be a node.

    Where the graph gives classes of different branches, the narrower one wins
    and, among equals, the first in alphabetical order.
    """
    found: dict[str, str] = {}
    by_depth = sorted(_CLASSES, key=lambda c: (-len(lineage(c)), c))
    for name in by_depth:
        for quad in quads(reader, iris.RDF + "type", iris.term(name)):
            found.setdefault(quad.subject.value, name)
    return found


@dataclass(frozen=True, slots=True)
class TypeFilter:
    """Limits ends of ties to classes; a family that is not named is not limited."""

    classes: tuple[str, ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> TypeFilter:
        """A filter from class names.

        Raises:
            UnknownNameError: a name is not a class that may be a node.
        """
        wanted = tuple(dict.fromkeys(n.removeprefix("pg:") for n in names))
        for name in wanted:
            if name not in _CLASSES:
                raise UnknownNameError("type of node", name, _CLASSES)
        return cls(wanted)

    def passes(self, name: str) -> bool:
        """Whether a node of this class may stay.

        >>> only_governments = TypeFilter.of(["Government"])
        >>> only_governments.passes("Person"), only_governments.passes("Country")
        (False, True)
        """
        if not self.classes:
            return True
        line = lineage(name)
        return any(c in line for c in self.classes) or all(family(c) != line[-1] for c in self.classes)


def read_labels(reader: GraphReader, wanted: Iterable[str]) -> dict[str, str]:
    """Preferred labels: English before none before other languages, then alphabetical."""
    keep = set(wanted)
    best: dict[str, tuple[int, str]] = {}
    for iri, name, language in outside_datasets(reader, iris.SKOS + "prefLabel"):
        if iri in keep:
            key = (0 if language.startswith("en") else 1 if not language else 2, name)
            if iri not in best or key < best[iri]:
                best[iri] = key
    return {iri: best[iri][1] if iri in best else iris.local_name(iri) for iri in sorted(keep)}


def entities_called(reader: GraphReader, folded: str) -> set[str]:
    """IRIs of everything that has this preferred or other name, case ignored."""
    return {
        iri
        for name in ("prefLabel", "altLabel")
        for iri, text, _ in outside_datasets(reader, iris.SKOS + name)
        if text.casefold() == folded
    }


def read_iso3(reader: GraphReader) -> dict[str, str]:
    """ISO 3166-1 code of each country."""
    return mapping(reader, iris.term("iso3"))
