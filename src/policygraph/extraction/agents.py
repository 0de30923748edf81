"""Who acts by the words alone: nouns of agents, peoples, the phrase set beside a name."""

from __future__ import annotations

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Parsed
from policygraph.records import Span

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


#: Peoples of several states, for whom the place tells more than the name.
PEOPLES = frozenset(
    (
        "Druze Kurd Kurds Kurdish Tamil Tamils Tutsi Tutsis Hutu Hutus Pashtun Pashtuns Serb Serbs Croat Croats "
        "Albanian Albanians Abkhaz Basque Basques Maronite Maronites Shiite Shiites Sunni Sunnis Sikh Sikhs Tuareg "
        "Turkmen Uzbeks Tajiks Armenians Turks Roma Gypsies Muslims Moslems Christians Jews"
    ).split()
)


_FOR_OTHERS = (
    "-backed",
    "-sponsored",
    "-supported",
    "-trained",
    "-armed",
    "-funded",
    "-financed",
    "-occupied",
    "-held",
)


def sided(text: str, span: Span) -> bool:
    """Whether a name tells only whose side somebody is on: "pro-Iranian", "Syrian-backed".

    >>> text = "the Syrian-backed militia"
    >>> sided(text, Span.of(text, 4, 10))
    True
    """
    before, after = text[: span.start][-5:].lower(), text[span.end :][:11].lower()
    return before.endswith(("pro-", "anti-")) or after.startswith(_FOR_OTHERS)


def is_agent(lemma: str) -> bool:
    """Whether a noun's ending says that it acts: "diver", "editor", "islamist", "fisherman".

    >>> is_agent("editor"), is_agent("border")
    (True, False)
    """
    return lemma.endswith(("er", "or", "ist", "man", "woman", "ian")) and len(lemma) > 4 and lemma not in _NO_AGENT


def beside_of(parsed: Parsed, np: NounPhrase) -> NounPhrase | None:
    """The phrase set beside a name between commas, or before it where it opens the sentence."""
    chunks, k = parsed.chunks, np.chunk
    opens = k == 2 or (k == 3 and chunks[0].kind in ("Q", "TM", "RB"))
    if k > 1 and opens and chunks[k - 1].kind == "," and chunks[k - 2].kind == "NP":
        return chunks[k - 2].np
    beside = k + 2 < len(chunks) and chunks[k + 1].kind == "," and chunks[k + 2].kind == "NP"
    if beside and (k + 3 >= len(chunks) or chunks[k + 3].kind in (",", "P", ".", "WP")):
        return chunks[k + 2].np
    return None
