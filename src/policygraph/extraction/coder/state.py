"""The state of coding one sentence."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause, Parsed
from policygraph.extraction.frames import Dictionary
from policygraph.extraction.matching import Match, Matcher


class State:
    """What the steps of coding one sentence share: its clauses, who is an actor, which clauses are spent."""

    def __init__(
        self,
        book: Dictionary,
        parsed: Parsed,
        is_actor: Callable[[NounPhrase], bool],
        names: Callable[[NounPhrase], frozenset[str]],
        sector: Callable[[NounPhrase], str | None],
    ) -> None:
        self.book, self.parsed, self.is_actor, self.names = book, parsed, is_actor, names
        self.match = Matcher(book, parsed, is_actor, sector, names)
        #: The clauses that another act has used up.
        self.consumed: set[int] = set()

    def consume(self, index: int) -> None:
        """Spend a clause and those that complete it."""
        todo = [index]
        while todo:
            i = todo.pop()
            if i in self.consumed:
                continue
            self.consumed.add(i)
            todo += [
                c.index for c in self.parsed.clauses if c.governor == i and c.link in ("inf", "that", "ger", "and")
            ]

    def trigger(self, clause: Clause, found: Match | None) -> tuple[int, int]:
        """The tokens that tell the act: the verb group, to the noun near it that makes the frame fit."""
        chunk = self.parsed.chunks[clause.chunk]
        last = chunk.last
        if found is not None and found.filler is not None and 0 <= found.filler.head - last < 6:
            last = found.filler.head + 1
        return chunk.first, last
