"""Every error a user can meet, in one tree.

::

    PolicyGraphError
    ├── UsageError            the call or command is wrong
    │   ├── UnknownNameError  no such actor, question, layer …; near names are offered
    │   └── MissingExtraError an optional package is not installed
    ├── ProjectError          policygraph.toml or a folder it names
    ├── SourceError           an article cannot be read
    ├── DataError             a table, frame or vocabulary file breaks its schema
    ├── GraphError            the store or RDF text
    │   ├── StoreMissingError there is no built graph there
    │   └── StoreVersionError the store was written by a newer policygraph
    ├── QueryError            SPARQL that cannot be answered
    │   └── QueryLimitError   a time, memory or result limit was reached
    └── ServiceError          a remote endpoint or model service
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

#: Names are listed in a message as long as they take no more characters.
_LISTED = 320


class PolicyGraphError(Exception):
    """A problem that a user can mend: where it is, what was expected, what to do.

    `exit_code` is what the command line ends with: 1 for problems found in
    data, 2 for a wrong call.

    >>> print(PolicyGraphError("the table has 3 columns, expected 4", where="visits.csv:7", hint="add the column 'to'"))
    visits.csv:7: the table has 3 columns, expected 4. To mend it: add the column 'to'.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str | Path | None = None, hint: str | None = None) -> None:
        self.message = message
        self.where = None if where is None else str(where)
        self.hint = hint
        super().__init__(message)

    def __str__(self) -> str:
        text = self.message if self.where is None else f"{self.where}: {self.message}"
        if not self.hint:
            return text
        return f"{text.rstrip('.')}. To mend it: {self.hint.rstrip('.')}."


class UsageError(PolicyGraphError):
    """A function or command was called with something it cannot take."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name that is not there, with the nearest names that are, or all of them where they are few.

    >>> print(UnknownNameError("question", "incident", ["incidents", "plans"]))
    there is no question 'incident'. To mend it: did you mean 'incidents'?
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str | Path | None = None) -> None:
        self.name = name
        names = list(dict.fromkeys(known))
        self.suggestions = near_names(name, names)
        options = " or ".join(f"'{s}'" for s in self.suggestions)
        hint = f"did you mean {options}?" if options else None
        if not options and names and len(every := ", ".join(names)) <= _LISTED:
            hint = f"use one of {every}"
        super().__init__(f"there is no {kind} '{name}'", where=where, hint=hint)

    def __str__(self) -> str:
        return super().__str__().replace("?.", "?")


class MissingExtraError(UsageError):
    """An optional package is missing.

    >>> print(MissingExtraError("Drawing charts", "notebook"))
    Drawing charts needs an optional package. To mend it: pip install 'policygraph[notebook]'.
    """

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs an optional package", hint=f"pip install 'policygraph[{extra}]'")


class ProjectError(PolicyGraphError):
    """The project file, or something it points to, is wrong."""

    exit_code = 2


class SourceError(PolicyGraphError):
    """A source document cannot be read as text."""


class DataError(PolicyGraphError):
    """A data file (reference table, frames, vocabulary, import) breaks its schema."""


class GraphError(PolicyGraphError):
    """The store or some RDF text cannot be used."""


class StoreMissingError(GraphError):
    """No built graph is at the given place."""

    exit_code = 2


class StoreVersionError(GraphError):
    """The store was written by a newer version than this one."""


class QueryError(PolicyGraphError):
    """A SPARQL query or update is malformed or cannot be answered."""

    exit_code = 2


class QueryLimitError(QueryError):
    """A query reached its time, memory or result limit."""

    exit_code = 1


class ServiceError(PolicyGraphError):
    """A remote service did not do its part."""


def near_names(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Known names that resemble `name`, best first, case ignored.

    >>> near_names("marco rubo", ["Marco Rubio", "Donald Trump"])
    ['Marco Rubio']
    """
    by_folded = {k.casefold(): k for k in sorted(known, reverse=True)}
    folded = name.casefold()
    hits = difflib.get_close_matches(folded, sorted(by_folded), n=most, cutoff=0.6)
    hits += [k for k in sorted(by_folded) if folded and folded in k and k not in hits]
    return [by_folded[h] for h in hits[:most]]
