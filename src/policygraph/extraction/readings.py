"""The first reading of each token: what the lexicon, capitals and marks tell without neighbours' tags."""

from __future__ import annotations

from itertools import pairwise

from policygraph.extraction import dates
from policygraph.extraction.lexicon import Word, look_up, noun_lemma
from policygraph.extraction.tokens import Token

#: The word and the tag of words in small letters that were read before.
_plain_words: dict[str, tuple[Word, str]] = {}
_MOST_WORDS = 32768
#: Words in small letters whose first reading depends on their neighbours.
_BESIDE_OTHERS = frozenset(("that", "once", "overseas", "wound", "provided", "free"))
_MONEY = frozenset(("$", "£", "€", "¥"))
_CLOSED_CLASS = frozenset(("DT", "CC", "SB", "WP", "MD", "EX", "UH", "PP", "PS"))
_CLOSED = {"PP": "PRP", "PS": "PRP$"}
_VERBAL = frozenset(("VB", "VBP", "VBZ", "VBD", "VBN", "VBG"))
_PUNCT = {",": ",", ".": ".", "!": ".", "?": ".", ";": ":", ":": ":", "--": ":", "---": ":", "–": ":", "—": ":",
          "(": "(", ")": ")", "[": "(", "]": ")", "{": "(", "}": ")", '"': '"', "“": '"', "”": '"', "``": '"',
          "''": '"',
          "«": '"', "»": '"', "...": ":", "…": ":"}  # fmt: skip


_ADVERBS = frozenset(
    (("so", "far"), ("as", "yet"), ("once", "again"), ("once", "more"), ("yet", "again"), ("in", "turn"))
)
#: The last words of what `mark_adverbs` looks for.
_ADVERB_ENDS = frozenset(end for _, end in _ADVERBS) | {"since", "like"}
#: What follows the "there" of "there was".
_BEHIND_THERE = frozenset(
    "is are was were has have had will would can could may might must should 's ’s be been seems seemed seem appears "
    "appeared appear remains remained remain exists existed exist came comes followed lies lay stands stood not".split()
)
_MARKS = {mark: Word(tag, mark) for mark, tag in _PUNCT.items()}


def set_lemma(token: Token, word: Word) -> None:
    """Fill the lemma that goes with the token's tag."""
    if token.tag in _VERBAL:
        token.lemma = word.verb_lemma or word.lemma
    elif token.tag in ("NNS", "NN"):
        token.lemma = noun_lemma(token.lower)
    else:
        token.lemma = token.lower


def first_reading(tokens: list[Token], i: int) -> Word:
    """Look the word up; unambiguous ones get their tag now, the others get "?"."""
    token = tokens[i]
    if i and (plain := _plain_words.get(token.text)) is not None:
        word, token.tag = plain
        return word
    lower = token.lower
    if i and lower == token.text and lower.isalpha() and lower not in _BESIDE_OTHERS:
        if len(_plain_words) >= _MOST_WORDS:
            _plain_words.clear()
        word, token.tag = _plain_words[lower] = _alone(lower)
        return word
    if not lower.isalpha() and (mark := _mark(tokens, i)) is not None:
        return mark
    if lower == "wound" and tokens[i + 1 : i + 2] and tokens[i + 1].lower in ("up", "down"):
        token.tag = "VBD"
        return Word("NN", "wind", "VBD", "wind")
    word = look_up(lower.replace("‑", "-"))
    token.tag = "?"
    if word.tag in _CLOSED_CLASS:
        token.tag = _CLOSED.get(word.tag, word.tag)
        if lower == "that" or (lower == "provided" and i > 0 and tokens[i - 1].tag not in (",", ":", ".")):
            token.tag = "?"
        if (
            (token.text == "May" and i + 1 < len(tokens) and tokens[i + 1].lower[:1].isdigit())
            or token.text == "US"
            or (token.text == "IT" and tokens[i - 1].lower == "the")
        ):
            token.tag = "NNP"
        if lower == "there" and i and i + 1 < len(tokens) and tokens[i + 1].lower not in _BEHIND_THERE:
            token.tag = "RB"  # "unions there threatened"
        if lower == "once" and tokens[i + 1 : i + 2] and tokens[i + 1].lower in ("every", "a", "again", "more", "per"):
            token.tag = "RB"
    elif lower == "to":
        token.tag = "TO"
    elif i == 0 and _agents(token.lower) and _plural(tokens):
        token.tag = "NNS"
    elif token.text[:1].isupper() and (i > 0 or not _listed(word)) and tokens[i - 1].tag not in (".", '"', ":"):
        token.tag = "NNP" if not _shouting(tokens) or not _listed(word) else "?"
    elif lower == "free" and tokens[i - 1].lower in ("set", "sets", "setting"):
        token.tag = "RB"
    elif lower == "overseas" and tokens[i - 1].tag in ("IN", "TO", "DT", "JJ"):
        token.tag = "JJ"
    elif not word.verbs and word.tag in ("CD", "RB", "IN"):
        token.tag = word.tag
    elif (
        i == 0 and not word.known and token.text[:1].isupper() and (word.verbs or lower.endswith(("al", "est", "ary")))
    ):
        token.tag = "NNP"
    elif not word.verbs and i == 0 and not word.known and _plural(tokens):
        token.tag = "NNS"
    elif not word.verbs:
        token.tag = open_class(token.text, word)
    return word


def _alone(lower: str) -> tuple[Word, str]:
    """The word and the tag of a word in small letters within a sentence, whatever stands beside it."""
    word = look_up(lower)
    if word.tag in _CLOSED_CLASS:
        return word, _CLOSED.get(word.tag, word.tag)
    if lower == "to":
        return word, "TO"
    if word.verbs:
        return word, "?"
    return word, word.tag if word.tag in ("CD", "RB", "IN") else open_class(lower, word)


def _mark(tokens: list[Token], i: int) -> Word | None:
    """The reading of punctuation, an apostrophe or a sign of money."""
    token, lower = tokens[i], tokens[i].lower
    if lower in _MARKS:
        word = _MARKS[lower]
    elif lower in ("'s", "’s", "'", "’"):
        tag = _apostrophe(tokens, i)
        word = Word(tag, "be" if tag == "VBZ" else lower, verb_lemma="be")
    elif lower in _MONEY:
        word = Word("CD", lower)
    else:
        return None
    token.tag = word.tag
    return word


def mark_adverbs(tokens: list[Token]) -> None:
    """Give "so far", and "since" behind "has", the tag of an adverb: they stand inside verb groups."""
    if _ADVERB_ENDS.isdisjoint([t.lower for t in tokens]):
        return
    for i, (a, b) in enumerate(pairwise(tokens)):
        if (a.lower, b.lower) in _ADVERBS:
            a.tag = b.tag = "RB"
        elif a.tag == "MD" and b.lower == "like" and tokens[i + 2 : i + 3] and tokens[i + 2].lower == "to":
            b.tag, b.lemma = "VB", "like"
        elif a.lower in ("have", "has", "had", "'ve", "’ve") and b.lower == "since" and tokens[i + 2 : i + 3]:
            b.tag = "RB"


def mark_no_longer(tokens: list[Token]) -> None:
    """Give "no longer" and "no more" the tag of an adverb."""
    for i in [i for i, token in enumerate(tokens[:-1]) if token.lower == "no" and token.tag == "DT"]:
        a, b = tokens[i : i + 2]
        if b.lower in ("longer", "more"):
            a.tag = b.tag = "RB"
            a.lemma = "no longer"


def _plural(tokens: list[Token]) -> bool:
    """Whether the first word looks like a plural and not like a name: "Mothers marched"."""
    first = tokens[0].lower
    plural = first.endswith("s") and not first.endswith(("ss", "us", "is", "as", "os"))
    return plural and len(tokens) > 1 and not tokens[1].text[:1].isupper() and tokens[1].lower not in ("'s", "’s")


def _agents(lower: str) -> bool:
    """Whether a word looks like the plural of those who act: "Snipers", "Activists"."""
    return lower.endswith(("ers", "ors", "ists", "dents", "tants", "grants", "icians")) and len(lower) > 6


def _listed(word: Word) -> bool:
    return word.known or bool(word.verbs) or word.tag not in ("NN", "NNS") or word.noun


def _shouting(tokens: list[Token]) -> bool:
    """Whether the sentence is set in capitals, so that they tell nothing."""
    return tokens[0].text.isupper() and all(t.text == t.text.upper() for t in tokens[:8]) and len(tokens) > 3


def open_class(text: str, word: Word) -> str:
    """Noun, name or adjective: the tag of a word that is no verb."""
    if word.tag == "NNP":
        return "NNP"
    if text[:1].isupper() and not word.known and not word.adjective:
        return "NNP"
    return "JJ" if word.adjective and word.tag == "JJ" else word.tag if word.tag in ("NN", "NNS", "JJ") else "NN"


def _apostrophe(tokens: list[Token], i: int) -> str:
    before = tokens[i - 1] if i else None
    if before is None or before.end != tokens[i].start:
        return '"'
    if tokens[i].lower in ("'", "’"):
        return "POS" if before.lower.endswith("s") else '"'
    return "VBZ" if before.lower in ("it", "he", "she", "that", "there", "what", "who", "here") else "POS"


def mark_dates(tokens: list[Token], text: str) -> None:
    """Give the words of dates the tag TM."""
    k = 0
    for start, end, _ in dates.spot(text, tokens[0].start, tokens[-1].end):
        while k < len(tokens) and tokens[k].start < start:
            k += 1
        if 0 < k < len(tokens) and tokens[k - 1].lower in ("since", "until", "till"):
            tokens[k - 1].tag = "IN"
        while k < len(tokens) and tokens[k].end <= end:
            tokens[k].tag = "TM"
            k += 1
