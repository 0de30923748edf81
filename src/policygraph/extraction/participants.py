"""From the words of an actor or recipient to entity, country and sector, each with how it was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from policygraph.extraction import allegiance, coreference
from policygraph.extraction.agents import PEOPLES, beside_of, is_agent, sided
from policygraph.extraction.associations import associated, body_class, misspelt, named_inside
from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Parsed
from policygraph.extraction.frames import Dictionary
from policygraph.extraction.lexicon import noun_lemma
from policygraph.extraction.matching import TRANSPARENT
from policygraph.extraction.phrases import between, joint, stretch
from policygraph.extraction.registry import Found, Registry
from policygraph.records import Attribution, MentionKind, Participant, Span
from policygraph.vocabulary import EntityType

#: Prepositions after an actor that lead to its country, the nearest relation first.
_OF_COUNTRY = ("of", "in", "from", "for", "within", "at", "on", "near")
_PERSONAL = frozenset(("he", "she", "they", "him", "her", "them", "we", "i", "us", "it", "who", "themselves", "itself"))
_PARTIES = frozenset(("party", "side"))
#: Who is never of the same country as those they belong to.
_OTHERS = frozenset("neighbour neighbor rival ally enemy foe adversary opponent counterpart".split())
_IGO = EntityType.INTERNATIONAL_ORGANISATION


@dataclass(slots=True)
class Who:
    """One reading of a noun phrase as a participant; `kind` is IGO or NGO for bodies of no country."""

    np: NounPhrase
    participant: Participant
    kind: str = ""


class Resolver:
    """Reads noun phrases of one sentence as participants."""

    def __init__(
        self,
        book: Dictionary,
        parsed: Parsed,
        registry: Registry,
        text: str,
        spoken: Callable[[int], Attribution | None] = lambda offset: None,
    ) -> None:
        self.book, self.parsed, self.registry, self.text = book, parsed, registry, text
        #: Who speaks at an offset of the document.
        self.spoken = spoken
        self.previous: list[Participant] = []
        self._known: dict[int, list[Who]] = {}
        self._names: dict[int, frozenset[str]] = {}
        self._actor: dict[int, bool] = {}

    # --- can it act ---

    def is_actor(self, np: NounPhrase) -> bool:
        """Whether the phrase can stand for someone who acts: a country, body, person or group."""
        if np.first not in self._actor:
            self._actor[np.first] = self._acts(np)
        return self._actor[np.first]

    def _acts(self, np: NounPhrase) -> bool:
        token = self.parsed.tokens[np.head]
        if token.lower in _PERSONAL:
            return True
        if self.sector_of(np) or self._pair(np):
            return True
        start, end = token.start, token.end
        for found in self.registry.within(*stretch(self.parsed, np)):
            if (
                found.span.start <= start
                and found.span.end >= end
                and (
                    found.iso3
                    or found.actor
                    or found.entity.startswith(("person/", "organisation/", "group/", "government/"))
                )
            ):
                return True
        if token.tag == "NNP" or (token.tag in ("NN", "NNS") and is_agent(token.lemma)):
            return True
        core = self.core(np)
        return core is not np and self.is_actor(core)

    def names(self, np: NounPhrase) -> frozenset[str]:
        """The countries, bodies and entities that the phrase names, if only by a word before its head."""
        if np.first not in self._names:
            found = [w.participant.country or w.kind or w.participant.entity for w in self.resolve(np)]
            self._names[np.first] = frozenset([name for name in found if name])
        return self._names[np.first]

    def core(self, np: NounPhrase) -> NounPhrase:
        """Behind "a group of", "thousands of": those who are counted."""
        token = self.parsed.tokens[np.head]
        if token.lemma in TRANSPARENT or token.tag in ("CD", "DT"):
            for prep, group in np.pps:
                if prep == "of" and group and group[0].first > np.first:
                    return group[0]
        return np

    def sector_of(self, np: NounPhrase) -> str | None:
        """The sector that the head noun or a word before it names."""
        tokens, sectors, ends = self.parsed.tokens, self.book.sectors, self.book.sector_ends
        lemma, lower = tokens[np.head].lemma, tokens[np.head].lower
        for size in (3, 2) if lemma in ends or lower in ends else ():
            first = np.head - size + 1
            if first >= np.first:
                before = "".join([f"{t.lower} " for t in tokens[first : np.head]])
                if sector := sectors.get(before + lemma) or sectors.get(before + lower):
                    return self._modified(np, sector)
        sector = sectors.get(lemma) or sectors.get(lower)
        if not sector and tokens[np.head].tag == "NNP":
            common = next((t for t in reversed(tokens[np.first : np.head]) if t.tag in ("NN", "NNS")), None)
            sector = sectors.get(common.lemma) if common is not None else None
        return self._modified(np, sector) if sector else None

    def _modified(self, np: NounPhrase, sector: str) -> str:
        """ "opposition leader" and "rebel commander" take the sector of the word before."""
        if sector in ("GOV", "CVL", "UNK"):
            for token in reversed(self.parsed.tokens[np.first : np.head]):
                other = self.book.sectors.get(token.lemma) or self.book.sectors.get(token.lower)
                if other and other not in ("GOV", "CVL", "UNK"):
                    return other
        return sector

    # --- who is it ---

    def resolve(self, np: NounPhrase) -> list[Who]:
        """All participants that the phrase names; empty for things."""
        known = self._known.get(np.first)
        if known is None:
            known = self._known[np.first] = self._resolve(np)
        return known

    def _span(self, np: NounPhrase) -> Span:
        """The words of a phrase, without a dash or quotation mark in front."""
        start, end = self.parsed.text(np)
        return Span.of(self.text, end - len(self.text[start:end].lstrip("-–—“\"' ")), end)

    def _inside(self, np: NounPhrase) -> list[Found]:
        start, end = self.parsed.text(np)
        return [f for f in self.registry.within(*stretch(self.parsed, np)) if f.span.start < end] or list(
            self._covering(start, end)
        )

    def _covering(self, start: int, end: int) -> list[Found]:
        """A longer mention that the phrase is part of ("King Hassan" of Morocco)."""
        return [
            f for f in self.registry.within(max(0, start - 60), end + 60) if f.span.start <= start and f.span.end >= end
        ]

    def _resolve(self, np: NounPhrase) -> list[Who]:
        word = self.parsed.tokens[np.first].lower
        if np.last - np.first == 1 and coreference.is_pronoun(word):
            return self._refer(np, word)
        if pair := self._pair(np):
            return pair
        found = self._plain(np)
        if not any(w.participant.country for w in found):
            found = self._owned(np) or found
        return found

    def _refer(self, np: NounPhrase, word: str) -> list[Who]:
        """A pronoun: an earlier subject of the sentence that fits, else the nearest earlier mention."""
        span = self._span(np)
        for clause in reversed(self.parsed.clauses):
            for subject in clause.subject:
                if coreference.takes(clause, np) and word not in coreference.REFLEXIVE:
                    continue  # "they criticised them" speaks of two
                if subject.last <= np.first and subject.last - subject.first > 0 and subject is not np:
                    if coreference.is_pronoun(self.parsed.tokens[subject.first].lower):
                        continue
                    fit = [w for w in self.resolve(subject) if coreference.fits(word, w.participant)]
                    if fit:
                        again = [
                            coreference.stand_in(self.registry, w.participant, span, "pronoun: subject") for w in fit
                        ]
                        return [Who(np, one, w.kind) for one, w in zip(again, fit, strict=True)]
        if before := coreference.subject_before(word, self.previous, self.spoken(span.start)):
            method = "pronoun: subject of the sentence before"
            return [Who(np, coreference.stand_in(self.registry, p, span, method)) for p in before]
        found = (
            coreference.ours(self.registry, self.spoken(span.start), word, span) if word in coreference.OURS else None
        )
        found = found or coreference.antecedent(self.registry, word, span.start)
        if found is None:
            return [Who(np, Participant(span.quote, span, None, None, None, False, "pronoun, not resolved"))]
        method = "pronoun: nearest mention" if word not in coreference.OURS else f"pronoun: {found.method}"
        return [Who(np, self._again(found, span, method))]

    def _again(self, found: Found, span: Span, method: str) -> Participant:
        entity = self.registry.actor(found) or found.entity
        return coreference.stand_in(
            self.registry,
            self._with_likely(
                Participant(span.quote, span, entity, found.iso3 or self.registry.country_of(entity), found.sector)
            ),
            span,
            method,
        )

    def _with_likely(self, participant: Participant) -> Participant:
        """The country that somebody in office most likely serves, marked as inferred."""
        likely = self.registry.likely.get(participant.entity or "")
        return participant if participant.country or not likely else replace(participant, country=likely, inferred=True)

    def _pair(self, np: NounPhrase) -> list[Who]:
        tokens = self.parsed.tokens
        head = tokens[np.head].lemma
        if tokens[np.head].tag == "NNP":
            head = noun_lemma(tokens[np.head].lower)  # a capital makes no name of "the Ministers"
        if head not in coreference.SIDES:
            return []
        if head in _PARTIES and (sides := between(np)):
            return [replace(w, np=np) for side in sides for w in self.resolve(side)]
        words, span = tuple(t.lower for t in tokens[np.first : np.last]), self._span(np)
        pair = coreference.both(self.registry, head, words, span.start)
        return [Who(np, self._again(f, span, "dual description")) for f in pair]

    def _owned(self, np: NounPhrase) -> list[Who]:
        """ "its citizens", "their forces": the country of the owner."""
        first = self.parsed.tokens[np.first]
        if first.tag != "PRP$" or not coreference.is_pronoun(first.lower):
            return []
        owner = self._refer(NounPhrase(np.first, np.first + 1, np.first), first.lower)
        country = next((w.participant.country for w in owner if w.participant.country), None)
        if country is None:
            return []
        if self.parsed.tokens[np.head].lemma in _OTHERS:
            return self._other_than(np, country)
        span, sector = self._span(np), self.sector_of(np) if self.is_actor(np) else None
        return [Who(np, Participant(span.quote, span, None, country, sector, False, "owner"))]

    def _other_than(self, np: NounPhrase, country: str) -> list[Who]:
        """ "Its southern neighbour": of the two countries that the text is about, the other one."""
        span = self._span(np)
        pair = coreference.two_countries(self.registry, span.start)
        others = [f.iso3 for f in pair if f.iso3 != country]
        if len(pair) != 2 or len(others) != 1:
            return []
        return [Who(np, Participant(span.quote, span, None, others[0], None, True, "the other of two"))]

    def _plain(self, np: NounPhrase) -> list[Who]:
        core = self.core(np)
        found = self._inside(core) or (self._inside(np) if core is not np else [])
        head = self.parsed.tokens[core.head]
        main = next((f for f in reversed(found) if f.span.start <= head.start < f.span.end), None)
        if main is not None and main.entity.startswith("group/") and main.span.end > stretch(self.parsed, core)[1]:
            main = None
        sector = self.sector_of(core) or (main.sector if main else None)
        marks = self._countries(core, found, main)
        kind = "" if marks else self._kind(core, found)
        if marks and any(t.text in PEOPLES for t in self.parsed.tokens[core.first : core.last]):
            first = next((f for f in found if f.iso3 and f.span.quote not in PEOPLES), None)
            if first is not None:
                marks = [(first.iso3, "country of a people", first)]
            else:
                marks = self._behind(core) or self._described(core) or marks
        regional = self._speaks_of_region(core)
        if not marks and not kind and not regional:
            marks = self._behind(core) or ([] if core is np else self._behind(np))
            kind = "" if marks else self._kind_behind(core)
        if not marks and not kind:
            marks = self._described(core)
        if not marks and not kind and not regional and (beside := beside_of(self.parsed, core)) is not None:
            inside = self._inside(beside)
            marks = self._countries(beside, inside, None)
            kind = "" if marks else self._kind(beside, inside)
            marks = marks or ([] if kind else self._behind(beside))
            kind = kind or ("" if marks else self._kind_behind(beside))
            sector = sector or self.sector_of(beside)
        if kind and sector == "LAB":
            sector = None
        if not marks and main is not None and (likely := self.registry.likely.get(main.entity)):
            marks = [(likely, allegiance.METHOD, None)]
        if not marks and not kind and main is None and not self.is_actor(core):
            return []
        return [
            self._who(np, core, main, sector, iso3, method, mark, kind)
            for iso3, method, mark in marks or [(None, "words", None)]
        ]

    def _kind(self, np: NounPhrase, found: list[Found]) -> str:
        """IGO or NGO if the phrase names such a body: "U.N. inspectors", "Red Cross convoys"."""
        kind = body_class([t.text for t in self.parsed.tokens[np.first : np.last]])
        if kind:
            return kind
        return "IGO" if any(self.registry.get(f.entity).type is _IGO for f in found) else ""

    def _kind_behind(self, np: NounPhrase) -> str:
        """The same of the body that the phrase belongs to: "members of the African Union"."""
        for word, group in np.pps:
            if word in ("of", "from"):
                for inner in group:
                    if kind := self._kind(inner, self._inside(inner)):
                        return kind
        return ""

    def _who(
        self,
        np: NounPhrase,
        core: NounPhrase,
        main: Found | None,
        sector: str | None,
        iso3: str | None,
        method: str,
        mark: Found | None,
        kind: str,
    ) -> Who:
        start, end = self.parsed.text(np if core is np else core)
        span, entity = self._span(np if core is np else core), None
        inside = (
            mark is not None and start <= mark.span.start and self.parsed.tokens[core.head].end <= mark.span.end <= end
        )
        named = main or (mark if inside else None)
        if named is not None:
            entity = self.registry.actor(named) or (
                None if named.entity.startswith(("country/", "place/", "region/")) else named.entity
            )
        if main is not None and len(self._inside(core)) == 1:
            span = main.span if main.span.end >= end else span
        guessed = method == allegiance.METHOD or (method == "associated name" and "person/" in (entity or ""))
        return Who(np, Participant(span.quote, span, entity, iso3, sector, guessed, method), kind)

    def _countries(
        self, np: NounPhrase, found: list[Found], main: Found | None
    ) -> list[tuple[str | None, str, Found | None]]:
        tokens = self.parsed.tokens
        if main is not None and main.iso3 and not joint(self.parsed, np):
            before = [f for f in found if f.span.end <= main.span.start and f.iso3 and f.iso3 != main.iso3]
            if main.kind is MentionKind.DEMONYM or main.entity.startswith("country/"):
                if any(t.lower == "ethnic" for t in tokens[np.first : np.last]):
                    return self._behind(np) or self._described(np)
                if before and main.iso3 != "CYP" and main.span.quote[:1].isupper() and main.span.quote.endswith("s"):
                    return [(before[-1].iso3, "country of a people", before[-1])]
            return [(main.iso3, main.method, main)]
        marks: dict[str, tuple[str | None, str, Found | None]] = {}
        for item in found:
            if item.iso3 and not sided(self.text, item.span):
                marks.setdefault(item.iso3, (item.iso3, item.method, item))
        if body_class([t.text for t in tokens[np.first : np.last]]) or self._speaks_of_region(np):
            return list(marks.values())
        for token in tokens[np.first : np.last]:
            iso3 = associated(token.text) or (misspelt(self.registry, token.text) if token.tag == "NNP" else None)
            if iso3 and iso3 not in marks and not (main is not None and main.iso3):
                marks[iso3] = (iso3, "associated name", None)
        out = list(marks.values()) or self._inner_names(np)
        if len(out) > 1 and not joint(self.parsed, np):
            return out[:1]
        return out

    def _speaks_of_region(self, np: NounPhrase) -> bool:
        return self.registry.gazetteer.speaks_of_region([t.text for t in self.parsed.tokens[np.first : np.last]])

    def _inner_names(self, np: NounPhrase) -> list[tuple[str | None, str, Found | None]]:
        iso3 = named_inside(self.registry, [t.text for t in self.parsed.tokens[np.first : np.last]])
        return [(iso3, "name inside a name", None)] if iso3 else []

    def _behind(self, np: NounPhrase, depth: int = 0) -> list[tuple[str | None, str, Found | None]]:
        for prep in _OF_COUNTRY:
            for word, group in np.pps:
                if word != prep:
                    continue
                marks: dict[str | None, tuple[str | None, str, Found | None]] = {}
                for inner in group[:4]:
                    inside = self._inside(inner)
                    more = self._countries(inner, inside, next(iter(reversed(inside)), None))
                    if not more and depth < 2:
                        more = self._behind(inner, depth + 1)
                    for iso3, method, found in more:
                        marks.setdefault(iso3, (iso3, f"{prep} + {method}", found))
                if marks:
                    return list(marks.values()) if prep in ("of", "from", "in", "for") else [next(iter(marks.values()))]
        return []

    def _described(self, np: NounPhrase) -> list[tuple[str | None, str, Found | None]]:
        """The country in the words that describe a phrase: "a paper based in Oslo", "people fleeing Chad"."""
        for clause in self.parsed.clauses:
            if clause.link != "reduced" or not any(n is np for n in clause.subject):
                continue
            groups = [
                *(clause.preps[p] for p in ("in", "of", "from", "at", "near") if p in clause.preps),
                *clause.objects,
            ]
            for inner in (n for g in groups for n in g):
                inside = self._inside(inner)
                marks = self._countries(inner, inside, next(iter(reversed(inside)), None)) or self._behind(inner)
                if marks:
                    return [(iso3, f"description + {method}", found) for iso3, method, found in marks[:1]]
        return []
