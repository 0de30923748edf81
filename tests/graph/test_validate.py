"""How findings are reported, and what happens when a check itself is wrong."""

import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.errors import DataError, MissingExtraError
from policygraph.graph.findings import Finding, Report, Severity
from policygraph.graph.lint import lint, load_checks
from policygraph.graph.validate import validate
from tests.graph.checked import PREFIXES, checked_graph


def test_a_missing_package_is_told_with_the_words_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtraError, match="validate"):
        validate(ox.Store())


def test_a_finding_names_the_node_the_value_and_the_remedy() -> None:
    store = checked_graph()
    lena = ox.NamedNode(iris.thing("person/lena-holt"))
    store.update(PREFIXES + "INSERT DATA { GRAPH graph:reference { person:lena-holt pg:recordedIn place:lima-per } }")
    (finding,) = [f for f in validate(store) if f.check == "Entity-recordedIn"]
    assert finding.iri == lena.value
    assert finding.severity is Severity.VIOLATION
    assert "id:place/lima-per" in finding.message
    assert "record" in finding.advice


@pytest.mark.parametrize("limit", [0, 10**9])
def test_a_graph_too_large_for_memory_is_checked_where_it_is(
    limit: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("policygraph.graph.validate._IN_MEMORY", limit)
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_extend(checked_graph())
    assert validate(store).ok
    store.update(PREFIXES + "INSERT DATA { GRAPH graph:edges { government:nor pg:opposes government:per } }")
    assert [f.check for f in validate(store)] == ["edge-without-claim"]


def test_nodes_of_many_batches_are_all_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policygraph.graph.validate._BATCH", 50)
    store = checked_graph()
    assert validate(store).ok
    store.update(PREFIXES + "DELETE WHERE { GRAPH graph:reference { ?x skos:prefLabel ?label } }")
    unnamed = {f.iri for f in validate(store) if f.check == "Entity-prefLabel"}
    assert len(unnamed) == 12


def test_a_report_puts_the_worst_first_and_counts() -> None:
    found = [Finding(s, "check", f"urn:{s}", "is so", "do this") for s in reversed(Severity)]
    report = Report.of([*found, found[0]])
    assert [f.severity for f in report] == list(Severity)
    assert not report.ok
    assert report.summary() == "1 violation, 1 warning, 1 info"
    assert report.table().column("severity") == ["violation", "warning", "info"]


def test_two_sources_that_disagree_are_information_not_a_mistake() -> None:
    store = checked_graph()
    store.update(
        PREFIXES + "INSERT { GRAPH ?g { id:other pg:states ?p ; pg:modality m:asserted } }"
        " WHERE { GRAPH ?g { ?c pg:states ?p ; pg:modality m:denied } }"
    )
    assert {f.severity for f in lint(store) if f.check == "asserted-and-denied"} == {Severity.INFO}


HEAD = "# title: t\n# severity: warning\n# message: {what} is odd\n# advice: mend it\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD.replace("warning", "grave") + "SELECT ?node ?what {}", "grave"),
        (HEAD + "SELECT ?node { ?node ?p ?o }", "what"),
        (HEAD + "SELECT ?node ?what {", "SPARQL"),
        (HEAD + "ASK {}", "SELECT"),
        ("SELECT ?node {}", "title"),
    ],
)
def test_a_check_that_is_wrong_is_told_by_its_file(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "odd.rq").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        lint(ox.Store(), load_checks(tmp_path))
    assert "odd.rq" in str(caught.value)
    assert told in str(caught.value)
