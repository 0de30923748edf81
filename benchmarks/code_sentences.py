"""Code the events of single sentences: `python benchmarks/code_sentences.py IN.jsonl OUT.jsonl`.

IN holds {"id", "text", "date"?} a line; OUT gets {"id", "events": [...]}, the main event first.
Each sentence is coded on its own, without a model and without the network.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from policygraph.extraction.composition import mode_of
from policygraph.extraction.events import Coded, code_document, digest
from policygraph.extraction.gazetteer import Gazetteer
from policygraph.extraction.mentions import find_mentions
from policygraph.records import Block, BlockKind, Document, Participant, Sentence, SourceInfo, Span

#: Dependencies, which PLOVER rows count to their state.
STATE = {
    **dict.fromkeys("NCL PYF GUF MTQ GLP REU MYT SPM WLF BLM MAF ATF".split(), "FRA"),
    **dict.fromkeys("GIB BMU FLK CYM VGB AIA MSR TCA SHN GGY JEY IMN PCN IOT SGS".split(), "GBR"),
    **dict.fromkeys("PRI GUM VIR ASM MNP UMI".split(), "USA"),
    **dict.fromkeys("ABW CUW SXM BES".split(), "NLD"),
    **dict.fromkeys("GRL FRO".split(), "DNK"),
    **dict.fromkeys("CXR CCK NFK HMD".split(), "AUS"),
    **dict.fromkeys("COK NIU TKL".split(), "NZL"),
    "MAC": "CHN",
    "ALA": "FIN",
    "SJM": "NOR",
    "BVT": "NOR",
    "ESH": "MAR",
}


def single(text: str, date: str | None = None) -> Document:
    """A document of one sentence."""
    name = digest(text)
    published = None
    if date:
        try:
            published = dt.date.fromisoformat(date[:10])
        except ValueError:
            published = None
    span = Span(0, len(text), text)
    block, sentence = Block(0, BlockKind.PARAGRAPH, span), Sentence(0, 0, span)
    return Document(name[:16], "sentence", text, name, SourceInfo(published=published), (block,), (sentence,))


def participant(p: Participant, coded: Coded) -> dict[str, Any]:
    """One actor or recipient; international organisations get the class IGO for a country."""
    country = STATE.get(p.country or "", p.country) or coded.kind(p)
    return {"text": p.text, "country": country, "sector": p.sector, "entity": p.entity, "inferred": p.inferred}


def recipients(coded: Coded) -> list[dict[str, Any]]:
    """Whom the act concerns; a domestic act without a named recipient falls on its own country, marked as inferred."""
    named = [participant(p, coded) for p in coded.event.target]
    if coded.home:
        named.append({"text": "", "country": coded.home, "sector": None, "entity": None, "inferred": True})
    return named


def plain(coded: Coded) -> dict[str, Any]:
    """One event as the scorer reads it."""
    e = coded.event
    code = e.plover or e.type
    return {
        "event": code.value if code else None,
        "type": e.type.value if e.type else None,
        "mode": e.mode if code is e.type else mode_of(code, e.type, e.mode),
        "context": list(e.contexts),
        "source": [participant(p, coded) for p in e.source],
        "target": recipients(coded),
        "modality": e.modality.value,
        "negated": e.negated,
        "speaker": e.attribution.span.quote if e.attribution else None,
        "date": e.date.edtf if e.date else None,
        "trigger": e.trigger.quote if e.trigger else None,
        "frame": e.method,
        "confidence": e.confidence,
    }


def chosen(coded: list[Coded]) -> list[Coded]:
    """The main event, and further ones that stand in main clauses or name both sides."""
    return coded[:1] + [c for c in coded[1:] if c.tier == 0 or (c.tier == 1 and c.event.source and c.event.target)]


def code(records: list[dict[str, Any]], gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """The events of each record."""
    out = []
    for record in records:
        registry = find_mentions(single(str(record["text"]), record.get("date")), gazetteer)
        out.append(
            {"id": record["id"], "events": [plain(c) for c in chosen(list(code_document(registry, guess=True)))]}
        )
    return out


def main(argv: list[str]) -> int:
    """Read, code, write."""
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    from policygraph.importing.reference import load_reference

    gazetteer = Gazetteer.from_reference(load_reference())
    lines = Path(argv[0]).read_text(encoding="utf-8").splitlines()
    coded = code([json.loads(line) for line in lines if line.strip()], gazetteer)
    Path(argv[1]).write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in coded), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
