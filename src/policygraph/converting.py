"""A process of its own that turns the files of a data set into N-Quads while the store takes them in.

It is run with the name of a file that holds the job, so that standard input is free for data. It writes messages to
standard output, each after its length: a letter, then bytes. `Q` N-Quads lines, `R` the
versions of events that may take the place of earlier ones, `P` how far it is,
`E` the end of a part, `F` a file that could not be read to its end, `X` an error
that ends the import (all JSON), `.` the end.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from policygraph import errors
from policygraph.coded import CodedEvent, Deletion
from policygraph.errors import PolicyGraphError, SourceError
from policygraph.graph.coded import CodedWriter, event_node
from policygraph.importing.actors import ActorLinker
from policygraph.importing.formats import Item, format_named
from policygraph.importing.lines import Member, Position
from policygraph.importing.reference import load_reference
from policygraph.importing.tally import Tally

#: N-Quads are sent in pieces of about this size.
_PIECE = 1 << 20
_LENGTH = 8


@dataclass(frozen=True)
class Job:
    """What to convert; `after` is the line up to which a member was taken in before, `part` the events in a part."""

    format: str
    members: tuple[tuple[Member, str, int], ...]
    tables: tuple[Path, ...] = ()
    bundled: bool = True
    strict: bool = False
    part: int = 500_000

    def dump(self) -> str:
        """The job as JSON.

        >>> job = Job("gdelt", ((Member(Path("a.CSV"), "a.CSV", 7), "key", 0),), (Path("tables"),))
        >>> Job.load(job.dump()) == job
        True
        """
        return json.dumps(dataclasses.asdict(self), default=os.fspath)

    @classmethod
    def load(cls, text: str) -> Job:
        """The job that `dump` wrote."""
        told = json.loads(text)
        members = (
            (Member(**about | {"path": Path(about["path"])}), key, after) for about, key, after in told["members"]
        )
        return cls(**told | {"members": tuple(members), "tables": tuple(map(Path, told["tables"]))})


class Receiver(Protocol):
    """Whatever takes the messages: a pipe to the process with the store, or a shard."""

    def send_bytes(self, message: bytes, /) -> None:
        """Take one message."""
        ...


class Outlet:
    """Writes messages for `inlet` to read at the other end of a pipe.

    >>> import io
    >>> pipe = io.BytesIO()
    >>> Outlet(pipe).send_bytes(b"Q<a> <b> <c> .")
    >>> list(inlet(io.BytesIO(pipe.getvalue())))
    [b'Q<a> <b> <c> .']
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def send_bytes(self, message: bytes) -> None:
        """See `Receiver`."""
        self._stream.write(len(message).to_bytes(_LENGTH, "big"))
        self._stream.write(message)
        self._stream.flush()


def inlet(stream: BinaryIO) -> Iterator[bytes]:
    """The messages that come, up to the last whole one."""
    while len(length := stream.read(_LENGTH)) == _LENGTH:
        size = int.from_bytes(length, "big")
        if len(message := stream.read(size)) < size:
            return
        yield message


def convert_into(job: Job, receiver: Receiver) -> None:
    """Convert all members of a job; an error is one of the messages."""
    try:
        _Converter(job, receiver).run()
    except PolicyGraphError as error:
        _send(receiver, "X", as_json(error))
    receiver.send_bytes(b".")


def as_json(error: PolicyGraphError) -> dict[str, Any]:
    """An error as a message carries it."""
    return {"kind": type(error).__name__, "message": error.message, "where": error.where, "hint": error.hint}


def from_json(told: dict[str, Any]) -> PolicyGraphError:
    """The error of a message."""
    kind: type[PolicyGraphError] = getattr(errors, told["kind"], PolicyGraphError)
    return kind(told["message"], where=told["where"], hint=told["hint"])


def _send(pipe: Receiver, letter: str, data: object) -> None:
    pipe.send_bytes(letter.encode() + json.dumps(data).encode())


class _Converter:
    """Converts one job; a part ends after so many events, or with the last file."""

    def __init__(self, job: Job, pipe: Receiver) -> None:
        self.job, self.pipe = job, pipe
        self.format = format_named(job.format)
        self.linker = ActorLinker(load_reference(job.tables, job.bundled))
        self.writer = CodedWriter(self.linker.names)
        self.tally = Tally(strict=job.strict)
        self._lines: list[str] = []
        self._size = 0
        #: Where a set revises: revision and lines of each event of the part, None where it was taken back.
        self._latest: dict[str, tuple[int, str | None]] = {}
        self._outdated: list[str] = []
        self._files: dict[str, dict[str, Any]] = {}
        self._since = 0

    def run(self) -> None:
        """Convert all members."""
        for member, key, after in self.job.members:
            self._member(member, key, after)
        self._end()

    def _member(self, member: Member, key: str, after: int) -> None:
        position, failures = Position(), list[SourceError]()
        about = self._files[key] = {"name": member.name, "rows": after, "done": False}
        for item in _until_broken(self.format.read(member, self.linker, self.tally, position), failures):
            if item.line <= after:
                continue
            self._files[key] = about
            about["rows"] = item.line
            self._take(item)
            if self._size > _PIECE:
                self._flush()
                told = {"file": member.name, "read": position.update(), "size": member.size}
                _send(self.pipe, "P", told | {"events": self.tally.events})
            if self._since >= self.job.part:
                self._end()
        for error in failures:
            _send(self.pipe, "F", as_json(error))
        about["done"] = not failures
        self._files[key] = about

    def _take(self, item: Item) -> None:
        self._since += 1
        if isinstance(item, CodedEvent):
            text = self.writer.write(item)
            if self.format.revises:
                text = self._revise(event_node(item.dataset, item.id), item.revision, text)
        elif isinstance(item, Deletion):
            self._keep(event_node(item.dataset, item.event), item.revision, None)
            return
        else:
            text = self.writer.mention(item.dataset, item.event, item.report)
        self._lines.append(text)
        self._size += len(text)

    def _revise(self, node: str, revision: int, text: str) -> str:
        """Keep the lines of the event for the end of the part; the others can go."""
        # Not `splitlines`: a name may hold one of the rarer line breaks.
        lines = [line + "\n" for line in text.split("\n") if line]
        self._keep(node, revision, "".join(line for line in lines if line.startswith(node)))
        return "".join(line for line in lines if not line.startswith(node))

    def _keep(self, node: str, revision: int, text: str | None) -> None:
        """Of two versions the greater revision counts, of equal ones the later."""
        known, lines = self._latest.get(node, (revision, None))
        if known > revision:
            lines = text
        else:
            self._latest[node] = revision, text
        if lines:
            self._outdated.append(lines)

    def _flush(self) -> None:
        if self._lines:
            self.pipe.send_bytes(b"Q" + "".join(self._lines).encode("utf-8", "replace"))
        self._lines, self._size = [], 0

    def _end(self) -> None:
        if self._latest:
            _send(self.pipe, "R", {"latest": self._latest, "outdated": self._outdated})
            # Reports that nothing rests on are removed, so a later part must not take them as written.
            self.writer.forget_reports()
        self._flush()
        _send(self.pipe, "E", {"files": self._files, "tally": self.tally.to_plain()})
        self._latest, self._outdated, self._files, self._since = {}, [], {}, 0


def _until_broken(items: Iterator[Item], failures: list[SourceError]) -> Iterator[Item]:
    """The items up to where the file is cut off or damaged."""
    try:
        yield from items
    except SourceError as error:
        failures.append(error)


def main(file: str) -> None:
    """Run in a process of its own: convert the job in a file and send messages to standard output."""
    try:
        convert_into(Job.load(Path(file).read_text("utf-8")), Outlet(sys.stdout.buffer))
    except BrokenPipeError:
        # The process with the store is gone; what is left to write nobody reads.
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
