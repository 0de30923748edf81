"""What stands on record: facts and events that tables and data sets tell, not sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from policygraph import iris
from policygraph.view.acts import ENDS, LINES, act_of, can_be_a_line, has_class, towards
from policygraph.view.dates import Bounds
from policygraph.view.gather import DERIVED, Graph, Values
from policygraph.view.model import CODED, RECORD, UNKNOWN, Record, Statement

# Actors that only data sets of events name.
_UNLINKED = "actor/"
# What the graph knows from tables besides events; order decides nothing.
_RECORDED = (
    "hasActor hasRecipient hasParticipant hasDestination occursAt proposes implements supports opposes cooperatesWith "
    "meets visits engages headedBy governs within administrationOf bodyOf actsFor memberOf"
).split()


def records_of(graph: Graph) -> dict[str, tuple[Record, ...]]:
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


def recorded(
    graph: Graph, times: Mapping[str, Bounds], records: Mapping[str, tuple[Record, ...]], known: set[str]
) -> list[Statement]:
    """Facts and events on record about the names of `known`, and about what those lead to."""
    # Facts in the graph of entities come from a reading of a text: they are no record.
    skip = DERIVED | {iris.ENTITIES_GRAPH}
    facts = {name: graph.values(iris.term(name), skip=skip) for name in _RECORDED}
    base = Statement(key="", subject="", relation="", stance=RECORD)
    out = list(_recorded_events(graph, facts, times, records, base))
    known = known | {s.subject for s in out} | {s.object for s in out if s.object}
    plain = [
        base._replace(key=f"{s} {name} {o}", subject=s, relation=name, object=o,
            time=times.get(s, UNKNOWN), records=_lines_of(s, o, records),
            stance=CODED if iris.local_name(s).startswith(_UNLINKED) else RECORD,
        )
        for name in _RECORDED if name not in ENDS
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
    events = sorted({e for name in ENDS for e in facts[name]})
    for event in events:
        ends = {name: facts[name].get(event, []) for name in sorted(ENDS)}
        mine = records.get(event, ())
        stance = CODED if any(not r.row for r in mine) else RECORD
        shared = base._replace(time=times.get(event, UNKNOWN), stance=stance, records=mine, event=event)
        if has_class(graph, event, LINES) and can_be_a_line({n for n, o in ends.items() if o}, graph.classes[event]):
            coded = {"eventMode": modes.get(event, ""), "eventType": types.get(event, "")}
            act = act_of(graph, event, coded)
            to_places = ends["hasDestination"] if graph.classes[event] == "Visit" else []
            where = "" if to_places else ", ".join(graph.name(p) for p in ends["occursAt"])
            for actor, target in product(ends["hasActor"], [*ends["hasRecipient"], *to_places]):
                if actor != target:
                    key = f"{event} {actor} {target}"
                    relation = "event:" + towards(graph, target, act)
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
            held = "holdsPost" if times.get(tenure, UNKNOWN)[1] is None else "tenure"
            yield base._replace(key=tenure, subject=person, relation=held, value=graph.name(posts[tenure]),
                time=times.get(tenure, UNKNOWN), records=records.get(tenure, ()),
            )  # fmt: skip
