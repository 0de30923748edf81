"""Loads and checks the question library: `library/*.rq` beside this module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.errors import DataError, UnknownNameError
from policygraph.iris import PREFIXES
from policygraph.questions.filling import MONTHS
from policygraph.questions.parameters import TYPES
from policygraph.questions.records import Column, Parameter, Question

FOLDER = Path(__file__).parent / "library"
_KEYS = ("title", "description", "parameters", "columns", "example")
_PARAMETER_KEYS = ("type", "description", "default", "required", "scheme")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_PARAMETER_VARIABLE = re.compile(r"[?$]_(\w+)")


def library() -> tuple[Question, ...]:
    """All questions in the order of their names.

    Raises:
        DataError: a header is wrong, or does not fit its query; names file and line.

    >>> [q.name for q in library()][:3]
    ['accusations', 'actors', 'concerns']
    """
    return tuple(question(name) for name in names())


def question(name: str) -> Question:
    """One question of the library.

    Raises:
        UnknownNameError: there is no such question; near names are offered.

    >>> question("incidents").title
    'Which incidents are reported, where and when?'
    """
    path = FOLDER / f"{name}.rq"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise UnknownNameError("question", name, names())
    return _loaded(path)


def names() -> list[str]:
    """The names of all questions, without reading them."""
    return sorted(path.stem for path in FOLDER.glob("*.rq"))


@cache
def _loaded(path: Path) -> Question:
    return load(path)


def load(path: Path) -> Question:
    """Read one file: a header in YAML behind `#`, then the query.

    Raises:
        DataError: the header breaks its schema or does not fit the query.
    """
    header, body = _parts(path)
    unknown = [str(k) for k in header if k not in _KEYS]
    missing = [k for k in ("title", "description", "columns") if not header.get(k)]
    if unknown or missing:
        wrong = f"has the unknown key '{unknown[0]}'" if unknown else f"lacks '{missing[0]}'"
        raise DataError(f"the header {wrong}", where=f"{path}:1", hint=f"the keys are {', '.join(_KEYS)}")
    parameters = tuple(_parameter(path, n, s) for n, s in _mapping(path, "parameters", header).items())
    columns = tuple(Column(n, str(d)) for n, d in _mapping(path, "columns", header).items())
    one = Question(
        name=path.stem,
        title=str(header["title"]),
        description=str(header["description"]).strip(),
        parameters=parameters,
        columns=columns,
        body=body,
        path=path,
        example=str(header.get("example") or ""),
    )
    _check(one)
    return one


def _parts(path: Path) -> tuple[dict[str, Any], str]:
    import yaml

    lines = path.read_text(encoding="utf-8").splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    try:
        header = yaml.safe_load("\n".join(line[1:].removeprefix(" ") for line in lines[:end]))
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        line = at.line + 1 if at is not None else 1
        raise DataError(
            f"the header is not YAML: {getattr(error, 'problem', error)}", where=f"{path}:{line}"
        ) from error
    if not isinstance(header, dict):
        raise DataError("the file begins with no header", where=f"{path}:1", hint=f"lines '# {_KEYS[0]}: …'")
    return header, "\n".join(lines[end:]).strip() + "\n"


def _mapping(path: Path, key: str, header: Mapping[str, Any]) -> dict[str, Any]:
    found = header.get(key) or {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise DataError(f"'{key}' must map names to what they mean", where=f"{path}:1")
    return found


def _parameter(path: Path, name: str, said: Any) -> Parameter:
    where = f"{path}:1"
    if not _NAME.fullmatch(name):
        raise DataError(f"'{name}' is no name for a parameter", where=where, hint="use a-z, 0-9 and hyphens")
    if not isinstance(said, dict) or any(k not in _PARAMETER_KEYS for k in said) or not said.get("description"):
        raise DataError(
            f"the parameter '{name}' is not well described", where=where, hint=f"keys: {', '.join(_PARAMETER_KEYS)}"
        )
    if said.get("type") not in TYPES:
        raise DataError(f"the parameter '{name}' has no known type", where=where, hint=f"one of {', '.join(TYPES)}")
    if (said["type"] == "concept") != bool(said.get("scheme")):
        raise DataError(f"the parameter '{name}' needs a scheme if and only if it is a concept", where=where)
    default = said.get("default")
    return Parameter(
        name=name,
        type=said["type"],
        description=str(said["description"]),
        default=None if default is None else str(default),
        required=bool(said.get("required", False)),
        scheme=said.get("scheme"),
    )


def _check(one: Question) -> None:
    """Hold the header against the query: its columns, its parameters, its syntax."""
    import pyoxigraph as ox

    try:
        solutions = ox.Store().query(one.body, prefixes=PREFIXES)
    except SyntaxError as error:
        raise DataError(f"the query cannot be read: {error}", where=one.path) from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise DataError("a question is a SELECT query", where=one.path)
    selected = [v.value for v in solutions.variables]
    described = [c.name for c in one.columns]
    if selected != described:
        raise DataError(
            f"the query selects {', '.join(selected)} but the header describes {', '.join(described)}",
            where=one.path,
            hint="list the same columns in the same order",
        )
    used = {name.replace("_", "-") for name in _PARAMETER_VARIABLE.findall(one.body.replace(MONTHS, ""))}
    declared = {p.name for p in one.parameters}
    if used != declared:
        odd = sorted(used ^ declared)[0]
        raise DataError(
            f"the parameter '{odd}' stands only in the {'query' if odd in used else 'header'}", where=one.path
        )
