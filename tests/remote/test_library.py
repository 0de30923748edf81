"""Every question of the library gets the same answer from every server as from the store on disk."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import policygraph as pg
from policygraph.errors import PolicyGraphError
from policygraph.graph.http import Access
from policygraph.graph.push import push
from policygraph.graph.remote import RemoteStore
from policygraph.graph.store import EmbeddedStore
from policygraph.questions import library, run
from policygraph.table import Table
from tests.remote.conftest import Remote

ARTICLE = (
    "Secretary of State Marco Rubio met the President of Panama in Panama City on 2 February 2025.\n"
    "He is set to visit Mexico in May. Mexico accused the United States of breaking the deal on 3 March 2024.\n"
    '"The talks have failed," said Foreign Minister Ana Prado of Mexico.\n'
)
PROJECT = '[project]\ntitle = "Library"\n[sources]\narticles = ["articles"]\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    folder = tmp_path_factory.mktemp("library")
    (folder / "articles").mkdir()
    (folder / "articles" / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "policygraph.toml").write_text(PROJECT, encoding="utf-8")
    with pg.build(folder / "policygraph.toml") as graph:
        assert isinstance(graph.store, EmbeddedStore)
        yield graph.store


def parameters(example: str) -> dict[str, str]:
    words = shlex.split(example)
    return {name[2:].replace("-", "_"): value for name, value in zip(words[::2], words[1::2], strict=True)}


def answer(store: EmbeddedStore | RemoteStore, name: str, given: dict[str, str]) -> Table | str:
    try:
        return run(store, name, **given)
    except PolicyGraphError as error:
        return error.message


@pytest.mark.slow
def test_the_library_answers_alike(built: EmbeddedStore, remote: Remote, tmp_path: Path) -> None:
    report = push(built, remote.target, tmp_path / "notes.json")
    assert report.triples == len(built)
    reader = RemoteStore(remote.target.query, Access(timeout=300, scheme=remote.access.scheme))
    different, filled = [], 0
    for asked in library():
        given = parameters(asked.example)
        here, there = answer(built, asked.name, given), answer(reader, asked.name, given)
        if isinstance(here, Table) and isinstance(there, Table):
            filled += bool(here.rows)
            if sorted(map(repr, here.rows)) != sorted(map(repr, there.rows)):
                different.append((asked.name, len(here), len(there)))
        elif here != there:
            different.append((asked.name, here, there))
    reader.close()
    assert different == []
    assert filled >= 15
