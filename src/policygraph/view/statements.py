"""What the page shows: statements between two names, whatever form the graph keeps them in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from policygraph import iris
from policygraph.view.dates import Bounds, bounds
from policygraph.view.gather import DERIVED, Graph, Span, Values
from policygraph.vocabulary import Modality

#: The stance of what stands in a table of records and in no text, and of events that a data set codes.
RECORD, CODED = "record", "coded"
ON_FILE = frozenset({RECORD, CODED})
STANCES: tuple[str, ...] = (*(m.value for m in Modality), RECORD, CODED)

# Parts of an event that become the ends and the details of one line.
_ENDS = frozenset({"hasActor", "hasRecipient", "hasDestination", "occursAt"})
_PARTS = _ENDS | {"eventType", "eventMode", "eventContext", "edtf", "addresses"}
_TO_CONCEPTS = iris.VOCAB
_POSTS = frozenset({"Post", "PublicOffice"})
# Events that can be drawn as a line; an incident has a title of its own and stays a name.
_LINES = frozenset({"Event", "Visit", "Meeting", "SpeechAct"})
_EVENTS = _LINES | {"Incident"}
# Actors that only data sets of events name.
_UNLINKED = "actor/"
# What the graph knows from tables besides events; order decides nothing.
_RECORDED = (
    "hasActor hasRecipient hasParticipant hasDestination occursAt proposes implements supports opposes cooperatesWith "
    "meets visits engages headedBy governs within administrationOf bodyOf actsFor memberOf"
).split()


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
    time: Bounds = (None, None)
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


class _Claim(NamedTuple):
    iri: str
    subject: str
    predicate: str
    object: str
    is_value: bool
    base: Statement


def statements(graph: Graph, reference: bool = True) -> list[Statement]:
    """All statements of a graph: claims, events drawn together, and facts on record.

    An event becomes one line from actor to recipient (a visit: to its place)
    when nothing else is said about it; otherwise it stays a name of its own.
    """
    claims = _claims(graph)
    times = _times(graph)
    drawn_together = _plain_events(graph, claims)
    out = [s for c in claims if c.subject not in drawn_together for s in [_single(graph, c, times)] if s]
    for event, parts in sorted(drawn_together.items()):
        out += _event(graph, event, parts, times)
    on_file = _recorded(graph, times, {s.subject for s in out} | {s.object for s in out if s.object})
    out += on_file if reference else [s for s in on_file if s.stance == CODED]
    return sorted(out, key=_order)


def _order(s: Statement) -> tuple[str, int, str]:
    first = s.words[0].span if s.words else None
    return (first.document, first.start, s.key) if first else ("~", 0, s.key)


# --- claims --------------------------------------------------------------------


def _claims(graph: Graph) -> list[_Claim]:
    at = {name: graph.single(iris.term(name)) for name in ("subject", "predicate", "modality", "confidence")}
    objects, literals = graph.single(iris.term("object")), graph.single(iris.term("value"))
    details, status = graph.single(iris.term("modalityDetail")), graph.single(iris.term("claimStatus"))
    speakers, evidence = graph.values(iris.term("attributedTo")), graph.values(iris.term("evidence"))
    shown = {side: graph.values(iris.term("surface" + side)) for side in ("Subject", "Object")}
    conditions, methods, records = graph.values(iris.term("condition")), _methods(graph), _records(graph)
    names = cache(lambda thing: _names(graph, thing))
    found = []
    for iri in sorted(at["subject"]):
        if status.get(iri, "").rsplit("/", 1)[-1] in ("superseded", "retracted") or iri not in at["predicate"]:
            continue
        subject, target = at["subject"][iri], objects.get(iri, literals.get(iri, ""))
        wording = tuple(shown["Subject"].get(iri, ()))
        # What stands for an event in a sentence is the word for the act, not a name.
        acts = _has_class(graph, subject, _EVENTS)
        who = names(subject) if acts else (*wording, *names(subject))
        whom = (*shown["Object"].get(iri, ()), *names(target))
        spans = sorted((graph.spans[e] for e in evidence.get(iri, ()) if e in graph.spans), key=_place)
        base = Statement(
            key=iri,
            subject=subject,
            relation=at["predicate"][iri].rsplit("#", 1)[-1],
            stance=_stance(at["modality"].get(iri, "")),
            detail=details.get(iri, "").rsplit("/", 1)[-1],
            speakers=tuple(graph.name(s) for s in speakers.get(iri, ())),
            confidence=float(at["confidence"][iri]) if iri in at["confidence"] else None,
            method=methods.get(iri, ""),
            conditions=tuple(conditions.get(iri, ())),
            words=tuple(Words(span, who, whom, wording if acts else ()) for span in spans),
            # What was imported has no words; it, or its event, points to the line of a data set.
            records=records.get(iri) or (() if spans else records.get(subject, ())),
        )
        found.append(_Claim(iri, subject, base.relation, target, iri not in objects, base))
    return found


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _stance(modality: str) -> str:
    code = modality.rsplit("/", 1)[-1]
    return code if code in STANCES else Modality.ASSERTED.value


def _names(graph: Graph, iri: str) -> tuple[str, ...]:
    """Wordings to look for in a sentence: the name and other names, long ones first."""
    if iri not in graph.labels:
        return ()
    return tuple(sorted({graph.labels[iri], *graph.other_names.get(iri, ())}, key=lambda n: (-len(n), n)))


def _methods(graph: Graph) -> dict[str, str]:
    """Claim to how it was found: rules, model, person or import."""
    runs, agents = graph.single(iris.term("extraction")), graph.single(iris.PROV + "wasAssociatedWith")
    by_run = {}
    for run in set(runs.values()):
        name = f"{agents.get(run, '')} {graph.labels.get(agents.get(run, ''), '')}".lower()
        found = {"llm": "model", "model": "model", "import": "import", "person": "person", "analyst": "person"}
        by_run[run] = next((kind for word, kind in found.items() if word in name), "rules")
    return {claim: by_run[run] for claim, run in runs.items()}


def _single(graph: Graph, claim: _Claim, times: Mapping[str, Bounds]) -> Statement | None:
    base = claim.base._replace(time=times.get(claim.iri) or times.get(claim.subject) or (None, None))
    if claim.is_value:
        known = bounds(claim.object) if claim.predicate == "edtf" else (None, None)
        return base._replace(value=claim.object, time=known if known != (None, None) else base.time)
    if claim.object.startswith(_TO_CONCEPTS) or graph.classes.get(claim.object) in _POSTS:
        return base._replace(value=graph.name(claim.object))
    if claim.object == claim.subject:
        return None
    return base._replace(object=claim.object)


def _times(graph: Graph) -> dict[str, Bounds]:
    """First and last day of events, claims and tenures."""
    first, last = graph.single(iris.term("earliest")), graph.single(iris.term("latest"))
    known = {iri: (first.get(iri), last.get(iri)) for iri in sorted(first.keys() | last.keys())}
    for iri, date in graph.single(iris.term("edtf")).items():
        known.setdefault(iri, bounds(date))
    return known


# --- events --------------------------------------------------------------------


def _plain_events(graph: Graph, claims: Sequence[_Claim]) -> dict[str, list[_Claim]]:
    """Events that are said in full by who, whom, where, when and what kind."""
    parts: dict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        parts[claim.subject].append(claim)
    targets = {c.object for c in claims if not c.is_value}
    return {
        event: mine
        for event, mine in parts.items()
        if _has_class(graph, event, _LINES)
        and event not in targets
        and all(c.predicate in _PARTS for c in mine)
        and _can_be_a_line({c.predicate for c in mine}, graph.classes[event])
    }


def _has_class(graph: Graph, iri: str, classes: frozenset[str]) -> bool:
    return graph.classes.get(iri) in classes


def _can_be_a_line(parts: set[str], kind: str) -> bool:
    return "hasActor" in parts and ("hasRecipient" in parts or (kind == "Visit" and "hasDestination" in parts))


def _event(graph: Graph, event: str, parts: Sequence[_Claim], times: Mapping[str, Bounds]) -> Iterator[Statement]:
    def of(*names: str) -> list[_Claim]:
        return [c for c in parts if c.predicate in names]

    dated = next((bounds(c.object) for c in of("edtf") if c.is_value), (None, None))
    places = sorted({graph.name(c.object) for c in of("occursAt", "hasDestination")})
    kinds = [graph.name(c.object) for c in of("eventMode") or of("eventType")]
    to_places = of("hasDestination") if graph.classes[event] == "Visit" else []
    for actor, target in product(of("hasActor"), [*of("hasRecipient"), *to_places]):
        if actor.object == target.object or actor.base.stance != target.base.stance:
            continue
        yield actor.base._replace(
            key=f"{event} {actor.object} {target.object}",
            subject=actor.object,
            object=target.object,
            relation="event:"
            + _towards(graph, target.object, _act(graph, event, {c.predicate: c.object for c in parts})),
            time=times.get(event) or dated,
            place=", ".join(places) if target not in to_places else "",
            kind=", ".join(kinds),
            speakers=tuple(sorted({*actor.base.speakers, *target.base.speakers})),
            confidence=min((c.base.confidence for c in (actor, target) if c.base.confidence is not None), default=None),
            words=_joint_words(actor, target),
            records=tuple(dict.fromkeys((*actor.base.records, *target.base.records))),
            event=event,
        )


def _joint_words(actor: _Claim, target: _Claim) -> tuple[Words, ...]:
    """The spans of both ends; each end's own wording is the object of its claim."""
    who = actor.base.words[0].object if actor.base.words else ()
    whom = target.base.words[0].object if target.base.words else ()
    found = {w.span: w.relation for w in (*target.base.words, *actor.base.words)}
    return tuple(Words(span, who, whom, act) for span, act in sorted(found.items(), key=lambda f: f[0].start))


def _act(graph: Graph, event: str, parts: Mapping[str, str]) -> str:
    """What is done in an event: its mode, else its type, else what its class tells."""
    coded = parts.get("eventMode") or parts.get("eventType")
    if coded:
        return coded.rsplit("/", 1)[-1]
    return {"Visit": "consult-visit", "Meeting": "consult-meet"}.get(graph.classes.get(event, ""), "event")


def _towards(graph: Graph, target: str, act: str) -> str:
    """On a visit a place is visited and a person is met."""
    return "consult-meet" if act == "consult-visit" and graph.classes.get(target) == "Person" else act


# --- records -------------------------------------------------------------------


def _records(graph: Graph) -> dict[str, tuple[Record, ...]]:
    """Thing to the lines of tables that it stands in."""
    tables, rows = graph.single(iris.term("table")), graph.single(iris.term("row"))
    sources = graph.values(iris.DCTERMS + "source")
    coders, versions = graph.single(iris.term("coder")), graph.single(iris.term("coderVersion"))
    publishers, days = graph.single(iris.DCTERMS + "publisher"), graph.single(iris.DCTERMS + "issued")
    sentences, texts = graph.single(iris.term("sentence")), graph.single(iris.term("excerpt"))

    def record(r: str) -> Record:
        if r in rows:
            return Record(tables[r], int(rows[r]), tuple(sources.get(r, ())))
        coder = ", ".join(dict.fromkeys(part for part in (coders.get(r), versions.get(r)) if part))
        return Record(
            tables[r], 0, tuple(sources.get(r, ())), coder, publishers.get(r, ""), days.get(r, "")[:10],
            int(sentences.get(r, "0")), texts.get(r, ""),
        )  # fmt: skip

    lines = graph.values(iris.term("recordedIn"))
    return {thing: tuple(record(r) for r in found if r in tables) for thing, found in lines.items()}


def _recorded(graph: Graph, times: Mapping[str, Bounds], known: set[str]) -> list[Statement]:
    records = _records(graph)
    # Facts in the graph of entities come from a reading of a text: they are no record.
    skip = DERIVED | {iris.ENTITIES_GRAPH}
    facts = {name: graph.values(iris.term(name), skip=skip) for name in _RECORDED}
    base = Statement(key="", subject="", relation="", stance=RECORD)
    out = list(_recorded_events(graph, facts, times, records, base))
    known = known | {s.subject for s in out} | {s.object for s in out if s.object}
    plain = [
        base._replace(key=f"{s} {name} {o}", subject=s, relation=name, object=o,
            time=times.get(s, (None, None)), records=_lines_of(s, o, records),
            stance=CODED if iris.local_name(s).startswith(_UNLINKED) else RECORD,
        )
        for name in _RECORDED if name not in _ENDS
        for s, objects in sorted(facts[name].items())
        for o in objects if s != o
    ]  # fmt: skip
    out += _near(graph, plain, known)
    return out + list(_tenures(graph, times, records, base, known))


def _lines_of(subject: str, target: str, records: Mapping[str, tuple[Record, ...]]) -> tuple[Record, ...]:
    """Where a fact stands: in the line of its subject, else of its object. Names of data sets stand in none."""
    if iris.local_name(subject).startswith(_UNLINKED):
        return ()
    return records.get(subject) or records.get(target, ())


def _near(graph: Graph, facts: Sequence[Statement], known: set[str]) -> list[Statement]:
    """Facts that begin at a name of the graph, two steps out; all of them where there is no other name."""
    if not known:
        return list(facts)
    reached, kept = set(known), {}
    for _ in range(2):
        found = [f for f in facts if f.subject in reached and f.key not in kept]
        # Long lists of members would bury the rest: for them both ends must be there.
        found = [f for f in found if f.object in reached or not _is_membership(graph, f)]
        kept.update({f.key: f for f in found})
        reached |= {f.object for f in found if f.object}
    return list(kept.values())


def _is_membership(graph: Graph, fact: Statement) -> bool:
    return fact.relation == "memberOf" or (
        fact.relation == "within" and graph.classes.get(fact.object or "") == "Region"
    )


def _recorded_events(
    graph: Graph, facts: Mapping[str, Values], times: Mapping[str, Bounds], records: Mapping[str, tuple[Record, ...]],
    base: Statement,
) -> Iterator[Statement]:  # fmt: skip
    types, modes = (graph.single(iris.term(n), skip=DERIVED) for n in ("eventType", "eventMode"))
    events = sorted({e for name in _ENDS for e in facts[name]})
    for event in events:
        ends = {name: facts[name].get(event, []) for name in sorted(_ENDS)}
        mine = records.get(event, ())
        stance = CODED if any(not r.row for r in mine) else RECORD
        shared = base._replace(time=times.get(event, (None, None)), stance=stance, records=mine, event=event)
        if _has_class(graph, event, _LINES) and _can_be_a_line({n for n, o in ends.items() if o}, graph.classes[event]):
            coded = {"eventMode": modes.get(event, ""), "eventType": types.get(event, "")}
            act = _act(graph, event, coded)
            to_places = ends["hasDestination"] if graph.classes[event] == "Visit" else []
            where = "" if to_places else ", ".join(graph.name(p) for p in ends["occursAt"])
            for actor, target in product(ends["hasActor"], [*ends["hasRecipient"], *to_places]):
                if actor != target:
                    key = f"{event} {actor} {target}"
                    relation = "event:" + _towards(graph, target, act)
                    yield shared._replace(key=key, subject=actor, object=target, relation=relation, place=where)
        else:
            for name, objects in ends.items():
                for end in objects:
                    yield shared._replace(key=f"{event} {name} {end}", subject=event, relation=name, object=end)


def _tenures(
    graph: Graph, times: Mapping[str, Bounds], records: Mapping[str, tuple[Record, ...]], base: Statement,
    known: set[str],
) -> Iterator[Statement]:  # fmt: skip
    posts = graph.single(iris.term("ofPost"))
    for tenure, person in sorted(graph.single(iris.term("holder")).items()):
        if person in known and tenure in posts:
            # A time in office without an end is not over.
            held = "holdsPost" if times.get(tenure, (None, None))[1] is None else "tenure"
            yield base._replace(key=tenure, subject=person, relation=held, value=graph.name(posts[tenure]),
                time=times.get(tenure, (None, None)), records=records.get(tenure, ()),
            )  # fmt: skip
