"""The examples of the guide on event data run, one after the other, and print what the guide shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from policygraph.importing.formats import FORMATS
from tests.test_docs import ROOT, run, shown, squeezed

GUIDE = ROOT / "docs" / "guides" / "event-data.md"
FILE = re.compile(r'```\w+ title="([^"]+)"\n(.*?)```', re.DOTALL)
#: Seconds differ from run to run.
TIME = re.compile(r"\d+\.\d s$", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the guide shows."""
    made = tmp_path_factory.mktemp("guide")
    for name, text in FILE.findall(GUIDE.read_text(encoding="utf-8")):
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    return made


def run_script(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, env=environment)


def test_every_example_prints_what_the_guide_shows(folder: Path) -> None:
    examples = shown(GUIDE)
    assert len(examples) >= 10
    for command, output in examples:
        done = (run_script if command.startswith("python ") else run)(shlex.split(command)[1:], folder)
        assert done.returncode == 0, (command, done.stderr)
        if output.strip():
            assert squeezed(TIME.sub("0.0 s", done.stdout)) == squeezed(TIME.sub("0.0 s", output)), command


def test_every_data_set_is_told() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for kind in FORMATS:
        assert f"`policygraph import {kind}`" in text
