"""Values take the place of parameters, and filters go where there is none."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from policygraph.iris import PREFIXES
from policygraph.questions import library, question
from policygraph.questions.filling import fill

ANA = ox.NamedNode("urn:ana")


@pytest.mark.parametrize("name", [q.name for q in library()])
def test_every_question_is_a_query_with_all_values_and_with_the_needed_ones(name: str) -> None:
    asked = question(name)
    every = {p.variable: ANA for p in asked.parameters}
    needed = {p.variable: ANA for p in asked.parameters if p.required or p.default}
    for values in (every, needed):
        text = fill(asked.sparql, values, [ANA])
        assert "?_" not in text
        ox.Store().query(text, prefixes=PREFIXES)


@pytest.mark.parametrize("value", ['") } #', "?_to", "!BOUND(?_to) || ", "\\", "a\nb"])
def test_a_value_stays_a_value(value: str) -> None:
    text = fill("SELECT ?x { BIND(?_who AS ?x) FILTER(!BOUND(?_to) || ?_to = 1) }", {"_who": ox.Literal(value)})
    (row,) = ox.Store().query(text)
    assert row["x"] == ox.Literal(value)


def test_brackets_in_strings_end_no_filter() -> None:
    text = 'FILTER(!BOUND(?_who) || CONTAINS(?x, ")") || (?x = ?_who)) ?x ?p ?o .'
    assert fill(text, {}) == " ?x ?p ?o ."
    assert fill(text, {"_who": ANA}) == 'FILTER(CONTAINS(?x, ")") || (?x = <urn:ana>)) ?x ?p ?o .'


def test_a_name_that_begins_alike_is_another_one() -> None:
    assert fill("?_who ?_who_else", {"_who": ANA}) == "<urn:ana> ?_who_else"


MONTHLY = """SELECT ?x { { ?x a ?y } UNION {
  { SELECT ?_months ?x { GRAPH ?_months { ?x ?p ?o } } }
  FILTER(!BOUND(?_months) || STRSTARTS(STR(?_months), "urn:(set)"))
} }"""


def test_months_are_read_one_after_the_other() -> None:
    text = fill(MONTHLY, {}, [ox.NamedNode("urn:may"), ox.NamedNode("urn:june")])
    assert "_months" not in text
    assert text.count("GRAPH <urn:may> { ?x ?p ?o }") == text.count("GRAPH <urn:june> { ?x ?p ?o }") == 1
    store = ox.Store()
    for month in ("may", "june", "july"):
        store.add(ox.Quad(ox.NamedNode(f"urn:in-{month}"), ANA, ANA, ox.NamedNode(f"urn:{month}")))
    assert {row["x"].value for row in store.query(text)} == {"urn:in-may", "urn:in-june"}
    assert list(store.query(fill(MONTHLY, {}, []))) == []


def test_without_months_the_query_reads_all_that_it_says() -> None:
    assert fill(MONTHLY, {}) == MONTHLY
    store = ox.Store()
    for graph in ("urn:(set)/may", "urn:(set)/june", "urn:other"):
        store.add(ox.Quad(ox.NamedNode(f"{graph}/event"), ANA, ANA, ox.NamedNode(graph)))
    assert {row["x"].value for row in store.query(MONTHLY)} == {"urn:(set)/may/event", "urn:(set)/june/event"}


def test_a_sub_query_that_must_have_a_row_is_found_once() -> None:
    text = (
        "SELECT ?x { ?x ?p ?o FILTER(!BOUND(?_who) || EXISTS { SELECT ?x { { ?x ?q ?_who } UNION { ?_who ?q ?x } } }) }"
    )
    filled = fill(text, {"_who": ANA})
    assert "EXISTS" not in filled
    store = ox.Store()
    bob, by = ox.NamedNode("urn:bob"), ox.NamedNode("urn:by")
    store.extend([ox.Quad(bob, by, ANA), ox.Quad(bob, by, bob), ox.Quad(ANA, by, by)])
    assert sorted(str(row["x"]) for row in store.query(filled)) == ["<urn:bob>"] * 2
    assert len(list(store.query(fill(text, {})))) == 3
