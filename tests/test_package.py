"""The wheel works on its own: data files inside, a project built from an empty environment."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)], check=True)
    (built,) = out.glob("policygraph-*.whl")
    return built


def test_the_wheel_carries_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = "policygraph/_shipped/"
    for folder in ("ontology", "data/reference"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert shipped + path.relative_to(ROOT).as_posix() in names
    for path in (ROOT / "src").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path):
            assert path.relative_to(ROOT / "src").as_posix() in names
    assert not [n for n in names if n.startswith(("tests/", "notebooks/"))]


@pytest.mark.slow
def test_an_empty_environment_builds_a_project_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True)
    tool = str(home / "bin" / "policygraph")
    project = tmp_path / "project"
    subprocess.run([tool, "init", str(project)], check=True, cwd=tmp_path)
    done = subprocess.run([tool, "build"], cwd=project, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (project / "build" / "graph.trig").stat().st_size > 1000
    page = (project / "build" / "view.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    asked = subprocess.run(
        [tool, "ask", "modality-mix", "--format", "csv"], cwd=project, capture_output=True, text=True
    )
    assert asked.returncode == 0, asked.stderr
    assert "asserted" in asked.stdout
