"""Commands on a built graph: what they write where, and what they end with."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, Call, environment, in_process

INITIATIVES = ("ask", "initiatives", "--format")


def test_an_answer_as_csv_json_and_table(call: Call, built: Path) -> None:
    as_csv = list(csv.DictReader(io.StringIO(call(*INITIATIVES, "csv", "--graph", built).out)))
    as_json = json.loads(call(*INITIATIVES, "json", "--graph", built).out)
    assert (
        {r["initiative"] for r in as_csv}
        == {r["initiative"] for r in as_json}
        == {
            "Joint Border Patrols",
            "Student Exchange Program",
        }
    )
    assert "Joint Border Patrols" in call(*INITIATIVES, "table", "--graph", built).out


def test_an_empty_answer_says_why_and_is_no_failure(call: Call, built: Path) -> None:
    outcome = call("ask", "incidents", "--country", "MEX", "--graph", built, "--format", "csv")
    assert outcome.code == 0
    assert outcome.out == "incident,city,country,when\n"
    assert "pg:Incident" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", "initiativ"], "did you mean 'initiatives'"),
        (["ask", "initiatives", "--who", "Nobody At All"], "no entity"),
        (["ask", "timeline", "--since", "2023"], "YYYY-MM-DD"),
        (["ask", "words"], "policygraph ask words --subject"),
        (["query", "SELECT ?x { ?x a }"], "line 1"),
        (["query", "SELECT ?x { SERVICE <http://example.org/> { ?x a ?y } }"], "network"),
        (["query"], "--file"),
        (["query", "--file", "/no/such/file.rq"], "cannot be read"),
        (["evidence", "Nobody At All"], "Nobody At All"),
        (["network", "--layer", "clames"], "claims"),
        (["network", "--since", "soon"], "soon"),
        (["why", "Nobody At All"], "Nobody At All"),
        (["view", "-o", "/no/such/folder/x.html"], "/no/such/folder"),
        (["export", "--format", "docx"], "docx"),
    ],
)
def test_a_mistake_is_told_in_words_and_ends_with_two(
    call: Call, built: Path, arguments: list[str], words: str
) -> None:
    outcome = call(*arguments, "--graph", built)
    assert outcome.code == 2
    assert words in outcome.err
    assert outcome.err.startswith("Error: ")
    assert not outcome.out


@pytest.mark.parametrize("command", ["ask sources", "query ASK{}", "evidence x", "network", "view", "verify", "export"])
def test_where_nothing_was_built(call: Call, tmp_path: Path, command: str) -> None:
    outcome = call(*command.split(), "--graph", tmp_path / "build")
    assert outcome.code == 2
    assert "policygraph build" in outcome.err


def test_queries_of_all_forms(call: Call, built: Path, tmp_path: Path) -> None:
    def query(*arguments: object) -> str:
        outcome = call("query", *arguments, "--graph", built)
        assert outcome.code == 0
        return outcome.out

    names = "SELECT DISTINCT ?name { ?claim pg:predicate pg:proposes ; pg:object/skos:prefLabel ?name } ORDER BY ?name"
    assert query(names).splitlines() == ["name", "Joint Border Patrols", "Student Exchange Program"]
    assert json.loads(query(names, "--format", "json"))[0] == {"name": "Joint Border Patrols"}
    assert query(names, "--format", "xml").startswith("<?xml")
    assert query("ASK { ?x a pg:Initiative }") == "true\n"
    copied = "CONSTRUCT { ?x a pg:Initiative } WHERE { ?x a pg:Initiative }"
    assert "a pg:Initiative" in query(copied)
    assert query(copied, "--format", "nt").endswith("> .\n")
    file = tmp_path / "names.rq"
    file.write_text(names)
    assert query("--file", file) == query(names)


def test_a_query_from_standard_input(built: Path) -> None:
    done = in_process("query", "-", folder=built.parent, text="ASK { ?x a pg:Initiative }")
    assert (done.returncode, done.stdout) == (0, "true\n")


def test_a_query_ends_at_its_limit(call: Call, built: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    outcome = call("query", endless, "--timeout", "0.5", "--graph", built)
    assert outcome.code == 1
    assert "0.5" in outcome.err


def test_evidence_quotes_the_source(call: Call, built: Path) -> None:
    outcome = call("evidence", "Joint Border Patrols", "--graph", built, "--format", "json")
    article = (built.parent / "articles" / "example.md").read_text()
    quotes = [row["quote"] for row in json.loads(outcome.out)]
    assert quotes
    assert all(quote in article for quote in quotes)


def test_networks_are_ranked_written_and_compared(call: Call, built: Path, tmp_path: Path) -> None:
    said = ("--modality", "all", "--no-reference", "--graph", built)
    ranked = call("network", *said, "--format", "csv").out
    assert ranked.startswith("actor,type,country,degree,")
    written = call("network", *said, "-o", tmp_path / "actors.graphml")
    assert written.out.strip() == str(tmp_path / "actors.graphml")
    assert "<graphml" in (tmp_path / "actors.graphml").read_text()
    actors = [row["actor"] for row in csv.DictReader(io.StringIO(ranked))]
    assert len(actors) > 1
    assert call("why", actors[0], *said).code == 0
    assert call("paths", actors[0], actors[1], *said).code == 0
    same = call("diff", built, *said)
    assert same.code == 0
    assert "the same" in same.err


def test_the_page_is_written(call: Call, built: Path, tmp_path: Path) -> None:
    outcome = call("view", "-o", tmp_path / "page.html", "--graph", built, "--max-nodes", "20")
    assert outcome.out.strip() == str(tmp_path / "page.html")
    assert "Joint Border Patrols" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_page_takes_a_title_a_language_and_a_story(call: Call, built: Path, tmp_path: Path) -> None:
    story = tmp_path / "story.json"
    story.write_text('[{"caption": "First the patrols.", "focus": "Joint Border Patrols"}]', encoding="utf-8")
    options = ["--title", "Patrullas", "--lang", "es", "--story", story, "--graph", built]
    assert call("view", "-o", tmp_path / "page.html", *options).code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>Patrullas</title>" in page
    assert '<html lang="es"' in page
    assert "First the patrols." in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"caption": "x"', "story.json:1"),
        ('{"caption": "x"}', "expected a list of steps"),
        ('["x"]', "step 1 has no caption"),
        ('[{"caption": "x", "focus": 7}]', "no text as ['focus']"),
        ('[{"caption": "x", "fokus": "y"}]', "unknown fields ['fokus']"),
        ('[{"caption": "x", "focus": "Joint Borders Patrol"}]', "did you mean 'Joint Border Patrols'"),
    ],
)
def test_a_faulty_story_is_explained(call: Call, built: Path, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "story.json").write_text(text, encoding="utf-8")
    outcome = call("view", "-o", tmp_path / "page.html", "--story", tmp_path / "story.json", "--graph", built)
    assert outcome.code in (1, 2)
    assert words in outcome.err.replace("\n", " ")
    assert not (tmp_path / "page.html").exists()


def test_a_sound_graph_is_verified_and_a_changed_source_is_found(call: Call, small: Path) -> None:
    assert call("build", "--project", small / "policygraph.toml").code == 0
    assert call("verify", "--graph", small / "build").code == 0
    (text,) = (small / "build" / "sources").iterdir()
    text.chmod(0o644)
    text.write_text(text.read_text().replace("Lima", "Lyon"))
    outcome = call("verify", "--graph", small / "build", "--format", "csv")
    assert outcome.code == 1
    assert "violation" in outcome.out


def test_the_graph_is_exported(call: Call, small: Path, tmp_path: Path) -> None:
    assert call("build", "--project", small / "policygraph.toml").code == 0
    assert "Ana Ruiz" in call("export", "--format", "nquads", "--graph", small / "build").out
    target = tmp_path / "graph.jsonld"
    assert call("export", "--format", "jsonld", "-o", target, "--graph", small / "build").out.strip() == str(target)
    assert json.loads(target.read_text())


def test_a_reader_that_has_enough_is_no_error(built: Path) -> None:
    command = [*PROGRAM, "export", "--format", "nquads", "--graph", str(built)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_hostile_words_do_not_steer_the_terminal(call: Call, small: Path) -> None:
    (small / "articles" / "a.txt").write_text("# \x1b[31mRed\nAna Ruiz met Ivo Lund.")
    assert call("build", "--project", small / "policygraph.toml").code == 0
    shown = call("ask", "sources", "--graph", small / "build", "--format", "table").out
    assert "Red" in shown
    assert "\x1b" not in shown


def test_a_bug_is_owned_up_to_and_traced_only_on_demand(
    built: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from policygraph.cli import run
    from policygraph.project import PolicyGraph

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(PolicyGraph, "ask", broken)
    assert run(["ask", "sources", "--graph", str(built)]) == 1
    told = capfd.readouterr().err
    assert "bug in policygraph" in told
    assert "Traceback" not in told
    assert run(["--debug", "ask", "sources", "--graph", str(built)]) == 1
    assert "Traceback" in capfd.readouterr().err
