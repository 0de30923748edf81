"""The command line: thin commands over the Python API."""

from policygraph.cli.app import app, main, run

__all__ = ["app", "main", "run"]
