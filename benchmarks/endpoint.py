"""The endpoint beside Oxigraph's own server on the same store, in one run; and how it bears an attack.

Run `python -m benchmarks.endpoint [TRIPLES] [SECONDS]` from the top of the repository. Everything stays on this
machine's loopback address. What counts are the ratios; times are those of a machine that does nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import pyoxigraph as ox  # noqa: E402

from benchmarks.measuring import note  # noqa: E402
from policygraph.graph.generations import BuildFolder, write_json  # noqa: E402

BASE = "https://example.org/"
CLIENTS, ATTACKERS = 8, 200
JSON = "application/sparql-results+json"
SMALL = f"SELECT ?p ?o WHERE {{ GRAPH ?g {{ <{BASE}s{{n}}> ?p ?o }} }}"
HOSTILE: tuple[Callable[[int], str], ...] = (
    lambda n: f"SELECT * {{ ?a ?p ?b . ?c ?q ?d FILTER(?b != 'x{n}') }} ORDER BY ?b ?d",
    lambda n: f"SELECT (COUNT(*) AS ?n{n}) {{ ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }}",
    lambda n: f"SELECT * {{ ?a (!<urn:{n}>|^!<urn:x>)* ?b . ?b (!<urn:z>)* ?c }}",
    lambda n: f"SELECT * {{ VALUES ?x {{ {' '.join(f'<urn:{n}-{i}>' for i in range(20_000))} }} ?s ?p ?x . ?a ?b ?c }}",
    lambda n: f"SELECT * {{ ?s ?p ?o FILTER(REGEX(STR(?o), '^(a+)+{n}$|(v.*){{20}}')) ?t ?q ?r }} ORDER BY ?r",
    lambda n: "SELECT * { ?s ?p '" + "x" * 10_000_000 + f"{n}' }}",
)


# --- the store and the servers ----------------------------------------------


def make_build(folder: Path, triples: int) -> Path:
    """A build folder with this many triples in a hundred graphs; things link to each other."""
    rng = random.Random(7)

    def quads() -> Iterator[ox.Quad]:
        predicates = [ox.NamedNode(f"{BASE}p{i}") for i in range(20)]
        graphs = [ox.NamedNode(f"{BASE}g{i}") for i in range(100)]
        for number in range(triples // 5):
            subject, graph = ox.NamedNode(f"{BASE}s{number}"), graphs[number % 100]
            for _ in range(3):
                target = ox.NamedNode(f"{BASE}s{rng.randrange(triples // 5)}")
                yield ox.Quad(subject, rng.choice(predicates), target, graph)
            yield ox.Quad(subject, predicates[0], ox.Literal(f"value {number}"), graph)
            yield ox.Quad(subject, predicates[1], ox.Literal(str(number)), graph)

    build = BuildFolder(folder / "build")
    with build.lock(), build.new_generation() as generation:
        store = ox.Store(str(generation / "store"))
        store.bulk_extend(quads())
        store.flush()
        store.optimize()
        del store
        write_json(generation / "report.json", {"title": "Benchmark"})
        build.publish(generation)
    return build.out


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[float]:
    """A server; yields the seconds that pass from its start to its first answer."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        while True:
            try:
                with Client(port, path) as client:
                    client.ask("ASK { ?s ?p ?o }")
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - begin > 60:
                    raise SystemExit(f"{command[0]} did not start") from None
                time.sleep(0.005)
        yield time.perf_counter() - begin
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@contextmanager
def policygraph(build: Path, *options: str) -> Iterator[tuple[int, str, float]]:
    port = free_port()
    command = [sys.executable, "-m", "policygraph", "serve", "--graph", str(build), "--port", str(port), *options]
    with running(command, port, "/sparql") as seconds:
        yield port, "/sparql", seconds


@contextmanager
def oxigraph(build: Path) -> Iterator[tuple[int, str, float]]:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        raise SystemExit("Oxigraph's server is not installed: pip install oxigraph")
    port, store = free_port(), (build / "store").resolve()
    command = [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with running([*command, "--union-default-graph"], port, "/query") as seconds:
        yield port, "/query", seconds


# --- clients ----------------------------------------------------------------


class Client:
    """One connection that is kept open; as little work as a client can do."""

    def __init__(self, port: int, path: str, timeout: float = 60) -> None:
        self.channel = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = f"GET {path}?query="
        self.tail = f" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {JSON}\r\n\r\n"
        self.port, self.path = port, path

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.channel.close()

    def ask(self, text: str) -> int:
        """The status of the answer, which is read to its end."""
        if len(text) < 20_000:
            self.channel.sendall((self.head + quote(text) + self.tail).encode())
        else:
            head = f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {JSON}\r\n"
            kind = f"Content-Type: application/sparql-query\r\nContent-Length: {len(text)}\r\n\r\n"
            self.channel.sendall((head + kind + text).encode())
        return self._read()

    def _read(self) -> int:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        low = head.lower()
        if b"content-length:" in low:
            rest = int(low.partition(b"content-length:")[2].split(b"\r\n")[0]) - len(body)
            while rest > 0:
                rest -= len(self._more())
        elif b"chunked" in low:
            while not body.endswith(b"0\r\n\r\n"):
                body = body[-8:] + self._more()
        return int(head.split(b" ", 2)[1])

    def _more(self) -> bytes:
        piece = self.channel.recv(1 << 16)
        if not piece:
            raise ConnectionError
        return piece


def ask_on(port: int, path: str, seed: int, end: float, out: multiprocessing.Queue, pause: float, things: int) -> None:
    """Small queries one after the other until the end; puts the time that each took and the statuses."""
    rng, times, statuses = random.Random(seed), [], Counter()
    client = Client(port, path)
    while time.monotonic() < end:
        text = SMALL.replace("{n}", str(rng.randrange(things)))
        begin = time.perf_counter()
        try:
            statuses[client.ask(text)] += 1
        except OSError:
            statuses[0] += 1
            client = Client(port, path)
        times.append(time.perf_counter() - begin)
        if pause:
            time.sleep(pause)
    out.put((times, statuses))


def attack(port: int, path: str, number: int, end: float) -> None:
    """One hostile client: most send hostile queries, some read slowly, some only hold connections open."""
    while time.monotonic() < end:
        try:
            if number % 10 == 8:
                _read_slowly(port, path, end)
            elif number % 10 == 9:
                _hold_open(port, end)
            else:
                with Client(port, path, timeout=max(0.1, end - time.monotonic())) as client:
                    client.ask(HOSTILE[number % len(HOSTILE)](number))
        except OSError:
            time.sleep(0.2)


def _read_slowly(port: int, path: str, end: float) -> None:
    with socket.create_connection(("127.0.0.1", port)) as channel:
        text = quote("SELECT * { ?s ?p ?o } LIMIT 200000")
        channel.sendall(f"GET {path}?query={text} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        while time.monotonic() < end:
            channel.recv(10)
            time.sleep(0.5)


def _hold_open(port: int, end: float) -> None:
    with socket.create_connection(("127.0.0.1", port)) as channel:
        channel.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127")
        channel.settimeout(max(0.1, end - time.monotonic()))
        channel.recv(1)


def load(port: int, path: str, seconds: float, things: int, clients: int = CLIENTS, pause: float = 0.0) -> Load:
    """Let clients ask for a while, each in a process of its own."""
    context = multiprocessing.get_context("fork")
    out: multiprocessing.Queue = context.Queue()
    end = time.monotonic() + seconds
    arguments = [(port, path, seed, end, out, pause, things) for seed in range(clients)]
    processes = [context.Process(target=ask_on, args=a) for a in arguments]
    for process in processes:
        process.start()
    found = Load(seconds)
    for _ in processes:
        try:
            times, statuses = out.get(timeout=seconds + 90)
        except queue.Empty:
            break
        found.times += times
        found.statuses += statuses
    for process in processes:
        process.join(5)
        process.kill()
    return found


class Load:
    """What clients saw."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.times: list[float] = []
        self.statuses: Counter[int] = Counter()

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.statuses[200] / self.seconds

    def quantile(self, q: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(q * len(ordered)))]

    def __str__(self) -> str:
        failed = {k: v for k, v in self.statuses.items() if k != 200}
        times = f"p50 {self.quantile(0.5):7.2f} ms  p99 {self.quantile(0.99):8.2f} ms"
        return f"{self.rate:8.0f} answers/s  {times}" + (f"  failed {failed}" if failed else "")


# --- what is measured -------------------------------------------------------


def throughput(build: Path, seconds: float, things: int) -> None:
    """Small queries, each for another thing, on both servers in turn."""
    found: dict[str, list[Load]] = {"policygraph": [], "oxigraph": []}
    starts = {}
    with ExitStack() as stack:
        servers = {"policygraph": policygraph(build), "oxigraph": oxigraph(build)}
        opened = {name: stack.enter_context(server) for name, server in servers.items()}
        for _ in range(3):
            for name, (port, path, start) in opened.items():
                starts[name] = start
                found[name].append(load(port, path, seconds, things))
        port, path, _ = opened["policygraph"]
        same = load(port, path, seconds, 1)
    middle = {name: sorted(loads, key=lambda one: one.rate)[1] for name, loads in found.items()}
    for name, one in middle.items():
        print(f"  {name:12} {one}  start {starts[name]:.2f} s")
    print(f"  policygraph, the same query again and again: {same}")
    ours, theirs = ([1000 / max(one.rate, 0.001) for one in found[name]] for name in ("policygraph", "oxigraph"))
    what, peer = f"time for a small query, {CLIENTS} clients", "Oxigraph's server"
    note("endpoint", what, ours, peer=peer, theirs=theirs, unit="ms an answer")


def under_attack(build: Path, seconds: float, things: int) -> None:
    """Small queries at a moderate pace, first in peace, then beside hostile clients."""
    context = multiprocessing.get_context("fork")
    with policygraph(build, "--timeout", "5") as (port, path, _):
        peace = load(port, path, seconds, things, clients=2, pause=0.02)
        print(f"  in peace     {peace}")
        end = time.monotonic() + 2 * seconds + 5
        hostile = [context.Process(target=attack, args=(port, path, n, end)) for n in range(ATTACKERS)]
        for process in hostile:
            process.start()
        time.sleep(2)
        attacked = load(port, path, 2 * seconds, things, clients=2, pause=0.02)
        print(f"  under attack {attacked}")
        for process in hostile:
            process.kill()
        for process in hostile:
            process.join()
        after = load(port, path, seconds, things, clients=2, pause=0.02)
        print(f"  afterwards   {after}")
    times, usual = [attacked.quantile(0.99)], [peace.quantile(0.99)]
    what = f"99 of 100 small queries, beside {ATTACKERS} hostile clients"
    note("endpoint", what, times, peer="the same in peace", theirs=usual, unit="ms")


def main(triples: int = 1_000_000, seconds: float = 4.0) -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory(prefix="policygraph-bench-") as folder:
        build = make_build(Path(folder), triples)
        things = triples // 5
        print(f"{triples:,} triples, {CLIENTS} clients, small queries")
        throughput(build, seconds, things)
        print(f"{ATTACKERS} hostile clients, time limit 5 s")
        under_attack(build, seconds, things)
        starts = []
        for _ in range(3):
            with policygraph(build) as (_, _, start):
                starts.append(start)
        note("endpoint", "start to first answer", starts, unit="s")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:3]))
