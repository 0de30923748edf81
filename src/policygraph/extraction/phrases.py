"""Noun phrases as stretches of the text: how far a name goes on, whether a phrase joins several countries."""

from __future__ import annotations

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Parsed


def stretch(parsed: Parsed, np: NounPhrase) -> tuple[int, int]:
    """The offsets of a phrase with the rest of its name: "Bank of the Southern Cone"."""
    start, end = parsed.text(np)
    tokens = parsed.tokens
    last = np.last
    while (
        last < len(tokens)
        and last - np.last < 3
        and tokens[last].lower in ("of", "the")
        and last + 1 < len(tokens)
        and tokens[last + 1].tag in ("NNP", "DT")
    ):
        last += 1
    if last > np.last and tokens[last].tag == "NNP":
        while last < len(tokens) and tokens[last].tag == "NNP":
            last += 1
        end = tokens[last - 1].end
    return start, end


def joint(parsed: Parsed, np: NounPhrase) -> bool:
    """ "French and Egyptian warships", "U.S.-Soviet": several countries in one phrase."""
    words = parsed.tokens[np.first : np.last]
    return any(t.tag == "CC" for t in words) or any(
        "-" in t.text and t.text[:1].isupper() and t.text.split("-")[-1][:1].isupper() for t in words
    )


def between(np: NounPhrase, depth: int = 0) -> list[NounPhrase]:
    """Those that a phrase or what hangs on it stands between: "the parties to the dispute between Chad and Mali"."""
    for prep, group in np.pps:
        found = group if prep == "between" else between(group[0], depth + 1) if group and depth < 3 else []
        if found:
            return found
    return []
