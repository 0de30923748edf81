"""What introduces a table or list says how its rows and items are meant, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.extraction.datafile import LINE, fault, load, only_keys
from policygraph.extraction.draft import Draft, Stance
from policygraph.extraction.registry import Found
from policygraph.records import Block, BlockKind, Span
from policygraph.vocabulary import EventType, Modality, ModalityDetail

# "Consider the following table" shows something and advises nothing.
_SHOWING = re.compile(
    r"\b[Cc]onsider (?:the |this )?(?:following |next )?(?:tables?|figures?|charts?|timelines?|lists?)\b"
)
_OUGHT = re.compile(r"\s+(?:\w+\s+){0,2}?(?:should|must|ought to|need to|needs to)\b")
_ADVICE_FOR = re.compile(
    r"\b(?:imperative|essential|crucial|vital|critical|important|necessary|advisable|time|recommended|incumbent)\s+"
    r"(?:for|on|upon|that)\s+(?:the\s+)?$"
)
_URGED = re.compile(r"\b(?:urges?|urged|advises?|advised|calls? on|called on|recommend(?:s|ed)? that)\s+(?:the\s+)?$")
#: A sentence that points at what follows it.
INTRODUCES = re.compile(r":\s*$|\b(?:following|below|as follows|this table|the table)\b", re.IGNORECASE)
_SHORT_LEAD = 6
_TRIP = re.compile(r"\b(?:visit|trip|tour|mission|journey|voyage)\b", re.IGNORECASE)
_THE_TRIP = re.compile(
    r"\b(?:the|this)\s+(?:[\w-]+\s+){0,2}?(?:visit|trip|tour|mission|journey|voyage)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:[Hh]is|[Hh]er|[Hh]e|[Ss]he|[Tt]heir|[Tt]hey|[Ii]ts|[Ii]t)\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """A modality and the phrases that show it."""

    stance: Stance
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TableType:
    """A kind of table: `roles` maps a role to the words of its header cell."""

    name: str
    key: str
    needs: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TableTypes:
    """The kinds of tables and lists, and what the words around them say."""

    tables: tuple[TableType, ...]
    cues: tuple[Cue, ...]
    states: tuple[Cue, ...]
    lists: tuple[tuple[str, re.Pattern[str]], ...]
    incidents: tuple[tuple[EventType, str], ...]


@cache
def table_types(path: str | Path = "table_types.yaml") -> TableTypes:
    """The kinds of tables and lists of this package, or of another file of the same form.

    Raises:
        DataError: an unknown field, modality, type or role.
    """
    data = load(path)
    only_keys(path, data, ("version", "tables", "cues", "states", "lists", "incidents"))
    tables = tuple(_table(path, entry) for entry in data["tables"])
    cues = tuple(_cue(path, entry) for entry in data["cues"])
    states = tuple(_cue(path, entry) for entry in data["states"])
    lists = tuple((str(entry["type"]), _pattern(entry["phrases"])) for entry in data["lists"])
    acts = [
        (_event_type(path, data["incidents"], k), str(p))
        for k, ps in data["incidents"].items()
        if k != LINE
        for p in ps
    ]
    return TableTypes(tables, cues, states, lists, tuple(sorted(acts, key=lambda a: -len(a[1].split()))))


def _table(path: str | Path, entry: Mapping[str, Any]) -> TableType:
    only_keys(path, entry, ("type", "key", "needs", "roles"))
    roles = {k: tuple(map(str, v)) for k, v in entry["roles"].items() if k != LINE}
    for role in (entry["key"], *entry["needs"]):
        if role not in roles:
            raise fault(path, entry, f"the role '{role}' has no words", "list them under 'roles'")
    return TableType(str(entry["type"]), str(entry["key"]), tuple(entry["needs"]), roles)


def _cue(path: str | Path, entry: Mapping[str, Any]) -> Cue:
    only_keys(path, entry, ("modality", "detail", "phrases"))
    try:
        detail = ModalityDetail(entry["detail"]) if "detail" in entry else None
        return Cue(Stance(Modality(entry["modality"]), detail), _pattern(entry["phrases"]))
    except ValueError as error:
        raise fault(path, entry, str(error), f"use one of {', '.join(Modality)}") from error


def _event_type(path: str | Path, entry: Mapping[str, Any], name: str) -> EventType:
    try:
        return EventType(name)
    except ValueError as error:
        raise fault(path, entry, f"'{name}' is no event type", f"use one of {', '.join(EventType)}") from error


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    parts = [re.escape(p).replace(r"\*", r"\w*") for p in phrases]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence that introduces a table or list, and the heading of its section."""

    span: Span | None
    heading: Span | None

    @property
    def words(self) -> str:
        """What the lead says, without words that only point at the table."""
        return _SHOWING.sub("", self.span.quote) if self.span else ""

    @property
    def evidence(self) -> tuple[Span, ...]:
        """The lead as a supporting span, if there is one."""
        return (self.span,) if self.span else ()


def lead_of(draft: Draft, block: Block) -> Lead:
    """What introduces a row or item: the last sentence of its lead block, and the heading above."""
    document, span = draft.document, None
    lead = lead_block(draft, block)
    if lead is not None:
        inside = [s for s in document.sentences if s.block == lead]
        span = _introduction(draft, document.blocks[lead], inside[-1].span if inside else document.blocks[lead].span)
    above = draft.headings[block.index]
    return Lead(span, above.span if above else None)


def _introduction(draft: Draft, block: Block, last: Span) -> Span | None:
    """The last sentence before a table or list, if it speaks of it and does not just stand there."""
    short = block.kind is not BlockKind.PARAGRAPH or len(last.quote.split()) <= _SHORT_LEAD
    return draft.trimmed(last) if short or INTRODUCES.search(last.quote) else None


def lead_block(draft: Draft, block: Block) -> int | None:
    """The block that introduces a table or list; a numbered paragraph before it that ends in a colon does too."""
    if block.lead is not None:
        return block.lead
    before = draft.document.blocks[block.index - 1] if block.index else None
    if before and before.kind is BlockKind.ITEM and before.group != block.group and before.span.quote.endswith(":"):
        return before.index
    return None


def stance_of(lead: Lead, default: Stance, column: str = "") -> Stance:
    """The stance that the lead, or else the key column's header or the heading, gives to rows and items."""
    for words in (lead.words, column, lead.heading.quote if lead.heading else ""):
        found = _first_cue(table_types().cues, words)
        if found:
            return found
    return default


def stance_of_state(cell: Span | None) -> Stance | None:
    """The stance that a cell such as "in force" or "proposed" gives to its row."""
    return _first_cue(table_types().states, cell.quote) if cell else None


def _first_cue(cues: Sequence[Cue], words: str) -> Stance | None:
    return next((cue.stance for cue in cues if cue.pattern.search(words)), None)


def actor_of(draft: Draft, lead: Lead) -> str | None:
    """Whose plans or acts the rows are: named in the lead, meant by its pronoun, or the author's without a lead."""
    if lead.span is None:
        return draft.resolver.author()
    registry, span = draft.registry, lead.span
    named = [f for f in registry.within(span.start, span.end) if f.actor == f.entity]
    pronouns = [
        draft.resolver.pronoun(m.group(), span.start + m.start(), span.start + m.end())
        for m in _PRONOUN.finditer(span.quote)
    ]
    meant = next((p for p in pronouns if p), None)
    if named and (meant is None or registry.get(meant).id == named[0].actor):
        return registry.actor(named[0])
    if meant:
        return meant
    governments = [f for f in registry.within(span.start, span.end) if f.actor]
    if governments:
        return registry.actor(governments[0])
    return _traveller(draft, span) if _THE_TRIP.search(span.quote) else draft.resolver.author()


def _traveller(draft: Draft, lead: Span) -> str | None:
    """Whose trip "the tour" is: of whom the last sentence before that speaks of it names first."""
    earlier = [s.span for s in draft.document.sentences if s.span.end <= lead.start and _TRIP.search(s.span.quote)]
    for span in reversed(earlier):
        named = [(f.span.start, f.entity) for f in draft.registry.within(span.start, span.end)]
        meant = [
            (span.start + m.start(), draft.resolver.pronoun(m.group(), span.start + m.start(), span.start + m.end()))
            for m in _PRONOUN.finditer(span.quote)
        ]
        people = [(at, who) for at, who in (*named, *meant) if who and who.startswith("person/")]
        if people:
            return min(people)[1]
    return None


def addressee(draft: Draft, before: int) -> str | None:
    """Who is advised, as the last advice before that offset says: "policymakers should …"."""
    text = draft.document.text
    for found in draft.registry.before(before):
        if found.actor and _is_advised(text, found):
            return draft.registry.actor(found)
    return None


def _is_advised(text: str, found: Found) -> bool:
    behind = _OUGHT.match(text, found.span.end)
    ahead = text[max(0, found.span.start - 60) : found.span.start]
    return bool(behind or _ADVICE_FOR.search(ahead) or _URGED.search(ahead))
