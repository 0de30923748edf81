"""init, build, extract and import, with the mistakes that people make."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from pathlib import Path

import pytest

from policygraph.cli import progress
from policygraph.cli.app import STOPPED
from tests.cli.conftest import Call, in_process


def test_a_starter_project_is_written_once(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "andes").code == 0
    assert (tmp_path / "andes" / "policygraph.toml").is_file()
    again = call("init", tmp_path / "andes")
    assert again.code == 2
    assert "already there" in again.err


def test_a_starter_project_has_something_to_show(call: Call, built: Path) -> None:
    outcome = call("build", "--project", built.parent / "policygraph.toml")
    assert outcome.code == 0
    lines = dict(line.split(maxsplit=1) for line in outcome.out.splitlines())
    assert {"sources", "entities", "statements", "events", "warnings", "time", "graph"} <= set(lines)
    assert lines["sources"].startswith("1")
    assert "planned" in lines["statements"]
    assert "nothing had changed" in lines["time"]
    assert (built / "graph.trig").stat().st_size > 1000


def test_a_hostile_folder_name_stays_text(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / 'a"b\\c'
    assert call("init", folder).code == 0
    shutil.rmtree(folder / "articles")
    (folder / "articles").mkdir()
    outcome = call("build", "--project", folder / "policygraph.toml")
    assert outcome.code == 2
    assert "sources.csv" in outcome.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[sources]\nartikels = []\n", "artikels"),
        ("[source]\narticles = []\n", "did you mean 'sources'"),
        ('[sources]\narticles = ["nowhere"]\n', "nowhere"),
        ('[sources]\narticles = "articles"\n', "a list"),
        ("[sources\n", "TOML"),
    ],
)
def test_a_wrong_project_file(call: Call, small: Path, text: str, words: str) -> None:
    (small / "policygraph.toml").write_text(text)
    outcome = call("build", "--project", small / "policygraph.toml")
    assert outcome.code == 2
    assert words in outcome.err
    assert "policygraph.toml" in outcome.err


def test_no_project_file(call: Call, tmp_path: Path) -> None:
    outcome = call("build", "--project", tmp_path / "policygraph.toml")
    assert outcome.code == 2
    assert "policygraph init" in outcome.err


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "no text"),
        ("binary.txt", b"%PDF-1.4\x00", "PDF"),
        ("latin.txt", "São Paulo".encode("latin-1"), "not UTF-8"),
        ("page.html", b"<html><body></body></html>", "no main text"),
    ],
)
def test_a_bad_article_is_named_and_the_others_are_kept(
    call: Call, small: Path, name: str, data: bytes, words: str
) -> None:
    (small / "articles" / name).write_bytes(data)
    outcome = call("build", "--project", small / "policygraph.toml")
    assert outcome.code == 1
    assert words in outcome.err
    assert name in outcome.err
    assert outcome.out.splitlines()[0].split()[1].startswith("1")
    asked = call("ask", "sources", "--graph", small / "build", "--format", "csv")
    assert "a.txt" in asked.out


def test_the_same_bytes_twice_and_ragged_rows_are_warned_of(call: Call, small: Path) -> None:
    shutil.copy(small / "articles" / "a.txt", small / "articles" / "b.txt")
    (small / "articles" / "c.txt").write_text("| A | B |\n|---|---|\n| 1 | 2 | 3 |\n")
    outcome = call("build", "--project", small / "policygraph.toml")
    assert outcome.code == 0
    assert "the same text" in outcome.err
    assert "line 3" in outcome.err


def test_a_page_without_the_extra_names_it(call: Call, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "articles" / "page.html").write_text("<html><p>Words.</p></html>")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    outcome = call("build", "--project", small / "policygraph.toml")
    assert outcome.code == 1
    assert "pip install 'policygraph[html]'" in outcome.err


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("cities.csv", "id,nome\nx,y\n", "cities.csv"),
        ("facts.ttl", "<a> <b> .", "facts.ttl:1"),
    ],
)
def test_wrong_reference_data_stops_the_build(call: Call, small: Path, name: str, text: str, words: str) -> None:
    (small / "reference").mkdir()
    (small / "reference" / name).write_text(text)
    project = small / "policygraph.toml"
    project.write_text(project.read_text() + 'tables = ["reference"]\n')
    outcome = call("build", "--project", project)
    assert outcome.code == 1
    assert words in outcome.err


def test_ctrl_c_leaves_the_last_good_graph(call: Call, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("build", "--project", small / "policygraph.toml").code == 0
    (small / "articles" / "b.txt").write_text("Ana Ruiz left Lima.")
    monkeypatch.setattr(progress.Bars, "step", lambda *_: signal.raise_signal(signal.SIGINT))
    stopped = call("build", "--project", small / "policygraph.toml")
    assert stopped.code == STOPPED
    assert "Nothing is lost" in stopped.err
    monkeypatch.undo()
    assert call("ask", "sources", "--graph", small / "build", "--format", "csv").out.count("\n") == 2
    assert call("build", "--project", small / "policygraph.toml").code == 0


def test_records_of_single_articles(call: Call, small: Path) -> None:
    outcome = call("extract", small / "articles" / "a.txt")
    records = [json.loads(line) for line in outcome.out.splitlines()]
    text = (small / "articles" / "a.txt").read_text()
    assert records[0]["kind"] == "document"
    assert records[0]["length"] == len(text)
    spans = [s for r in records for s in [*r.get("mentions", []), *r.get("evidence", [])]]
    assert spans
    assert all(text[s["start"] : s["end"]] == s["quote"] for s in spans)


def test_claims_have_the_names_that_the_graph_gives_them(call: Call, built: Path) -> None:
    outcome = call("extract", built.parent / "articles" / "example.md")
    claims = [r for r in map(json.loads, outcome.out.splitlines()) if r["kind"] == "claim"]
    known = call("query", "SELECT ?claim { ?claim a pg:Claim }", "--graph", built, "--format", "csv").out
    assert claims
    assert all(f"/{c['id']}\n" in known for c in claims)


def test_standard_input_is_an_article(small: Path) -> None:
    done = in_process("extract", "-", "--format", "csv", folder=small, text="Peru's president met Chile's president.")
    assert done.returncode == 0
    assert done.stdout.startswith("kind,who,")


def test_a_bad_article_among_good_ones_is_named(call: Call, small: Path) -> None:
    outcome = call("extract", small / "none.txt", small / "articles" / "a.txt")
    assert outcome.code == 1
    assert "none.txt" in outcome.err
    assert '"kind": "document"' in outcome.out


def test_reference_tables_are_taken_in(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "andes"
    assert call("init", folder).code == 0
    table = tmp_path / "post_kinds.csv"
    table.write_text("kind,definition,source\nharbour-master,The post runs a port.,own\n")
    outcome = call("import", "reference", table, "--project", folder / "policygraph.toml")
    assert outcome.code == 0
    assert "1 rows added" in outcome.err
    assert (folder / "reference" / "post_kinds.csv").is_file()


def test_a_project_without_a_folder_for_tables_is_told(call: Call, small: Path) -> None:
    outcome = call("import", "reference", small / "x.csv", "--project", small / "policygraph.toml")
    assert outcome.code == 2
    assert "tables" in outcome.err
