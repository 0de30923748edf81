"""Labelled pairs of reports, derived by rule from the written events in `tests/data/incidents/`.

`python -m benchmarks.incident_pairs [FILE]` counts the pairs and writes them as JSON lines; the same events
always give the same pairs. A rule says in what two reports differ and whether they are of one event: another
outlet's words, another coder's type, a day's delay on the one hand; the next act of the same parties, an act
elsewhere on the same day, a denial on the other. Every second event is held out: weights are never set by it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data" / "incidents"
ARTICLES = ROOT / "tests" / "data" / "events"
#: Acts that two parties do with each other, whoever a coder puts first.
MUTUAL = ("CONSULT", "COOPERATE")
#: An act on the other side of conflict and cooperation, and one on the same side that no coder would take for it.
OPPOSITE = {"+": "SANCTION", "-": "AID"}
OTHER = {"+": ("AID", "SUPPORT"), "-": ("PROTEST", "MOBILIZE")}
COOPERATION = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
Report = dict[str, Any]
Seed = dict[str, Any]
Rule = Callable[[Seed], tuple[Report, Report] | None]


def report(seed: Seed, set: str, **changes: Any) -> Report:
    """A report of an event by one data set or `article`; days count from the event's own."""
    made = {
        "set": set,
        **seed["coded"],
        "who": [seed["who"]],
        "whom": [seed["whom"]],
        "place": seed["place"],
        "day": 0,
        "url": f"https://{set}.example/{seed['id']}",
    }
    if set in ("article", "acled"):
        made["words"] = seed["words"]
    made.update(changes)
    return {key: value for key, value in made.items() if value is not None}


def whole(party: dict[str, str]) -> dict[str, str]:
    """The government of a party's country in its place."""
    return {"country": party["country"], "name": "", "sector": "GOV"}


def coded(code: dict[str, str]) -> dict[str, str | None]:
    """Type and mode as changes to a report."""
    return {"type": code["type"], "mode": code.get("mode")}


def _domestic(seed: Seed) -> bool:
    return bool(seed["who"]["country"] == seed["whom"]["country"])


def _sign(seed: Seed) -> str:
    return "+" if seed["coded"]["type"] in COOPERATION else "-"


SAME: dict[str, Rule] = {
    "other words": lambda s: (report(s, "article"), report(s, "article", words=s["again"], url="https://b.example/x")),
    "same day, no place": lambda s: (report(s, "article", place=None), report(s, "icews", place=None)),
    "same day, other words, no place": lambda s: (
        report(s, "article", place=None),
        report(s, "article", words=s["again"], url="https://b.example/v", place=None),
    ),
    "same words elsewhere": lambda s: (
        report(s, "article"),
        report(s, "article", url="https://b.example/z", place=None, day=None, published=1),
    ),
    "same title elsewhere": lambda s: (
        report(s, "icews", url=f"https://a.example/{_title(s)}"),
        report(s, "icews", url=f"https://b.example/{_title(s)}-77.html", day=1),
    ),
    "other coder": lambda s: (report(s, "gdelt"), report(s, "icews", **coded(s["other_code"]))),
    "a day late": lambda s: (report(s, "gdelt"), report(s, "acled", day=1)),
    "sides exchanged": lambda s: (
        (report(s, "icews"), report(s, "icews", who=[s["whom"]], whom=[s["who"]]))
        if s["coded"]["type"] in MUTUAL
        else None
    ),
    "all on one side": lambda s: (
        (report(s, "gdelt"), report(s, "article", who=[whole(s["who"]), whole(s["whom"])], whom=[]))
        if s["coded"]["type"] in MUTUAL and not _domestic(s)
        else None
    ),
    "government for its part": lambda s: (
        None
        if _domestic(s)
        else (report(s, "polecat"), report(s, "gdelt", who=[whole(s["who"])], whom=[whole(s["whom"])]))
    ),
    "country for town": lambda s: (report(s, "gdelt", place=_country(s)), report(s, "acled")),
    "suburb": lambda s: (report(s, "gdelt"), report(s, "acled", place=s["near"])),
    "other name of town": lambda s: (report(s, "gdelt"), report(s, "acled", place=f"{s['place']}*")),
    "one side missing": lambda s: (report(s, "gdelt", whom=[]), report(s, "article")),
    "without a date": lambda s: (report(s, "article", day=None, published=1), report(s, "gdelt")),
    "only a month": lambda s: (report(s, "article", month=True), report(s, "icews")),
    "same address": lambda s: (
        report(s, "gdelt", url="https://a.example/one"),
        report(s, "icews", url="https://www.a.example/one?utm_source=feed", **coded(s["other_code"]), day=1),
    ),
    "late and other coder": lambda s: (report(s, "polecat"), report(s, "icews", **coded(s["other_code"]), day=1)),
    "suburb and part": lambda s: (
        None if _domestic(s) else (report(s, "acled", place=s["near"]), report(s, "gdelt", who=[whole(s["who"])]))
    ),
    "other words, no place": lambda s: (
        report(s, "article", place=None),
        report(s, "article", words=s["again"], url="https://b.example/y", day=None, published=1),
    ),
}
OTHERS: dict[str, Rule] = {
    "next act, no place": lambda s: (
        report(s, "gdelt", place=None),
        report(s, "gdelt", place=None, day=1, url="https://c.example/1"),
    ),
    "next act, told": lambda s: (report(s, "article"), report(s, "article", words=s["next"], place=None, day=1)),
    "next act, same town": lambda s: (report(s, "acled"), report(s, "acled", words=s["next"], day=1)),
    "elsewhere, one set": lambda s: (report(s, "acled"), report(s, "acled", words=s["beside"], place=s["far"])),
    "one note for two towns": lambda s: (report(s, "acled"), report(s, "acled", place=s["far"])),
    "elsewhere, two sets": lambda s: (report(s, "gdelt"), report(s, "acled", words=s["beside"], place=s["far"], day=1)),
    "elsewhere, told": lambda s: (report(s, "article"), report(s, "article", words=s["beside"], place=s["far"])),
    "another recipient": lambda s: (
        report(s, "icews"),
        report(s, "icews", whom=[{"country": _third(s), "name": "", "sector": "GOV"}]),
    ),
    "a week later": lambda s: (report(s, "acled"), report(s, "gdelt", day=7)),
    "answer in kind": lambda s: (
        None
        if s["coded"]["type"] in MUTUAL
        else (
            report(s, "gdelt"),
            report(s, "gdelt", who=[s["whom"]], whom=[s["who"]], place=s["far"], url="https://d.example/2"),
        )
    ),
    "two acts in one report": lambda s: (
        report(s, "gdelt"),
        report(s, "gdelt", type=OTHER[_sign(s)][s["coded"]["type"] == OTHER[_sign(s)][0]], mode=None),
    ),
    "denied": lambda s: (
        report(s, "article"),
        report(s, "article", denied=True, words=f"It is not true that {s['words']}"),
    ),
    "the opposite": lambda s: (report(s, "gdelt"), report(s, "icews", type=OPPOSITE[_sign(s)], mode=None)),
    "other people": lambda s: (
        report(s, "acled"),
        report(
            s, "acled", who=[{**s["who"], "name": f"Fishermen of {_country(s)}", "sector": "LAB"}], words=s["beside"]
        ),
    ),
    "another act there": lambda s: (
        report(s, "gdelt"),
        report(s, "icews", type=OTHER[_sign(s)][s["coded"]["type"] == OTHER[_sign(s)][0]], mode=None),
    ),
    "beside, no place": lambda s: (
        report(s, "article", place=None),
        report(s, "article", words=s["beside"], place=None),
    ),
    "next act, undated": lambda s: (
        report(s, "gdelt"),
        report(s, "article", words=s["next"], place=None, day=None, published=2),
    ),
    "elsewhere, undated": lambda s: (
        report(s, "acled"),
        report(s, "article", words=s["beside"], place=s["far"], day=None, published=1),
    ),
    "elsewhere in that month": lambda s: (
        report(s, "article", month=True),
        report(s, "icews", place=s["far"], day=2),
    ),
    "two days on, two sets": lambda s: (report(s, "polecat", place=None), report(s, "icews", place=None, day=2)),
}


def _title(seed: Seed) -> str:
    return "-".join(seed["words"].lower().replace("'", "").replace(".", "").split()[:9])


def _country(seed: Seed) -> str:
    return str(json.loads((DATA / "places.json").read_text())[seed["place"]]["country"])


def _third(seed: Seed) -> str:
    return next(c for c in ("ITA", "CHE", "IDN") if c not in (seed["who"]["country"], seed["whom"]["country"]))


def pairs() -> Iterator[dict[str, Any]]:
    """All pairs: kind, whether they are one event, the part they belong to, and the two reports."""
    seeds = [json.loads(line) for line in (DATA / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    for at, seed in enumerate(seeds):
        for same, rules in ((True, SAME), (False, OTHERS)):
            for kind, rule in rules.items():
                made = rule(seed)
                if made:
                    if made[0]["url"] == made[1]["url"] and kind != "two acts in one report":
                        made[1]["url"] += "-b"
                    part = "tune" if at % 2 == 0 else "held out"
                    yield {"event": seed["id"], "kind": kind, "same": same, "part": part, "a": made[0], "b": made[1]}


def article_pairs() -> Iterator[dict[str, Any]]:
    """Pairs of articles: copies as desks make them, and texts that only share some words."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    for at, text in enumerate(texts):
        other = texts[(at + 1) % len(texts)]
        words, sentences = text.split(), text.replace("\n", " ").split(". ")
        half, quote = " ".join(words[: len(words) // 2]), max(sentences[2:-1], key=len)
        rng = random.Random(at)
        made: list[tuple[str, bool, str]] = [
            ("credited", True, f"GENEVA, May 4 (Reuters) - {text}\n(Reporting by our staff)"),
            ("first half", True, half),
            ("every twelfth word changed", True, " ".join(w if n % 12 else "otherwise" for n, w in enumerate(words))),
            ("shuffled paragraphs", True, "\n\n".join(rng.sample(text.split("\n\n"), len(text.split("\n\n"))))),
            ("first half and a new end", True, f"{half} {' '.join(other.split()[: len(words) // 3])}"),
            ("another article", False, other),
            ("quotes one sentence", False, f"{other}\n\nAs was reported: {quote}."),
            ("same words in another order", False, " ".join(rng.sample(words, len(words)))),
            ("same beginning", False, " ".join(words[:12]) + " " + other),
        ]
        for kind, same, changed in made:
            part = "tune" if at % 2 == 0 else "held out"
            yield {"kind": kind, "same": same, "part": part, "a": text, "b": changed}


def main(argv: list[str]) -> int:
    """Count the pairs, and write those of events to a file if one is named."""
    found = list(pairs())
    for name, rows in (("event", found), ("text", list(article_pairs()))):
        print(f"{len(rows)} pairs, {sum(row['same'] for row in rows)} of them of one {name}")
    if argv:
        Path(argv[0]).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
