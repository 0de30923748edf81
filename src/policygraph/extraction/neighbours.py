"""What stands around a word: the questions about neighbours by which a part of speech is settled."""

from __future__ import annotations

from policygraph.extraction.lexicon import Word
from policygraph.extraction.tokens import Token

#: Participles that follow the noun they describe far more often than they are its verb.
DESCRIBING = frozenset(
    (
        "link base involve aim locate station suspect affiliate ally back lead head dub name call know "
        "entitle sponsor design intend mean schedule arm occupy control hold wear"
    ).split()
)
NOUNS = frozenset(("NN", "NNS", "NNP"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
VERBAL = frozenset(("VB", "VBP", "VBZ", "VBD", "VBN", "VBG"))
SKIP = frozenset(("RB", "TM"))
DATE_PREPOSITIONS = frozenset(("on", "in", "by", "at", "since", "until", "during", "late", "early"))
#: What asks for a bare verb form in its "that" clause.
MANDATIVE = frozenset("demand request ask insist urge propose proposal recommend suggest order require plead".split())
SAYING = frozenset(
    (
        "say tell report announce add claim believe think declare warn confirm hope state note acknowledge "
        "explain reveal insist argue stress write disclose indicate caution hint remark comment complain lament "
        "observe boast reply respond retort predict allege assert vow conclude concede"
    ).split()
)


def word_before(tokens: list[Token], i: int) -> Token | None:
    """The nearest earlier token that is no adverb and no date."""
    j = i - 1
    while j >= 0 and i - j < 12:
        if tokens[j].tag not in SKIP and not (tokens[j].lower in DATE_PREPOSITIONS and tokens[j + 1].tag == "TM"):
            return tokens[j]
        j -= 1
    return None


def tag_after(tokens: list[Token], words: list[Word], i: int) -> str:
    """A rough tag of the next token that is no adverb and no date."""
    for j in range(i + 1, min(i + 6, len(tokens))):
        tag_ = tokens[j].tag
        word = words[j]
        if tag_ in SKIP or (word.lemma in DATE_PREPOSITIONS and j + 1 < len(tokens) and tokens[j + 1].tag == "TM"):
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


def bare(before: Token | None, tokens: list[Token], i: int) -> bool:
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
            if tokens[j].tag in FINITE:
                return False
    if before.lemma in ("do", "let", "help", "make") and before.tag in VERBAL:
        return before.lemma != "make"
    return before.tag == "PRP" and i > 1 and tokens[i - 2].lemma in ("let", "help", "make", "do", "have")


def behind_insertion(tokens: list[Token], i: int) -> bool:
    """After "Peru, which borders Chile," or "troops, sent by Peru,": the main verb of a clause that had none yet."""
    for j in range(i - 2, max(0, i - 30), -1):
        if tokens[j].tag == "WP" and tokens[j - 1].tag == ",":
            return not any(t.tag in FINITE for t in tokens[:j])
        if tokens[j].tag == ",":
            return tokens[j + 1].tag == "VBN" and tokens[j - 1].tag in NOUNS and not _told(tokens, j)
    return False


def _told(tokens: list[Token], end: int) -> bool:
    """Whether the clause before token `end` has its verb: it begins behind "and", "that" or the start."""
    for j in range(end - 1, -1, -1):
        if tokens[j].tag in FINITE:
            return True
        if tokens[j].tag in ("SB", ":") or (tokens[j].tag == "CC" and tokens[j - 1].tag == ","):
            return False
        if tokens[j].tag == "CC" and any(t.tag in FINITE for t in tokens[:j]):
            return tokens[j + 1].tag in FINITE or tokens[j - 1].tag not in ("NN", "NNS", "NNP", "PRP", "RB", "TM")
    return False


def bare_name(tokens: list[Token], i: int) -> bool:
    """Whether a name alone stands before: nobody writes "Israel called home" for an Israel that was called."""
    k = i - 1
    while k >= 0 and (tokens[k].tag in SKIP or tokens[k].tag == "IN"):
        k -= 1
    if k < 0 or tokens[k].tag != "NNP":
        return False
    while k >= 0 and (tokens[k].tag in ("NNP", "POS") or (tokens[k].tag == "NN" and tokens[k].text[:1].isupper())):
        k -= 1
    if k == 0 and tokens[k].lower == "the":
        return True
    return k < 0 or tokens[k].tag in ("CC", "SB", ":", '"') or tokens[k].lower == "that"


def opens(tokens: list[Token], i: int) -> bool:
    """Whether the phrase before token `i` opens a clause, after a comma or "that": "…, police reported from Lima"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("NN", "NNS", "NNP", "JJ", "DT", "CD", "POS", "PRP$", "RB", "TM"):
        j -= 1
    return j < 0 or tokens[j].tag in (",", "SB", ":", '"')


def mandative(tokens: list[Token], i: int) -> bool:
    """Whether the bare form after "demanded that Russia" is due: "close its bases"."""
    j = i - 1
    while j >= 0 and i - j < 12 and tokens[j].tag in ("NN", "NNS", "NNP", "JJ", "DT", "CD", "POS", "PRP$", "CC", "IN"):
        if tokens[j].lower == "that":
            break
        j -= 1
    if j < 1 or i - j < 2 or tokens[j].lower != "that":
        return False
    return any(t.lemma in MANDATIVE for t in tokens[max(0, j - 3) : j])


def measure(tokens: list[Token], i: int) -> bool:
    """Whether "by" is followed by an amount ("by one hour") and not by an agent."""
    return i < len(tokens) and tokens[i].tag == "CD"


def new_subject(tokens: list[Token], i: int) -> bool:
    """Whether the noun before opened a clause of its own ("said Iran agreed", "that X resigned")."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("NN", "NNS", "NNP", "JJ", "DT", "CD", "POS", "PRP$", "RB", "TM", "IN", "CC"):
        if tokens[j].lower == "that":
            return True
        j -= 1
    return j < 0 or tokens[j].tag in ("SB", "WP", ":", '"') or tokens[j].lemma in SAYING


def finite_before(tokens: list[Token], i: int) -> bool:
    """Whether the clause that reaches up to token `i` has a finite verb already."""
    for j in range(i - 1, max(-1, i - 40), -1):
        tag_ = tokens[j].tag
        if tag_ in FINITE:
            return True
        if tag_ in ("SB", ":", "WP") or tokens[j].lower == "that":
            return False
    return False


def finite_after(tokens: list[Token], words: list[Word], i: int) -> bool:
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
            nxt = tag_after(tokens, words, j)
            if word.verb_lemma in DESCRIBING and nxt == "IN":
                continue  # "hostages held in Lebanon"
            return word.verb_lemma not in ("say", "report", "announce", "add", "tell") and nxt not in (".",)
    return False


def any_finite(tokens: list[Token], words: list[Word], i: int) -> bool:
    """Whether some later word of the clause can be its finite verb."""
    comma = False
    for j in range(i + 1, min(i + 25, len(tokens))):
        if tokens[j].tag in ("SB", "WP", ":", "."):
            return False
        comma = comma or tokens[j].tag == ","
        if comma and words[j].verb_lemma in SAYING:
            return False
        forms = set(words[j].verbs.split()) if tokens[j].tag == "?" else set()
        if (
            tokens[j].tag == "MD"
            or ("VBD" in forms and not words[j].adjective)
            or ("VBZ" in forms and not words[j].noun)
        ):
            return True
    return False
