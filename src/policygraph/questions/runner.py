"""Asks a question of the library: values in, a table out."""

from __future__ import annotations

import dataclasses

from policygraph.errors import UsageError
from policygraph.interfaces import GraphReader
from policygraph.questions.empty import why_empty
from policygraph.questions.filling import fill
from policygraph.questions.library import question
from policygraph.questions.months import months_of
from policygraph.questions.parameters import TYPES, to_term
from policygraph.table import Table


def run(reader: GraphReader, name: str, /, **parameters: object) -> Table:
    """The answer to a question; an empty one says why in its `note`.

    Args:
        reader: the graph that is asked.
        name: the name of the question.
        parameters: values by parameter name, as text or as Python values; None
            stands for the default.

    Raises:
        UnknownNameError: no such question, parameter, entity or concept.
        UsageError: a value has the wrong form, or a required one is missing.
    """
    asked = question(name)
    given = {asked.parameter(key).name: value for key, value in parameters.items() if value is not None}
    bindings = {}
    for parameter in asked.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bindings[parameter.variable] = to_term(reader, parameter, value)
        elif parameter.required:
            raise UsageError(
                f"the question '{name}' needs a value for '{parameter.name}'",
                hint=f"give {TYPES[parameter.type]}, as in: policygraph ask {name} {asked.example}",
            )
    months = months_of(reader, asked.body, bindings)
    table = reader.select(fill(asked.sparql, bindings, months))
    note = "" if table.rows else why_empty(reader, asked, bindings)
    return dataclasses.replace(table, title=asked.title, note=note)
