"""Patterns of statements, from `statements.yaml`, and where they stand in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from policygraph.extraction.datafile import fault, load, only_keys
from policygraph.extraction.lexicon import look_up, noun_lemma
from policygraph.extraction.tokens import Token
from policygraph.vocabulary import CLAIM_PREDICATES, Modality, ModalityDetail

TAKES = ("to", "ing", "np", "any", "base", "actor-to", "that-actor", "imperative")
OBJECTS = (
    "objective",
    "outcome",
    "act",
    "topics",
    "stance",
    "entity",
    "actor",
    "place",
    "measure",
    "ban",
    "initiative",
    "advice",
    "cause",
)
SUBJECTS = ("actor", "policy", "undertaking", "none")
_FIELDS = "id predicate when take object subject modality detail attributed confidence examples not".split()
_MOST_BETWEEN = 3
_BETWEEN = frozenset(("DT", "JJ", "RB", "PRP$", "CD", "VBN", "VBG", "POS"))
#: Nouns that begin a phrase; every other phrase begins with a verb, an adjective or a preposition.
_NOUNS = frozenset(
    "commitment emphasis prioritisation prioritization stance goal aim objective purpose ambition priority intention "
    "mission".split()
)
_COPULA = ("be",)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of statement: what triggers it and what its parts become."""

    id: str
    predicate: str
    when: tuple[tuple[str, ...], ...]
    take: str
    object: str
    subjects: frozenset[str]
    modality: Modality | None
    detail: ModalityDetail | None
    attributed: bool
    confidence: float
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A pattern found at tokens `first` to `last` (not included) of a sentence."""

    pattern: Pattern
    first: int
    last: int

    def pattern_words(self) -> frozenset[str]:
        """All base forms in the phrases of the pattern."""
        return frozenset(w for phrase in self.pattern.when for w in phrase)


@cache
def patterns(path: str | Path = "statements.yaml") -> tuple[Pattern, ...]:
    """The patterns of this package, or of another file of the same form.

    Raises:
        DataError: an unknown field, predicate, modality or kind of part, a name
            used twice, or a phrase that two patterns of one predicate share.
    """
    data = load(path)
    only_keys(path, data, ("version", "patterns"))
    made: list[Pattern] = []
    taken: dict[tuple[str, str, str], str] = {}
    for entry in data["patterns"]:
        pattern = _pattern(path, entry)
        if any(p.id == pattern.id for p in made):
            raise fault(path, entry, f"the name '{pattern.id}' stands twice", "give each pattern its own name")
        for phrase in pattern.when:
            key = (pattern.predicate, " ".join(phrase), pattern.take)
            if key in taken:
                raise fault(path, entry, f"'{key[1]}' already belongs to '{taken[key]}'", "keep it in one pattern")
            taken[key] = pattern.id
        made.append(pattern)
    return tuple(made)


def _pattern(path: str | Path, entry: Mapping[str, Any]) -> Pattern:
    only_keys(path, entry, _FIELDS)
    for name in ("id", "predicate", "when", "take", "object", "subject", "examples"):
        if not entry.get(name):
            raise fault(
                path, entry, f"the field '{name}' is missing", "every pattern needs it, with an example at least"
            )
    subjects = frozenset(str(entry["subject"]).split("|"))
    _one_of(path, entry, "predicate", entry["predicate"], CLAIM_PREDICATES)
    _one_of(path, entry, "take", entry["take"], TAKES)
    _one_of(path, entry, "object", entry["object"], OBJECTS)
    for subject in sorted(subjects):
        _one_of(path, entry, "subject", subject, SUBJECTS)
    modality, detail = entry.get("modality"), entry.get("detail")
    if modality:
        _one_of(path, entry, "modality", modality, tuple(Modality))
    if detail:
        _one_of(path, entry, "detail", detail, tuple(ModalityDetail))
    return Pattern(
        entry["id"],
        entry["predicate"],
        tuple(tuple(str(p).split()) for p in entry["when"]),
        entry["take"],
        entry["object"],
        subjects,
        Modality(modality) if modality else None,
        ModalityDetail(detail) if detail else None,
        bool(entry.get("attributed", False)),
        float(entry.get("confidence", 0.8)),
        tuple(entry["examples"]),
        tuple(entry.get("not", ())),
    )


def _one_of(path: str | Path, entry: Mapping[str, Any], name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise fault(path, entry, f"{name} '{value}' is not known", f"use one of {', '.join(allowed)}")


@cache
def _index() -> dict[str, tuple[tuple[Pattern, tuple[str, ...]], ...]]:
    """Phrases by their first word, longer phrases first."""
    made: dict[str, list[tuple[Pattern, tuple[str, ...]]]] = {}
    for pattern in patterns():
        for phrase in pattern.when:
            words = phrase[1:] if phrase[0] in _COPULA and len(phrase) > 1 else phrase
            made.setdefault(words[0], []).append((pattern, words))
    return {word: tuple(sorted(found, key=lambda f: -len(f[1]))) for word, found in made.items()}


@lru_cache(maxsize=16384)
def base_forms(lower: str) -> tuple[str, ...]:
    """All base forms that a word may have, as a verb, a noun or an adjective.

    >>> base_forms("raised")[:2]
    ('raised', 'raise')
    """
    word = look_up(lower)
    forms = [lower, word.verb_lemma, word.lemma, noun_lemma(lower)]
    if not word.known and word.verb_lemma:
        forms.append(word.verb_lemma + "e")
    return tuple(dict.fromkeys(f for f in forms if f))


def find_triggers(tokens: Sequence[Token]) -> Iterator[Trigger]:
    """Patterns whose phrases stand in the sentence; of one pattern only the longest at a place."""
    index = _index()
    for first, token in enumerate(tokens):
        seen: set[tuple[str, str]] = set()
        for form in base_forms(token.lower):
            for pattern, phrase in index.get(form, ()):
                last = None if _is_noun(tokens, first) and phrase[0] not in _NOUNS else _match(tokens, first, phrase)
                if last and (pattern.predicate, pattern.take) not in seen and _takes(tokens, last, pattern.take):
                    seen.add((pattern.predicate, pattern.take))
                    yield Trigger(pattern, first, last)


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands as a noun, as "work" does in "coordinate the work with"."""
    return at > 0 and tokens[at].tag in ("NN", "NNS") and tokens[at - 1].tag in ("DT", "PRP$")


def _match(tokens: Sequence[Token], first: int, phrase: Sequence[str]) -> int | None:
    """Where a phrase that begins at `first` ends."""
    at = first + 1
    for word in phrase[1:]:
        gap = 0
        while at < len(tokens) and word not in base_forms(tokens[at].lower):
            # "Have to" and "need to" hold together: "have agreed to" is another thing.
            if gap == _MOST_BETWEEN or tokens[at].tag not in (_BETWEEN if word != "to" else ("RB",)):
                return None
            gap, at = gap + 1, at + 1
        if at >= len(tokens):
            return None
        at += 1
    return at


def _takes(tokens: Sequence[Token], at: int, take: str) -> bool:
    """Whether what follows a phrase is what the pattern takes."""
    while at < len(tokens) and tokens[at].tag == "RB" and take not in ("base", "imperative"):
        at += 1
    following = tokens[at] if at < len(tokens) else None
    if following is None or following.text in ".;!?":
        return False
    if take == "to":
        return following.lower == "to" and at + 1 < len(tokens) and tokens[at + 1].tag in ("VB", "RB", "VBP", "NN")
    if take in ("ing", "imperative"):
        return following.lower.endswith("ing")
    if take == "np":
        return following.tag not in ("IN", "TO", "CC", ",", "SB", "WP", "MD", "VBZ") or following.lower == "the"
    if take == "base":
        return following.tag in ("VB", "VBP", "NN", "RB", "JJ") and following.lower not in (
            "not",
            "be",
            "never",
            "n't",
            "n’t",
        )
    return True
