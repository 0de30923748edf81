"""The benchmarks' own parts: made-up data keep their shape, results become the page of the documentation."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from benchmarks import __main__ as bench
from benchmarks import report
from benchmarks.measuring import line, ratios, reached
from benchmarks.report import KEPT, ended, latest, markdown, measured
from benchmarks.synthetic_gdelt import shape, write

from policygraph.importing.actors import ActorLinker
from policygraph.importing.gdelt import read_events
from policygraph.importing.lines import members
from policygraph.importing.reference import load_reference
from policygraph.importing.tally import Tally

ROOT = Path(__file__).resolve().parents[1]


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
    lines.append(json.dumps(result([5.0], [], "≤ 2") | {"unit": "s CPU"}))
    assert [found["ours"] for found in latest(lines)] == [[3.0], [5.0]]


def test_the_kept_results_make_a_page() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    page = markdown(kept)
    assert page.count("\n| ") >= len(kept["results"])
    assert all(f"| {found['what']} |" in page for found in kept["results"])


def test_an_unknown_part_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["grahp"]) == 2
    assert "graph" in capsys.readouterr().err


def test_every_benchmark_is_a_part_and_all_end_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    modules = {path.stem for path in (ROOT / "benchmarks").glob("*.py") if "note(" in path.read_text("utf-8")}
    assert modules - {"measuring", "report", "__main__"} | {"peers"} == {part.name for part in bench.PARTS}
    assert sum(part.minutes for part in bench.PARTS) <= bench.TOTAL
    assert bench.main(["--list"]) == 0
    told = capsys.readouterr().out
    assert all(f"{part.about}\n" in told for part in bench.PARTS)


#: What a part stands for here: it notes a result, starts a process that would outlive it, then ends in its own way.
STAND_IN = """
import os, subprocess, sys, time
sys.argv = [sys.argv[1] + ".py"]
from benchmarks.measuring import note
note("stand-in", sys.argv[0], [1.0, 2.0], peer="peer", theirs=[3.0, 8.0], aim="≥ 4")
print("started", subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid, flush=True)
{0}
"""
ENDS = {"well": "", "badly": "sys.exit('no browser here')", "late": "time.sleep(600)", "crashed": "os.abort()"}


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Parts that end in every way, and the folder of their results."""

    def command(part: bench.Part, size: str) -> list[str]:
        return [sys.executable, "-c", STAND_IN.format(ENDS[part.name]), part.name]

    monkeypatch.setenv("BENCH_RESULTS", str(tmp_path / "results"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(bench.Part, "command", command)
    minutes = {"late": 0.25}
    monkeypatch.setattr(bench, "PARTS", tuple(bench.Part(name, minutes.get(name, 1), name) for name in ENDS))
    return tmp_path / "results"


def test_a_part_that_fails_or_takes_too_long_is_noted_and_stops_no_other(
    stand_ins: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert bench.main([]) == 1
    said = capfd.readouterr().out
    assert {name: end["how"] for name, end in ended().items()} == {
        "well": "done",
        "badly": "failed: no browser here",
        "late": "not done within 0.25 minutes",
        "crashed": ended()["crashed"]["how"],
    }
    assert ended()["crashed"]["how"].startswith("failed: ")
    for name in ENDS:
        assert [found["theirs"] for found in measured(name)] == [[3.0, 8.0]], "what was measured before is kept"
    started = [int(pid) for pid in re.findall(r"^started (\d+)$", said, re.MULTILINE)]
    assert len(started) == len(ENDS)
    assert not [pid for pid in started if psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie"]
    monkeypatch.setattr(report, "KEPT", tmp_path / "kept.json")
    page = markdown(json.loads(report.keep().read_text("utf-8")))
    assert page.count("| 5.50 (3.00–8.00) | 3.50 (3.00–4.00) | ≥ 4 | **no** |") == len(ENDS)
    assert (
        "Not measured to the end: badly (failed: no browser here), late (not done within 0.25 minutes), crash" in page
    )


def test_a_part_alone_keeps_what_the_others_measured(stand_ins: Path) -> None:
    assert bench.main(["well"]) == 0
    assert bench.main(["badly"]) == 1
    assert list(ended()) == ["well", "badly"]
    assert len(measured("well")) == 1
    # Measured again, a part's earlier results are gone.
    assert bench.main(["well"]) == 0
    assert len((stand_ins / "well.jsonl").read_text("utf-8").splitlines()) == 1


def test_ctrl_c_keeps_what_was_measured(stand_ins: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        # The file is there before its line is.
        while not ((kept := stand_ins / "late.jsonl").is_file() and kept.read_text("utf-8").endswith("\n")):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    assert bench.main(["late", "well"]) == 130
    thread.join()
    assert {name: end["how"] for name, end in ended().items()} == {"late": "stopped"}
    assert len(measured("late")) == 1


@pytest.mark.slow
# Those that have one size take as long as ever, or need a browser or the network.
@pytest.mark.parametrize(
    "name", [part.name for part in bench.PARTS if part.name not in ("peers", "view", "startup", "incidents")]
)
def test_a_part_runs_at_its_smallest_size(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BENCH_RESULTS", str(tmp_path))
    monkeypatch.setenv("BENCH_OFFLINE", "1")
    assert bench.main([name, "--smallest"]) == 0
    assert measured(name)
