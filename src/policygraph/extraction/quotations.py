"""Who speaks in which stretch of a document: quotations, split or over several sentences, and turns of interviews."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policygraph.extraction.regexes import regex
from policygraph.extraction.registry import Found, Registry
from policygraph.extraction.words import word_set
from policygraph.records import Attribution, Block, BlockKind, Span

_VERB = (
    r"(?P<verb>said|says|say|told|tells|added|adds|argued|argues|warned|warns|noted|notes|wrote|writes|declared|declares|"
    r"explained|explains|stressed|stresses|insisted|insists|stated|states|announced|announces|replied|replies|continued|"
    r"claimed|claims|asked|asks|tweeted|posted|remarked|observed|concluded|recalled|pledged|vowed|promised|complained|"
    r"demanded|urged|acknowledged|admitted|maintained|reiterated|commented|answered|responded|cautioned|predicted)"
)
_BESIDE = regex(rf"\b{_VERB}\b")
_LEADING = regex(rf"\b{_VERB}\b[^.!?“”\"]{{0,90}}$")
_ACCORDING = regex(r"\b[Aa]ccording to\s+(?P<who>[^,;“”\"]{2,80})")
_QUOTED_BY = regex(
    r"\b(?:quot(?:ed|ing)|cit(?:ed|ing))\s+(?P<who>[^,;:“”\"]{2,80}?)\s+as\s+(?:saying|telling)\b|"
    r"^(?P<passive>[^,;:“”\"]{2,80}?),?\s+(?:was|were|has been|is)\s+quoted\s+(?:by\s+[^,“”\"]{2,60}\s+)?as\s+saying\b"
)
_QUOTE = regex(r"“[^”]*(?:”|\Z)|(?<![\w.])\"[^\"]+\"(?!\w)|«[^»]*(?:»|\Z)")
#: "X said on Monday, however, that …": what follows is X's.
_THAT = regex(
    rf"\b(?:{_VERB}|(?P<other>report|reports|reported|confirms|confirmed|believe|believes|believed|deny|denies|denied|"
    r"suggests|suggested|fear|fears|feared|think|thinks|thought|signalled|signaled|hinted|reveals|revealed|alleges|alleged|hope|hopes|hoped))"
    r"[^.;!?“”\"]{0,45}?\sthat\s"
)
_INSERTED = regex(
    rf"(?<=,)\s+(?P<who>[^,;:.“”\"]{{2,60}}?)\s+{_VERB}(?=[,.]|\s+(?:on|in|at|late|early|after|during)\b)"
)
#: "…, and a ship is expected": a clause of its own behind what was said.
_NEXT_CLAUSE = regex(r"[,;] (?:and|but|while|whereas) (?!that\b)(?:the |an? |[A-Z])[^,;]{2,60}$")
_TRAILING = regex(r"\s+(?:later|also|then|once|again|now|today|yesterday|never|always|[a-z]+ly|has|have|had)$")
_LEAST_WORDS = 4
_TURN = regex(
    r"(?:\*\*|__)?(?P<who>Q|A|[A-Z][A-Z.’' -]{3,48}|(?:Mr|Ms|Mrs|Dr|Sir)\.? [A-Z][\w’-]+|"
    r"(?:The )?[A-Z][\w’-]+(?: (?:of |the |de |al-)?[A-Z][\w’.-]+){0,4})(?:\*\*|__)?:(?:\*\*|__)?\s+(?=[“\"A-Z])"
)
_ASKING = word_set("q question reporter journalist moderator host interviewer")
_ANSWERING = word_set("a answer")
_PERSONAL = word_set("he she they")
_INTERVIEW = regex(
    r"\b(?:interview\w*|spoke (?:to|with) us|talked to us|we (?:met|spoke)|Q\s?&\s?A|in conversation)\b", re.I
)
_LONGEST_QUESTION = 18
#: So many turns or questions make an interview.
_FEWEST_TURNS = 3
_STOPS = regex(
    r"[,;:.!?—–]|\s(?:in|during|after|on|at|to|as|when|while|before|through|via|late|early|last|ahead|adding|following)\s"
)
_LEFT_EDGE = regex(r"^.*(?:[,;:—–]|\b(?:but|and|as|while|when|although|because|that))\s+(?=\S)", re.DOTALL)
_ARTICLE = regex(r"^(?:the|a|an|one|another|two|three|several|some)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` that somebody speaks; `speaker` is None where nobody is named."""

    start: int
    end: int
    speaker: Attribution | None


class Quotations:
    """The stretches of a document that somebody else than its author speaks."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = sorted(stretches, key=lambda s: (s.start, -s.end))
        self._starts = [s.start for s in self.stretches]

    def at(self, offset: int) -> Attribution | None:
        """Who speaks at an offset; of a quotation within a turn, who is quoted."""
        for stretch in reversed(self.stretches[max(0, (at := bisect_right(self._starts, offset)) - 4) : at]):
            if stretch.end > offset and stretch.speaker:
                return stretch.speaker
        return None


def quotations(registry: Registry) -> Quotations:
    """Everybody's words in a document, with who says them.

    A quotation takes the speaker named beside it ("…," said X; X said: "…"); a further one of the
    same paragraph goes on with the last speaker, and so does a paragraph that is a quotation alone.
    """
    blocks = [b for b in registry.document.blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)]
    turns = []
    if len(blocks) >= _FEWEST_TURNS:
        turns = list(_turns(registry, blocks)) or list(_plain_turns(registry, blocks))
    found, last, open_ = [*turns, *_listed(registry, blocks)], None, False
    if not any(mark in registry.document.text for mark in '“"«'):
        return Quotations(found)
    for block in blocks:
        text = block.span.quote
        marks = [m for m in _QUOTE.finditer(text) if len(m.group().split()) >= _LEAST_WORDS]
        speaker = last if open_ or (marks and marks[0].start() < 2) else None
        for n, mark in enumerate(marks):
            before = text[marks[n - 1].end() if n else 0 : mark.start()]
            after = text[mark.end() : marks[n + 1].start() if n + 1 < len(marks) else len(text)]
            named = _speaker(registry, block, mark, before, after)
            speaker = named or speaker
            found.append(Stretch(block.span.start + mark.start(), block.span.start + mark.end(), speaker))
        last = speaker
        open_ = bool(marks) and marks[-1].end() == len(text)
    return Quotations(found)


def _speaker(registry: Registry, block: Block, mark: re.Match[str], before: str, after: str) -> Attribution | None:
    """The speaker that the words right behind a quotation or right before it name."""
    base = block.span.start
    ends = re.search(r"(?<=[a-z\d)])[.!?](?=\s|$)|\n", after)
    tail = after[: ends.end()] if ends else after
    said = _BESIDE.search(tail)
    if said and len(tail[: said.start()].split()) <= 10:
        left = tail[: said.start()].strip(" ,")
        start = base + mark.end()
        if left and not left.startswith(("and ", "but ")):
            at = tail.index(left)
            return _named(registry, start + at, start + at + len(left), said["verb"])
        stop = _STOPS.search(tail, said.end() + 1)
        end = stop.start() if stop else len(tail)
        if tail[said.end() : end].strip():
            first = said.end() + len(tail[said.end() :]) - len(tail[said.end() :].lstrip())
            return _named(registry, start + first, start + end, said["verb"])
    return _speaker_before(registry, base + mark.start() - len(before), before) or _according(
        registry, base + mark.end(), tail
    )


def _speaker_before(registry: Registry, base: int, before: str) -> Attribution | None:
    """X said: "…", according to X, "…", X was quoted as saying "…"."""
    sentence = re.search(r"(?:^|[.!?]\s+)([^.!?]*(?:\.[A-Za-z][^.!?]*)*)$", before)
    start = sentence.start(1) if sentence else 0
    clause = before[start:]
    cited = _QUOTED_BY.search(clause)
    if cited:
        group = "who" if cited["who"] else "passive"
        return _named(registry, base + start + cited.start(group), base + start + cited.end(group), "quoted")
    said = _LEADING.search(clause)
    if said is None:
        return _according(registry, base + start, clause)
    edge = _LEFT_EDGE.match(clause[: said.start()])
    left = edge.end() if edge and clause[edge.end() : said.start()].strip() else 0
    words_ = clause[left : said.start()].rstrip(" ,")
    return _named(registry, base + start + left, base + start + left + len(words_), said["verb"]) if words_ else None


def indirect(registry: Registry, start: int, end: int, stop: int | None = None) -> Attribution | None:
    """Who says what stands at `end` in the sentence from `start` to `stop`: "X said that …", "…, X said, …"."""
    text = registry.document.text[start:end]
    said = list(_THAT.finditer(text)) if "that" in text else []
    if not said:
        return _inserted(registry, start, stop or end)
    found = said[-1]
    if _NEXT_CLAUSE.search(text, found.end()):
        return None
    edge = _LEFT_EDGE.match(text[: found.start()])
    left = edge.end() if edge and text[edge.end() : found.start()].strip() else 0
    words_ = text[left : found.start()].rstrip(" ,")
    named = (
        _named(registry, start + left, start + left + len(words_), found["verb"] or found["other"]) if words_ else None
    )
    return replace(named, direct_quote=False) if named else None


def _inserted(registry: Registry, start: int, stop: int) -> Attribution | None:
    """A speaker set between commas: "His men, the colonel says, will …", "…, she said." """
    found = _INSERTED.search(registry.document.text, start, stop)
    if found is None:
        return None
    said = _named(registry, found.start("who"), found.end("who"), found["verb"])
    return replace(said, direct_quote=False) if said else None


def _according(registry: Registry, base: int, words_: str) -> Attribution | None:
    found = _ACCORDING.search(words_)
    return _named(registry, base + found.start("who"), base + found.end("who"), "according to") if found else None


def _named(registry: Registry, start: int, end: int, verb: str) -> Attribution | None:
    """The actor that a phrase means: a name in it, a person meant by a pronoun, else its words."""
    text = registry.document.text
    while (adverb := _TRAILING.search(text, start, end)) and adverb.end() == end:
        end = adverb.start()
    phrase = text[start:end]
    if phrase.lower() in _PERSONAL:
        person = _last_person(registry, start)
        local = registry.actor(person) if person else None
        return Attribution(local, Span.of(text, start, end), verb, True)
    inside = [f for f in registry.within(start, end + 1) if f.actor]
    people = [f for f in inside if f.entity.startswith("person/")]
    best = people[0] if people else next((f for f in reversed(inside) if f.span.end >= end - 1), None)
    if best is not None:
        return Attribution(registry.actor(best), best.span, verb, True)
    bare = _ARTICLE.match(phrase)
    start += bare.end() if bare else 0
    return Attribution(None, Span.of(text, start, end), verb, True) if text[start:end].strip() else None


def _last_person(registry: Registry, start: int) -> Found | None:
    return next((f for f in registry.before(start) if f.entity.startswith("person/")), None)


def _turns(registry: Registry, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """Turns of an interview or a briefing: from a label such as "Q:" or "MINISTER:" to the next one."""
    opened = [(b, m) for b in blocks if (m := _TURN.match(b.span.quote))]
    labels = [m["who"] for _, m in opened]
    if len(opened) < _FEWEST_TURNS or len(set(labels)) > max(4, len(opened) // 2):
        return
    for n, (block, mark) in enumerate(opened):
        last = opened[n + 1][0].span.start if n + 1 < len(opened) else block.span.end
        start = block.span.start
        label = Span.of(registry.document.text, start + mark.start("who"), start + mark.end("who"))
        yield Stretch(start + mark.end(), max(last, block.span.end), _of_label(registry, label, labels))


def _plain_turns(registry: Registry, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """Turns without labels: in an interview short questions and longer answers take turns."""
    opening = " ".join(b.span.quote for b in registry.document.blocks[:3])
    if not _INTERVIEW.search(opening):
        return
    said = [b for b in blocks if b.kind is BlockKind.PARAGRAPH]
    first = next((n for n, b in enumerate(said) if _is_question(b) and b.span.quote.endswith("?")), None)
    if first is None:
        return
    questions = {b.index for b in said[first:] if _is_question(b)}
    pairs = list(zip(said[first:], said[first + 1 :], strict=False))
    both = sum(one.index in questions and other.index in questions for one, other in pairs)
    if len(questions) < _FEWEST_TURNS or both > len(questions) // 3:
        return
    who = _interviewed(registry)
    for block in said[first:]:
        words_ = _first_words(registry, block)
        spoken = Attribution(None, words_, "asked", True) if block.index in questions else None
        answer = Attribution(who, words_, "said", True)
        yield Stretch(block.span.start, block.span.end, spoken or answer)


def _is_question(block: Block) -> bool:
    return len(block.span.quote.split()) <= _LONGEST_QUESTION


def _first_words(registry: Registry, block: Block) -> Span:
    """The opening of a turn, to show that it is one."""
    end = block.span.start + len(" ".join(block.span.quote.split(" ")[:3]))
    return Span.of(registry.document.text, block.span.start, end)


def _listed(registry: Registry, blocks: Sequence[Block]) -> Iterator[Stretch]:
    """Items of a list whose lead says who says so: "The losses, according to the priest:"."""
    for block in blocks:
        if block.kind is BlockKind.ITEM and block.lead is not None:
            lead = registry.document.blocks[block.lead].span
            cut = max(lead.quote.rfind(". "), lead.quote.rfind("\n")) + 1
            start, words_ = lead.start + cut, lead.quote[cut:].rstrip(": ")
            said = _according(registry, start, words_) or _speaker_before(registry, start, words_)
            if said:
                yield Stretch(block.span.start, block.span.end, said)


def _of_label(registry: Registry, label: Span, labels: Sequence[str]) -> Attribution:
    """Whom a label of a turn means; an answer is given by the one who is interviewed."""
    lower = label.quote.lower().strip(" .")
    if lower in _ASKING:
        return Attribution(None, label, "asked", True)
    if lower in _ANSWERING:
        return Attribution(_interviewed(registry), label, "said", True)
    inside = [f for f in registry.within(label.start, label.end + 1) if f.actor]
    if inside:
        return Attribution(registry.actor(inside[-1]), label, "said", True)
    last = lower.split()[-1]
    surnames = {name.lower(): local for name, local in registry.surnames.items()}
    if last in surnames:
        return Attribution(surnames[last], label, "said", True)
    held = next((r.person for r in registry.roles if last in r.title.lower().split()), None)
    asking = {x for x in labels if x.lower() in _ASKING}
    if held is None and asking and len(set(labels)) == 2:
        held = _host(registry) or _interviewed(registry)
    return Attribution(held, label, "said", True)


def _host(registry: Registry) -> str | None:
    """For whom a spokesman without a name speaks: the body or government in the title of the briefing."""
    for block in registry.document.blocks[:2]:
        if re.search(r"\b(?:spokes\w+|briefing|press conference)\b", block.span.quote, re.IGNORECASE):
            found = [f for f in registry.within(block.span.start, block.span.end) if f.actor]
            if found:
                return registry.actor(found[0])
    return None


def _interviewed(registry: Registry) -> str | None:
    """The person that an interview introduces first with a role, else the first person of all."""
    if registry.roles:
        return min(registry.roles, key=lambda r: r.span.start).person
    return next((f.entity for f in registry.mentions if f.entity.startswith("person/")), None)
