"""Reading and loading graphs behind an address, with two independent servers."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph.errors import QueryError, ServiceError, UsageError
from policygraph.graph.http import Access, Connection
from policygraph.graph.push import Target, push
from policygraph.graph.remote import RemoteStore
from policygraph.graph.store import EmbeddedStore
from policygraph.iris import GRAPHS, XSD
from tests.remote.conftest import Remote

ROWS = 1300


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{GRAPHS}test/{name}")


def small_graph() -> EmbeddedStore:
    store = EmbeddedStore.memory()
    texts = ['quote " and \\ back', "line\nbreak", "é 漢字 עברית", "plain"]
    quads = [
        ox.Quad(node(f"s{i}"), node(f"p{i % 3}"), ox.Literal(f"{texts[i % 4]} {i}"), node(f"g{i % 2}"))
        for i in range(ROWS)
    ]
    date = ox.Literal("2024-03-01", datatype=ox.NamedNode(XSD + "date"))
    quads += [
        ox.Quad(node("x"), node("day"), date, node("g0")),
        ox.Quad(node("x"), node("name"), ox.Literal("hola", language="es"), node("g1")),
        ox.Quad(node("x"), node("knows"), node("s1"), node("g1")),
    ]
    store.extend(quads)
    return store


@pytest.fixture
def loaded(remote: Remote, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    notes = tmp_path_factory.getbasetemp() / f"{remote.name}.json"
    push(small_graph(), remote.target, notes, remove_others=GRAPHS)
    reader = RemoteStore(remote.target.query, remote.access)
    yield reader
    reader.close()


def test_the_union_is_the_default_graph_on_every_server(loaded: RemoteStore) -> None:
    across = f"ASK {{ {node('x')} {node('day')} ?d ; {node('knows')} ?s }}"
    assert loaded.ask(across)
    (row,) = loaded.select(f"SELECT (COUNT(*) AS ?n) {{ ?s {node('p0')} ?o }}").rows
    assert row[0] == len(range(0, ROWS, 3))


def test_answers_come_whole_and_equal_those_of_the_embedded_store(loaded: RemoteStore) -> None:
    local = small_graph()
    query = f"SELECT ?s ?o {{ ?s {node('p1')} ?o }} ORDER BY ?s"
    assert list(loaded.select(query).rows) == list(local.select(query).rows)
    every = f"SELECT ?s ?o {{ VALUES ?p {{ {node('p0')} {node('p1')} {node('p2')} }} ?s ?p ?o }} ORDER BY ?s"
    assert len(loaded.select(every)) == ROWS


def test_patterns_are_read_in_pages(remote: Remote, loaded: RemoteStore) -> None:
    paged = RemoteStore(remote.target.query, remote.access, page=400)
    found = set(map(str, paged.scan(graph=node("g0"))))
    paged.close()
    assert found == set(map(str, small_graph().scan(graph=node("g0"))))
    known = next(small_graph().scan(node("x"), node("knows")))
    assert list(loaded.scan(known.subject, known.predicate, known.object, known.graph_name)) == [known]


def test_everything_can_be_fetched_even_where_a_server_cuts_answers_off(loaded: RemoteStore) -> None:
    fetched = [q for q in loaded.quads() if str(q.graph_name).startswith(f"<{GRAPHS}test/")]
    assert len(fetched) == len(set(fetched))
    assert set(fetched) == set(small_graph().scan())


def test_values_are_bound_as_terms(loaded: RemoteStore) -> None:
    query = f"SELECT ?s {{ ?s {node('name')} ?name }}"
    assert loaded.select(query, {"name": ox.Literal("hola", language="es")}).rows == [(node("x").value,)]
    assert loaded.select(query, {"name": ox.Literal("hola")}).rows == []
    hostile = ox.Literal('") } DROP ALL #')
    assert loaded.select(query, {"name": hostile}).rows == []


def test_triples_and_raw_answers(loaded: RemoteStore, tmp_path: Path) -> None:
    found = loaded.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {node('x')} ?p ?o BIND({node('x')} AS ?s) }}")
    assert len(found) == 3
    path = tmp_path / "out.csv"
    with path.open("wb") as output:
        loaded.write_answer(f"SELECT ?o {{ {node('x')} {node('knows')} ?o }}", output, "csv")
    assert path.read_text(encoding="utf-8").split()[1].strip('"') == node("s1").value


def test_a_wrong_query_is_the_users_mistake(loaded: RemoteStore) -> None:
    with pytest.raises(QueryError, match="cannot read the query"):
        loaded.select("SELECT ?x {")


def test_a_push_without_changes_sends_nothing(remote: Remote, tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    store = small_graph()
    push(store, remote.target, notes, remove_others=GRAPHS)
    again = push(store, remote.target, notes)
    assert (again.sent, again.kept) == (0, 2)
    store.extend([ox.Quad(node("new"), node("p0"), ox.Literal("v"), node("g1"))])
    store.engine.remove_graph(node("g0"))
    changed = push(store, remote.target, notes, remove_others=GRAPHS)
    assert (changed.sent, changed.kept, changed.removed) == (1, 0, 1)
    with_rest = RemoteStore(remote.target.query, remote.access)
    assert [g for g in with_rest.graphs() if g.startswith(GRAPHS)] == [node("g1").value]
    with_rest.close()


def test_a_push_that_was_cut_off_goes_on_after_the_last_verified_graph(remote: Remote, tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    push(EmbeddedStore.memory(), remote.target, notes, remove_others=GRAPHS)

    class Breaks(EmbeddedStore):
        def scan(self, subject=None, predicate=None, object=None, graph=None):  # type: ignore[no-untyped-def]
            if graph == node("g1"):
                raise KeyboardInterrupt
            return super().scan(subject, predicate, object, graph)

    with pytest.raises(KeyboardInterrupt):
        push(Breaks(small_graph().engine), remote.target, notes)
    rest = push(small_graph(), remote.target, notes)
    assert (rest.sent, rest.kept) == (1, 1)


def test_updates_load_as_well_as_the_graph_store(oxigraph: Remote, tmp_path: Path) -> None:
    update = oxigraph.target.query.replace("/query", "/update")
    target = Target(oxigraph.target.query, update=update)
    report = push(small_graph(), target, tmp_path / "notes.json", remove_others=GRAPHS)
    assert report.sent == 2
    reader = RemoteStore(target.query)
    assert set(map(str, reader.scan(graph=node("g1")))) == set(map(str, small_graph().scan(graph=node("g1"))))
    reader.close()


def test_a_server_that_lost_triples_is_found_out(
    oxigraph: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = RemoteStore.size
    monkeypatch.setattr(RemoteStore, "size", lambda self, graph: counted(self, graph) - 1)
    with pytest.raises(ServiceError, match="were sent"):
        push(small_graph(), oxigraph.target, tmp_path / "notes.json")


@contextmanager
def scripted(statuses: list[int]) -> Iterator[tuple[str, list[str]]]:
    """A server that answers with these statuses one after the other."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.headers.get("authorization", ""))
            self.rfile.read(int(self.headers.get("content-length", 0)))
            status = statuses[min(len(seen), len(statuses)) - 1]
            body = b'{"head":{},"boolean":true}' if status == 200 else b"not now"
            self.send_response(status)
            self.send_header("content-type", "application/sparql-results+json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql", seen
    finally:
        server.shutdown()
        server.server_close()


def read(url: str, access: Access) -> int:
    connection = Connection(url, access, sleep=lambda seconds: None)
    try:
        with connection.read([("query", "ASK {}")], "application/sparql-results+json") as response:
            return response.status_code
    finally:
        connection.close()


def test_reading_is_tried_again_when_a_server_is_overloaded() -> None:
    with scripted([503, 429, 200]) as (url, seen):
        assert read(url, Access()) == 200
        assert len(seen) == 3


def test_a_server_that_worked_for_long_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr("policygraph.graph.http.time.monotonic", lambda: float(next(clock)))
    with scripted([503, 200]) as (url, seen):
        with pytest.raises(Exception, match="503"):
            read(url, Access())
        assert len(seen) == 1


def test_what_will_not_pass_is_not_tried_again() -> None:
    for status, error in ((400, QueryError), (401, ServiceError), (404, ServiceError)):
        with scripted([status]) as (url, seen):
            with pytest.raises(error):
                read(url, Access())
            assert len(seen) == 1


def test_changes_are_sent_once() -> None:
    with scripted([503, 200]) as (url, seen):
        connection = Connection(url, Access())
        with pytest.raises(Exception, match="503"):
            connection.write("POST", url, b"x", "application/sparql-update")
        connection.close()
        assert len(seen) == 1


def test_the_token_is_sent_and_the_address_holds_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_ENDPOINT_TOKEN", "word")
    with scripted([200]) as (url, seen):
        read(url, Access())
        assert seen == ["Bearer word"]
    with pytest.raises(UsageError, match="password"):
        Connection("https://user:secret@example.org/sparql")
    with pytest.raises(UsageError):
        Connection("file:///etc/passwd")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(ServiceError, match="cannot be reached"):
        read("http://127.0.0.1:9/sparql", replace(Access(), tries=2))
