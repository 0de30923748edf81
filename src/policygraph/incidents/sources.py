"""How many independent sources stand behind an incident, and how many reports only copy others.

Reports with the same text or under the same title are folded into one. What is
left counts as independent where those who reported it first differ: the agency
that a text credits, else its outlet. Outlets that cannot be told count as one,
as nothing shows that two such reports do not come from the same desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygraph.incidents.words import Sketch
from policygraph.records import Counts


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Story:
    """One report: an article, or what a data set names as its source.

    `key` tells reports apart. `outlet` is who publishes it, `credit` the agency it
    says it was taken from, `text` the key of its text, which copies share, `title`
    the title in its address; each empty where not known. `day` is the day number
    of its publication, 0 where not known. `words` is a sketch of what a data set
    keeps of its text.
    """

    key: str
    outlet: str = ""
    credit: str = ""
    text: str = ""
    title: str = ""
    day: int = 0
    words: Sketch = b""


def count(stories: Iterable[Story]) -> Counts:
    """Count the reports of one incident.

    >>> wire = [Story(f"{n}.example", f"{n}.example", credit="reuters", text="t1") for n in "abc"]
    >>> count([*wire, Story("x", "el-pais"), Story("y", "el-pais")])
    Counts(reports=5, sources=2, copies=2)
    """
    each = list({story.key: story for story in stories}.values())
    folded = fold(each)
    origins = {_origin([each[at] for at in group]) for group in folded}
    return Counts(len(each), len(origins), len(each) - len(folded))


def fold(stories: Sequence[Story]) -> list[list[int]]:
    """Positions of the reports, those of one text together, in the order of the first of each."""
    parent = list(range(len(stories)))

    def top(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[tuple[str, str], int] = {}
    for at, story in enumerate(stories):
        for mark in _marks(story):
            before = first.setdefault(mark, at)
            low, high = sorted((top(before), top(at)))
            parent[high] = low
    groups: dict[int, list[int]] = {}
    for at in range(len(stories)):
        groups.setdefault(top(at), []).append(at)
    return list(groups.values())


def _marks(story: Story) -> Iterable[tuple[str, str]]:
    if story.text:
        yield "text", story.text
    if story.title:
        yield "title", story.title


def _origin(stories: Sequence[Story]) -> str:
    """Who reports a text first: the agency that it credits, else the outlet of the earliest report."""
    credits = sorted({story.credit for story in stories if story.credit})
    if credits:
        return credits[0]
    dated = sorted(stories, key=lambda s: (s.day or 10**9, s.key))
    return next((story.outlet for story in dated if story.outlet), "")
