"""The data of the page as one JSON value, safe inside HTML, packed when it is large."""

from __future__ import annotations

import base64
import gzip
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlsplit

from policygraph import iris
from policygraph.view import style
from policygraph.view.choose import fold
from policygraph.view.counted import incidents
from policygraph.view.dates import Bounds, bounds, in_words
from policygraph.view.gather import Graph
from policygraph.view.marks import AROUND, SUBJECT, Piece, pieces
from policygraph.view.model import RECORD, STANCES, Record, Statement
from policygraph.view.model import Words as Wording
from policygraph.view.words import Words
from policygraph.vocabulary import Modality

#: Above this many bytes the data is packed.
PACK_ABOVE = 1_000_000
_LONGEST = 500
_LONGEST_PIECE = 4000
_SENTENCES_PER_STATEMENT = 12
# Relations that tell what a name is, best first.
_TELLING = ("holdsPost", "tenure", "formerlyHeldPost", "governs", "bodyOf", "administrationOf", "within", "actsFor")
ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-\d\d$")
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])
_NOTHING = [(AROUND, "")]
_EMPTY: tuple[Any, ...] = ("", [], -1)
_UNSAFE = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def clean(text: str, longest: int = _LONGEST) -> str:
    """Text fit to be shown: no control characters, no overrides of direction, not endless.

    >>> clean("a\\x00b\\u202ec")
    'abc'
    """
    kept = text
    if not text.isprintable():
        shown = text.translate(_BIDI)
        kept = "".join(c for c in shown if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co"))
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def safe_json(value: object) -> str:
    """JSON that no HTML parser can take for markup.

    >>> print(safe_json("</script>"))
    "\\u003c/script\\u003e"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # One replacement after the other: a table of them is looked up for every letter that is not ASCII.
    for sign, escaped in _UNSAFE.items():
        text = text.replace(sign, escaped)
    return text


def packed(text: str) -> str:
    """Text as base64 of gzip, the same bytes for the same text."""
    return base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode("ascii")


class _Numbers(dict[Any, int]):
    """Numbers things in the order in which they come up."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number


@dataclass
class Payload:
    """Builds the data: lists of short rows that point to each other by number.

    The rows are documented where the page reads them, in `page/data.js`.
    """

    graph: Graph
    words: Words
    statements: Sequence[Statement]
    nodes: Sequence[str]
    notes: Mapping[str, str] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """Everything that the page knows."""
        self._node_of = {iri: i for i, iri in enumerate(self.nodes)}
        self._phrases, self._relations, self._kinds, self._records = _Numbers(), _Numbers(), _Numbers(), _Numbers()
        self._sources, self._classes, self._counted = _Numbers(), _Numbers(), _Numbers()
        self._incidents = incidents(self.graph.reader, self.statements)
        keys = {s.key: i for i, s in enumerate(self.statements)}
        rows = [self._statement(s, keys) for s in self.statements]
        nodes = [self._node(iri) for iri in self.nodes]
        return {
            "nodes": nodes,
            "statements": rows,
            "phrases": list(self._phrases),
            "relations": [[r, self._relation_name(r)] for r in self._relations],
            "classes": [self.words.texts["classes"].get(c, c) for c in self._classes],
            "kinds": list(self._kinds),
            "records": [self._record(r) for r in self._records],
            "sources": [self._source(iri) for iri in self._sources],
            "counted": [[c.sources, c.copies, c.further] for _, c in self._counted],
        }

    def _node(self, iri: str) -> list[Any]:
        kind = self.graph.classes.get(iri, "Thing")
        name = clean(self.graph.name(iri))
        others = [clean(n) for n in self.graph.other_names.get(iri, ()) if fold(n) != fold(name)]
        return _trimmed(
            [
                iris.local_name(iri),
                name,
                style.category(kind),
                self._classes[kind],
                others,
                self.notes.get(iri, ""),
                clean(self._about(iri), 300),
            ]
        )

    @cached_property
    def _facts(self) -> dict[str, Statement]:
        """For each name the fact that best tells a stranger what it is: the latest post, else where it belongs."""
        best: dict[str, tuple[int, str]] = {}
        found: dict[str, Statement] = {}
        for s in self.statements:
            if s.relation in _TELLING and s.stance in (RECORD, Modality.ASSERTED):
                rank = (-_TELLING.index(s.relation), s.time[0] or "")
                if rank > best.get(s.subject, (-99, "")):
                    best[s.subject], found[s.subject] = rank, s
        return found

    def _about(self, iri: str) -> str:
        """A short description: what a table says of the name, else its most telling fact as words."""
        described = self.graph.descriptions.get(iri)
        fact = self._facts.get(iri)
        if described or fact is None:
            return described or ""
        phrase = self.words.phrase(fact.relation, fact.stance, self._number(iri))
        target = self.graph.name(fact.object) if fact.object else fact.value
        when = in_words(*fact.time, self.words)
        text = f"{phrase} {target}" + (f" ({when})" if when else "")
        return text[:1].upper() + text[1:]

    def _statement(self, s: Statement, keys: Mapping[str, int]) -> list[Any]:
        phrase = self._phrase(s.relation, s.stance, self._number(s.subject))
        first, last = s.time
        evidence = [self._evidence(w) for w in s.words[:_SENTENCES_PER_STATEMENT]]
        return _trimmed(
            [
                self._node_of[s.subject],
                self._node_of[s.object] if s.object else -1,
                self._phrases[phrase],
                self._relations[s.relation],
                STANCES.index(s.stance),
                sorted(evidence, key=_telling) if len(evidence) > 1 else evidence,
                clean(self._value(s)) if s.value else "",
                first or "",
                last or "",
                self._when(s.time),
                clean(", ".join(s.speakers)) if s.speakers else "",
                -1 if s.confidence is None else round(s.confidence, 2),
                s.method,
                s.detail,
                clean(s.place),
                clean(s.kind),
                [self._records[r] for r in s.records[:_SENTENCES_PER_STATEMENT]],
                [keys[c] for c in s.conditions if c in keys],
                self._counted[self._incidents[s.key]] if s.key in self._incidents else -1,
            ]
        )

    def _value(self, s: Statement) -> str:
        if s.relation == "edtf" and s.object is None:
            return in_words(*bounds(s.value), self.words) or s.value
        return s.value

    def _number(self, iri: str) -> str:
        return _number_of(self.graph.classes.get(iri, "Thing"))

    @cached_property
    def _phrase(self) -> Callable[[str, str, str], str]:
        """How a relation reads, each wording made once."""
        return cache(lambda relation, stance, number: clean(self.words.phrase(relation, stance, number), 120))

    @cached_property
    def _when(self) -> Callable[[Bounds], str]:
        """A stretch of time as words, each made once."""
        return cache(lambda time: in_words(time[0], time[1], self.words))

    def _relation_name(self, relation: str) -> str:
        return self._phrase(relation, Modality.ASSERTED, "one")

    def _evidence(self, words: Wording) -> list[Any]:
        span = words.span
        source = self.graph.text(span.document)
        sentence, quote, paragraph = span.quote, (0, len(span.quote)), 0
        if source is not None and source.text[span.start : span.end] == span.quote:
            first, last = source.sentence(span.start, span.end)
            sentence, quote = source.text[first:last], (span.start - first, span.end - first)
            paragraph = source.paragraph(span.start)
        cut = pieces(sentence, quote, words.subject, words.object, words.relation)
        if not (sentence.isprintable() and len(sentence) <= _LONGEST_PIECE):
            cut = [(role, clean(text, _LONGEST_PIECE)) for role, text in cut]
        if "|" in sentence:
            cut = _cells(cut)
        flat = [part for piece in cut or _NOTHING for part in piece]
        return [self._sources[span.document], span.start, span.end, paragraph, flat]

    def _source(self, iri: str) -> list[str]:
        known = self.graph.sources.get(iri)
        if known is None:
            return [clean(iris.local_name(iri).rsplit("/", 1)[-1])]
        host = safe_link(known.url)
        day = self.words.day(known.published) if known.published else ""
        title = known.title or iris.local_name(iri).rsplit("/", 1)[-1]
        return _trimmed([clean(title), clean(known.publisher), known.published, day, clean(known.author), host])

    def _record(self, record: Record) -> list[Any]:
        day = self.words.day(record.day) if ISO_DAY.match(record.day) else record.day
        about = [clean(text) for text in (record.coder, record.publisher, day)]
        sources = [clean(text) for text in record.sources]
        return _trimmed([clean(record.table), record.row, sources, *about, record.sentence, clean(record.text, 2000)])


@cache
def _number_of(kind: str) -> str:
    """The form of a verb that a name of a class takes."""
    if kind == "SocialGroup":
        return "many"
    acts = style.CATEGORIES[style.category(kind)].key in ("person", "government", "organisation", "group")
    return "one" if acts else "thing"


def safe_link(url: str) -> str:
    """The address if it is a web address that a reader may follow, else nothing.

    >>> safe_link("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def _cells(parts: list[Piece]) -> list[Piece]:
    """A table row reads better without its outer bars."""
    if "".join(text for _, text in parts).lstrip().startswith("|"):
        first, last = parts[0], parts[-1]
        parts[0] = (first[0], first[1].lstrip().removeprefix("|").lstrip())
        last = parts[-1]
        parts[-1] = (last[0], last[1].rstrip().removesuffix("|").rstrip())
    return [p for p in parts if p[1]]


def _telling(evidence: list[Any]) -> int:
    """Sentences in which more of who, what and whom is marked come first."""
    return -len({role for role in evidence[4][::2] if role >= SUBJECT})


def _trimmed(row: list[Any]) -> list[Any]:
    """A row without its empty end; the page reads what is missing as empty."""
    while row and row[-1] in _EMPTY:
        row.pop()
    return row
