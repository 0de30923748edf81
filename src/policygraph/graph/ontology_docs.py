"""Turns the ontology into Markdown pages for the documentation site.

One page for the classes, one for the properties, one a vocabulary, and one for
what is checked and inferred. Links between the pages follow the anchors that
mkdocs makes from headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph import iris, resources
from policygraph.graph.lint import load_checks
from policygraph.graph.rules import load_rules

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_SLOT = re.compile(r"\{(\w+)\}")


def ontology_pages(folder: Path | None = None) -> dict[str, str]:
    """The pages as Markdown by file name; `index.md` leads to the others.

    >>> sorted(ontology_pages())[:3]
    ['checks.md', 'classes.md', 'index.md']
    """
    import rdflib

    folder = folder or resources.ontology()
    core = rdflib.Graph().parse(folder / "policygraph.ttl", format="turtle")
    outside = rdflib.Graph().parse(folder / "alignments.ttl", format="turtle")
    shapes = rdflib.Graph().parse(folder / "shapes.ttl", format="turtle")
    schemes = {path.stem: rdflib.Graph().parse(path, format="turtle") for path in sorted(folder.glob("vocab/*.ttl"))}
    pages = {
        "classes.md": _page("Classes", _classes(_Terms(core, outside))),
        "properties.md": _page("Properties", _properties(_Terms(core, outside))),
        "checks.md": _page("Shapes, lint and rules", _checks(shapes, folder)),
    }
    for code, graph in schemes.items():
        title, lines = _scheme(graph, code)
        pages[f"vocab-{code}.md"] = _page(title, lines)
    pages["index.md"] = _page("Ontology", _index(core, schemes))
    return pages


def write_ontology_pages(target: Path, folder: Path | None = None) -> list[Path]:
    """Write the pages into a folder, made if need be, and return their paths."""
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in ontology_pages(folder).items():
        path = target / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


class _Terms:
    """Questions to the core and the alignments, answered in Markdown."""

    def __init__(self, core: rdflib.Graph, outside: rdflib.Graph) -> None:
        self.core = core
        self.outside = outside

    def local(self, kind: str) -> list[Any]:
        """The terms of our namespace that are of an OWL kind, by name."""
        import rdflib

        nodes = self.core.subjects(rdflib.RDF.type, rdflib.OWL[kind])
        return sorted(node for node in nodes if str(node).startswith(iris.ONT))

    def text(self, node: Any, name: str) -> str:
        """The label, definition or note of a term, empty where it has none."""
        import rdflib

        predicate = rdflib.RDFS.label if name == "label" else rdflib.SKOS[name]
        return str(self.core.value(node, predicate) or "")

    def objects(self, node: Any, predicate: str) -> list[Any]:
        """What a term points to by a property of RDFS or OWL, a union taken apart."""
        import rdflib
        from rdflib.collection import Collection

        found: list[Any] = []
        prefix, name = predicate.split(":")
        for value in self.core.objects(node, rdflib.URIRef(iris.PREFIXES[prefix] + name)):
            union = self.core.value(value, rdflib.OWL.unionOf)
            found += Collection(self.core, union) if union else [value]
        return sorted(value for value in found if isinstance(value, rdflib.URIRef))

    def aligned(self, node: Any, predicate: str) -> str:
        """The short names of the outside terms that are wider than a term of ours."""
        import rdflib

        wider = self.outside.objects(node, rdflib.RDFS[predicate])
        return ", ".join(sorted(f"`{term.n3(self.outside.namespace_manager)}`" for term in wider))

    def kinds(self, node: Any) -> list[str]:
        """What else a property is: functional, symmetric, transitive, claim predicate."""
        import rdflib

        types = {str(kind) for kind in self.core.objects(node, rdflib.RDF.type)}
        names = {"Functional": "functional", "Symmetric": "symmetric", "Transitive": "transitive"}
        found = [word for name, word in names.items() if f"{iris.OWL}{name}Property" in types]
        return found + (["claim predicate"] if iris.term("ClaimPredicate") in types else [])


def _classes(terms: _Terms) -> Iterator[str]:
    import rdflib

    yield "Classes give structure: what has properties of its own. Kinds and topics are vocabularies instead.\n"
    properties = [*terms.local("ObjectProperty"), *terms.local("DatatypeProperty")]
    for node in terms.local("Class"):
        yield from _head(terms, node)
        narrower = sorted(n for n in terms.core.subjects(rdflib.RDFS.subClassOf, node) if isinstance(n, rdflib.URIRef))
        yield from _facts(
            ("Subclass of", terms.objects(node, "rdfs:subClassOf")),
            ("Subclasses", narrower),
            ("Properties", [p for p in properties if node in terms.objects(p, "rdfs:domain")]),
            ("Pointed to by", [p for p in properties if node in terms.objects(p, "rdfs:range")]),
        )
        yield from _aligned(terms.aligned(node, "subClassOf"))


def _properties(terms: _Terms) -> Iterator[str]:
    yield "A *claim predicate* may be used in claims; the other properties keep records and reference data.\n"
    for node in sorted([*terms.local("ObjectProperty"), *terms.local("DatatypeProperty")]):
        yield from _head(terms, node)
        if kinds := terms.kinds(node):
            yield f"- **Is**: {', '.join(kinds)}"
        yield from _facts(
            ("From", terms.objects(node, "rdfs:domain")),
            ("To", terms.objects(node, "rdfs:range")),
            ("Narrower than", terms.objects(node, "rdfs:subPropertyOf")),
            ("Inverse of", terms.objects(node, "owl:inverseOf")),
        )
        yield from _aligned(terms.aligned(node, "subPropertyOf"))


def _head(terms: _Terms, node: Any) -> Iterator[str]:
    yield f"## {_local(node)}\n"
    yield f"`{iris.shorten(str(node))}` · *{terms.text(node, 'label')}*\n"
    yield terms.text(node, "definition") + "\n"
    if note := terms.text(node, "scopeNote"):
        yield f"{note}\n"


def _facts(*pairs: tuple[str, Iterable[Any]]) -> Iterator[str]:
    for word, nodes in pairs:
        links = ", ".join(_link(node) for node in nodes)
        if links:
            yield f"- **{word}**: {links}"


def _aligned(names: str) -> Iterator[str]:
    """The last line of an entry, and the blank one that ends its list."""
    if names:
        yield f"- **Aligned with**: {names}"
    yield ""


def _link(node: Any) -> str:
    """A term of ours as a link to its entry, any other as its short name."""
    name = _local(node)
    if name == str(node):
        return f"`{iris.shorten(name)}`"
    page = "classes.md" if name[0].isupper() else "properties.md"
    return f"[{name}]({page}#{name.lower()})"


def _local(node: Any) -> str:
    return str(node).removeprefix(iris.ONT)


def _scheme(graph: rdflib.Graph, code: str) -> tuple[str, list[str]]:
    """A vocabulary as one table, with a column only where a concept fills it."""
    import rdflib
    from rdflib import DCTERMS, SKOS

    home = rdflib.URIRef(iris.VOCAB + code)
    predicates = {
        "Notation": SKOS.notation,
        "Label": SKOS.prefLabel,
        "Meaning": SKOS.definition,
        "Broader": SKOS.broader,
        "Score": rdflib.URIRef(iris.term("score")),
        "Also called": SKOS.altLabel,
        "Close to": SKOS.closeMatch,
        "Note": SKOS.scopeNote,
    }
    used = {name: p for name, p in predicates.items() if next(graph.objects(None, p), None) is not None}
    lines = [f"{graph.value(home, DCTERMS.description)}\n", *_row(["Code", *used]), *_row(["---"] * (len(used) + 1))]
    for node in sorted(graph.subjects(rdflib.RDF.type, SKOS.Concept), key=str):
        cells = ["; ".join(sorted(_value(o) for o in graph.objects(node, p))) for p in used.values()]
        lines += _row([f"`{str(node).rsplit('/', 1)[1]}`", *cells])
    return str(graph.value(home, DCTERMS.title)), lines


def _value(node: Any) -> str:
    return f"`{iris.shorten(str(node))}`" if str(node).startswith(iris.BASE) else str(node)


def _checks(shapes: rdflib.Graph, folder: Path) -> Iterator[str]:
    import rdflib

    def sh(name: str) -> rdflib.URIRef:
        return rdflib.URIRef(_SH + name)

    yield "## Shapes\n\nWhat each node must look like, in SHACL Core.\n"
    yield from [*_row(["Shape", "What is wrong", "What to do"]), *_row(["---"] * 3)]
    for node in sorted(shapes.subjects(sh("message"), None), key=str):
        name = str(node).removeprefix(iris.SHAPES)
        yield from _row(
            [f"`{name}`", str(shapes.value(node, sh("message"))), str(shapes.value(node, sh("description")))]
        )
    yield "\n## Lint\n\nWhat must hold between nodes, as queries that must find nothing.\n"
    yield from [*_row(["Check", "What holds", "Severity", "What to do"]), *_row(["---"] * 4)]
    for check in load_checks(folder / "lint"):
        header = check.header
        yield from _row([f"`{check.name}`", header["title"], header["severity"], _SLOT.sub(r"*\1*", header["advice"])])
    yield "\n## Rules\n\nWhat is inferred, in this order, into the graph `inferred`.\n"
    yield from [*_row(["Rule", "Conclusion", "Reads"]), *_row(["---"] * 3)]
    for rule in load_rules(folder / "rules"):
        yield from _row([f"`{rule.name}`", rule.header["title"], rule.header["reads"]])


def _index(core: rdflib.Graph, schemes: dict[str, rdflib.Graph]) -> Iterator[str]:
    import rdflib
    from rdflib import DCTERMS, OWL

    home = rdflib.URIRef(iris.ONT.rstrip("#"))
    yield f"{core.value(home, DCTERMS.description)}\n"
    yield f"Version {core.value(home, OWL.versionInfo)}, namespace `{iris.ONT}`, prefix `pg`.\n"
    yield "- [Classes](classes.md)\n- [Properties](properties.md)\n- [Shapes, lint and rules](checks.md)\n"
    yield "## Vocabularies\n"
    for code, graph in schemes.items():
        scheme = rdflib.URIRef(iris.VOCAB + code)
        title, about = graph.value(scheme, DCTERMS.title), graph.value(scheme, DCTERMS.description)
        yield f"- [{title}](vocab-{code}.md): {about}"


def _row(cells: Iterable[str]) -> list[str]:
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"]


def _page(title: str, lines: Iterable[str]) -> str:
    body = "\n".join([f"# {title}\n", *lines]).rstrip()
    return f"{body}\n"
