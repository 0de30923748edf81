"""The strategies by which reports are merged: `strategies.toml`, checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.errors import DataError, UnknownNameError, UsageError
from policygraph.vocabulary import EventType

#: The strategy that is used where none is named: the best on the measured pairs.
DEFAULT = "near"
METHODS = ("key", "odds")
KEYS = ("days", "type", "kind", "party", "dyad", "pair", "place", "story")
#: Levels of comparison, by part; every one needs a weight.
LEVELS: dict[str, tuple[str, ...]] = {
    "date": ("same", "shifted", "next", "days", "overlap", "undated"),
    "type": ("mode", "type", "near", "quad", "side", "near-within", "quad-within", "side-within"),
    "side": ("entity", "country", "within", "unlinked", "unknown"),
    "direction": ("same", "open", "reversed"),
    "place": ("same", "near", "inside", "apart", "abroad", "unknown"),
    "story": ("same", "copy", "other"),
    "words": ("alike", "some", "other", "unknown"),
}
#: More days than this between two reports of one event are not looked for.
_MOST_DAYS = 31
_TYPES = frozenset(kind.code for kind in EventType)


@dataclass(frozen=True)
class Strategy:
    """One way to merge reports.

    `key` are the parts in which events of one incident agree (method `key`).
    `days` is how far apart their first days may be; `base` and `weights` are log
    odds by part and level, `even` the sum from which two reports are merged
    (method `odds`).
    """

    name: str
    version: int
    title: str
    description: str
    method: str
    key: tuple[str, ...] = ()
    days: int = 0
    even: float = 0.0
    base: float = 0.0
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    near_types: frozenset[frozenset[str]] = frozenset()

    @property
    def label(self) -> str:
        """Name and version, as it is written beside a result.

        >>> strategy("exact").label
        'exact/1'
        """
        return f"{self.name}/{self.version}"


def strategies() -> dict[str, Strategy]:
    """All strategies by name.

    >>> list(strategies())
    ['exact', 'one-a-day', 'dyad-day', 'story', 'near']
    """
    return _bundled()


@cache
def _bundled() -> dict[str, Strategy]:
    return load_strategies(Path(__file__).with_name("strategies.toml"))


def strategy(name: str = DEFAULT, days: int | None = None) -> Strategy:
    """A strategy by name; `days` takes the place of its own.

    Raises:
        UnknownNameError: there is no such strategy.
        UsageError: it has no days to set, or not so many.
    """
    known = strategies()
    if name not in known:
        raise UnknownNameError("strategy", name, known)
    found = known[name]
    if days is None:
        return found
    if not found.days:
        raise UsageError(f"the strategy '{name}' looks at no further days", hint="leave the days out")
    if not 0 <= days <= _MOST_DAYS:
        raise UsageError(f"{days} days are too many between reports of one event", hint=f"use 0 to {_MOST_DAYS}")
    return replace(found, days=days)


def load_strategies(path: Path) -> dict[str, Strategy]:
    """Read a file of strategies.

    Raises:
        DataError: a method, part, level or type is not one of those known.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"the strategies cannot be read: {error}", where=path) from error
    return {name: _strategy(f"{path}: {name}", name, told) for name, told in data.items()}


def _strategy(where: str, name: str, told: dict[str, Any]) -> Strategy:
    missing = [key for key in ("version", "title", "description", "method") if not told.get(key)]
    if missing:
        raise DataError(f"the strategy lacks '{missing[0]}'", where=where)
    _known(where, "method", [told["method"]], METHODS)
    _known(where, "part of a key", told.get("key", ()), KEYS)
    types = told.pop("types", {}).get("near", [])
    _known(where, "type", [one for pair in types for one in pair], sorted(_TYPES))
    weights = told.get("weights", {})
    if told["method"] == "odds":
        for part, levels in LEVELS.items():
            _known(where, f"level of {part}", weights.get(part, {}), levels)
            lacking = [level for level in levels if level not in weights.get(part, {})]
            if lacking:
                raise DataError(f"'{lacking[0]}' of '{part}' has no weight", where=where)
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    return Strategy(name, **given, near_types=frozenset(map(frozenset, types)))


def _known(where: str, kind: str, names: Any, known: Any) -> None:
    for name in names:
        if name not in known:
            raise DataError(f"'{name}' is no {kind}", where=where, hint=f"use one of {', '.join(known)}")
