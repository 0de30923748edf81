"""Values that are given to a question, and reasons for answers without rows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.iris import ID
from policygraph.questions import find_entity, run
from tests.questions import world


@pytest.mark.parametrize(
    "name", ["Ana Ruiz", "ana ruiz", "Ruiz", "person/ana-ruiz", "id:person/ana-ruiz", ID + "person/ana-ruiz"]
)
def test_an_entity_has_many_names(store: EmbeddedStore, name: str) -> None:
    assert find_entity(store, name) == ID + "person/ana-ruiz"


def test_a_name_of_two_things_must_be_made_clear() -> None:
    store = EmbeddedStore.memory()
    for town in ("san-jose-cri", "san-jose-usa"):
        store.update(f'INSERT DATA {{ GRAPH graph:entities {{ <{ID}place/{town}> skos:prefLabel "San José" }} }}')
    with pytest.raises(UsageError, match="place/san-jose-cri, place/san-jose-usa"):
        find_entity(store, "San José")


@pytest.mark.parametrize("country", ["PER", "per", "Peru", "Republic of Peru", "country/per"])
def test_a_country_has_a_code_and_names(store: EmbeddedStore, country: str) -> None:
    assert run(store, "incidents", country=country).column("country") == ["Peru"]


def test_python_values_are_taken_as_they_are(store: EmbeddedStore) -> None:
    assert len(run(store, "roles-on-date", date=dt.date(2024, 6, 1))) == 2
    assert len(run(store, "actors", at_least=7)) == 1


def test_none_stands_for_the_default(store: EmbeddedStore) -> None:
    assert len(run(store, "incidents", country=None)) == 1


@pytest.mark.parametrize(
    ("question", "parameters", "words"),
    [
        ("incidents", {"country": "Perou"}, "no country 'Perou'.*Peru"),
        ("incidents", {"country": "XXX"}, "no country 'XXX'"),
        ("incidents", {"country": "person/ana-ruiz"}, "no country"),
        ("incidents", {"since": "2023"}, "YYYY-MM-DD"),
        ("incidents", {"since": "2023-02-30"}, "YYYY-MM-DD"),
        ("incidents", {"land": "PER"}, "no parameter of the question 'incidents': 'land'"),
        ("mission", {"who": "Ana Ruis"}, "no entity 'Ana Ruis'.*Ana Ruiz"),
        ("mission", {"who": ""}, "does not fit the parameter 'who'"),
        ("mission", {"who": ID + "person/nobody"}, "no entity"),
        ("mission", {"modality": "plan"}, "no modality 'plan'.*planned"),
        ("words", {"subject": "Ana Ruiz", "relation": "visit"}, "no relation 'visit'.*visits"),
        ("words", {}, "needs a value for 'subject'"),
        ("actors", {"at_least": "many"}, "whole number"),
        ("actors", {"at_least": "²"}, "whole number"),
        ("initiatives-on-record", {"topic": "no such topic"}, "no concept of 'topic'"),
    ],
)
def test_a_wrong_value_says_what_was_expected(
    store: EmbeddedStore, question: str, parameters: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        run(store, question, **parameters)


@given(st.text(max_size=30))
def test_no_text_reaches_the_query_as_query(text: str) -> None:
    """Whatever is looked for, the answer is what plain Python finds in the quotes."""
    store = _store()
    if not text.strip():
        return
    found = {row["quote"] for row in run(store, "quotes", text=text)}
    everything = _quotes()
    sought = text.strip()
    if sought.isascii():
        assert found == {q for q in everything if sought.lower() in q.lower()}
    else:
        assert found <= everything


_WORLD: list[EmbeddedStore] = []


def _store() -> EmbeddedStore:
    if not _WORLD:
        _WORLD.append(world.build())
    return _WORLD[0]


def _quotes() -> set[str]:
    return set(_store().select("SELECT ?quote { ?claim pg:evidence/pg:quote ?quote ; pg:subject ?s }").column("quote"))


def test_an_empty_answer_names_the_value_that_stands_in_the_way(store: EmbeddedStore) -> None:
    note = run(store, "incidents", country="CHL").note
    assert "'country'" in note
    assert "1 row" in note


def test_an_empty_answer_names_the_pattern_that_nothing_fits() -> None:
    note = run(EmbeddedStore.memory(), "incidents").note
    assert "'?event a pg:Incident'" in note


def test_an_empty_answer_tells_apart_what_is_there_but_not_together(store: EmbeddedStore) -> None:
    note = run(store, "evidence-between", a="Calm", b="Plan for youth").note
    assert note
    note = run(store, "words", subject="Lawmakers", relation="visits").note
    assert "'relation'" in note
