"""The embedded store: queries, bindings, limits, several processes, rdflib on the same data."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import GraphError, QueryError, QueryLimitError, StoreMissingError, UsageError
from policygraph.graph import worker
from policygraph.graph.ordering import Result
from policygraph.graph.results import Triples
from policygraph.graph.sparql import bind
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.terms import to_term, value
from policygraph.iris import GRAPHS, IRI, ONT, SKOS, XSD

A, B = ox.NamedNode(GRAPHS + "a"), ox.NamedNode(GRAPHS + "b")
LABEL = ox.NamedNode(SKOS + "prefLabel")
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . FILTER(?a != ?m) }"


def city(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://example.org/{name}")


def quads() -> list[ox.Quad]:
    within, size = ox.NamedNode(ONT + "within"), ox.NamedNode(ONT + "size")
    return [
        ox.Quad(city("lima"), LABEL, ox.Literal("Lima"), A),
        ox.Quad(city("lima"), within, city("peru"), B),
        ox.Quad(city("quito"), LABEL, ox.Literal("Quito"), A),
        ox.Quad(city("quito"), within, city("ecuador"), B),
        ox.Quad(city("peru"), LABEL, ox.Literal("Peru"), B),
        ox.Quad(city("lima"), size, ox.Literal("10", datatype=ox.NamedNode(XSD + "integer")), A),
        ox.Quad(city("lima"), size, ox.Literal("0.5", datatype=ox.NamedNode(XSD + "decimal")), B),
    ]


@pytest.fixture
def store() -> EmbeddedStore:
    made = EmbeddedStore.memory()
    made.extend(quads())
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = EmbeddedStore.create(tmp_path / "store")
    made.extend(quads())
    made.extend(ox.Quad(city(f"x{i}"), LABEL, ox.Literal(str(i)), A) for i in range(300))
    made.engine.flush()
    del made
    return tmp_path / "store"


def test_the_default_graph_is_the_union_of_all_graphs(store: EmbeddedStore) -> None:
    rows = store.select("SELECT ?n { ?x skos:prefLabel ?n ; pg:within/skos:prefLabel 'Peru' }").rows
    assert rows == [("Lima",)]


def test_a_bound_variable_that_is_projected_comes_out_with_its_value(store: EmbeddedStore) -> None:
    found = store.select("SELECT ?x ?n { ?x skos:prefLabel ?n }", {"x": city("lima")})
    assert found.rows == [(IRI("https://example.org/lima"), "Lima")]


def test_a_bound_variable_need_not_be_projected(store: EmbeddedStore) -> None:
    assert store.select("SELECT (COUNT(?x) AS ?n) { ?x pg:within ?y }", {"y": city("peru")}).rows == [(1,)]
    assert store.select("SELECT ?x { ?x skos:prefLabel ?n FILTER(?n = ?name) }", {"name": ox.Literal("Lima")}).rows


def test_bindings_reach_ask_and_construct(store: EmbeddedStore) -> None:
    assert store.ask("ASK { ?x pg:within ?y }", {"y": city("peru")})
    assert not store.ask("ASK { ?x pg:within ?y }", {"y": city("chile")})
    found = store.construct("CONSTRUCT { ?y pg:contains ?x } WHERE { ?x pg:within ?y }", {"x": city("lima")})
    assert [str(t) for t in found] == [f"<https://example.org/peru> <{ONT}contains> <https://example.org/lima>"]


def test_a_brace_in_a_string_a_comment_or_the_projection_is_not_the_where_group(store: EmbeddedStore) -> None:
    query = """# { not here
    SELECT ("{" AS ?brace) (EXISTS { ?x pg:within ?q } AS ?has) ?x
    WHERE { ?x skos:prefLabel ?n }"""
    assert store.select(query, {"n": ox.Literal("Lima")}).rows == [("{", True, IRI("https://example.org/lima"))]


def test_a_value_for_a_variable_that_is_not_there_is_an_error(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=r"\?place"):
        store.select("SELECT ?x { ?x pg:within ?y }", {"place": city("peru")})


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_text_breaks_out_of_its_binding(text: str) -> None:
    store = EmbeddedStore.memory()
    store.extend([ox.Quad(city("x"), LABEL, ox.Literal(text), A), ox.Quad(city("y"), LABEL, ox.Literal("}" + text), A)])
    assert store.select("SELECT ?x ?n { ?x skos:prefLabel ?n }", {"n": ox.Literal(text)}).rows == [
        (IRI("https://example.org/x"), text)
    ]


@pytest.mark.parametrize("made", [IRI("https://example.org/x"), "text", 7, 0.25, True, dt.date(2025, 2, 1)])
def test_python_values_survive_the_way_into_terms_and_back(made: object) -> None:
    back = value(to_term(made))
    assert back == made
    assert type(back) is type(made)


def test_a_literal_that_does_not_fit_its_type_stays_text() -> None:
    assert value(ox.Literal("yesterday", datatype=ox.NamedNode(XSD + "date"))) == "yesterday"
    assert value(None) is None


def test_a_syntax_error_shows_the_place(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError) as caught:
        store.select("SELECT ?x {\n ?x nope:p ?y }")
    assert caught.value.where == "line 2, column 11" or "line 2" in str(caught.value)
    assert "prefix not found" in str(caught.value)
    assert "?x nope:p ?y" in str(caught.value)


def test_the_place_of_an_error_is_the_same_with_a_binding(store: EmbeddedStore) -> None:
    query = "SELECT ?x { ?x nope:p ?y }"
    places = []
    for bindings in (None, {"y": city("peru")}):
        with pytest.raises(QueryError) as caught:
            store.select(query, bindings)
        places.append(caught.value.where)
    assert places[0] == places[1]


def test_a_query_of_another_form_is_named(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        store.select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="ASK"):
        store.ask("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        store.construct("ASK { ?s ?p ?o }")


@pytest.mark.parametrize(
    "sparql",
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "select * { service silent <http://a/> { ?s ?p ?o } }"],
)
def test_a_query_sends_no_request(store: EmbeddedStore, sparql: str) -> None:
    with pytest.raises(QueryError, match="network"):
        store.query(sparql)


def test_the_word_service_may_stand_in_names_and_strings(store: EmbeddedStore) -> None:
    assert store.query("SELECT ?service { ?service skos:prefLabel 'SERVICE' # SERVICE\n }") is not None
    with pytest.raises(QueryError, match="network"):
        store.update("LOAD <http://127.0.0.1:9/x.ttl>")


def test_describe_gives_triples_each_once_and_sorted(store: EmbeddedStore) -> None:
    found = store.query("DESCRIBE <https://example.org/lima>")
    assert isinstance(found, Triples)
    lines = found.ntriples().splitlines()
    assert lines == sorted(set(lines))
    assert 'skos:prefLabel "Lima"' in found.turtle()
    assert found.table().columns == ("subject", "predicate", "object")
    with pytest.raises(UsageError, match="docx"):
        found.serialize("docx")


@pytest.mark.parametrize(
    ("format", "sparql", "expected"),
    [
        ("csv", "SELECT ?n { ?x skos:prefLabel ?n } ORDER BY ?n LIMIT 1", b"n\r\nLima\r\n"),
        ("tsv", "SELECT ?n { ?x skos:prefLabel ?n } ORDER BY ?n LIMIT 1", b'?n\n"Lima"\n'),
        ("json", "ASK { ?x skos:prefLabel 'Lima' }", b'{"head":{},"boolean":true}'),
        ("ntriples", "CONSTRUCT { ?x a pg:X } { ?x pg:within <https://example.org/peru> }", b"ont#X> .\n"),
    ],
)
def test_answers_are_written_in_the_standard_formats(
    store: EmbeddedStore, format: str, sparql: str, expected: bytes
) -> None:
    out = io.BytesIO()
    store.write_answer(sparql, out, format)
    assert out.getvalue().endswith(expected)


def test_a_format_that_does_not_fit_the_answer_is_named(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="ttl"):
        store.write_answer("SELECT * { ?s ?p ?o }", io.BytesIO(), "ttl")


def test_a_query_is_ended_at_its_time_limit(folder: Path) -> None:
    store = EmbeddedStore.read(folder)
    with pytest.raises(QueryLimitError, match="1 s"):
        store.query(HEAVY, timeout=1)
    assert store.select("SELECT ?n { ?x skos:prefLabel ?n . ?x pg:within ?y }").column("n")


def test_a_limited_query_answers_like_an_unlimited_one(folder: Path) -> None:
    store = EmbeddedStore.read(folder)
    for sparql in (
        "SELECT ?x ?s ?none { ?x pg:size ?s OPTIONAL { ?x pg:nothing ?none } } ORDER BY ?s",
        "ASK { ?x skos:prefLabel 'Lima' }",
        "CONSTRUCT { ?x a pg:City } { ?x pg:within ?y }",
    ):
        assert store.query(sparql, timeout=60) == store.query(sparql)
    with pytest.raises(QueryError, match="line 1"):
        store.query("SELECT nonsense", timeout=60)


def test_rows_of_mixed_kinds_have_the_time_limit_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask, asked = worker._in_a_process, []

    def noted(store: Path, sparql: str, timeout: float) -> Result:
        asked.append(timeout)
        return ask(store, sparql, timeout)

    monkeypatch.setattr(worker, "_in_a_process", noted)
    found = EmbeddedStore.read(folder).select("SELECT ?o { VALUES ?o { 1 'a' <urn:x> } } ORDER BY ?o", timeout=30)
    assert len(found.rows) == 3
    assert asked == [30]


def test_a_time_limit_needs_a_store_on_disk(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="disk"):
        store.query("ASK { ?s ?p ?o }", timeout=1)


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="policygraph build"):
        EmbeddedStore.read(tmp_path)
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n")
    with pytest.raises(GraphError, match="cannot be read"):
        EmbeddedStore.read(tmp_path)


def test_others_read_while_one_process_writes(folder: Path) -> None:
    writer = EmbeddedStore.create(folder)
    code = "import sys; from pathlib import Path; from policygraph.graph.store import EmbeddedStore as S;"
    code += "s = S.read(Path(sys.argv[1])); print(s.ask('ASK { ?x skos:prefLabel \"Lima\" }'))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, env=_with_src()
    )
    assert done.stdout.strip() == "True"
    code = code.replace("S.read", "S.create")
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, env=_with_src())
    assert "opened for writing" in done.stderr
    assert len(writer) > 0


def test_a_store_opened_for_reading_refuses_updates(folder: Path) -> None:
    with pytest.raises(QueryError, match="cannot be run"):
        EmbeddedStore.read(folder).update("INSERT DATA { GRAPH graph:a { pg:a pg:b pg:c } }")


def test_a_graph_is_replaced_as_a_whole(store: EmbeddedStore) -> None:
    store.replace_graph(A, [ox.Quad(city("lima"), LABEL, ox.Literal("Ciudad de los Reyes"), A)])
    assert [q.object.value for q in store.scan(graph=A)] == ["Ciudad de los Reyes"]
    assert store.graphs() == [A.value, B.value]
    assert len(list(store.scan(predicate=ox.NamedNode(ONT + "within")))) == 2


def test_a_file_of_quads_is_loaded_and_a_broken_one_named(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "all.nq"
    store.engine.dump(str(path), format=ox.RdfFormat.N_QUADS)
    other = EmbeddedStore.memory()
    other.load(path)
    assert set(other.scan()) == set(store.scan())
    path.write_text("<https://a> <https://b>\n")
    with pytest.raises(GraphError, match=r"all\.nq"):
        other.load(path)
    with pytest.raises(GraphError, match=r"none\.nq"):
        other.load(tmp_path / "none.nq")


def test_stored_texts_are_found_by_document_only(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "abc.txt").write_bytes(b"uno\r\ndos")
    (tmp_path / "secret.txt").write_text("no")
    store = EmbeddedStore.memory(tmp_path / "sources")
    assert store.source_text("abc") == "uno\r\ndos"
    assert store.source_text("../secret") is None
    assert store.source_text("missing") is None


def test_rdflib_sees_the_same_data_as_one_graph(store: EmbeddedStore) -> None:
    import rdflib

    data = store.rdflib
    assert (rdflib.URIRef(city("peru").value), rdflib.SKOS.prefLabel, rdflib.Literal("Peru")) in data
    rows = list(data.query("SELECT ?n { ?x skos:prefLabel ?n ; pg:within/skos:prefLabel 'Peru' }"))
    assert [str(row[0]) for row in rows] == ["Lima"]


def test_text_queries_through_rdflib_are_answered_by_the_engine(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    import rdflib.plugins.sparql.processor as own

    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("rdflib's own engine was asked")

    monkeypatch.setattr(own, "evalQuery", forbidden)
    assert len(list(store.rdflib.query("SELECT ?x { ?x skos:prefLabel ?n }"))) == 3


def test_a_prepared_query_warns_that_the_engine_is_not_used(store: EmbeddedStore) -> None:
    from rdflib.plugins.sparql import prepareQuery

    prepared = prepareQuery(f"SELECT ?x {{ ?x <{LABEL.value}> ?n }}")
    with pytest.warns(UserWarning, match="pass the query as text"):
        assert len(list(store.rdflib.query(prepared))) == 3
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(store.rdflib.query("SELECT ?x { ?x ?p ?n }"))


def test_rdflib_reads_a_store_that_is_read_only(folder: Path) -> None:
    assert len(list(EmbeddedStore.read(folder).rdflib.query("SELECT ?x { ?x pg:within ?y }"))) == 2


def test_bind_leaves_a_query_without_values_alone() -> None:
    assert bind("ASK { ?s ?p ?o }", {}) == ("ASK { ?s ?p ?o }", 16, 0)


def _with_src() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
