"""What a verb group says about the act: done, to come, imagined, advised, denied.

The reading of a single group of auxiliaries; what governing verbs add ("plans to …",
"denied that …") is composed by the coder.
"""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.extraction.tokens import Token
from policygraph.vocabulary import Modality, ModalityDetail

_FUTURE = frozenset(("will", "wo", "shall", "sha", "'ll", "’ll"))
_MAYBE = frozenset(("may", "might", "could", "can", "ca", "cannot"))
_WOULD = frozenset(("would", "'d", "’d"))
_OUGHT = frozenset(("should", "must", "ought"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "cannot", "hardly", "neither"))


@dataclass(frozen=True, slots=True)
class VerbReading:
    """A verb group: lemma of its main verb and how it is put.

    `form` is `finite`, `infinitive`, `gerund`, `participle` or `base`; `modal` the modal verb or
    `be to`, `have to`, `be going to`.
    """

    lemma: str
    form: str
    modal: str = ""
    negated: bool = False
    passive: bool = False
    progressive: bool = False
    past: bool = False
    perfect: bool = False
    ceased: bool = False

    @property
    def modality(self) -> tuple[Modality, ModalityDetail | None]:
        """Modality of the group alone; negation is kept apart.

        >>> VerbReading("visit", "finite", modal="will").modality[0].value
        'planned'
        """
        modal = self.modal
        if modal == "be to" and self.past and self.perfect:
            return Modality.HYPOTHETICAL, None  # "was to have met": it did not
        if modal in _FUTURE or modal in ("be to", "be going to"):
            return Modality.PLANNED, ModalityDetail.SCHEDULED if modal == "be to" else None
        if modal in _WOULD:
            return (Modality.HYPOTHETICAL, None) if self.perfect else (Modality.PLANNED, None)
        if modal in _MAYBE:
            if modal == "could" and self.negated:
                return Modality.ASSERTED, None
            return Modality.HYPOTHETICAL, None
        if modal in _OUGHT or modal == "have to":
            return Modality.RECOMMENDED, None
        return Modality.ASSERTED, None


def read(tokens: list[Token], main: int, words: list[int]) -> VerbReading:
    """Read a verb group: `words` are the indices of its tokens, `main` that of its main verb."""
    modal, negated, passive, progressive, perfect, past = "", False, False, False, False, False
    ceased = False
    previous = ""
    for i in words:
        token = tokens[i]
        if token.lower in _NEGATIONS:
            negated = True
        ceased = ceased or token.lemma == "no longer"
        if i == main:
            break
        if token.tag == "MD":
            modal = modal or ("can" if token.lower == "ca" else token.lower)
        elif token.tag == "TO" and previous in ("be", "have", "go"):
            modal = {"be": "be to", "have": "have to", "go": "be going to"}[previous]
        if token.tag in ("VBD",):
            past = True
        if token.lemma == "have":
            perfect = True
        if token.tag[:1] == "V":
            previous = token.lemma
    tag = tokens[main].tag
    passive = tag == "VBN" and previous in ("be", "get")
    progressive = tag == "VBG" and previous == "be"
    return VerbReading(
        tokens[main].lemma, _form(tokens, main, words), modal, negated, passive, progressive,
        past or tag == "VBD", (perfect and previous == "have") or (perfect and passive), ceased,
    )  # fmt: skip


def _form(tokens: list[Token], main: int, words: list[int]) -> str:
    first = tokens[words[0]].tag if words else tokens[main].tag
    for i in words:
        if tokens[i].tag in ("MD", "VBZ", "VBP", "VBD"):
            return "finite"
        if tokens[i].tag == "TO":
            return "infinitive"
        if tokens[i].tag[:1] == "V":
            first = tokens[i].tag
            break
    return {"VBG": "gerund", "VBN": "participle"}.get(first, "base")
