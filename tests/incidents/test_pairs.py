"""The strategies on labelled pairs: enough of them, both answers, and the default is the best on events held out."""

from __future__ import annotations

from benchmarks.incident_pairs import article_pairs, pairs
from benchmarks.incidents import graph_of, scores, verdicts

from policygraph.incidents import DEFAULT, originals, strategies
from policygraph.incidents.outlets import outlets


def test_pairs_are_many_of_both_answers_and_split_by_event() -> None:
    rows = list(pairs())
    assert len(rows) >= 300
    assert 0.4 < sum(row["same"] for row in rows) / len(rows) < 0.6
    parts = {part: {row["event"] for row in rows if row["part"] == part} for part in ("tune", "held out")}
    assert not parts["tune"] & parts["held out"]
    assert [(r["kind"], r["same"]) for r in rows] == [(r["kind"], r["same"]) for r in pairs()]


def test_the_default_is_the_best_on_events_held_out() -> None:
    rows = list(pairs())
    store, names = graph_of(rows)
    held = [n for n, row in enumerate(rows) if row["part"] == "held out"]
    found = {}
    for name in strategies():
        merged = verdicts(store, name, names)
        found[name] = scores([rows[n]["same"] for n in held], [merged[n] for n in held])
    assert max(found, key=lambda name: found[name][2]) == DEFAULT
    precision, recall, f1 = found[DEFAULT]
    assert precision >= 85
    assert recall >= 90
    assert f1 >= 90


def test_copies_of_articles_are_told_from_texts_with_common_words() -> None:
    rows = [row for row in article_pairs() if row["part"] == "held out"]
    assert len(rows) >= 60
    found = [originals((n, row[n], outlets().credit(row[n])) for n in "ab")["b"] == "a" for row in rows]
    precision, recall, _ = scores([row["same"] for row in rows], found)
    assert precision == 100
    assert recall >= 97
