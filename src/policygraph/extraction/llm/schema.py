"""The form that the model's answer must have, derived from the records' own enumerations."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policygraph.errors import DataError
from policygraph.iris import sha256
from policygraph.vocabulary import EventType, Modality

#: Predicates a model may use for statements, with the class that a new object gets.
STATEMENT_OBJECTS: dict[str, str] = {
    "hasObjective": "Objective",
    "hasOutcome": "Outcome",
    "proposes": "Initiative",
    "implements": "Policy",
    "supports": "Policy",
    "opposes": "Policy",
    "isConcernedAbout": "Outcome",
    "visits": "",
    "meets": "",
    "affects": "",
}


@cache
def prompt() -> tuple[str, str]:
    """The system text and a key that changes with it."""
    path = Path(__file__).with_name("prompt.yaml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    types = data.get("types", {})
    if set(types) != {t.value for t in EventType}:
        raise DataError("'types' must describe each event type once", where=path)
    lines = "\n".join(f"- {name}: {text}" for name, text in types.items())
    system = f"{data['system']}\nEvent types:\n{lines}\nStatement predicates: {', '.join(STATEMENT_OBJECTS)}.\n"
    return system, sha256(system.encode())[:16]


def answer_schema() -> dict[str, Any]:
    """JSON schema of an answer, in the strict subset that servers support."""
    text = {"type": "string"}
    maybe = {"type": ["string", "null"]}
    modality = {"type": "string", "enum": [m.value for m in Modality]}
    texts = {"type": "array", "items": text}
    event = {
        "quote": text,
        "type": {"type": "string", "enum": [t.value for t in EventType]},
        "actors": texts,
        "recipients": texts,
        "place": maybe,
        "modality": modality,
        "speaker": maybe,
    }
    statement = {
        "quote": text,
        "subject": text,
        "predicate": {"type": "string", "enum": list(STATEMENT_OBJECTS)},
        "object": text,
        "modality": modality,
        "speaker": maybe,
    }
    return _object({"events": _list(event), "statements": _list(statement)})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}
