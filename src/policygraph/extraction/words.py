"""Word lists that tell people, bodies and groups apart, from `names.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from policygraph.extraction.datafile import LINE, fault, load, only_keys
from policygraph.vocabulary import SECTORS, EntityType


def word_set(text: str) -> frozenset[str]:
    """Words parted by blanks, as a set.

    >>> sorted(word_set("in to from"))
    ['from', 'in', 'to']
    """
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Words:
    """What single words say about the phrase they stand in.

    `titles`, `groups` and `institutions` map lower-case phrases to a PLOVER
    sector; `bodies` maps a capitalised noun to the class of the body it names.
    `borrowed` are names that hold the name of a country or region without meaning it.
    """

    titles: Mapping[str, str]
    courtesy: frozenset[str]
    former: frozenset[str]
    gone: frozenset[str]
    title_modifiers: frozenset[str]
    groups: Mapping[str, str]
    bodies: Mapping[str, EntityType]
    bodies_with_of: frozenset[str]
    institutions: Mapping[str, str]
    never_names: frozenset[str]
    forenames: frozenset[str]
    particles: frozenset[str]
    ambiguous_places: frozenset[str]
    borrowed: frozenset[str]
    graded: frozenset[str]
    policy_nouns: frozenset[str]


_BY_SECTOR = ("titles", "groups", "institutions")
_LISTS = tuple(f.name for f in fields(Words) if f.name not in (*_BY_SECTOR, "bodies"))


@cache
def words(path: str | Path = "names.yaml") -> Words:
    """The word lists of this package, or of another file of the same form.

    Raises:
        DataError: an unknown field, sector or class.

    >>> words().titles["senator"]
    'LEG'
    """
    data = load(path)
    only_keys(path, data, ["version", "bodies", *_BY_SECTOR, *_LISTS])
    read: dict[str, Any] = {name: frozenset(map(str, data[name])) for name in _LISTS}
    for name in _BY_SECTOR:
        read[name] = _inverted(path, data[name], SECTORS)
    classes = [t.value for t in EntityType if t.is_actor]
    by_noun = _inverted(path, data["bodies"], classes)
    read["bodies"] = {noun: EntityType(kind) for noun, kind in by_noun.items()}
    return Words(**read)


def _inverted(path: str | Path, entry: Mapping[str, Any], allowed: tuple[str, ...] | list[str]) -> dict[str, str]:
    """`{sector: [word]}` as `{word: sector}`; the first sector of a word counts."""
    made: dict[str, str] = {}
    for key, members in entry.items():
        if key == LINE:
            continue
        if key not in allowed:
            raise fault(path, entry, f"'{key}' is not known", f"use one of {', '.join(allowed)}")
        for word in members:
            made.setdefault(str(word), key)
    return made
