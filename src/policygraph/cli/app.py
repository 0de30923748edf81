"""The `policygraph` program: its commands, and the one place where errors become messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from policygraph import __version__
from policygraph.cli import asking, checking, measuring, project, sharing, showing
from policygraph.errors import PolicyGraphError

STOPPED = 130
_DEBUG = "--debug"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policygraph")
@click.option(_DEBUG, is_flag=True, help="Show where in the program an error arose.")
def app(debug: bool) -> None:
    """Turn foreign-policy reporting into a graph in which every link opens to its words.

    \b
    Example:
      policygraph init andes && cd andes && policygraph build
      policygraph ask incidents --country MEX
    """


for _module in (project, asking, measuring, showing, sharing, checking):
    for _command in _module.COMMANDS:
        app.add_command(_command)


def main() -> None:
    """Entry point of the program."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code: 0 done, 1 problems found, 2 wrong call, 130 stopped.

    >>> run(["--version"])
    policygraph, version 0.1.0
    0
    """
    try:
        code = app.main(list(arguments), prog_name="policygraph", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        _say("Stopped. Nothing is lost: the last good graph is unchanged.")
        return STOPPED
    except BrokenPipeError:
        # The reader of our output had enough; keep Python from complaining at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except PolicyGraphError as error:
        _trace(arguments)
        _say(f"Error: {error}")
        return error.exit_code
    except Exception as error:  # noqa: BLE001  (the last resort: a bug must not look like a user's mistake)
        _trace(arguments)
        _say(f"This is a bug in policygraph: {type(error).__name__}: {error}")
        _say(f"Run 'policygraph {_DEBUG} …' to see where it arose, and report it.")
        return 1
    return code if isinstance(code, int) else 0


def _say(text: str) -> None:
    click.echo(text, err=True)


def _trace(arguments: Sequence[str]) -> None:
    if _DEBUG in arguments:
        import traceback

        traceback.print_exc()
