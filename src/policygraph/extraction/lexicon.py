"""What a word can be: parts of speech and lemmas from two word lists, endings for the rest.

`data/verbs.txt` holds verbs of news language with their irregular forms, `data/words.txt`
words whose part of speech the ending does not give away. Everything else is decided by
ending and, in `tags`, by its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from policygraph.bulk import without_collection
from policygraph.errors import DataError

_DATA = Path(__file__).parent / "data"
_VOWELS = "aeiou"
_DOUBLED = frozenset((
    "admit commit compel control defer deter equip expel infer omit patrol permit prefer propel rebel rebut "
    "recur refer regret remit repel submit transfer transmit abet abhor acquit allot confer kidnap "
    "worship occur program incur excel dispel impel omit allot outstrip entrap debar disbar unwrap overlap regret "
    "format"
).split())  # fmt: skip


@dataclass(slots=True)  # not frozen: thousands are made at the start, and freezing makes that slow
class Word:
    """The readings of one word form.

    `tag` is the reading outside verb groups; `verbs` the verb forms it can be, as a
    string of tags ("VBD VBN"); `noun` and `adjective` say whether it may be one.
    """

    tag: str
    lemma: str
    verbs: str = ""
    verb_lemma: str = ""
    noun: bool = False
    adjective: bool = False
    known: bool = True


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _doubles(base: str) -> bool:
    if base in _DOUBLED:
        return True
    if len(base) > 6 or base[-1] in "aeiouwxyhs" or base[-2] not in _VOWELS:
        return False
    return len([c for c in base if c in "aeiouy"]) == 1


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    if _doubles(base):
        return base + base[-1] + "ed"
    return base + "ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if _doubles(base) else base + "ing"


def _forms(base: str, past: str, participle: str) -> Iterator[tuple[str, str]]:
    """The forms of a verb with their tags; some have two."""
    gerund = _gerund(base)
    yield base, "VB"
    yield _third(base), "VBZ"
    if past == participle:
        yield past, "VBD VBN"
    else:
        yield past, "VBD"
        yield participle, "VBN"
    yield gerund, "VBG"
    if base.endswith("l") and base[-2] in _VOWELS and len(base) > 4:
        # The other spelling of a doubled l: "travelled", "signalling".
        for form, tag, ending in ((past, "VBD", "ed"), (participle, "VBN", "ed"), (gerund, "VBG", "ing")):
            if form == base + ending:
                yield base + "l" + ending, tag


def _read(name: str) -> list[tuple[int, list[str]]]:
    path = _DATA / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(n, line.split()) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def _load_verbs(table: dict[str, Word]) -> None:
    for line, words in _read("verbs.txt"):
        for word in words:
            noun = word.endswith("*")
            parts = word.rstrip("*").split(":")
            if len(parts) not in (1, 3) or not all(parts):
                raise DataError(f"'{word}' is neither a base form nor base:past:participle", where=f"verbs.txt:{line}")
            base = parts[0]
            past, participle = parts[1:] if len(parts) == 3 else (_past(base),) * 2
            for form, tags in _forms(base, past, participle):
                old = table.get(form)
                if old is None or old.verb_lemma in ("", base):
                    table[form] = _with_verb(old, base, tags, noun)


def _with_verb(old: Word | None, base: str, tags: str, noun: bool) -> Word:
    """The readings of a form of the verb `base`, added to those that the form has already."""
    tag, noun = "NNS" if tags == "VBZ" else "NN", noun and tags in ("VB", "VBZ")
    if old is None:
        return Word(tag, base, tags, base, noun)
    verbs = " ".join(dict.fromkeys((*old.verbs.split(), *tags.split())))
    return Word(tag, base, verbs, base, noun or old.noun)


_IRREGULAR_AUX = {
    "be": ("VB", "be"), "am": ("VBP", "be"), "is": ("VBZ", "be"), "are": ("VBP", "be"), "was": ("VBD", "be"),
    "were": ("VBD", "be"), "been": ("VBN", "be"), "being": ("VBG", "be"), "'re": ("VBP", "be"), "’re": ("VBP", "be"),
    "have": ("VB", "have"), "has": ("VBZ", "have"), "had": ("VBD VBN", "have"), "having": ("VBG", "have"),
    "'ve": ("VBP", "have"), "’ve": ("VBP", "have"), "'m": ("VBP", "be"), "’m": ("VBP", "be"),
    "do": ("VB", "do"), "does": ("VBZ", "do"), "did": ("VBD", "do"), "done": ("VBN", "do"), "doing": ("VBG", "do"),
}  # fmt: skip
_PLURALS = {"men": "man", "women": "woman", "children": "child", "people": "people", "arms": "arms", "goods": "goods",
            "ties": "ties",
            "apologies": "apology", "policemen": "policeman",
            "gunmen": "gunman", "servicemen": "serviceman", "spokesmen": "spokesman", "militiamen": "militiaman",
            "fishermen": "fisherman", "tribesmen": "tribesman", "countrymen": "countryman", "forces": "force",
            "troops": "troops", "talks": "talks", "police": "police", "media": "media", "militia": "militia",
            "lives": "life", "buses": "bus", "gases": "gas", "viruses": "virus", "campuses": "campus",
             "wives": "wife", "crises": "crisis", "congressmen": "congressman",
            "businessmen": "businessman", "clergymen": "clergyman", "youths": "youth", "youth": "youth"}  # fmt: skip
#: Words in -ed and -ing that name things wherever they stand after a noun or an adjective.
_ING_NOUNS = frozenset(
    (
        "meeting building bombing shelling fighting killing hearing ruling training funding warning gathering "
        "spending briefing shooting stabbing beating kidnapping hijacking bargaining lobbying rioting looting "
        "filing finding sitting setting dealing trafficking smuggling financing peacekeeping policing crossing "
        "landing offering understanding standing beginning opening closing signing holding blessing backing "
        "wording monitoring counselling proceeding trading teaching mining farming fishing housing shipping "
        "banking testing screening jailing sentencing hanging lynching bloodletting uprising morning evening "
        "ceiling sabre-rattling footing"
    ).split()
)


@cache
@without_collection
def table() -> dict[str, Word]:
    """All listed word forms, lower case, to their readings."""
    words: dict[str, Word] = {}
    _load_verbs(words)
    for line, parts in _read("words.txt"):
        if len(parts) < 2:
            raise DataError("expected a part of speech and words", where=f"words.txt:{line}")
        for form in parts[1:]:
            old = words.get(form)
            if parts[0] == "JJ" and old:
                words[form] = Word(old.tag, old.lemma, old.verbs, old.verb_lemma, old.noun, True)
            elif parts[0] in ("NN", "NNS"):
                verbs, base = (old.verbs, old.verb_lemma) if old else ("", "")
                words[form] = Word(parts[0], noun_lemma(form), verbs, base, noun=True)
            elif parts[0] == "NNP":
                words[form] = Word("NNP", form, old.verbs if old else "", old.verb_lemma if old else "")
            elif old and parts[0] == "SB":
                words[form] = Word(parts[0], form, old.verbs, old.verb_lemma)
            elif not old or parts[0] not in ("RB", "CD"):
                words[form] = Word(parts[0], form, adjective=parts[0] == "JJ")
    for form, (verbs, lemma) in _IRREGULAR_AUX.items():
        words[form] = Word("VB", lemma, verbs, lemma)
    for form in _ING_NOUNS:
        old = words.get(form)
        words[form] = Word("NN", form, old.verbs if old else "", old.verb_lemma if old else "", True)
    for form, lemma in _PLURALS.items():
        if form not in words or not words[form].verbs:
            words[form] = Word("NNS", lemma)
    return words


def noun_lemma(form: str) -> str:
    """The singular of a noun, lower case.

    >>> noun_lemma("embassies"), noun_lemma("sanctions"), noun_lemma("troops")
    ('embassy', 'sanction', 'troops')
    """
    if form in _PLURALS:
        return _PLURALS[form]
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 3:
        return form[:-1]
    return form


_VERB_PREFIXES = frozenset(
    "test gang machine tear petrol court fire hand air spear baton force pistol spray strip".split()
)
_ADJ_ENDINGS = ("ous", "ful", "ive", "ible", "able", "ical", "iest", "est", "ary", "ish", "less", "ant", "ent", "ian",
                "ese", "istic", "-led", "-based", "-backed", "-held", "-controlled", "-occupied", "-wide", "-old",
                "-level", "-run", "-owned", "-long", "-century", "-year", "-day", "-month", "-style", "-brokered",
                "-sponsored")  # fmt: skip
_NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism", "ist", "er", "or", "ency",
                 "ancy", "dom", "hood", "age", "ure")  # fmt: skip


@lru_cache(maxsize=32768)
def look_up(lower: str) -> Word:
    """The readings of a word form (lower case), guessed from its ending when it is not listed.

    >>> look_up("attacks").verbs, look_up("attacks").noun, look_up("attacks").verb_lemma
    ('VBZ', True, 'attack')
    >>> look_up("multilateralism").tag, look_up("quickly").tag
    ('NN', 'RB')
    """
    found = table().get(lower)
    return found if found is not None else _guess(lower)


def _guess(lower: str) -> Word:
    first, dash, rest = lower.partition("-")
    if dash and rest and first in ("re", "pre", "over", "out", "co", "de", "mis"):
        inner = look_up(rest)
        if inner.verbs:
            lemma = inner.verb_lemma
            return Word(inner.tag, first + lemma, inner.verbs, first + lemma, inner.noun, known=False)
    if dash and first in _VERB_PREFIXES and look_up(rest).verbs:
        inner = look_up(rest)
        return Word(inner.tag, f"{first}-{inner.verb_lemma}", inner.verbs, f"{first}-{inner.verb_lemma}", known=False)
    if lower[:1].isdigit():
        return Word("CD" if "-" not in lower else "JJ", lower, known=False)
    if lower.endswith("ly") and len(lower) > 4:
        return Word("RB", lower, known=False)
    if lower.endswith("ment") and len(lower) > 5:
        return Word("NN", lower, noun=True, known=False)
    if lower.endswith(_ADJ_ENDINGS) and len(lower) > 4:
        return Word("JJ", lower, adjective=True, known=False)
    if lower.endswith("ed") and len(lower) > 4:
        stem = lower[:-2] if "-" not in lower else ""
        return Word("JJ", lower, "VBD VBN" if stem else "", stem, adjective=True, known=False)
    if lower.endswith("ing") and len(lower) > 5:
        return Word("NN", lower, "VBG" if not dash else "", lower[:-3], True, known=False)
    if lower.endswith("al") and len(lower) > 4:
        return Word("JJ", lower, adjective=True, noun=True, known=False)
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3:
        return Word("NNS", noun_lemma(lower), known=False)
    return Word("NN", lower, known=False, noun=lower.endswith(_NOUN_ENDINGS))
