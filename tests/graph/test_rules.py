"""What the rules conclude, and what they must not."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import iris
from policygraph.errors import DataError
from policygraph.graph.rules import infer, load_rules
from tests.graph.checked import PREFIXES, checked_graph, load_schema

INFERRED = ox.NamedNode(iris.INFERRED_GRAPH)


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(PREFIXES + f"ASK {{ GRAPH graph:inferred {{ {pattern} }} }}"))


@pytest.fixture
def store() -> ox.Store:
    graph = checked_graph()
    infer(graph)
    return graph


@pytest.mark.parametrize(
    "conclusion",
    [
        "person:lena-holt a pg:Actor",
        "person:lena-holt a pg:Entity",
        "person:lena-holt a pg:Politician",
        "?visit a pg:Event",
        f"place:lima-per pg:within <{iris.thing('region/south-america')}>",
        "government:nor pg:actsFor country:nor",
        f"<{iris.thing('administration/nor-sand')}> pg:actsFor country:nor",
        f"<{iris.thing('organisation/ministry-of-fisheries-nor')}> pg:actsFor country:nor",
        "person:lena-holt pg:visits country:per",
        "person:lena-holt pg:visits place:lima-per",
        "?proposition pg:sourceCount 1",
    ],
)
def test_conclusion(store: ox.Store, conclusion: str) -> None:
    assert ask(store, conclusion)


@pytest.mark.parametrize(
    "overreach",
    [
        "person:lena-holt pg:actsFor ?country",
        "?group pg:mayActFor ?country",
        "government:per pg:supports ?plan",
        "government:nor pg:proposes ?plan",
        "?claim a pg:InformationObject",
        "?one pg:contradicts ?other",
    ],
)
def test_nothing_is_concluded_from_plans_denials_or_guesses(store: ox.Store, overreach: str) -> None:
    assert not ask(store, overreach)


def test_a_planned_visit_leads_to_no_visit() -> None:
    store = checked_graph()
    store.update(
        PREFIXES + "DELETE { GRAPH ?g { ?c pg:modality m:asserted } } INSERT { GRAPH ?g { ?c pg:modality m:planned } }"
        " WHERE { GRAPH ?g { ?c pg:modality m:asserted } } ; CLEAR GRAPH graph:edges"
    )
    infer(store)
    assert not ask(store, "person:lena-holt pg:visits place:lima-per")


def test_an_assertion_and_a_denial_contradict_each_other_once() -> None:
    store = checked_graph()
    store.update(
        PREFIXES
        + "INSERT { GRAPH source:aa { id:other pg:states ?p ; pg:modality m:asserted } }"
        + " WHERE { GRAPH ?g { ?c pg:states ?p ; pg:modality m:denied } }"
    )
    assert infer(store)["06-contradicts"] == 1
    assert ask(store, "?lower pg:contradicts ?higher FILTER(STR(?lower) < STR(?higher))")


def test_a_retracted_claim_neither_contradicts_nor_counts() -> None:
    store = checked_graph()
    store.update(
        PREFIXES
        + "INSERT { GRAPH source:aa { id:other pg:states ?p ; pg:modality m:asserted ;"
        + " pg:claimStatus status:retracted } } WHERE { GRAPH ?g { ?c pg:states ?p ; pg:modality m:denied } }"
    )
    assert infer(store)["06-contradicts"] == 0
    assert not ask(store, "?p pg:sourceCount ?n . GRAPH ?g { ?c pg:states ?p ; pg:modality m:denied }")


def test_two_documents_that_assert_the_same_are_counted() -> None:
    store = checked_graph()
    store.update(
        PREFIXES
        + "INSERT { GRAPH source:aa { id:other pg:states ?p ; pg:modality m:asserted ; pg:evidence id:e ."
        + " id:e pg:source id:second } } WHERE { GRAPH ?g { ?c pg:states ?p ; pg:predicate pg:holdsPost } }"
    )
    infer(store)
    assert ask(store, "?p pg:sourceCount 2")


def test_rules_add_no_triple_that_stands_elsewhere_and_repeat_themselves_exactly(store: ox.Store) -> None:
    first = set(store.quads_for_pattern(None, None, None, INFERRED))
    for quad in first:
        assert [q.graph_name for q in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)] == [
            INFERRED
        ]
    infer(store)
    assert set(store.quads_for_pattern(None, None, None, INFERRED)) == first


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_within_is_closed_under_steps(pairs: list[tuple[int, int]]) -> None:
    store = ox.Store()
    load_schema(store)
    within = ox.NamedNode(iris.term("within"))
    for a, b in pairs:
        one, other = (ox.NamedNode(iris.thing(f"place/{n}")) for n in (a, b))
        store.add(ox.Quad(one, within, other, ox.NamedNode(iris.REFERENCE_GRAPH)))
    infer(store)
    steps = {(q.subject, q.object) for q in store.quads_for_pattern(None, within, None, None)}
    assert all((a, d) in steps for a, b in steps for c, d in steps if b == c)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# title: x\n\nCONSTRUCT {} WHERE {}", "reads"),
        ("# title: x\n# reads: plans\n\nCONSTRUCT {} WHERE {}", "plans"),
        ("# title: x\n# reads: all\n", "no query"),
        ("# title: x\n# title: y\n# reads: all\nCONSTRUCT {} WHERE {}", ":2"),
        ("# title: x\n# reads: all\n\nCONSTRUCT {", "SPARQL"),
        ("# title: x\n# reads: all\n\nASK {}", "CONSTRUCT"),
    ],
)
def test_a_rule_that_is_wrong_is_told_by_its_file(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        infer(ox.Store(), load_rules(tmp_path))
    assert "bad.rq" in str(caught.value)
    assert told in str(caught.value)
