"""What a graph must never say of an event: a plan as a deed, a country that nobody named."""

from __future__ import annotations

from functools import cache

import pytest

from policygraph.extraction import extract
from policygraph.importing.reference import load_reference
from policygraph.reading import read_bytes
from policygraph.records import Event, ReferenceData
from policygraph.vocabulary import EntityType, EventType, Modality


@cache
def reference() -> ReferenceData:
    return load_reference()


def events(text: str) -> tuple[Event, ...]:
    return extract(read_bytes(text.encode(), "note.txt"), reference()).events


def test_a_planned_visit_is_a_visit_to_come() -> None:
    (visit,) = events("The Kenyan foreign minister is expected to visit Chile in May.")
    assert (visit.type, visit.plover, visit.modality) == (EventType.CONSULT, EventType.AGREE, Modality.PLANNED)
    assert visit.class_ is EntityType.VISIT


@pytest.mark.parametrize("whom", ["Latin American leaders", "African leaders", "European governments", "Gulf states"])
def test_those_of_a_region_are_of_no_one_country(whom: str) -> None:
    for event in events(f"Peru's president met {whom} in Lima. The Peruvian government praised {whom} on Friday."):
        for party in event.target:
            if whom in party.text:
                assert party.country is None, (party.text, party.country, party.method)


def test_states_in_the_plural_are_not_guessed_to_be_the_speakers_own() -> None:
    for event in events("Police in Ghana arrested ten men. Ghana's government said that other states should help."):
        assert all(p.country is None for p in (*event.source, *event.target) if p.text.endswith("states"))


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan minister is preparing a tour of Ghana.",
        "Senator Ana Prado of Mexico is embarking on a long journey to Brazil.",
        "The Chilean minister plans to meet Peruvian officials.",
    ],
)
def test_what_is_aimed_at_is_not_told_as_done(text: str) -> None:
    assert [e.modality for e in events(text)] == [Modality.PLANNED]


def test_efforts_that_nobody_is_said_to_have_made_good_are_no_deed() -> None:
    told = events("His efforts to engage with Peruvian leaders could be pivotal.")
    assert all(e.modality is Modality.PLANNED for e in told)


def test_the_name_of_an_event_keeps_the_order_of_its_sentence() -> None:
    (visit,) = events("President Ana Prado of Chile received the Kenyan foreign minister in Santiago.")
    assert visit.name.index("Prado") < visit.name.index("received") < visit.name.index("minister")


def test_measures_that_raise_concern_accuse_nobody() -> None:
    assert events("The administration's restrictive measures have raised concerns among Chilean leaders.") == ()


def test_a_planned_visit_told_twice_is_one_visit_with_two_quotes() -> None:
    (visit,) = events("The Kenyan president will visit Chile. Kenya's president plans to visit Chile to sell tea.")
    assert len(visit.evidence) == 2
