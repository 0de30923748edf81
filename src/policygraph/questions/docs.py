"""The questions page of the documentation, made from the library."""

from __future__ import annotations

import html

from policygraph.questions.library import library
from policygraph.questions.parameters import TYPES
from policygraph.questions.records import Parameter, Question

_HEAD = """# Questions

Each question is a SPARQL file with a header. Ask one in the shell with `policygraph ask NAME`, in Python with
`graph.ask("NAME")`; an answer without rows says why. A parameter that is not given restricts nothing, unless it is
needed: `FILTER(!BOUND(?_who) || …)` goes where `--who` is not given, and its value, as a term that the engine writes,
takes the place of `?_who`. To add a question, put another such file into the library; the loader checks that header and
query fit.

"""


def markdown() -> str:
    """The page: one section a question, with parameters, columns and query.

    >>> "## incidents" in markdown()
    True
    """
    index = "\n".join(f"- [{q.name}](#{q.name}): {_plain(q.title)}" for q in library())
    types = "\n".join(f"| {name} | {_cell(form)} |" for name, form in TYPES.items())
    forms = f"## Types of parameters {{ #types }}\n\n| type | what to give |\n| --- | --- |\n{types}\n"
    return _HEAD + index + "\n\n" + "\n".join(map(_section, library())) + "\n" + forms


def _section(asked: Question) -> str:
    parts = [f"## {asked.name}", f"**{_plain(asked.title)}**", _plain(asked.description)]
    if asked.parameters:
        rows = "\n".join(map(_parameter, asked.parameters))
        parts.append(f"| parameter | type | meaning |\n| --- | --- | --- |\n{rows}")
    columns = "\n".join(f"| {c.name} | {_cell(c.description)} |" for c in asked.columns)
    parts.append(f"| column | meaning |\n| --- | --- |\n{columns}")
    parts.append(f"```console\n$ policygraph ask {f'{asked.name} {asked.example}'.strip()}\n```")
    parts.append(f"```sparql\n{asked.sparql}```")
    return "\n\n".join(parts) + "\n"


def _parameter(one: Parameter) -> str:
    rest = " Needed." if one.required else f" Default: {one.default}." if one.default else ""
    kind = f"{one.type} ({one.scheme})" if one.scheme else one.type
    return f"| `--{one.name}` | [{kind}](#types) | {_cell(one.description + rest)} |"


def _plain(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False)


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")
