"""A statement as the page shows it, the words and the records it rests on, and the ways it is made."""

from __future__ import annotations

from typing import NamedTuple

from policygraph.view.dates import Bounds
from policygraph.view.gather import Span
from policygraph.vocabulary import Modality

#: The stance of what stands in a table of records and in no text, and of events that a data set codes.
RECORD, CODED = "record", "coded"
ON_FILE = frozenset({RECORD, CODED})
STANCES: tuple[str, ...] = (*(m.value for m in Modality), RECORD, CODED)

UNKNOWN: Bounds = (None, None)


class Words(NamedTuple):
    """A span together with the wordings of subject, object and relation in it, best first."""

    span: Span
    subject: tuple[str, ...]
    object: tuple[str, ...]
    relation: tuple[str, ...] = ()


class Record(NamedTuple):
    """A line of a table and where the table has it from; or a report that a data set codes, which has no row."""

    table: str
    row: int
    sources: tuple[str, ...]
    coder: str = ""
    publisher: str = ""
    day: str = ""
    sentence: int = 0
    text: str = ""


class Statement(NamedTuple):
    """One thing said about a name: in a modality, by somebody, resting on words or on a record.

    `object` is an entity; where there is none, `value` holds the words for what
    is said (a topic, a post, a date).
    """

    key: str
    subject: str
    relation: str
    stance: str
    object: str | None = None
    value: str = ""
    time: Bounds = UNKNOWN
    place: str = ""
    kind: str = ""
    detail: str = ""
    speakers: tuple[str, ...] = ()
    confidence: float | None = None
    method: str = ""
    conditions: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()
    records: tuple[Record, ...] = ()
    event: str = ""
