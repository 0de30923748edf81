"""The benchmarks' own parts: made-up data keep their shape, results become the page of the documentation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import __main__ as bench
from benchmarks.measuring import line, ratios, reached
from benchmarks.report import KEPT, latest, markdown
from benchmarks.synthetic_gdelt import shape, write

from policygraph.importing.actors import ActorLinker
from policygraph.importing.gdelt import read_events
from policygraph.importing.lines import members
from policygraph.importing.reference import load_reference
from policygraph.importing.tally import Tally


def result(ours: list[float], theirs: list[float], aim: str) -> dict[str, object]:
    return {"part": "p", "what": "w", "unit": "s", "ours": ours, "peer": "q", "theirs": theirs, "aim": aim}


def test_synthetic_rows_are_repeatable_readable_and_skewed_like_real_ones(tmp_path: Path) -> None:
    one, other = tmp_path / "a.export.CSV", tmp_path / "b.export.CSV"
    write(4000, one)
    write(4000, other)
    assert one.read_bytes() == other.read_bytes()
    found = shape(one)
    # Two real batches: 0.45, 0.57, 0.17 to 0.20, 0.94 to 0.99, 0.19 to 0.22, 0.26 to 0.30; rows a URL 3.7 to 4.5.
    for name, least, most in (
        ("no Actor1CountryCode", 0.35, 0.55),
        ("no Actor2CountryCode", 0.45, 0.65),
        ("two different actor countries", 0.12, 0.25),
        ("NumSources = 1", 0.93, 1.0),
        ("roots 01 and 02", 0.15, 0.26),
        ("rows above the first alike", 0.13, 0.35),
        ("rows a URL", 3.0, 6.0),
    ):
        assert least <= found[name] <= most, (name, found[name])
    tally = Tally(strict=True)
    events = list(read_events(members(one)[0], ActorLinker(load_reference()), tally))
    assert len({event.id for event in events}) == 4000


@pytest.mark.parametrize(
    ("ours", "theirs", "aim", "ratio", "within"),
    [
        ([2.0], [1.0], "≤ 1.2", [2.0], False),
        ([1.1, 1.0], [1.0, 1.0], "≤ 1.2", [1.1, 1.0], True),
        ([1.0], [30.0], "≥ 20", [30.0], True),
        ([1.0, 1.0, 1.0], [19.0], "≥ 20", [19.0], False),
        ([0.1], [], "≤ 0.15", [], True),
        ([1.0], [2.0], "", [0.5], None),
    ],
)
def test_a_ratio_is_read_by_its_aim(
    ours: list[float], theirs: list[float], aim: str, ratio: list[float], within: bool | None
) -> None:
    taken = result(ours, theirs, aim)
    assert (ratios(taken), reached(taken)) == (ratio, within)
    assert ("MISSED" in line(taken)) == (within is False)


def test_of_a_result_taken_twice_the_last_counts() -> None:
    lines = [json.dumps(result([1.0], [], "≤ 2")), json.dumps(result([3.0], [], "≤ 2"))]
    assert [found["ours"] for found in latest(lines)] == [[3.0]]


def test_the_kept_results_make_a_page() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    page = markdown(kept)
    assert page.count("\n| ") >= len(kept["results"])
    assert all(f"| {found['what']} |" in page for found in kept["results"])


def test_an_unknown_benchmark_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["grahp"]) == 2
    assert "graph" in capsys.readouterr().err
