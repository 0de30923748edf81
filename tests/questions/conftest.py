"""The invented world in Oxigraph and in rdflib's own store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from policygraph.graph.store import EmbeddedStore
from tests.questions import world

if TYPE_CHECKING:
    import rdflib


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    return world.build()


@pytest.fixture(scope="session")
def in_rdflib(store: EmbeddedStore) -> rdflib.Dataset:
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=store.engine.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    return dataset
