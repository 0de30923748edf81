"""The deployment files keep what they promise: no root, nothing writable, commands that exist."""

from __future__ import annotations

import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from policygraph.cli.app import app

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def unit() -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / "policygraph.service", encoding="utf-8")
    return parser


def test_the_unit_runs_without_rights() -> None:
    service = unit()["Service"]
    assert service["DynamicUser"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


def test_the_commands_take_the_options_they_are_given() -> None:
    started = [unit()["Service"]["ExecStart"].split()[1:]]
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    entry = next(line for line in lines if line.startswith("ENTRYPOINT"))
    started.append([word.strip(' "[]') for word in entry.removeprefix("ENTRYPOINT").split(",")][1:])
    known = CliRunner().invoke(app, ["serve", "--help"]).output
    for arguments in started:
        assert arguments[0] == "serve"
        assert all(option in known for option in arguments if option.startswith("--"))


def test_the_container_is_not_root() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    words = [line.split()[0] for line in lines if line.strip() and not line.startswith(("#", " "))]
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert "USER root" not in lines


def test_systemd_accepts_the_unit() -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not on this machine")
    done = subprocess.run([program, "verify", str(DEPLOY / "policygraph.service")], capture_output=True, text=True)
    complaints = [
        line for line in done.stderr.splitlines() if "policygraph.service" in line and "not executable" not in line
    ]
    assert complaints == []
