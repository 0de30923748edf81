"""Verification: every quote against its stored source, every name against its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.graph import naming
from policygraph.graph.findings import Finding, Report, Severity

if TYPE_CHECKING:
    import pyoxigraph as ox

#: Gives the stored text of a document by its id, or None where there is none.
TextOf = Callable[[str], str | None]

_DOCUMENTS = iris.ID + "document/"
_MODALITIES = iris.VOCAB + "modality/"
_CLAIMS = f"""
PREFIX pg: <{iris.ONT}>
SELECT ?graph ?claim ?subject ?predicate ?content ?proposition ?modality ?speaker WHERE {{
  GRAPH ?graph {{ ?claim pg:subject ?subject ; pg:predicate ?predicate ; pg:object|pg:value ?content }}
  FILTER(ISIRI(?claim) && ISIRI(?subject) && ISIRI(?predicate))
  OPTIONAL {{ ?claim pg:states ?proposition }}
  OPTIONAL {{ ?claim pg:modality ?modality }}
  OPTIONAL {{ ?claim pg:attributedTo ?speaker }}
}}"""


def verify(store: ox.Store, text_of: TextOf) -> Report:
    """Check quotes, hashes and lengths of documents, and the names of claims and propositions.

    `text[start:end] == quote` must hold for each piece of evidence, counted in
    Unicode code points.

    >>> import pyoxigraph as ox
    >>> verify(ox.Store(), lambda doc_id: None).ok
    True
    """
    findings = [*_documents(store, text_of), *_claims(store)]
    return Report.of(findings)


def _documents(store: ox.Store, text_of: TextOf) -> Iterator[Finding]:
    import pyoxigraph as ox

    kind, document_class = ox.NamedNode(iris.RDF + "type"), ox.NamedNode(iris.term("SourceDocument"))
    for quad in store.quads_for_pattern(None, kind, document_class, None):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        document = quad.subject
        text = text_of(document.value.removeprefix(_DOCUMENTS))
        if text is None:
            yield _violation(
                "source-missing",
                document.value,
                "the stored text of the document is missing",
                "Build the graph again from the folder that holds the document.",
            )
            continue
        yield from _document(store, document, text)
        yield from _quotes(store, document, text)


def _document(store: ox.Store, document: ox.NamedNode, text: str) -> Iterator[Finding]:
    digest = iris.sha256(text.encode())
    said = _value(store, document, "sha256")
    if said != digest or not document.value.endswith("/" + digest[:16]):
        yield _violation(
            "source-changed",
            document.value,
            "the stored text does not have the hash that the graph tells",
            "The text was changed after the build: put the original back, or build the graph again.",
        )
    length = _value(store, document, "textLength")
    if length != str(len(text)):
        yield _violation(
            "source-length",
            document.value,
            f"the stored text has {len(text)} characters, the graph tells {length}",
            "Build the graph again.",
        )


def _quotes(store: ox.Store, document: ox.NamedNode, text: str) -> Iterator[Finding]:
    import pyoxigraph as ox

    for quad in store.quads_for_pattern(None, ox.NamedNode(iris.term("source")), document, None):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        start, end, quote = (_value(store, quad.subject, name) for name in ("start", "end", "quote"))
        if not start.isdecimal() or not end.isdecimal() or text[int(start) : int(end)] != quote:
            yield _violation(
                "quote",
                quad.subject.value,
                f"the characters {start or '?'} to {end or '?'} of the stored text are not the quote",
                "Cut the quote out of the stored text again; positions count Unicode code points.",
            )


def _claims(store: ox.Store) -> Iterator[Finding]:
    for row in store.query(_CLAIMS, use_default_graph_as_union=True):  # type: ignore[union-attr]
        claim, subject, predicate, content = (row[name] for name in ("claim", "subject", "predicate", "content"))
        proposition = naming.proposition(subject, predicate, content)
        if row["proposition"] != proposition:
            yield _violation(
                "proposition-key",
                claim.value,
                "its proposition is not the one of its subject, predicate and object",
                f"Let it state {iris.shorten(proposition.value)}, or build the graph again.",
            )
        doc_id = row["graph"].value.removeprefix(iris.SOURCE_GRAPHS)
        modality = row["modality"].value.removeprefix(_MODALITIES) if row["modality"] else ""
        if claim != naming.claim(doc_id, subject, predicate, content, modality, row["speaker"]):
            yield _violation(
                "claim-key",
                claim.value,
                "its name is not that of its content",
                "A part of the claim was changed after the build: build the graph again.",
            )


def _value(store: ox.Store, node: ox.NamedNode, name: str) -> str:
    """The literal of a property of the ontology, empty where there is none."""
    import pyoxigraph as ox

    quad = next(store.quads_for_pattern(node, ox.NamedNode(iris.term(name)), None, None), None)
    return quad.object.value if quad is not None and isinstance(quad.object, ox.Literal) else ""


def _violation(check: str, iri: str, message: str, advice: str) -> Finding:
    return Finding(Severity.VIOLATION, check, iri, message, advice)
