"""What stands around an act changes what is said of it."""

from __future__ import annotations

import functools

import pytest

from policygraph.extraction import extract
from policygraph.importing.reference import load_reference
from policygraph.reading import read_bytes
from policygraph.records import Extraction, ReferenceData


@functools.cache
def reference() -> ReferenceData:
    return load_reference()


def done(text: str) -> Extraction:
    return extract(read_bytes(text.encode(), "note.txt"), reference())


@pytest.mark.parametrize(
    ("text", "modality", "negated"),
    [
        ("Peru expelled the Chilean ambassador.", "asserted", False),
        ("Has Peru expelled the Chilean ambassador?", "hypothetical", False),
        ("Why has Peru expelled the Chilean ambassador?", "asserted", False),
        ("Peru and Chile have yet to sign the agreement.", "asserted", True),
        ("Three scenarios:\n- Escalation: Peru expels the Chilean envoy.\n- Calm: Nothing.", "hypothetical", False),
        ("What to watch:\n- Peru signs the agreement with Chile.\n- Oil prices.", "hypothetical", False),
    ],
)  # fmt: skip
def test_questions_scenarios_and_what_has_yet_to_be_done(text: str, modality: str, negated: bool) -> None:
    events = done(text).events
    assert events and {(e.modality.value, e.negated) for e in events} == {(modality, negated)}


def test_statements_of_a_list_of_scenarios_are_possible_only() -> None:
    claims = done("Possible scenarios:\n- Peru supports the export ban.\n- Chile opposes the ban.").claims
    assert claims and {c.modality.value for c in claims} == {"hypothetical"}


@pytest.mark.parametrize(
    "text",
    [
        "Key elements are:\n- Engaging with Chilean businesses to create jobs.",
        "Peruvian carmakers are worried about supplies.",
        "We met at the harbour.",
        "It hurts.",
    ],
)
def test_acts_of_nobody_and_moods_are_no_events(text: str) -> None:
    assert done(text).events == ()
