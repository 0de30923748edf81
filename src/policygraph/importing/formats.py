"""The data sets that can be imported: which files are theirs, and what reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from policygraph.coded import CodedEvent, Report
from policygraph.errors import UnknownNameError
from policygraph.importing import gdelt
from policygraph.importing.actors import ActorLinker
from policygraph.importing.lines import Member, Position
from policygraph.importing.tally import Tally


@dataclass(frozen=True, slots=True)
class Mention:
    """A further report of an event that another file of the set describes."""

    dataset: str
    event: str
    report: Report
    line: int


@dataclass(frozen=True, slots=True)
class Deletion:
    """The set has taken an event back."""

    dataset: str
    event: str
    line: int


Item = CodedEvent | Mention | Deletion
Reader = Callable[[Member, ActorLinker, Tally, Position], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """How one data set is read.

    `suffixes` are parts of the names of its files, looked for in folders.
    `revises` is set where a later row with a known id takes the place of the earlier one.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    revises: bool = False


def _gdelt(member: Member, linker: ActorLinker, tally: Tally, position: Position) -> Iterator[Item]:
    if "mentions" not in member.name.lower():
        yield from gdelt.read_events(member, linker, tally, position)
        return
    for line, event, report in gdelt.read_mentions(member, tally, position):
        tally.events += 1
        yield Mention("gdelt", event, report, line)


FORMATS: Mapping[str, Format] = {
    f.name: f for f in (Format("gdelt", (".csv", ".tsv", ".export", ".mentions", ".zip", ".gz"), _gdelt),)
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
