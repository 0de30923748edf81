"""Effects that a text draws from a policy: what follows, and from what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extraction.draft import Draft, label
from policygraph.extraction.undertakings import policy
from policygraph.extraction.words import word_set, words
from policygraph.records import Block, BlockKind, Span

# Words that make a label itself say what changes: "Increased Tensions", "Loss of Trust".
_CHANGE = re.compile(
    r"^(?:\w+ed|more|less|fewer|new|rising|falling|growing|declining|worsening|weaker|stronger|higher|lower|greater|deeper|"
    r"loss|decline|rise|fall|increase|decrease|growth|erosion|escalation|collapse|shortage|delay|delays|strained)\b",
    re.IGNORECASE,
)
_NOT_CHANGE = word_set("united shared limited related advanced proposed")
_MODAL = re.compile(r"\b(?:may|might|could|can|would|will)\s+(?:also\s+|well\s+|only\s+|even\s+|soon\s+)?")
_UNCERTAIN = re.compile(r"\b(?:may|might|could|would|possibl[ey]|likely|potential(?:ly)?|risks?)\b", re.IGNORECASE)
_CAUSES = re.compile(
    r"\b(?:foster(?:ing|s)?|lead(?:ing|s)? to|result(?:ing|s)? in|caus(?:e|es|ing)|creat(?:e|es|ing)|trigger(?:ing|s)?|"
    r"bring(?:ing|s)? about|produc(?:e|es|ing)|giv(?:e|es|ing) rise to|prompt(?:ing|s)?|fuel(?:l?ing|s)?|"
    r"rais(?:e|es|ing)|spark(?:ing|s)?|encourag(?:e|es|ing))\s+"
)
_CLAUSE_END = re.compile(
    r",\s|;|\s(?:as|while|because|since|if|when|unless|although|leading|thereby|which)\s|[.:!?]\s*$"
)
_CAUSE_NOUNS = re.compile(r"\b[\w’'-]+\b")


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect: its name, the characters that say it, whether it is only possible."""

    name: str
    start: int
    end: int
    uncertain: bool

    def span(self, draft: Draft) -> Span:
        """The characters in the document."""
        return draft.span(self.start, self.end)


def effect_in(name: Span | None, rest: Span) -> Effect:
    """The effect that an item is about.

    The label says it where it names a change. Else the text does: what its verb
    of causing brings about, or its main clause without the modal verb.

    >>> effect_in(None, Span(0, 47, "Growers could lose markets as buyers look away.")).name
    'Growers lose markets'
    """
    uncertain = bool(_UNCERTAIN.search(rest.quote))
    if name and _CHANGE.match(name.quote) and name.quote.split()[0].lower() not in _NOT_CHANGE:
        return Effect(label(name.quote), name.start, name.end, uncertain)
    caused = list(_CAUSES.finditer(rest.quote))
    if caused:
        start = caused[-1].end()
        end = _end(rest.quote, start)
        return Effect(label(rest.quote[start:end]), rest.start + start, rest.start + end, uncertain)
    end = _end(rest.quote, 0)
    clause = _MODAL.sub("", rest.quote[:end], count=1)
    return Effect(label(clause), rest.start, rest.start + end, uncertain)


def cause_of(draft: Draft, block: Block) -> str | None:
    """The policy whose effects a list is about: named in the item, the lead, the section or its heading."""
    blocks = draft.document.blocks
    heading = draft.headings[block.index]
    first = heading.index if heading else 0
    between = [b for b in reversed(blocks[first : block.index]) if b.kind is BlockKind.PARAGRAPH]
    for candidate in ([heading] if heading else []) + between:
        found = policies_in(draft, candidate.span)
        if found:
            return found[0]
    return None


def policies_in(draft: Draft, span: Span) -> list[str]:
    """The policies that a stretch of text names together with the country behind them, in order."""
    return [local for local, _ in policy_mentions(draft, span)]


def policy_mentions(draft: Draft, span: Span) -> list[tuple[str, Span]]:
    """Policies with an owner: "Trump's immigration policies", "U.S. immigration policy"."""
    found: list[tuple[str, Span]] = []
    for owner in draft.registry.within(span.start, span.end):
        if not owner.iso3 or not owner.actor:
            continue
        phrase = _phrase_after(draft, owner.span.end, span.end)
        if phrase:
            found.append((policy(draft.registry, phrase, owner.iso3, owned=True), phrase))
    return found


def _phrase_after(draft: Draft, start: int, end: int) -> Span | None:
    """Up to four words right behind an owner that end in the noun of a policy."""
    text = draft.document.text
    begin = re.match(r"(?:['’]s?)?\s+", text[start:end])
    if not begin:
        return None
    at = behind = start + begin.end()
    for count, word in enumerate(_CAUSE_NOUNS.finditer(text, at, end)):
        if count > 3 or text[behind : word.start()].strip():
            return None
        behind = word.end()
        if word.group().lower() in words().policy_nouns:
            return draft.span(at, word.end())
        if not word.group().replace("-", "").isalpha():
            return None
    return None


def _end(text: str, start: int) -> int:
    found = _CLAUSE_END.search(text, start)
    return found.start() if found else len(text)
