"""Readers of data sets with the bundled reference data."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from policygraph.coded import CodedEvent
from policygraph.importing.actors import ActorLinker
from policygraph.importing.formats import Item, format_named
from policygraph.importing.lines import Position, members
from policygraph.importing.reference import load_reference
from policygraph.importing.tally import Tally

Reading = tuple[list[Item], Tally]
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def linker() -> ActorLinker:
    return ActorLinker(load_reference())


@pytest.fixture
def read(linker: ActorLinker, tmp_path: Path) -> Read:
    """Write lines to a file and read it as a data set of a kind."""

    def reading(
        kind: str, *lines: str, name: str = "sample.txt", encoding: str = "utf-8", strict: bool = False
    ) -> Reading:
        path = tmp_path / name
        data = "".join(line + "\n" for line in lines).encode(encoding)
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        tally = Tally(strict=strict)
        form = format_named(kind)
        items = [item for m in members(path) for item in form.read(m, linker, tally, Position())]
        return items, tally

    return reading


def the(reading: Reading) -> CodedEvent:
    """The one event of a file in which nothing was left out."""
    items, tally = reading
    assert not tally.left_out, tally.named
    (event,) = items
    assert isinstance(event, CodedEvent)
    return event
