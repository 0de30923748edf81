"""From a graph to networks: projections, measures and how sure they are."""

from __future__ import annotations

from policygraph.network.model import Edge, Network, NodeInfo
from policygraph.network.projection import Projection, project
from policygraph.network.scores import LAYERS

__all__ = ["LAYERS", "Edge", "Network", "NodeInfo", "Projection", "project"]
