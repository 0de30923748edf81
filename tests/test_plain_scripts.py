"""Imports from where people call them: scripts without a main guard, a notebook, a shell with Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient

import policygraph as pg
from policygraph.errors import GraphError, SourceError
from policygraph.graph.generations import BuildFolder
from tests.children import words_of
from tests.importing.gdelt_rows import event
from tests.toy import make_project, toy_build

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    toy_build(make_project(folder, {"a.txt": "Ana backs Luz.\n"}))
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """The folder of a project of its own, with 20 rows of GDELT."""
    folder = tmp_path / "project"
    shutil.copytree(built, folder, symlinks=True)
    rows(folder / "a.export.CSV", 20)
    return folder


def rows(path: Path, number: int) -> None:
    lines = (event(700000000 + at, url=f"https://news.example.org/{at // 4}") + "\n" for at in range(number))
    path.write_text("".join(lines), encoding="utf-8")


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    (folder / "script.py").write_text(code, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "script.py"], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=300
    )


def test_a_script_without_a_main_guard_imports(project: Path) -> None:
    done = run(
        project,
        'import policygraph as pg\nprint("once")\ndone = pg.import_data("gdelt", "a.export.CSV")\n'
        'print(done.table.rows[0][2], done.merged.incidents)\nprint(pg.import_data("gdelt", ".").known)\n',
    )
    assert (done.stdout, done.stderr) == ("once\n20 1\n('a.export.CSV',)\n", "")


def test_a_script_without_a_main_guard_converts_on_all_processors(project: Path) -> None:
    for name in "bcd":
        rows(project / f"{name}.export.CSV", 10 + ord(name))
    done = run(
        project,
        "from pathlib import Path\nfrom policygraph import cluster\nfrom policygraph.spreading import write_shards\n"
        'print("once")\ncluster.cores = lambda: 2\n'
        'print(write_shards("gdelt", [Path()], Path("shards"), bundled=False).tally.events)\n',
    )
    assert (done.stdout, done.stderr) == (f"once\n{20 + 30 + ord('b') + ord('c') + ord('d')}\n", "")
    assert len(list((project / "shards").glob("*.nq"))) == 4


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cell_of_a_notebook_imports_and_shows_what_it_did(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    rows(project / "a.export.CSV", 2000)
    code = 'import policygraph as pg\npg.import_data("gdelt", "a.export.CSV")'
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=240, kernel_name="python3").execute(cwd=str(project))
    line, table = notebook.cells[0].outputs
    assert line["data"] == {"text/plain": ""}, "how far it is does not stay"
    assert "<td>2000</td>" in table["data"]["text/html"]
    assert "incidents by" in table["data"]["text/html"]


def test_what_lies_in_the_folder_is_not_run(project: Path) -> None:
    """A folder of data may hold anything, modules that are called like those of Python included."""
    for name in ("gzip", "pyoxigraph"):
        (project / f"{name}.py").write_text("raise SystemExit('taken for the real one')\n", encoding="utf-8")
    for words, said in (("import gdelt a.export.CSV", "20 events; "), ("query ASK{} --timeout 60", "true")):
        command = [sys.executable, "-P", "-m", "policygraph", *words.split()]
        done = subprocess.run(command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True)
        assert done.stdout.startswith(said), done.stderr


def test_a_converting_process_that_is_killed_is_an_error(project: Path) -> None:
    rows(project / "b.export.CSV", 10_000)
    converting: list[int] = []

    def kill(step: object) -> None:
        for child in psutil.Process().children():
            if "policygraph.converting" in words_of(child):
                converting.append(child.pid)
                child.kill()

    with pytest.raises(GraphError, match=r"was ended; what was imported before is kept.* run the same import again"):
        pg.import_data("gdelt", project / "b.export.CSV", project, watch=kill)
    assert len(converting) == 1
    assert not psutil.pid_exists(converting[0])
    assert pg.import_data("gdelt", project / "b.export.CSV", project, merge=False).tally.events == 10_000


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_ctrl_c_keeps_what_is_stored_and_leaves_no_process(project: Path) -> None:
    """As a terminal sends it: to both processes at once."""
    rows(project / "b.export.CSV", 40_000)
    code = (
        "from pathlib import Path\nfrom policygraph.dataimport import import_events\n"
        'import_events(Path("build"), "gdelt", [Path("b.export.CSV")], bundled=False, part=2000)\n'
    )
    (project / "script.py").write_text(code, encoding="utf-8")
    first = BuildFolder(project / "build").current()
    script = subprocess.Popen(
        [sys.executable, "script.py"], cwd=project, env=ENVIRONMENT, stderr=subprocess.PIPE, process_group=0
    )
    while BuildFolder(project / "build").current() == first and script.poll() is None:
        time.sleep(0.02)
    children = psutil.Process(script.pid).children()
    assert ["policygraph.converting" in child.cmdline() for child in children] == [True]
    os.killpg(script.pid, signal.SIGINT)
    said = script.communicate(timeout=60)[1].decode()
    assert said.count("Traceback") <= 1, "the script's own, and none of the converting process"
    assert psutil.wait_procs(children, timeout=10)[1] == []
    done = pg.import_data("gdelt", project / "b.export.CSV", project, merge=False)
    assert done.tally.events == 40_000
    with pg.open(project / "build") as graph:
        rows_ = graph.query("SELECT (COUNT(*) AS ?n) { ?event pg:originalCode ?code }").rows  # type: ignore[union-attr]
    assert rows_ == [(40_000,)]


def test_what_an_import_met_is_a_table(project: Path) -> None:
    path = project / "b.export.CSV"
    path.write_text(event() + "\n" + event() + "\textra\n", encoding="utf-8")
    told: list[object] = []
    done = pg.import_data("gdelt", [path, project / "a.export.CSV"], project, merge=False, watch=told.append)
    assert done.table.rows == [("events", None, 21), ("lines left out", "62 columns, expected 57, 58, 61", 1)]
    again = pg.import_data("gdelt", str(path), project)
    assert again.table.rows == [("events", None, 0), ("file in the graph already", "b.export.CSV", None)]
    with pytest.raises(SourceError, match="no such file"):
        pg.import_data("gdelt", "nowhere.CSV", project)
