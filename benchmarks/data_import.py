"""Importing event data beside pyoxigraph's bulk loader on the same quads: `python -m benchmarks.data_import [ROWS]`.

The rows are made up (`synthetic_gdelt`). "Import" is everything from the rows to a graph on disk that is in
force; "bulk load" reads the N-Quads of the same rows from a file. Both take turns; the ratio of the times by the
clock counts, since an import uses a second processor.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import pyoxigraph as ox  # noqa: E402

from benchmarks.measuring import both_clocks, note  # noqa: E402
from benchmarks.synthetic_gdelt import write  # noqa: E402
from policygraph.building import build  # noqa: E402
from policygraph.converting import Job, convert_into  # noqa: E402
from policygraph.dataimport import import_events, members_to_do  # noqa: E402
from policygraph.importing.lines import members  # noqa: E402
from policygraph.projectfile import Project  # noqa: E402

ROWS, ROUNDS = 100_000, 3


class Quads:
    """Writes the quads of a conversion to a file."""

    def __init__(self, path: Path) -> None:
        self.handle = path.open("wb")

    def send_bytes(self, message: bytes) -> None:
        """Take one message."""
        if message[:1] == b"Q":
            self.handle.write(message[1:])
        elif message == b".":
            self.handle.close()


def bulk_load(path: Path, folder: Path) -> None:
    """The engine alone, into a new store on disk."""
    shutil.rmtree(folder, ignore_errors=True)
    store = ox.Store(str(folder))
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    store.flush()


def main(rows: int = ROWS) -> None:
    """Measure and note."""
    with tempfile.TemporaryDirectory(prefix="policygraph-bench-") as name:
        folder = Path(name)
        data, quads = folder / "rows.export.CSV", folder / "rows.nq"
        write(rows, data)
        convert_into(Job("gdelt", tuple(members_to_do("gdelt", members(data), {}))), Quads(quads))
        (folder / "empty.txt").write_text("Nothing.\n", encoding="utf-8")
        (folder / "policygraph.toml").write_text('[sources]\narticles = ["empty.txt"]\n', encoding="utf-8")
        project = Project.load(folder)
        build(project, files=())
        kept = folder / "kept"
        shutil.copytree(project.out, kept, symlinks=True)

        def taken_in() -> None:
            shutil.rmtree(project.out)
            subprocess.run(["cp", "-a", str(kept), str(project.out)], check=True)
            import_events(project.out, "gdelt", [data])

        works = {"import": taken_in, "bulk load": lambda: bulk_load(quads, folder / "store")}
        cpu, wall = both_clocks(works, ROUNDS)
        count = sum(1 for _ in quads.open("rb"))
    what, peer = f"{rows:,} rows, {count:,} quads", "pyoxigraph's bulk load of the same quads"
    # 1 / 0.7: at least seven tenths of the engine's speed.
    note("import", f"{what}, by the clock", wall["import"], peer=peer, theirs=wall["bulk load"], aim="≤ 1.43", unit="s")
    note("import", f"{what}, processor time", cpu["import"], peer=peer, theirs=cpu["bulk load"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    note("import", "peak memory of the process that stores", [peak], unit="MB")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:2]))
