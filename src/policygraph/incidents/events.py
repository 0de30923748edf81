"""Events as they are compared: who, whom, what, where, when, and the reports behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from policygraph import iris
from policygraph.incidents.sources import Story
from policygraph.incidents.words import Sketch, together
from policygraph.recent import Recent

if TYPE_CHECKING:
    from policygraph.incidents.reports import Reports

_Value = TypeVar("_Value")
Numbers = tuple[int, ...]
#: Type and mode, as codes of the vocabularies.
Kind = tuple[str, str]
#: Who acts and who receives, as numbers of entities.
Party = tuple[Numbers, Numbers]
#: Parties that are kept to be shared by their events.
_KEPT = 100_000


class Numbering(Generic[_Value]):
    """Values numbered in the order in which they are first met; number 0 stands for none."""

    __slots__ = ("_at", "values")

    def __init__(self, none: _Value) -> None:
        self.values: list[_Value] = [none]
        self._at: dict[_Value, int] = {none: 0}

    def of(self, value: _Value) -> int:
        """The number of a value.

        >>> names = Numbering("")
        >>> names.of("a"), names.of(""), names.of("a")
        (1, 0, 1)
        """
        at = self._at.get(value)
        if at is None:
            at = self._at[value] = len(self.values)
            self.values.append(value)
        return at

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is: its country, whether it is finer than a province, and coordinates in degrees if known.

    `name` is the first part of its name as a slug: `lima` of "Lima, Peru".
    """

    country: str = ""
    fine: bool = False
    latitude: float | None = None
    longitude: float | None = None
    name: str = ""


@dataclass(slots=True)
class Things:
    """What events speak of, by number: kinds of acts, and actors and places with their countries.

    `countries` and `spots` are filled when all events have been read.
    """

    entities: Numbering[str] = field(default_factory=lambda: Numbering(""))
    kinds: Numbering[Kind] = field(default_factory=lambda: Numbering(("", "")))
    countries: list[tuple[str, ...]] = field(default_factory=list)
    spots: dict[int, Spot] = field(default_factory=dict)

    def countries_of(self, entities: Iterable[int]) -> frozenset[str]:
        """The countries that some entities act for or lie in."""
        return frozenset(country for entity in entities for country in self.countries[entity])


class Told(NamedTuple):
    """An event as it is read: numbers of `Things`, day numbers, the nodes of its reports.

    `source` is the data set that it comes from, empty for articles and tables.
    `own` tells whether the days are the event's own or guessed from its reports.
    Numbers, texts and tuples only, so that it can wait on disk.
    """

    iri: str
    source: str
    kind: int
    first: int
    last: int
    own: bool
    actors: Numbers
    recipients: Numbers
    place: int
    nodes: tuple[str, ...]
    words: Sketch

    @property
    def party(self) -> Party:
        """Who acts and who receives."""
        return self.actors, self.recipients


class Event:
    """An event while it is compared.

    `set` names the data set or document that it comes from, `source` the data set
    only, empty for articles and tables. `words` is a sketch
    of what is said of it, empty where nothing is. `order` is its position among
    all events, `until` the last day on which another event can begin that is the
    same. `parent`, `members` and `left` belong to `sets.Sets`.
    """

    __slots__ = (
        "first",
        "iri",
        "kind",
        "last",
        "left",
        "members",
        "order",
        "own",
        "parent",
        "party",
        "place",
        "set",
        "source",
        "stories",
        "until",
        "words",
    )

    def __init__(self, told: Told, party: Party, stories: tuple[Story, ...], set: str, words: Sketch) -> None:
        self.iri, self.source, self.kind, self.first, self.last, self.own = told[:6]
        self.party, self.place, self.stories, self.set, self.words = party, told.place, stories, set, words
        self.order = self.until = 0
        self.left = 1
        self.parent: Event | None = None
        self.members: list[Event] | None = None


class Maker:
    """Turns what was read into events to be compared; what many have in common is kept once."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._parties = Recent[Party, Party](_KEPT)
        self._sets: dict[str, str] = {}

    def make(self, told: Told) -> Event:
        """The event, with its reports looked up."""
        party = self._parties.get(told.party) or self._parties.keep(told.party, told.party)
        stories = self._reports.of(told.nodes)
        words = together([told.words, *(story.words for story in stories)])
        if len(stories) > 1:
            # Of several records of one story the first stands for it.
            stories = list({story.key: story for story in reversed(stories)}.values())
            stories.sort(key=lambda story: story.key)
        name = set_of(told.iri)
        return Event(told, party, tuple(stories), self._sets.setdefault(name, name), words)


def set_of(iri: str) -> str:
    """The data set or document that an event comes from, as its name tells.

    >>> set_of(iris.thing("event/gdelt-7")), set_of(iris.thing("event/dda66c4e-talks"))
    ('gdelt', 'dda66c4e')
    """
    return iris.local_name(iri).partition("/")[2].partition("-")[0]
