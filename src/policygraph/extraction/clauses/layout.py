"""The chunks of a sentence, and ways to step over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policygraph.extraction.chunks import NounPhrase, chunk
from policygraph.extraction.clauses.model import Clause
from policygraph.extraction.tokens import Token

#: How many chunks a search may step over.
REACH = 60
_NOMINATIVE = frozenset(("i", "we", "he", "she", "they"))


class _Kinds(dict[int, str]):
    def __missing__(self, place: int) -> str:
        return "."


class Layout:
    """The chunks of a sentence, and ways to step over them; `at` has the clause of each verb group."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.chunks = chunk(tokens)
        self.clauses: list[Clause] = []
        self.at: dict[int, Clause] = {}
        kinds = [c.kind for c in self.chunks]
        #: The kind of the chunk at a place; a full stop stands before the first and behind the last.
        self.kind: Callable[[int], str] = _Kinds(enumerate(kinds)).__getitem__
        self._find_verbs(self._quote_depth() if "Q" in kinds else [False] * len(kinds))
        self._hang()

    def _find_verbs(self, quotes: Sequence[bool]) -> None:
        for n, c in enumerate(self.chunks):
            if c.kind == "VG" and c.verb is not None:
                clause = Clause(len(self.clauses), n, c.verb, quoted=quotes[n])
                self.clauses.append(clause)
                self.at[n] = clause

    def _hang(self) -> None:
        """Give each noun phrase the prepositional phrases that follow it."""
        for n, c in enumerate(self.chunks):
            if c.kind != "P" or self.kind(n + 1) != "NP":
                continue
            k = n - 1
            while k >= 0 and self.kind(k) in ("TM", "RB", "Q"):
                k -= 1
            if self.kind(k) == ")" and k >= 3 and self.kind(k - 2) == "(":
                k -= 3
            owner = self.chunks[k].np if k >= 0 else None
            if owner is not None:
                owner.pps.append((c.word, self.group_right(n + 1)))

    def group_right(self, k: int) -> list[NounPhrase]:
        out = [self.chunks[k].np]
        while (
            self.kind(k + 1) in ("CC", ",")
            and self.kind(k + 2) == "NP"
            and (self.kind(k + 3) != "VG" or self._before_verb(k))
            and len(out) < 9
        ):
            if self.kind(k + 1) == "," and self.kind(k + 3) not in ("CC", ","):
                break
            k += 2
            out.append(self.chunks[k].np)
        return [np for np in out if np is not None]

    def _before_verb(self, k: int) -> bool:
        """Whether the verb for the phrase at `k` is still to come: "soldiers from A and B marched"."""
        for j in range(k, max(-1, k - 12), -1):
            if self.kind(j) == "VG":
                return False
            if self.kind(j) == "," and self.kind(j - 1) == self.kind(j + 1) == "NP":
                continue
            if self.kind(j) in (",", "SB", ":", "WP", "."):
                return self.kind(j) != ","
        return True

    def _quote_depth(self) -> list[bool]:
        inside, out = False, []
        for c in self.chunks:
            if c.kind == "Q":
                inside = not inside if c.word in ('"', "'", "’") else c.word in ("“", "``", "«")
            out.append(inside)
        return out

    def skip_left(self, i: int) -> int:
        """Over adverbs and dates with their preposition."""
        while i >= 0:
            kind = self.kind(i)
            if (
                kind in ("RB", "TM")
                or (kind == "P" and self.kind(i + 1) == "TM")
                or (kind == "Q" and i > 0 and self.kind(i - 1) != ",")
            ):
                i -= 1
            else:
                break
        return i

    def verb_left(self, i: int) -> Clause | None:
        for j in range(i, max(-1, i - REACH), -1):
            if j in self.at:
                return self.at[j]
            if self.kind(j) == ":":
                return None
        return None

    def start_of_group(self, k: int) -> int:
        """The first chunk of "A, B and C" that ends at `k`."""
        while k > 0:
            if self.kind(k - 1) == "CC" and self.kind(k - 2) == "NP":
                k -= 2
            elif self.kind(k - 1) == "CC" and self.kind(k - 2) == self.kind(k - 4) == "," and self.kind(k - 3) == "NP":
                k -= 3
            elif (
                self.kind(k - 1) == ","
                and self.kind(k - 2) == "NP"
                and self.kind(k + 1) in ("CC", ",")
                and self.kind(k - 3) != "P"
            ):
                k -= 2
            else:
                return k
        return k

    def group_left(self, k: int) -> list[NounPhrase]:
        if self.kind(k) != "NP":
            return []
        first = self.start_of_group(k)
        np = self.chunks[k].np
        if first < k and np is not None and self.tokens[np.head].lower in _NOMINATIVE and self.verb_left(first):
            first = k  # "taken to court in Oslo, and we …" opens a clause
        return [c.np for c in self.chunks[first : k + 1] if c.kind == "NP" and c.np is not None]
