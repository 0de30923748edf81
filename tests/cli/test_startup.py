"""The program starts light, helps in plain words, and its reference shows all of it."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from policygraph import __version__
from policygraph.cli import app
from policygraph.cli.docs import commands, markdown
from policygraph.questions import names
from tests.cli.conftest import Call, environment

ALL = [("policygraph", app), *commands()]
HEAVY = "rdflib networkx pandas pyvis pyoxigraph igraph pyshacl trafilatura rich yaml jinja2"


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys; from policygraph.cli import run; run({arguments}); print('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    loaded = done.stdout.rpartition("LOADED ")[2].split()
    assert not set(HEAVY.split()) & set(loaded)


@pytest.mark.parametrize(("name", "command"), ALL, ids=[n for n, _ in ALL])
def test_every_command_has_help_with_an_example(call: Call, name: str, command: click.Command) -> None:
    outcome = call(*name.split()[1:], "--help")
    assert outcome.code == 0
    assert "Example:" in outcome.out
    assert name in outcome.out.partition("Example:")[2]
    first = (command.help or "").splitlines()[0]
    assert first.endswith(".")
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert all(o.help for o in options if "--format" not in o.opts and "-o" not in o.opts and "--measure" not in o.opts)


def test_the_contract_of_commands_is_whole() -> None:
    wanted = "init build extract import questions ask query evidence network why paths diff view validate verify export"
    assert set(wanted.split()) <= set(app.commands)


def test_the_reference_shows_every_command_and_option() -> None:
    page = markdown()
    for name, command in ALL:
        section = page.split(f"## {name}\n")[1].split("\n## ")[0]
        for option in command.params:
            if isinstance(option, click.Option):
                assert all(opt in section for opt in option.opts)


@pytest.mark.parametrize("name", ["incidents", "roles-on-date", "words"])
def test_a_question_tells_its_parameters(call: Call, name: str) -> None:
    from policygraph.questions import question

    outcome = call("ask", name, "--help")
    assert outcome.code == 0
    for parameter in question(name).parameters:
        assert f"--{parameter.name}" in outcome.out


def test_all_questions_are_listed(call: Call) -> None:
    outcome = call("questions", "--format", "json")
    assert all(f'"{name}"' in outcome.out for name in names())


def test_the_version(call: Call) -> None:
    assert __version__ in call("--version").out


@pytest.mark.parametrize(
    "arguments", [["bulid"], ["ask", "incidents", "--land", "x"], ["build", "extra"], ["network", "--format", "pdf"]]
)
def test_a_wrong_call_ends_with_two(call: Call, arguments: list[str]) -> None:
    outcome = call(*arguments)
    assert outcome.code == 2
    assert outcome.err
    assert not outcome.out
