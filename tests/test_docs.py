"""The documentation cannot rot: the site builds, and what the README shows is what the program says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
PROGRAM = "from policygraph.cli import main; main()"


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "data" / "articles", folder / "data" / "articles")
    shutil.copy(ROOT / "policygraph.toml", folder)
    done = run(["build"], folder)
    assert done.returncode == 0, done.stderr
    return folder


def shown(path: Path) -> list[tuple[str, str]]:
    """Commands of a page with the output shown below each."""
    found = []
    for block in BLOCK.findall(path.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def squeezed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("command", "output"), [c for c in shown(ROOT / "README.md") if c[0].startswith("policygraph ") and c[1].strip()]
)
def test_the_readme_shows_what_the_program_says(demo: Path, command: str, output: str) -> None:
    done = run(shlex.split(command)[1:], demo)
    assert done.returncode == 0, done.stderr
    assert squeezed(done.stdout) == squeezed(output)


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)`?", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("path", [ROOT / "README.md", *GUIDES], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_that_is_shown_exists_with_its_options(path: Path) -> None:
    from policygraph.cli.docs import commands

    known = dict(commands())
    for command, _ in shown(path):
        words = shlex.split(command.partition("|")[0].partition("&&")[0])
        if not words or words[0] != "policygraph":
            continue
        name = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in known), "")
        assert name, f"{path.name}: {command}"
        if name == "policygraph ask":
            continue
        if name == "policygraph network":
            # Without a way to look, actors are ranked.
            name = "policygraph network ranks"
        options = {o for p in known[name].params for o in p.opts} | {"--help", "-h"}
        for word in words:
            assert not word.startswith("--") or word.split("=")[0] in options, f"{path.name}: {command}: {word}"


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "office-holders" in (tmp_path / "site" / "questions.html").read_text(encoding="utf-8")
    assert "policygraph evidence" in (tmp_path / "site" / "commands.html").read_text(encoding="utf-8")
    for page in (tmp_path / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r'<(?:script|link)[^>]+(?:src|href)="https?://(?!w3id\.org)', text), page.name
