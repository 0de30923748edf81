"""The dictionary of event frames: verbs, nouns and operators in PLOVER terms, from YAML files.

The notation of their patterns is explained in `patterns`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policygraph.bulk import without_collection
from policygraph.errors import DataError
from policygraph.extraction.patterns import Pattern, expand, read_pattern, spelled_out, verb_of
from policygraph.vocabulary import SECTORS, EventType

_FOLDER = Path(__file__).parent / "frames"
MODES: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": tuple("seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()),
    "ASSAULT": tuple(
        (
            "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
            "heavy-weapons crowd-control unconventional"
        ).split()
    ),
}
#: How an operator turns the act it governs; see `composition`.
OPERATORS = (
    "commit",
    "plan",
    "refuse",
    "fail",
    "demand",
    "threaten",
    "stop",
    "ease",
    "impose",
    "provide",
    "light",
    "say",
    "transparent",
    "deny",
    "reject",
    "welcome",
    "condemn",
    "prevent",
    "accept",
    "allow",
    "cancel",
    "propose",
    "want",
    "advise",
    "cause",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """An event type with its wordings and roles.

    `ahead` says when the wording speaks of what is still to come: `always` ("prepares a visit"),
    in the `present` ("embarks on a visit", where a past "embarked" has happened), or never.
    """

    id: str
    event: EventType | None
    mode: str | None
    operator: str
    source: str
    target: tuple[str, ...]
    reciprocal: bool
    contexts: tuple[str, ...]
    nominal: bool
    passive: bool
    subject: str
    compose: str
    ahead: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    where: str


@dataclass(slots=True)
class Dictionary:
    """All frames, indexed by verb and by noun.

    There are thousands of patterns, and a text has few of their verbs: those of a verb are read when
    it is first asked for.
    """

    frames: dict[str, Frame] = field(default_factory=dict)
    #: By verb, its patterns as they stand in the files, with their frame and place.
    unread: dict[str, list[tuple[str, Frame, str]]] = field(default_factory=dict)
    nouns: dict[str, Frame] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    contexts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: For each list of words that give modes, the modes and their words, the more telling ones first.
    modes: dict[str, tuple[tuple[str, frozenset[str]], ...]] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    #: The last words of the longer entries of `sectors`.
    sector_ends: set[str] = field(default_factory=set)
    _read: dict[str, tuple[tuple[Pattern, Frame], ...]] = field(default_factory=dict)

    def patterns(self, verb: str) -> tuple[tuple[Pattern, Frame], ...]:
        """The patterns of a verb with their frames, the most specific first.

        >>> dictionary().patterns("airlift")[0][1].event.value
        'MOBILIZE'
        """
        known = self._read.get(verb)
        if known is None:
            known = self._read[verb] = self._sorted(verb) if verb in self.unread else ()
        return known

    def _sorted(self, verb: str) -> tuple[tuple[Pattern, Frame], ...]:
        entries: dict[tuple[str, str], tuple[Pattern, Frame]] = {}
        spelled = ((one, frame, where) for text, frame, where in self.unread[verb] for one in spelled_out(text))
        for text, frame, where in spelled:
            pattern = read_pattern(self.classes, text, where)
            if other := entries.get((text, frame.operator)):
                raise DataError(f"'{text}' stands in {other[1].id} ({other[1].where}) already", where=where)
            entries[text, frame.operator] = pattern, frame
        return tuple(sorted(entries.values(), key=_specific))


def _specific(entry: tuple[Pattern, Frame]) -> tuple[object, ...]:
    pattern, frame = entry
    weight = pattern.weight + (frame.subject == "civil")
    return -weight, not frame.operator, len(pattern.objects or ()), frame.mode is None, frame.id, pattern.text


_KEYS = frozenset(
    (
        "id",
        "mode",
        "verbs",
        "nouns",
        "operator",
        "source",
        "target",
        "reciprocal",
        "contexts",
        "nominal",
        "passive",
        "subject",
        "compose",
        "ahead",
        "examples",
        "not",
        "event",
    )
)


@cache
def dictionary() -> Dictionary:
    """The bundled frames.

    >>> dictionary().frames["consult-meet"].event.value
    'CONSULT'
    """
    return _gathered(_FOLDER)


def load(folder: Path) -> Dictionary:
    """Read and check all frame files of a folder.

    Raises:
        DataError: a file breaks the schema; the message names file and line.
    """
    book = _gathered(folder)
    for verb in book.unread:
        book.patterns(verb)
    return book


@without_collection
def _gathered(folder: Path) -> Dictionary:
    """The frames of a folder, their patterns still to be read."""
    book = Dictionary()
    _load_classes(book, folder / "classes.yaml")
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "classes.yaml":
            for raw, line in _entries(path):
                _add(book, raw, f"{path.name}:{line}", path)
    return book


class _Lines(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Mappings keep the line they start on under the key "__line__"."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


def _parse(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Lines)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise DataError(f"not YAML: {error}", where=path.name) from None
    except OSError as error:
        raise DataError(f"cannot be read: {error}", where=path.name) from None
    if not isinstance(data, dict):
        raise DataError("expected a mapping at the top", where=path.name)
    return data


def _entries(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    data = _parse(path)
    frames = data.get("frames")
    if not isinstance(frames, list):
        raise DataError("expected a list under 'frames'", where=path.name)
    for raw in frames:
        if not isinstance(raw, dict):
            raise DataError("each frame is a mapping", where=path.name)
        line = raw.pop("__line__", 0)
        raw.setdefault("event", data.get("event"))
        yield raw, line


def _words(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value or ""]
    return [w.strip() for part in parts for w in str(part).split(",") if w.strip()]


def _load_classes(book: Dictionary, path: Path) -> None:
    data = _parse(path)
    for name, value in data.get("classes", {}).items():
        if name != "__line__":
            book.classes[name] = frozenset(expand(book.classes, _words(value), path.name))
    for name, value in data.get("modes", {}).items():
        if name != "__line__":
            book.modes[name] = tuple(_modes(book, value, path.name))
    for name, value in data.get("contexts", {}).items():
        if name != "__line__":
            for word in _words(value):
                book.contexts[word] = (*book.contexts.get(word, ()), name)
    for name, value in data.get("sectors", {}).items():
        if name == "__line__":
            continue
        if name not in SECTORS:
            raise DataError(f"'{name}' is no sector", where=path.name)
        for word in _words(value):
            if word in book.sectors:
                raise DataError(f"'{word}' is under two sectors, {book.sectors[word]} and {name}", where=path.name)
            book.sectors[word] = name
            if " " in word:
                book.sector_ends.add(word.split()[-1])


def _modes(book: Dictionary, listed: dict[str, Any], where: str) -> Iterator[tuple[str, frozenset[str]]]:
    for mode, value in listed.items():
        if mode != "__line__":
            if not any(mode in modes for modes in MODES.values()):
                raise DataError(f"'{mode}' is no mode", where=where)
            yield mode, frozenset(expand(book.classes, _words(value), where))


def _add(book: Dictionary, raw: dict[str, Any], where: str, path: Path) -> None:
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise DataError(f"unknown key '{unknown[0]}'", where=where, hint=f"use one of {', '.join(sorted(_KEYS))}")
    frame = _frame(raw, where)
    if frame.id in book.frames:
        raise DataError(f"the id '{frame.id}' is taken by {book.frames[frame.id].where}", where=where)
    book.frames[frame.id] = frame
    for text in _words(raw.get("verbs")):
        book.unread.setdefault(verb_of(text), []).append((text, frame, where))
    for noun in _words(raw.get("nouns")):
        if noun in book.nouns:
            raise DataError(f"the noun '{noun}' stands in {book.nouns[noun].id} already", where=where)
        book.nouns[noun] = frame


def _frame(raw: dict[str, Any], where: str) -> Frame:
    name, mode, operator = str(raw.get("id") or ""), raw.get("mode"), str(raw.get("operator") or "")
    if not name:
        raise DataError("a frame needs an id", where=where)
    event = raw.get("event")
    if operator and operator not in OPERATORS:
        raise DataError(f"'{operator}' is no operator", where=where, hint=f"use one of {', '.join(OPERATORS)}")
    if not operator and event not in EventType.__members__:
        raise DataError(
            f"'{event}' is no event type", where=where, hint=f"use one of {', '.join(EventType.__members__)}"
        )
    if mode and mode not in MODES.get(str(event), ()):
        raise DataError(f"'{mode}' is no mode of {event}", where=where)
    if raw.get("ahead", "") not in ("", "always", "present"):
        raise DataError(f"'ahead' is '{raw['ahead']}'", where=where, hint="use always or present, or leave it out")
    if not raw.get("examples"):
        raise DataError(
            f"the frame '{name}' has no examples", where=where, hint="add 'examples' and, where it can err, 'not'"
        )
    return Frame(
        id=name,
        event=EventType(event) if event else None,
        mode=mode,
        operator=operator,
        source=str(raw.get("source") or "subject"),
        target=tuple(_words(raw.get("target"))),
        reciprocal=bool(raw.get("reciprocal")),
        contexts=tuple(_words(raw.get("contexts"))),
        nominal=bool(raw.get("nominal", True)),
        passive=bool(raw.get("passive", True)),
        subject=str(raw.get("subject") or ""),
        compose=str(raw.get("compose") or ""),
        ahead=str(raw.get("ahead") or ""),
        examples=tuple(raw["examples"]),
        counter=tuple(raw.get("not") or ()),
        where=where,
    )
