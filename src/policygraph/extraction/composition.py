"""How operators combine with the act they govern.

"Refused to visit" is a rejection, "threatened to cut aid" a threat, "agreed to send troops" an
agreement: the governing verb decides the type, the governed act the mode.
"""

from __future__ import annotations

from collections.abc import Callable

from policygraph.plover import COOPERATION, DEEDS, WORDS_AGAINST, YIELDING
from policygraph.vocabulary import EventType

E = EventType


def compose(operator: str, inner: EventType | None) -> EventType | None:
    """The type that an operator makes of the act it governs (None: of an act not known).

    >>> compose("refuse", E.CONSULT).value, compose("threaten", E.COERCE).value, compose("stop", E.AID).value
    ('REJECT', 'THREATEN', 'SANCTION')
    """
    table = _TABLE.get(operator)
    if table is None:
        return inner
    return table(inner)


def _commit(inner: EventType | None) -> EventType | None:
    return E.THREATEN if inner in DEEDS or inner is E.THREATEN else E.AGREE if inner not in WORDS_AGAINST else inner


def _plan(inner: EventType | None) -> EventType | None:
    if inner is None:
        return E.AGREE
    if inner in YIELDING:
        return E.CONCEDE
    return E.AGREE if inner in COOPERATION else E.THREATEN if inner in DEEDS else inner


def _fail(inner: EventType | None) -> EventType | None:
    return E.REJECT if inner in COOPERATION or inner in YIELDING else None


def _stop(inner: EventType | None) -> EventType | None:
    if inner in COOPERATION:
        return E.SANCTION
    if inner in (E.ASSAULT, E.MOBILIZE, E.SANCTION):
        return E.RETREAT
    if inner is E.RETREAT:
        return E.REJECT
    return E.CONCEDE if inner is not None and inner not in YIELDING else None


def _ease(inner: EventType | None) -> EventType | None:
    return E.RETREAT if inner in (E.ASSAULT, E.MOBILIZE, E.SANCTION) else E.CONCEDE


def _welcome(inner: EventType | None) -> EventType | None:
    return E.SUPPORT


def _cancel(inner: EventType | None) -> EventType | None:
    if inner in (E.CONSULT, E.AGREE):
        return E.REJECT
    return _stop(inner)


_TABLE: dict[str, Callable[[EventType | None], EventType | None]] = {
    "commit": _commit,
    "accept": lambda inner: E.AGREE,
    "plan": _plan,
    "refuse": lambda inner: E.REJECT,
    "reject": lambda inner: E.REJECT,
    "fail": _fail,
    "demand": lambda inner: E.REQUEST,
    "want": lambda inner: E.REQUEST,
    "advise": lambda inner: E.REQUEST,
    "threaten": lambda inner: E.THREATEN,
    "stop": _stop,
    "ease": _ease,
    "allow": lambda inner: E.RETREAT if inner in COOPERATION or inner in YIELDING else E.CONCEDE,
    "cancel": _cancel,
    "prevent": lambda inner: E.COERCE,
    "welcome": _welcome,
    "condemn": lambda inner: E.ACCUSE,
    "propose": lambda inner: E.AGREE if inner is None or inner in COOPERATION or inner in YIELDING else inner,
}


def mode_of(event: EventType | None, inner: EventType | None, inner_mode: str | None) -> str | None:
    """The mode that the governed act gives to a request, a rejection or a threat.

    >>> mode_of(E.REJECT, E.CONSULT, None), mode_of(E.THREATEN, E.COERCE, "arrest")
    ('meet', 'arrest')
    """
    if event in (E.REQUEST, E.REJECT):
        if inner is E.CONSULT:
            return "meet"
        if inner in YIELDING:
            return "yield"
        if inner in COOPERATION:
            return "assist"
        if inner is E.MOBILIZE:
            return "assist"
        return "change" if inner is None else None
    if event is E.THREATEN:
        if inner in (E.ASSAULT, E.MOBILIZE):
            return "violence"
        if inner is E.COERCE:
            return {"arrest": "arrest", "deport": "expel"}.get(inner_mode or "", "restrict")
        if inner is E.SANCTION:
            return {"expel": "expel", "convict": "arrest"}.get(inner_mode or "", "relations")
        if inner is E.REJECT:
            return "relations"
        return "restrict" if inner is E.PROTEST else None
    if event is E.RETREAT:
        return "ceasefire" if inner is E.ASSAULT else None
    return "discontinue" if event is E.SANCTION else None
