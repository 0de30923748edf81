"""How many sources stand behind an event that was counted together with others: read for the events of a page alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from policygraph import iris
from policygraph.records import Counts
from policygraph.view.model import CODED, RECORD, Statement
from policygraph.vocabulary import Modality

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

# Plans, advice and denials are not grouped: the sources of an act must not seem to be theirs.
_TAKE_PLACE = frozenset({Modality.ASSERTED.value, RECORD, CODED})
_EVENT = iris.ID + "event/"
_NUMBERS = ("reportCount", "independentSourceCount", "copyCount")


def incidents(reader: GraphReader, said: Sequence[Statement]) -> dict[str, tuple[str, Counts]]:
    """Key of a statement to the incident that its event belongs to, with its reports; none where nothing was merged.

    Each event is looked up: incidents may be millions, the events of a page are not.
    """
    if next(_quads(reader, predicate=iris.term("groupsEvent")), None) is None:
        return {}
    about = ((s.key, s.event or s.subject) for s in said if s.stance in _TAKE_PLACE)
    told = {key: event for key, event in about if event.startswith(_EVENT)}
    groups: dict[str, str] = {}
    for event in dict.fromkeys(told.values()):
        for quad in _quads(reader, predicate=iris.term("groupsEvent"), object=event):
            groups[event] = min(quad.subject.value, groups.get(event, quad.subject.value))
    counts = {group: _counts(reader, group) for group in dict.fromkeys(groups.values())}
    found = {key: groups[event] for key, event in told.items() if event in groups}
    return {key: (group, counts[group]) for key, group in found.items() if counts[group].sources}


def _counts(reader: GraphReader, group: str) -> Counts:
    known = {quad.predicate.value: quad.object.value for quad in _quads(reader, subject=group)}
    return Counts(*(int(known.get(iris.term(name), 0)) for name in _NUMBERS))


def _quads(reader: GraphReader, **pattern: str) -> Iterator[Any]:
    import pyoxigraph as ox

    return iter(reader.scan(**{part: ox.NamedNode(iri) for part, iri in pattern.items()}))
