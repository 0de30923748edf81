"""Lint: SPARQL checks over the whole graph that must return no row.

A check is a file in `ontology/lint/`. Its header gives a title, the severity, a
message and what to do; `{name}` in these two stands for a column of the result.
The column `node` is the thing at fault. Checks see the union of all graphs, and
single ones by GRAPH.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph import resources
from policygraph.errors import DataError
from policygraph.graph.findings import Finding, Report, Severity
from policygraph.graph.queryfile import QueryFile, read_query_files
from policygraph.iris import shorten

if TYPE_CHECKING:
    import pyoxigraph as ox

_KEYS = ("title", "severity", "message", "advice")
_SLOT = re.compile(r"\{(\w+)\}")


def load_checks(folder: Path | None = None) -> list[QueryFile]:
    """All lint checks, in the order of their names.

    Raises:
        DataError: a header is incomplete or gives an unknown severity.

    >>> "duplicate-triple" in [check.name for check in load_checks()]
    True
    """
    checks = list(read_query_files(folder or resources.ontology() / "lint", _KEYS))
    for check in checks:
        if check.header["severity"] not in list(Severity):
            known = ", ".join(Severity)
            raise DataError(f"unknown severity '{check.header['severity']}'", where=check.path, hint=f"use {known}")
    return checks


def lint(store: ox.Store, checks: Iterable[QueryFile] | None = None) -> Report:
    """Run lint checks, all of them unless some are given.

    Raises:
        DataError: a check is not a SELECT query with the columns that its header names.

    >>> import pyoxigraph as ox
    >>> len(lint(ox.Store()))
    0
    """
    return Report.of(
        finding for check in (load_checks() if checks is None else checks) for finding in _run(store, check)
    )


def _run(store: ox.Store, check: QueryFile) -> Iterator[Finding]:
    import pyoxigraph as ox

    try:
        solutions = store.query(check.text, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise DataError(f"the check is not valid SPARQL: {error}", where=check.path) from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise DataError("a check is a SELECT query", where=check.path)
    columns = {variable.value for variable in solutions.variables}
    missing = {"node", *_SLOT.findall(check.header["message"] + check.header["advice"])} - columns
    if missing:
        raise DataError(f"the query returns no column {', '.join(sorted(missing))}", where=check.path)
    severity = Severity(check.header["severity"])
    for solution in solutions:
        message, advice = (_fill(check.header[key], solution) for key in ("message", "advice"))
        yield Finding(severity, check.name, _words(solution["node"], full=True), message, advice)


def _fill(template: str, solution: ox.QuerySolution) -> str:
    return _SLOT.sub(lambda slot: _words(solution[slot[1]]), template)


def _words(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, full: bool = False) -> str:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return term.value if full else shorten(term.value)
    if isinstance(term, ox.Literal):
        return term.value
    return str(term)
