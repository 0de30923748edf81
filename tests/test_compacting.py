"""A store that has grown is put in order, and holds what it held."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from policygraph import compacting
from policygraph.child import start
from policygraph.compacting import compact, is_due
from policygraph.dataimport import Step, import_events
from policygraph.graph.generations import BuildFolder
from policygraph.project import open_folder
from policygraph.projectfile import Project
from tests.importing import gdelt_rows
from tests.toy import make_project, toy_build


@pytest.fixture
def out(tmp_path: Path) -> Path:
    make_project(tmp_path, {"a.txt": "Ana backs Luz.\n"})
    project = Project.load(tmp_path)
    toy_build(project)
    return project.out


def events(folder: Path, first: int, number: int) -> list[Path]:
    path = folder / f"{first}.export.CSV"
    path.write_text("".join(gdelt_rows.event(first + at) + "\n" for at in range(number)), encoding="utf-8")
    return [path]


def content(out: Path) -> list[str]:
    with open_folder(out) as graph:
        return sorted(map(str, graph._local().scan()))


def test_it_holds_what_it_held(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = BuildFolder(out)
    import_events(out, "gdelt", events(out.parent, 700_000_000, 50))
    monkeypatch.setattr(compacting, "LEAST", 0)
    before = content(out)
    with folder.lock():
        assert is_due(folder)
        assert compact(folder)
        assert not is_due(folder)
    assert content(out) == before
    assert len(list((out / ".generations").iterdir())) == 1
    assert not list((out / ".generations").glob("*/loose"))


def test_an_import_does_it_where_the_store_has_grown(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    def watch(step: Step) -> None:
        steps.append(step.file)

    import_events(out, "gdelt", events(out.parent, 700_000_000, 50), watch=watch)
    assert "putting the store in order" not in steps
    monkeypatch.setattr(compacting, "LEAST", 0)
    # An import that brings nothing makes good what an earlier one was kept from.
    import_events(out, "gdelt", events(out.parent, 700_000_000, 50), watch=watch)
    assert steps.pop() == "putting the store in order"
    import_events(out, "gdelt", events(out.parent, 700_000_000, 50), watch=watch)
    assert "putting the store in order" not in steps
    import_events(out, "gdelt", events(out.parent, 800_000_000, 3_000), watch=watch)
    assert steps[-1] == "putting the store in order"
    with open_folder(out) as graph:
        assert graph.query("SELECT (COUNT(*) AS ?n) { ?e pg:originalCode ?c }").rows == [(3_050,)]


@pytest.mark.parametrize("stopped", [True, False])
def test_what_is_stopped_leaves_the_store_as_it_was(out: Path, monkeypatch: pytest.MonkeyPatch, stopped: bool) -> None:
    import_events(out, "gdelt", events(out.parent, 700_000_000, 50))
    before, folder = content(out), BuildFolder(out)
    present = folder.current()

    def broken(*arguments: str, **named: Any) -> Any:
        child = start(arguments[0], str(out / "nowhere"), "", **named)
        if stopped:
            child.kill()
            child.wait()
            raise KeyboardInterrupt
        return child

    monkeypatch.setattr(compacting, "start", broken)
    monkeypatch.setattr(compacting, "LEAST", 0)
    with folder.lock():
        if stopped:
            with pytest.raises(KeyboardInterrupt):
                compact(folder)
        else:
            assert not compact(folder)
        assert is_due(folder)
    assert folder.current() == present
    assert len(list((out / ".generations").iterdir())) == 1
    assert content(out) == before


def test_a_full_disk_leaves_the_store_as_it_was(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_events(out, "gdelt", events(out.parent, 700_000_000, 50))
    before, folder = content(out), BuildFolder(out)

    def full(*_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(compacting, "carry_over", full)
    with folder.lock():
        assert not compact(folder)
    assert len(list((out / ".generations").iterdir())) == 1
    assert content(out) == before
