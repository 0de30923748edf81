"""A query that runs away is ended, says why, and takes nothing else down."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.serve.conftest import JSON, Server

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
HUNGRY = "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b ?d"
WIDE = "SELECT * { ?a ?p ?b . ?c ?q ?d }"


def test_each_limit_is_named_and_the_next_query_is_answered(start: Callable[..., Server]) -> None:
    server = start(limits={"seconds": 1.5, "memory_mb": 120, "result_mb": 2})
    for query, limit in ((ENDLESS, "time limit of 1.5 s"), (WIDE, "result limit of 2 MB")):
        response = server.get(query)
        assert response.status_code == 503
        assert limit in response.text
        assert server.get("ASK { ?s ?p ?o }").status_code == 200


def test_memory_runs_out_in_one_process_alone(start: Callable[..., Server]) -> None:
    server = start(limits={"seconds": 30, "memory_mb": 60})
    response = server.get(HUNGRY)
    assert "memory limit of 60 MB" in response.text
    assert server.process.poll() is None
    assert server.get("ASK { ?s ?p ?o }").status_code == 200


def test_a_query_too_deep_to_read_is_refused(server: Server) -> None:
    deep = "SELECT * { FILTER(" + "(" * 300_000 + "1" + ")" * 300_000 + ") }"
    response = httpx.post(server.sparql, data={"query": deep}, headers={"accept": JSON}, timeout=30)
    assert response.status_code == 400
    assert "nested" in response.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://169.254.169.254/> { ?s ?p ?o } }",
        "SELECT * { BIND(<http://127.0.0.1:1/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:1/> SELECT * { SERVICE x: { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE#comment\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_no_query_makes_the_server_call_elsewhere(server: Server, query: str) -> None:
    response = server.get(query)
    assert response.status_code == 403
    assert "SERVICE" in response.text


def test_the_word_service_is_no_request(server: Server) -> None:
    assert server.get("SELECT ?service { ?service ?p 'SERVICE <http://a/>' } # SERVICE").status_code == 200


def test_small_queries_are_answered_while_large_ones_fill_the_server(start: Callable[..., Server]) -> None:
    server = start(limits={"seconds": 2, "memory_mb": 300, "wait": 3})
    stop = time.monotonic() + 6
    outcomes: list[int] = []

    def attack(number: int) -> None:
        queries = [
            f"SELECT (COUNT(*) AS ?n{number}) {{ ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }}",
            f"SELECT * {{ ?a ?p ?b . ?c ?q ?d FILTER(?b != 'x{number}') }} ORDER BY ?b ?d",
            f"SELECT * {{ ?a (!<urn:{number}>|^!<urn:x>)* ?b . ?b (!<urn:z>)* ?c }}",
        ]
        # A bare connection: thirty clients with all their comfort would keep this process too busy to ask at all.
        connection = http.client.HTTPConnection("127.0.0.1", int(server.url.rpartition(":")[2]), timeout=60)
        while time.monotonic() < stop:
            connection.request("GET", f"/sparql?query={quote(queries[number % 3])}", headers={"Accept": JSON})
            response = connection.getresponse()
            response.read()
            outcomes.append(response.status)
        connection.close()

    with ThreadPoolExecutor(30) as pool:
        for number in range(30):
            pool.submit(attack, number)
        time.sleep(1)
        answered = []
        with httpx.Client(timeout=20) as client:
            while time.monotonic() < stop - 1:
                begin = time.monotonic()
                query = f"SELECT ?o {{ <https://example.org/s{len(answered)}> ?p ?o }}"
                status = client.get(server.sparql, params={"query": query}, headers={"accept": JSON}).status_code
                answered.append((status, time.monotonic() - begin))
    assert {status for status, _ in answered} == {200}
    assert len(answered) >= 5
    assert set(outcomes) <= {200, 503}


def test_a_reader_that_stops_reading_holds_no_worker(start: Callable[..., Server]) -> None:
    server = start(limits={"seconds": 10, "quick_workers": 1, "slow_workers": 1})
    port = int(server.url.rpartition(":")[2])
    lazy = []
    for _ in range(3):
        channel = socket.create_connection(("127.0.0.1", port))
        query = quote("SELECT * { ?a ?p ?b . ?c <https://example.org/p1> ?d } LIMIT 100000")
        channel.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        lazy.append(channel)
    time.sleep(1.5)
    assert server.get("ASK { ?s ?p 'value 1' }").status_code == 200
    for channel in lazy:
        channel.close()


def test_half_open_connections_are_dropped(start: Callable[..., Server]) -> None:
    server = start(limits={"read_seconds": 1.0})
    port = int(server.url.rpartition(":")[2])
    half = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    half[0].sendall(b"GET /sparql HTTP/1.1\r\nHost: 127")
    assert server.get("ASK { ?s ?p ?o }").status_code == 200
    for channel in half:
        channel.settimeout(5)
        assert channel.recv(1) == b""
        channel.close()


def test_half_a_second_request_is_dropped_as_well(start: Callable[..., Server]) -> None:
    server = start(limits={"read_seconds": 1.0})
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=10) as channel:
        channel.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):
            answer += channel.recv(4096)
        channel.sendall(b"GET /health HTTP/1.1\r\nHost: 127")
        assert channel.recv(4096) == b""


def test_large_results_leave_nothing_on_disk(tmp_path: Path, start: Callable[..., Server]) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    environment = {"TMPDIR": str(spool)}
    server = start(limits={"seconds": 12.0, "result_mb": 20, "spool_mb": 40}, environment=environment)
    port = int(server.url.rpartition(":")[2])

    def left() -> list[Path]:
        return [path for path in spool.rglob("*") if path.is_file()]

    def space() -> int:
        total = 0
        for path in left():
            with contextlib.suppress(FileNotFoundError):
                total += path.stat().st_size
        return total

    large = "SELECT ?b ?d { ?a <https://example.org/p1> ?b . ?c ?q ?d } LIMIT 200000"
    assert len(server.get(large).content) > 14_000_000
    assert server.get(WIDE).status_code == 503
    assert "time limit" in server.get(f"SELECT * {{ {{ {WIDE} LIMIT 10000 }} UNION {{ {ENDLESS} }} }}").text
    lazy = []
    for number in range(4):
        channel = socket.socket()
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        channel.connect(("127.0.0.1", port))
        query = quote(large.replace("200000", str(200000 + number)))
        channel.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        lazy.append(channel)
        time.sleep(1)
    # A result that is being written counts once it is whole; one that is too much is then removed.
    deadline = time.monotonic() + 15
    while (spooled := space()) > 40 * 1024 * 1024 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert spooled <= 40 * 1024 * 1024
    assert "wait to be sent" in server.get(large.replace("200000", "200100")).text
    for channel in lazy:
        channel.close()
    deadline = time.monotonic() + 15
    while left() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left() == []
    assert server.get(large).status_code == 200


def test_a_query_that_nobody_waits_for_is_ended(start: Callable[..., Server]) -> None:
    server = start(limits={"seconds": 60})
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as channel:
        channel.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(2)
        assert "policygraph_running_queries 1" in httpx.get(f"{server.url}/metrics").text
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if "policygraph_running_queries 0" in httpx.get(f"{server.url}/metrics").text:
            break
        time.sleep(0.2)
    assert "policygraph_running_queries 0" in httpx.get(f"{server.url}/metrics").text


def test_a_body_that_trickles_in_is_given_up(start: Callable[..., Server]) -> None:
    server = start(limits={"read_seconds": 1.0})
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as channel:
        head = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n"
        channel.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\nSELECT".encode())
        channel.settimeout(6)
        assert b" 408 " in channel.recv(200)


def test_tokens_guard_reading_and_foreign_names_are_not_answered(start: Callable[..., Server]) -> None:
    server = start(read_token="word")
    assert server.get("ASK {}").status_code == 401
    assert server.get("ASK {}", auth=("any", "wrong")).status_code == 401
    assert server.get("ASK {}", auth=("any", "word")).status_code == 200
    bearer = {"authorization": "Bearer word", "accept": JSON}
    assert httpx.get(server.sparql, params={"query": "ASK {}"}, headers=bearer).status_code == 200
    assert httpx.get(f"{server.url}/health").status_code == 200
    rebound = {**bearer, "host": "attacker.example"}
    assert httpx.get(server.sparql, params={"query": "ASK {}"}, headers=rebound).status_code == 421


def test_a_stop_ends_every_process(start: Callable[..., Server]) -> None:
    server = start(limits={"seconds": 30}, stop_seconds=1)
    thread = threading.Thread(target=lambda: _quietly(server))
    thread.start()
    time.sleep(1)
    import psutil

    children = psutil.Process(server.process.pid).children(recursive=True)
    assert children
    server.process.terminate()
    assert server.process.wait(25) in (0, -15)
    thread.join()
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []


def _quietly(server: Server) -> None:
    try:
        server.get(ENDLESS)
    except httpx.TransportError:
        return
