"""Rows that are sorted here stand as the engine would have put them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.graph.ordering import in_order, without_order
from policygraph.iris import EDTF, XSD
from policygraph.table import Table

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=4)
KINDS: dict[str, st.SearchStrategy[ox.NamedNode | ox.Literal]] = {
    "iri": st.sampled_from("aAbBzé").map(lambda end: ox.NamedNode(f"urn:{end}")),
    "string": TEXTS.map(ox.Literal),
    "language": st.builds(lambda text, of: ox.Literal(text, language=of), TEXTS, st.sampled_from(("en", "es"))),
    "edtf": TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(EDTF))),
    "integer": st.integers(-99, 999).map(ox.Literal),
    "decimal": st.decimals(-9, 9, places=2).map(
        lambda number: ox.Literal(str(number), datatype=ox.NamedNode(XSD + "decimal"))
    ),
    "date": st.dates().map(lambda day: ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))),
    "wrong": TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + "integer"))),
}
COLUMN = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.lists(st.none() | KINDS[kind], min_size=6, max_size=6))
TEXT_COLUMN = st.lists(KINDS["string"] | KINDS["language"] | KINDS["edtf"], min_size=6, max_size=6)


@given(COLUMN | TEXT_COLUMN, COLUMN, st.sampled_from(("?a ?b", "DESC(?a) ?b", "ASC(?b) DESC(?a)", "DESC(?b)DESC(?a)")))
def test_rows_stand_as_the_engine_puts_them(one: list[ox.Literal], other: list[ox.Literal], by: str) -> None:
    rows = " ".join(f"({a or 'UNDEF'} {b or 'UNDEF'})" for a, b in zip(one, other, strict=True))
    query = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {rows} }} }} ORDER BY {by}"
    theirs = [tuple(row) for row in ox.Store().query(query)]
    found = in_order(lambda text: _kept(ox.Store().query(text)), query)
    if isinstance(found, Table):
        # Numbers that are written in several ways are equal, and stand in no given order.
        assert [tuple(map(str, row)) for row in found.rows] == [tuple(map(_shown, row)) for row in theirs]


def _kept(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> ox.QuerySolutions:
    assert isinstance(result, ox.QuerySolutions)
    return result


def _shown(term: ox.NamedNode | ox.Literal | None) -> str:
    from policygraph.graph.terms import value

    return str(value(term))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 2",
        "SELECT ?s { ?s ?p ?o } ORDER BY STRLEN(STR(?s))",
        "SELECT ?s { ?s ?p ?o } ORDER BY DESC(STR(?s))",
        "SELECT ?s { { SELECT ?s { ?s ?p ?o } ORDER BY ?s } }",
        "ASK { ?order ?by 'ORDER BY ?s' }",
        "SELECT ?s { ?s ?p ?o } # ORDER BY ?s",
        "SELECT ?s { ?s ?p ?o } ORDER BY ?s VALUES ?o { 'ORDER BY ?s' }",
        "SELECT ?s { ?s ?p ?o } ORDER BY (?s)",
    ],
)
def test_another_query_is_left_to_the_engine(query: str) -> None:
    assert without_order(query) == (query, [])


def test_what_is_ordered_by_but_not_selected_is_left_to_the_engine() -> None:
    query = "SELECT ?name { VALUES (?name ?rank) { ('b' 1) ('a' 2) } } ORDER BY ?rank"
    found = in_order(ox.Store().query, query)
    assert isinstance(found, ox.QuerySolutions)
    assert [row["name"].value for row in found] == ["b", "a"]
