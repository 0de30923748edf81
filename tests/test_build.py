"""Builds: repeatable, incremental, all or nothing, and patient with bad sources."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from policygraph import building, iris
from policygraph.errors import DataError, GraphError, ProjectError, SourceError, StoreMissingError, StoreVersionError
from policygraph.gathering import Quiet
from policygraph.graph.generations import BuildFolder, open_generation
from policygraph.graph.store import EmbeddedStore
from policygraph.project import open_folder
from policygraph.projectfile import Project
from tests.toy import make_project, toy_build, toy_extract

ROOT = Path(__file__).resolve().parents[1]
ONE, TWO = "Ana backs Luz.\nLuz may back Ana.\n", "Ana backs Luz.\nTom will back Ana.\n"


def run_python(code: str, **env: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def build_code(folder: Path) -> str:
    return (
        "from tests.toy import toy_build; from policygraph.projectfile import Project;"
        f"toy_build(Project.load({str(folder)!r}))"
    )


def names(project: Project) -> set[str]:
    with open_folder(project.out) as graph:
        return set(graph.entities().column("name"))


def trig(project: Project) -> bytes:
    return (project.out / "graph.trig").read_bytes()


# --- what a build leaves -----------------------------------------------------


def test_a_build_leaves_store_file_texts_and_report(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE, "b.txt": TWO})
    report = toy_build(project)
    assert report.exit_code == 0
    assert report.modalities == {"asserted": 2, "hypothetical": 1, "planned": 1}
    assert report.counts["sources"] == 2
    with open_folder(project.out) as graph:
        assert graph.title == "Toy"
        doc_id = graph.sources().column("document")[0].rsplit("/")[-1]
        assert graph.store.source_text(doc_id) in (ONE, TWO)
        quads = {q for q in graph.store.scan() if not isinstance(q.subject, ox.BlankNode)}
    written = ox.parse(path=str(project.out / "graph.trig"), format=ox.RdfFormat.TRIG)
    assert {q for q in written if not isinstance(q.subject, ox.BlankNode)} == quads
    saved = json.loads((project.out / "report.json").read_text())
    assert saved["modalities"] == report.modalities
    assert saved["title"] == "Toy"


def test_the_same_sources_give_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    files = []
    for seed in ("1", "2"):
        make_project(tmp_path / seed, {"a.txt": ONE, "b.txt": TWO})
        done = run_python(build_code(tmp_path / seed), PYTHONHASHSEED=seed)
        assert done.wait() == 0, done.communicate()
        files.append((tmp_path / seed / "build" / "graph.trig").read_bytes())
    assert files[0] == files[1]
    assert b"Ana backs Luz." in files[0]


def test_no_clock_time_stands_in_the_graph(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    assert b"dateTime" not in trig(project)


# --- incremental -------------------------------------------------------------


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE, "b.txt": TWO})
    assert toy_build(project).read_again == 2
    again = toy_build(project)
    assert (again.read_again, again.changed) == (0, False)
    (tmp_path / "articles" / "b.txt").write_text(TWO + "Eva backs Tom.\n")
    third = toy_build(project)
    assert (third.read_again, third.changed) == (1, True)
    assert names(project) == {"Ana", "Luz", "Tom", "Eva"}


def test_a_graph_brought_up_to_date_equals_one_built_from_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path / "one", {"a.txt": ONE, "b.txt": TWO, "c.txt": "Eva backs Tom."})
    toy_build(project)
    (tmp_path / "one" / "articles" / "a.txt").unlink()
    (tmp_path / "one" / "articles" / "b.txt").write_text("Tom backs Luz.")
    toy_build(project)
    fresh = make_project(tmp_path / "two", {"b.txt": "Tom backs Luz.", "c.txt": "Eva backs Tom."})
    toy_build(fresh)
    assert trig(project) == trig(fresh)


def test_a_removed_article_takes_its_statements_and_entities_with_it(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE, "b.txt": TWO})
    toy_build(project)
    assert "Tom" in names(project)
    (tmp_path / "articles" / "b.txt").unlink()
    report = toy_build(project)
    assert report.counts["claims"] == 2
    assert names(project) == {"Ana", "Luz"}
    assert b"Tom" not in trig(project)
    assert len(list((project.out / "sources").iterdir())) == 1


def test_a_statement_that_another_article_makes_too_stays(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE, "b.txt": TWO})
    toy_build(project)
    (tmp_path / "articles" / "a.txt").unlink()
    toy_build(project)
    with open_folder(project.out) as graph:
        assert graph.query("ASK { GRAPH graph:edges { ?a pg:supports ?b . ?a skos:prefLabel 'Ana' } }") is False
        assert graph.query("ASK { ?a pg:supports ?b ; skos:prefLabel 'Ana' }") is True


def test_catalogue_details_reach_the_graph_and_a_change_in_them_is_noticed(tmp_path: Path) -> None:
    header = "file,title,publisher,published,url,language,author,licence\n"
    catalogue = tmp_path / "articles" / "sources.csv"
    make_project(tmp_path, {"a.txt": ONE})
    catalogue.write_text(header + "a.txt,Talks,El Diario,2024-05-03,,en,,\nmissing.txt,x,,,,,,\n")
    toml = tmp_path / "policygraph.toml"
    toml.write_text(toml.read_text().replace("[reference]", 'catalogue = "articles/sources.csv"\n[reference]'))
    report = toy_build(Project.load(tmp_path))
    assert any("missing.txt" in warning for warning in report.warnings)
    catalogue.write_text(header + "a.txt,Talks in Quito,El Diario,2024-05-03,,en,,\n")
    assert toy_build(Project.load(tmp_path)).read_again == 1
    with open_folder(tmp_path / "build") as graph:
        assert graph.sources().column("title") == ["Talks in Quito"]


def test_what_a_table_or_turtle_file_describes_is_not_described_twice(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    make_project(tmp_path, {"a.txt": ONE}, 'tables = ["mine"]\n')
    persons = "id,name,other_names,iso3,wikidata,source,source2\nperson/ana,Ana Prado,Ana,,,Register,\n"
    (tmp_path / "mine" / "persons.csv").write_text(persons)
    luz = f'<{iris.thing("person/luz")}> a <{iris.term("Person")}> ; <{iris.SKOS}prefLabel> "Luz Vega" .'
    (tmp_path / "mine" / "more.ttl").write_text(luz)
    toy_build(Project.load(tmp_path))
    with open_folder(tmp_path / "build") as graph:
        assert set(graph.entities().column("name")) == {"Ana Prado", "Luz Vega"}
        twice = "SELECT ?s { GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(STR(?a) < STR(?b)) }"
        assert len(graph.query(twice)) == 0
    (tmp_path / "mine" / "more.ttl").write_text("broken")
    with pytest.raises(DataError, match=r"more\.ttl:1"):
        toy_build(Project.load(tmp_path))
    assert names(Project.load(tmp_path)) == {"Ana Prado", "Luz Vega"}


# --- all or nothing ----------------------------------------------------------


def test_a_killed_build_leaves_the_last_good_graph(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    before = trig(project)
    for round_ in range(6):
        for i in range(4):
            (tmp_path / "articles" / f"new{i}.txt").write_text(f"Eva{round_} backs Tom{i}.")
        child = run_python(build_code(tmp_path), TOY_DELAY="0.02")
        time.sleep(0.25 + 0.1 * round_)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        if trig(project) != before:
            break
        assert names(project) == {"Ana", "Luz"}
    report = toy_build(project)
    assert report.counts["sources"] == 5
    kept = [p.name for p in (project.out / ".generations").iterdir()]
    assert len(kept) == 1


@pytest.mark.parametrize("stage", ["reference data", "sources", "graph", "rules", "incidents", "files"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_build_that_stops_at_any_stage_leaves_the_last_good_graph(
    tmp_path: Path, stage: str, stop: BaseException
) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    before = trig(project)
    (tmp_path / "articles" / "b.txt").write_text(TWO)

    class Stopping(Quiet):
        def stage(self, name: str, total: int | None = None) -> None:
            if name == stage:
                raise stop

    expected: type[BaseException] = KeyboardInterrupt if isinstance(stop, KeyboardInterrupt) else GraphError
    with pytest.raises(expected) as caught:
        building.build(project, Stopping(), toy_extract, ())
    if expected is GraphError:
        assert "disk is full" in str(caught.value)
    assert trig(project) == before
    assert names(project) == {"Ana", "Luz"}
    assert toy_build(project).counts["sources"] == 2
    assert len(list((project.out / ".generations").iterdir())) == 1


@pytest.mark.parametrize("where", ["write_trig", "fill", "derive", "write_json"])
def test_a_full_disk_is_said_wherever_it_is_met(tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})

    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError("IO error: No space left on device: While appending to file: 000012.sst")

    monkeypatch.setattr(building, where, full)
    with pytest.raises(GraphError, match="disk is full"):
        toy_build(project)
    with pytest.raises(StoreMissingError):
        open_folder(project.out)


def test_two_builds_at_once_are_refused_and_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    with BuildFolder(project.out).lock():
        child = run_python(build_code(tmp_path))
        _, error = child.communicate()
        assert "another build is running" in error
    assert toy_build(project).exit_code == 0


def test_a_graph_that_is_being_read_outlives_later_builds(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    graph = open_folder(project.out)
    for text in ("Eva backs Tom.", "Tom backs Eva.", "Luz backs Eva."):
        (tmp_path / "articles" / "b.txt").write_text(text)
        toy_build(project)
    assert set(graph.entities().column("name")) == {"Ana", "Luz"}
    assert len(list((project.out / ".generations").iterdir())) == 2
    graph.close()
    (tmp_path / "articles" / "b.txt").unlink()
    toy_build(project)
    assert len(list((project.out / ".generations").iterdir())) == 1


def test_a_file_in_the_way_is_named_and_left_alone(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    project.out.mkdir()
    (project.out / "graph.trig").write_text("mine")
    with pytest.raises(ProjectError, match=r"graph\.trig"):
        toy_build(project)
    assert (project.out / "graph.trig").read_text() == "mine"


# --- versions ----------------------------------------------------------------


def test_a_graph_of_a_newer_version_is_not_opened(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    generation, lock = open_generation(project.out)
    lock.close()
    (generation / "format.json").write_text('{"format": 99, "policygraph": "9.0"}')
    with pytest.raises(StoreVersionError, match=r"policygraph 9\.0"):
        open_folder(project.out)
    assert toy_build(project).changed
    assert names(project) == {"Ana", "Luz"}


def test_a_folder_where_nothing_was_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="policygraph build"):
        open_folder(tmp_path)


# --- bad sources -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty|no text"),
        (b"   \n\n", "no text|empty"),
        (b"\x00\x01\x02\xff\xfe PNG" * 50, "binary|text"),
        ("Präsident São".encode("latin-1"), "UTF-8|encod"),
    ],
)
def test_a_bad_source_is_reported_and_the_others_are_kept(tmp_path: Path, data: bytes, word: str) -> None:
    import re

    project = make_project(tmp_path, {"a.txt": ONE})
    (tmp_path / "articles" / "bad.txt").write_bytes(data)
    report = toy_build(project)
    assert report.exit_code == 1
    assert len(report.errors) == 1
    assert "bad.txt" in report.errors[0]
    assert re.search(word, report.errors[0])
    assert names(project) == {"Ana", "Luz"}


def test_an_article_of_twenty_megabytes_is_read(tmp_path: Path) -> None:
    filler = ("Nothing is said here about anybody at all, " * 100 + "and no more.\n") * 5_000
    project = make_project(tmp_path, {"big.txt": filler + "Ana backs Luz.\n"})
    report = toy_build(project)
    assert report.counts["claims"] == 1
    with open_folder(project.out) as graph:
        row = next(iter(graph.evidence("Ana")))
        assert row["start"] == len(filler)


def test_when_no_source_can_be_read_the_build_stops(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    before = trig(project)
    (tmp_path / "articles" / "a.txt").write_bytes(b"")
    with pytest.raises(SourceError, match=r"a\.txt"):
        toy_build(project)
    assert trig(project) == before


def test_two_sources_with_the_same_text_are_kept_once_with_a_warning(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE, "copy.txt": ONE})
    report = toy_build(project)
    assert report.counts["sources"] == 1
    assert report.exit_code == 0
    assert any("copy.txt" in w and "same text" in w for w in report.warnings)


def test_a_project_without_sources_gives_a_graph_and_a_hint(tmp_path: Path) -> None:
    project = make_project(tmp_path, {})
    report = toy_build(project)
    assert any("no sources yet" in w for w in report.warnings)
    assert report.counts["claims"] == 0


def test_progress_is_told_stage_by_stage(tmp_path: Path) -> None:
    told: list[str] = []

    class Telling(Quiet):
        def stage(self, name: str, total: int | None = None) -> None:
            told.append(f"{name} {total or ''}".strip())

        def step(self, what: str = "") -> None:
            told.append(what)

    building.build(make_project(tmp_path, {"a.txt": ONE, "b.txt": TWO}), Telling(), toy_extract, ())
    assert told == ["reference data", "sources 2", "a.txt", "b.txt", "graph", "rules", "incidents", "files"]


def test_a_store_that_cannot_be_copied_is_built_from_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    for table in (project.out / "store").glob("*.sst"):
        table.unlink()
    (tmp_path / "articles" / "b.txt").write_text(TWO)
    assert toy_build(project).counts["sources"] == 2
    assert names(project) == {"Ana", "Luz", "Tom"}


def test_a_broken_cache_entry_is_read_again(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    for entry in (project.out / ".cache").rglob("*.json"):
        entry.write_text("{half")
    (tmp_path / "articles" / "b.txt").write_text(TWO)
    assert toy_build(project).read_again == 2


def test_a_build_starts_from_a_store_that_another_process_holds(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": ONE})
    toy_build(project)
    _, lock = open_generation(project.out)
    held = EmbeddedStore.create(project.out / "store")
    (tmp_path / "articles" / "b.txt").write_text(TWO)
    assert toy_build(project).counts["sources"] == 2
    assert len(held) > 0
    lock.close()


def test_page_and_table_are_written_for_an_empty_graph_too(tmp_path: Path) -> None:
    project = make_project(tmp_path, {})
    building.build(project, extract=toy_extract)
    assert (project.out / "view.html").is_file()
    assert (project.out / "centrality.csv").read_text().startswith("actor,")
