"""Modes from the words of the object where a frame leaves them open: what is asked for, refused, moved."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.extraction.composition import mode_of
from policygraph.extraction.frames import Dictionary, Frame
from policygraph.vocabulary import EventType

#: Word classes of what is asked for or refused, with the mode they give, the more telling ones first.
_ASKED = (("meeting", "meet"), ("visit", "meet"), ("truce", "yield"), ("access", "yield"), ("reform", "change"),
          ("aid", "assist"), ("relation", "assist"), ("support", "assist"))  # fmt: skip
_YIELDED = frozenset(
    "release withdrawal pullout ceasefire truce end halt lifting easing return amnesty pardon restraint freedom "
    "access disarmament handover resignation pull-out cessation de-escalation freeing moratorium".split()
)
_ASSISTED = frozenset(
    "help aid assistance support cooperation extradition asylum recognition membership loan protection mediation "
    "intervention backing admission entry visa peacekeeper troops observer evidence information permission surrender "
    "rescue relief credit fund money investment arms weapon trade".split()
)
_CHANGED = frozenset("resignation removal ouster dismissal election independence autonomy reform change law".split())
#: Verbs that tell how a tie is cut.
_CUT = {
    **dict.fromkeys(("withdraw", "recall", "evacuate"), "withdraw"),
    **dict.fromkeys(("expel", "oust", "banish", "eject", "deport", "evict", "displace", "cleanse"), "expel"),
}


def asked(book: Dictionary, event: EventType, keys: Iterable[str], noun: Frame | None) -> str | None:
    """The mode of a request or a refusal from the noun that says what it is about.

    >>> from policygraph.extraction.frames import dictionary
    >>> asked(dictionary(), EventType.REQUEST, ("prisoner release", "release"), None)
    'yield'
    """
    for key in keys:
        if key in _CHANGED:
            return "change"
        if key in _YIELDED:
            return "yield"
        if key in _ASSISTED:
            return "assist"
        for name, mode in _ASKED:
            if key in book.classes[name]:
                return mode
    if noun is not None and noun.event is not event:
        return mode_of(event, noun.event, noun.mode)
    return None


def moved(book: Dictionary, keys: Iterable[str]) -> str | None:
    """The mode of MOBILIZE from what is moved: police, a militia, weapons; None for troops."""
    for key in keys:
        for name in ("police", "militia", "weapons"):
            if key in book.classes[name] and (name == "police" or key not in book.classes["troops"]):
                return name
    return None


def cut(lemma: str) -> str | None:
    """The mode of SANCTION from its verb.

    >>> cut("recall"), cut("suspend")
    ('withdraw', None)
    """
    return _CUT.get(lemma)
