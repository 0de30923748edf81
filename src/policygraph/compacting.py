"""Puts the files of a store in order once it has grown much, so that looking things up takes a fraction of the time.

What is loaded in bulk lies in many files side by side, and a look-up asks each
of them. Writing them anew takes about a fifth of the time of their import, and
for a while as much disk again. So it is done after growth by half, not after
each day's file.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from policygraph.child import start
from policygraph.graph.generations import IMPORTS, BuildFolder, carry_over, read_json, write_json

#: Bytes up to which a store is quick as it is, and how many times it grows before it is put in order again.
LEAST, GROWN = 500_000_000, 1.5
_NOTE = "compacted"


def is_due(folder: BuildFolder) -> bool:
    """Whether the store has grown so much since it was last put in order."""
    present = folder.current()
    if present is None:
        return False
    noted = read_json(present / IMPORTS).get(_NOTE, 0)
    before = noted if isinstance(noted, int) else 0
    return _size(present / "store") > max(LEAST, GROWN * before)


def compact(folder: BuildFolder) -> bool:
    """Put the store of a locked build folder in order, as a new generation.

    A process of its own does the work, so that it can be ended at any time: the
    store then stays as it was, as it does where the disk has no room (False).
    """
    present = folder.current()
    assert present is not None  # noqa: S101 - `is_due` told so
    try:
        with folder.new_generation() as generation:
            carry_over(present, generation)
            loose = (generation / "store").rename(generation / "loose")
            _rewrite(loose, generation / "store")
            shutil.rmtree(loose)
            note = {_NOTE: _size(generation / "store")}
            write_json(generation / IMPORTS, read_json(generation / IMPORTS) | note)
            folder.publish(generation)
    except (OSError, RuntimeError):
        # The engine raises either; what was imported is in the store all the same.
        return False
    folder.clean()
    return True


def _rewrite(loose: Path, target: Path) -> None:
    """Run `main` in a child; raises OSError where it fails."""
    child = start("policygraph.compacting", str(loose), str(target), stderr=subprocess.DEVNULL)
    try:
        if child.wait():
            raise OSError(f"the store could not be put in order: {loose}")
    finally:
        child.kill()
        child.communicate()


def _size(store: Path) -> int:
    return sum(path.stat().st_size for path in store.glob("*.sst"))


def main(loose: str, target: str) -> None:
    """Run in a process of its own: order the store in one folder and copy what is in force, by links, to another."""
    store = ox.Store(loose)
    store.optimize()
    store.flush()
    store.backup(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
