"""Where a meeting takes place makes its mode: at the other's, with a third party, within a body of states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause, Parsed
from policygraph.extraction.coder import Act
from policygraph.extraction.registry import Found, Registry
from policygraph.records import Participant, Span
from policygraph.vocabulary import EntityType, EventType

_PLACE_PREPS = ("in", "at", "near", "outside", "inside")
_MOTION = frozenset("return go fly travel come arrive head gather assemble converge".split())
#: Who comes alone for a body of states, where otherwise the body itself or its members are at a session.
_SENT = frozenset(
    "envoy mediator inspector investigator observer monitor official delegation mission team secretary-general chief "
    "commissioner representative negotiator expert director coordinator spokesman emissary head president chairman "
    "secretary general rapporteur delegate diplomat".split()
)
_WIRES = frozenset("phone telephone hotline video videoconference teleconference video-link".split())
_GATHERINGS = frozenset("assembly gathering conference forum summit".split())
#: Sectors within a country: who meets a government is mostly of the same one.
_INNER = frozenset("OPP REB LAB CVL EDU PTY REL MIL LEG".split())
_FRAMES = ("consult-meet", "consult-meet-ahead")


def is_meeting(act: Act) -> bool:
    """Whether an act is a meeting whose mode depends on where it takes place."""
    return act.base is EventType.CONSULT and act.mode is None and act.frame.id in _FRAMES


def settle(
    act: Act, parsed: Parsed, registry: Registry, source: Sequence[Participant], target: Sequence[Participant]
) -> tuple[str | None, list[Participant], list[Participant]]:
    """The mode of a meeting and its two sides, without the place where the parties come together."""
    if act.clause is not None and _by_phone(act.clause, parsed):
        return "phone", list(source), list(target)
    places = _venues(act.clause, parsed, registry) if act.clause else []
    spans, hosts = [found.span for found in places], {found.iso3 for found in places}
    if act.clause is not None and _among_states(act, act.clause, parsed, registry):
        return (
            "multilateral",
            list(source),
            [p for p in target if (p.entity or p.sector) and not _within(p.span, spans)],
        )
    if not hosts:
        return None, list(source), list(target)
    named = {p.country for p in source if p.country and not _by_place(p, hosts)}
    home = next(iter(named)) if len(named) == 1 else None
    if not hosts & named:
        source = [_freed(p, home) if _by_place(p, hosts) else p for p in source]
        target = [_freed(p, home) if _by_place(p, hosts) else p for p in target]
    met = {parsed.text(np)[0] for np in act.target}
    others = [p for p in target if not (_within(p.span, spans) or _names_nobody(p))]
    others = [p for p in others if not p.inferred or p.span.start in met]
    mode = _mode(source, others, hosts)
    if mode == "visit" and not others:
        others = [_host(found) for found in places[:1]]
    return mode, list(source), others


def _mode(source: Sequence[Participant], others: Sequence[Participant], hosts: set[str | None]) -> str | None:
    ours = {p.country for p in source if p.country}
    parties = ours | {p.country for p in others if p.country}
    if others or len(source) > 1:
        if not hosts & parties:
            return "third-party" if parties else None
        return "visit" if len(parties) > 1 else None
    return "visit" if source and not hosts & ours else None


def _by_phone(clause: Clause, parsed: Parsed) -> bool:
    means = [np for prep in ("by", "on", "over", "via", "through") for np in clause.preps.get(prep, ())]
    return any(parsed.tokens[np.head].lemma in _WIRES or _WIRES & _said(np, parsed) for np in means)


def _said(np: NounPhrase, parsed: Parsed) -> set[str]:
    return {t.lemma for t in parsed.tokens[np.first : np.last]}


def _venues(clause: Clause, parsed: Parsed, registry: Registry) -> list[Found]:
    """The places that the words around a meeting name as where it takes place."""
    return [f for span in _spans(clause, parsed) for f in registry.within(*span) if f.iso3 and f.place]


def _spans(clause: Clause, parsed: Parsed) -> Iterator[tuple[int, int]]:
    preps = (*_PLACE_PREPS, "to") if clause.verb.lemma in _MOTION else _PLACE_PREPS
    for prep in preps:
        yield from (parsed.text(np) for np in clause.preps.get(prep, ()))


def _host(found: Found) -> Participant:
    return Participant(found.span.quote, found.span, None, found.iso3, None, False, "place of the meeting")


def _by_place(p: Participant, hosts: set[str | None]) -> bool:
    """Whether only the place tells the country of a phrase: "rebel leaders in Caracas" may be of any."""
    return p.country in hosts and (p.inferred or not {*p.method.split(" + ")}.isdisjoint(_PLACE_PREPS))


def _freed(p: Participant, home: str | None) -> Participant:
    guessed = home if p.sector in _INNER else None
    return replace(p, country=guessed, inferred=guessed is not None)


def _names_nobody(p: Participant) -> bool:
    return p.sector is None and p.entity is None and p.country is None


def _within(span: Span | None, places: Sequence[Span]) -> bool:
    return span is not None and any(span.overlaps(place) for place in places)


def _among_states(act: Act, clause: Clause, parsed: Parsed, registry: Registry) -> bool:
    """Whether a body of states meets, or others do "during the General Assembly", "at the African Union summit"."""
    if act.source and all(_is_body(np, parsed, registry) for np in act.source):
        sent = {parsed.tokens[i].lemma for np in act.source for i in range(np.first, np.last)}
        return not (sent | {parsed.tokens[np.head].lemma for np in act.source}) & _SENT
    around = [np for prep in ("during", "at", "within", "on") for np in clause.preps.get(prep, ())]
    around += [n for np in around if parsed.tokens[np.head].lemma == "sideline" for _, group in np.pps for n in group]
    return any(parsed.tokens[np.head].lemma in _GATHERINGS and _is_body(np, parsed, registry) for np in around)


def _is_body(np: NounPhrase, parsed: Parsed, registry: Registry) -> bool:
    """Whether a phrase, or what its "of" names, is a body of states."""
    inner = [np, *(n for prep, group in np.pps if prep == "of" for n in group)]
    found = [f for n in inner for f in registry.within(*parsed.text(n))]
    return any(registry.get(f.entity).type is EntityType.INTERNATIONAL_ORGANISATION for f in found)
