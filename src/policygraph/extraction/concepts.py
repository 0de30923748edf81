"""Labels of the vocabularies, compiled once, so that words can be given their concept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from policygraph import resources
from policygraph.errors import DataError

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LABELS = frozenset(("prefLabel", "altLabel"))
#: Words behind which a noun phrase only says more about its head.
_BEHIND_HEAD = frozenset(
    (
        "of in for to between with on that which who from by at against among within across through over under "
        "focused aimed designed intended involving including"
    ).split()
)


class Labelled(NamedTuple):
    """A concept found in a text, with the characters that name it."""

    concept: str
    start: int
    end: int


class Vocabulary:
    """The labels of one scheme; look-ups ignore case and the plural.

    >>> kinds = vocabulary("initiative-kind")
    >>> kinds.of_phrase("Joint task forces focused on drugs")
    'initiative-kind/task-force'
    >>> vocabulary("topic").whole("Human Rights")
    'topic/human-rights'
    """

    def __init__(self, scheme: str, labels: dict[tuple[str, ...], str]) -> None:
        self.scheme = scheme
        self._labels = labels
        self._longest = max(map(len, labels), default=0)

    def whole(self, phrase: str) -> str | None:
        """The concept of which the whole phrase is a label."""
        return self._labels.get(_key(_words(phrase)))

    def of_phrase(self, phrase: str) -> str | None:
        """The concept of a noun phrase: the longest label its head ends with, else its longest label."""
        found = _words(phrase)
        cut = next((i for i, w in enumerate(found) if i and w in _BEHIND_HEAD), len(found))
        return self._ending(found[:cut]) or self._ending(found) or self._starting(found[:cut])

    def head(self, phrase: str) -> str | None:
        """The concept of a noun phrase whose head is a label, or None.

        >>> vocabulary("initiative-kind").head("a summit of farmers")
        'initiative-kind/summit'
        """
        found = _words(phrase)
        cut = next((i for i, w in enumerate(found) if i and w in _BEHIND_HEAD), len(found))
        return self._ending(found[:cut])

    def inside(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Labelled]:
        """All labels in a stretch of text, the longest first at each place, none inside another."""
        found = list(_WORD.finditer(text, start, len(text) if end is None else end))
        folded = [_singular(m.group().lower().replace("’", "'")) for m in found]
        at = 0
        while at < len(found):
            for length in range(min(self._longest, len(found) - at), 0, -1):
                concept = self._labels.get(tuple(folded[at : at + length]))
                if concept:
                    yield Labelled(concept, found[at].start(), found[at + length - 1].end())
                    at += length - 1
                    break
            at += 1

    def _ending(self, found: list[str]) -> str | None:
        for length in range(min(self._longest, len(found)), 0, -1):
            concept = self._labels.get(_key(found[-length:]))
            if concept:
                return concept
        return None

    def _starting(self, found: list[str]) -> str | None:
        for length in range(min(self._longest, len(found)), 0, -1):
            concept = self._labels.get(_key(found[:length]))
            if concept:
                return concept
        return None


@cache
def vocabulary(scheme: str, folder: Path | None = None) -> Vocabulary:
    """The vocabulary of that name from the ontology's folder.

    Raises:
        DataError: the file is missing or no valid Turtle.
    """
    import pyoxigraph as ox

    path = (folder or resources.ontology() / "vocab") / f"{scheme}.ttl"
    labels: dict[tuple[str, ...], str] = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            name = quad.predicate.value.rpartition("#")[2]
            head, _, code = str(getattr(quad.subject, "value", "")).rpartition("/")
            if name in _LABELS and head.endswith(scheme) and isinstance(quad.object, ox.Literal):
                key = _key(_words(quad.object.value))
                if name == "prefLabel" or key not in labels:
                    labels[key] = f"{scheme}/{code}"
    except (OSError, SyntaxError) as error:
        raise DataError(f"cannot be read as Turtle: {error}", where=path, hint="install policygraph again") from error
    return Vocabulary(scheme, labels)


def _words(phrase: str) -> list[str]:
    return [m.group().lower().replace("’", "'") for m in _WORD.finditer(phrase)]


def _key(found: list[str]) -> tuple[str, ...]:
    return tuple([_singular(w) for w in found])


def _singular(word: str) -> str:
    """The word without its plural ending, good enough for look-ups on both sides."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
