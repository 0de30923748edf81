"""The test sentences and the articles' gold records keep their layout, so that a score means what it says."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from benchmarks.score_sentences import report, score
from rdflib import Graph
from rdflib.namespace import SKOS

from policygraph.importing.reference import load_reference
from policygraph.vocabulary import SECTORS, EventType, Modality

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = ROOT / "tests" / "data" / "sentences"
ARTICLES = ROOT / "tests" / "data" / "events"
VOCABULARY = ROOT / "ontology" / "vocab"
NAMES = sorted(p.stem for p in SENTENCES.glob("*.jsonl"))
#: Classes that stand in the place of a country: bodies of states, private bodies.
CLASSES = {"IGO", "NGO"}
#: Sentences of each type in the two larger files.
PER_TYPE = 15
#: The files of the agencies' register: how many sentences hold no event, and the range for each type.
WITHOUT_EVENT = 12
RANGE = {9, 10}


def records(name: str) -> list[dict[str, Any]]:
    lines = (SENTENCES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def known_countries() -> frozenset[str]:
    return frozenset(c.iso3 for c in load_reference().countries) | CLASSES


@cache
def known_modes() -> dict[str, set[str]]:
    """The modes of each type, by the type's name."""
    graph = Graph().parse(VOCABULARY / "event-mode.ttl")
    modes: dict[str, set[str]] = {}
    for mode, notation in graph.subject_objects(SKOS.notation):
        for broader in graph.objects(mode, SKOS.broader):
            modes.setdefault(str(broader).rsplit("/", 1)[-1].upper(), set()).add(str(notation))
    return modes


@cache
def known_contexts() -> set[str]:
    graph = Graph().parse(VOCABULARY / "event-context.ttl")
    return {str(notation) for notation in graph.objects(None, SKOS.notation)}


def test_the_larger_files_have_each_type_alike_and_every_mode() -> None:
    assert NAMES == ["a", "b", "c", "d"]
    for name in ("a", "b"):
        assert Counter(r["event"] for r in records(name)) == {t.value: PER_TYPE for t in EventType}
        used = {(r["event"], r["mode"]) for r in records(name)}
        assert {(t, m) for t, modes in known_modes().items() for m in modes} <= used


@pytest.mark.parametrize("name", ["c", "d"])
def test_the_agency_files_have_each_type_and_sentences_without_event(name: str) -> None:
    counts = Counter(r["event"] for r in records(name))
    assert counts.pop(None) == WITHOUT_EVENT
    assert set(counts) == {t.value for t in EventType} and set(counts.values()) <= RANGE


def test_no_id_and_no_sentence_twice() -> None:
    every = [r for name in NAMES for r in records(name)]
    assert [i for i, n in Counter(r["id"] for r in every).items() if n > 1] == []
    assert [t for t, n in Counter(" ".join(r["text"].casefold().split()) for r in every).items() if n > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_types_modes_and_contexts_are_known(name: str) -> None:
    for r in records(name):
        assert r["event"] is None or r["event"] in EventType.__members__, r["id"]
        assert r["mode"] is None or r["mode"] in known_modes()[r["event"]], r["id"]
        assert set(r["context"]) <= known_contexts(), r["id"]
        assert set(r) <= {"id", "text", "event", "mode", "context", "source", "target", "note"}, r["id"]
        assert r["id"].startswith(f"{name}-{(r['event'] or 'none').lower()}-")


@pytest.mark.parametrize("name", NAMES)
def test_actors_stand_in_the_text_and_have_known_countries(name: str) -> None:
    for r in records(name):
        assert bool(r["source"]) == (r["event"] is not None), r["id"]
        for actor in [*r["source"], *r["target"]]:
            assert set(actor) == {"actorText", "code", "country", "sector"}, r["id"]
            assert actor["actorText"] and actor["actorText"] in r["text"], r["id"]
            assert actor["country"] is None or actor["country"] in known_countries(), r["id"]
            assert actor["sector"] is None or actor["sector"] in SECTORS, r["id"]


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.json")), ids=lambda p: p.stem)
def test_gold_of_articles_names_words_that_stand_once_in_the_text(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    for event in gold["events"]:
        assert text.count(event["words"]) == 1, event["words"]
        assert event["type"] and set(event["type"]) <= set(EventType.__members__), event["words"]
        assert set(event["source"]) | set(event["target"]) <= known_countries(), event["words"]
        assert event["modality"] in {m.value for m in Modality}, event["words"]
        assert event["speaker"] is None or event["speaker"] in text, event["words"]
    for trap in gold["traps"]:
        assert text.count(trap["words"]) == 1, trap["words"]
        assert trap["type"] in EventType.__members__, trap["words"]


@pytest.mark.parametrize("name", ["a", "c"])
def test_the_labels_themselves_score_full(name: str) -> None:
    gold = records(name)
    n, pairs = score(gold, {r["id"]: [r] if r["event"] else [] for r in gold})
    assert n["type"] == n["source"] == n["target"] == n["triple"] == len(gold)
    assert n["mode"] == n["with mode"] > 0
    assert all(wanted == got for wanted, got in pairs)


def test_a_slip_costs_what_it_should() -> None:
    norway, chile = ({"country": c} for c in ("NOR", "CHL"))
    gold = [{"id": i, "event": "AID", "mode": None, "source": [norway], "target": [chile]} for i in "12345"]
    right = {"event": "AID", "source": [norway], "target": [chile]}
    coded = {
        "1": [right],
        "2": [{**right, "event": "AGREE"}, right],
        "3": [{**right, "source": [chile], "target": [norway]}],
        "4": [{**right, "target": []}],
    }
    n, pairs = score(gold, coded)
    assert (n["type"], n["source"], n["target"], n["triple"], n["silent"]) == (3, 3, 2, 1, 1)
    assert pairs["AID", "AGREE"] == 1 and pairs["AID", "-"] == 1
    assert "AID          3 of   5  - 1, AGREE 1" in report(n, pairs)


def test_a_sentence_without_event_is_right_when_nothing_is_coded() -> None:
    gold: list[dict[str, Any]] = [{"id": i, "event": None, "mode": None, "source": [], "target": []} for i in "12"]
    n, pairs = score(gold, {"1": [], "2": [{"event": "AID", "source": [], "target": []}]})
    assert (n["type"], n["source"], n["target"], n["triple"], n["silent"]) == (1, 1, 1, 1, 1)
    assert pairs == {("-", "-"): 1, ("-", "AID"): 1}
    assert "-            1 of   2  AID 1" in report(n, pairs)
