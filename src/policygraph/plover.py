"""Kinds of PLOVER event types, and which type a past, future or denied act gets in a PLOVER data set."""

from __future__ import annotations

from policygraph.vocabulary import EventType, Modality

E = EventType
COOPERATION = frozenset((E.AGREE, E.CONSULT, E.SUPPORT, E.COOPERATE, E.AID))
YIELDING = frozenset((E.CONCEDE, E.RETREAT))
DEEDS = frozenset((E.PROTEST, E.SANCTION, E.MOBILIZE, E.COERCE, E.ASSAULT))
WORDS_AGAINST = frozenset((E.REQUEST, E.ACCUSE, E.REJECT, E.THREATEN))


def plover_code(base: EventType | None, modality: Modality, negated: bool) -> EventType | None:
    """What a PLOVER data set would code; None where nothing must be coded as happened.

    Cooperation to come is AGREE, a concession to come CONCEDE, conflict to come THREATEN.

    >>> plover_code(E.CONSULT, Modality.PLANNED, False).value
    'AGREE'
    >>> plover_code(E.ASSAULT, Modality.ASSERTED, True) is None
    True
    """
    if base is None:
        return None
    if negated or modality is Modality.DENIED:
        return E.REJECT if modality is Modality.PLANNED and (base in COOPERATION or base in YIELDING) else None
    if modality is Modality.ASSERTED or base in WORDS_AGAINST:
        return base
    if modality is Modality.RECOMMENDED:
        return None
    if base in COOPERATION:
        return E.AGREE if modality is Modality.PLANNED else None
    if base in YIELDING:
        return E.CONCEDE if modality is Modality.PLANNED else None
    return E.THREATEN


def quad_class(kind: EventType) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.

    >>> quad_class(E.AGREE), quad_class(E.RETREAT), quad_class(E.ACCUSE), quad_class(E.SANCTION)
    (1, 2, 3, 4)
    """
    if kind in (E.COOPERATE, E.AID, E.RETREAT):
        return 2
    return 3 if kind in WORDS_AGAINST else 4 if kind in DEEDS else 1
