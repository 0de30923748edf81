"""Patterns of frames: a verb with what must stand beside it, in a short notation.


A pattern is a verb with what must stand beside it, in this notation:

* `meet` the verb alone; `hand _over` with a particle; `call for` with a preposition, whose noun
  phrase is the recipient;
* `hold @meeting` an object whose head is of the class; `open fire` an object with that head;
  `set fire to house|shop` a second such noun, behind the preposition or as what becomes of the object;
* `impose @curb ?on` an optional preposition that names the recipient;
* `withdraw !@diplomat` not with such an object; `meet !thing` not with an object that cannot act;
* `order @diplomat >leave` with that verb as its complement
* `have no intention` an object that begins with "no";
* `tell !thing >to` with an infinitive behind it;
* `order @troops !to` without an infinitive behind it, `agree !that` without a clause;
  `react angrily to` with that adverb;
* `collapse ^@meeting` with that subject
* `rally in_support_of` a longer preposition;
* `be ready` a form of "be" with that adjective; alternatives inside a word are set with `|`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from policygraph.errors import DataError

Classes = Mapping[str, frozenset[str]]
#: Words of a pattern that are prepositions.
PREPOSITIONS = frozenset(
    (
        "about above across after against along among around as at before behind between by for from in "
        "inside into near of off "
        "on onto out over outside past through to toward towards under until upon via with within without"
    ).split()
) | {"in support of", "in protest at", "in protest over", "in response to", "on charges of"}
_NO_ADVERBS = frozenset(
    ("rally", "supply", "apply", "ally", "reply", "fly", "multiply", "comply", "rely", "assembly", "family", "imply")
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to word a frame with a verb."""

    verb: str
    particle: str = ""
    preps: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    objects: frozenset[str] | None = None
    banned: frozenset[str] | None = None
    no_thing: bool = False
    no_object: bool = False
    complement: frozenset[str] | None = None
    subjects: frozenset[str] | None = None
    text: str = ""
    no_infinitive: bool = False
    adverb: str = ""
    no_clause: bool = False
    infinitive: bool = False
    behind: frozenset[str] | None = None
    negative: bool = False

    @property
    def weight(self) -> int:
        """How much the pattern asks for: the more specific one wins."""
        return (
            3 * bool(self.objects)
            + 3 * bool(self.behind)
            + 3 * bool(self.complement)
            + 3 * bool(self.particle)
            + 3 * bool(self.adverb)
            + bool(self.subjects)
            + sum(2 + (" " in p) for p in self.preps)
            + bool(self.banned)
            + self.no_thing
        )


def spelled_out(text: str) -> list[str]:
    """A pattern with "in|at" as prepositions, once for each of them."""
    words = text.split() if "|" in text else ()
    for i, word in enumerate(words):
        options = word.split("|")
        if len(options) > 1 and all(o in PREPOSITIONS for o in options):
            return [one for o in options for one in spelled_out(" ".join([*words[:i], o, *words[i + 1 :]]))]
    return [text]


def read_pattern(classes: Classes, text: str, where: str) -> Pattern:
    """Read one pattern; `where` is its place for error messages.

    >>> p = read_pattern({}, "hand _over prisoner|hostage ?to", "x.yaml:1")
    >>> p.verb, p.particle, sorted(p.objects or ()), p.optional
    ('hand', 'over', ['hostage', 'prisoner'], ('to',))
    """
    found: dict[str, Any] = {"preps": [], "optional": [], "objects": None, "banned": None}
    verb, found["adverb"], rest = _opened(text)
    for word in rest:
        if word.startswith("_"):
            found["particle"] = word[1:]
        elif word.startswith("?"):
            found["optional"] += word[1:].split("|")
        elif word == "!thing":
            found["no_thing"] = True
        elif word == "!to":
            found["no_infinitive"] = True
        elif word == "!that":
            found["no_clause"] = True
        elif word == "!object":
            found["no_object"] = True
        elif word.startswith("^"):
            found["subjects"] = _object_words(classes, word[1:], where)
        elif word == "no" and rest[-1] != "no" and any(w[0] not in "?!>^_" and w not in PREPOSITIONS for w in rest[1:]):
            found["negative"] = True
        elif word == ">to":
            found["infinitive"] = True
        elif word.startswith(">"):
            found["complement"] = frozenset(word[1:].split("|"))
        elif word.startswith("!"):
            found["banned"] = (found["banned"] or frozenset()) | _object_words(classes, word[1:], where)
        elif word.replace("_", " ") in PREPOSITIONS:
            found["preps"].append(word.replace("_", " "))
        else:
            found["objects" if found["objects"] is None else "behind"] = _object_words(classes, word, where)
    return Pattern(
        verb,
        found.get("particle", ""),
        tuple(found["preps"]),
        tuple(found["optional"]),
        found["objects"],
        found["banned"],
        bool(found.get("no_thing")),
        bool(found.get("no_object")),
        found.get("complement"),
        found.get("subjects"),
        text,
        bool(found.get("no_infinitive")),
        found["adverb"],
        bool(found.get("no_clause")),
        bool(found.get("infinitive")),
        found.get("behind"),
        bool(found.get("negative")),
    )


def verb_of(text: str) -> str:
    """The verb under which a pattern is looked up.

    >>> verb_of("hand _over prisoner"), verb_of("be ready >talk")
    ('hand', 'be ready')
    """
    verb = text.partition(" ")[0]
    return _opened(text)[0] if verb == "be" or verb.endswith("ly") else verb


def _opened(text: str) -> tuple[str, str, list[str]]:
    """Verb, adverb and the other words of a pattern."""
    words, adverb = text.split(), ""
    adverbs = [w for w in words if w.endswith("ly") and "|" not in w and w not in _NO_ADVERBS]
    if adverbs and len(words) > 1:
        adverb = adverbs[0]
        words = [w for w in words if w != adverb]
    verb, rest = words[0], words[1:]
    if verb == "be" and rest and rest[0] not in PREPOSITIONS and rest[0][0] not in "@_!?":
        verb, rest = f"be {rest[0]}", rest[1:]
    return verb, adverb, rest


def _object_words(classes: Classes, word: str, where: str) -> frozenset[str]:
    words = [_spaced(_class(classes, w, where)) if w[:1] == "@" else {w.replace("_", " ")} for w in word.split("|")]
    # Patterns that ask for one class share its set: there are thousands of them.
    return frozenset().union(*words)


@lru_cache(maxsize=1024)
def _spaced(words: frozenset[str]) -> frozenset[str]:
    """The words of a class with blanks for the underlines of the notation."""
    return frozenset(w.replace("_", " ") for w in words)


def _class(classes: Classes, name: str, where: str) -> frozenset[str]:
    if name[1:] not in classes:
        raise DataError(f"no class '{name[1:]}' above this line", where=where)
    return classes[name[1:]]


def expand(classes: Classes, words: Iterable[str], where: str) -> Iterator[str]:
    """The words themselves, and for "@name" those of the class.

    Raises:
        DataError: a class that is not defined above.
    """
    for word in words:
        if word.startswith("@"):
            yield from sorted(_class(classes, word, where))
        else:
            yield word
