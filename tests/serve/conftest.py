"""A real server in a process of its own, over a real store on disk."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from policygraph.graph.generations import BuildFolder

SOURCE = Path(__file__).resolve().parents[2] / "src"
JSON = "application/sparql-results+json"
PROGRAM = """
import json, sys
from pathlib import Path
from policygraph.serve.limits import Limits
from policygraph.serve.server import run
from policygraph.serve.settings import Settings
options = json.loads(sys.argv[1])
limits = Limits(**options.pop("limits"))
run(Settings(build=Path(options.pop("build")), limits=limits, services=tuple(options.pop("services")), **options))
"""


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://example.org/{name}")


def quads(number: int = 2000) -> list[ox.Quad]:
    made = [
        ox.Quad(node(f"s{i}"), node(f"p{i % 5}"), ox.Literal(f"value {i}"), node(f"g{i % 2}")) for i in range(number)
    ]
    made.append(ox.Quad(node("a%20b"), node("p0"), node("x%20y"), node("g0")))
    return made


def put_generation(build: Path, content: list[ox.Quad]) -> None:
    """What a build does: write a new generation, then switch to it in one step."""
    folder = BuildFolder(build)
    with folder.lock(), folder.new_generation() as generation:
        store = ox.Store(str(generation / "store"))
        store.bulk_extend(content)
        store.flush()
        del store
        folder.publish(generation)


@dataclass
class Server:
    url: str
    build: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def sparql(self) -> str:
        return f"{self.url}/sparql"

    def get(self, query: str, accept: str = JSON, **options: Any) -> httpx.Response:
        return httpx.get(self.sparql, params={"query": query}, headers={"accept": accept}, timeout=60, **options)

    def logged(self) -> list[dict[str, Any]]:
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, content: list[ox.Quad] | None = None, **options: Any) -> Iterator[Server]:
    build = folder / "build"
    put_generation(build, quads() if content is None else content)
    with serving_build(folder, build, **options) as server:
        yield server


@contextmanager
def serving_build(folder: Path, build: Path, **options: Any) -> Iterator[Server]:
    environment = options.pop("environment", {})
    settings = {"build": str(build), "port": free_port(), "limits": {}, "services": [], **options}
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, json.dumps(settings)],
            stderr=out,
            stdout=out,
            env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin", **environment},
        )
    server = Server(f"http://127.0.0.1:{settings['port']}", build, process, log)
    try:
        for _ in range(200):
            if process.poll() is not None:
                raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")
            try:
                httpx.get(f"{server.url}/health", timeout=2)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server with the usual limits, shared by tests that leave it as it is."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers with settings of their own."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(serving(tmp_path, **options))
