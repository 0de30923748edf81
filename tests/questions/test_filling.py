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
        text = fill(asked.sparql, values)
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
