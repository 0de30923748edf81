"""Importing reference tables: all checked first, then merged by key, and nothing is lost on the way."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from policygraph.errors import DataError, PolicyGraphError, UsageError
from policygraph.importing.reference import load_reference
from policygraph.importing.reference_import import TakenIn, import_reference
from tests.importing.reference_tables import ROWS, write, write_all


@pytest.fixture
def given(tmp_path: Path) -> Path:
    return write_all(tmp_path / "given")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "project" / "reference"


def everything(folder: Path) -> list[Path]:
    return [folder / table for table in ROWS]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_tables_arrive_in_a_new_folder(given: Path, project: Path) -> None:
    done = import_reference(everything(given), project, bundled=False)
    assert done == [TakenIn(project / table, added=len(rows)) for table, rows in ROWS.items()]
    before, after = (load_reference([folder], bundled=False) for folder in (given, project))
    assert [t.id for t in after.tenures] == [t.id for t in before.tenures]
    assert set(content(project)) == set(ROWS), "no temporary file stays behind"


def test_importing_again_changes_nothing(given: Path, project: Path) -> None:
    import_reference(everything(given), project, bundled=False)
    before = content(project)
    done = import_reference(everything(given), project, bundled=False)
    assert content(project) == before
    assert [(t.added, t.replaced) for t in done] == [(0, len(rows)) for rows in ROWS.values()]


def test_rows_are_merged_by_key(given: Path, project: Path) -> None:
    import_reference(everything(given), project, bundled=False)
    changed = [
        {"id": "person/ada-stern", "name": "Dr Ada Stern", "iso3": "QAA"},
        {"id": "person/bo-winter", "name": "Bo Winter"},
    ]
    (done,) = import_reference([write(given, "persons.csv", changed)], project, bundled=False)
    assert (done.added, done.replaced) == (1, 1)
    names = [p.name for p in load_reference([project], bundled=False).persons]
    assert names == ["Dr Ada Stern", "Plékszy-Gladz", "Bo Winter"]


def test_a_wrong_row_leaves_the_project_as_it_was(given: Path, project: Path) -> None:
    import_reference(everything(given), project, bundled=False)
    before = content(project)
    rows = copy.deepcopy(ROWS["visits.csv"])
    rows[0]["met"] = "person/nobody"
    wrong = write(given, "visits.csv", rows)
    fine = write(given, "persons.csv", [{"id": "person/bo-winter", "name": "Bo Winter"}])
    with pytest.raises(DataError) as caught:
        import_reference([fine, wrong], project, bundled=False)
    assert str(caught.value).startswith(f"{wrong}:2: column 'met'")
    assert content(project) == before


def test_rows_may_point_to_the_bundled_tables(given: Path, project: Path) -> None:
    row = {"visitor": "person/marco-rubio", "iso3": "PER", "start": "2026-05-01", "end": "2026-05-02"}
    (done,) = import_reference([write(given, "visits.csv", [row])], project)
    assert done.added == 1
    assert len(load_reference([project]).visits) == len(load_reference().visits) + 1


def test_what_is_known_about_tables_comes_along(given: Path, project: Path) -> None:
    about = {"table": "persons.csv", "title": "People", "licence": "CC0", "modified": "2026-05-01"}
    files = [given / "persons.csv", given / "countries.csv", write(given, "sources.csv", [about])]
    import_reference(files, project, bundled=False)
    assert load_reference([project], bundled=False).tables["reference/persons.csv"]["title"] == "People"
    stray = write(given, "sources.csv", [about | {"table": "visits.csv"}])
    with pytest.raises(DataError, match="column 'table'"):
        import_reference([stray], project, bundled=False)


def test_turtle_is_checked_and_copied(given: Path, project: Path) -> None:
    good = given / "extra.ttl"
    good.write_text("<http://example.org/a> <http://example.org/b> 'c' .\n", encoding="utf-8")
    assert import_reference([good], project) == [TakenIn(project / "extra.ttl")]
    assert (project / "extra.ttl").read_bytes() == good.read_bytes()
    bad = given / "bad.ttl"
    bad.write_text("<http://example.org/a>\n<http://example.org/b> .\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.ttl:2: this is not Turtle"):
        import_reference([bad], project)
    assert set(content(project)) == {"extra.ttl"}


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("gone.csv", UsageError, "there is no such file"),
        ("notes.txt", UsageError, "CSV or Turtle"),
        ("vists.csv", DataError, "did you mean 'visits.csv'"),
    ],
)
def test_files_that_are_no_reference_data(
    given: Path, project: Path, name: str, error: type[PolicyGraphError], says: str
) -> None:
    if name != "gone.csv":
        (given / name).write_text("a,b\n", encoding="utf-8")
    with pytest.raises(error, match=says):
        import_reference([given / name], project)
    assert not project.exists()


def test_a_folder_that_cannot_be_made(given: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be written"):
        import_reference([given / "countries.csv"], blocked / "reference", bundled=False)
