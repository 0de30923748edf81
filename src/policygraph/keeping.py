"""Puts measurements into a built graph, as a new generation of it.

They stand in a graph of their own. What is measured again takes the place of
what was measured before. As they describe one state of the graph, a build or
an import that changes the graph leaves them out; one that changes nothing
keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import GraphError, StoreMissingError
from policygraph.graph.assemble import is_full
from policygraph.graph.generations import BuildFolder, carry_over
from policygraph.graph.snapshot import write_trig
from policygraph.graph.store import EmbeddedStore

_GRAPH = ox.NamedNode(iris.MEASUREMENTS_GRAPH)


def keep_measurements(out: Path, quads: Iterable[ox.Quad]) -> int:
    """Put measurements into the graph built in `out`, in one step; how many there are.

    Raises:
        StoreMissingError: nothing has been built in `out`.
        ProjectError: a build is running there.
        GraphError: the disk is full or refuses.
    """
    folder = BuildFolder(out)
    new = list(quads)
    if folder.current() is None:
        raise StoreMissingError("there is no built graph here", where=out, hint="run 'policygraph build'")
    try:
        with folder.lock(), folder.new_generation() as generation:
            present = folder.current()
            assert present is not None  # noqa: S101 - checked above; no build takes a graph away
            carry_over(present, generation)
            store = EmbeddedStore.create(generation / "store")
            _replace(store.engine, new)
            store.engine.flush()
            # The file is shared with the generation before, which never changes.
            (generation / "graph.trig").unlink(missing_ok=True)
            write_trig(store.engine, generation / "graph.trig")
            del store
            folder.publish(generation)
    except (OSError, RuntimeError) as error:
        words = "the disk is full" if is_full(error) else f"the store cannot be written: {error}"
        raise GraphError(f"{words}; the graph is unchanged", where=out) from error
    folder.clean()
    return len({quad.subject for quad in new if quad.predicate.value == iris.term("measuredValue")})


def _replace(store: ox.Store, new: list[ox.Quad]) -> None:
    """Take out what the same measures said in the same projections, then add the new."""
    measured = ox.NamedNode(iris.term("measure"))
    within = ox.NamedNode(iris.term("inProjection"))
    projection = {quad.subject: quad.object for quad in new if quad.predicate == within}
    names = {(projection[quad.subject], quad.object) for quad in new if quad.predicate == measured}
    for node, name in names:
        for quad in list(store.quads_for_pattern(None, within, node, _GRAPH)):
            if ox.Quad(quad.subject, measured, name, _GRAPH) in store:
                for old in list(store.quads_for_pattern(quad.subject, None, None, _GRAPH)):
                    store.remove(old)
    store.extend(new)
