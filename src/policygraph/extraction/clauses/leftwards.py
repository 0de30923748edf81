"""To the left of a verb group: how its clause hangs in the sentence, and who is its subject."""

from __future__ import annotations

from dataclasses import replace

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses.control import INTRANSITIVE, OBJECT_ACTS, OBJECT_CONTROL, WITH_THAT
from policygraph.extraction.clauses.layout import REACH, Layout
from policygraph.extraction.clauses.model import Clause
from policygraph.extraction.clauses.subjects import over_insertion, over_relative, subject_at
from policygraph.extraction.modality import VerbReading

_CONDITIONS = frozenset(("if", "unless", "lest", "provided"))


def left(layout: Layout, clause: Clause) -> None:
    """Give a clause its link, its governor and its subject."""
    i = layout.skip_left(clause.chunk - 1)
    form = clause.verb.form
    before = layout.kind(i)
    if form == "infinitive":
        _infinitive(layout, clause, i)
    elif before == "WP":
        _relative(layout, clause, i)
    elif form == "participle" and before == "CC" and _shares_auxiliary(layout, clause, i):
        _joined(layout, clause, i)
    elif form in ("gerund", "participle"):
        _nonfinite(layout, clause, i)
    elif before == "CC":
        _joined(layout, clause, i)
    else:
        _finite(layout, clause, i)


def _infinitive(layout: Layout, clause: Clause, i: int) -> None:
    clause.link = "inf"
    if clause.governor is None:
        near = layout.verb_left(i)
        if near is None:
            clause.subject = _first_subject(layout, clause.chunk)
            return
        clause.governor = near.index
        if layout.kind(i) in ("CC", ",") and near.verb.form == "infinitive":
            clause.governor, clause.link = near.governor, "and"
            clause.subject = near.subject
            return
    governor = layout.clauses[clause.governor]
    clause.subject = _controller(layout, governor)


def _controller(layout: Layout, governor: Clause) -> list[NounPhrase]:
    if governor.lemma in OBJECT_CONTROL:
        if governor.verb.passive:
            return governor.subject
        for place in (
            governor.preps.get("on"),
            governor.preps.get("to"),
            governor.preps.get("for"),
            governor.preps.get("with"),
        ):
            if place and governor.lemma in ("call", "appeal", "press", "plead", "push"):
                return place
        if governor.objects:
            return governor.objects[0]
    return governor.subject


def _first_subject(layout: Layout, upto: int) -> list[NounPhrase]:
    for clause in layout.clauses:
        if clause.chunk >= upto:
            break
        if clause.subject and clause.link in ("root", "that"):
            return clause.subject
    return []


def _relative(layout: Layout, clause: Clause, i: int) -> None:
    clause.link = "relative"
    j = i - 1
    while j >= 0 and layout.kind(j) in (",", "RB", "TM", ")", "P"):
        j -= 1
    clause.subject = layout.group_left(j)
    if (
        j >= 2
        and layout.kind(j) == "NP"
        and layout.kind(j - 1) == "P"
        and layout.chunks[j - 1].word in ("of", "in")
        and layout.kind(i - 1) == ","
    ):
        clause.subject = clause.subject or layout.group_left(j - 2)
    near = layout.verb_left(i - 1)
    clause.governor = near.index if near else None


def _nonfinite(layout: Layout, clause: Clause, i: int) -> None:
    form, before = clause.verb.form, layout.kind(i)
    if before == "SB":
        near = _finite_left(layout, i) or _finite_right(layout, clause.chunk)
        clause.link = "condition" if layout.chunks[i].word in _CONDITIONS else "adverbial"
        clause.subject = near.subject if near else []
        return
    if clause.governor is not None:
        governor = layout.clauses[clause.governor]
        clause.link = "ger"
        of_object = governor.lemma in OBJECT_ACTS
        clause.subject = (
            (
                governor.subject
                if governor.verb.passive
                else governor.objects[0]
                if governor.objects
                else governor.subject
            )
            if of_object and clause.chunk - 1 != governor.chunk
            else governor.subject
        )
        return
    if before == "NP" and (form == "participle" or layout.kind(clause.chunk - 1) == "NP"):
        clause.link = "reduced"
        clause.subject = layout.group_left(i)
    else:
        clause.link = "participial"
        near = _finite_left(layout, i) or _finite_right(layout, clause.chunk)
        clause.subject = near.subject if near else []
        clause.governor = near.index if near else None
        if before == "CC" and (other := layout.verb_left(i)) and other.verb.form == form:
            clause.subject, clause.link, clause.governor = other.subject, other.link, other.governor
        return
    near = layout.verb_left(i)
    clause.governor = near.index if near else None


def _finite_left(layout: Layout, i: int) -> Clause | None:
    for j in range(i, max(-1, i - REACH), -1):
        if j in layout.at and layout.at[j].verb.form in ("finite", "base") and layout.at[j].link not in ("relative",):
            return layout.at[j]
    return None


def _finite_right(layout: Layout, i: int) -> Clause | None:
    for j in range(i + 1, min(len(layout.chunks), i + REACH)):
        if j in layout.at and layout.at[j].verb.form in ("finite", "base"):
            other = layout.at[j]
            if not other.subject:
                _finite(layout, other, layout.skip_left(j - 1))
            return other
    return None


def _shares_auxiliary(layout: Layout, clause: Clause, i: int) -> bool:
    """ "have surrounded and occupied": the second participle belongs to the first one's auxiliary."""
    other = layout.verb_left(i)
    if other is None or other.verb.form != "finite" or layout.tokens[layout.chunks[other.chunk].main].tag != "VBN":
        return False
    clause.verb = replace(other.verb, lemma=clause.verb.lemma)
    if other.verb.passive and "by" in clause.preps:
        other.preps.setdefault("by", clause.preps["by"])
    shares = other.chunk == i - 1 and other.lemma not in INTRANSITIVE
    if not other.objects and not other.verb.passive and shares:
        other.objects = clause.objects
    return True


def _joined(layout: Layout, clause: Clause, i: int) -> None:
    """After "and" without a subject of its own: that of the verb before."""
    for j in range(i - 1, max(-1, i - REACH), -1):
        other = layout.at.get(j)
        if other is None:
            continue
        bare = clause.verb.form == "base"
        if other.verb.form in ("finite", "base") or (bare and other.verb.form == "infinitive"):
            if other.link == "relative" and layout.kind(i - 1) == ",":
                continue
            if other.link == "that" and other.governor is not None and other.verb.passive and clause.objects:
                speaks = layout.clauses[other.governor]
                if not clause.verb.passive and clause.verb.past and speaks.verb.form == "finite":
                    other = speaks  # "said the fee was needed and dismissed the complaint"
            clause.subject = other.subject
            clause.governor = other.governor
            if other.chunk == i - 1 and not (other.objects or other.preps or other.verb.passive):
                other.objects, other.preps = clause.objects, clause.preps  # "shot and wounded a consul"
            clause.link = "and" if other.link in ("root", "and") else other.link
            if bare and other.verb.modal and not clause.verb.modal:
                clause.verb = VerbReading(clause.verb.lemma, "finite", other.verb.modal, clause.verb.negated)
            if other.governor is None and other.link not in ("root", "and"):
                clause.link = other.link
            return
    _finite(layout, clause, layout.skip_left(i - 1))


def _finite(layout: Layout, clause: Clause, i: int) -> None:
    j = i
    if layout.kind(j) == ",":
        if (other := _listed_before(layout, clause, j)) is not None:
            clause.subject, clause.governor = other.subject, other.governor
            clause.link = "and" if other.link == "root" else other.link
            return
        j = over_insertion(layout, j)
    if layout.kind(j) == ")":
        while j >= 0 and layout.kind(j) != "(":
            j -= 1
        j = layout.skip_left(j - 1)
    j = over_relative(layout, j, clause.chunk)
    j, clause.subject = subject_at(layout, j)
    _link(layout, clause, j)


def _listed_before(layout: Layout, clause: Clause, comma: int) -> Clause | None:
    """The verb before in "froze the accounts, arrested ten men and left": it shares its subject."""
    for j in range(comma - 1, max(-1, comma - REACH), -1):
        if layout.kind(j) in (",", ":", "WP", "SB"):
            return None
        if j in layout.at:
            other = layout.at[j]
            same = layout.tokens[layout.chunks[j].first].tag == layout.tokens[layout.chunks[clause.chunk].first].tag
            fits = other.link in ("root", "and", "that") and other.subject and other.verb.form == "finite"
            fits = fits and not _set_beside(layout, other.subject[0].chunk)
            return other if fits and same and clause.lemma not in WITH_THAT and other.lemma not in WITH_THAT else None
    return None


def _set_beside(layout: Layout, k: int) -> bool:
    """Whether a phrase stands beside another one between commas: "the union, a body linked to …"."""
    fronted = layout.kind(k - 3) == "P" and layout.kind(k - 4) != "NP"
    return layout.kind(k - 1) == "," and layout.kind(k - 2) == "NP" and not fronted


def _link(layout: Layout, clause: Clause, j: int) -> None:
    """How a finite clause whose subject starts at chunk `j` hangs in the sentence."""
    k = layout.skip_left(j - 1)
    while k >= 0 and layout.kind(k) in ("Q", "RB"):
        k -= 1
    before = layout.kind(k)
    if clause.governor is not None:
        return
    if before == "SB":
        _subordinate(layout, clause, k)
    elif before == "WP":
        clause.link = "relative"
    elif before == "P" and layout.chunks[k].word in ("as", "after", "before", "since", "until", "despite", "than"):
        clause.link = "adverbial"
    elif before == "VG":
        clause.link, clause.governor = "that", layout.at[k].index
    elif (
        before in (",", ":")
        and clause.verb.lemma in WITH_THAT
        and layout.verb_left(k) is not None
        and not clause.complement
    ):
        clause.link = "attribution"
    elif before == "CC" and (other := _finite_left(layout, k)) is not None:
        clause.link = other.link if other.link in ("that", "adverbial", "condition") else "and"
        clause.governor = other.governor


def _subordinate(layout: Layout, clause: Clause, k: int) -> None:
    word = layout.chunks[k].word
    if word == "that":
        governor = layout.verb_left(layout.skip_left(k - 1))
        clause.link = "that"
        if governor is not None:
            clause.governor = governor.index
    else:
        clause.link = "condition" if word in _CONDITIONS else "adverbial"
