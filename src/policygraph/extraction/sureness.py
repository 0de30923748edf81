"""How sure the coder is of an act, and from where on it is an event of the graph."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.extraction.coder import Act
from policygraph.records import Event, Participant
from policygraph.vocabulary import EventType, Modality

#: Events below this confidence are topics of the document, not events of the graph.
GATE = 0.5
#: Types that are acts of speech, so that they need somebody who speaks.
SPEECH = frozenset(
    (
        EventType.ACCUSE,
        EventType.REQUEST,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.SUPPORT,
        EventType.AGREE,
        EventType.CONCEDE,
    )
)
#: Types that only people and bodies do, never a thing that an "it" may be.
_BY_PEOPLE = frozenset((EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.REQUEST))
_MOODS = frozenset("worried concerned uneasy afraid anxious wary alarmed nervous unhappy".split())
#: Sectors whose deeds are public affairs even where no country is named.
_PUBLIC = frozenset("GOV MIL COP JUD LEG SPY PRM PTY REB UAF OPP LAB REL REF CRM".split())
_PROTESTING = frozenset(("CVL", "EDU", "AGR", "SOC"))
#: What prosecutors do.
_BROUGHT_TO_COURT = frozenset(("charge", "indict", "prosecute"))
#: Those who bear arms, and the types of what they do with them.
_ARMED = frozenset(("MIL", "COP", "REB", "UAF", "PRM", "CRM"))
_BY_ARMS = frozenset((EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE))
#: Verbs that tell a visit only with the name of who or what is visited.
_WEAK_VISITS = frozenset("come go return leave arrive stay pass head".split())
_PRONOUNS = frozenset("i we you he she it they one this that these those who".split())


def own_thing(recipient: Participant, source: Sequence[Participant], *, visited: bool = False) -> bool:
    """Whether a recipient is only a thing or a city of the one who acts: "its gas supplies", "in Jakarta".

    Who visits does not visit what is theirs: "embarks on his mission".
    """
    thing = (recipient.method == "owner" and (recipient.sector is None or visited)) or recipient.method == "city"
    return thing and recipient.country in {p.country for p in source if p.country}


def _is_named(p: Participant) -> bool:
    """Whether the words name the participant; an inferred country makes nothing surer."""
    return p.entity is not None or (p.country is not None and not p.inferred)


def _lacks_actor(event: Event, act: Act) -> bool:
    """Whether nobody acts: a thing of somebody's ("his visits", "its measures"), or words without a speaker."""
    people = [p for p in event.source if (p.entity or p.sector or p.method != "owner") and not _is_measure(p)]
    return (bool(event.source) and not people) or (
        not event.source and event.type in SPEECH and not (_in_court(event, act) or _is_told_of(event, act))
    )


def _is_told_of(event: Event, act: Act) -> bool:
    """Whether a main clause tells what somebody who is named suffered: "the Chilean envoy was accused"."""
    told = act.suffered and act.tier == 0 and not event.negated and event.modality is Modality.ASSERTED
    return told and any(map(_is_named, event.target))


def _in_court(event: Event, act: Act) -> bool:
    """ "Had been charged with smuggling": nobody needs to be named as the one who accuses."""
    clause = act.clause
    told = clause is not None and clause.verb.passive and clause.lemma in _BROUGHT_TO_COURT
    with_what = clause is not None and {"with", "for", "over", "of"} & {*clause.preps, *clause.gerunds}
    return bool(told and with_what and not event.negated and event.target)


def _is_measure(p: Participant) -> bool:
    """Whether a phrase ends in what is decided or applied, which has effects but does not speak."""
    return p.entity is None and p.text.lower().split()[-1:] in (["measures"], ["policies"], ["policy"], ["reforms"])


def _says_little(event: Event) -> bool:
    """Whether nobody is named on either side, or a worry or an "it" is all there is."""
    if any(map(_is_named, event.target)):
        return False
    trigger = event.trigger.quote.lower() if event.trigger else ""
    if event.type is EventType.ACCUSE and trigger.split()[-1:] and trigger.split()[-1] in _MOODS:
        return True
    sources = [p for p in event.source if p.text.lower() in _PRONOUNS]
    open_ = [p for p in sources if not _is_named(p)]
    things = [p for p in sources if p.text.lower() == "it" and event.type in _BY_PEOPLE]
    return bool(sources) and len(sources) == len(event.source) and bool(open_ or things)


def _nobody_public(event: Event, act: Act) -> bool:
    """Whether no side is named and the one who acts is nobody of public life: "the doctor arrested the bleeding"."""
    if any(map(_is_named, (*event.source, *event.target))) or any(p.country for p in event.source):
        return False
    if act.suffered and not event.negated and any(p.country for p in event.target):
        return False
    speaks = event.type not in SPEECH or any(p.sector and p.sector != "JRN" for p in event.source)
    if act.public and not event.negated and speaks:
        return False
    sectors = {p.sector for p in event.source}
    return not sectors & (_PUBLIC if event.type is not EventType.PROTEST else _PUBLIC | _PROTESTING)


def _by_nobody(event: Event, act: Act) -> bool:
    """Whether an active verb has nobody who acts: "engaging with businesses"."""
    if event.source or act.clause is None or act.nominal:
        return False
    # A bomb that exploded and a king who received an envoy are subjects, though not those who act.
    told = act.clause.verb.form in ("finite", "base") and bool(act.clause.subject)
    told = told or act.clause.verb.form == "infinitive"  # what an effort or plan is to do is told as aimed at
    return not act.clause.verb.passive and not told


def _by_arms(event: Event, act: Act) -> bool:
    """Whether somebody who bears arms uses them, in a clause of its own: "the gang that burned the post"."""
    told = act.clause is not None and act.clause.verb.form == "finite" and not act.nominal and not act.guessed
    return told and event.type in _BY_ARMS and any(p.sector in _ARMED for p in event.source)


def _visits_nobody(event: Event, act: Act) -> bool:
    """Whether somebody only goes somewhere: "had gone to the court"."""
    weak = act.clause is not None and act.clause.verb.lemma in _WEAK_VISITS and act.mode == "visit"
    return weak and event.place is None and not any(map(_is_named, event.target))


def _hangs(act: Act) -> bool:
    """Whether a participle or gerund hangs on a noun or preposition, or opens the sentence: "By backing it, …"."""
    clause = act.clause
    if clause is None or clause.link not in ("ger", "reduced", "participial"):
        return False
    return clause.link != "participial" or clause.governor is None or clause.governor > clause.index


def _tells(act: Act) -> bool:
    """Whether a clause that hangs on another has a subject and a finite verb of its own: "…, which had offered aid"."""
    if act.retold:
        return True
    return (
        act.clause is not None
        and act.clause.link in ("relative", "adverbial", "condition")
        and (act.clause.verb.form == "finite" and bool(act.clause.subject))
    )


def confidence(event: Event, act: Act) -> float:
    """How sure the coder is, before calibration: participants, finite main verb, place in the sentence."""
    if act.alone and not (event.source or event.target):
        return GATE
    score = 0.35
    score += 0.2 * any(map(_is_named, event.source))
    score += 0.2 * any(map(_is_named, event.target)) + 0.1 * event.reciprocal
    score += 0.15 * (act.tier == 0) - (0.05 if _tells(act) else 0.1) * (act.tier >= 2)
    score += 0.05 * (act.weight > 1) - 0.15 * (act.nominal and not act.retold)
    if act.guessed:
        score = min(score - 0.2, GATE - 0.05)
    if _by_arms(event, act):
        score = max(score, GATE)
    if (
        _says_little(event)
        or _visits_nobody(event, act)
        or _nobody_public(event, act)
        or _lacks_actor(event, act)
        or _by_nobody(event, act)
        or (act.clause is not None and _hangs(act) and not event.target)
    ):
        score = min(score, GATE - 0.1)
    return round(max(0.05, min(0.98, score)), 3)
