"""Precision and recall of the event coder on the project's own articles.

`python benchmarks/extraction.py [FOLDER] [--verbose]` reads NAME.txt with NAME.json (gold records) and
prints, per article and in all: events found (recall), coded events that are right (precision), both
participants right, modality right, speaker right, traps passed, and sentences coded a second.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.measuring import note  # noqa: E402
from policygraph.extraction.events import GATE, Coded, code_document  # noqa: E402
from policygraph.extraction.gazetteer import Gazetteer  # noqa: E402
from policygraph.extraction.mentions import find_mentions  # noqa: E402
from policygraph.extraction.registry import Registry  # noqa: E402
from policygraph.reading import read  # noqa: E402
from policygraph.records import Event, SourceInfo  # noqa: E402
from policygraph.vocabulary import Modality  # noqa: E402


def code_file(path: Path, gazetteer: Gazetteer, published: str | None) -> tuple[str, list[Coded], Registry]:
    """The text of an article, its events above the gate, and all that it names."""
    info = SourceInfo(published=dt.date.fromisoformat(published) if published else None)
    document = read(path, info)
    registry = find_mentions(document, gazetteer)
    return document.text, [c for c in code_document(registry) if c.event.confidence >= GATE], registry


def countries(coded: Coded, side: str) -> set[str]:
    """Country codes on one side of an event."""
    people = coded.event.source if side == "source" else coded.event.target
    return {p.country or coded.kind(p) or "" for p in people} - {""}


def holds(event: Event, start: int, end: int) -> bool:
    """Whether an event was coded from the sentence around a stretch, its trigger near the words."""
    return bool(event.evidence) and event.evidence[0].start <= start and event.evidence[0].end >= end


def match(gold: dict[str, Any], text: str, coded: list[Coded], used: set[int]) -> Coded | None:
    """The coded event for a gold record: right type, same sentence, nearest trigger, not used before."""
    start = text.index(gold["words"])
    end = start + len(gold["words"])
    best, distance = None, 10**9
    for n, c in enumerate(coded):
        names = {t.value for t in (c.event.type, c.event.plover) if t}
        if n in used or not holds(c.event, start, end) or not names & set(gold["type"]):
            continue
        gap = abs((c.event.trigger.start if c.event.trigger else 0) - start)
        if gap < distance:
            best, distance = n, gap
    if best is None:
        return None
    used.add(best)
    return coded[best]


def right(c: Coded, side: str, wanted: list[str]) -> bool:
    """Whether the countries of one side are those of the gold record; nothing wanted, nothing judged."""
    found = countries(c, side)
    if side == "source" and c.event.reciprocal:
        found |= countries(c, "target")
    return not wanted or found == set(wanted)


def both_right(c: Coded, gold: dict[str, Any]) -> bool:
    """Both sides right; parties that act on each other may stand on either side."""
    if not gold["target"] and len(gold["source"]) > 1:
        return countries(c, "source") | countries(c, "target") == set(gold["source"])
    return right(c, "source", gold["source"]) and right(c, "target", gold["target"])


def speaker_right(c: Coded, wanted: str, registry: Registry) -> bool:
    """Whether the attribution overlaps the wanted words, or means somebody of that name."""
    said = c.event.attribution
    if said is None:
        return False
    names = [said.span.quote, registry.get(said.entity).name if said.entity else said.span.quote]
    return any(wanted.lower() in n.lower() or n.lower() in wanted.lower() for n in names)


def score(path: Path, gazetteer: Gazetteer, verbose: bool = False) -> Counter[str]:
    """The counts of one article."""
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    text, coded, registry = code_file(path, gazetteer, gold["published"])
    n: Counter[str] = Counter()
    used: set[int] = set()
    for g in gold["events"]:
        n["gold"] += 1
        found = match(g, text, coded, used)
        if found is None:
            if verbose:
                print(f"  missed {g['type']} {g['words']!r}")
            continue
        n["found"] += 1
        n["both"] += both_right(found, g)
        n["modality"] += found.event.modality.value == g["modality"]
        if verbose and not both_right(found, g):
            print(f"  who    {g['words']!r}: {countries(found, 'source')} > {countries(found, 'target')}")
        if g["speaker"]:
            n["speakers"] += 1
            n["speaker"] += speaker_right(found, g["speaker"], registry)
    traps = {id(c) for t in gold["traps"] for c in coded if _in_trap(c, t, text)}
    for t in gold["traps"]:
        n["traps"] += 1
        n["passed"] += not any(_falls_for(c, t, text) for c in coded)
    for i, c in enumerate(coded):
        n["coded"] += 1
        ok = i in used or (id(c) in traps and not _as_fact(c))
        n["right"] += ok
        if verbose and not ok:
            e = c.event
            print(f"  extra  {e.type} {e.name!r} {e.modality} neg={e.negated} {e.method} {e.confidence}")
    return n


def _as_fact(c: Coded) -> bool:
    return c.event.modality is Modality.ASSERTED and not c.event.negated


def _in_trap(c: Coded, trap: dict[str, Any], text: str) -> bool:
    start = text.index(trap["words"])
    return (
        holds(c.event, start, start + len(trap["words"]))
        and c.event.type is not None
        and c.event.type.value == trap["type"]
    )


def _falls_for(c: Coded, trap: dict[str, Any], text: str) -> bool:
    start = text.index(trap["words"])
    near = (
        c.event.trigger is not None
        and c.event.trigger.start < start + len(trap["words"]) + 5
        and c.event.trigger.end > start - 5
    )
    return near and _in_trap(c, trap, text) and _as_fact(c)


def line(name: str, n: Counter[str]) -> str:
    """One row of the report, in per cent."""

    def share(a: str, b: str) -> str:
        return f"{100 * n[a] / n[b]:5.0f}" if n[b] else "    -"

    cells = [share("found", "gold"), share("right", "coded"), share("both", "found"), share("modality", "found")]
    rest = f"{n['passed']}/{n['traps']}  {n['gold']:3} {n['coded']:3}"
    return f"{name:24} {' '.join(cells)} {share('speaker', 'speakers')}  {rest}"


def main(argv: list[str]) -> int:
    """Score all articles of a folder."""
    from policygraph.importing.reference import load_reference

    names = [a for a in argv if not a.startswith("--")]
    folder = Path(names[0]) if names else ROOT / "tests" / "data" / "events"
    gazetteer = Gazetteer.from_reference(load_reference())
    total: Counter[str] = Counter()
    for path in sorted(folder.glob("*.txt"))[:1]:
        # Word lists are read with the first article.
        score(path, gazetteer)
    print(f"{'article':24} recall prec  both modal speak traps gold coded")
    begin, sentences = time.process_time(), 0
    for path in sorted(folder.glob("*.txt")):
        n = score(path, gazetteer, "--verbose" in argv)
        total += n
        sentences += len(read(path).sentences)
        print(line(path.stem, n))
    print(line("all", total))
    speed = sentences / (time.process_time() - begin)
    for what, part, whole in (
        ("events found (recall)", "found", "gold"),
        ("coded events that are right (precision)", "right", "coded"),
        ("both participants right", "both", "found"),
        ("modality right", "modality", "found"),
        ("speaker right", "speaker", "speakers"),
        ("traps passed", "passed", "traps"),
    ):
        if total[whole]:
            note("articles", what, [100 * total[part] / total[whole]], unit="%")
    note("articles", "sentences coded a second of processor time, each read twice", [speed], unit="a second")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
