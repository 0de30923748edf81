"""The two tables behind signs and weights: relations and event scores.

`relations.csv` lists the claim predicates that tie two things, the layers they
belong to, their sign and whether they hold both ways. Quad classes and scores of
events come from the vocabularies event-type and event-mode of the ontology.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policygraph import iris, resources
from policygraph.errors import DataError
from policygraph.vocabulary import CLAIM_PREDICATES

_HERE = Path(__file__).resolve().parent
#: Relations that only reference tables state.
RECORD_PREDICATES = ("hasPartner",)
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
        name = _choice(where, row["predicate"], CLAIM_PREDICATES + RECORD_PREDICATES, "claim predicate")
        layers = tuple(_choice(where, part, LAYERS, "layer") for part in row["layers"].split())
        sign = int(_choice(where, row["sign"], ("-1", "0", "1"), "sign"))
        found[name] = Relation(name, layers, sign, _choice(where, row["symmetric"], ("yes", "no"), "flag") == "yes")
    return found


def load_event_scores(vocabularies: Path) -> dict[tuple[str, str], EventScore]:
    """Read quad classes and scores by type and mode; the mode is empty where it is about the type.

    Raises:
        DataError: a type without a quad class, or a score that is no number from -10 to 10.
    """
    broader: dict[str, str] = {}
    score: dict[str, str] = {}
    for scheme in ("event-type", "event-mode"):
        path = vocabularies / f"{scheme}.ttl"
        for quad in _parsed(path):
            if quad.predicate.value == iris.SKOS + "broader":
                broader[_code(quad.subject)] = _code(quad.object)
            elif quad.predicate.value == iris.term("score"):
                score[_code(quad.subject)] = quad.object.value
    found = {}
    for code, text in score.items():
        kind, mode = (code, "") if broader.get(code) in QUADS else (broader.get(code, ""), code)
        quad_class = _choice(f"{vocabularies}: {code}", broader.get(kind, ""), QUADS, "quad class")
        found[kind, mode.removeprefix(f"{kind}-")] = EventScore(quad_class, _number(f"{vocabularies}: {code}", text))
    return found


def _parsed(path: Path) -> Iterator[Any]:
    import pyoxigraph as ox

    try:
        yield from ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise DataError(f"not readable as Turtle: {error}", where=path) from error


def _code(term: Any) -> str:
    return str(term.value).rpartition("/")[2]


def _number(where: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise DataError(f"the score '{text}' is not a number", where=where) from None
    if not -10 <= value <= 10:
        raise DataError(f"the score {value:g} is outside -10 to 10", where=where)
    return value


@cache
def relations() -> dict[str, Relation]:
    """All relations by predicate.

    >>> relations()["opposes"].sign
    -1
    """
    return load_relations(_HERE / "relations.csv")


@cache
def event_scores() -> dict[tuple[str, str], EventScore]:
    """All event scores by type and mode.

    >>> event_scores()["sanction", ""].quad
    'material-conflict'
    """
    return load_event_scores(resources.ontology() / "vocab")


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
