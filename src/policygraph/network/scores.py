"""The two small tables behind signs and weights: relations and event scores.

`relations.csv` lists the claim predicates that tie two things, the layers they
belong to, their sign and whether they hold both ways. `event_scores.csv` gives
quad class and score of the PLOVER event types, and of those modes whose score
differs from their type's (PLOVER manual, draft 2.0; SANCTION is read as material
conflict and ACCUSE as -3, where the manual contradicts itself).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph.errors import DataError
from policygraph.vocabulary import CLAIM_PREDICATES, EventType

_HERE = Path(__file__).resolve().parent
LAYERS = ("claims", "events", "initiatives", "places", "mentions")
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
#: Weight of an event whose score is nearer to 0 than this: the smallest step of the scale.
SMALLEST_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Relation:
    """A claim predicate that ties two things."""

    predicate: str
    layers: tuple[str, ...]
    sign: int
    symmetric: bool


@dataclass(frozen=True, slots=True)
class EventScore:
    """Quad class of an event type and the score of a type or mode, -10 to 10."""

    quad: str
    score: float

    @property
    def sign(self) -> int:
        """1 for cooperation, -1 for conflict: given by the quad class, not by the score."""
        return 1 if self.quad.endswith("cooperation") else -1


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise DataError(f"expected the columns {', '.join(columns)}", where=f"{path}:1")
        for row in reader:
            yield f"{path}:{reader.line_num}", row


def _choice(where: str, value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        raise DataError(f"'{value}' is not a {what}", where=where, hint=f"use one of {', '.join(known)}")
    return value


def load_relations(path: Path) -> dict[str, Relation]:
    """Read a table of relations.

    Raises:
        DataError: a predicate, layer, sign or flag is not one of those allowed.
    """
    found = {}
    for where, row in _rows(path, ("predicate", "layers", "sign", "symmetric")):
        name = _choice(where, row["predicate"], CLAIM_PREDICATES, "claim predicate")
        layers = tuple(_choice(where, part, LAYERS, "layer") for part in row["layers"].split())
        sign = int(_choice(where, row["sign"], ("-1", "0", "1"), "sign"))
        found[name] = Relation(name, layers, sign, _choice(where, row["symmetric"], ("yes", "no"), "flag") == "yes")
    return found


def load_event_scores(path: Path) -> dict[tuple[str, str], EventScore]:
    """Read a table of event scores; the mode is empty where a row is about the type.

    Raises:
        DataError: a type or quad class is unknown, or a score is outside -10 to 10.
    """
    types = tuple(t.code for t in EventType)
    found = {}
    for where, row in _rows(path, ("type", "mode", "quad", "score")):
        code = _choice(where, row["type"], types, "event type")
        quad = _choice(where, row["quad"], QUADS, "quad class")
        try:
            score = float(row["score"])
        except ValueError:
            raise DataError(f"'{row['score']}' is not a number", where=where) from None
        if not -10 <= score <= 10:
            raise DataError(f"the score {score:g} is outside -10 to 10", where=where)
        found[code, row["mode"]] = EventScore(quad, score)
    return found


@cache
def relations() -> dict[str, Relation]:
    """All relations by predicate.

    >>> relations()["opposes"].sign
    -1
    """
    return load_relations(_HERE / "relations.csv")


@cache
def event_scores() -> dict[tuple[str, str], EventScore]:
    """All event scores by type and mode."""
    return load_event_scores(_HERE / "event_scores.csv")


def score_of(event_type: str | None, mode: str | None) -> EventScore | None:
    """Score of an event: that of its mode where there is one, else of its type.

    `mode` is a code of the mode vocabulary, `{type}-{mode}`, or the bare mode.

    >>> score_of("consult", "consult-visit")
    EventScore(quad='verbal-cooperation', score=4.0)
    >>> score_of("protest", "protest-demo").score
    -5.0
    >>> score_of(None, None) is None
    True
    """
    if event_type is None:
        return None
    bare = (mode or "").removeprefix(f"{event_type}-")
    table = event_scores()
    return table.get((event_type, bare)) or table.get((event_type, ""))
