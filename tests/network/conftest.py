"""Graphs that the tests of this room share."""

from __future__ import annotations

import pytest

from policygraph.graph.store import EmbeddedStore

from .building import small_graph


@pytest.fixture(scope="session")
def small() -> EmbeddedStore:
    return small_graph().store()
