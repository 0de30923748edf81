"""The terms of the ontology as Python names; a test holds them against `ontology/`."""

from __future__ import annotations

from enum import StrEnum


class Modality(StrEnum):
    """How a source presents a statement. Only `ASSERTED` ever becomes an edge."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    RECOMMENDED = "recommended"
    DENIED = "denied"


class ModalityDetail(StrEnum):
    """A finer reading of the modality."""

    INTENDED = "intended"
    SCHEDULED = "scheduled"
    PROPOSED = "proposed"
    CONDITIONAL = "conditional"
    PREDICTED = "predicted"
    EXPECTED = "expected"


class EventType(StrEnum):
    """The sixteen PLOVER event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"

    @property
    def code(self) -> str:
        """Its code in the event-type vocabulary: lower case."""
        return self.value.lower()

    @property
    def quad(self) -> str:
        """Its quad class: words or deeds, cooperation or conflict.

        >>> EventType.SANCTION.quad
        'material-conflict'
        """
        return next(quad for quad, types in QUAD_CLASSES.items() if self.value in types)


#: The four quad classes and their types.
QUAD_CLASSES: dict[str, tuple[str, ...]] = {
    "verbal-cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material-cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal-conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material-conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}


class EntityType(StrEnum):
    """Classes that an entity record may have."""

    PERSON = "Person"
    ORGANISATION = "Organisation"
    GOVERNMENT = "Government"
    ADMINISTRATION = "Administration"
    GOVERNMENT_BODY = "GovernmentBody"
    INTERNATIONAL_ORGANISATION = "InternationalOrganisation"
    POLITICAL_PARTY = "PoliticalParty"
    SOCIAL_GROUP = "SocialGroup"
    PLACE = "Place"
    COUNTRY = "Country"
    REGION = "Region"
    ADMINISTRATIVE_AREA = "AdministrativeArea"
    POPULATED_PLACE = "PopulatedPlace"
    POST = "Post"
    PUBLIC_OFFICE = "PublicOffice"
    TENURE = "Tenure"
    EVENT = "Event"
    VISIT = "Visit"
    MEETING = "Meeting"
    SPEECH_ACT = "SpeechAct"
    INCIDENT = "Incident"
    INITIATIVE = "Initiative"
    POLICY = "Policy"
    OBJECTIVE = "Objective"
    OUTCOME = "Outcome"

    @property
    def is_actor(self) -> bool:
        """Whether things of this class act."""
        return self in _ACTORS

    @property
    def is_place(self) -> bool:
        """Whether things of this class are places."""
        return self in _PLACES

    @property
    def is_event(self) -> bool:
        """Whether things of this class happen."""
        return self in _EVENTS


_ACTORS = frozenset(
    {
        EntityType.PERSON,
        EntityType.ORGANISATION,
        EntityType.GOVERNMENT,
        EntityType.ADMINISTRATION,
        EntityType.GOVERNMENT_BODY,
        EntityType.INTERNATIONAL_ORGANISATION,
        EntityType.POLITICAL_PARTY,
        EntityType.SOCIAL_GROUP,
    }
)
_PLACES = frozenset(
    {
        EntityType.PLACE,
        EntityType.COUNTRY,
        EntityType.REGION,
        EntityType.ADMINISTRATIVE_AREA,
        EntityType.POPULATED_PLACE,
    }
)
_EVENTS = frozenset(
    {
        EntityType.EVENT,
        EntityType.VISIT,
        EntityType.MEETING,
        EntityType.SPEECH_ACT,
        EntityType.INCIDENT,
    }
)

#: First part of the local name of an entity, by class.
ID_FOLDER: dict[EntityType, str] = {
    EntityType.PERSON: "person",
    EntityType.ORGANISATION: "organisation",
    EntityType.GOVERNMENT: "government",
    EntityType.ADMINISTRATION: "administration",
    EntityType.GOVERNMENT_BODY: "organisation",
    EntityType.INTERNATIONAL_ORGANISATION: "organisation",
    EntityType.POLITICAL_PARTY: "organisation",
    EntityType.SOCIAL_GROUP: "group",
    EntityType.PLACE: "place",
    EntityType.COUNTRY: "country",
    EntityType.REGION: "region",
    EntityType.ADMINISTRATIVE_AREA: "place",
    EntityType.POPULATED_PLACE: "place",
    EntityType.POST: "post",
    EntityType.PUBLIC_OFFICE: "post",
    EntityType.TENURE: "tenure",
    EntityType.EVENT: "event",
    EntityType.VISIT: "event",
    EntityType.MEETING: "event",
    EntityType.SPEECH_ACT: "event",
    EntityType.INCIDENT: "event",
    EntityType.INITIATIVE: "initiative",
    EntityType.POLICY: "policy",
    EntityType.OBJECTIVE: "objective",
    EntityType.OUTCOME: "outcome",
}

#: Properties that may stand in `pg:predicate`.
CLAIM_PREDICATES: tuple[str, ...] = (
    "hasParticipant",
    "hasActor",
    "hasRecipient",
    "occursAt",
    "hasDestination",
    "visits",
    "meets",
    "engages",
    "cooperatesWith",
    "supports",
    "opposes",
    "isConcernedAbout",
    "retaliatesAgainst",
    "prioritises",
    "faces",
    "isEngagedIn",
    "proposes",
    "implements",
    "hasObjective",
    "hasOutcome",
    "addresses",
    "affects",
    "isReactionTo",
    "eventType",
    "eventMode",
    "eventContext",
    "initiativeKind",
    "holdsPost",
    "formerlyHeldPost",
    "headedBy",
    "edtf",
)

#: PLOVER sector codes.
SECTORS: tuple[str, ...] = (
    "GOV",
    "MIL",
    "COP",
    "JUD",
    "LEG",
    "SPY",
    "PRM",
    "PTY",
    "REB",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "REF",
    "OPP",
    "PRE",
    "REL",
    "SOC",
)

#: PLOVER modes by the type that they narrow.
MODES: dict[EventType, tuple[str, ...]] = {
    EventType.CONSULT: ("visit", "third-party", "multilateral", "phone"),
    EventType.RETREAT: ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    EventType.REQUEST: ("assist", "change", "yield", "meet"),
    EventType.ACCUSE: ("disapprove", "investigate", "allege"),
    EventType.REJECT: ("assist", "change", "yield", "meet"),
    EventType.THREATEN: ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    EventType.PROTEST: ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    EventType.SANCTION: ("convict", "expel", "withdraw", "discontinue"),
    EventType.MOBILIZE: ("troops", "weapons", "police", "militia"),
    EventType.COERCE: (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    ),
    EventType.ASSAULT: (
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    ),
}

#: PLOVER contexts.
CONTEXTS: tuple[str, ...] = (
    "asylum",
    "cbrn",
    "corruption",
    "crime",
    "cyber",
    "diplomatic",
    "disasters",
    "economic",
    "election",
    "environment",
    "executive",
    "gender",
    "health",
    "human_rights",
    "human_security",
    "illegal_drugs",
    "inequality",
    "intelligence",
    "legal",
    "legislative",
    "lgbt",
    "migration",
    "military",
    "misinformation",
    "natural_resource",
    "peacekeeping",
    "political_institutions",
    "pro_autocracy",
    "pro_democracy",
    "religion_ethnicity",
    "reparations",
    "repression",
    "rights_freedoms",
    "technology",
    "territory",
    "terrorism",
    "trafficking",
)
