"""Which contexts (military, trade, migration …) the words of a sentence speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from policygraph.extraction.tokens import Token


def spoken_of(tokens: Sequence[Token], contexts: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How often a sentence speaks of each context, by the words and pairs of words that `contexts` lists.

    >>> from policygraph.extraction.tokens import tokenise
    >>> spoken_of(tokenise("The trade talks on steel"), {"trade": ("trade",), "trade talks": ("trade", "talks")})
    {'trade': 2, 'talks': 1}
    """
    lemmas, words = [t.lemma for t in tokens], [t.lower for t in tokens]
    pairs = map(" ".join, pairwise(words))
    counts: dict[str, int] = {}
    for word in filter(contexts.__contains__, chain(lemmas, words, pairs)):
        for name in contexts[word]:
            counts[name] = counts.get(name, 0) + 1
    return counts
