"""Noun phrases, verb groups and the words between them, as a flat list.

A shallow pass over tagged tokens: no tree is built, `clauses` relates the chunks.
"""

# ruff: noqa: E501 - tables are easier to check with one entry a line
from __future__ import annotations

from dataclasses import dataclass, field

from policygraph.extraction import modality
from policygraph.extraction.modality import VerbReading
from policygraph.extraction.tokens import Token

_NP_TAGS = frozenset(("DT", "JJ", "CD", "PRP$", "NN", "NNS", "NNP", "POS", "PRP", "EX"))
_NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "PRP", "CD", "EX"))
_VERB_TAGS = frozenset(("VB", "VBP", "VBZ", "VBD", "VBN", "VBG"))
_VERB_STARTS = _VERB_TAGS | {"MD"}
_VERB_OPENS = _VERB_STARTS | {"TO"}
_NEVER = frozenset(("not", "never"))
_NP_OPENS = _NP_TAGS | {"RB"}
_AUX_LEMMAS = frozenset(("be", "have", "do", "get"))
#: Words that end one preposition of several words: "according to", "in front of".
_COMPLEX = {
    ("according", "to"): "according to", ("because", "of"): "because of", ("due", "to"): "because of",
    ("ahead", "of"): "before", ("out", "of"): "from", ("such", "as"): "such as", ("as", "for"): "about",
    ("along", "with"): "with", ("together", "with"): "with", ("instead", "of"): "instead of", ("away", "from"): "from",
    ("prior", "to"): "before", ("thanks", "to"): "because of", ("as", "well", "as"): "and", ("up", "to"): "",
    ("next", "to"): "near", ("close", "to"): "near", ("on", "behalf", "of"): "for", ("at", "least"): "", ("at", "most"): "",
    ("in", "front", "of"): "near", ("in", "support", "of"): "in support of", ("in", "favour", "of"): "in support of",
    ("in", "favor", "of"): "in support of", ("in", "protest", "against"): "in protest at", ("in", "protest", "at"): "in protest at",
    ("in", "protest", "over"): "in protest over", ("in", "response", "to"): "in response to", ("in", "return", "for"): "for",
    ("in", "exchange", "for"): "for", ("in", "addition", "to"): "besides", ("in", "spite", "of"): "despite",
    ("in", "retaliation", "for"): "in response to", ("as", "part", "of"): "as part of", ("in", "line", "with"): "per",
    ("in", "violation", "of"): "against", ("with", "regard", "to"): "about", ("on", "charges", "of"): "on charges of",
    ("in", "connection", "with"): "over", ("in", "accordance", "with"): "per", ("in", "case", "of"): "if",
    ("in", "the", "face", "of"): "despite", ("in", "the", "wake", "of"): "after", ("on", "top", "of"): "besides",
    ("in", "opposition", "to"): "against", ("in", "defiance", "of"): "against", ("on", "suspicion", "of"): "on charges of",
    ("by", "means", "of"): "by", ("at", "the", "hands", "of"): "by", ("on", "the", "part", "of"): "by", ("as", "to"): "about",
}  # fmt: skip
#: Counted "more than"; before anything but a number it compares.
_OBJECT_STATES = frozenset(("guilty", "responsible", "accountable", "liable", "innocent", "hostage", "captive", "free"))
_MORE_THAN = frozenset((("more", "than"), ("less", "than"), ("fewer", "than"), ("as", "many", "as")))
_COMPLEX |= dict.fromkeys(_MORE_THAN, "")
_COMPLEX_STARTS = frozenset(k[0] for k in _COMPLEX)


@dataclass(slots=True)
class NounPhrase:
    """Tokens `first` to `last` (exclusive) around the noun `head`, with what is hung on it.

    `pps` are prepositional phrases to its right, `apposition` a phrase set beside it between
    commas, `near` the noun phrases joined to it by "and".
    """

    first: int
    last: int
    head: int
    pps: list[tuple[str, list[NounPhrase]]] = field(default_factory=list)
    apposition: NounPhrase | None = None
    chunk: int = -1


@dataclass(slots=True)
class Chunk:
    """A stretch of tokens: `kind` is NP, VG, P, CC, SB, WP, TM, RB, Q or the mark itself (`,` `:` `(` `)` `.`)."""

    kind: str
    first: int
    last: int
    word: str = ""
    np: NounPhrase | None = None
    verb: VerbReading | None = None
    main: int = -1


def chunk(tokens: list[Token]) -> list[Chunk]:
    """The chunks of a tagged sentence, in order; every token is in exactly one.

    >>> from policygraph.extraction.tokens import tokenise
    >>> from policygraph.extraction.tags import tag
    >>> s = "The minister will not visit Peru."
    >>> [c.kind for c in chunk(tag(tokenise(s), s))]
    ['NP', 'VG', 'NP', '.']
    """
    out: list[Chunk] = []
    i, end = 0, len(tokens)
    while i < end:
        tag, lower = tokens[i].tag, tokens[i].lower
        found = _complex(tokens, i) if lower in _COMPLEX_STARTS else None
        if found is None and (tag in _VERB_OPENS or lower in _NEVER):
            found = _verb_group(tokens, i)
        if found is None and tag in _NP_OPENS:
            found = _noun_phrase(tokens, i)
        found = found or _single(tokens, i)
        if found.kind == "NP" and out and _joins(tokens, out, found):
            found = _merge(out, found)
        out.append(found)
        i = found.last
    for n, c in enumerate(out):
        if c.np is not None:
            c.np.chunk = n
    return out


def _complex(tokens: list[Token], i: int) -> Chunk | None:
    for size in (4, 3, 2):
        key = tuple([t.lower for t in tokens[i : i + size]])
        word = _COMPLEX.get(key)
        if word is not None and len(key) == size:
            if key == ("due", "to") and i + size < len(tokens) and tokens[i + size].tag == "VB":
                return None  # "is due to arrive"
            if key in _MORE_THAN and not (i + size < len(tokens) and tokens[i + size].tag == "CD"):
                return None
            kind = "CC" if word == "and" else "RB" if not word else "SB" if word == "if" else "P"
            if word == "" and key == ("up", "to") and i + 2 < len(tokens) and tokens[i + 2].tag != "CD":
                return None
            return Chunk(kind, i, i + size, word)
    return None


def _verb_group(tokens: list[Token], i: int) -> Chunk | None:
    n = len(tokens)
    if tokens[i].tag == "TO":
        j = i + 1
        while j < n and tokens[j].tag == "RB":
            j += 1
        if j >= n or tokens[j].tag != "VB":
            return None
    elif tokens[i].tag in _VERB_STARTS:
        j = i
    elif tokens[i].lower == "never" and i + 1 < n and tokens[i + 1].tag in ("VBD", "VBZ", "VBP"):
        j = i + 1
    elif tokens[i].lower in _NEVER and i + 1 < n and tokens[i + 1].tag in ("TO", "VBG"):
        j = i + 1
        if tokens[j].tag == "TO" and not (j + 1 < n and tokens[j + 1].tag == "VB"):
            return None
    else:
        return None
    main, last = _extend(tokens, j)
    if tokens[main].tag not in _VERB_TAGS:
        if tokens[main].tag == "MD":
            return Chunk(
                "VG", i, last, tokens[main].lower, verb=modality.read(tokens, main, list(range(i, last))), main=main
            )
        return None
    verb = modality.read(tokens, main, list(range(i, last)))
    return Chunk("VG", i, last, verb.lemma, verb=verb, main=main)


def _extend(tokens: list[Token], j: int) -> tuple[int, int]:
    """From the first verb of a group to its main verb: (main, end)."""
    n, main, last = len(tokens), j, j + 1
    while last < n:
        k = last
        while k < n and (tokens[k].tag == "RB" or (tokens[k].tag == "TM" and k - last < 2)) and k - last < 4:
            k += 1
        if k >= n:
            break
        here, nxt = tokens[main], tokens[k]
        aux = here.tag in ("MD", "TO") or here.lemma in _AUX_LEMMAS
        if aux and nxt.tag in _VERB_TAGS and _fits(here, nxt):
            main, last = k, k + 1
            continue
        if nxt.tag == "TO" and k == last and k + 1 < n and tokens[k + 1].tag == "VB" and (
            here.lemma in ("be", "have") or (here.lower == "going" and any(t.lemma == "be" for t in tokens[j:main]))
        ):  # fmt: skip
            main, last = k + 1, k + 2
            continue
        break
    k = last
    while k < n and tokens[k].lower in ("not", "n't", "n’t", "never") and k + 1 < n:
        if tokens[k + 1].tag in ("TO", "VBG"):
            break  # "vowed not to attack"
        k += 1
    if k > last and k < n and tokens[k].tag == "TO" and tokens[main].lemma not in _AUX_LEMMAS:
        return main, last  # "vowed never to return": what is vowed is negated
    return main, k


def _fits(aux: Token, verb: Token) -> bool:
    if aux.tag == "MD" or aux.tag == "TO" or aux.lemma == "do":
        return verb.tag in ("VB", "VBP")
    if aux.lemma == "have":
        return verb.tag in ("VBN", "VBD")
    return verb.tag in ("VBG", "VBN")


def _noun_phrase(tokens: list[Token], i: int) -> Chunk | None:
    n, j, head, noun = len(tokens), i, -1, False
    while j < n:
        tag = tokens[j].tag
        if tag in _NP_TAGS:
            if tag == "PRP" and j > i:
                break
            if noun and tag in ("DT", "PRP$", "EX") and tokens[j - 1].tag != "POS":
                break
            if noun and tag == "CD" and tokens[j - 1].tag in ("NN", "NNS", "NNP"):
                break
            if tag in _NOUN_TAGS and not (tag == "CD" and noun):
                head, noun = j, True
            elif tag in ("JJ", "DT") and not noun:
                head = j
            if tag == "POS":
                noun = False
            j += 1
        elif (
            tag == "RB" and j + 1 < n and tokens[j + 1].tag in ("JJ", "CD") and not noun and _inside(tokens, j, i)
        ) or (tag == '"' and j > i and j + 1 < n and tokens[j - 1].tag in ("DT", "JJ", "PRP$") and not noun):
            j += 1
        else:
            break
    if j == i or head < 0:
        return None
    if tokens[head].tag in ("NN", "NNS", "NNP", "PRP") and head < j - 1 and tokens[head + 1].lower in _OBJECT_STATES:
        j = head + 1
    if tokens[j - 1].tag == "POS" and j < n and tokens[j].tag == "VBG":
        j += 1
        head = j - 1
    return Chunk("NP", i, j, tokens[head].lemma, np=NounPhrase(i, j, head))


def _inside(tokens: list[Token], j: int, i: int) -> bool:
    return (
        j > i
        or tokens[j].lower.endswith("ly")
        or tokens[j].lower in ("more", "almost", "about", "some", "very", "most")
    )


def _single(tokens: list[Token], i: int) -> Chunk:
    token = tokens[i]
    if token.tag in ("IN", "TO"):
        return Chunk("P", i, i + 1, token.lower)
    if token.tag == '"':
        return Chunk("Q", i, i + 1, token.text)
    if token.tag == ":" and token.text == "...":
        return Chunk("RB", i, i + 1, token.text)
    if token.tag == "POS":
        return Chunk("RB", i, i + 1, token.text)
    if token.tag == "TM":
        j = i + 1
        return Chunk("TM", i, j, token.lower)
    return Chunk(token.tag if token.tag else "RB", i, i + 1, token.lower)


def _joins(tokens: list[Token], out: list[Chunk], found: Chunk) -> bool:
    """ "Hungarian and Romanian officials", "army and police officers" are one phrase."""
    if len(out) < 2 or out[-1].kind != "CC" or out[-2].kind != "NP" or found.np is None:
        return False
    left, first = out[-2], tokens[found.first]
    if left.last - left.first > 2 or tokens[found.np.head].tag not in ("NN", "NNS") or found.last - found.first < 2:
        return False
    last = tokens[left.last - 1]
    if last.tag == "NNP" and first.tag == "NNP":
        return tokens[left.first].tag in ("NNP", "JJ", "DT")
    return last.tag == "JJ" and first.tag == "JJ"


def _merge(out: list[Chunk], found: Chunk) -> Chunk:
    out.pop()
    left = out.pop()
    assert found.np is not None  # noqa: S101 - a chunk of kind NP has one
    return Chunk("NP", left.first, found.last, found.word, np=NounPhrase(left.first, found.last, found.np.head))
