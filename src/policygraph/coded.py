"""Events as data sets code them: what importers hand to the graph.

A coded event has no words of its own; it names the report that it came from.
Countries are ISO 3166-1 alpha-3 codes, sectors PLOVER sectors, types PLOVER
types, dates first and last possible day, both inclusive.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from policygraph.vocabulary import EventType


class Precision(StrEnum):
    """How finely a place is known; nothing is ever drawn finer than this."""

    POINT = "point"
    CITY = "city"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class CodedActor:
    """Who acts or is acted on.

    `code` is the data set's own; `known` the entity it was linked to; `same_as`
    an address that stands for the actor elsewhere, as in Wikidata.
    """

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    code: str = ""
    known: str | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class CodedPlace:
    """Where; coordinates in degrees (WGS 84), as the data set has them; `known` a place of the graph."""

    name: str
    country: str | None
    precision: Precision
    latitude: float | None = None
    longitude: float | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a coded event rests on.

    `source` is an address or the data set's name for a story. `sentence` counts
    from 1; `offset` is the position of the action in the story's text, in
    characters, where the set has it. `text` is kept only where the set holds it,
    `title`, `language` and `licence` of the story likewise.
    """

    source: str
    publisher: str | None = None
    published: dt.date | None = None
    coder: str | None = None
    version: str | None = None
    confidence: float | None = None
    sentence: int | None = None
    offset: int | None = None
    text: str | None = None
    title: str | None = None
    language: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One row of a data set.

    `id` is unique within `dataset`. `type` is None where the set's code has no
    PLOVER type; `code` keeps the set's own. `intensity` is on the set's scale.
    `revision` tells versions of one event apart where the set has several: the
    greatest counts.
    """

    dataset: str
    id: str
    type: EventType | None
    code: str
    earliest: dt.date
    latest: dt.date
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[CodedActor, ...] = ()
    recipients: tuple[CodedActor, ...] = ()
    place: CodedPlace | None = None
    intensity: float | None = None
    fatalities: int | None = None
    revision: int = 0
    reports: tuple[Report, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A further report of an event that another file of the set describes."""

    dataset: str
    event: str
    report: Report
    line: int


@dataclass(frozen=True, slots=True)
class Deletion:
    """The set has taken an event back; versions up to `revision` count no more."""

    dataset: str
    event: str
    line: int
    revision: int = 0
