"""Modes from the words around an act where a frame leaves them open: what is asked for, threatened, used, moved."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.extraction.composition import mode_of
from policygraph.extraction.frames import Dictionary, Frame
from policygraph.vocabulary import EventType

#: Verbs that tell how a tie is cut.
_CUT = {
    **dict.fromkeys(("withdraw", "recall", "evacuate", "close", "shut"), "withdraw"),
    **dict.fromkeys(("expel", "oust", "banish", "eject", "deport", "evict", "displace", "cleanse"), "expel"),
}
#: Means that say more than the verb with which they stand: rockets that are fired, gas that is dropped.
_TELLING = frozenset(("suicide-attack", "unconventional", "crowd-control", "drone"))
_FROM_AFAR = frozenset(("aerial", "heavy-weapons"))


def by_words(book: Dictionary, listed: str, keys: Iterable[str]) -> str | None:
    """The mode that the words of a phrase give, by one of the lists of `classes.yaml`; longer words first.

    >>> from policygraph.extraction.frames import dictionary
    >>> by_words(dictionary(), "means", ("car bomb", "bomb")), by_words(dictionary(), "threatened", ("embargo",))
    ('explosives', 'relations')
    """
    for key in keys:
        for mode, words in book.modes[listed]:
            if key in words:
                return mode
    return None


def asked(book: Dictionary, event: EventType, keys: Iterable[str], noun: Frame | None) -> str | None:
    """The mode of a request or a refusal from the noun that says what it is about.

    >>> from policygraph.extraction.frames import dictionary
    >>> asked(dictionary(), EventType.REQUEST, ("prisoner release", "release"), None)
    'yield'
    """
    mode = by_words(book, "asked", keys)
    if mode is None and noun is not None and noun.event not in (event, EventType.REQUEST, EventType.AGREE):
        mode = mode_of(event, noun.event, noun.mode)
    return mode


def used(book: Dictionary, mode: str | None, keys: Iterable[str]) -> str | None:
    """The mode of an assault from its means, None where the frame knows better.

    >>> from policygraph.extraction.frames import dictionary
    >>> used(dictionary(), "firearms", ("tear gas", "gas")), used(dictionary(), "abduct", ("gun",))
    ('crowd-control', None)
    """
    means = by_words(book, "means", keys)
    if mode is None or (means in _TELLING and mode not in ("torture", "abduct", "sexual")):
        return means
    return means if means in _FROM_AFAR and mode == "firearms" else None


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
