"""The command reference of the documentation, made from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from policygraph.cli.app import app
from policygraph.cli.asking import ask

_HEAD = """# Commands

Data goes to standard output, talk and progress to standard error. Every command ends with 0, with 1 where problems
were found, with 2 where the call was wrong, and with 130 where it was stopped by hand.

"""


def commands(group: click.Group = app, path: str = "policygraph") -> Iterator[tuple[str, click.Command]]:
    """All commands with their full names; the questions below `ask` have a page of their own.

    >>> [name for name, _ in commands()][:2]
    ['policygraph ask', 'policygraph build']
    """
    for name in group.list_commands(click.Context(group)):
        command = group.commands[name]
        full = f"{path} {name}"
        yield full, command
        if isinstance(command, click.Group) and command is not ask:
            yield from commands(command, full)


def markdown() -> str:
    """The page: one section a command, with usage, text, options and an example.

    >>> "## policygraph build" in markdown()
    True
    """
    return _HEAD + "\n".join(_section(name, command) for name, command in [("policygraph", app), *commands()])


def _section(name: str, command: click.Command) -> str:
    usage = " ".join(command.collect_usage_pieces(click.Context(command, info_name=name)))
    text, _, example = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
    parts = [f"## {name}", f"```\n{name} {usage}\n```", text.strip()]
    if command is ask:
        parts.append("The questions with their parameters stand on the page [Questions](questions.md).")
    rows = [_option(p) for p in command.params if isinstance(p, click.Option)]
    if rows:
        parts.append("| option | meaning |\n| --- | --- |\n" + "\n".join(rows))
    if example:
        parts.append(f"```console\n{_prompted(example)}\n```")
    return "\n\n".join(parts) + "\n"


def _option(option: click.Option) -> str:
    context = click.Context(click.Command("x"))
    names, meaning = option.get_help_record(context) or ("", "")
    shown = (names.replace("|", "\\|"), meaning.replace("|", "\\|"))
    return f"| `{shown[0]}` | {shown[1]} |"


def _prompted(example: str) -> str:
    lines = (line.strip() for line in example.splitlines())
    return "\n".join(f"$ {line}" for line in lines if line)
