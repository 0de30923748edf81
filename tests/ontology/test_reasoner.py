"""The ontology is consistent, every class can have members, and nonsense is refuted.

Needs Java for HermiT, which comes with owlready2.
"""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import iris
from tests.graph.checked import PREFIXES, checked_graph

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java"),
    pytest.mark.skipif(importlib.util.find_spec("owlready2") is None, reason="HermiT comes with owlready2"),
]
NOT_OWL = {iris.XSD + "date", iris.EDTF}


def reasoner_knows(term: object) -> bool:
    """Dates are outside the datatypes of OWL 2: a reasoner stops at them."""
    return getattr(getattr(term, "datatype", term), "value", "") not in NOT_OWL


def empty_classes(store: ox.Store, folder: Path) -> set[str] | None:
    """The classes that HermiT finds unable to have members, or None for an inconsistent graph."""
    spec = importlib.util.find_spec("owlready2")
    assert spec is not None
    assert spec.origin is not None
    jars = Path(spec.origin).parent / "hermit"
    graph = folder / "graph.nt"
    lines = (f"{q.subject} {q.predicate} {q.object} .\n" for q in store if reasoner_knows(q.object))
    graph.write_text("".join(lines), encoding="utf-8")
    hermit = ["java", "-Xmx600M", "-cp", f"{jars}:{jars}/HermiT.jar", "org.semanticweb.HermiT.cli.CommandLine"]
    run = subprocess.run([*hermit, "-U", graph.as_uri()], capture_output=True, text=True)
    if run.returncode:
        assert "Inconsistent ontology" in run.stderr, run.stderr
        return None
    assert "owl:Nothing" in run.stdout
    return set(re.findall(r"<(.+?)>", run.stdout))


def test_the_ontology_and_the_right_graph_are_consistent(tmp_path: Path) -> None:
    assert empty_classes(checked_graph(), tmp_path) == set()


def test_a_class_of_two_that_exclude_each_other_is_found_empty(tmp_path: Path) -> None:
    store = checked_graph()
    store.update(
        PREFIXES + "INSERT DATA { GRAPH graph:schema {"
        " <urn:ActingPlace> a owl:Class ; rdfs:subClassOf pg:Actor , pg:Place } }"
    )
    assert empty_classes(store, tmp_path) == {"urn:ActingPlace"}


@pytest.mark.parametrize(
    "nonsense",
    [
        "<urn:visit> a pg:Visit ; pg:hasActor country:nor",
        "person:lena-holt a pg:Event",
        "<urn:tenure> pg:holder person:a , person:b . person:a owl:differentFrom person:b",
    ],
    ids=["a country acts", "a person happens", "a tenure has two holders"],
)
def test_nonsense_is_refuted(nonsense: str, tmp_path: Path) -> None:
    store = checked_graph()
    store.update(PREFIXES + f"INSERT DATA {{ GRAPH graph:reference {{ {nonsense} }} }}")
    assert empty_classes(store, tmp_path) is None
