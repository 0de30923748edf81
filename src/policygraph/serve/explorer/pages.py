"""Gathers what a page shows, as plain dictionaries; templates do the rest."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph.generations import IMPORTS, read_json
from policygraph.graph.terms import value
from policygraph.serve.explorer.reader import ServedGraph

Row = dict[str, Any]
#: What the relations of an event answer, in the order in which a page shows them.
_QUESTIONS = {
    "event type": "What",
    "event mode": "How",
    "has actor": "Who",
    "has recipient": "To whom",
    "has participant": "With whom",
    "occurs at": "Where",
    "has destination": "Whereto",
    "EDTF date": "When",
    "date": "When",
    "event context": "About",
    "fatalities": "Dead",
    "original code": "Code in the data set",
}
#: What the same relations say about somebody or something that takes part.
_PARTS = {
    "has actor": "Does or did",
    "has recipient": "Is at the receiving end of",
    "has participant": "Takes part in",
    "occurs at": "Happens here",
    "has destination": "Who comes here",
}


class Piece(NamedTuple):
    """A part of a text, the mark that covers it, and the marks that begin with it."""

    text: str
    mark: tuple[int, int] | None
    begins: list[tuple[int, int]]


@cache
def query(name: str) -> str:
    """The text of one of the explorer's queries."""
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def rows(graph: ServedGraph, name: str, **values: ox.NamedNode | ox.Literal) -> list[Row]:
    """The rows of one of the explorer's queries, with terms in the place of its variables.

    The terms are written by the engine itself, and the variables stand in patterns
    alone, where a bound value would not reach into unions and sub-queries.
    """
    text = query(name)
    for variable, term in values.items():
        text = re.sub(rf"\?{variable}\b", lambda _, term=term: str(term), text)  # type: ignore[misc]
    return list(graph.select(text))


def start(graph: ServedGraph, generation: Path) -> Row:
    """What is in the graph."""
    report = read_json(generation / "report.json")
    files: Any = read_json(generation / IMPORTS).get("files", {})
    return {
        "title": report.get("title", "policygraph"),
        "counts": report.get("counts", {}),
        "modalities": report.get("modalities", {}),
        "sources": report.get("sources", []),
        "imports": sorted(files.values(), key=lambda f: str(f.get("name"))),
        "leading": rows(graph, "leading"),
    }


def search(graph: ServedGraph, words: str) -> list[Row]:
    """Things with these words in one of their names."""
    if not words.strip():
        return []
    return rows(graph, "search", words=ox.Literal(words.strip().lower()))


def thing(graph: ServedGraph, iri: str) -> tuple[str, Row] | None:
    """The template that suits a thing and what it shows, or None where the graph does not know it."""
    node = ox.NamedNode(iri)
    if known := rows(graph, "names", thing=node):
        return "entity.html", entity(graph, node, known)
    if said := rows(graph, "claim", thing=node):
        return "claim.html", {"claims": said}
    if found := rows(graph, "incident", thing=node):
        return "incident.html", {"incident": found[0], "events": found}
    if facts := rows(graph, "facts", thing=node):
        return "facts.html", {"facts": facts}
    return None


def entity(graph: ServedGraph, node: ox.NamedNode, known: list[Row]) -> Row:
    """Everything about something that has a name."""
    claims = rows(graph, "claims", thing=node)
    kind = iris.local_name(node.value).split("/")[0]

    def about(name: str, *kinds: str) -> list[Row]:
        return rows(graph, name, thing=node) if kind in kinds else []

    facts = event_facts(about("event", "event"))
    return {
        "name": known[0]["name"],
        "types": _each(known, "type"),
        "others": [o for o in _each(known, "other") if o != known[0]["name"]],
        "definition": next(iter(_each(known, "definition")), None),
        "facts": facts,
        "rows": about("rows", "event"),
        "incident": about("incident", "event"),
        "roles": about("roles", "person", "post"),
        "belonging": about("belonging", "country", "region", "place"),
        "groups": _grouped(claims, node.value),
        "told": told,
        "records": [] if facts else _once(rows(graph, "records", thing=node), "source"),
        "claims": len({c["claim"] for c in claims}),
        "more": len(claims) >= 500,
    }


def event_facts(found: list[Row]) -> list[tuple[str, list[Row]]]:
    """The facts of an event under the questions that they answer."""
    answers: dict[str, list[Row]] = {}
    for row in found:
        relation = str(row["relation"])
        answers.setdefault(_QUESTIONS.get(relation, relation), []).append(row)
    order = list(dict.fromkeys(_QUESTIONS.values()))
    return sorted(answers.items(), key=lambda answer: order.index(answer[0]) if answer[0] in order else len(order))


def told(claims: Iterable[Row]) -> list[tuple[Row, list[tuple[str, list[Row]]]]]:
    """Claims for a reader: those about one event together with what they answer, others one by one."""
    events: dict[str, list[Row]] = {}
    others: list[Row] = []
    for claim in claims:
        if str(claim["subject"]).startswith(iris.ID + "event/"):
            events.setdefault(claim["subject"], []).append(claim)
        else:
            others.append(claim)
    return [(rows[0], event_facts(rows)) for rows in events.values()] + [(claim, []) for claim in others]


def by_words(claims: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Claims that rest on the same words together, so that these are quoted once."""
    found: dict[tuple[str, int, int], list[Row]] = {}
    for claim in claims:
        found.setdefault((claim["document"], claim["start"], claim["end"]), []).append(claim)
    return [(same[0], same) for same in found.values()]


def _grouped(claims: list[Row], node: str) -> list[tuple[str, bool, list[tuple[Row, list[Row]]]]]:
    """Claims under headings: for an event its quotes, for others each relation; and whether events are named alone."""
    own = [c for c in claims if c["subject"] == node]
    if own and node.startswith(iris.ID + "event/"):
        rest = [c for c in claims if c["subject"] != node]
        return [("What sources say", False, by_words(own)), *_grouped(rest, "")]
    groups = []
    for relation, same in groupby(claims, key=lambda c: c["relation"]):
        of_relation = list(same)
        as_object = relation in _PARTS and all(c["object"] == node for c in of_relation)
        groups.append((_PARTS[relation] if as_object else relation, as_object, by_words(of_relation)))
    return groups


def _once(found: list[Row], but: str) -> list[Row]:
    """Each row once, whatever its cell `but` holds."""
    return list({tuple(v for k, v in row.items() if k != but): row for row in found}.values())


def document(graph: ServedGraph, doc_id: str) -> Row | None:
    """A source with every quote marked, or None where its text is not kept."""
    text = graph.source_text(doc_id)
    if text is None:
        return None
    iri = iris.document(doc_id)
    about = {q.predicate.value: value(q.object) for q in graph.scan(ox.NamedNode(iri))}

    def said(name: str) -> str | None:
        found = about.get(name)
        return None if found is None else str(found)

    spans = rows(graph, "spans", thing=ox.NamedNode(iri))
    return {
        "title": said(iris.DCTERMS + "title") or doc_id,
        "publisher": said(iris.DCTERMS + "publisher"),
        "published": said(iris.term("publishedOn")),
        "address": said(iris.DCTERMS + "source"),
        "pieces": pieces(text, spans),
        "spans": [(key, told(group)) for key, group in groupby(spans, key=lambda s: (s["start"], s["end"]))],
    }


def pieces(text: str, spans: Iterable[Row]) -> list[Piece]:
    """The text cut where marks begin and end; each piece with the shortest span that covers it, and those that begin.

    >>> for piece in pieces("abcdef", [{"start": 1, "end": 4}, {"start": 2, "end": 3}]):
    ...     print(piece.text, piece.mark, piece.begins)
    a None []
    b (1, 4) [(1, 4)]
    c (2, 3) [(2, 3)]
    d (1, 4) []
    ef None []
    """
    marks = sorted({(s["start"], s["end"]) for s in spans if 0 <= s["start"] < s["end"] <= len(text)})
    cuts = sorted({0, len(text), *(c for mark in marks for c in mark)})
    found: list[Piece] = []
    active: list[tuple[int, int]] = []
    waiting = deque(marks)
    for begin, end in pairwise(cuts):
        active = [m for m in active if m[1] > begin]
        begins = []
        while waiting and waiting[0][0] <= begin:
            begins.append(waiting.popleft())
        active += begins
        mark = min(active, key=lambda m: (m[1] - m[0], m)) if active else None
        found.append(Piece(text[begin:end], mark, begins))
    return found


def _each(found: list[Row], name: str) -> list[str]:
    return list(dict.fromkeys(str(r[name]) for r in found if r.get(name)))
