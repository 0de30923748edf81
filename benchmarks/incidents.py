"""How well reports are merged, on labelled pairs; and how time and memory grow with the number of events.

python -m benchmarks.incidents                 the strategies on the pairs, the copies of articles
python -m benchmarks.incidents --fit           weights for `near`, from the part to tune on
python -m benchmarks.incidents --kinds         `near` by kind of pair
python -m benchmarks.incidents --scale N …     N made-up coded events, each number in a process of its own
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.incident_pairs import DATA, article_pairs, pairs  # noqa: E402
from benchmarks.measuring import note  # noqa: E402
from policygraph import iris  # noqa: E402
from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision  # noqa: E402
from policygraph.coded import Report as CodedReport  # noqa: E402
from policygraph.graph.coded import CodedWriter  # noqa: E402
from policygraph.graph.encode import encode, entity_quads  # noqa: E402
from policygraph.graph.materialise import materialise  # noqa: E402
from policygraph.graph.reference import reference_quads  # noqa: E402
from policygraph.graph.rules import infer, load_rules  # noqa: E402
from policygraph.graph.store import EmbeddedStore  # noqa: E402
from policygraph.importing.reference import load_reference  # noqa: E402
from policygraph.incidents import find_incidents, originals, strategies, strategy  # noqa: E402
from policygraph.incidents.events import Maker  # noqa: E402
from policygraph.incidents.likeness import Likeness  # noqa: E402
from policygraph.incidents.outlets import outlets  # noqa: E402
from policygraph.incidents.rates import Rates  # noqa: E402
from policygraph.incidents.reading import Reading  # noqa: E402
from policygraph.incidents.strategies import LEVELS  # noqa: E402
from policygraph.reading import read_bytes  # noqa: E402
from policygraph.records import (  # noqa: E402
    DateRef,
    Entity,
    Event,
    Extraction,
    Participant,
    PlaceRef,
    SourceInfo,
    Span,
)
from policygraph.vocabulary import EntityType, EventType, Modality  # noqa: E402

#: Pairs are this many days apart, so that they cannot be merged with each other.
APART, BEGIN = 60, dt.date(1900, 1, 1)
PLACES: dict[str, Any] = json.loads((DATA / "places.json").read_text(encoding="utf-8"))
Row = dict[str, Any]


# --- from pairs to a graph -------------------------------------------------------


def graph_of(rows: list[Row]) -> tuple[EmbeddedStore, list[tuple[str, str]]]:
    """All pairs in one store, written by the real writers, and the names of the two events of each."""
    from dataclasses import replace

    store = EmbeddedStore.memory()
    store.extend(reference_quads(replace(load_reference(), visits=(), initiatives=())))
    writer, lines, named, names = CodedWriter(), [], [], []
    for at, row in enumerate(rows):
        both = []
        for letter in "ab":
            day = BEGIN + dt.timedelta(days=at * APART + 20 + (row[letter].get("day") or 0))
            if row[letter]["set"] == "article":
                encoded = encode(article(row[letter], f"{at}{letter}", day))
                store.extend(encoded.quads)
                named += encoded.named
                both.append(iris.thing(f"event/{encoded.doc_id[:8]}-it"))
            else:
                event = coded(row[letter], f"{at}{letter}", day)
                lines.append(writer.write(event))
                both.append(iris.thing(f"event/{event.dataset}-{event.id}"))
        names.append((both[0], both[1]))
    import pyoxigraph as ox

    store.engine.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    store.extend(entity_quads(named))
    materialise(store.engine)
    infer(store.engine, [rule for rule in load_rules() if rule.name in ("02-within-closure", "03-acts-for")])
    return store, names


def actor(party: dict[str, str]) -> CodedActor:
    """The actor of a coded event; without a name the government."""
    country = party["country"]
    if not party["name"]:
        return CodedActor(f"Government of {country}", country, ("GOV",), known=f"government/{country.lower()}")
    return CodedActor(party["name"], country, (party["sector"],))


def place(name: str | None) -> CodedPlace | None:
    """A place by the name of a town (with `*` as others call it) or the code of a country."""
    if name is None:
        return None
    if name not in PLACES and not name.endswith("*"):
        return CodedPlace(name, name, Precision.COUNTRY)
    spot = PLACES[name.rstrip("*")]
    other = name.endswith("*")
    called = spot.get("also", name.rstrip("*")) if other else name
    shift = 0.02 if other else 0.0
    return CodedPlace(called, spot["country"], Precision.CITY, spot["latitude"] + shift, spot["longitude"])


def coded(told: Row, name: str, day: dt.date) -> CodedEvent:
    """A report of a data set."""
    return CodedEvent(
        told["set"],
        name,
        EventType(told["type"]),
        told["type"].lower(),
        day,
        day,
        told.get("mode"),
        actors=tuple(map(actor, told["who"])),
        recipients=tuple(map(actor, told["whom"])),
        place=place(told.get("place")),
        reports=(CodedReport(address(told, name), published=day, text=told.get("words")),),
    )


def address(told: Row, name: str) -> str:
    """The address of a report, not that of another pair's."""
    return str(told["url"]).replace(".example/", f".example/{name[:-1]}/")


def article(told: Row, name: str, day: dt.date) -> Extraction:
    """A report of an article of one sentence."""
    text = f"{told['words']}\n\nNumber {name} of our paper."
    info = SourceInfo(
        f"Article {name}", f"Paper {name}", day + dt.timedelta(days=told.get("published", 0)), address(told, name)
    )
    document = read_bytes(text.encode(), f"{name}.txt", info)
    span = Span.of(document.text, 0, len(told["words"]))
    when = None
    if told.get("month"):
        when = DateRef(f"{day:%Y-%m}", None, None)
    elif "day" in told:
        when = DateRef(day.isoformat(), day, day)
    local = f"event/{document.id[:8]}-it"
    where = told.get("place")
    spot = (
        Entity(f"place/{iris.slug(where)}", EntityType.POPULATED_PLACE, where, PLACES[where]["country"])
        if where
        else None
    )
    people = {id(one): participant(one, span) for one in (*told["who"], *told["whom"])}
    event = Event(
        local,
        told["words"][:40],
        EntityType.EVENT,
        EventType(told["type"]),
        None,
        told.get("mode"),
        source=tuple(people[id(one)][0] for one in told["who"]),
        target=tuple(people[id(one)][0] for one in told["whom"]),
        place=PlaceRef(where, span, spot.id, PLACES[where]["country"]) if where and spot else None,
        date=when,
        modality=Modality.DENIED if told.get("denied") else Modality.ASSERTED,
        evidence=(span,),
    )
    entities = [entity for _, entity in people.values()] + ([spot] if spot else [])
    return Extraction(document, entities=tuple(entities), events=(event,))


def participant(party: dict[str, str], span: Span) -> tuple[Participant, Entity]:
    """Who takes part, and as which entity."""
    country = party["country"]
    if not party["name"]:
        local = f"government/{country.lower()}"
        return Participant(country, span, local, country), Entity(local, EntityType.GOVERNMENT, country, known=True)
    local = f"organisation/{iris.slug(party['name'])}"
    return Participant(party["name"], span, local, country), Entity(
        local, EntityType.ORGANISATION, party["name"], country
    )


# --- scores ----------------------------------------------------------------------


def verdicts(store: EmbeddedStore, name: str, names: list[tuple[str, str]]) -> list[bool]:
    """Whether a strategy merges the two events of each pair."""
    of: dict[str, int] = {}
    for at, incident in enumerate(find_incidents(store, strategy(name))):
        of.update((event, at) for event in incident.events)
    return [a in of and of.get(a) == of.get(b) for a, b in names]


def scores(labels: list[bool], found: list[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 in per cent."""
    right = sum(a and b for a, b in zip(labels, found, strict=True))
    precision, recall = 100 * right / max(sum(found), 1), 100 * right / max(sum(labels), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def print_strategies(rows: list[Row], store: EmbeddedStore, names: list[tuple[str, str]], kinds: bool) -> None:
    """A table of all strategies on both parts; with `kinds`, `near` by kind of pair."""
    kept: dict[tuple[str, str], tuple[float, float, float]] = {}
    print("| strategy | part | pairs | precision | recall | F1 |\n|---|---|---:|---:|---:|---:|")
    for name in strategies():
        found = verdicts(store, name, names)
        for part in ("tune", "held out"):
            at = [n for n, row in enumerate(rows) if row["part"] == part]
            precision, recall, f1 = scores([rows[n]["same"] for n in at], [found[n] for n in at])
            print(f"| `{name}` | {part} | {len(at)} | {precision:.1f} | {recall:.1f} | {f1:.1f} |")
            kept[name, part] = precision, recall, f1
        if kinds and name == "near":
            right: Counter[tuple[bool, str]] = Counter()
            total = Counter((row["same"], row["kind"]) for row in rows)
            right.update((row["same"], row["kind"]) for row, one in zip(rows, found, strict=True) if one == row["same"])
            for same, kind in sorted(total, key=lambda k: (not k[0], k[1])):
                print(f"    {'one' if same else 'two'} {kind:28} {right[same, kind]:3} of {total[same, kind]}")
    _note("reports by `near`", kept["near", "held out"])


def _note(what: str, found: tuple[float, float, float]) -> None:
    for measure, value in zip(("precision", "recall", "F1"), found, strict=True):
        note("incidents", f"{what}, half held out: {measure}", [value], unit="%")


def print_copies() -> None:
    """Copies of articles, on both parts."""
    print("\n| copies of articles | pairs | precision | recall | F1 |\n|---|---:|---:|---:|---:|")
    rows = list(article_pairs())
    for part in ("tune", "held out"):
        mine = [row for row in rows if row["part"] == part]
        found = [originals((n, row[n], outlets().credit(row[n])) for n in "ab")["b"] == "a" for row in mine]
        precision, recall, f1 = scores([row["same"] for row in mine], found)
        print(f"| {part} | {len(mine)} | {precision:.1f} | {recall:.1f} | {f1:.1f} |")
    _note("copies of articles", (precision, recall, f1))


# --- weights ---------------------------------------------------------------------


#: Levels of a part from the one that says most for one event to the one that says least; `*` is worth nothing.
ORDER = {
    "date": ("same", "shifted", "next", "days"),
    "type": ("mode", "type", "near", "quad", "side"),
    "side": ("entity", "country", "*unknown", "unlinked", "within"),
    "direction": ("same", "reversed"),
    "place": ("same", "near", "inside", "*unknown", "apart", "abroad"),
    "story": ("copy", "same", "*other"),
    "words": ("alike", "some", "*unknown", "other"),
}


#: What a level is worth before any pair is seen: the scale of a cautious reader. Kinds of pairs come as often as
#: they were derived, not as often as in the world, so that a fit from nothing would take the rules for the world.
BEFORE = {
    "date": {"same": 1, "shifted": 0.5, "next": -1.5, "days": -2, "overlap": 0, "undated": 0},
    "type": {"mode": 2.5, "type": 2, "near": 0.5, "quad": -1.5, "side": -2.5},
    "side": {"entity": 1.5, "country": 1, "unlinked": -2, "within": -2.5},
    "direction": {"same": 0.5, "open": 0, "reversed": -1},
    "place": {"same": 2, "near": 1, "inside": 0.5, "apart": -3, "abroad": -3},
    "story": {"copy": 2.5, "same": 0.5},
    "words": {"alike": 2.5, "some": 0.5, "other": -0.5},
}


def fit(rows: list[Row], store: EmbeddedStore, names: list[tuple[str, str]], penalty: float = 3.0) -> dict[str, float]:
    """Weights by logistic regression on the part to tune on; those of a part keep the order of its levels.

    Gradient descent with a quadratic penalty on the distance from `BEFORE`; after every step the weights of each
    part are moved to the nearest that are in order (pooling adjacent violators).
    """
    import numpy as np

    reading = Reading(store)
    told = list(reading)
    make = Maker(reading.reports).make
    at = {one.iri: make(one) for one in told}
    alike = Likeness(reading.things, Rates(reading.things, lambda: told), strategy("near"))
    columns = {f"{part}.{level}": n + 1 for n, (part, level) in enumerate((p, v) for p in LEVELS for v in LEVELS[p])}
    features, labels = [], []
    for row, (a, b) in zip(rows, names, strict=True):
        levels = alike.levels(at[a], at[b]) if row["part"] == "tune" and a in at and b in at else None
        if levels:
            line = [1.0] + [0.0] * len(columns)
            for part, level in levels:
                line[columns[f"{part}.{level}"]] += 1.0
            features.append(line)
            labels.append(float(row["same"]))
    x, y = np.array(features), np.array(labels)
    before = {"base": -4.0} | {f"{part}.{level}": w for part, levels in BEFORE.items() for level, w in levels.items()}
    before |= {
        f"{name}-within": w - 1.0 for name, w in before.items() if name in ("type.near", "type.quad", "type.side")
    }
    start = np.array([before["base"], *(before.get(name, 0.0) for name in columns)])
    weights = start.copy()
    ridge = np.array([0.0] + [penalty] * len(columns))
    step = 1 / (0.25 * np.linalg.norm(x, 2) ** 2 + penalty)
    for _ in range(20_000):
        chance = 1 / (1 + np.exp(-x @ weights))
        weights += step * (x.T @ (y - chance) - ridge * (weights - start))
        for part, order in ORDER.items():
            put_in_order(weights, [(columns[f"{part}.{level.lstrip('*')}"], level[0] == "*") for level in order])
    return {"base": float(weights[0]), **{name: float(weights[n]) for name, n in columns.items()}}


def put_in_order(weights: Any, chain: list[tuple[int, bool]]) -> None:
    """Move weights, in place, to the nearest that do not rise along the chain; a marked one is 0."""
    zero = next((n for n, (_, marked) in enumerate(chain) if marked), None)
    pools: list[list[float]] = []
    for column, marked in chain:
        pools.append([0.0 if marked else float(weights[column]), 1])
        while len(pools) > 1 and pools[-1][0] > pools[-2][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    flat = [value for value, count in pools for _ in range(int(count))]
    for n, (column, _) in enumerate(chain):
        value = flat[n]
        if zero is not None:
            value = 0.0 if n == zero else max(value, 0.0) if n < zero else min(value, 0.0)
        weights[column] = value


def print_fit(weights: dict[str, float]) -> None:
    """The weights in the form of `strategies.toml`."""
    print(f"base = {weights['base']:.1f}")
    for part in LEVELS:
        print(f"\n[near.weights.{part}]")
        for level in LEVELS[part]:
            print(f"{level} = {weights[f'{part}.{level}'] + 0.0:.1f}")


# --- size ------------------------------------------------------------------------


def print_sizes(numbers: list[int]) -> None:
    """CPU seconds and memory of merging made-up events, each size in a process of its own."""
    print("| events | CPU, s | µs an event | peak memory, MB | incidents |\n|---:|---:|---:|---:|---:|")
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            code = f"from benchmarks.incidents import {{0}}; {{0}}({number}, {folder!r})"
            for step in ("fill", "measure"):
                subprocess.run([sys.executable, "-c", code.format(step)], cwd=ROOT, check=True)


def fill(number: int, folder: str) -> None:
    """A store of so many made-up coded events, with the reference data that they are linked by."""
    import pyoxigraph as ox

    from policygraph.importing.actors import ActorLinker
    from policygraph.importing.gdelt import read_events as read_rows
    from policygraph.importing.lines import members
    from policygraph.importing.tally import Tally

    rows = Path(folder) / "made-up.CSV"
    subprocess.run([sys.executable, "-m", "benchmarks.synthetic_gdelt", str(number), str(rows)], cwd=ROOT, check=True)
    reference = load_reference()
    linker = ActorLinker(reference)
    writer = CodedWriter(linker.names)
    lines = Path(folder) / "made-up.nq"
    with lines.open("w", encoding="utf-8") as out:
        for event in read_rows(members(rows)[0], linker, Tally()):
            out.write(writer.write(event))
    store = EmbeddedStore.create(Path(folder) / "store")
    store.extend(reference_quads(reference))
    infer(store.engine)
    store.engine.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)
    store.engine.flush()


def measure(number: int, folder: str) -> None:
    """Merge the events of a store, and print a row of the table."""
    begin, events, incidents = time.process_time(), 0, 0
    store = EmbeddedStore.read(Path(folder) / "store")
    for incident in find_incidents(store, strategy("near"), folder=Path(folder)):
        events, incidents = events + len(incident.events), incidents + 1
    spent = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {number:,} | {spent:.0f} | {1e6 * spent / events:.0f} | {memory:,} | {incidents:,} |", flush=True)


def main(argv: list[str]) -> int:
    """Run what the options ask for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--fit", action="store_true")
    options.add_argument("--kinds", action="store_true")
    options.add_argument("--scale", type=int, nargs="+", metavar="N")
    chosen = options.parse_args(argv)
    if chosen.scale:
        print_sizes(chosen.scale)
        return 0
    rows = list(pairs())
    store, names = graph_of(rows)
    if chosen.fit:
        print_fit(fit(rows, store, names))
        return 0
    print_strategies(rows, store, names, chosen.kinds)
    print_copies()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
