"""Answers one query in a process of its own, which a time limit can really end.

Nothing stops a query inside the engine once it runs, so a limited query runs in
a child over the same read-only store. The child reads the request as JSON from
standard input and writes the answer in a standard format to standard output:
SPARQL results JSON, or N-Triples.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from policygraph.child import command, environment
from policygraph.errors import QueryError, QueryLimitError
from policygraph.graph.ordering import Result, in_order
from policygraph.graph.results import RESULT_FORMATS, Triples, table
from policygraph.graph.sparql import names_its_graphs
from policygraph.iris import PREFIXES
from policygraph.table import Table

_FAILED = 3
Answer = Table | bool | Triples


def run(store: ox.Store, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Evaluate query text over the union of all named graphs, or over the graphs that it names itself."""
    return store.query(sparql, use_default_graph_as_union=not names_its_graphs(sparql), prefixes=PREFIXES)


def answer(store: ox.Store, sparql: str) -> Answer:
    """Evaluate query text as `run` does, to a table, a truth value or triples."""
    return _answer(in_order(lambda text: run(store, text), sparql))


def limited(store: Path, sparql: str, timeout: float) -> Answer:
    """Answer a query within `timeout` seconds of wall time.

    Raises:
        QueryLimitError: the time was up; the query has been ended.
        QueryError: the query failed.
    """
    return _answer(_in_a_process(store, sparql, timeout))


def _answer(result: Result | Table) -> Answer:
    if isinstance(result, Table):
        return result
    if isinstance(result, ox.QuerySolutions):
        return table(result)
    return bool(result) if isinstance(result, ox.QueryBoolean) else Triples.of(list(result))


def _in_a_process(store: Path, sparql: str, timeout: float) -> Result:
    request = json.dumps({"store": str(store), "sparql": sparql}).encode()
    words = command("policygraph.graph.worker")
    try:
        done = subprocess.run(
            words, input=request, capture_output=True, timeout=timeout, check=False, env=environment()
        )
    except subprocess.TimeoutExpired as error:
        raise QueryLimitError(
            f"the query did not finish within {timeout:g} s and was ended", hint="narrow it, or allow it more time"
        ) from error
    if done.returncode == _FAILED:
        raise QueryError(done.stderr.decode().strip())
    if done.returncode:
        raise QueryError(f"the query process ended with code {done.returncode}", hint="the query may need less memory")
    if done.stdout.startswith(b"{"):
        return ox.parse_query_results(done.stdout, format=ox.QueryResultsFormat.JSON)
    return (quad.triple for quad in ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES))


def main(source: BinaryIO, target: BinaryIO) -> int:
    """Serve one request; returns the exit code of the process."""
    request = json.loads(source.read())
    try:
        result = run(ox.Store.read_only(request["store"]), request["sparql"])
        if isinstance(result, ox.QueryTriples):
            result.serialize(target, format=ox.RdfFormat.N_TRIPLES)
        else:
            result.serialize(target, format=RESULT_FORMATS["json"])
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        sys.stderr.write(str(error))
        return _FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
