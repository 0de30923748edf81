"""Parts of speech and lemmas from the lexicon and from neighbours, without a statistical model.

Each word gets its reading from `lexicon`; words that can be several things are settled from
left to right. The hard case of news language, a past tense that could be a participle
("police arrested ten", "police arrested in the raid"), is settled by what follows.
"""

from __future__ import annotations

from policygraph.extraction.lexicon import Word
from policygraph.extraction.neighbours import (
    DESCRIBING,
    NOUNS,
    SAYING,
    VERBAL,
    any_finite,
    bare,
    bare_name,
    behind_insertion,
    finite_after,
    finite_before,
    mandative,
    measure,
    new_subject,
    opens,
    tag_after,
    word_before,
)
from policygraph.extraction.readings import (
    first_reading,
    mark_adverbs,
    mark_dates,
    mark_no_longer,
    open_class,
    set_lemma,
)
from policygraph.extraction.tokens import Token

_AUX = frozenset(("be", "have", "get"))
_BEFORE_NOUN = frozenset(("DT", "PRP$", "JJ", "POS", "CD"))
#: Adjectives that are as often nouns, and are so right before a verb: "the army chief refused".
_HEADS = frozenset(
    (
        "chief firm military general capital official head executive native rival principal criminal liberal "
        "conservative radical moderate extremist communist socialist nationalist separatist islamist veteran "
        "militant dissident representative public deputy secretary minor patient individual elite giant"
    ).split()
)
#: Verbs whose "to" leads to a noun.
_TO_NOUN = frozenset("bow yield succumb respond react object resort return subject expose adapt contribute".split())
#: Verbs without a passive, and bare names: what follows them at once is a finite verb.
_NO_PASSIVE = frozenset(
    (
        "agree appeal apologise apologize arrive be become begin belong clash collapse come confer continue "
        "cooperate crack demonstrate depart die disagree disappear emerge erupt escape expire fall flock gather "
        "go happen insist intervene lapse last laugh mediate occur participate persist plead proceed protest "
        "rage rally react rebel refrain remain reply resign respond retreat rise rule sail seem sit speak stand "
        "steam step strike succumb surrender swarm talk travel urge vanish vow wait walk warn yield"
    ).split()
)
_OBJECTS = frozenset(("us", "me", "him", "them"))
#: What one is brought or goes to: "took the firm to court".
_WHERE_TO = frozenset("court trial market war jail prison power".split())
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
    mark_no_longer(tokens)
    mark_adverbs(tokens)
    for i, word in enumerate(words):
        token = tokens[i]
        if token.tag == "?":
            token.tag = _decide(tokens, words, i)
            if token.tag == "NN" and word.tag == "NNS":
                token.tag = "NNS"
        if token.lemma != "no longer":
            set_lemma(token, word)
    return tokens


def _decide(tokens: list[Token], words: list[Word], i: int) -> str:
    token, word = tokens[i], words[i]
    forms = word.verbs.split()
    if token.lower == "that":
        return _that(tokens, words, i)
    if word.lemma in ("be", "have", "do") and word.verb_lemma == word.lemma:
        return _auxiliary(tokens, i, forms)
    if "VBG" in forms:
        return _gerund(tokens, words, i)
    before = word_before(tokens, i)
    if "VBD" in forms or "VBN" in forms:
        if "VB" in forms and bare(before, tokens, i):
            return "VB"
        if (word.noun or word.adjective) and before is not None and before.tag in ("DT", "PRP$", "POS", "JJ", "IN"):
            return (
                "JJ"
                if word.adjective and tag_after(tokens, words, i) in ("NN", "NNS", "NNP", "JJ")
                else "NN"
                if word.noun
                else _past(tokens, words, i, forms)
            )
        return _past(tokens, words, i, forms)
    if "VBZ" in forms:
        return _third_person(tokens, words, i)
    if "VB" in forms:
        return _base(tokens, words, i)
    return open_class(token.text, word) if word.tag != "IN" else "IN"


def _that(tokens: list[Token], words: list[Word], i: int) -> str:
    """Relative pronoun, subordinator or determiner."""
    before, nxt = word_before(tokens, i), tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None or before is None:
        return "DT"
    word = words[i + 1]
    verb = nxt.tag == "MD" or (nxt.tag == "?" and bool(word.verbs) and not word.noun and not word.adjective)
    if before.tag in NOUNS or before.tag in (",", ")"):
        if verb or (nxt.tag == "RB" and i + 2 < len(tokens) and bool(words[i + 2].verbs)):
            return "WP"
        return "SB"
    if before.tag in VERBAL or before.tag in ("JJ", "CC", "PRP", "RB", '"'):
        return "DT" if before.tag in VERBAL and nxt.tag == "NN" and before.lemma not in SAYING else "SB"
    return "SB" if nxt.tag in ("PRP", "DT", "NNP") else "DT"


def _auxiliary(tokens: list[Token], i: int, forms: list[str]) -> str:
    before = word_before(tokens, i)
    if len(forms) == 2:
        return "VBN" if before is not None and before.lemma == "have" else "VBD"
    if forms[0] == "VB" and not bare(before, tokens, i):
        return "VBP"
    return forms[0]


def _gerund(tokens: list[Token], words: list[Word], i: int) -> str:
    before, word = word_before(tokens, i), words[i]
    if before is None:
        return "VBG" if not word.noun or tag_after(tokens, words, i) in ("DT", "PRP$", "NNP") else "NN"
    if before.tag in VERBAL and before.lemma in ("be", "keep", "stop", "begin", "start", "continue", "cease", "halt"):
        return "VBG"
    after = tag_after(tokens, words, i)
    if before.tag in _BEFORE_NOUN:
        return "JJ" if after in NOUNS and not word.noun else "NN"
    if before.tag in NOUNS and word.noun:
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
    before, word = word_before(tokens, i), words[i]
    after = tag_after(tokens, words, i)
    if before is not None and before.tag == "JJ" and before.lower in _HEADS and before is tokens[i - 1]:
        before.tag, before.lemma = "NN", before.lower
    if before is not None and before.tag == "JJ" and i == 1 and after not in NOUNS:
        return "VBD"
    if len(forms) == 1:
        return forms[0] if forms[0] == "VBD" or before is None or before.tag not in _BEFORE_NOUN else "JJ"
    if before is None:
        return "JJ" if after in NOUNS else "VBN"
    if (
        before.tag == "JJ"
        and after not in NOUNS
        and not finite_before(tokens, i)
        and i >= 2
        and tokens[i - 2].tag in ("DT", "JJ", "NNP")
    ):
        return "VBN" if finite_after(tokens, words, i) else "VBD"
    if before.lemma in _AUX and before.tag in VERBAL:
        return "VBN"
    if before.tag in ("DT", "PRP$", "JJ", "POS", "IN", "TO"):
        if before.lower in ("those", "all", "who", "none", "many"):
            return "VBN" if before.lower == "those" else "VBD"
        if after in NOUNS or (after in ("JJ", "CC", ",") and before.tag != "IN"):
            return "JJ"
        return "NN" if before.tag in ("DT", "PRP$") and before is tokens[i - 1] else "VBN"
    if before.tag == "CD" and word.verb_lemma in _NO_PASSIVE and not finite_before(tokens, i):
        return "VBD"
    if before.tag == "CD":
        return "JJ" if after in NOUNS else "VBN"
    if before.tag == "CC":
        return _like_earlier(tokens, i, after)
    if before.tag in ("PRP", "WP", "EX"):
        return "VBD"
    if before.tag in VERBAL:
        return "JJ" if after in NOUNS else "VBN"
    if before.tag in NOUNS or before.tag in (")", '"'):
        return _after_noun(tokens, words, i, after, word)
    if before.tag == ",":
        if behind_insertion(tokens, i):
            return "VBD"
        return "VBN" if finite_before(tokens, i) and after in ("IN", "TO", ".", ",") else "VBD"
    return "VBD" if after in ("DT", "NNP", "PRP", "PRP$") else "VBN"


def _like_earlier(tokens: list[Token], i: int, after: str) -> str:
    """After "and": the form of the verb it is joined to.

    What has an object goes on neither with "having done" nor with a passive: "praised Chad for having sent
    troops and thanked Mali".
    """
    for j in range(i - 2, max(-1, i - 30), -1):
        if tokens[j].tag in ("VBD", "VBN") and tokens[j].lemma not in _AUX:
            auxiliary = word_before(tokens, j)
            if tokens[j].tag == "VBN" and after in ("DT", "NNP", "PRP", "PRP$"):
                if auxiliary is not None and auxiliary.lower == "having":
                    continue
                return "VBN" if auxiliary is not None and auxiliary.lemma == "have" else "VBD"
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
        and not new_subject(tokens, i)
        and not measure(tokens, i + 2)
    ):
        return "VBN" if finite_before(tokens, i) or finite_after(tokens, words, i) else "VBD"
    if word.verb_lemma in DESCRIBING and after in ("NN", "NNS"):
        before = tokens[i - 1].tag
        if finite_after(tokens, words, i) or (before == "NNP" and finite_before(tokens, i)):
            return "JJ"
    if (bare_name(tokens, i) or word.verb_lemma in _NO_PASSIVE) and not finite_before(tokens, i):
        return "VBD"
    if after in ("DT", "NNP", "PRP", "PRP$", "CD", "JJ", "NN", "NNS", "WP", "SB", "V", '"'):
        return "VBN" if word.verb_lemma in ("call", "name", "dub") and finite_before(tokens, i) else "VBD"
    if word.verb_lemma in SAYING and (
        after in (".", ",", ":") or (after == "IN" and (word.verb_lemma == "say" or opens(tokens, i)))
    ):
        return "VBD"
    if finite_after(tokens, words, i) or (
        word.verb_lemma in DESCRIBING and after in ("IN", "TO") and finite_before(tokens, i)
    ):
        return "VBN"
    return (
        "VBN" if finite_before(tokens, i) and after in ("IN", ".", ",", ")") and not new_subject(tokens, i) else "VBD"
    )


def _third_person(tokens: list[Token], words: list[Word], i: int) -> str:
    before, word = word_before(tokens, i), words[i]
    if not word.noun and before is not None and before.tag not in ("DT", "PRP$", "POS"):
        return "VBZ"
    if before is None or before.tag in _BEFORE_NOUN or before.tag in ("IN", "TO", "VBG", "CC", '"', ","):
        return "VBZ" if before is not None and before.tag in ("CC", ",") and _joins_third(tokens, i) else "NNS"
    if before.tag in ("PRP", "WP", ")"):
        return "VBZ"
    after = tag_after(tokens, words, i)
    if before.tag == "NNP" and bare_name(tokens, i) and _is_told(tokens, words, i, after):
        return "VBZ"
    says_that = word.verb_lemma in SAYING and tokens[i + 1 : i + 2] and tokens[i + 1].lower == "that"
    if says_that and before.tag in ("NN", "NNP") and not finite_before(tokens, i):
        return "VBZ"
    if (
        before.tag in ("NN", "NNP")
        and after in ("DT", "NNP", "PRP", "PRP$", "TO", "CD", "WP", "VBG")
        and not finite_before(tokens, i)
    ):
        return "VBZ"
    if before.tag in ("NN", "NNP") and after in ("IN", "JJ", "NN", "NNS", "SB") and not finite_before(tokens, i):
        return "NNS" if any_finite(tokens, words, i) else "VBZ"
    return "NNS"


def _is_told(tokens: list[Token], words: list[Word], i: int, after: str) -> bool:
    """Whether a clause ends with the word or goes on with another verb: "Guyana protests;", "objects and sends"."""
    if after in (":", "."):
        return not finite_before(tokens, i) and not any_finite(tokens, words, i)
    nxt = words[i + 2] if after == "CC" and i + 2 < len(words) else None
    return nxt is not None and "VBZ" in nxt.verbs and not nxt.noun and not finite_before(tokens, i)


def _joins_third(tokens: list[Token], i: int) -> bool:
    after = tokens[i + 1].tag if i + 1 < len(tokens) else "."
    return any(t.tag == "VBZ" for t in tokens[max(0, i - 12) : i]) and after in ("DT", "NNP", "PRP", "PRP$", "TO", "CD")


def _base(tokens: list[Token], words: list[Word], i: int) -> str:
    before, word = word_before(tokens, i), words[i]
    after = tag_after(tokens, words, i)
    if (
        tokens[i].lower in ("back", "down")
        and before is not None
        and (
            before.tag in VERBAL
            or before.lower in _OBJECTS
            or (before.tag not in ("TO", "MD") and after in ("TO", "IN", "."))
        )
    ):
        return "RB"
    if before is None:
        return "NN" if word.noun or word.adjective else "VB"
    if tokens[i].lower == "task" and before.tag == "TO" and after in ("IN", ".", ","):
        return "NN"
    if bare(before, tokens, i):
        if before.tag == "TO" and word.noun:
            if word.lemma not in _RAISING_NOUNS and after in ("VBD", "MD"):
                return "NN"
            if word.lemma in _WHERE_TO and after in ("IN", ".", ",", "CC", "TM", "TO"):
                return "NN"
            if i > 1 and tokens[i - 2].lemma in _TO_NOUN and after not in ("DT", "PRP$", "NNP"):
                return "NN"
        return "VB"
    helped = before.tag in NOUNS and after in ("DT", "PRP$", "NNP", "CD", "NNS")
    if helped and any(t.lemma == "help" and t.tag in VERBAL for t in tokens[max(0, i - 4) : i - 1]):
        return "VB"
    if before.tag in NOUNS and any(t.lemma == "let" and t.tag in VERBAL for t in tokens[max(0, i - 6) : i - 1]):
        return "VB"
    if before.tag in NOUNS and mandative(tokens, i):
        return "VBP"
    joined = i > 2 and before.tag == "NNP" and tokens[i - 2].tag == "CC" and tokens[i - 3].tag == "NNP"
    if joined and after in ("TO", "DT", "PRP$") and not finite_before(tokens, i):
        return "VBP"
    if word.adjective and before.tag not in ("PRP", "NNS", "WP"):
        return "JJ"
    if before.tag == "IN" and not word.noun and after in NOUNS:
        return "JJ"
    if before.tag in _BEFORE_NOUN or before.tag in ("IN", "VBG", "VBD", "VB", "VBN", "VBZ", '"'):
        return "NN" if word.noun or before.tag in _BEFORE_NOUN else "VB"
    if before.tag in ("PRP", "WP"):
        return "NN" if before.lower in _OBJECTS and word.noun else "VBP"
    if before.tag == "CC" and after in ("TO", "DT", "PRP", "PRP$") and any(t.tag == "VBP" for t in tokens[:i]):
        return "VBP"
    if before.tag in ("NNS", "NNP", "CC", ",", ")"):
        objects = after in ("DT", "NNP", "PRP", "PRP$", "TO", "CD") or (not word.noun and after != "VBD")
        return (
            "VBP"
            if objects and (before.tag != "NNP" or not word.noun) and not (word.noun and finite_before(tokens, i))
            else "NN"
        )
    return "NN" if word.noun or before.tag in NOUNS else "VB"
