"""What the page shows: statements between two names, whatever form the graph keeps them in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from policygraph import iris
from policygraph.view.acts import ENDS, EVENTS, LINES, act_of, can_be_a_line, has_class, towards
from policygraph.view.dates import Bounds, bounds
from policygraph.view.gather import Graph, Span, Values
from policygraph.view.model import CODED, STANCES, UNKNOWN, Record, Statement, Words
from policygraph.view.recorded import recorded, records_of
from policygraph.vocabulary import Modality

# What one line says of an event.
_PARTS = ENDS | {"eventType", "eventMode", "eventContext", "edtf", "addresses"}
_TO_CONCEPTS = iris.VOCAB
_POSTS = frozenset({"Post", "PublicOffice"})


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
    times, records = _times(graph), records_of(graph)
    claims = _claims(graph, times, records)
    drawn_together = _plain_events(graph, claims)
    out = [c.base for c in claims if c.subject not in drawn_together and c.base.object != c.subject]
    for event, parts in sorted(drawn_together.items()):
        out += _event(graph, event, parts, times)
    on_file = recorded(graph, times, records, {s.subject for s in out} | {s.object for s in out if s.object})
    out += on_file if reference else [s for s in on_file if s.stance == CODED]
    return sorted(out, key=_order)


def _order(s: Statement) -> tuple[str, int, str]:
    first = s.words[0].span if s.words else None
    return (first.document, first.start, s.key) if first else ("~", 0, s.key)


# --- claims --------------------------------------------------------------------


def _claims(graph: Graph, times: Mapping[str, Bounds], records: Mapping[str, tuple[Record, ...]]) -> list[_Claim]:
    def single(name: str) -> dict[str, str]:
        return graph.single(iris.term(name))

    def values(name: str) -> Values:
        return graph.values(iris.term(name))

    subjects, predicates, objects, literals = single("subject"), single("predicate"), single("object"), single("value")
    modalities, details, status = single("modality"), single("modalityDetail"), single("claimStatus")
    speakers, conditions, evidence = values("attributedTo"), values("condition"), values("evidence")
    said_of, said_to, methods, spans_of = (
        values("surfaceSubject"),
        values("surfaceObject"),
        _methods(graph),
        graph.spans,
    )
    confidences = single("confidence")
    numbers = {text: float(text) for text in set(confidences.values())}
    names = cache(lambda thing: _names(graph, thing))
    # One object for each name, which is looked up over and over.
    same: dict[str, str] = {}
    found = []
    for iri in sorted(subjects):
        if _last(status.get(iri, "")) in ("superseded", "retracted") or iri not in predicates:
            continue
        subject, target = same.setdefault(subjects[iri], subjects[iri]), objects.get(iri)
        is_value = target is None
        target = literals.get(iri, "") if target is None else same.setdefault(target, target)
        predicate = predicates[iri].rpartition("#")[2]
        wording = tuple(said_of.get(iri, ()))
        # What stands for an event in a sentence is the word for the act, not a name.
        acts = has_class(graph, subject, EVENTS)
        who = names(subject) if acts or not wording else (*wording, *names(subject))
        whom = (*said_to[iri], *names(target)) if iri in said_to else names(target)
        spans = sorted([spans_of[e] for e in evidence.get(iri, ()) if e in spans_of], key=_place)
        time = times.get(iri) or times.get(subject) or UNKNOWN
        entity, value = _end(graph, target, is_value)
        base = Statement(
            key=iri,
            subject=subject,
            relation=predicate,
            stance=_stance(modalities.get(iri, "")),
            object=entity,
            value=value,
            time=_told(target, time) if is_value and predicate == "edtf" else time,
            detail=_last(details.get(iri, "")),
            speakers=tuple([graph.name(s) for s in speakers.get(iri, ())]),
            confidence=numbers.get(confidences.get(iri, "")),
            method=methods.get(iri, ""),
            conditions=tuple(conditions.get(iri, ())),
            words=tuple([Words(span, who, whom, wording if acts else ()) for span in spans]),
            # What was imported has no words; it, or its event, points to the line of a data set.
            records=records.get(iri) or (() if spans else records.get(subject, ())),
        )
        found.append(_Claim(iri, subject, predicate, target, is_value, base))
    return found


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]


def _end(graph: Graph, target: str, is_value: bool) -> tuple[str | None, str]:
    """What a claim is about besides its subject: an entity, or else words; concepts and posts are words."""
    if is_value:
        return None, target
    if target.startswith(_TO_CONCEPTS) or graph.classes.get(target) in _POSTS:
        return None, graph.name(target)
    return target, ""


def _told(date: str, otherwise: Bounds) -> Bounds:
    """The time that a claim about a date tells."""
    known = bounds(date)
    return otherwise if known == UNKNOWN else known


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _stance(modality: str) -> str:
    code = _last(modality)
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
        if has_class(graph, event, LINES)
        and event not in targets
        and all(c.predicate in _PARTS for c in mine)
        and can_be_a_line({c.predicate for c in mine}, graph.classes[event])
    }


def _event(graph: Graph, event: str, parts: Sequence[_Claim], times: Mapping[str, Bounds]) -> Iterator[Statement]:
    def of(*names: str) -> list[_Claim]:
        return [c for c in parts if c.predicate in names]

    dated = next((bounds(c.object) for c in of("edtf") if c.is_value), UNKNOWN)
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
            value="",
            relation="event:"
            + towards(graph, target.object, act_of(graph, event, {c.predicate: c.object for c in parts})),
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
