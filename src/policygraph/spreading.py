"""Event data sets as N-Quads for a store of one's own: converted by a cluster, or by all processors of this machine."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from policygraph.cluster import workers
from policygraph.converting import Job
from policygraph.dataimport import PART, Imported, Step, members_to_do
from policygraph.errors import UsageError
from policygraph.importing.formats import format_named
from policygraph.importing.lines import members
from policygraph.shards import convert_shard, outcome, plan, sweep


def write_shards(
    kind: str,
    paths: Sequence[Path],
    folder: Path,
    *,
    tables: Sequence[Path] = (),
    bundled: bool = True,
    strict: bool = False,
    scheduler: str | None = None,
    watch: Callable[[Step], None] | None = None,
) -> Imported:
    """Convert the files of a data set to N-Quads files in `folder`, one a slice of the data.

    Together they hold what `import_events` would put into a graph. Shards that
    are there already are left as they are. `scheduler` is as in `cluster.workers`.

    Raises:
        UsageError: the set revises events, which takes a store that knows the earlier ones.
        SourceError: there is nothing to read.
        DataError: with `strict`, a bad line.
        UnknownNameError: there is no such kind of data set.
        ServiceError: the cluster does not answer, or its workers die.
    """
    form = format_named(kind)
    if form.revises:
        raise UsageError(
            f"{kind} revises events, so its files cannot be loaded one beside the other",
            hint="import it into a graph, then run 'policygraph export --format nquads'",
        )
    found = [member for path in paths for member in members(path, form.suffixes)]
    shards = plan(Job(kind, tuple(members_to_do(kind, found, {})), tuple(tables), bundled, strict, PART))
    folder.mkdir(parents=True, exist_ok=True)
    result, clock = Imported(), time.monotonic()
    calls = [(shard, str(folder.resolve())) for shard in shards]
    with workers(scheduler) as hands, contextlib.closing(hands.run(convert_shard, calls)) as notes:
        for shard, tally, broken in outcome(shards, notes):
            result.tally = tally
            result.broken += broken
            result.seconds = time.monotonic() - clock
            if watch:
                end = shard.member.stop or shard.member.size
                watch(Step(shard.member.name, end, end, tally.events, result.seconds))
    sweep(shards, folder)
    return result
