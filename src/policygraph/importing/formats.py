"""The data sets that can be imported: which files are theirs, and what reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from policygraph.coded import CodedEvent, Deletion, Mention
from policygraph.errors import UnknownNameError
from policygraph.importing import gdelt, plover
from policygraph.importing.acled import AcledReader
from policygraph.importing.actors import ActorLinker
from policygraph.importing.icews import IcewsReader
from policygraph.importing.lines import Member, Position
from policygraph.importing.polecat import PolecatReader
from policygraph.importing.tally import Tally

Item = CodedEvent | Mention | Deletion
Reader = Callable[[Member, ActorLinker, Tally, Position], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """How one data set is read.

    `suffixes` are parts of the names of its files, looked for in folders.
    `revises` is set where a later row with a known id takes the place of the earlier one,
    `lined` where every line stands for itself, without a header, so that a file can be cut at any line.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    revises: bool = False
    lined: bool = False


def _gdelt(member: Member, linker: ActorLinker, tally: Tally, position: Position) -> Iterator[Item]:
    if "mentions" not in member.name.lower():
        yield from gdelt.read_events(member, linker, tally, position)
        return
    for line, event, report in gdelt.read_mentions(member, tally, position):
        tally.events += 1
        yield Mention("gdelt", event, report, line)


_ARCHIVES = (".zip", ".gz")
FORMATS: Mapping[str, Format] = {
    f.name: f
    for f in (
        Format("plover", (".jsonl", ".ndjson", ".json", *_ARCHIVES), plover.read_events, revises=True),
        Format("gdelt", (".csv", ".tsv", ".export", ".mentions", *_ARCHIVES), _gdelt, lined=True),
        Format("icews", (".tab", ".tsv", ".csv", *_ARCHIVES), IcewsReader.read),
        Format("polecat", (".txt", ".tsv", ".tab", *_ARCHIVES), PolecatReader.read),
        Format("acled", (".csv", *_ARCHIVES), AcledReader.read, revises=True),
    )
}


def format_named(name: str) -> Format:
    """A format by its name.

    Raises:
        UnknownNameError: no such data set can be read.

    >>> format_named("gdelt").revises
    False
    """
    if name not in FORMATS:
        raise UnknownNameError("data set format", name, FORMATS)
    return FORMATS[name]
