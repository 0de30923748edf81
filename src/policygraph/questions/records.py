"""What a question is: its query, its parameters and its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import UnknownNameError
from policygraph.iris import PREFIXES

_PREFIX_USED = re.compile(r"(?<![\w:/<#?])([a-z]+):(?=[\w-])")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the asker may give.

    `type` is country, entity, date, modality, relation, text, integer or
    concept; `scheme` is the vocabulary of a concept. In the query the parameter
    is the variable with an underscore before its name (`?_country`).
    """

    name: str
    type: str
    description: str
    default: str | None = None
    required: bool = False
    scheme: str | None = None

    @property
    def variable(self) -> str:
        """The name of its variable in the query."""
        return "_" + self.name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words and the query that answers it.

    `body` is the query as it stands in the file, `example` the options that a
    typical call gives, as typed after its name.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    body: str
    path: Path
    example: str = ""

    @property
    def sparql(self) -> str:
        """The query with the prefixes it uses, ready for any engine."""
        used = {p for p in _PREFIX_USED.findall(self.body) if p in PREFIXES}
        head = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in sorted(used))
        return head + self.body

    def parameter(self, name: str) -> Parameter:
        """A parameter by name; hyphens and underscores are the same.

        Raises:
            UnknownNameError: the question has no such parameter.
        """
        for parameter in self.parameters:
            if parameter.name == name.replace("_", "-"):
                return parameter
        raise UnknownNameError(f"parameter of the question '{self.name}':", name, [p.name for p in self.parameters])
