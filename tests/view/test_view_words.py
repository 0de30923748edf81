"""Every word on the page comes from a text file, and no language lacks one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from policygraph.errors import DataError, UnknownNameError
from policygraph.view import style
from policygraph.view.words import TEXTS, check, load
from policygraph.vocabulary import CLAIM_PREDICATES, EntityType, EventType, Modality, ModalityDetail

LANGUAGES = sorted(path.stem for path in TEXTS.glob("*.yaml"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_of_the_ontology_has_words(lang: str) -> None:
    texts = load(lang).texts
    assert set(CLAIM_PREDICATES) <= set(texts["relations"])
    assert {t.code for t in EventType} <= set(texts["events"])
    assert {t.value for t in EntityType} <= set(texts["classes"])
    assert {m.value for m in Modality} < set(texts["stances"])
    assert {d.value for d in ModalityDetail} == set(texts["details"])
    assert {c.key for c in style.CATEGORIES} == set(texts["categories"])
    assert style.uncovered() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_trade_reaches_a_reader(lang: str) -> None:
    shown = yaml.safe_dump(load(lang).texts["ui"], allow_unicode=True).lower()
    for word in ("triple", "predicate", " iri", "sparql", "rdf"):
        assert word not in shown


def test_a_plan_reads_as_a_plan_in_each_number() -> None:
    words = load("en")
    assert words.phrase("visits", "planned", "one") == "plans to visit"
    assert words.phrase("isConcernedAbout", "asserted", "many") == "are worried about"
    assert words.phrase("event:consult-visit", "record", "one") == "visited"
    assert load("es").phrase("visits", "denied", "one") == "no visita"


def test_the_same_relation_reads_differently_in_every_modality() -> None:
    for lang in LANGUAGES:
        said = {load(lang).phrase("supports", m, "one") for m in Modality}
        assert len(said) == len(Modality)


def test_an_unknown_relation_and_event_still_read_as_words() -> None:
    words = load("en")
    assert words.phrase("hasNavalTreatyWith", "asserted", "one") == "has naval treaty with"
    assert words.phrase("event:accuse-allege", "asserted", "one") == words.phrase("event:accuse", "asserted", "one")


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="'en'"):
        load("eng")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("search: Find a name", "serch: Find a name"), "search"),
        (("{n} links.", "{m} links."), "selected.other"),
    ],
)
def test_a_text_that_differs_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    english = (TEXTS / "en.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "xx.yaml"
    broken.write_text(english.replace(*change), encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        check(yaml.safe_load(broken.read_text(encoding="utf-8")), yaml.safe_load(english), broken)
    assert "xx.yaml" in str(caught.value)
