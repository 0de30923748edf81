"""The command line, called as a person calls it, on real projects in temporary folders."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from policygraph.cli import run

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from policygraph.cli import main; main()"]


class Outcome(NamedTuple):
    """What a command did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Call = Callable[..., Outcome]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs a command in this process; tracebacks are never part of what a person sees."""
    monkeypatch.setenv("COLUMNS", "200")

    def called(*arguments: object) -> Outcome:
        code = run([str(a) for a in arguments])
        outcome = Outcome(code, *capfd.readouterr())
        assert "Traceback" not in outcome.err
        return outcome

    return called


def environment() -> dict[str, str]:
    """The environment of a fresh process that finds this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def in_process(*arguments: object, folder: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command in a process of its own."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env=environment(), input=text, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter project, built; its build folder."""
    folder = tmp_path_factory.mktemp("starter") / "andes"
    assert run(["init", str(folder)]) == 0
    assert run(["build", "--project", str(folder / "policygraph.toml")]) == 0
    return folder / "build"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of one article, without the tables that come with policygraph; builds at once."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Ana Ruiz met Ivo Lund in Lima. They spoke about trade.")
    (tmp_path / "policygraph.toml").write_text('[sources]\narticles = ["articles"]\n[reference]\nbundled = false\n')
    return tmp_path
