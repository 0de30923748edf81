"""Events as lines: from who acts to whom it concerns, or to the place of a visit."""

from __future__ import annotations

from collections.abc import Mapping

from policygraph.view.gather import Graph

# Parts of an event that become the ends of a line.
ENDS = frozenset({"hasActor", "hasRecipient", "hasDestination", "occursAt"})
# Events that can be drawn as a line; an incident has a title of its own and stays a name.
LINES = frozenset({"Event", "Visit", "Meeting", "SpeechAct"})
EVENTS = LINES | {"Incident"}


def has_class(graph: Graph, iri: str, classes: frozenset[str]) -> bool:
    """Whether a thing is of one of these classes."""
    return graph.classes.get(iri) in classes


def can_be_a_line(parts: set[str], kind: str) -> bool:
    """Whether an event of this class with these parts has two ends.

    >>> can_be_a_line({"hasActor", "hasDestination"}, "Visit")
    True
    >>> can_be_a_line({"hasActor", "hasDestination"}, "Meeting")
    False
    """
    return "hasActor" in parts and ("hasRecipient" in parts or (kind == "Visit" and "hasDestination" in parts))


def act_of(graph: Graph, event: str, parts: Mapping[str, str]) -> str:
    """What is done in an event: its mode, else its type, else what its class tells."""
    coded = parts.get("eventMode") or parts.get("eventType")
    if coded:
        return coded.rsplit("/", 1)[-1]
    return {"Visit": "consult-visit", "Meeting": "consult-meet"}.get(graph.classes.get(event, ""), "event")


def towards(graph: Graph, target: str, act: str) -> str:
    """On a visit a place is visited and a person is met."""
    return "consult-meet" if act == "consult-visit" and graph.classes.get(target) == "Person" else act
