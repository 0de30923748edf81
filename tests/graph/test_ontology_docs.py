"""The generated pages name every term, and their links lead somewhere."""

import re
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph

from policygraph import iris, resources
from policygraph.graph.ontology_docs import ontology_pages, write_ontology_pages

PAGES = ontology_pages()


def anchors(page: str) -> set[str]:
    return {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", PAGES[page], flags=re.M)}


def test_every_class_and_property_has_an_entry_with_its_definition() -> None:
    core = Graph().parse(resources.ontology() / "policygraph.ttl")
    text = PAGES["classes.md"] + PAGES["properties.md"]
    for term, definition in core.subject_objects(SKOS.definition):
        name = str(term).removeprefix(iris.ONT)
        assert f"\n## {name}\n" in text
        assert str(definition) in text


@pytest.mark.parametrize("path", sorted((resources.ontology() / "vocab").glob("*.ttl")), ids=lambda p: p.stem)
def test_every_concept_has_a_row(path: Path) -> None:
    page = PAGES[f"vocab-{path.stem}.md"]
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len({row.count("|") - row.count("\\|") for row in rows}) == 1
    for concept in Graph().parse(path).subjects(RDF.type, SKOS.Concept):
        assert any(row.startswith(f"| `{str(concept).rsplit('/', 1)[1]}` |") for row in rows)


def test_every_check_and_rule_is_told() -> None:
    for kind in ("lint", "rules"):
        for path in (resources.ontology() / kind).glob("*.rq"):
            assert f"`{path.stem}`" in PAGES["checks.md"]


def test_links_lead_to_entries() -> None:
    links = [(page, *link) for page, text in PAGES.items() for link in re.findall(r"\]\(([^)#]+)#?([^)]*)\)", text)]
    assert len(links) > 100
    for page, target, anchor in links:
        assert target in PAGES, (page, target)
        assert not anchor or anchor in anchors(target), (page, target, anchor)


def test_pages_are_written_where_asked(tmp_path: Path) -> None:
    paths = write_ontology_pages(tmp_path / "ontology")
    assert {p.name: p.read_text(encoding="utf-8") for p in paths} == PAGES
