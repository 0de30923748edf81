"""Statements of running text that are no events: goals, stances, influence, advice and the like."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygraph.extraction.draft import Draft, Stance
from policygraph.extraction.leads import INTRODUCES, addressee, lead_block
from policygraph.extraction.measures import read_measures
from policygraph.extraction.objects import Reach, Target, targets_of
from policygraph.extraction.passages import Group, Passage
from policygraph.extraction.registry import Found
from policygraph.extraction.speech import speaker_of
from policygraph.extraction.subjects import Subject, subjects_of, two_parties
from policygraph.extraction.triggers import Trigger, find_triggers
from policygraph.records import Attribution, BlockKind, Sentence
from policygraph.vocabulary import Modality, ModalityDetail

_READ = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION)
_BARE = ("VB", "VBP", "NN")
_ADVISED = Stance(Modality.RECOMMENDED)
_CONDITION = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Pp]rovided that)\b|^(?:Should|Were|Had)\s+(?:the|an?|[A-Z])")
#: What the reader of a list has already taken from its items.
_LEFT_TO_LISTS = ("hasOutcome", "hasObjective", "implements")
#: Characters of a sentence that are read at once.
_LONGEST = 2000
#: A statement is a claim only from this confidence on.
_LEAST = 0.5


def read_statements(draft: Draft) -> None:
    """Add the statements of all sentences to the draft.

    Sentences that introduce a table or list are left to it, and so are the
    items of lists whose kind is known.
    """
    leads = _lead_sentences(draft)
    earlier: Passage | None = None
    for sentence in draft.document.sentences:
        block = draft.document.blocks[sentence.block]
        if block.kind not in _READ or sentence.index in leads:
            continue
        in_item = block.kind is BlockKind.ITEM and block.index not in draft.plain_items
        for piece in _pieces(draft, sentence):
            passage = Passage(draft, piece, earlier if earlier and earlier.sentence.block == sentence.block else None)
            earlier, passage.previous = passage, passage.previous and passage.previous.alone()
            if not in_item:
                read_measures(passage)
            for trigger in find_triggers(passage.tokens):
                if not (in_item and trigger.pattern.predicate in _LEFT_TO_LISTS):
                    _read(passage, trigger)


def _pieces(draft: Draft, sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, or parts of one that no person would write, so that time grows with length only."""
    start, end = sentence.span.start, sentence.span.end
    while end - start > _LONGEST:
        cut = draft.document.text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield Sentence(sentence.index, sentence.block, draft.span(start, cut))
        start = cut
    if draft.document.text[start:end].strip():
        yield Sentence(sentence.index, sentence.block, draft.span(start, end))


def _lead_sentences(draft: Draft) -> set[int]:
    """The last sentence of each block that introduces a table or list."""
    firsts = [b for b in draft.document.blocks if b.kind in (BlockKind.ITEM, BlockKind.ROW) and not b.row]
    blocks = {lead_block(draft, b) for b in firsts}
    last: dict[int, int] = {}
    for sentence in draft.document.sentences:
        if sentence.block in blocks:
            last[sentence.block] = sentence.index if INTRODUCES.search(sentence.span.quote) else -1
    return set(last.values())


def _read(passage: Passage, trigger: Trigger) -> None:
    """Add the claims of one trigger, if subject, object and stance can be told."""
    pattern = trigger.pattern
    if pattern.subjects == {"none"}:
        _read_impersonal(passage, trigger)
        return
    group = passage.group(trigger.first)
    if passage.covered.get(pattern.predicate, 0) > trigger.first or _is_means(passage, trigger, group):
        return
    verb = _verb_start(passage, trigger, group)
    where = passage.subject(verb, trigger.first)
    if where is None:
        return
    passage.predicate = pattern.predicate
    subjects = [s for s in subjects_of(passage, *where, verb) if s.kind in pattern.subjects]
    stance = _stance(passage, trigger, group)
    if not subjects or stance is None or (pattern.attributed and _is_passive(passage, trigger, group)):
        return
    passage.draft.last_subject = (passage.sentence.block, subjects[0].entity, subjects[0].kind)
    reach = Reach(passage, trigger, subjects, trigger.last, passage.clause_end(trigger.last))
    found = targets_of(reach)
    if found:
        passage.covered[pattern.predicate] = reach.last
    stance = replace(stance, attribution=_speaker(passage, trigger, subjects))
    advised = _advise(passage, subjects, stance)
    for target in found:
        _claim(passage, trigger, subjects, target, stance, advised, verb)


def _is_means(passage: Passage, trigger: Trigger, group: Group) -> bool:
    """Whether the trigger only says how something is done: "by supporting …", "and fostering …"."""
    token = passage.tokens[trigger.first]
    if group.first < trigger.first or token.tag not in ("VBG", "NN") or not token.lower.endswith("ing"):
        return False
    before = passage.tokens[trigger.first - 1] if trigger.first else None
    return before is not None and before.tag in ("IN", "CC", "TO")


def _is_passive(passage: Passage, trigger: Trigger, group: Group) -> bool:
    """ "Peru is expected to …" says what others expect."""
    words = {t.lemma for t in passage.tokens[group.first : trigger.first]}
    return "be" in words and passage.tokens[trigger.first].lower.endswith("ed")


def _verb_start(passage: Passage, trigger: Trigger, group: Group) -> int:
    """Where the predicate begins; for "in order to" the subject is that of the whole sentence."""
    if passage.tokens[trigger.first].tag != "IN" or trigger.pattern.predicate != "hasObjective":
        return group.first
    roots = [c for c in passage.parsed.clauses if c.link == "root" and c.subject]
    return passage.parsed.chunks[roots[0].chunk].first if roots else group.first


def _stance(passage: Passage, trigger: Trigger, group: Group) -> Stance | None:
    """Modality of the statement; None where a negation leaves nothing said."""
    pattern, stance = trigger.pattern, group.stance
    if group.first and passage.is_joined(group.first) and passage.tokens[trigger.first].tag in _BARE:
        shared = passage.joined(group.first)
        stance = shared.stance if shared else stance
    moving = pattern.predicate == "visits" and passage.tokens[trigger.first].lower.endswith("ing")
    if moving and group.first < trigger.first and stance.modality is Modality.ASSERTED:
        # "is travelling to": the present progressive of motion speaks of what is arranged.
        stance = Stance(Modality.PLANNED, ModalityDetail.SCHEDULED)
    if pattern.modality:
        stance = Stance(pattern.modality, pattern.detail)
    if group.negated:
        return Stance(Modality.DENIED) if stance.modality in (Modality.ASSERTED, Modality.PLANNED) else None
    conditional = _CONDITION.search(passage.sentence.span.quote)
    if conditional and stance.modality is Modality.PLANNED and pattern.modality is None:
        return Stance(Modality.HYPOTHETICAL, ModalityDetail.CONDITIONAL)
    return stance


def _speaker(passage: Passage, trigger: Trigger, subjects: Sequence[Subject]) -> Attribution | None:
    said = speaker_of(passage, trigger.first, trigger.last)
    if said is None and trigger.pattern.attributed:
        verb = passage.tokens[trigger.first].lemma
        return Attribution(subjects[0].entity, subjects[0].words, verb)
    return said


def _claim(
    passage: Passage,
    trigger: Trigger,
    subjects: Sequence[Subject],
    target: Target,
    stance: Stance,
    advised: dict[str, str],
    verb: int,
) -> None:
    draft, pattern = passage.draft, trigger.pattern
    meant = draft.block_stance.get(passage.sentence.block)
    if meant and stance.modality is Modality.ASSERTED:
        stance = replace(stance, modality=meant.modality, detail=meant.detail)
    if target.denied:
        stance = replace(stance, modality=Modality.DENIED, detail=None)
    evidence = (draft.sentence_span(passage.sentence),)
    for subject in subjects:
        confidence = round(pattern.confidence * subject.confidence, 2)
        one, other, words = subject.entity, target.object, (subject.words.quote, target.words.quote)
        if pattern.object == "cause":
            _concern(passage, trigger, subject, stance, confidence)
            continue
        if one == other or confidence < _LEAST:
            continue
        draft.claim(
            one,
            pattern.predicate,
            other,
            stance,
            evidence,
            concept=target.concept,
            confidence=confidence,
            method=f"statement/{pattern.id}",
            condition=[advised[one]] if one in advised else [],
            words=words,
        )


def _concern(passage: Passage, trigger: Trigger, cause: Subject, stance: Stance, confidence: float) -> None:
    """ "X has raised concerns among Y": Y is worried by X, and by each measure that X includes."""
    draft, registry = passage.draft, passage.draft.registry
    end = passage.clause_end(trigger.last)
    inside = registry.within(passage.tokens[trigger.last - 1].end, passage.tokens[end - 1].end)
    worried = next((local for f in inside if f.actor and (local := registry.actor(f))), None)
    if worried is None:
        return
    evidence = (draft.sentence_span(passage.sentence),)
    causes = [cause.entity, *passage.measures]
    for one in dict.fromkeys(causes):
        draft.claim(
            worried,
            trigger.pattern.predicate,
            one,
            stance,
            evidence,
            confidence=confidence,
            method=f"statement/{trigger.pattern.id}",
        )


def _read_impersonal(passage: Passage, trigger: Trigger) -> None:
    """ "It is vital for X to …" and "consider …ing": advice whose addressee stands elsewhere."""
    draft = passage.draft
    first = trigger.last
    if trigger.pattern.take == "imperative":
        if trigger.first and passage.tokens[trigger.first - 1].text != ",":
            return
        who = addressee(draft, passage.sentence.span.end)
    else:
        inside = draft.registry.within(passage.tokens[trigger.last - 1].end, passage.sentence.span.end)
        named = next((f for f in inside if f.actor), None)
        first = _advised_at(passage, trigger, named)
        if named is None or not first:
            return
        who = draft.registry.actor(named)
        pair = two_parties(passage, trigger.last, first)
        if pair:
            _advise_all(passage, trigger, [p.entity for p in pair], first)
            return
    if who is not None:
        _advise_all(passage, trigger, [who], first)


def _advised_at(passage: Passage, trigger: Trigger, named: Found | None) -> int:
    """Where the advised act begins: behind "X to", or the bare verb behind "that X"; 0 where neither stands."""
    if named is None:
        return 0
    tokens = passage.tokens
    behind = next((i for i in range(trigger.last, len(tokens)) if tokens[i].start >= named.span.end), 0)
    if not behind or tokens[behind].start > named.span.end + 2:
        return 0
    if trigger.pattern.take == "that-actor":
        near = named.span.start <= tokens[trigger.last - 1].end + 5
        return behind if near and tokens[behind].tag in _BARE else 0
    return behind if tokens[behind].lower == "to" else 0


def _advise_all(passage: Passage, trigger: Trigger, advised: Sequence[str], first: int) -> None:
    """Add the advice that begins at token `first` for everyone advised."""
    draft = passage.draft
    adviser = _adviser(passage, trigger, advised) if trigger.pattern.attributed else None
    stance = replace(_ADVISED, attribution=adviser or speaker_of(passage, trigger.first, trigger.last))
    reach = Reach(passage, trigger, (), first, passage.clause_end(first))
    for who, target in itertools.product(advised, targets_of(reach)):
        draft.claim(
            who,
            trigger.pattern.predicate,
            target.object,
            stance,
            (draft.sentence_span(passage.sentence),),
            confidence=trigger.pattern.confidence,
            method=f"statement/{trigger.pattern.id}",
            words=(None, target.words.quote),
        )


def _adviser(passage: Passage, trigger: Trigger, advised: Sequence[str]) -> Attribution | None:
    """Who urges: the subject of a verb of urging."""
    group = passage.group(trigger.first)
    where = passage.subject(group.first, trigger.first) if passage.clause_at(group.first, trigger.first + 1) else None
    found = subjects_of(passage, *where, group.first) if where else []
    if found and found[0].kind == "actor" and found[0].entity not in advised:
        return Attribution(found[0].entity, found[0].words, passage.tokens[trigger.first].lemma)
    return None


def _advise(passage: Passage, subjects: Sequence[Subject], stance: Stance) -> dict[str, str]:
    """Where a section gives advice, an undertaking that is praised in it is advised too.

    Returns the key of the advice by undertaking: what follows from the
    undertaking holds only if the advice is taken.
    """
    draft = passage.draft
    if stance.modality not in (Modality.HYPOTHETICAL, Modality.PLANNED):
        return {}
    made: dict[str, str] = {}
    for subject in subjects:
        who = addressee(draft, passage.sentence.span.end) if subject.kind == "undertaking" else None
        if who and _same_section(passage, who):
            evidence = (draft.sentence_span(passage.sentence),)
            made[subject.entity] = draft.claim(
                who,
                "implements",
                subject.entity,
                _ADVISED,
                evidence,
                confidence=round(0.7 * subject.confidence, 2),
                method="statement/praised",
                words=(None, subject.words.quote),
            )
    return made


def _same_section(passage: Passage, who: str) -> bool:
    """Whether that addressee was advised since the last heading."""
    heading = passage.draft.headings[passage.sentence.block]
    return passage.draft.last_advice.get(who, -1) >= (heading.span.start if heading else 0)
