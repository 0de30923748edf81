"""Quotes against stored texts, names against contents."""

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import iris
from policygraph.graph.verify import verify
from tests.graph.checked import DOC, TEXT, checked_graph, text_of


def checks(store: ox.Store, text: str | None) -> set[str]:
    return {finding.check for finding in verify(store, lambda doc_id: text if doc_id == DOC else None)}


def test_the_stored_text_bears_out_every_quote() -> None:
    assert verify(checked_graph(), text_of).ok


def test_a_text_that_is_gone_is_told() -> None:
    assert checks(checked_graph(), None) == {"source-missing"}


def test_a_text_that_was_touched_is_told() -> None:
    assert checks(checked_graph(), TEXT.replace("’", "'")) == {"source-changed", "quote"}
    assert "source-length" in checks(checked_graph(), TEXT + " ")


def one_quote(text: str, start: int, end: int, quote: str) -> ox.Store:
    store = ox.Store()
    doc = iris.document_id(text.encode())
    graph = ox.NamedNode(iris.source_graph(doc))
    document, span = ox.NamedNode(iris.document(doc)), ox.NamedNode(iris.evidence(doc, start, end))

    def add(node: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        store.add(ox.Quad(node, ox.NamedNode(iris.term(name)), value, graph))

    kind = ox.NamedNode(iris.RDF + "type")
    store.add(ox.Quad(document, kind, ox.NamedNode(iris.term("SourceDocument")), graph))
    add(document, "sha256", ox.Literal(iris.sha256(text.encode())))
    add(document, "textLength", ox.Literal(len(text)))
    add(span, "source", document)
    add(span, "start", ox.Literal(start))
    add(span, "end", ox.Literal(end))
    add(span, "quote", ox.Literal(quote))
    return store


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=2, max_size=60), st.data())
def test_positions_count_code_points_of_any_script(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert verify(one_quote(text, start, end, text[start:end]), lambda _: text).ok
    shifted = text[start + 1 : end + 1]
    found = verify(one_quote(text, start, end, shifted), lambda _: text)
    assert found.ok == (shifted == text[start:end])
