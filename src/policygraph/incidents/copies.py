"""Texts that are copies of each other, found by what they have in common, in one pass.

Each text becomes a small set of fingerprints: hashes of five words in a row, of
which the smallest in every window of four is kept (winnowing; Schleimer, Wilkerson
and Aiken, SIGMOD 2003). Any eight words in a row that two texts share thus leave a
common fingerprint. A text is a copy of an earlier one if at least half of the
fingerprints of the shorter are in both: a report cut to its first paragraphs
is a copy, a new report that quotes the same speech is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from policygraph.iris import sha256

#: Words in a row that make one hash, and hashes in a window of which one is kept.
SHINGLE, WINDOW = 5, 4
#: Share of the fingerprints of the shorter text from which a text is a copy.
COPIED = 0.5
#: Share from which two texts that credit the same agency are copies: a desk edits what it prints.
COPIED_OF_AGENCY = 0.25
#: Texts that may share a fingerprint before it is taken for a standing phrase.
_STANDING = 24
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def fingerprints(text: str) -> frozenset[int]:
    """The fingerprints of a text; of one with less than five words, one for all of it.

    >>> one = "The two ministers signed a pact on water in Quito on Friday, officials said."
    >>> other = one.upper().replace(",", " -")
    >>> fingerprints(one) == fingerprints(other)
    True
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    last = max(len(words) - SHINGLE, 0)
    hashes = [_hash(" ".join(words[at : at + SHINGLE])) for at in range(last + 1)]
    if len(hashes) <= WINDOW:
        return frozenset(hashes)
    return frozenset(min(hashes[at : at + WINDOW]) for at in range(len(hashes) - WINDOW + 1))


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")


def shared(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the shorter text's fingerprints that both have, 0 to 1."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def originals(texts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """For each text the first text that it is a copy of: itself where it is none.

    `texts` are name, text and credited agency (may be empty), in the order of
    their publication. Only originals are compared with, so that a thousand
    copies of one report take a thousand comparisons.

    >>> pact = "The ministers of Peru and Chile signed a pact on water in Lima on Friday, officials said."
    >>> originals([("a", pact, ""), ("b", pact + " More follows.", ""), ("c", "Rain fell in the north of Chile.", "")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    found: dict[str, str] = {}
    prints: dict[str, frozenset[int]] = {}
    agency: dict[str, str] = {}
    whole: dict[str, str] = {}
    holders: dict[int, list[str]] = {}
    for name, text, credit in texts:
        # The same words again need no comparison.
        key = sha256(" ".join(_WORD.findall(text.casefold())).encode())
        first = whole.setdefault(key, name)
        if first != name:
            found[name] = found[first]
            continue
        mine = fingerprints(text)
        met = Counter(other for mark in mine for other in holders.get(mark, ()))
        found[name] = name
        for other, _ in sorted(met.items(), key=lambda pair: (-pair[1], pair[0])):
            least = COPIED_OF_AGENCY if credit and credit == agency[other] else COPIED
            if shared(mine, prints[other]) >= least:
                found[name] = other
                break
        if found[name] == name:
            prints[name], agency[name] = mine, credit
            for mark in mine:
                if len(known := holders.setdefault(mark, [])) < _STANDING:
                    known.append(name)
    return found
