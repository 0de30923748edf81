"""From tagged tokens to clauses."""

from __future__ import annotations

from itertools import pairwise

from policygraph.extraction.clauses.layout import Layout
from policygraph.extraction.clauses.leftwards import left
from policygraph.extraction.clauses.model import Clause, Parsed
from policygraph.extraction.clauses.rightwards import Rightwards
from policygraph.extraction.tokens import Token


def parse(tokens: list[Token]) -> Parsed:
    """Chunks and clauses of a tagged sentence.

    >>> from policygraph.extraction.tokens import tokenise
    >>> from policygraph.extraction.tags import tag
    >>> s = "Peru, which borders Chile, agreed to send aid."
    >>> p = parse(tag(tokenise(s), s))
    >>> [(c.lemma, c.link, [p.tokens[n.head].text for n in c.subject]) for c in p.clauses]
    [('border', 'relative', ['Peru']), ('agree', 'root', ['Peru']), ('send', 'inf', ['Peru'])]
    """
    layout = Layout(tokens)
    for clause in layout.clauses:
        Rightwards(layout, clause).scan()
    for clause in layout.clauses:
        left(layout, clause)
        if clause.stranded:
            clause.preps.setdefault(clause.stranded, clause.subject)
    for clause, other in pairwise(layout.clauses):
        if clause.lemma == "be" and other.link in ("relative", "that") and _is_it(layout, clause) and clause.objects:
            other.link, other.governor, other.subject = "root", None, clause.objects[0]
    return Parsed(tokens, layout.chunks, layout.clauses)


def _is_it(layout: Layout, clause: Clause) -> bool:
    """ "It was Chad that …": the clause behind holds what happened."""
    return len(clause.subject) == 1 and layout.tokens[clause.subject[0].head].lower == "it"
