"""The search for a subject: over insertions, relative clauses and prepositional phrases."""

from __future__ import annotations

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses.control import WITH_THAT
from policygraph.extraction.clauses.layout import Layout


def over_insertion(layout: Layout, comma: int) -> int:
    """From the comma before a verb to the chunk before the insertion it closes."""
    depth = comma - 1
    for j in range(depth, max(-1, comma - 40), -1):
        if layout.kind(j) == "," and layout.kind(j - 1) in ("NP", ")", "TM", "RB", "Q"):
            inner = layout.kind(j + 1)
            if inner == "NP" and _listed(layout, j, comma):
                continue
            return layout.skip_left(j - 1)
        if layout.kind(j) in (":", "SB") and layout.kind(j - 1) != ",":
            break
    return layout.skip_left(comma - 1)


def _listed(layout: Layout, j: int, comma: int) -> bool:
    """Whether "A, B, C and D," is a list and no insertion."""
    kinds = [layout.kind(k) for k in range(j + 1, comma)]
    return "CC" in kinds and set(kinds) <= {"NP", "CC", ","} and kinds.index("CC") > 0 and "," in kinds


def over_relative(layout: Layout, j: int, verb: int) -> int:
    """Over "who lost the vote" or "accused of theft" to the noun they describe."""
    for k in range(j, max(-1, j - 40), -1):
        if (
            k in layout.at
            and layout.at[k].verb.form in ("participle", "gerund")
            and layout.kind(layout.skip_left(k - 1)) == "NP"
        ):
            return over_relative(layout, layout.skip_left(k - 1), verb)
        if k in layout.at:
            m = layout.skip_left(k - 1)
            if layout.at[k].verb.form == "gerund" and layout.kind(m) == "P" and layout.at[k].lemma not in WITH_THAT:
                return over_relative(layout, layout.skip_left(m - 1), verb)
            if layout.at[k].verb.form == "infinitive" and m in layout.at and layout.at[m].verb.form == "participle":
                return over_relative(layout, m, verb)
            if layout.kind(m) == "WP":
                m -= 1
                while m >= 0 and layout.kind(m) in (",", "P"):
                    m -= 1
                return m
            if layout.at[k].verb.form == "infinitive" and layout.kind(m) == "NP" and layout.kind(k + 1) in ("NP", "P"):
                nearer = layout.verb_left(m)
                if nearer is None:
                    return m
            if layout.kind(m) == "NP" and layout.kind(m - 1) == "WP":
                return m - 2
            return j
        if layout.kind(k) in ("SB", ":", ","):
            return j
    return j


def subject_at(layout: Layout, j: int) -> tuple[int, list[NounPhrase]]:
    """The noun phrases that end at chunk `j`, over prepositional phrases: (first chunk, phrases)."""
    k = j
    while k >= 0 and k > j - 40:
        kind = layout.kind(k)
        if kind == "NP":
            before = layout.kind(k - 1)
            if k == j and _must_be_subject(layout, k):
                return k, layout.group_left(k)
            if before == "P" and _governs(layout, k - 1):
                k = layout.skip_left(k - 2)
                continue
            if before == "CC" and layout.kind(k - 2) == "NP":
                m = layout.start_of_group(k)
                while layout.kind(m - 1) == "," and layout.kind(m - 2) == "NP" and layout.kind(m - 3) in ("P", ","):
                    m -= 2
                if layout.kind(m - 1) == "P" and _governs(layout, m - 1) and not _between(layout, m - 1):
                    k = layout.skip_left(m - 2)
                    continue
            return layout.start_of_group(k), layout.group_left(k)
        if kind in ("TM", "RB", "Q"):
            k -= 1
            continue
        break
    return j, []


def _must_be_subject(layout: Layout, k: int) -> bool:
    np = layout.chunks[k].np
    if np is not None and layout.tokens[np.head].lower in ("he", "she", "they", "we", "i"):
        return True
    return layout.kind(k - 1) == "P" and layout.chunks[k - 1].word in (
        "after",
        "before",
        "as",
        "until",
        "since",
        "than",
    )


def _between(layout: Layout, p: int) -> bool:
    return layout.chunks[p].word == "between" and layout.kind(p - 1) != "NP"


def _governs(layout: Layout, p: int) -> bool:
    """Whether the preposition hangs on a noun phrase to its left."""
    return layout.skip_left(p - 1) >= 0 and layout.kind(layout.skip_left(p - 1)) in ("NP", ")", "TM")
