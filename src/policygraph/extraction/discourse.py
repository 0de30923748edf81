"""What earlier sentences tell of a later one: whose proposal "the proposal" was, who "the men" are.

All that is taken from there is marked as inferred and never asserted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policygraph.extraction.registry import Found, Registry
from policygraph.records import Event, Participant, Span
from policygraph.vocabulary import EventType as E

#: What a deed may be called afterwards.
_CALLED: dict[str, tuple[E, ...]] = {
    **dict.fromkeys(
        "proposal offer idea initiative suggestion plan pledge promise undertaking".split(), (E.AGREE, E.REQUEST)
    ),
    **dict.fromkeys("invitation".split(), (E.REQUEST, E.AGREE, E.CONSULT)),
    **dict.fromkeys("demand request appeal call ultimatum condition plea".split(), (E.REQUEST,)),
    **dict.fromkeys("accusation charge allegation claim criticism complaint protest".split(), (E.ACCUSE,)),
    **dict.fromkeys("threat warning".split(), (E.THREATEN,)),
    **dict.fromkeys("refusal rejection".split(), (E.REJECT,)),
    **dict.fromkeys("apology gesture concession".split(), (E.CONCEDE, E.RETREAT)),
    **dict.fromkeys("release withdrawal ceasefire truce reopening pullout pull-out".split(), (E.RETREAT, E.CONCEDE)),
    **dict.fromkeys("gift donation help aid loan assistance shipment delivery rescue".split(), (E.AID, E.AGREE)),
    **dict.fromkeys("sanction embargo expulsion suspension sentence verdict ruling".split(), (E.SANCTION, E.COERCE)),
    **dict.fromkeys("seizure capture takeover occupation".split(), (E.COERCE, E.ASSAULT)),
    **dict.fromkeys("arrest detention raid closure ban blockade restriction crackdown".split(), (E.COERCE,)),
    **dict.fromkeys(
        "attack shooting bombing killing shelling strike air_strike assault raid beating massacre murder "
        "bombardment abduction kidnapping ambush".split(),
        (E.ASSAULT,),
    ),
    **dict.fromkeys("deployment manoeuvre exercise build-up mobilisation mobilization".split(), (E.MOBILIZE,)),
    **dict.fromkeys("march strike demonstration protest sit-in rally".split(), (E.PROTEST,)),
}
#: What any deed may be called.
_ANY = frozenset("move decision step action measure act announcement".split())
_POINTS = ("the", "this", "that", "these", "those", "such")
#: Types that go from one state to another, so that of two the other one is meant where nobody is named.
_BETWEEN = frozenset((E.SANCTION, E.THREATEN, E.ACCUSE, E.REQUEST, E.REJECT, E.AGREE, E.AID, E.RETREAT, E.CONCEDE))
_OF_STATE = frozenset(("GOV", "MIL"))
_PEOPLE = frozenset("men women people detainees prisoners captives hostages suspects crew accused victims".split())


def called(words: Sequence[str], lemma: str) -> tuple[E, ...] | None:
    """The types of a deed that a phrase goes back to, () for any type, None for a phrase that goes back to none.

    >>> called(["the", "offer"], "offer")[0].value, called(["an", "offer"], "offer"), called(["the", "move"], "move")
    ('AGREE', None, ())
    """
    if not words or words[0].lower() not in _POINTS or len(words) > 3:
        return None
    return () if lemma in _ANY else _CALLED.get(lemma)


@dataclass
class Discourse:
    """The deeds and the people told so far."""

    registry: Registry
    deeds: list[Event] = field(default_factory=list)
    people: list[tuple[str, Participant]] = field(default_factory=list)

    def note(self, events: Iterable[Event]) -> None:
        """Remember what a sentence told."""
        for event in events:
            if not event.negated:
                self.deeds.append(event)
            for p in (*event.source, *event.target):
                words = p.text.lower().split()
                plural = words[-1:] and words[-1].endswith(("s", "men", "people"))
                if plural and p.country and not p.inferred and (p.entity or "group/").startswith("group/"):
                    self.people.append((words[-1], p))

    def whose(self, types: tuple[E, ...], span: Span, source: Sequence[Participant]) -> list[Participant]:
        """Who did the deed that a phrase goes back to, if it was somebody else."""
        own = {p.country for p in source if p.country}
        for deed in reversed(self.deeds):
            doers = [p for p in deed.source if p.country]
            if (types and not {deed.type, deed.plover} & set(types)) or not doers or {p.country for p in doers} & own:
                continue
            return list(_taken(doers, span))
        return []

    def told(self, event: Event) -> bool:
        """Whether an event of that type with one of its countries was told before."""
        mine = {p.country for p in (*event.source, *event.target) if p.country}
        return any(
            deed.type is event.type and mine & {p.country for p in (*deed.source, *deed.target)} for deed in self.deeds
        )

    def known(self, p: Participant) -> Participant:
        """ "The men", "the engineers": the last people of that name, with the country they were given."""
        words = p.text.lower().split()
        if p.country or len(words) > 4 or not words or words[0] not in (*_POINTS, "all", "both"):
            return p
        for noun, one in reversed(self.people):
            if noun == words[-1] or words[-1] in _PEOPLE:
                return replace(p, country=one.country, inferred=True, method="people told of before")
        return p

    def other(self, event: E, source: Sequence[Participant], start: int) -> list[Participant]:
        """The other one of the two states that a text is about, where a state acts and nobody is named."""
        acting = {p.country for p in source if p.country}
        states = [
            p for p in source if p.sector in _OF_STATE or (p.entity or "").startswith(("government/", "country/"))
        ]
        if event not in _BETWEEN or len(acting) != 1 or len(states) != len(source):
            return []
        pair = _pair(list(self.registry.before(start)))
        others = [f for f in pair if f.iso3 not in acting]
        if len(pair) != 2 or len(others) != 1:
            return []
        (one,) = others
        return [Participant(one.span.quote, one.span, None, one.iso3, None, True, "other side of the text")]


def _pair(before: Sequence[Found]) -> list[Found]:
    """The two countries named clearly most often so far, the last mention of each."""
    marks = [f for f in before if f.iso3]
    counts = Counter(f.iso3 for f in marks).most_common(3)
    if len(counts) < 2 or counts[1][1] < 2 or (len(counts) > 2 and counts[1][1] < 2 * counts[2][1]):
        return []
    last = {f.iso3: f for f in reversed(marks)}
    return [last[iso3] for iso3, _ in counts[:2]]


def _taken(doers: Sequence[Participant], span: Span) -> Iterator[Participant]:
    for p in doers:
        yield Participant(span.quote, span, None, p.country, p.sector, True, "deed told before")
