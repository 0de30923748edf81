"""A language model as second reader: from the command line and from the project file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policygraph import building
from policygraph.errors import ProjectError, ServiceError
from policygraph.projectfile import Project
from tests.cli.conftest import Call
from tests.extraction.llm.server import ModelServer, answer

TEXT = "Kenya and Uganda share a lake. The quarrel over fish that set Kenya against Uganda goes on."
FOUND = {
    "quote": "set Kenya against Uganda",
    "type": "ACCUSE",
    "actors": ["Kenya"],
    "recipients": ["Uganda"],
    "place": None,
    "modality": "asserted",
    "speaker": None,
}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "lake.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_extract_asks_the_model_that_is_named_and_says_first_what_it_will_send(
    call: Call, article: Path, tmp_path: Path
) -> None:
    with ModelServer(lambda passage, number: answer([FOUND])) as server:
        options = ("--model-url", server.url, "--model", "small", "--answers", tmp_path / "answers")
        outcome = call("extract", article, *options)
        again = call("extract", article, *options)
        assert len(server.requests) == 1
    assert outcome.code == 0 and "will be sent 1 requests" in outcome.err
    assert "0 requests (1 more are answered already)" in again.err and again.out == outcome.out
    events = [r for r in map(json.loads, outcome.out.splitlines()) if r["kind"] == "event"]
    assert [e["extractor"] for e in events if e["type"] == "ACCUSE"] == ["llm/small"]


def test_an_estimate_alone_sends_nothing(call: Call, article: Path, tmp_path: Path) -> None:
    with ModelServer(lambda passage, number: answer([FOUND])) as server:
        options = ("--model-url", server.url, "--model", "small", "--answers", tmp_path / "answers")
        outcome = call("extract", article, *options, "--estimate")
        assert not server.requests
        refused = call("extract", article, *options, "--max-requests", "0")
        assert not server.requests
    assert outcome.code == 0 and not outcome.out and "will be sent 1 requests" in outcome.err
    assert refused.code == 2 and "0 requests are allowed" in refused.err and "--max-requests" in refused.err


def test_a_model_needs_an_address_and_a_name(call: Call, article: Path) -> None:
    outcome = call("extract", article, "--model", "small")
    assert outcome.code == 2 and "--model-url" in outcome.err
    outcome = call("extract", article, "--model-url", "http://example.org/v1", "--model", "small")
    assert outcome.code == 2 and "unencrypted" in outcome.err


def test_relative_dates_need_the_day_of_the_article(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kenya expelled the Ugandan ambassador on Tuesday.", encoding="utf-8")
    dated = [json.loads(line) for line in call("extract", path, "--date", "2025-11-12").out.splitlines()]
    assert [r["date"]["edtf"] for r in dated if r["kind"] == "event"] == ["2025-11-11"]
    bare = [json.loads(line) for line in call("extract", path).out.splitlines()]
    assert [r["date"] for r in bare if r["kind"] == "event"] == [None]


def project(folder: Path, url: str, more: str = "") -> Path:
    (folder / "articles").mkdir(exist_ok=True)
    (folder / "articles" / "lake.txt").write_text(TEXT, encoding="utf-8")
    file = folder / "policygraph.toml"
    file.write_text(
        f'[sources]\narticles = ["articles"]\n[model]\nurl = "{url}"\nname = "small"\n{more}', encoding="utf-8"
    )
    return file


def test_a_build_reads_with_the_model_of_the_project_and_keeps_its_answers(call: Call, tmp_path: Path) -> None:
    with ModelServer(lambda passage, number: answer([FOUND])) as server:
        file = project(tmp_path, server.url)
        outcome = call("build", "--project", file)
        again = call("build", "--project", file)
        assert len(server.requests) == 1
    assert outcome.code == 0 and "small will be sent 1 requests" in " ".join(outcome.err.split())
    assert "nothing had changed" in again.out
    trig = (tmp_path / "build" / "graph.trig").read_text(encoding="utf-8")
    assert "llm/small" in trig and "set Kenya against Uganda" in trig


def test_a_model_that_does_not_answer_leaves_the_last_good_graph(tmp_path: Path) -> None:
    with ModelServer(lambda passage, number: answer([FOUND])) as server:
        plan = Project.load(project(tmp_path, server.url))
        building.build(plan, files=())
        before = (plan.out / "graph.trig").read_bytes()
    (tmp_path / "articles" / "more.txt").write_text("Kenya thanked Uganda.", encoding="utf-8")
    with ModelServer(lambda passage, number: (401, "{}", {})) as server:
        plan = Project.load(project(tmp_path, server.url))
        with pytest.raises(ServiceError, match="did not read all"):
            building.build(plan, files=())
    assert (plan.out / "graph.trig").read_bytes() == before


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('[model]\nurl = "http://localhost:1/v1"\n', "does not say its 'name'"),
        ('[model]\nurl = "http://localhost:1/v1"\nname = "m"\nprice_in = "much"\n', "must be a number"),
        ('[model]\nurl = "http://localhost:1/v1"\nname = "m"\nmax_requests = true\n', "must be a whole number"),
        ('[model]\nurl = "http://localhost:1/v1"\nname = "m"\nkey = "secret"\n', "there is no key in"),
    ],
)
def test_mistakes_in_the_project_file_name_the_line(tmp_path: Path, lines: str, words: str) -> None:
    file = tmp_path / "policygraph.toml"
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(ProjectError, match=words) as caught:
        Project.load(file)
    assert f"{file}:" in str(caught.value)
