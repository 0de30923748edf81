"""PLOVER JSON lines: the layout of the manual, former names, auxiliary modes, damaged records."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from policygraph.coded import CodedEvent, Precision
from tests.importing.conftest import Read, the
from tests.importing.plover_rows import record


def test_a_record_becomes_an_event_with_everything_that_it_says(read: Read) -> None:
    event = the(read("plover", record()))
    assert (event.dataset, event.id, event.code) == ("plover", "ruritania-1", "CONSULT")
    assert event.type is not None
    assert (event.type.value, event.mode, event.contexts, event.intensity) == ("CONSULT", "visit", ("diplomatic",), 4.0)
    assert event.earliest == event.latest == dt.date(2023, 2, 10)
    (actor,), (recipient,) = event.actors, event.recipients
    assert (actor.name, actor.country, actor.sectors, actor.known) == (
        "the foreign minister of Peru",
        "PER",
        ("GOV",),
        None,
    )
    assert recipient.known == "government/chl"
    assert event.place is not None
    assert (event.place.known, event.place.precision) == ("place/arica-chl", Precision.CITY)
    (report,) = event.reports
    assert (report.source, report.publisher, report.coder, report.version) == (
        "https://news.example.org/arica",
        "El Faro del Sur",
        "A. Coder",
        "PLOVER 2.0",
    )
    assert (report.sentence, report.offset) == (2, 120)
    assert report.text == "The foreign minister of Peru travelled to Arica for talks."


def test_the_least_that_a_record_may_hold_is_enough(read: Read) -> None:
    event = the(read("plover", json.dumps({"id": 7, "date": "2023", "actor": {"code": "PER"}, "event": "AID"})))
    assert (event.id, event.latest, event.recipients, event.place) == ("7", dt.date(2023, 12, 31), (), None)
    assert event.actors[0].known == "government/per"
    assert event.reports[0].source == "PLOVER record 7"


def test_several_types_give_several_events(read: Read) -> None:
    items, _ = read("plover", record(event=["CONSULT", "AGREE"]))
    assert [(i.id, i.type, i.mode) for i in items if isinstance(i, CodedEvent)] == [
        ("ruritania-1-CONSULT", "CONSULT", "visit"),
        ("ruritania-1-AGREE", "AGREE", None),
    ]


@pytest.mark.parametrize(
    ("changes", "type_", "mode", "contexts"),
    [
        (
            {"event": ["FIGHT"], "mode": ["assassinate"], "context": ["refugees", "weather"]},
            "ASSAULT", "targeted", ("migration",),
        ),
        ({"event": ["0871"], "mode": None, "context": None}, "RETREAT", "ceasefire", ()),
        (
            {"event": ["investigate"], "mode": ["investigate"], "context": "human rights"},
            "ACCUSE", "investigate", ("human_rights",),
        ),
        ({"mode": ["future", "visit"], "context": None}, "AGREE", None, ()),
        ({"event": ["RETREAT"], "mode": ["future"], "context": None}, "CONCEDE", None, ()),
    ],
)  # fmt: skip
def test_former_names_codes_and_the_future_are_brought_to_the_present_scheme(
    read: Read, changes: dict[str, Any], type_: str, mode: str | None, contexts: tuple[str, ...]
) -> None:
    event = the(read("plover", record(**changes)))
    assert (event.type, event.mode, event.contexts) == (type_, mode, contexts)


@pytest.mark.parametrize("mode", ["negation", "hypothetical", "historical"])
def test_what_did_not_happen_is_no_event_and_stops_no_import(read: Read, mode: str) -> None:
    items, tally = read("plover", record(mode=["visit", mode]), record(), strict=True)
    assert len(items) == 1
    assert tally.named == [f"sample.txt:1: coded as {mode}: nothing that happened on its date"]


def test_identifiers_lead_to_known_entities(read: Read) -> None:
    own = {"identifier_id": "https://w3id.org/policygraph/id/person/marco-rubio", "entity_text": "the visitor"}
    actors = [own, {"identifier_id": "Q99999999", "identifier_text": "Ana Quispe"}, {"code": "KOS"}, {"code": "NGO"}]
    event = the(read("plover", record(actor=actors)))
    assert [(a.name, a.country, a.known) for a in event.actors] == [
        ("the visitor", None, "person/marco-rubio"),
        ("Ana Quispe", None, None),
        ("KOS", "XKX", "government/xkx"),
        ("NGO", None, None),
    ]
    assert event.actors[1].same_as == "http://www.wikidata.org/entity/Q99999999"


def test_a_place_may_be_a_word_a_country_or_coarse(read: Read) -> None:
    wheres: list[Any] = [
        "Chile",
        "Arica",
        {"code": "PER"},
        {"name": "Valley", "country": "Peru", "precision": "province"},
    ]
    places = [the(read("plover", record(event_loc=where))).place for where in [*wheres, []]]
    assert [p and (p.name, p.precision.value, p.country) for p in places] == [
        ("Chile", "country", "CHL"),
        ("Arica", "city", None),
        ("PER", "country", "PER"),
        ("Valley", "province", "PER"),
        None,
    ]


def test_lines_that_cannot_be_used_are_named(read: Read) -> None:
    lines = ["", "[", "[1]", record(id=None), record(date="10/02/2023"), record(actor=[]), record(event=["DANCE"])]
    lines += [record(dataset="../x"), "[" * 100_000, '{"id": ' + "9" * 5000 + "}", record()]
    items, tally = read("plover", *lines)
    assert len(items) == 1
    assert tally.named == [
        "sample.txt:1: an empty line",
        "sample.txt:2: no JSON; one record a line is expected",
        "sample.txt:3: no JSON object; one record a line is expected",
        "sample.txt:4: there is no id",
        "sample.txt:5: the date is no day, month or year as YYYY-MM-DD",
        "sample.txt:6: there is no actor",
        "sample.txt:7: there is no event with a PLOVER type",
        "sample.txt:8: the name of the data set is not of small letters, digits and hyphens",
        "sample.txt:9: no JSON; one record a line is expected",
        "sample.txt:10: no JSON; one record a line is expected",
    ]


def test_text_that_no_file_can_hold_is_mended(read: Read) -> None:
    line = record().replace("ruritania-1", "a\\ud800\\u0000b")
    assert the(read("plover", line)).id == "a?b"
