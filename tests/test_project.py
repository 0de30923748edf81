"""The facade on the demo project: the way from `policygraph.toml` to answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import policygraph
from policygraph.errors import (
    PolicyGraphError,
    QueryError,
    QueryLimitError,
    ServiceError,
    StoreMissingError,
    UsageError,
)
from policygraph.graph.results import Triples
from policygraph.iris import thing
from policygraph.project import PolicyGraph
from policygraph.projectfile import Project
from policygraph.table import Table

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyGraph]:
    project = Project.load(ROOT, tmp_path_factory.mktemp("demo") / "build")
    with policygraph.build(project) as made:
        yield made


def test_the_demo_builds_without_warnings_and_every_quote_holds(graph: PolicyGraph) -> None:
    assert graph.report["errors"] == []
    assert sum(graph.sources().column("claims")) > 50
    assert graph.verify().ok


def test_the_stored_text_is_the_article(graph: PolicyGraph) -> None:
    (document,) = graph.sources().column("document")
    text = graph.store.source_text(document.rsplit("/")[-1])
    assert text is not None
    assert text.encode() == (ROOT / "data" / "articles" / "rubio-latin-america.txt").read_bytes()


def test_the_page_and_the_sorted_file_stand_in_the_build_folder(graph: PolicyGraph) -> None:
    assert graph.folder is not None
    assert "<html" in (graph.folder / "view.html").read_text(encoding="utf-8")
    assert "Marco Rubio," in (graph.folder / "centrality.csv").read_text(encoding="utf-8")
    assert (graph.folder / "graph.trig").read_text(encoding="utf-8").startswith("@prefix")


def test_queries_give_what_their_form_asks_for(graph: PolicyGraph) -> None:
    usa = thing("country/usa")
    found = graph.query("SELECT ?g ?name { ?g pg:governs ?c ; skos:prefLabel ?name }", {"c": usa})
    assert isinstance(found, Table)
    assert len(found) == 1
    assert graph.query("ASK { ?c pg:iso3 ?code }", {"code": "USA"}) is True
    assert isinstance(graph.query("DESCRIBE ?c { ?c pg:iso3 'USA' }"), Triples)
    with pytest.raises(QueryError, match="line 1"):
        graph.query("SELECT ?x { ?x")
    with pytest.raises(QueryLimitError):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a < ?g) }", timeout=1)


def test_a_plan_is_no_edge(graph: PolicyGraph) -> None:
    planned = graph.query(
        "SELECT ?s ?p ?o { ?c pg:modality m:planned ; pg:subject ?s ; pg:predicate ?p ; pg:object ?o }"
    )
    assert isinstance(planned, Table)
    assert len(planned) > 5
    query = """SELECT ?s { ?c pg:modality ?m ; pg:subject ?s ; pg:predicate ?p ; pg:object ?o FILTER(?m != m:asserted)
      GRAPH graph:edges { ?s ?p ?o } FILTER NOT EXISTS { ?d pg:modality m:asserted ; pg:subject ?s ; pg:predicate ?p ;
        pg:object ?o } }"""
    assert len(graph.query(query)) == 0  # type: ignore[arg-type]


def test_no_triple_of_the_demo_stands_in_two_graphs(graph: PolicyGraph) -> None:
    seen: dict[object, int] = {}
    for quad in graph.store.scan():
        seen[quad.triple] = seen.get(quad.triple, 0) + 1
    assert max(seen.values()) == 1


def test_network_and_view_are_made_from_the_graph(graph: PolicyGraph) -> None:
    assert len(graph.network(modality="all")) > 0
    assert "Marco Rubio" in graph.view(focus="Marco Rubio").html()


def test_rdflib_reads_the_same_store(graph: PolicyGraph) -> None:
    rows = list(graph.rdflib.query("SELECT ?n { ?p skos:prefLabel ?n ; a pg:Person } LIMIT 3"))
    assert len(rows) == 3


def test_an_export_is_written_or_returned(graph: PolicyGraph, tmp_path: Path) -> None:
    path = graph.export("nquads", tmp_path / "g.nq")
    assert Path(path).read_text(encoding="utf-8") == graph.export("nquads")


def test_what_only_a_local_graph_can_do_is_refused_for_an_endpoint() -> None:
    with policygraph.open("http://127.0.0.1:9/sparql") as remote:
        assert "127.0.0.1" in repr(remote)
        with pytest.raises(UsageError, match="endpoint"):
            remote.verify()
        # What needs the whole graph fetches it, and says so where it cannot.
        for fetching in (remote.validate, remote.export, lambda: remote.rdflib):
            with pytest.raises(ServiceError, match="cannot be reached"):
                fetching()


def test_a_place_without_a_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="policygraph build"):
        policygraph.open(tmp_path / "nothing")


def test_single_articles_give_records() -> None:
    found = policygraph.extract(ROOT / "data" / "articles" / "rubio-latin-america.txt")
    assert {e.name for e in found.entities} >= {"Marco Rubio", "Donald Trump"}


def test_public_names_are_exact_and_there() -> None:
    for name in policygraph.__all__:
        assert getattr(policygraph, name) is not None
    assert set(policygraph.__all__) <= set(dir(policygraph))
    assert issubclass(policygraph.QueryError, PolicyGraphError)
    with pytest.raises(AttributeError, match="nonsense"):
        policygraph.nonsense  # noqa: B018


def test_the_guide_to_the_model_says_what_the_demo_answers(graph: PolicyGraph) -> None:
    import doctest
    import re

    text = (ROOT / "docs" / "guides" / "graph-model.md").read_text(encoding="utf-8")
    blocks = [b for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if b.startswith(">>>")]
    assert len(blocks) > 5
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {"graph": graph, "pg": policygraph}, "guide", None, 0)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert result.failed == 0, "".join(report)
