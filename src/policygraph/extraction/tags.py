"""Parts of speech and lemmas from the lexicon and from neighbours, without a statistical model.

Each word gets its reading from `lexicon`; words that can be several things are settled from
left to right. The hard case of news language, a past tense that could be a participle
("police arrested ten", "police arrested in the raid"), is settled by what follows.
"""

from __future__ import annotations

from policygraph.extraction.lexicon import Word
from policygraph.extraction.readings import first_reading, mark_dates, open_class, set_lemma
from policygraph.extraction.tokens import Token

_AUX = frozenset(("be", "have", "get"))
_BEFORE_NOUN = frozenset(("DT", "PRP$", "JJ", "POS", "CD"))
_NOUNS = frozenset(("NN", "NNS", "NNP"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_VERBAL = frozenset(("VB", "VBP", "VBZ", "VBD", "VBN", "VBG"))
_SKIP = frozenset(("RB", "TM"))
_DATE_PREPOSITIONS = frozenset(("on", "in", "by", "at", "since", "until", "during", "late", "early"))
#: Participles that follow the noun they describe far more often than they are its verb.
_DESCRIBING = frozenset(
    (
        "link base involve aim locate station suspect affiliate ally back lead head dub name call know "
        "entitle sponsor design intend mean schedule arm occupy control hold wear"
    ).split()
)
_SAYING = frozenset(
    (
        "say tell report announce add claim believe think declare warn confirm hope state note acknowledge "
        "explain reveal insist argue stress write disclose indicate"
    ).split()
)
_RAISING_NOUNS = frozenset(
    ("plan talk call move visit strike attack protest demand appeal offer vote release return").split()
)


def tag(tokens: list[Token], text: str) -> list[Token]:
    """Fill `tag` and `lemma` of a sentence's tokens, in place, and return them.

    >>> from policygraph.extraction.tokens import tokenise
    >>> s = "Police arrested ten men accused of planning attacks."
    >>> " ".join(t.tag for t in tag(tokenise(s), s))
    'NNS VBD CD NNS VBN IN VBG NNS .'
    """
    if not tokens:
        return tokens
    words = [first_reading(tokens, i) for i in range(len(tokens))]
    mark_dates(tokens, text)
    for i, word in enumerate(words):
        token = tokens[i]
        if token.tag == "?":
            token.tag = _decide(tokens, words, i)
        set_lemma(token, word)
    return tokens


def _before(tokens: list[Token], i: int) -> Token | None:
    """The nearest earlier token that is no adverb and no date."""
    j = i - 1
    while j >= 0 and i - j < 12:
        if tokens[j].tag not in _SKIP and not (tokens[j].lower in _DATE_PREPOSITIONS and tokens[j + 1].tag == "TM"):
            return tokens[j]
        j -= 1
    return None


def _after(tokens: list[Token], words: list[Word], i: int) -> str:
    """A rough tag of the next token that is no adverb and no date."""
    for j in range(i + 1, min(i + 6, len(tokens))):
        tag_ = tokens[j].tag
        word = words[j]
        if tag_ in _SKIP or (word.lemma in _DATE_PREPOSITIONS and j + 1 < len(tokens) and tokens[j + 1].tag == "TM"):
            continue
        if tag_ != "?":
            return tag_
        if word.tag == "IN":
            return "IN"
        if "VBG" in word.verbs and not word.noun:
            return "VBG"
        if word.verbs and not word.noun and not word.adjective and not {"VBD", "VBN"} & set(word.verbs.split()):
            return "V"
        return "JJ" if word.adjective else "V" if word.verbs and not word.noun and "VBD" not in word.verbs else "NN"
    return "."


def _decide(tokens: list[Token], words: list[Word], i: int) -> str:
    token, word = tokens[i], words[i]
    forms = word.verbs.split()
    if token.lower == "that":
        return _that(tokens, words, i)
    if word.lemma in ("be", "have", "do") and word.verb_lemma == word.lemma:
        return _auxiliary(tokens, i, forms)
    if "VBG" in forms:
        return _gerund(tokens, words, i)
    before = _before(tokens, i)
    if "VBD" in forms or "VBN" in forms:
        if "VB" in forms and _bare(before, tokens, i):
            return "VB"
        if (word.noun or word.adjective) and before is not None and before.tag in ("DT", "PRP$", "POS", "JJ", "IN"):
            return (
                "JJ"
                if word.adjective and _after(tokens, words, i) in ("NN", "NNS", "NNP", "JJ")
                else "NN"
                if word.noun
                else _past(tokens, words, i, forms)
            )
        return _past(tokens, words, i, forms)
    if "VBZ" in forms:
        return _third_person(tokens, words, i)
    if "VB" in forms:
        return _base(tokens, words, i)
    return open_class(token, word) if word.tag != "IN" else "IN"


def _that(tokens: list[Token], words: list[Word], i: int) -> str:
    """Relative pronoun, subordinator or determiner."""
    before, nxt = _before(tokens, i), tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None or before is None:
        return "DT"
    word = words[i + 1]
    verb = nxt.tag == "MD" or (nxt.tag == "?" and bool(word.verbs) and not word.noun and not word.adjective)
    if before.tag in _NOUNS or before.tag in (",", ")"):
        if verb or (nxt.tag == "RB" and i + 2 < len(tokens) and bool(words[i + 2].verbs)):
            return "WP"
        return "SB"
    if before.tag in _VERBAL or before.tag in ("JJ", "CC", "PRP", "RB", '"'):
        return "DT" if before.tag in _VERBAL and nxt.tag == "NN" and before.lemma not in _SAYING else "SB"
    return "SB" if nxt.tag in ("PRP", "DT", "NNP") else "DT"


def _auxiliary(tokens: list[Token], i: int, forms: list[str]) -> str:
    before = _before(tokens, i)
    if len(forms) == 2:
        return "VBN" if before is not None and before.lemma == "have" else "VBD"
    if forms[0] == "VB" and not _bare(before, tokens, i):
        return "VBP"
    return forms[0]


def _bare(before: Token | None, tokens: list[Token], i: int) -> bool:
    """Whether a bare verb form is due: after "to", a modal, "do", "let"."""
    if before is None:
        return False
    if before.tag in ("TO", "MD"):
        return True
    if before.lower in ("n't", "n’t", "not"):
        return True
    if before.tag == "CC":
        for j in range(i - 2, max(-1, i - 9), -1):
            if tokens[j].tag in ("VB", "MD"):
                return tokens[j].tag == "VB"
            if tokens[j].tag in _FINITE:
                return False
    if before.lemma in ("do", "let", "help", "make") and before.tag in _VERBAL:
        return before.lemma != "make"
    return before.tag == "PRP" and i > 1 and tokens[i - 2].lemma in ("let", "help", "make", "do", "have")


def _gerund(tokens: list[Token], words: list[Word], i: int) -> str:
    before, word = _before(tokens, i), words[i]
    if before is None:
        return "VBG" if not word.noun or _after(tokens, words, i) in ("DT", "PRP$", "NNP") else "NN"
    if before.tag in _VERBAL and before.lemma in ("be", "keep", "stop", "begin", "start", "continue", "cease", "halt"):
        return "VBG"
    after = _after(tokens, words, i)
    if before.tag in _BEFORE_NOUN:
        return "JJ" if after in _NOUNS and not word.noun else "NN"
    if before.tag in _NOUNS and word.noun:
        return "NN"
    if before.tag == "TO":
        return "VBG" if after in ("DT", "PRP$", "NNP", "CD", "NNS", "IN", "JJ", "NN") else "NN"
    if before.tag == "IN" and (
        (word.noun and after not in ("DT", "PRP$", "NNP", "CD"))
        or (tokens[i + 1 : i + 2] and tokens[i + 1].lower == "of")
    ):
        return "NN"
    return (
        "NN"
        if word.noun and before.tag in ("VBD", "VBZ", "VB", "TO", "VBN", "CC") and after in ("IN", ".", ",", "TO")
        else "VBG"
    )


def _past(tokens: list[Token], words: list[Word], i: int, forms: list[str]) -> str:
    before, word = _before(tokens, i), words[i]
    after = _after(tokens, words, i)
    if len(forms) == 1:
        return forms[0] if forms[0] == "VBD" or before is None or before.tag not in _BEFORE_NOUN else "JJ"
    if before is None:
        return "JJ" if after in _NOUNS else "VBN"
    if (
        before.tag == "JJ"
        and after not in _NOUNS
        and not _finite_before(tokens, i)
        and i >= 2
        and tokens[i - 2].tag in ("DT", "JJ", "NNP")
    ):
        return "VBN" if _finite_after(tokens, words, i) else "VBD"
    if before.lemma in _AUX and before.tag in _VERBAL:
        return "VBN"
    if before.tag in ("DT", "PRP$", "JJ", "POS", "IN", "TO"):
        if before.lower in ("those", "all", "who", "none", "many"):
            return "VBN" if before.lower == "those" else "VBD"
        return "JJ" if after in _NOUNS or (after in ("JJ", "CC", ",") and before.tag != "IN") else "VBN"
    if before.tag == "CD":
        return "JJ" if after in _NOUNS else "VBN"
    if before.tag == "CC":
        return _like_earlier(tokens, i)
    if before.tag in ("PRP", "WP", "EX"):
        return "VBD"
    if before.tag in _VERBAL:
        return "JJ" if after in _NOUNS else "VBN"
    if before.tag in _NOUNS or before.tag in (")", '"'):
        return _after_noun(tokens, words, i, after, word)
    if before.tag == ",":
        if _behind_insertion(tokens, i):
            return "VBD"
        return "VBN" if _finite_before(tokens, i) and after in ("IN", "TO", ".", ",") else "VBD"
    return "VBD" if after in ("DT", "NNP", "PRP", "PRP$") else "VBN"


def _behind_insertion(tokens: list[Token], i: int) -> bool:
    """After "Peru, which borders Chile,": the main verb of a clause that had none before the insertion."""
    for j in range(i - 2, max(0, i - 30), -1):
        if tokens[j].tag == "WP" and tokens[j - 1].tag == ",":
            return not any(t.tag in _FINITE for t in tokens[:j])
    return False


def _like_earlier(tokens: list[Token], i: int) -> str:
    """After "and": the form of the verb it is joined to."""
    for j in range(i - 2, max(-1, i - 30), -1):
        if tokens[j].tag in ("VBD", "VBN") and tokens[j].lemma not in _AUX:
            return tokens[j].tag
        if tokens[j].tag in ("VBZ", "VBP", "VBD"):
            return "VBN" if tokens[j].lemma in _AUX else "VBD"
        if tokens[j].tag in ("WP", "SB", ":"):
            break
    return "VBD"


def _after_noun(tokens: list[Token], words: list[Word], i: int, after: str, word: Word) -> str:
    if (
        tokens[i + 1 : i + 2]
        and tokens[i + 1].lower == "by"
        and not _new_subject(tokens, i)
        and not _measure(tokens, i + 2)
    ):
        return "VBN" if _finite_before(tokens, i) or _finite_after(tokens, words, i) else "VBD"
    if word.verb_lemma in _DESCRIBING and after in ("NN", "NNS"):
        before = tokens[i - 1].tag
        if _finite_after(tokens, words, i) or (before == "NNP" and _finite_before(tokens, i)):
            return "JJ"
    if after in ("DT", "NNP", "PRP", "PRP$", "CD", "JJ", "NN", "NNS", "WP", "SB", "V", '"'):
        return "VBN" if word.verb_lemma in ("call", "name", "dub") and _finite_before(tokens, i) else "VBD"
    if word.verb_lemma in _SAYING and after in (".", ",", ":"):
        return "VBD"
    if _finite_after(tokens, words, i) or (
        word.verb_lemma in _DESCRIBING and after in ("IN", "TO") and _finite_before(tokens, i)
    ):
        return "VBN"
    return (
        "VBN" if _finite_before(tokens, i) and after in ("IN", ".", ",", ")") and not _new_subject(tokens, i) else "VBD"
    )


def _measure(tokens: list[Token], i: int) -> bool:
    """Whether "by" is followed by an amount ("by one hour") and not by an agent."""
    return i < len(tokens) and tokens[i].tag == "CD"


def _new_subject(tokens: list[Token], i: int) -> bool:
    """Whether the noun before opened a clause of its own ("said Iran agreed", "that X resigned")."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("NN", "NNS", "NNP", "JJ", "DT", "CD", "POS", "PRP$", "RB", "TM", "IN", "CC"):
        if tokens[j].lower == "that":
            return True
        j -= 1
    return j < 0 or tokens[j].tag in ("SB", "WP", ":", '"') or tokens[j].lemma in _SAYING


def _finite_before(tokens: list[Token], i: int) -> bool:
    """Whether the clause that reaches up to token `i` has a finite verb already."""
    for j in range(i - 1, max(-1, i - 40), -1):
        tag_ = tokens[j].tag
        if tag_ in _FINITE:
            return True
        if tag_ in ("SB", ":", "WP") or tokens[j].lower == "that":
            return False
    return False


def _finite_after(tokens: list[Token], words: list[Word], i: int) -> bool:
    """Whether a finite verb for the noun before token `i` is still to come."""
    commas = 0
    for j in range(i + 1, min(i + 30, len(tokens))):
        tag_, word = tokens[j].tag, words[j]
        if tag_ in ("SB", "WP", "CC", ":", "."):
            return False
        if tag_ == ",":
            commas += 1
            if commas > 1:
                return False
        if tag_ == "MD" or (
            tag_ == "?" and word.lemma in ("be", "have") and word.verbs.split()[0] in ("VBZ", "VBP", "VBD")
        ):
            return commas == 0 or tokens[j - 1].tag == ","
        if (
            tag_ == "?"
            and "VBD" in word.verbs
            and tokens[j - 1].tag in ("NN", "NNS", "NNP", "TM", "?", "RB")
            and commas == 0
        ):
            nxt = _after(tokens, words, j)
            return word.verb_lemma not in ("say", "report", "announce", "add", "tell") and nxt not in (".",)
    return False


def _third_person(tokens: list[Token], words: list[Word], i: int) -> str:
    before, word = _before(tokens, i), words[i]
    if not word.noun and before is not None and before.tag not in ("DT", "PRP$", "POS"):
        return "VBZ"
    if before is None or before.tag in _BEFORE_NOUN or before.tag in ("IN", "TO", "VBG", "CC", '"', ","):
        return "VBZ" if before is not None and before.tag in ("CC", ",") and _joins_third(tokens, i) else "NNS"
    if before.tag in ("PRP", "WP", ")"):
        return "VBZ"
    after = _after(tokens, words, i)
    if (
        before.tag in ("NN", "NNP")
        and after in ("DT", "NNP", "PRP", "PRP$", "TO", "CD", "WP")
        and not _finite_before(tokens, i)
    ):
        return "VBZ"
    if before.tag in ("NN", "NNP") and after in ("IN", "JJ", "NN", "NNS", "SB") and not _finite_before(tokens, i):
        return "NNS" if _any_finite(tokens, words, i) else "VBZ"
    return "NNS"


def _joins_third(tokens: list[Token], i: int) -> bool:
    after = tokens[i + 1].tag if i + 1 < len(tokens) else "."
    return any(t.tag == "VBZ" for t in tokens[max(0, i - 12) : i]) and after in ("DT", "NNP", "PRP", "PRP$", "TO", "CD")


def _any_finite(tokens: list[Token], words: list[Word], i: int) -> bool:
    """Whether some later word of the clause can be its finite verb."""
    for j in range(i + 1, min(i + 25, len(tokens))):
        if tokens[j].tag in ("SB", "WP", ":", "."):
            return False
        if tokens[j].tag == "MD" or (tokens[j].tag == "?" and {"VBD", "VBZ"} & set(words[j].verbs.split())):
            return True
    return False


def _base(tokens: list[Token], words: list[Word], i: int) -> str:
    before, word = _before(tokens, i), words[i]
    after = _after(tokens, words, i)
    if (
        tokens[i].lower in ("back", "down")
        and before is not None
        and (before.tag in _VERBAL or (before.tag not in ("TO", "MD") and after in ("TO", "IN", ".")))
    ):
        return "RB"
    if before is None:
        return "NN" if word.noun or word.adjective else "VB"
    if _bare(before, tokens, i):
        return (
            "NN"
            if before.tag == "TO" and word.noun and word.lemma not in _RAISING_NOUNS and after in ("VBD", "MD")
            else "VB"
        )
    if word.adjective and before.tag not in ("PRP", "NNS", "WP"):
        return "JJ"
    if before.tag in _BEFORE_NOUN or before.tag in ("IN", "VBG", "VBD", "VB", "VBN", "VBZ", '"'):
        return "NN" if word.noun or before.tag in _BEFORE_NOUN else "VB"
    if before.tag in ("PRP", "WP"):
        return "VBP"
    if before.tag in ("NNS", "NNP", "CC", ",", ")"):
        objects = after in ("DT", "NNP", "PRP", "PRP$", "TO", "CD") or (not word.noun and after != "VBD")
        return (
            "VBP"
            if objects and (before.tag != "NNP" or not word.noun) and not (word.noun and _finite_before(tokens, i))
            else "NN"
        )
    return "NN" if word.noun or before.tag in _NOUNS else "VB"
