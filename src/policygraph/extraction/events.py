"""From coded acts to event records: participants, place, date, speaker, name, confidence, the gate."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from policygraph.extraction import coreference, dating, meetings
from policygraph.extraction.allegiance import home_of
from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Parsed, parse
from policygraph.extraction.coder import Act, SentenceCoder
from policygraph.extraction.contexts import spoken_of
from policygraph.extraction.discourse import Discourse, called
from policygraph.extraction.frames import Dictionary, dictionary
from policygraph.extraction.framing import framed
from policygraph.extraction.inference import Inference, at
from policygraph.extraction.naming import event_name
from policygraph.extraction.neighbours import FINITE
from policygraph.extraction.participants import Resolver
from policygraph.extraction.quotations import indirect, quotations
from policygraph.extraction.recasting import recast
from policygraph.extraction.registry import Registry
from policygraph.extraction.sport import is_match
from policygraph.extraction.sureness import GATE, SPEECH, confidence, own_thing
from policygraph.extraction.tags import tag
from policygraph.extraction.tokens import Token, tokenise
from policygraph.plover import plover_code
from policygraph.records import Attribution, Event, Participant, PlaceRef, Span
from policygraph.vocabulary import MODES, EntityType, EventType, Modality

EXTRACTOR = "rules"
__all__ = ["GATE", "Coded", "EventCoder", "code_document", "digest"]
#: Tokens coded at once; longer sentences are cut so that the time stays linear.
WINDOW = 250
_PLACE_PREPS = ("in", "at", "near", "outside", "on", "across", "throughout", "inside", "around", "off")


@dataclass(slots=True)
class Coded:
    """An event with what a data set row needs beside the record.

    `kinds` are the classes of bodies (IGO, NGO) by where they stand; `home` is the country
    on which a domestic act without a named recipient must have fallen.
    """

    event: Event
    tier: int
    kinds: dict[int, str] = field(default_factory=dict)
    home: str | None = None

    def kind(self, p: Participant) -> str | None:
        """IGO or NGO for a participant that belongs to no country."""
        return self.kinds.get(p.span.start) if p.span else None


class EventCoder:
    """Codes the sentences of one document in order, so that later ones can refer back."""

    def __init__(
        self,
        registry: Registry,
        text: str,
        published: dt.date | None = None,
        book: Dictionary | None = None,
        *,
        guess: bool = False,
    ) -> None:
        self.guess = guess
        self.registry, self.text, self.published = registry, text, published
        self.book = book or dictionary()
        self.quotations = quotations(registry)
        self.count = 0
        #: The subject of the last sentence, for the pronouns of the next.
        self.previous: list[Participant] = []
        self.previous_end = 0
        #: Who the lead of a list speaks of ("The ministers decided:"), for its items ("to open a school").
        self.lead: list[Participant] = []
        self.told = Discourse(registry)

    @cached_property
    def home(self) -> str | None:
        """The country that the document is about, where one stands out."""
        return home_of(self.registry)

    @cached_property
    def public(self) -> bool:
        """Whether the document speaks of at least two countries."""
        return len({f.iso3 for f in self.registry.mentions if f.iso3}) > 1

    def sentence(self, start: int, end: int) -> list[Coded]:
        """The events of the sentence `text[start:end]`, the main one first."""
        out: list[Coded] = []
        tokens = tokenise(self.text, start, end)
        for first in range(0, len(tokens), WINDOW):
            out += self._window(tag(tokens[first : first + WINDOW], self.text))
        return out

    def _window(self, tokens: list[Token]) -> list[Coded]:
        if not tokens or is_match(tokens):
            return []
        parsed = parse(tokens)
        resolver = Resolver(self.book, parsed, self.registry, self.text, self.quotations.at)
        resolver.previous = self._subject_before(tokens[0].start)
        acts = SentenceCoder(
            self.book,
            parsed,
            resolver.is_actor,
            resolver.names,
            resolver.sector_of,
            guess=self.guess,
            verbless=tokens[-1].text == ".",
        ).code()
        out = []
        topics = spoken_of(tokens, self.book.contexts) if acts else {}
        for act in acts:
            coded = _Writer(self, parsed, resolver, act, topics).write()
            if coded is not None:
                out.append(coded)
        self.told.note(c.event for c in out if c.event.confidence >= GATE)
        main = next((c for c in parsed.clauses if c.link == "root" and c.subject), None)
        self.previous = [w.participant for np in main.subject for w in resolver.resolve(np)] if main else []
        if main and not self.previous:
            words = Span.of(self.text, *parsed.text(main.subject[-1]))
            self.previous = [Participant(words.quote, words, method=coreference.THING)]
        self.previous_end = tokens[-1].end
        self.lead = self.previous if tokens[-1].text == ":" else self.lead if tokens[0].lower == "to" else []
        return out

    def _subject_before(self, start: int) -> list[Participant]:
        """Who the sentence before was about; a new paragraph goes on with people only."""
        if "\n" not in self.text[self.previous_end : start]:
            return self.previous
        return [p for p in self.previous if p.entity and p.entity.startswith("person/")]

    def identify(self, act: Act) -> str:
        """The local name of the next event."""
        self.count += 1
        return f"event/{self.registry.document.id[:8]}-{self.count}"


class _Writer:
    def __init__(
        self, coder: EventCoder, parsed: Parsed, resolver: Resolver, act: Act, topics: Mapping[str, int]
    ) -> None:
        self.topics = topics
        self.c, self.parsed, self.resolver, self.act = coder, parsed, resolver, act
        self.kinds: dict[int, str] = {}

    def write(self) -> Coded | None:
        act = self.act
        act.public = self.c.public
        source = self._participants(act.source)
        if not source and act.clause is not None and act.clause.chunk == 0 and act.clause.link == "inf":
            source = [replace(p, method="lead of the list") for p in self.c.lead]
        target = self._participants([n for n in act.target if not any(n is s for s in act.source)])
        foreign = [p for p in target if not own_thing(p, source, visited=act.mode == "visit")]
        if not any(p.country or p.entity or self.kinds.get(at(p)) for p in foreign):
            target = self._spare_target(source, target)
        target = [p for p in target if not own_thing(p, source, visited=act.mode == "visit")]
        meeting = meetings.is_meeting(act)
        inference = Inference(self.c, act.event, None if meeting else self.place, self._sentence(), self.kinds)
        source, target = inference.fill(source, target)
        if meeting:
            act.mode, source, target = meetings.settle(act, self.parsed, self.c.registry, source, target)
        named = target
        source, target = self._from_before(source, target)
        target = recast(act, self.parsed, source, target)
        reciprocal = bool(not target and act.reciprocal and len(source) > 1)
        if not source and not target and not self._stands_alone():
            return None
        plover = plover_code(act.event, act.modality, act.negated)
        trigger = Span.of(
            self.c.text, self.parsed.tokens[act.trigger[0]].start, self.parsed.tokens[act.trigger[1] - 1].end
        )
        event = Event(
            id=self.c.identify(act),
            name=self._name([*source, *(target if target is named else named)], trigger),
            class_=self._class(),
            type=_own_type(act),
            plover=plover,
            mode=act.mode if act.mode in MODES.get(_own_type(act), ()) else None,
            contexts=self._contexts(),
            source=tuple(source),
            target=tuple(target),
            reciprocal=reciprocal,
            place=self.place,
            date=dating.date_of(act, self.parsed, self.c.text, self.c.published),
            modality=act.modality,
            modality_detail=act.detail,
            negated=act.negated,
            attribution=self._attribution(),
            trigger=trigger,
            evidence=(self._sentence(),),
            frame=act.path[-1] if act.path else None,
            confidence=0.5,
            extractor=EXTRACTOR,
            method=" > ".join(act.path),
        )
        if act.retold and self.c.told.told(event):
            return None
        event = framed(replace(event, confidence=confidence(event, act)), self.c.text)
        tier = act.tier if event.source or event.target else max(act.tier, 1)
        return Coded(event, tier, self.kinds, inference.falls_on(event))

    def _participants(self, nps: Sequence[NounPhrase]) -> list[Participant]:
        out: dict[tuple[str, str | None], Participant] = {}
        for np in nps:
            for who in self.resolver.resolve(np):
                p = who.participant
                if who.kind and p.span:
                    self.kinds[p.span.start] = who.kind
                out.setdefault((p.text, p.country), p)
        return list(out.values())

    def _stands_alone(self) -> bool:
        """Whether a main clause tells an act by its name, whoever did it: "talks begin", "the border was reopened"."""
        act, clause = self.act, self.act.clause
        if clause is None or clause.verb.form != "finite" or act.tier or act.guessed or act.nominal:
            return False
        act.alone = act.alone or (clause.verb.passive and act.weight > 2)
        return act.alone and (act.event not in SPEECH or act.event is EventType.CONCEDE or act.path[0] == "op-cancel")

    def _from_before(
        self, source: list[Participant], target: list[Participant]
    ) -> tuple[list[Participant], list[Participant]]:
        """The sides with what only earlier sentences tell of them."""
        told = self.c.told
        source, target = [told.known(p) for p in source], [told.known(p) for p in target]
        if any(p.country or p.entity or self.kinds.get(at(p)) for p in target) or not source:
            return source, target
        back = self._goes_back()
        types, span = back or ((), None)
        found = told.whose(types, span, source) if span is not None else []
        found = found or ([] if self.act.reciprocal else told.other(self.act.event, source, self._sentence().start))
        return source, found or target

    def _goes_back(self) -> tuple[tuple[EventType, ...], Span] | None:
        """The phrase beside the verb that names a deed told before, with the types it may be of."""
        clause, tokens = self.act.clause, self.parsed.tokens
        if clause is None:
            return None
        for np in (n for g in (*clause.objects, *clause.preps.values()) for n in g):
            words = [t.text for t in tokens[np.first : np.last]]
            types = called(words, tokens[np.head].lemma)
            if types is not None:
                return types, Span.of(self.c.text, *self.parsed.text(np))
        return None

    def _spare_target(self, source: list[Participant], target: list[Participant]) -> list[Participant]:
        """A recipient from the phrases around when the grammatical one names nobody."""
        own = {p.country for p in source}
        spans = [p.span for p in source]
        for np in self.act.spare:
            found = [
                p
                for p in self._participants([np])
                if (p.country or p.entity or self.kinds.get(at(p))) and not any(p.span.overlaps(s) for s in spans)
            ]
            if found and (not own or any(p.country not in own or p.sector != source[0].sector for p in found)):
                return found
        return target

    def _sentence(self) -> Span:
        tokens = self.parsed.tokens
        return Span.of(self.c.text, tokens[0].start, tokens[-1].end)

    def _class(self) -> EntityType:
        act = self.act
        if _own_type(act) is EventType.CONSULT:
            return EntityType.VISIT if act.mode == "visit" else EntityType.MEETING
        return EntityType.SPEECH_ACT if act.event in SPEECH else EntityType.EVENT

    def _name(self, parties: Sequence[Participant], trigger: Span) -> str:
        clause = self.act.clause
        subject = clause.subject[0] if clause is not None and clause.subject else None
        words = Span.of(self.c.text, *self.parsed.text(subject)) if subject is not None else None
        between = self.parsed.tokens[subject.last : self.act.trigger[0]] if subject is not None else []
        apart = clause is not None and clause.link != "inf" and any(token.tag in FINITE for token in between)
        return event_name(self.c.text, self._sentence(), words, trigger, [p.span for p in parties], apart=apart)

    def _contexts(self) -> tuple[str, ...]:
        counts = dict(self.topics)
        for name in dict.fromkeys(self.act.contexts):
            counts[name] = counts.get(name, 0) + 2
        return tuple(sorted(counts, key=lambda c: (-counts[c], c))[:3])

    @cached_property
    def place(self) -> PlaceRef | None:
        clause = self.act.clause
        if clause is None:
            return None
        for prep in [prep for prep in _PLACE_PREPS if prep in clause.preps]:
            for np in clause.preps[prep]:
                start, end = self.parsed.text(np)
                for found in self.c.registry.within(start, end):
                    if found.place:
                        return PlaceRef(found.span.quote, found.span, self.c.registry.place(found), found.iso3)
        return self._place_in_front()

    def _place_in_front(self) -> PlaceRef | None:
        """The place that a sentence begins with: "In Khartoum, the ministry denied …"."""
        chunks = self.parsed.chunks
        if len(chunks) < 3 or chunks[0].word not in _PLACE_PREPS or chunks[1].np is None or chunks[2].kind != ",":
            return None
        for found in self.c.registry.within(*self.parsed.text(chunks[1].np)):
            if found.place:
                return PlaceRef(found.span.quote, found.span, self.c.registry.place(found), found.iso3)
        return None

    def _attribution(self) -> Attribution | None:
        act = self.act
        nps = act.speaker
        if not nps:
            spoken = self.parsed.tokens[act.trigger[0]].start
            said = indirect(self.c.registry, self.parsed.tokens[0].start, spoken, self.parsed.tokens[-1].end)
            return said or self._according() or self.c.quotations.at(spoken)
        return self._speaker(nps[0], act.speech.lemma if act.speech else None, bool(act.clause and act.clause.quoted))

    def _speaker(self, np: NounPhrase, verb: str | None, direct: bool) -> Attribution:
        who = self.resolver.resolve(np)
        start, end = self.parsed.text(np)
        if who:
            return Attribution(who[0].participant.entity, who[0].participant.span, verb, direct)
        return Attribution(None, Span.of(self.c.text, start, end), verb, direct)

    def _according(self) -> Attribution | None:
        for chunk, following in zip(self.parsed.chunks, self.parsed.chunks[1:], strict=False):
            if chunk.kind == "P" and chunk.word == "according to" and following.np is not None:
                return self._speaker(following.np, "according to", False)
        return None


def _own_type(act: Act) -> EventType:
    """The type of the act itself: a planned visit is a visit to come, whatever a plan counts as in a data set."""
    return act.base if act.modality is Modality.PLANNED and not act.negated else act.event


def code_document(registry: Registry, book: Dictionary | None = None, *, guess: bool = False) -> Iterator[Coded]:
    """The events of all sentences of a document, in order.

    The registry holds the document and its mentions (`mentions.find_mentions`). With `guess`, a sentence
    whose main clause no frame fits gets a best guess, of a confidence below the gate, instead of none.
    """
    document = registry.document
    coder = EventCoder(registry, document.text, document.info.published, book, guess=guess)
    for sentence in document.sentences:
        yield from coder.sentence(sentence.span.start, sentence.span.end)


def digest(text: str) -> str:
    """The hash that names a document."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
