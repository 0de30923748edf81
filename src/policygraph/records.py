"""What every stage hands on to the next: plain, immutable records.

A document is read into blocks and sentences; extraction adds entities, events,
claims, table rows and list items; the graph turns them into quads. Offsets are
Unicode code points into `Document.text`, end-exclusive, and
`text[span.start:span.end] == span.quote` always holds.

Entities are named by their local name (`person/marco-rubio`), concepts by
scheme and code (`topic/migration`), predicates by the local name of the
property (`hasObjective`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any

from policygraph.vocabulary import EntityType, EventType, Modality, ModalityDetail

# --- reading -----------------------------------------------------------------


class BlockKind(StrEnum):
    """What a stretch of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a document: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut a span out of `text`.

        >>> Span.of("Senator Rubio", 8, 13)
        Span(start=8, end=13, quote='Rubio')
        """
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row or caption.

    `span` is the block without its markup where that is possible (the text of
    a list item without the bullet), and the raw row, pipes included, for a
    table row. `index` is the position in `Document.blocks`. `group` numbers the
    lists, and apart from them the tables, of the document from 0; `row` is the
    item or row within it: a table's header is row 0 and its data rows count
    from 1, items count from 0. `lead` is the position in `Document.blocks` of the
    block that introduces a list or table (its caption or lead-in sentence).
    `level` is the heading depth from 1, the nesting depth of an item from 0.
    """

    index: int
    kind: BlockKind
    span: Span
    level: int = 0
    group: int | None = None
    row: int | None = None
    cells: tuple[Span, ...] = ()
    lead: int | None = None
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `block` is the position of its block in `Document.blocks`."""

    index: int
    block: int
    span: Span


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known about a source besides its text; None means not known."""

    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source, fixed by the hash of its bytes.

    `name` is the file's name as the user knows it. `text` is what offsets count
    in; for HTML it is the stored main text, and `id` is then the hash of that
    text's UTF-8 bytes, so that `verify` can check quotes against what is kept.
    """

    id: str
    name: str
    text: str
    sha256: str
    info: SourceInfo
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    warnings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title where one is known, else the file's name."""
        return self.info.title or self.name


# --- extraction --------------------------------------------------------------


class MentionKind(StrEnum):
    """How a stretch of text points to an entity."""

    NAME = "name"
    TITLE = "title"
    DEMONYM = "demonym"
    METONYM = "metonym"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an entity, and how that was found out."""

    span: Span
    kind: MentionKind
    method: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that a document talks about.

    `known` is true when the entity stands in the reference data. `concept` is
    what an unnamed thing is an instance of (`initiative-kind/trade-agreement`).
    `may_denote` lists candidates of an unresolved name. `acts_for` names the
    government or country (as iso3) that the actor belongs to. `within` is the
    place that holds this place. `facts` are further record-keeping triples, as
    (property local name, entity local name).
    """

    id: str
    type: EntityType
    name: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    known: bool = False
    concept: str | None = None
    may_denote: tuple[str, ...] = ()
    within: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, according to the source."""

    entity: str | None
    span: Span
    verb: str | None = None
    direct_quote: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or recipient of an event, as said.

    `entity` is None for words that were not linked; `inferred` marks a country
    that the words do not name: it is never asserted.
    """

    text: str
    span: Span
    entity: str | None = None
    country: str | None = None
    sector: str | None = None
    inferred: bool = False
    method: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """Where an event takes place."""

    text: str
    span: Span
    entity: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class DateRef:
    """When: EDTF level 1 and the first and last possible day, both inclusive."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    span: Span | None = None
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What happens, is planned, is imagined, is advised or is denied.

    `type` is the PLOVER type of the act itself; `plover` the code that a PLOVER
    data set would carry (cooperation to come is AGREE), None where nothing must
    be coded as happened. `class_` is the ontology class (Event, Visit, Meeting,
    SpeechAct, Incident). `id` is the local name of the event entity.
    """

    id: str
    name: str
    class_: EntityType
    type: EventType | None
    plover: EventType | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    source: tuple[Participant, ...] = ()
    target: tuple[Participant, ...] = ()
    reciprocal: bool = False
    place: PlaceRef | None = None
    date: DateRef | None = None
    modality: Modality = Modality.ASSERTED
    modality_detail: ModalityDetail | None = None
    negated: bool = False
    attribution: Attribution | None = None
    trigger: Span | None = None
    evidence: tuple[Span, ...] = ()
    frame: str | None = None
    confidence: float = 1.0
    extractor: str = "rules"
    method: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a source: a proposition and a stance towards it.

    Exactly one of `object` (local name of an entity, or `scheme/code` of a
    concept with `object_is_concept`) and `value` is set. `key` lets claims of
    one document refer to each other in `condition`.
    """

    subject: str
    predicate: str
    modality: Modality
    evidence: tuple[Span, ...]
    object: str | None = None
    object_is_concept: bool = False
    value: str | None = None
    value_type: str | None = None
    modality_detail: ModalityDetail | None = None
    attribution: Attribution | None = None
    condition: tuple[str, ...] = ()
    surface_subject: str | None = None
    surface_object: str | None = None
    confidence: float = 0.9
    extractor: str = "rules"
    method: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A data row of a table, with the claims and entities it led to."""

    table: int
    row: int
    type: str
    cells: tuple[tuple[str, Span], ...]
    entity: str | None
    modality: Modality
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: `label` is what stands before a colon, `text` the rest."""

    list: int
    item: int
    type: str
    label: str | None
    text: str
    entity: str | None
    modality: Modality
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a document is about in part: a topic or an event below the gate."""

    concept: str
    span: Span
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was taken from one document by one run."""

    document: Document
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    rows: tuple[Row, ...] = ()
    items: tuple[Item, ...] = ()
    topics: tuple[Topic, ...] = ()
    warnings: tuple[str, ...] = ()


# --- reference data ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableRow:
    """Where a reference fact stands: table, line (header is line 1), source.

    `table` is `visits.csv` for a bundled table and `{folder}/visits.csv` for one
    of the user's own. `confirmed_by` counts the independent sources that give
    the fact, 0 where the table does not say.
    """

    table: str
    line: int
    source: str
    source2: str = ""
    confirmed_by: int = 0


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory with an ISO 3166-1 code."""

    iso3: str
    iso2: str
    name: str
    row: TableRow
    m49: str = ""
    m49_region: str = ""
    official_name: str = ""
    other_names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: str = ""
    metonyms: tuple[str, ...] = ()
    government: str = ""
    parent: str = ""
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A region as the press uses the word, with its member countries."""

    id: str
    name: str
    members: tuple[str, ...]
    row: TableRow
    other_names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    close_match: str = ""


@dataclass(frozen=True, slots=True)
class City:
    """A larger city; `id` is `place/tijuana-mex`."""

    id: str
    name: str
    iso3: str
    row: TableRow
    other_names: tuple[str, ...] = ()
    population: int = 0
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that acts; `iso3` is empty for an international one."""

    id: str
    type: EntityType
    name: str
    row: TableRow
    abbreviation: str = ""
    other_names: tuple[str, ...] = ()
    iso3: str = ""
    members: tuple[str, ...] = ()
    seat: str = ""
    sector: str = ""
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A seat that exists whoever holds it; `titles` are how texts call it."""

    id: str
    name: str
    kind: str
    organisation: str
    row: TableRow
    iso3: str = ""
    titles: tuple[str, ...] = ()
    sector: str = "GOV"


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the reference data."""

    id: str
    name: str
    row: TableRow
    other_names: tuple[str, ...] = ()
    iso3: str = ""
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """The holding of one post by one person; `end` is the handover day, not served."""

    id: str
    person: str
    post: str
    start: dt.date
    row: TableRow
    end: dt.date | None = None
    last_confirmed: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownVisit:
    """A trip on record; `end` is the last day, counted in."""

    id: str
    visitor: str
    iso3: str
    start: dt.date
    end: dt.date
    row: TableRow
    places: tuple[str, ...] = ()
    purpose: str = ""
    met: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownInitiative:
    """A policy instrument or meeting on record; dates in EDTF, empty if unknown."""

    id: str
    type: EntityType
    name: str
    kind: str
    row: TableRow
    other_names: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    status: str = ""
    topic: str = ""
    description: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """All reference tables, bundled and the user's own, checked against each other."""

    countries: tuple[Country, ...] = ()
    regions: tuple[Region, ...] = ()
    cities: tuple[City, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    posts: tuple[Post, ...] = ()
    persons: tuple[KnownPerson, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    visits: tuple[KnownVisit, ...] = ()
    initiatives: tuple[KnownInitiative, ...] = ()
    #: Version that changes when any row does: hash of all tables.
    digest: str = ""
    #: Per table file: title, source, licence, modified (from `sources.csv`).
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


# --- incidents ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """Reports of an incident: `reports` = `sources` + `copies` + `further`.

    `sources` are independent of each other; `copies` repeat a text; `further` are
    texts of their own by a source that is counted already.
    """

    reports: int
    sources: int
    copies: int

    @property
    def further(self) -> int:
        """Texts of their own by a source that is counted already."""
        return self.reports - self.sources - self.copies

    @property
    def words(self) -> str:
        """The counts as a person says them.

        >>> Counts(44, 3, 41).words, Counts(1, 1, 0).words, Counts(4, 1, 1).words
        ('3 independent sources, 41 copies', '1 source', '1 source, 1 copy, 2 further reports')
        """
        parts = [_number(self.sources, "independent source" if self.sources > 1 else "source")]
        parts += [_number(self.copies, "copy", "copies")] if self.copies else []
        parts += [_number(self.further, "further report")] if self.further else []
        return ", ".join(parts)


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


# --- as JSON -----------------------------------------------------------------


def to_plain(value: Any) -> Any:
    """A record as dicts, lists and scalars that `json` can write; empty fields are left out.

    >>> to_plain(Span(0, 5, "Rubio"))
    {'start': 0, 'end': 5, 'quote': 'Rubio'}
    """
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name.rstrip("_"), getattr(value, f.name)) for f in fields(value))
        return {name: to_plain(v) for name, v in pairs if v is not None and v != ()}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: to_plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(v) for v in value]
    return value


def mentioned(extraction: Extraction) -> Iterator[tuple[Entity, Mention]]:
    """All mentions with their entity, in the order of the text."""
    pairs = [(e, m) for e in extraction.entities for m in e.mentions]
    yield from sorted(pairs, key=lambda p: (p[1].span.start, p[1].span.end, p[0].id))
