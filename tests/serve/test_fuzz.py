"""Whatever comes over the wire, the server answers with a status that says so, or hangs up, and lives on."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.serve.conftest import JSON, Server, serving

TOKEN = "Authorization: Bearer write-word"
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "PROPFIND"])
PATHS = st.sampled_from(
    ["/", "/sparql", "/sparql/", "/graphs", "/graphs/x", "/id/a", "/id/document/x", "/questions", "/search", "/editor"]
)
NAMES = st.sampled_from(
    ["query", "update", "default-graph-uri", "using-graph-uri", "graph", "default", "q", "ask", "version", "x"]
)
TYPES = st.sampled_from(
    [
        "application/sparql-query",
        "application/sparql-update",
        "application/x-www-form-urlencoded",
        "text/turtle",
        "application/ld+json",
        "multipart/form-data; boundary=b",
        "multipart/form-data",
        "text/plain; charset=utf-16",
        "",
    ]
)
SPARQL = st.sampled_from(
    [
        "ASK {}",
        "SELECT * { ?s ?p ?o } LIMIT 2",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "SELECT (1/0 AS ?x) {}",
        "DESCRIBE <>",
        "SELECT * FROM <> {}",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL; CLEAR",
        "--b\r\nContent-Disposition: form-data; name=x; filename=x.ttl\r\n\r\n<a> <b> <c> .\r\n--b--\r\n",
    ]
)
TEXT = st.one_of(SPARQL, st.text(max_size=60))
STATUSES = {200, 201, 204, 303, 304, 400, 401, 403, 404, 405, 406, 408, 412, 413, 415, 421, 431, 503}
FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("fuzz"), writable=True, write_token="write-word") as running:
        yield running


def exchange(server: Server, data: bytes, *, done: bool = False) -> bytes:
    """What comes back, until the server hangs up; `done` tells it that nothing more is sent."""
    got = b""
    with (
        socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=10) as channel,
        contextlib.suppress(OSError),
    ):
        with contextlib.suppress(ConnectionError):
            channel.sendall(data)
        if done:
            channel.shutdown(socket.SHUT_WR)
        while piece := channel.recv(65536):
            got += piece
    return got


def check(server: Server, answer: bytes) -> None:
    if answer:
        status = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
        assert status, answer[:80]
        assert int(status[1]) in STATUSES, answer[:300]
    assert server.process.poll() is None


@FUZZ
@given(METHODS, PATHS, st.lists(st.tuples(NAMES, TEXT), max_size=3), TYPES, TEXT, TEXT, st.booleans())
def test_requests_of_every_shape(
    server: Server, method: str, path: str, pairs: list[tuple[str, str]], kind: str, accept: str, body: str, token: bool
) -> None:
    # Changes to the data would make the examples depend on each other: only broken ones carry the token.
    query = "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)
    data = body.encode("utf-8", "surrogatepass")
    accept_line = re.sub(r"[^\x20-\x7e]", "?", accept)
    lines = [f"{method} {path}?{query} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {accept_line}", "Connection: close"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [TOKEN] if token and method != "DELETE" else []
    head = "\r\n".join([*lines, f"Content-Length: {len(data)}", "", ""]).encode("latin-1")
    answer = exchange(server, head + data)
    check(server, answer)
    assert answer, head
    assert b"Traceback" not in answer


@FUZZ
@given(st.binary(max_size=300))
def test_bytes_that_are_no_request(server: Server, data: bytes) -> None:
    check(server, exchange(server, data, done=True))


@FUZZ
@given(st.binary(max_size=80), st.sampled_from(["/sparql?query=", "/", "/id/", "/search?q=", "/questions/"]))
def test_bytes_in_the_address(server: Server, data: bytes, path: str) -> None:
    target = path.encode() + data.translate(None, b" \r\n\t\x00")
    check(server, exchange(server, b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))


@pytest.mark.parametrize(
    "lines",
    [
        "GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET /sparql HTTP/1.1\r\nConnection: close\r\n\r\n",
        "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK {}",
        "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\nASK {}",
        "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\nASK {}",
        "GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n folded\r\nConnection: close\r\n\r\n",
        "GET http://evil.example/sparql HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    ],
)
def test_requests_that_two_readers_could_read_differently(server: Server, lines: str) -> None:
    answer = exchange(server, lines.encode())
    assert re.match(rb"HTTP/1\.1 4\d\d ", answer), answer[:200]


def test_a_head_without_end_is_cut_off(server: Server) -> None:
    flood = b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: " + b"b" * 200_000
    assert b" 431 " in exchange(server, flood)[:40]
    long = b"GET /sparql?query=" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    assert re.match(rb"HTTP/1\.1 4\d\d ", exchange(server, long))


def test_afterwards_everything_works(server: Server) -> None:
    assert server.get("ASK { ?s ?p 'value 1' }", JSON).json()["boolean"] is True
    assert httpx.get(f"{server.url}/health").json()["status"] == "ok"
