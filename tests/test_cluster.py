"""Work on a Dask cluster of separate processes: the same result as on one machine, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyoxigraph as ox
import pytest

from policygraph import shards
from policygraph.building import build
from policygraph.cluster import workers
from policygraph.converting import Job
from policygraph.dataimport import import_events, members_to_do
from policygraph.errors import DataError, MissingExtraError, ServiceError, SourceError, UsageError
from policygraph.graph.generations import BuildFolder
from policygraph.importing.lines import Member, members, read_lines, slices
from policygraph.importing.tally import Tally
from policygraph.project import open_folder
from policygraph.projectfile import Project
from policygraph.shards import convert_shard
from policygraph.spreading import write_shards
from tests.children import words_of
from tests.importing import acled_rows as acled
from tests.importing.gdelt_rows import event
from tests.toy import make_project, toy_build, toy_extract

ROOT = Path(__file__).resolve().parents[1]
DASK = "from distributed.cli.{0} import main; main()"
PROGRAM = "from policygraph.cli import main; main()"


def start(folder: Path, program: str, *options: str) -> subprocess.Popen[bytes]:
    """A process of the cluster, which talks to this machine alone."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-c", DASK.format(program), "--host", "127.0.0.1", "--no-dashboard", *options]
    with (folder / f"{program}.log").open("ab") as log:
        return subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The scheduler file of a cluster, and its three workers."""
    folder = tmp_path_factory.mktemp("cluster")
    file = str(folder / "scheduler.json")
    running = [start(folder, "dask_scheduler", "--port", "0", "--scheduler-file", file)]
    while not Path(file).is_file() and running[0].poll() is None:
        time.sleep(0.1)
    options = ("--scheduler-file", file, "--nthreads", "1", "--no-nanny")
    running += [start(folder, "dask_worker", *options, "--name", f"w{at}") for at in range(3)]
    yield file, running[1:]
    for process in reversed(running):
        process.kill()
        process.wait()


def rows(number: int, first: int = 700000000) -> list[str]:
    return [event(first + at, url=f"https://news.example.org/{at // 4}") for at in range(number)]


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def dump(out: Path) -> bytes:
    """The whole graph as sorted N-Quads."""
    with open_folder(out) as graph:
        return "".join(sorted(f"{quad} .\n" for quad in graph.store.scan())).encode()


def converted(folder: Path) -> list[bytes]:
    """All distinct lines of the shards, sorted."""
    return sorted({line for path in folder.glob("*.nq") for line in path.read_bytes().splitlines()})


@pytest.fixture
def slice_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of some four hundred rows."""
    monkeypatch.setattr(shards.plan, "__defaults__", (60_000,))


def two_folders(tmp_path: Path) -> tuple[Path, Path]:
    made = []
    for name in ("one", "many"):
        project = make_project(tmp_path / name, {"a.txt": "Ana backs Luz.\n"})
        toy_build(project)
        made.append(project.out)
    return made[0], made[1]


@pytest.mark.usefixtures("slice_small")
def test_an_import_is_the_same_when_a_worker_is_killed_in_the_middle(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    scheduler, processes = cluster
    here, there = two_folders(tmp_path)
    data = [
        write(tmp_path / "a.export.CSV", *rows(4_000), "a bad line"),
        write(tmp_path / "b.export.CSV", *rows(500, 7)),
    ]
    local = import_events(here, "gdelt", data, part=1500)
    killed: list[int] = []
    folder, pids = tmp_path / "shards", {process.pid for process in processes}

    def kill_one_at_work() -> None:
        """The name of a file that is being written tells which process does so."""
        while not killed:
            for path in folder.glob("*.partial"):
                pid = int(path.name.split(".")[-2].split("-")[-2])
                if pid in pids:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    return
            time.sleep(0.001)

    watcher = threading.Thread(target=kill_one_at_work)
    watcher.start()
    spread = import_events(there, "gdelt", data, part=1500, scheduler=scheduler, shards=folder)
    killed.append(0)
    watcher.join()
    assert killed[0] in pids, "no worker was at work"
    assert spread.tally == local.tally
    assert spread.tally.events == 4_500
    assert spread.tally.named == ["a.export.CSV:4001: 1 columns, expected 57, 58, 61"]
    assert dump(there) == dump(here)
    # The notes of what is taken in are those of a local import, too.
    assert import_events(there, "gdelt", data).known == ("a.export.CSV", "b.export.CSV")
    assert len(list(folder.glob("*.nq"))) > 12
    assert not list(folder.glob("*.partial"))


@pytest.mark.usefixtures("slice_small")
def test_shards_written_twice_or_by_others_are_the_same_files(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    data = [write(tmp_path / "a.export.CSV", *rows(2000))]
    many, one = tmp_path / "many", tmp_path / "one"
    write_shards("gdelt", data, many, scheduler=cluster[0])
    before = {path.name: path.stat().st_mtime_ns for path in many.iterdir()}
    again = write_shards("gdelt", data, many, scheduler=cluster[0])
    assert {path.name: path.stat().st_mtime_ns for path in many.iterdir()} == before
    alone = write_shards("gdelt", data, one)
    assert again.tally == alone.tally
    assert {p.name: p.read_bytes() for p in many.iterdir()} == {p.name: p.read_bytes() for p in one.iterdir()}
    store = ox.Store()
    for path in sorted(one.glob("*.nq")):
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    here, _ = two_folders(tmp_path)
    import_events(here, "gdelt", data)
    lines = {f"{quad} .".encode() for quad in store}
    assert lines == set(converted(one))
    assert lines == {
        line for line in dump(here).splitlines() if b"/graph/dataset/" in line or b"/graph/imported>" in line
    }


def test_a_build_takes_in_its_articles_on_the_cluster(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    articles = {f"{at:03}.txt": f"Ana backs Luz{at}.\nTom will back Ana.\n" for at in range(120)}
    here, there = make_project(tmp_path / "one", articles), make_project(tmp_path / "many", articles)
    for project in (here, there):
        (tmp_path / project.out.parent / "articles" / "broken.txt").write_bytes(b"\x00\xff\x00")
    local = build(here, extract=toy_extract, files=())
    spread = build(there, extract=toy_extract, files=(), scheduler=cluster[0])
    assert (spread.read_again, spread.counts, spread.warnings) == (local.read_again, local.counts, local.warnings)
    assert [e.replace("/many/", "/one/") for e in spread.errors] == list(local.errors)
    assert (there.out / "graph.trig").read_bytes() == (here.out / "graph.trig").read_bytes()
    assert build(there, extract=toy_extract, files=(), scheduler=cluster[0]).changed is False


def test_a_strict_import_stops_and_later_goes_on(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    _, out = two_folders(tmp_path)
    path = write(tmp_path / "a.export.CSV", *rows(20), "a bad line")
    with pytest.raises(DataError, match=r"a\.export\.CSV:21: 1 columns"):
        import_events(out, "gdelt", [path], strict=True, scheduler=cluster[0])
    assert import_events(out, "gdelt", [path], scheduler=cluster[0]).tally.events == 20
    assert not (out / ".shards").exists()


def test_what_was_loaded_before_is_not_converted_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.export.CSV", *rows(2000))
    member, key, _ = members_to_do("gdelt", members(path), {})[0]
    whole = shards.plan(Job("gdelt", ((member, key, 0),)), 100_000)
    rest = shards.plan(Job("gdelt", ((member, key, 1000),)), 100_000)
    assert 1 < len(rest) < len(whole)
    assert rest[0].member.before <= 1000 < rest[1].member.before


@pytest.mark.parametrize("text", ["one\ntwo\nthree\n", "\n\n\n", "no end", "a" * 50 + "\n" + "b" * 3 + "\nc"])
def test_slices_hold_every_line_once_with_its_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    member = Member(path, path.name, len(text))
    whole = list(read_lines(member, Tally()))
    for size in range(1, len(text) + 2):
        assert [line for piece in slices(member, size) for line in read_lines(piece, Tally())] == whole, size


def test_processes_of_this_machine_keep_the_order_and_hand_on_errors(tmp_path: Path) -> None:
    with workers(None) as hands:
        assert list(hands.run(divmod, [(n, 7) for n in range(30)])) == [divmod(n, 7) for n in range(30)]
        assert list(hands.run(divmod, [])) == []
        with pytest.raises(SourceError, match="no such file") as caught:
            list(hands.run(members, [(tmp_path / "nowhere",)]))
        assert caught.value.where == str(tmp_path / "nowhere")
        with pytest.raises(ServiceError, match="a converting process was ended"):
            list(hands.run(os._exit, [(3,), (3,), (3,)]))
        some = hands.run(time.sleep, [(0,), (600,), (600,), (600,)])
        assert next(some) is None
        some.close()
    assert not [child for child in psutil.Process().children() if "policygraph.cluster" in words_of(child)]


def test_wrong_calls_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        pytest.raises(ServiceError, match=r"no such scheduler file\. To mend it: give tcp://HOST:PORT"),
        workers("nowhere"),
    ):
        pass
    monkeypatch.setattr("policygraph.cluster._WAIT", 1)
    with pytest.raises(ServiceError, match="there is no scheduler here"), workers("tcp://127.0.0.1:9"):
        pass
    with pytest.raises(UsageError, match="standard input cannot be spread"):
        write_shards("gdelt", [Path("-")], tmp_path)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'policygraph\[scale\]'"), workers("tcp://127.0.0.1:9"):
        pass


def test_a_worker_that_does_not_see_the_files_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.export.CSV", *rows(2))
    shard = shards.plan(Job("gdelt", tuple(members_to_do("gdelt", members(path), {}))))[0]
    with pytest.raises(ServiceError, match="does not see this folder"):
        convert_shard(shard, str(tmp_path / "elsewhere"))
    path.unlink()
    with pytest.raises(ServiceError, match="does not see this file"):
        convert_shard(shard, str(tmp_path))


def test_a_set_that_revises_its_events_is_the_same_by_way_of_shards(tmp_path: Path) -> None:
    here, there = two_folders(tmp_path)
    first = [acled.row(event_id_cnty=f"MEX{n}", fatalities="1", timestamp="100") for n in range(1, 6)]
    newer = [acled.row(event_id_cnty="MEX2", fatalities="9", timestamp="300")]
    older = [acled.row(event_id_cnty="MEX3", fatalities="7", timestamp="50")]
    data = [
        write(tmp_path / "a.csv", acled.HEADER, *first),
        write(tmp_path / "b.csv", acled.HEADER, *newer, *older),
        write(tmp_path / "c.csv", acled.DELETED_HEADER, "MEX4,400"),
    ]
    local = import_events(here, "acled", data, part=2)
    spread = import_events(there, "acled", data, part=2, shards=tmp_path / "shards")
    assert spread.tally == local.tally
    assert dump(there) == dump(here)
    with open_folder(there) as graph:
        found = graph.query("SELECT ?event ?n { ?event pg:fatalities ?n } ORDER BY ?event")
    assert [number for _, number in found.rows] == [1, 9, 1, 1]  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="acled revises events"):
        write_shards("acled", data, tmp_path / "only")


def test_the_command_line_writes_shards(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"a.txt": "Ana backs Luz.\n"})
    path = write(tmp_path / "a.export.CSV", *rows(30))
    options = ["import", "gdelt", str(path), "--project", str(project.file), "--shards-only"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    wrong = subprocess.run([sys.executable, "-c", PROGRAM, *options], env=env, capture_output=True, text=True)
    assert (wrong.returncode, "--shards DIR" in wrong.stderr) == (2, True)
    options += ["--shards", str(tmp_path / "shards")]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *options], env=env, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("30 events;")
    assert len(list((tmp_path / "shards").glob("*.nq"))) == 1
    assert BuildFolder(Project.load(project.file).out).current() is None
