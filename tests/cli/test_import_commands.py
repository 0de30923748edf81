"""`policygraph import` as a person calls it: help, standard input, what is said of bad lines, again and strict."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policygraph.cli.importing import KINDS
from policygraph.importing.formats import FORMATS
from tests.cli.conftest import Call, in_process
from tests.importing import gdelt_rows, plover_rows


@pytest.fixture(scope="module")
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own with the starter's build."""
    folder = tmp_path_factory.mktemp("imports") / "project"
    shutil.copytree(built.parent, folder, symlinks=True)
    return folder


def test_every_data_set_has_a_command_with_an_example(call: Call) -> None:
    assert set(KINDS) == set(FORMATS)
    for kind, (_, example) in KINDS.items():
        outcome = call("import", kind, "--help")
        assert outcome.code == 0
        assert f"policygraph import {kind} {example}" in outcome.out


def test_standard_input_is_read_and_bad_lines_are_named(project: Path) -> None:
    lines = [plover_rows.record(id="in-1"), "not a record", plover_rows.record(id="in-2")]
    done = in_process("import", "plover", "-", folder=project, text="\n".join(lines))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 events; 1 line left out (no JSON; one record a line is expected: 1); "), (
        done.stdout
    )
    assert "Left out: standard input:2: no JSON; one record a line is expected" in done.stderr


def test_a_strict_import_stops_and_says_where(project: Path) -> None:
    path = project / "a.export.CSV"
    path.write_text(f"{gdelt_rows.event()}\n{gdelt_rows.event()}\textra\n")
    done = in_process("import", "gdelt", path.name, "--strict", folder=project)
    assert done.returncode == 1
    assert "a.export.CSV:2: 62 columns, expected 57, 58, 61" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_there_already_is_said_to_be(project: Path) -> None:
    path = project / "b.jsonl"
    path.write_text(plover_rows.record(id="again") + "\n")
    for _ in range(2):
        done = in_process("import", "plover", path.name, "--no-incidents", folder=project)
        assert done.returncode == 0
    assert "b.jsonl: in the graph already" in done.stderr


def test_a_folder_without_files_of_the_set_and_a_missing_file_are_told(project: Path) -> None:
    (project / "nothing").mkdir(exist_ok=True)
    for name, words in (("nothing", "no file named like"), ("missing.csv", "there is no such file")):
        done = in_process("import", "acled", name, folder=project)
        assert done.returncode == 1
        assert words in done.stderr
        assert "Traceback" not in done.stderr
