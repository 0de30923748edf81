"""Event data sets as N-Quads files, one a slice of the data: what many machines write and any store bulk-loads.

A shard is named after all that its content depends on, and appears in one step
when it is complete. Whoever converts a slice twice writes the same bytes under
the same name; whoever finds the shard there leaves the slice alone.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypedDict, cast

from policygraph import __version__, iris
from policygraph.converting import Job, convert_into, from_json
from policygraph.errors import PolicyGraphError, ServiceError, SourceError, UsageError
from policygraph.graph.cache import code_digest
from policygraph.graph.generations import read_json, write_json
from policygraph.importing.formats import format_named
from policygraph.importing.lines import STANDARD_INPUT, Member, slices
from policygraph.importing.reference import load_reference
from policygraph.importing.tally import Tally

#: Bytes of a plain file that make one shard: about a hundred thousand events.
SLICE = 32 << 20
_PIECE = 1 << 20
_ALL = 1 << 60


class Note(TypedDict):
    """What was said while a shard was converted: messages, each after so many bytes of quads."""

    said: list[tuple[int, str]]


@dataclass(frozen=True)
class Shard:
    """One slice of the data and the file that its quads go to; `reference` is the digest of the tables."""

    name: str
    job: Job
    reference: str

    def path(self, folder: Path) -> Path:
        """The N-Quads file."""
        return folder / f"{self.name}.nq"

    @property
    def member(self) -> Member:
        """The file, or the slice of it."""
        return self.job.members[0][0]

    def note(self, folder: Path) -> Note | None:
        """What was said while it was converted; None where the shard is not there."""
        if not self.path(folder).is_file():
            return None
        return cast("Note", read_json(folder / f"{self.name}.json")) or None


def plan(job: Job, size: int = SLICE) -> list[Shard]:
    """The shards of a job, in the order in which they are to be loaded.

    Raises:
        UsageError: the data come from standard input.
    """
    form = format_named(job.format)
    # A set that revises events keeps those of a part in memory.
    part = job.part if form.revises else _ALL
    digest = load_reference(job.tables, job.bundled).digest
    code = code_digest("graph", "importing")
    found: list[Shard] = []
    for member, key, after in job.members:
        if member.path == STANDARD_INPUT:
            raise UsageError("standard input cannot be spread over machines", hint="write it to a file first")
        pieces = slices(member, size) if form.lined else [member]
        for at, piece in enumerate(pieces):
            following = pieces[at + 1].before if at + 1 < len(pieces) else _ALL
            if following <= after:
                continue
            content = iris.content_key(
                __version__, code, digest, job.format, key, member.inside or "", str(job.strict),
                str(piece.start), str(piece.stop), str(after),
            )  # fmt: skip
            name = f"{len(found):06}-{iris.slug(Path(member.name).name)[:40]}-{content[:12]}"
            one = Job(job.format, ((piece, key, after),), job.tables, job.bundled, job.strict, part)
            found.append(Shard(name, one, digest))
    return found


def convert_shard(shard: Shard, folder: str) -> Note:
    """Write a shard, unless it is there already; its note.

    Raises:
        ServiceError: this machine has other tables, or does not see the file or the folder.
    """
    place = Path(folder)
    known = shard.note(place)
    if known is not None:
        return known
    _check_machine(shard, place)
    # Another machine may be writing the same shard at this moment.
    partial = place / f"{shard.name}.{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}.partial"
    try:
        with partial.open("wb") as handle:
            writer = _Writer(handle)
            convert_into(shard.job, writer)
            handle.flush()
            os.fsync(handle.fileno())
        if not writer.failed:
            # The note first: a shard is complete once its N-Quads file is there.
            write_json(place / f"{shard.name}.json", writer.note)
            partial.replace(shard.path(place))
    finally:
        partial.unlink(missing_ok=True)
    return writer.note


def sweep(shards: Sequence[Shard], folder: Path) -> None:
    """Remove what workers that were killed left half written; to be called when all shards are complete."""
    for shard in shards:
        for leftover in folder.glob(f"{shard.name}.*.partial"):
            leftover.unlink(missing_ok=True)


class _Writer:
    """Takes the messages of a conversion: quads to the file, the others to the note, with their place."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self.note: Note = {"said": []}

    @property
    def failed(self) -> bool:
        """Whether the conversion ended with an error."""
        return any(message.startswith("X") for _, message in self.note["said"])

    def send_bytes(self, message: bytes) -> None:
        """Take one message."""
        if message[:1] == b"Q":
            self._handle.write(message[1:])
        elif message[:1] not in b"P.":
            self.note["said"].append((self._handle.tell(), message.decode("utf-8")))


def _check_machine(shard: Shard, folder: Path) -> None:
    host, member = socket.gethostname(), shard.member
    for path, what in ((member.path, "file"), (folder, "folder")):
        if not path.exists():
            raise ServiceError(
                f"the worker on {host} does not see this {what}",
                where=path,
                hint="put data and shards on a folder that all machines share under one name",
            )
    if load_reference(shard.job.tables, shard.job.bundled).digest != shard.reference:
        raise ServiceError(
            f"the worker on {host} has other reference tables",
            where=member.path,
            hint="install the same policygraph everywhere and put the project's tables on a shared folder",
        )


def messages(job: Job, shards: Sequence[Shard], notes: Iterable[Note], folder: Path) -> Iterator[bytes]:
    """What one conversion of the whole job would have said, from its shards as they are completed.

    A part ends with a shard, and earlier where the set revises events.
    """
    total, revises = _Sum(shards), format_named(job.format).revises
    for shard, note in zip(shards, notes, strict=True):
        total.begin()
        for piece in _replay(shard, folder, note):
            if piece[:1] != b"E":
                yield piece
            elif total.add(shard, json.loads(piece[1:])) >= job.part or revises:
                yield total.end()
            if piece[:1] == b"X":
                return
        member = shard.member
        told = {"file": member.name, "read": member.stop or 0, "size": member.stop or 0, "events": total.events}
        yield b"P" + json.dumps(told).encode()
    yield total.end()
    yield b"."


def _replay(shard: Shard, folder: Path, note: Note) -> Iterator[bytes]:
    """The messages of one shard.

    Raises:
        SourceError: the shard is not there.
    """
    if not shard.path(folder).is_file():
        # A conversion that failed leaves no shard behind, only what it said.
        yield from (message.encode() for _, message in note["said"] if message.startswith("X"))
        if any(message.startswith("X") for _, message in note["said"]):
            return
        raise SourceError(
            "the shard that a worker reported is not here",
            where=shard.path(folder),
            hint="name a folder for shards that all machines share (--shards)",
        )
    with shard.path(folder).open("rb") as handle:
        for offset, message in (*note["said"], (_ALL, "")):
            while piece := handle.read(min(_PIECE, offset - handle.tell())):
                yield b"Q" + piece
            if message:
                yield message.encode()


def outcome(shards: Sequence[Shard], notes: Iterable[Note]) -> Iterator[tuple[Shard, Tally, list[PolicyGraphError]]]:
    """After each shard: what was counted so far, and the files that broke off in it.

    Raises:
        PolicyGraphError: a conversion ended with an error.
    """
    total = _Sum(shards)
    for shard, note in zip(shards, notes, strict=True):
        total.begin()
        broken = []
        for _, message in note["said"]:
            letter, told = message[0], json.loads(message[1:])
            if letter == "X":
                raise from_json(told)
            if letter == "F":
                broken.append(from_json(told))
            elif letter == "E":
                total.add(shard, told)
        yield shard, total.tally(), broken


class _Sum:
    """Adds up what the shards of a job say, as one conversion would have said it."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._last = {shard.job.members[0][1]: shard.name for shard in shards}
        self._before, self._here = Tally(), Tally()
        self._files: dict[str, Any] = {}
        self._ended = 0

    def begin(self) -> None:
        """The next shard comes: it counts from nothing."""
        self._before.add(self._here)
        self._here = Tally()

    def add(self, shard: Shard, told: dict[str, Any]) -> int:
        """Take in the end of a shard, or of a part of it; the events since the last `end`."""
        self._here.take(told["tally"])
        for key, about in told["files"].items():
            self._files[key] = about | {"done": about["done"] and self._last[key] == shard.name}
        return self.events - self._ended

    @property
    def events(self) -> int:
        """Events so far."""
        return self._before.events + self._here.events

    def tally(self) -> Tally:
        """What was counted so far."""
        whole = Tally()
        whole.add(self._before)
        whole.add(self._here)
        return whole

    def end(self) -> bytes:
        """The message that ends a part."""
        files, self._files, self._ended = self._files, {}, self.events
        return b"E" + json.dumps({"files": files, "tally": self.tally().to_plain()}).encode()
