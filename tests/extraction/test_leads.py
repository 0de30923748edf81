"""Whose goals and duties a list holds: what its lead-in says, or means."""

from __future__ import annotations

from functools import cache

from policygraph.extraction import extract
from policygraph.importing.reference import load_reference
from policygraph.reading import read_bytes
from policygraph.records import Extraction, ReferenceData


@cache
def reference() -> ReferenceData:
    return load_reference()


def done(text: str) -> Extraction:
    return extract(read_bytes(text.encode(), "note.txt"), reference())


def test_the_goals_of_the_tour_are_those_of_who_travels() -> None:
    found = done(
        "Foreign Minister Ana Prado of Chile is preparing a tour of Ghana and Togo.\n"
        "Ghana's president John Mahama met union leaders on Monday. Key goals of the tour include:\n"
        "- Reviving Trade: New rules for ports.\n- Training Nurses: A fund for clinics.\n"
    )
    goals = {(c.subject, c.object) for c in found.claims if c.predicate == "hasObjective"}
    assert {who for who, _ in goals} == {"person/ana-prado"}
    assert len(goals) == 2


def test_what_somebody_ought_to_do_is_advice_item_by_item() -> None:
    found = done("European governments ought to:\n- open their ports to grain\n- expand schemes for students\n")
    assert [item.type for item in found.items] == ["Recommendation", "Recommendation"]
    duties = [(c.subject, c.modality.value) for c in found.claims if c.predicate == "implements"]
    assert duties == [("group/european-governments", "recommended")] * 2
    assert all(e.modality.value == "recommended" for e in found.events)
