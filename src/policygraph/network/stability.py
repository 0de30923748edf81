"""How sure a ranking is: intervals by resampling, and what each source carries.

Sources (or outlets, or single statements) are drawn anew with replacement, as
many as there are; each tie weighs as often as its source was drawn; the measures
are taken again. The interval holds the middle 95 % of what comes out: Efron's
percentile bootstrap with the sources as sample. It says how far a value or a rank
depends on which reports happen to be at hand, not whether the reports are true.

References: Efron (1979), "Bootstrap methods: another look at the jackknife",
Annals of Statistics 7; Snijders and Borgatti (1999), "Non-parametric standard
errors and tests for network statistics", Connections 22(2).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from policygraph.errors import UnknownNameError, UsageError
from policygraph.iris import IRI
from policygraph.network.measures import LOW_IS_CENTRAL, measure
from policygraph.network.ranking import quantile, rank_correlation, ranks
from policygraph.network.resample import Job
from policygraph.network.scan import read_source_names
from policygraph.network.workers import Progress, resampled
from policygraph.table import Table

if TYPE_CHECKING:
    from policygraph.network.model import Network

UNITS = ("source", "publisher", "statement")
DEFAULT_MEASURES = ("degree", "betweenness", "pagerank")
#: With fewer units than this an interval is only a hint.
FEW = 10


def centrality(
    network: Network,
    measures: str | Sequence[str] = DEFAULT_MEASURES,
    *,
    resamples: int = 0,
    by: str = "source",
    level: float = 0.95,
    seed: int = 0,
    workers: int | None = None,
    engine: str = "auto",
    progress: Progress | None = None,
) -> Table:
    """One row an actor: value and rank by each measure, and how sure they are.

    Args:
        network: the network.
        measures: names from `measures.MEASURES`; rows are sorted by the first.
        resamples: how often to draw; 0 for no intervals, 200 for a look, 1000 for print.
        by: what to draw: `source` (documents), `publisher` (outlets) or `statement`.
        level: share of the draws that the interval holds.
        seed: the same seed gives the same intervals, on any number of processes.
        workers: processes; None for as many as there are cores when it pays.
        engine: `auto`, `igraph` or `networkx`.
        progress: called with draws done and draws in all.

    Returns:
        Columns actor, type, country; for each measure its value and `_rank` and, with resamples,
        `_low`, `_high`, `_rank_low`, `_rank_high`; iri. None where a measure has no value.

    Raises:
        UsageError: a measure is not defined for this network, or there are fewer than two units to draw.
        UnknownNameError: no such measure or unit.
    """
    names = (measures,) if isinstance(measures, str) else tuple(dict.fromkeys(measures))
    for name in names:
        measure(name)
    if not names:
        raise UsageError("no measure was given", hint=f"use for example {', '.join(DEFAULT_MEASURES)}")
    if resamples < 0:
        raise UsageError(f"{resamples} resamples cannot be drawn", hint="use 0 for no intervals, 200 for a look")
    if not 0 < level < 1:
        raise UsageError(f"a level of {level:g} is outside 0 to 1", hint="use a share such as 0.95")
    job = make_job(network, names, by=by if resamples else "statement", engine=engine, seed=seed)
    if resamples and job.units < 2 and len(network.ties):
        raise UsageError(
            f"there is only one {by} to draw from",
            hint="build with more sources"
            if by == "statement"
            else "resample by statement, or build with more sources",
        )
    values = _split(job.values(), job)
    draws = [_split(d, job) for d in resampled(job, resamples, workers, progress)] if resamples and job.units else []
    how = Resampling(resamples, by, level, seed)
    low_lying: list[str] = []
    columns: list[str] = []
    parts: list[list[float | None]] = []
    for at, name in enumerate(names):
        heads, cells = _measured(name, values[at], [d[at] for d in draws], level)
        columns += heads
        parts += cells
        if draws and _lies_low(cells[0], cells[3]):
            low_lying.append(name)
    notes = [_note(network, names, draws, job.units, how), _told(low_lying)]
    return _table(network, columns, parts, note=" ".join(filter(None, notes)))


def _table(network: Network, columns: list[str], parts: list[list[float | None]], note: str) -> Table:
    rows = [
        (node.label, node.type, node.country or None, *(column[i] for column in parts), IRI(node.iri))
        for i, node in enumerate(network.nodes)
    ]
    rows.sort(key=lambda row: (row[4] is None, row[4] if row[4] is not None else 0, row[0], row[-1]))
    return Table(("actor", "type", "country", *columns, "iri"), rows, title=f"Centrality: {network.title}", note=note)


def _measured(
    name: str, values: Sequence[float], draws: Sequence[Sequence[float]], level: float
) -> tuple[list[str], list[list[float | None]]]:
    """Columns of one measure: value, rank, and the bounds of both."""
    low_first = name in LOW_IS_CENTRAL
    place = ranks(values, low_first=low_first)
    heads = [name, f"{name}_rank"]
    cells: list[list[float | None]] = [[_known(v) for v in values], [_whole(r) for r in place]]
    if draws:
        drawn_ranks = [ranks(draw, low_first=low_first) for draw in draws]
        bounds = ((1 - level) / 2, (1 + level) / 2)
        for label, sets in (("", draws), ("_rank", drawn_ranks)):
            for side, share in zip(("low", "high"), bounds, strict=True):
                heads.append(f"{name}{label}_{side}")
                cells.append([_known(quantile([s[i] for s in sets], share)) for i in range(len(values))])
    return heads, cells


def _lies_low(values: Sequence[float | None], highs: Sequence[float | None]) -> bool:
    """Whether the value of many actors lies above its own interval."""
    above = sum(1 for value, high in zip(values, highs, strict=True) if value and high is not None and value > high)
    return above > len(values) / 10


def _told(low_lying: Sequence[str]) -> str:
    if not low_lying:
        return ""
    return (
        f"A draw misses a third of what there is, so intervals of {' and '.join(low_lying)} lie low: "
        "go by the intervals of the ranks."
    )


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are made.

    >>> str(Resampling(200, "source", 0.95, 0))
    'middle 95 % of 200 draws by source (seed 0)'
    """

    resamples: int
    by: str
    level: float
    seed: int

    def __str__(self) -> str:
        return f"middle {self.level * 100:g} % of {self.resamples:,} draws by {self.by} (seed {self.seed})"


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _whole(value: float) -> int | None:
    return None if isnan(value) else int(value)


def _split(values: array[float], job: Job) -> list[Sequence[float]]:
    return [values[i * job.n : (i + 1) * job.n] for i in range(len(job.measures))]


def _note(
    network: Network, names: Sequence[str], draws: list[list[Sequence[float]]], units: int, how: Resampling
) -> str:
    notes = [network.note] if network.note else []
    if draws:
        notes.append(f"Intervals: {how} from {units:,}.")
    if draws and units < FEW:
        notes.append(f"Only {units} {how.by}s to draw from: read the intervals as a hint.")
    for at, name in enumerate(names):
        empty = sum(all(isnan(v) for v in draw[at]) for draw in draws)
        if empty:
            notes.append(f"{name} had no value in {empty} of {how.resamples} draws, which are left out.")
    return " ".join(notes)


def make_job(network: Network, names: Sequence[str], *, by: str, engine: str, seed: int) -> Job:
    """The network as something to draw from.

    Raises:
        UnknownNameError: no such unit.
    """
    ties = network.ties
    units, _ = unit_column(network, by)
    return Job(
        n=len(network.nodes),
        directed=network.directed,
        units=max(units, default=-1) + 1,
        measures=tuple(names),
        engine=engine,
        seed=seed,
        source=ties.source,
        target=ties.target,
        unit=units,
        weight=ties.weight,
    )


def unit_column(network: Network, by: str) -> tuple[array[int], list[str]]:
    """For each tie the number of its unit, and the names of the units."""
    if by not in UNITS:
        raise UnknownNameError("unit to draw by", by, UNITS)
    ties = network.ties
    if by == "statement":
        column, names = ties.unit, ties.units.values
    else:
        column, names = ties.document, ties.documents.values
    if by == "publisher":
        called = read_source_names(network.reader)
        names = [called.outlet(name) for name in names]
    used = sorted({names[i] for i in column})
    at = {name: i for i, name in enumerate(used)}
    return array("q", [at[names[i]] for i in column]), used


def leave_one_out(
    network: Network,
    by_measure: str = "pagerank",
    *,
    by: str = "publisher",
    actor: str | None = None,
    engine: str = "auto",
    progress: Progress | None = None,
) -> Table:
    """The ranking without each source in turn: which outlet carries the result.

    Args:
        network: the network.
        by_measure: the measure that ranks.
        by: leave out `publisher` (outlets) or `source` (documents).
        actor: follow this actor instead of the whole ranking.
        engine: `auto`, `igraph` or `networkx`.
        progress: called with sources done and sources in all.

    Returns:
        One row a source, the one that changes most first: its ties, the rank correlation with the full
        ranking, how many of the first ten stay among them, who moves furthest from which rank to which.
        With `actor`: its value and rank without the source.

    Raises:
        UnknownNameError: no such actor, measure or unit.
    """
    followed = None if actor is None else network.find(actor)
    job = make_job(network, (by_measure,), by=by, engine=engine, seed=0)
    units, names = unit_column(network, by)
    called = read_source_names(network.reader)
    low_first = by_measure in LOW_IS_CENTRAL
    whole = list(job.values())
    rows = []
    for left in range(job.units):
        times = [0 if unit == left else 1 for unit in range(job.units)]
        values = list(job.values(times))
        ties = sum(1 for unit in units if unit == left)
        compared = (
            _compared(network, whole, values, low_first)
            if followed is None
            else (_known(values[followed]), _whole(ranks(values, low_first=low_first)[followed]))
        )
        rows.append((called.label(names[left]), ties, *compared))
        if progress:
            progress(left + 1, job.units)
    if followed is None:
        rows.sort(key=lambda row: (row[2] is not None, row[2] or 0.0, -row[1], row[0]))
        heads: tuple[str, ...] = ("rank_correlation", "first_ten_kept", "moved_most", "rank_with", "rank_without")
    else:
        full = ranks(whole, low_first=low_first)[followed]
        rows.sort(key=lambda row: (-abs((row[3] or job.n + 1) - full), -row[1], row[0]))
        heads = (f"{by_measure}_without", "rank_without")
    title = f"{by_measure} without each {by}"
    return Table((by, "ties", *heads), rows, title=title, note=network.note)


def _compared(network: Network, whole: list[float], values: list[float], low_first: bool) -> tuple[Any, ...]:
    before, after = ranks(whole, low_first=low_first), ranks(values, low_first=low_first)
    last = float(len(network.nodes) + 1)
    moves = [abs((last if isnan(a) else a) - (last if isnan(b) else b)) for a, b in zip(before, after, strict=True)]
    furthest = max(range(len(moves)), key=lambda i: (moves[i], -i), default=None)
    kept = sum(1 for a, b in zip(before, after, strict=True) if a <= 10 and b <= 10)
    known = _known(rank_correlation(whole, values))
    if furthest is None:
        return known, kept, None, None, None
    return known, kept, network.nodes[furthest].label, _whole(before[furthest]), _whole(after[furthest])
