"""Writes incidents into a built graph: the step that build and import end with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import StoreMissingError
from policygraph.graph.generations import BuildFolder, carry_over
from policygraph.graph.store import EmbeddedStore
from policygraph.incidents import Incident, Strategy, Watch, find_incidents
from policygraph.incidents.stored import copy_quads, incident_quads

#: Coded events up to which a build or import merges by itself: some minutes, less than a gigabyte.
BY_ITSELF = 500_000


@dataclass(slots=True)
class Merged:
    """What was merged: `events` into `incidents`, of which `several` merge more than one event or report.

    `too_many` is set where a graph holds more coded events than are merged without being asked for.
    """

    strategy: str
    events: int = 0
    incidents: int = 0
    several: int = 0
    too_many: bool = False

    @property
    def words(self) -> str:
        """One sentence for a person."""
        if self.too_many:
            return (
                f"The graph holds more than {BY_ITSELF:,} events of data sets: their reports are not merged by "
                f"themselves, since that takes long. To merge them: policygraph incidents --write"
            )
        return (
            f"{self.events:,} events are {self.incidents:,} incidents by {self.strategy}, "
            f"{self.several:,} of them on several reports"
        )

    def counting(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """The same incidents, counted as they go by."""
        for incident in incidents:
            self.events += len(incident.events)
            self.incidents += 1
            self.several += incident.merged
            yield incident


def merge(
    store: EmbeddedStore,
    chosen: Strategy | None,
    most: int | None = None,
    *,
    folder: Path | None = None,
    watch: Watch | None = None,
) -> Merged | None:
    """Put the incidents of a graph into its graph `incidents`, in the place of what stood there; None empties it.

    A graph of more than `most` coded events is left without incidents.

    The store must be able to read the stored texts, or articles that are copies
    are not recognised. See `find_incidents` for `folder` and `watch`.
    """
    graph = ox.NamedNode(iris.INCIDENTS_GRAPH)
    if chosen is None:
        store.engine.remove_graph(graph)
        return None
    if most is not None and _has_more_coded(store, most):
        store.engine.remove_graph(graph)
        return Merged(chosen.label, too_many=True)
    done = Merged(chosen.label)
    found = done.counting(find_incidents(store, chosen, folder=folder, watch=watch))
    store.replace_graph(graph, chain(incident_quads(found, chosen.label), copy_quads(store)))
    return done


def _has_more_coded(store: EmbeddedStore, most: int) -> bool:
    coded = store.scan(predicate=ox.NamedNode(iris.term("originalCode")))
    return next(islice(coded, most, None), None) is not None


def merge_built(
    out: Path, chosen: Strategy | None, most: int | None = None, watch: Watch | None = None
) -> Merged | None:
    """Merge the events of the graph built in `out`; readers see the old incidents or the new ones.

    See `merge` for `most`, `find_incidents` for `watch`. What is stopped on the way changes nothing.

    Raises:
        StoreMissingError: nothing has been built there.
        ProjectError: a build or import is running there.
    """
    folder = BuildFolder(out)
    if folder.current() is None:
        raise StoreMissingError("there is no built graph here", where=out, hint="run 'policygraph build'")
    with folder.lock():
        present = folder.current()
        assert present is not None  # noqa: S101 - checked before, and the folder is locked
        with folder.new_generation() as generation:
            carry_over(present, generation)
            store = EmbeddedStore.create(generation / "store", generation / "sources")
            done = merge(store, chosen, most, folder=generation, watch=watch)
            store.engine.flush()
            del store
            folder.publish(generation)
        folder.clean()
    return done
