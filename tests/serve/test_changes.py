"""Updates and graph replacement: guarded, all or nothing, visible at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serve.conftest import JSON, Server, node, serving

TOKEN = {"authorization": "Bearer write-word"}
UPDATE = {"content-type": "application/sparql-update"}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("writable")
        yield stack.enter_context(serving(folder, writable=True, write_token="write-word"))


def update(server: Server, text: str, headers: dict[str, str] = TOKEN, **parameters: Any) -> httpx.Response:
    return httpx.post(server.sparql, content=text, params=parameters, headers={**UPDATE, **headers}, timeout=30)


def holds(server: Server, pattern: str) -> bool:
    return bool(server.get(f"ASK {{ {pattern} }}").json()["boolean"])


def test_an_update_needs_the_token(writable: Server) -> None:
    text = "INSERT DATA { <urn:no> <urn:b> 1 }"
    assert update(writable, text, {}).status_code == 401
    assert update(writable, text, {"authorization": "Bearer other"}).status_code == 401
    assert not holds(writable, "<urn:no> ?p ?o")


def test_an_update_is_seen_by_the_next_query(writable: Server) -> None:
    text = "INSERT DATA { GRAPH <urn:g1> { <urn:a> <urn:b> 1 } GRAPH <urn:g2> { <urn:c> <urn:d> <http://x/a%20b> } }"
    assert update(writable, text).status_code == 204
    assert holds(writable, "GRAPH <urn:g1> { <urn:a> <urn:b> 1 } GRAPH <urn:g2> { ?s ?p <http://x/a%20b> }")
    form = httpx.post(writable.sparql, data={"update": "DELETE WHERE { GRAPH <urn:g2> { ?s ?p ?o } }"}, headers=TOKEN)
    assert form.status_code == 204
    assert not holds(writable, "GRAPH <urn:g2> { ?s ?p ?o }")


def test_the_default_graph_takes_data(writable: Server) -> None:
    assert update(writable, "INSERT DATA { <urn:default> <urn:b> 1 }").status_code == 204
    assert holds(writable, "<urn:default> <urn:b> 1")
    assert update(writable, "DELETE WHERE { <urn:default> <urn:b> ?o }").status_code == 204
    assert not holds(writable, "<urn:default> <urn:b> 1")


def test_graphs_named_by_the_request_confine_the_update(writable: Server) -> None:
    update(writable, "INSERT DATA { GRAPH <urn:kept> { <urn:k> <urn:b> 1 } }")
    text = "DELETE { GRAPH <urn:kept> { <urn:k> <urn:b> ?o } } WHERE { <urn:k> <urn:b> ?o }"
    assert update(writable, text, **{"using-graph-uri": "urn:other"}).status_code == 204
    assert holds(writable, "GRAPH <urn:kept> { <urn:k> <urn:b> 1 }")
    assert update(writable, text, **{"using-graph-uri": "urn:kept"}).status_code == 204
    assert not holds(writable, "GRAPH <urn:kept> { <urn:k> <urn:b> 1 }")
    both = "WITH <urn:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert update(writable, both, **{"using-graph-uri": "urn:other"}).status_code == 400


def test_a_wrong_update_changes_nothing_at_all(writable: Server) -> None:
    text = "INSERT DATA { <urn:half> <urn:b> 1 } ; INSERT DATA { <urn:half"
    response = update(writable, text)
    assert response.status_code == 400
    assert "line 1" in response.text
    assert not holds(writable, "<urn:half> ?p ?o")
    assert update(writable, "LOAD <http://127.0.0.1:1/x>").status_code == 400


def test_graphs_are_replaced_extended_and_removed(writable: Server) -> None:
    where = {"graph": "urn:store"}
    url = f"{writable.url}/graphs"

    def send(method: str, body: str = "", kind: str = "text/turtle", headers: dict[str, str] = TOKEN) -> int:
        options = {"params": where, "headers": {**headers, "content-type": kind}, "timeout": 30}
        return httpx.request(method, url, content=body, **options).status_code

    def read() -> list[str]:
        response = httpx.get(url, params=where, headers={"accept": "application/n-triples"})
        return sorted(response.text.splitlines()) if response.is_success else []

    assert send("PUT", "<urn:x> <urn:p> 1 .", headers={}) == 401
    assert send("PUT", "<urn:x> <urn:p> <urn:1> .") == 201
    assert send("POST", "<urn:x> <urn:p> <urn:2> .") == 204
    assert read() == ["<urn:x> <urn:p> <urn:1> .", "<urn:x> <urn:p> <urn:2> ."]
    assert send("PUT", "<urn:x> <urn:p> <urn:3> .") == 204
    assert read() == ["<urn:x> <urn:p> <urn:3> ."]
    assert send("PUT", "<urn:x> <urn:p") == 400
    assert read() == ["<urn:x> <urn:p> <urn:3> ."]
    assert send("PUT", "x", "text/csv") == 415
    assert send("DELETE") == 204
    assert send("DELETE") == 404
    assert read() == []


def test_an_update_without_end_is_ended(tmp_path: Path, start: Callable[..., Server]) -> None:
    server = start(writable=True, write_token="write-word", limits={"seconds": 2.0})
    where = "GRAPH ?x { ?a ?p ?b } GRAPH ?y { ?c ?q ?d } GRAPH ?z { ?e ?r ?f }"
    text = f"INSERT {{ GRAPH <urn:n> {{ ?a ?q ?f }} }} WHERE {{ {where} }}"
    response = update(server, text)
    assert response.status_code == 503
    assert "time limit of 2 s" in response.text
    assert not holds(server, "GRAPH <urn:n> { ?s ?p ?o }")
    assert update(server, "INSERT DATA { <urn:after> <urn:b> 1 }").status_code == 204
    assert holds(server, f"<urn:after> ?p ?o . {node('s1')} ?q ?x")
    assert server.get("ASK { <urn:after> ?p ?o }", JSON).json()["boolean"] is True
