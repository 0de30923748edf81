"""Incidents: reports of one event, merged by a stated strategy, every report kept as evidence."""

from policygraph.incidents.copies import originals
from policygraph.incidents.listing import list_incidents
from policygraph.incidents.model import Grouped, Incident, Watch, find_incidents, group_incidents
from policygraph.incidents.sources import Story, count
from policygraph.incidents.strategies import DEFAULT, Strategy, strategies, strategy
from policygraph.records import Counts

__all__ = [
    "DEFAULT",
    "Counts",
    "Grouped",
    "Incident",
    "Story",
    "Strategy",
    "Watch",
    "count",
    "find_incidents",
    "group_incidents",
    "list_incidents",
    "originals",
    "strategies",
    "strategy",
]
