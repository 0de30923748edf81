"""Incidents in the graph: written beside what they group, read back, well formed, counted once."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.building import build
from policygraph.dataimport import import_events
from policygraph.errors import ProjectError, StoreMissingError, UnknownNameError, UsageError
from policygraph.graph.lint import lint
from policygraph.graph.store import EmbeddedStore
from policygraph.incidents import list_incidents, strategy
from policygraph.incidents.stored import read_incidents
from policygraph.merging import merge, merge_built
from policygraph.project import open_folder
from policygraph.projectfile import Project
from tests.cli.conftest import Call
from tests.cli.conftest import call as call
from tests.importing.gdelt_rows import event as gdelt
from tests.incidents.coded import event, graph

GRAPH = ox.NamedNode(iris.INCIDENTS_GRAPH)
TITLE = "russian-drones-hit-power-station-in-kyiv"


def reported() -> EmbeddedStore:
    """One attack by 44 reports, and one that stands alone."""
    papers = [event(f"p{n}", at="Kyiv", url=f"https://paper{n}.example/{TITLE}-{n}00{n}.html") for n in range(42)]
    own = [event("x", at="Kyiv", url="https://bbc.com/a"), event("y", at="Kyiv", url="https://elpais.com/b")]
    return graph(*papers, *own, event("z", "PER", "CHL"))


def test_counts_in_words() -> None:
    table = list_incidents(reported(), "exact")
    assert table.column("evidence") == ["3 independent sources, 41 copies"]
    assert table.column("events") == [44]
    assert "1 incident on several events or reports, by exact/1" in table.note


def test_what_is_written_is_read_back_and_written_once() -> None:
    store = reported()
    before = set(store.scan())
    merge(store, strategy("exact"))
    once = set(store.scan(graph=GRAPH))
    merge(store, strategy("exact"))
    assert set(store.scan(graph=GRAPH)) == once
    assert {q for q in store.scan() if q.graph_name != GRAPH} == before
    label, found = read_incidents(store)
    assert label == "exact/1"
    assert [(len(i.events), i.counts.words) for i in found] == [(44, "3 independent sources, 41 copies")]
    triples = [(q.subject, q.predicate, q.object) for q in store.scan()]
    assert len(triples) == len(set(triples))
    merge(store, None)
    assert not list(store.scan(graph=GRAPH))


def test_lint_finds_groups_that_are_broken() -> None:
    store = reported()
    merge(store, strategy("exact"))
    wanted = {"event-in-two-groups", "group-counts", "group-main-event", "group-out-of-date"}
    assert not wanted & {f.check for f in lint(store.engine)}
    store.update(
        "INSERT { GRAPH graph:incidents { id:event-group\\/x pg:groupsEvent ?e , id:gone ; pg:mainEvent ?z ; "
        "a pg:EventGroup ; pg:reportCount 2 ; pg:independentSourceCount 2 ; pg:copyCount 1 } } WHERE { "
        "GRAPH graph:incidents { ?g pg:groupsEvent ?e } GRAPH ?h { ?z pg:hasRecipient id:government\\/chl } }"
    )
    assert wanted <= {f.check for f in lint(store.engine)}


def test_periods_sources_and_limits() -> None:
    store = graph(
        event("z", "PER", "CHL"),
        event("a"),
        event("b"),
        event("c", day="2024-05-01"),
        event("d", day="2024-05-01"),
        event("e", day="2024-05-01"),
    )
    assert len(list_incidents(store, "exact")) == 2
    assert list_incidents(store, "exact", since="2024-04-01").column("events") == [3]
    assert list_incidents(store, "exact", until="2024-04-01").column("events") == [2]
    assert list_incidents(store, "exact", min_sources=3).column("events") == [3]
    assert list_incidents(store, "exact", limit=1).column("events") == [3]
    assert len(list_incidents(store, "exact", single=True)) == 3
    with pytest.raises(UsageError, match="2024-02-30"):
        list_incidents(store, "exact", since="2024-02-30")


WIRE = (
    "Peru accused Chile on 7 June 2024 of closing the border without warning. Hundreds of trucks with fruit stood "
    "before the gates, and drivers slept in their cabins for a second night. Nobody could say when the road would open."
)
ARTICLES = {
    "one.txt": WIRE,
    "two.txt": "LIMA, June 8 (Reuters) - " + WIRE + " More to follow.",
    "three.txt": "On 7 June 2024, Peru accused Chile of strangling its trade. Growers in Tacna count their losses.",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text)
    (folder / "articles" / "sources.csv").write_text(
        "file,title,publisher,published,url,language,author,licence\none.txt,Pact signed,Reuters,2024-06-07,,,,\n"
        "two.txt,Ministers sign pact,The Herald,2024-06-08,,,,\nthree.txt,Quarrel settled,El Comercio,2024-06-08,,,,\n"
    )
    (folder / "policygraph.toml").write_text(
        '[sources]\narticles = ["articles"]\ncatalogue = "articles/sources.csv"\n[incidents]\nstrategy = "near"\n'
    )
    build(Project.load(folder), files=())
    return folder


def test_a_build_merges_articles_and_tells_copies(built: Path) -> None:
    with open_folder(built / "build") as graph:
        assert graph.ask("copied-articles").rows == [("Ministers sign pact", "The Herald", "Pact signed", "Reuters")]
        table = graph.incidents()
        assert table.column("evidence")[0] == "2 independent sources, 1 copy"
        assert table.rows == graph.incidents("near").rows
        event = table.column("event")[0]
        titles = set(graph.ask("reports-of", incident=event).column("source"))
    assert titles == {"Pact signed", "Ministers sign pact", "Quarrel settled"}


def test_an_import_meets_the_articles(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    subprocess.run(["cp", "-a", str(built / "build"), str(folder)], check=True)
    rows = [
        gdelt(700000001, "20240607", actor=("PER", "PERU", "PER", "GOV"), recipient=("CHL", "CHILE", "CHL", "GOV"),
              code="112", place=("4", "Lima, Lima, Peru", "PE", "-12.05", "-77.05"), added="20240607220000",
              url="https://www.lanacion.com.ar/politica/peru-chile"),
    ]  # fmt: skip
    (tmp_path / "one.export.CSV").write_text("".join(row + "\n" for row in rows))
    import_events(folder, "gdelt", [tmp_path / "one.export.CSV"])
    done = merge_built(folder, strategy("near"))
    assert done is not None
    with open_folder(folder) as graph:
        assert graph.incidents().column("evidence")[0] == "3 independent sources, 1 copy"
        assert "gdelt-700000001" in " ".join(q.object.value for q in graph.store.scan(graph=GRAPH))  # type: ignore[union-attr]


def test_the_command_shows_and_writes(call: Call, built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    subprocess.run(["cp", "-a", str(built / "build"), str(folder)], check=True)
    shown = call("incidents", "--graph", folder, "--format", "json")
    assert shown.code == 0
    assert json.loads(shown.out)[0]["evidence"] == "2 independent sources, 1 copy"
    assert call("incidents", "--graph", folder, "--strategy", "exact", "--write", "--format", "csv").code == 0
    with open_folder(folder) as graph:
        assert read_incidents(graph.store)[0] in ("", "exact/1")
    wrong = call("incidents", "--graph", folder, "--strategy", "nearly")
    assert wrong.code == 2
    assert "did you mean 'near'" in wrong.err


def test_mistakes_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        merge_built(tmp_path / "nothing", strategy("near"))
    (tmp_path / "policygraph.toml").write_text('[incidents]\nstrategy = "nearly"\n')
    with pytest.raises(ProjectError, match=r"policygraph.toml:2.*strategy 'nearly'"):
        Project.load(tmp_path)
    (tmp_path / "policygraph.toml").write_text('[incidents]\nstrategy = "none"\n')
    assert Project.load(tmp_path).merging() is None
    with pytest.raises(UnknownNameError):
        strategy("")


def test_a_graph_of_too_many_events_is_left_for_the_user_to_merge() -> None:
    store = reported()
    assert merge(store, strategy("near"), 10_000) == merge(store, strategy("near"))
    left = merge(store, strategy("near"), 2)
    assert left is not None
    assert left.too_many
    assert "policygraph incidents --write" in left.words
    assert next(store.engine.quads_for_pattern(None, None, None, ox.NamedNode(iris.INCIDENTS_GRAPH)), None) is None
