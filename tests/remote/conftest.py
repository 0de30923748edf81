"""Two independent SPARQL servers, on loopback, each with a store of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from policygraph.graph.http import Access
from policygraph.graph.push import Target

VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
NumberOfBuffers = 10000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
[SPARQL]
ResultSetMaxRows = 500
"""


@dataclass(frozen=True)
class Remote:
    """A running server: where it is asked, and where it takes graphs."""

    name: str
    target: Target

    @property
    def access(self) -> Access:
        return self.target.access


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise AssertionError(f"{url}: the server ended with code {process.returncode}")
        try:
            if httpx.get(url, params={"query": "ASK { ?s ?p ?o }"}, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("Oxigraph's server is not installed")
    url = f"http://127.0.0.1:{free_port()}"
    folder = tmp_path_factory.mktemp("oxigraph")
    process = subprocess.Popen([program, "serve", "--location", str(folder), "--bind", url.removeprefix("http://")])
    try:
        wait_for(f"{url}/query", process)
        yield Remote("oxigraph", Target(f"{url}/query", graph_store=f"{url}/store"))
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed")
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, port=port, sql_port=free_port()), encoding="utf-8")
    url = f"http://127.0.0.1:{port}"
    command = [program, "+configfile", str(settings), "+foreground"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"{url}/sparql", process)
        graphs = f"{url}/sparql-graph-crud-auth"
        yield Remote("virtuoso", Target(f"{url}/sparql", graph_store=graphs, access=Access(scheme="digest")))
    finally:
        process.kill()
        process.wait(20)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Remote:
    server: Remote = request.getfixturevalue(request.param)
    if server.name == "virtuoso":
        # What a fresh Virtuoso is set up with; it listens on this machine alone.
        monkeypatch.setenv("POLICYGRAPH_ENDPOINT_USER", "dba")
        monkeypatch.setenv("POLICYGRAPH_ENDPOINT_PASSWORD", "dba")
    return server
