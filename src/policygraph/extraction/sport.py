"""Matches between countries, in which nobody is attacked: "Cameroon beat Morocco 2-1"."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.extraction.regexes import regex
from policygraph.extraction.tokens import Token

_SCORE = regex(r"\d{1,3}[-–]\d{1,3}(?:[-–]\d{1,3})?")
_VERBS = frozenset(
    "beat defeat thrash trounce crush edge down overcome outplay hammer rout stun upset draw hold win lose qualify "
    "play face score host eliminate knock punish bowl reach".split()
)
_WORDS = frozenset(
    "match final semifinal semi-final quarterfinal quarter-final qualifier qualifying friendly cup league tournament "
    "championship goal medal innings wicket football soccer rugby cricket hockey tennis basketball volleyball handball "
    "boxing athletics olympic olympics coach goalkeeper midfielder striker stadium penalty halftime playoff seed set "
    "batsman batsmen bowler bowlers innings marathon overtime penalties medallist semifinals runner sprinter wickets "
    "champion championships finals".split()
)
#: Words of votes, which have figures like scores, and of violence at a match.
_SERIOUS = frozenset(
    "vote voted votes ballot parliament council court bomb bombing attack police troops riot boycott killed hooligan "
    "hooligans protest sanction sanctions ban banned visa".split()
)


def is_match(tokens: Sequence[Token]) -> bool:
    """Whether a sentence tells how a match went or will go.

    >>> from policygraph.extraction.tokens import tokenise
    >>> from policygraph.extraction.tags import tag
    >>> def told(text): return is_match(tag(tokenise(text), text))
    >>> told("Ghana beat Togo 2-1 on Sunday."), told("Ghanaian police beat two Togolese traders.")
    (True, False)
    """
    words = {t.lower for t in tokens} | {t.lemma for t in tokens}
    if not words & _VERBS or words & _SERIOUS:
        return False
    score = any(_SCORE.fullmatch(t.text) for t in tokens)
    return score or len(words & _WORDS) > 1 or bool(words & _WORDS and words & {"beat", "defeat", "thrash", "draw"})
