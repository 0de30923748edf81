"""Finds the data files that travel with the package.

In the wheel, `ontology/` and `data/reference/` lie inside the package; in a
checkout they stand at its top.
"""

from __future__ import annotations

from pathlib import Path

from policygraph.errors import DataError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def folder(name: str) -> Path:
    """The folder `ontology` or `data/reference` of this installation.

    Raises:
        DataError: the installation is incomplete.
    """
    for base in (_PACKAGE / "_shipped", _CHECKOUT):
        if (base / name).is_dir():
            return base / name
    raise DataError(f"the folder '{name}' is missing from this installation", hint="install policygraph again")


def ontology() -> Path:
    """The folder of the ontology, vocabularies, shapes, rules and lint queries."""
    return folder("ontology")


def reference() -> Path:
    """The folder of the bundled reference tables."""
    return folder("data/reference")
