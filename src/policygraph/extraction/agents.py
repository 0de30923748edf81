"""Nouns whose ending says that they act."""

from __future__ import annotations

#: Nouns in -er and -or that do not act.
_NO_AGENT = frozenset(
    (
        "border order offer number matter river power paper letter water sector factor tractor harbor error "
        "terror motor "
        "winter summer corner center center weather murder disorder surrender barrier frontier quarter chapter shelter "
        "charter center paper newspaper door floor labor favor honor rumor horror color tenor tanker "
        "container helicopter "
        "computer reactor trailer transfer disaster encounter danger anger hunger cover theater theatre "
        "October member_state "
        "corridor mirror vapor laser radar trigger ledger folder tender amber timber center chamber cancer "
        "register answer "
        "silver dollar cellar pillar nuclear liquor fever poster filter manner dinner copper layer flower tower shower"
    ).split()
)


def is_agent(lemma: str) -> bool:
    """Whether a noun's ending says that it acts: "diver", "editor", "islamist", "fisherman".

    >>> is_agent("editor"), is_agent("border")
    (True, False)
    """
    return lemma.endswith(("er", "or", "ist", "man", "woman", "ian")) and len(lemma) > 4 and lemma not in _NO_AGENT
