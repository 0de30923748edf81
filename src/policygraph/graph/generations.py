"""The build folder: a new graph is made beside the old one and takes its place in one step.

::

    build/
      .generations/…/   one finished build: store, graph.trig, sources, report.json …
      .current          a link to it, replaced in one step
      store, …          fixed links through `.current`
      .cache, .lock

A build that is killed leaves an unfinished generation that nothing points to;
the next build removes it. Readers hold a lock on the generation they read, so
that it is not removed under them.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from policygraph import __version__
from policygraph.errors import GraphError, ProjectError, StoreMissingError, StoreVersionError

#: Raised when the content of a generation changes so that older code cannot read it.
FORMAT = 1
#: What a user finds in the build folder; each is a link into the current generation.
PARTS = ("store", "graph.trig", "sources", "view.html", "centrality.csv", "report.json")
_MARK, _IN_USE = "format.json", "in-use"
#: Beside a store: how far the files of data sets have been taken in.
IMPORTS = "imports.json"


class BuildFolder:
    """The folder that a project is built in.

    >>> BuildFolder(Path("nowhere")).current() is None
    True
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.cache = out / ".cache"
        self._generations = out / ".generations"
        self._current = out / ".current"

    def current(self) -> Path | None:
        """The generation that is in force; None where nothing has been built."""
        target = self._current.resolve()
        return target if self._current.is_symlink() and target.is_dir() else None

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder for one build; the lock ends with the process, however it ends.

        Raises:
            ProjectError: another build is running here.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            path = self.out / part
            if path.exists() and not path.is_symlink():
                raise ProjectError(
                    "something that no build made is in the way", where=path, hint="move it, or build elsewhere"
                )
        with (self.out / ".lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ProjectError(
                    "another build is running in this folder", where=self.out, hint="wait for it, or end it"
                ) from None
            self.clean()
            yield

    @contextlib.contextmanager
    def new_generation(self) -> Iterator[Path]:
        """An empty folder for a new generation; removed if anything goes wrong before `publish`."""
        self._generations.mkdir(parents=True, exist_ok=True)
        # Never a name that was used: an interrupted build may still hold its store open.
        made = self._generations / secrets.token_hex(6)
        made.mkdir()
        try:
            yield made
        except BaseException:
            if self.current() != made.resolve():
                shutil.rmtree(made, ignore_errors=True)
            raise

    def publish(self, generation: Path) -> None:
        """Put a finished generation in force in one step."""
        write_json(generation / _MARK, {"format": FORMAT, "policygraph": __version__})
        (generation / _IN_USE).touch()
        _link(self._current, Path(self._generations.name) / generation.name)
        for part in PARTS:
            if (generation / part).exists():
                _link(self.out / part, Path(self._current.name) / part)
            else:
                (self.out / part).unlink(missing_ok=True)

    def clean(self) -> None:
        """Remove generations that are neither in force nor being read."""
        current = self.current()
        for path in sorted(self._generations.glob("*")):
            if path.resolve() != current and not _is_read(path):
                shutil.rmtree(path, ignore_errors=True)


def open_generation(out: Path) -> tuple[Path, IO[bytes]]:
    """The generation in force and an open file that keeps it from being removed.

    Raises:
        StoreMissingError: nothing has been built there.
        StoreVersionError: it was built by a newer policygraph.
    """
    folder = BuildFolder(out)
    for _ in range(10):
        generation = folder.current() or (out if (out / _MARK).is_file() else None)
        if generation is None:
            break
        try:
            handle = (generation / _IN_USE).open("rb")
        except FileNotFoundError:
            continue
        fcntl.flock(handle, fcntl.LOCK_SH)
        # A clean-up may have come between finding the generation and locking it.
        if (generation / _MARK).is_file():
            _check_format(generation)
            return generation, handle
        handle.close()
    raise StoreMissingError("there is no built graph here", where=out, hint="run 'policygraph build'")


def carry_over(present: Path, generation: Path) -> None:
    """Begin a generation as a copy of the one in force, by links: a finished generation never changes.

    Raises:
        OSError: the disk is full or refuses.
    """
    import pyoxigraph as ox

    ox.Store.read_only(str(present / "store")).backup(str(generation / "store"))
    passed_over = shutil.ignore_patterns("store", _MARK, _IN_USE)
    shutil.copytree(present, generation, copy_function=_link_or_copy, ignore=passed_over, dirs_exist_ok=True)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def read_json(path: Path) -> dict[str, object]:
    """A JSON object from a file; an empty one where the file is missing or broken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, data: object) -> None:
    """Write JSON in one step: a reader sees the old file or the new one."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n", encoding="utf-8")
    partial.replace(path)


def same_format(generation: Path) -> bool:
    """Whether a build may start from this generation."""
    return read_json(generation / _MARK).get("format") == FORMAT


def _check_format(generation: Path) -> None:
    mark = read_json(generation / _MARK)
    found = mark.get("format")
    if not isinstance(found, int) or found < FORMAT:
        raise GraphError("the graph has a format that is no longer read", where=generation, hint="build it again")
    if found > FORMAT:
        raise StoreVersionError(
            f"the graph was built by policygraph {mark.get('policygraph')}, this is {__version__}",
            where=generation,
            hint="upgrade policygraph, or build the graph again",
        )


def _link(path: Path, target: Path) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.symlink_to(target)
    partial.replace(path)


def _is_read(generation: Path) -> bool:
    try:
        with (generation / _IN_USE).open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
