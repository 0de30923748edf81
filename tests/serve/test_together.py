"""One graph, several users at once: a server, rebuilds under it, the shell, and changes by others."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import httpx
import pyoxigraph as ox

from tests.serve.conftest import JSON, SOURCE, Server, node, put_generation, quads

CLIENTS = 20
TOKEN = {"authorization": "Bearer write-word", "content-type": "application/sparql-update"}


@contextmanager
def asking(server: Server) -> Iterator[list[tuple[int, int]]]:
    """Twenty clients that count all statements, each time in other words; what they see: status and number."""
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", int(server.url.rpartition(":")[2]), timeout=60)
        while not stop.is_set():
            number += CLIENTS
            query = quote(f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(?o != 'x{number}') }}")
            connection.request("GET", f"/sparql?query={query}", headers={"Accept": JSON})
            response = connection.getresponse()
            body = response.read()
            value = json.loads(body)["results"]["bindings"][0]["n"]["value"] if response.status == 200 else -1
            seen.append((response.status, int(value)))
        connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not condition():
        time.sleep(0.05)
    assert condition()


def test_rebuilds_are_swapped_in_without_a_dropped_request(start: Callable[..., Server]) -> None:
    server = start()
    with asking(server) as seen:
        wait_until(lambda: len(seen) >= CLIENTS)
        for number in (3000, 2500, 2000):
            put_generation(server.build, quads(number))
            wait_until(lambda number=number: (200, number + 1) in seen[-CLIENTS:])  # type: ignore[misc]
    assert {status for status, _ in seen} == {200}
    assert {value for _, value in seen} == {2001, 2501, 3001}
    # What is no longer served is gone after the next build.
    put_generation(server.build, quads(10))
    assert len(list((server.build / ".generations").iterdir())) <= 3


def shell_count(server: Server) -> str:
    command = [sys.executable, "-m", "policygraph", "query", "--graph", str(server.build), "--format", "csv"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [*command, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def test_a_server_the_shell_and_changes_share_a_store(start: Callable[..., Server]) -> None:
    server = start(writable=True, write_token="write-word")
    counted = []
    with asking(server) as seen:
        for number in range(3):
            text = f"INSERT DATA {{ GRAPH <urn:new> {{ <urn:a{number}> <urn:b> {number} }} }}"
            assert httpx.post(server.sparql, content=text, headers=TOKEN, timeout=60).status_code == 204
            counted.append(int(shell_count(server)))
    assert counted == [2002, 2003, 2004]
    assert {status for status, _ in seen} == {200}
    assert {value for _, value in seen} <= {2001, 2002, 2003, 2004}
    store = ox.Store.read_only(str((server.build / "store").resolve()))
    assert len(list(store)) == len(store) == 2004
    assert ox.Quad(node("a%20b"), node("p0"), node("x%20y"), node("g0")) in store
