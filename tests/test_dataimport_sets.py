"""Each kind of data set taken into a built graph: sound, the same when repeated, revised and withdrawn."""

from __future__ import annotations

import random
import shutil
import zipfile
from pathlib import Path

import pytest

from policygraph import iris
from policygraph.dataimport import import_events
from policygraph.project import open_folder
from policygraph.projectfile import Project
from tests.importing import acled_rows, gdelt_rows, icews_rows, plover_rows, polecat_rows
from tests.toy import make_project, toy_build

#: A file of each set.
FILES = {
    "plover": ("a.jsonl", [plover_rows.record(), plover_rows.record(id="2", event=["AID", "AGREE"], mode=None)]),
    "gdelt": (
        "a.export.CSV",
        [gdelt_rows.event(), gdelt_rows.event(700000002, code="010", place=("0", "", "", "", ""))],
    ),
    "icews": ("a.tab", [icews_rows.HEADER, icews_rows.row(), icews_rows.row(), icews_rows.row(Event_ID="2", City="")]),
    "polecat": ("a.txt", [polecat_rows.HEADER, polecat_rows.row(), polecat_rows.row(Source="Radio Sierra")]),
    "acled": ("a.csv", [acled_rows.HEADER, acled_rows.row(), acled_rows.row(event_id_cnty="MEX2", geo_precision="3")]),
}
EVENTS = {"plover": 3, "gdelt": 2, "icews": 2, "polecat": 1, "acled": 2}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with the bundled reference data, so that actors and places are known."""
    folder = tmp_path_factory.mktemp("project")
    make_project(folder, {"a.txt": "Ana backs Luz.\n"})
    plan = folder / "policygraph.toml"
    plan.write_text(plan.read_text().replace("bundled = false", "bundled = true"))
    project = Project.load(folder)
    toy_build(project)
    return project.out


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "build", symlinks=True))


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def quads(out: Path) -> set[str]:
    with open_folder(out) as graph:
        return {str(q) for q in graph.store.scan() if iris.is_imported(q.graph_name.value)}  # type: ignore[union-attr]


def asked(out: Path, query: str) -> list[tuple[object, ...]]:
    with open_folder(out) as graph:
        return list(graph.query(query).rows)  # type: ignore[union-attr]


def events(out: Path) -> int:
    (row,) = asked(out, "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e pg:originalCode ?code }")
    return int(str(row[0]))


@pytest.mark.parametrize("kind", FILES)
def test_a_set_is_taken_in_soundly_and_once(out: Path, tmp_path: Path, kind: str) -> None:
    name, lines = FILES[kind]
    path = write(tmp_path / name, lines)
    assert import_events(out, kind, [path]).exit_code == 0
    before = quads(out)
    assert events(out) == EVENTS[kind]
    with open_folder(out) as graph:
        report = graph.validate()
    assert report.ok, str(report.findings)
    assert import_events(out, kind, [path]).known == (name,)
    # The same rows in another file change nothing either.
    again = write(tmp_path / f"b{path.suffix}", [*lines, lines[-1]])
    import_events(out, kind, [again])
    assert quads(out) == before


def acled(out: Path, folder: Path, name: str, *rows: str, header: str = acled_rows.HEADER) -> int:
    """Import a file of ACLED rows; the number of events then."""
    import_events(out, "acled", [write(folder / name, [header, *rows])])
    return events(out)


def deaths(out: Path) -> list[tuple[object, ...]]:
    return asked(out, "SELECT ?id ?n { ?e pg:fatalities ?n BIND(STRAFTER(STR(?e), 'acled-') AS ?id) } ORDER BY ?id")


def test_a_revision_takes_the_place_of_the_event_and_an_older_one_does_not(out: Path, tmp_path: Path) -> None:
    first = acled_rows.row(fatalities="3", timestamp="100")
    newer = acled_rows.row(fatalities="5", timestamp="300", event_date="2024-06-01", source="Radio Sierra")
    acled(out, tmp_path, "a.csv", first)
    acled(out, tmp_path, "b.csv", newer)
    assert deaths(out) == [("MEX70001", 5)]
    assert asked(out, "SELECT ?d ?l { ?e pg:revision 300 ; pg:edtf ?d ; skos:prefLabel ?l }") == [
        ("2024-06-01", "Military Forces of Mexico (2018-2024), assault, Cartel of the Two Rivers, 2024-06-01")
    ]
    after = quads(out)
    # The report that only the first version named is gone.
    assert asked(out, 'SELECT ?r { ?r dcterms:publisher "Diario del Norte" }') == []
    acled(out, tmp_path, "c.csv", acled_rows.row(fatalities="4", timestamp="200"))
    assert quads(out) == after


def test_versions_in_one_file_leave_the_latest(out: Path, tmp_path: Path) -> None:
    versions = [
        acled_rows.row(fatalities=n, timestamp=t, source=f"Paper {t}")
        for n, t in (("1", "10"), ("3", "30"), ("2", "20"))
    ]
    acled(out, tmp_path, "a.csv", *versions)
    assert deaths(out) == [("MEX70001", 3)]
    assert asked(out, "SELECT ?p { ?r dcterms:publisher ?p FILTER(STRSTARTS(?p, 'Paper')) }") == [("Paper 30",)]


def test_a_deletion_removes_the_event_for_good(out: Path, tmp_path: Path) -> None:
    kept, gone = acled_rows.row(), acled_rows.row(event_id_cnty="MEX2", timestamp="100")
    assert acled(out, tmp_path, "a.csv", kept, gone) == 2
    assert acled(out, tmp_path, "deleted.csv", "MEX2,150", "MEX3,150", header=acled_rows.DELETED_HEADER) == 1
    # An old export does not bring it back, a later revision does.
    assert acled(out, tmp_path, "old.csv", gone, acled_rows.row(event_id_cnty="MEX3", timestamp="120")) == 1
    assert acled(out, tmp_path, "new.csv", acled_rows.row(event_id_cnty="MEX2", timestamp="200")) == 2


def test_reports_that_events_share_stay_when_one_of_the_events_changes(out: Path, tmp_path: Path) -> None:
    """Part by part: what an early part removes must come back when a later part rests on it."""
    shared = {"cite_info": {"url": "https://news.example.org/shared"}, "text": None, "text_info": None}
    other = {"cite_info": {"url": "https://news.example.org/other"}, "text": None, "text_info": None}
    lines = [
        plover_rows.record(id="1", **shared),
        plover_rows.record(id="1", **other),
        plover_rows.record(id="2", **shared),
    ]
    import_events(out, "plover", [write(tmp_path / "a.jsonl", lines)], part=1)
    found = asked(
        out,
        "SELECT ?id ?url { ?e pg:originalCode ?c ; pg:recordedIn/dcterms:source ?url "
        "BIND(STRAFTER(STR(?e), 'plover-') AS ?id) } ORDER BY ?id",
    )
    assert found == [("1", "https://news.example.org/other"), ("2", "https://news.example.org/shared")]


@pytest.mark.parametrize("kind", ["plover", "acled"])
def test_any_order_and_size_of_parts_gives_the_same_graph(out: Path, built: Path, tmp_path: Path, kind: str) -> None:
    chance = random.Random(7)
    if kind == "acled":
        rows = [
            acled_rows.row(event_id_cnty=f"MEX{n}", timestamp=str(t), fatalities=str(t), source=f"Paper {n} {t % 3}")
            for n in range(4)
            for t in range(1, 6)
        ]
        chance.shuffle(rows)
        lines = [acled_rows.HEADER, *rows]
    else:
        lines = [plover_rows.record(id=str(n), date=f"2023-0{n + 1}-01") for n in range(8)]
    path = write(tmp_path / f"a.{'csv' if kind == 'acled' else 'jsonl'}", lines)
    other = Path(shutil.copytree(built, tmp_path / "other", symlinks=True))
    import_events(out, kind, [path], part=3)
    import_events(other, kind, [path])
    assert quads(out) == quads(other)


def test_folders_and_zips_are_read_with_what_is_in_them(out: Path, tmp_path: Path) -> None:
    folder = tmp_path / "polecat"
    folder.mkdir()
    week = "ngecEvents.20230320111842.Release603.DV.txt"
    with zipfile.ZipFile(folder / "ngecEvents.DV.2023.zip", "w") as archive:
        archive.writestr(week, "\n".join((polecat_rows.HEADER, polecat_rows.row(Event_ID="A"))))
        archive.writestr("2018-Jan.txt", "\n".join((polecat_rows.HEADER, polecat_rows.row(Event_ID="B"))))
    write(folder / "ngecEvents.DV.2022.txt", [polecat_rows.HEADER, polecat_rows.row(Event_ID="C")])
    (folder / "readme.pdf").write_bytes(b"%PDF")
    done = import_events(out, "polecat", [folder])
    assert (done.tally.events, done.exit_code, events(out)) == (3, 0, 3)


def test_a_file_that_was_taken_for_another_set_can_still_be_imported(out: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tab", [icews_rows.HEADER, icews_rows.row()])
    wrong = import_events(out, "gdelt", [path])
    assert (wrong.tally.events, wrong.tally.left_out.total()) == (0, 2)
    assert import_events(out, "icews", [path]).tally.events == 1


def test_deletions_are_counted_as_such(out: Path, tmp_path: Path) -> None:
    done = import_events(out, "acled", [write(tmp_path / "d.csv", [acled_rows.DELETED_HEADER, "MEX1,5", "MEX2,6"])])
    assert done.tally.summary() == "0 events; 2 taken back"


def test_revisions_count_across_files_that_were_converted_apart(out: Path, built: Path, tmp_path: Path) -> None:
    """By way of shards the versions of an event come one lot after the other."""
    files = [
        write(tmp_path / f"{t}.csv", [acled_rows.HEADER, acled_rows.row(timestamp=str(t), fatalities=str(t))])
        for t in (9, 5, 7)
    ]
    other = Path(shutil.copytree(built, tmp_path / "other", symlinks=True))
    import_events(out, "acled", files)
    import_events(other, "acled", files, shards=tmp_path / "shards")
    assert deaths(other) == deaths(out) == [("MEX70001", 9)]
    assert quads(other) == quads(out)
