"""Event data sets taken into a built graph: whole, in parts, again, and after being stopped."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import iris
from policygraph.converting import Job
from policygraph.dataimport import Step, import_events
from policygraph.errors import DataError, SourceError, StoreMissingError, UnknownNameError
from policygraph.graph.generations import BuildFolder
from policygraph.importing.lines import Member
from policygraph.project import open_folder
from tests.importing.gdelt_rows import event, mention
from tests.toy import make_project, toy_build

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("project"), {"a.txt": "Ana backs Luz.\n"})
    toy_build(project)
    return project.out


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    """A build folder of its own for each test."""
    folder = tmp_path / "build"
    subprocess.run(["cp", "-a", str(built), str(folder)], check=True)
    return folder


def write(path: Path, *rows: str) -> Path:
    path.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def many(number: int, first: int = 700000000) -> list[str]:
    return [event(first + at, url=f"https://news.example.org/{at // 4}") for at in range(number)]


def quads(out: Path) -> set[str]:
    with open_folder(out) as graph:
        return {str(q) for q in graph.store.scan() if iris.is_imported(q.graph_name.value)}  # type: ignore[union-attr]


def events(out: Path) -> int:
    with open_folder(out) as graph:
        return sum(1 for _ in graph.store.scan(None, ox.NamedNode(iris.term("originalCode"))))


def test_an_event_is_linked_dated_placed_and_leads_to_its_report(out: Path, tmp_path: Path) -> None:
    done = import_events(out, "gdelt", [write(tmp_path / "one.export.CSV", event())])
    assert (done.tally.events, done.exit_code) == (1, 0)
    with open_folder(out) as graph:
        found = graph.query(
            """SELECT ?who ?whom ?type ?mode ?place ?first ?url {
              ?event pg:hasActor ?who ; pg:hasRecipient ?whom ; pg:eventType ?type ; pg:eventMode ?mode ;
                pg:occursAt ?place ; pg:earliest ?first ; pg:recordedIn/dcterms:source ?url ; pg:originalCode "042" }"""
        )
        row = found.rows[0]  # type: ignore[union-attr]
    assert [iris.local_name(str(cell)) for cell in row[:2]] == ["government/rus", "government/deu"]
    assert [str(cell).rpartition("/")[2] for cell in row[2:5]] == ["consult", "consult-visit", "berlin-deu"]
    assert (row[5].isoformat(), row[6]) == ("2015-10-27", "https://news.example.org/one")


def test_a_mention_adds_its_report_to_the_event(out: Path, tmp_path: Path) -> None:
    rows = write(tmp_path / "one.export.CSV", event(), event(700000002))
    more = write(tmp_path / "one.mentions.CSV", mention(), mention(700000001, "https://third.example.org/three"))
    import_events(out, "gdelt", [rows, more])
    with open_folder(out) as graph:
        found = graph.query(
            "SELECT ?url ?sentence { ?event pg:originalCode ?c ; pg:recordedIn ?r . ?r dcterms:source ?url "
            "OPTIONAL { ?r pg:sentence ?sentence } FILTER(STRENDS(STR(?event), '1')) } ORDER BY ?url"
        )
    assert found.rows == [  # type: ignore[union-attr]
        ("https://news.example.org/one", None),
        ("https://third.example.org/three", 3),
        ("https://wire.example.org/two", 3),
    ]


def test_the_same_file_again_changes_nothing(out: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "one.export.CSV", *many(30))
    import_events(out, "gdelt", [path])
    before, generation = quads(out), BuildFolder(out).current()
    again = import_events(out, "gdelt", [path])
    assert (again.known, again.tally.events) == (("one.export.CSV",), 0)
    assert BuildFolder(out).current() == generation
    assert quads(out) == before


def test_files_that_overlap_write_each_quad_once(out: Path, tmp_path: Path) -> None:
    import_events(out, "gdelt", [write(tmp_path / "a.export.CSV", *many(30))])
    import_events(out, "gdelt", [write(tmp_path / "b.export.CSV", *many(40))])
    assert events(out) == 40
    with open_folder(out) as graph:
        triples = [(q.subject, q.predicate, q.object) for q in graph.store.scan()]
    assert len(triples) == len(set(triples))


def test_parts_give_the_same_graph_as_one_go(out: Path, built: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "one.export.CSV", *many(100))
    import_events(out, "gdelt", [path], part=17)
    other = tmp_path / "other"
    subprocess.run(["cp", "-a", str(built), str(other)], check=True)
    import_events(other, "gdelt", [path])
    assert quads(out) == quads(other)
    assert events(out) == 100


def test_a_file_that_was_begun_is_continued(out: Path, tmp_path: Path) -> None:
    """The converter is killed after two parts; the next run takes in the rest."""
    path = write(tmp_path / "one.export.CSV", *many(30_000))
    code = (
        "from pathlib import Path; from policygraph.dataimport import import_events\n"
        f"if __name__ == '__main__': import_events(Path({str(out)!r}), 'gdelt', [Path({str(path)!r})], part=5000)"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    first = BuildFolder(out).current()
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen([sys.executable, str(script)], env=env, stderr=subprocess.PIPE)
    while BuildFolder(out).current() == first and process.poll() is None:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    there = events(out)
    assert 5000 <= there < 30_000
    done = import_events(out, "gdelt", [path], part=5000)
    assert (done.tally.events, events(out)) == (30_000, 30_000)


def test_what_was_read_before_a_file_breaks_off_is_kept(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.export.CSV.gz"
    data = gzip.compress("".join(row + "\n" for row in many(3000)).encode())
    path.write_bytes(data[: len(data) // 2])
    done = import_events(out, "gdelt", [path, write(tmp_path / "two.export.CSV", event(900000000))])
    assert done.exit_code == 1
    assert "cut off or damaged after line" in str(done.broken[0])
    assert 1 < events(out) < 3001


def test_a_bad_line_is_named_and_left_out_and_stops_a_strict_import(out: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "one.export.CSV", event(), event() + "\textra", event(700000002))
    with pytest.raises(DataError, match=r"one\.export\.CSV:2: 62 columns, expected 57, 58, 61"):
        import_events(out, "gdelt", [path], strict=True)
    assert events(out) == 0
    done = import_events(out, "gdelt", [path])
    assert (done.tally.events, done.tally.left_out.total(), events(out)) == (2, 1, 2)


def test_a_build_keeps_what_was_imported(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": "Ana backs Luz.\n"})
    toy_build(project)
    path = write(tmp_path / "one.export.CSV", *many(10))
    import_events(project.out, "gdelt", [path])
    before = quads(project.out)
    (tmp_path / "articles" / "b.txt").write_text("Tom will back Ana.\n", encoding="utf-8")
    assert toy_build(project).changed
    assert quads(project.out) == before
    assert import_events(project.out, "gdelt", [path]).known
    assert "gdelt" not in (project.out / "graph.trig").read_text(encoding="utf-8")


def test_progress_tells_bytes_and_events(out: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "one.export.CSV", *many(2000))
    steps: list[Step] = []
    import_events(out, "gdelt", [path], watch=steps.append)
    assert steps[0].file == "one.export.CSV"
    assert 0 < steps[0].read <= steps[0].size == path.stat().st_size
    assert 0 < steps[-1].events <= 2000


def test_wrong_calls_say_what_to_do(out: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "one.export.CSV", event())
    with pytest.raises(StoreMissingError, match="policygraph build"):
        import_events(tmp_path / "nowhere", "gdelt", [path])
    with pytest.raises(UnknownNameError, match="did you mean 'gdelt'"):
        import_events(out, "gdellt", [path])
    with pytest.raises(SourceError, match="no such file"):
        import_events(out, "gdelt", [tmp_path / "missing.csv"])


# Names of files may hold bytes that are no text.
PATHS = st.binary(min_size=1).map(lambda raw: Path(os.fsdecode(raw)))
MEMBERS = st.builds(
    Member, PATHS, st.text(), st.integers(0), st.none() | st.text(), st.integers(0), st.integers(0), st.none()
)


@given(st.lists(st.tuples(MEMBERS, st.text(), st.integers(0))).map(tuple), st.lists(PATHS).map(tuple), st.booleans())
def test_a_job_arrives_as_it_was_sent(
    given_members: tuple[tuple[Member, str, int], ...], tables: tuple[Path, ...], flag: bool
) -> None:
    job = Job("gdelt", given_members, tables, flag, not flag, 7)
    assert Job.load(job.dump()) == job
    assert job.dump().isascii()
