"""A small invented world, built by the real encoder, that has an answer to every question."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph.encode import encode, entity_quads
from policygraph.graph.materialise import materialise
from policygraph.graph.reference import reference_quads
from policygraph.graph.rules import infer
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.turtle import schema_quads
from policygraph.incidents import Counts, Incident, strategy
from policygraph.incidents.stored import incident_quads
from policygraph.reading import read_bytes
from policygraph.records import (
    Attribution,
    City,
    Claim,
    Country,
    DateRef,
    Document,
    Entity,
    Event,
    Extraction,
    KnownInitiative,
    KnownPerson,
    KnownVisit,
    Organisation,
    Participant,
    PlaceRef,
    Post,
    ReferenceData,
    Region,
    SourceInfo,
    Span,
    TableRow,
    Tenure,
)
from policygraph.vocabulary import EntityType as T
from policygraph.vocabulary import EventType, Modality, ModalityDetail

TEXT = """Senator Ana Ruiz is set to travel to the Southern Cone, and she will meet the government of Chile.
The former president Ivo Lund no longer leads Peru. The senator hopes to calm the border, her office said.
She will present a plan for youth, a programme to give jobs. Peru accused Chile of closing the border in January 2023.
Protests broke out in Arequipa in March 2023. The border policy may raise prices.
Lawmakers should consider joint patrols, which are expected to bring calm if trade talks begin.
The policy does not support the smugglers, Ana Ruiz said. Peru supports the smugglers, others wrote.
Chile is worried about prices. Peru carries out the border policy and puts migration first."""
SECOND = "Peru carries out the border policy. Ivo Lund visited Chile in 2022."


class Words:
    """Cuts spans out of a document by their words."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __call__(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span.of(self.document.text, start, start + len(words))


def reference() -> ReferenceData:
    row = TableRow("posts.csv", 2, "https://example.org/posts")
    visit = KnownVisit(
        "event/visit-ivo-lund-chl-2022-05-01",
        "person/ivo-lund",
        "CHL",
        dt.date(2022, 5, 1),
        dt.date(2022, 5, 3),
        replace(row, table="visits.csv"),
        ("place/arequipa-per",),
    )
    return ReferenceData(
        countries=(
            Country("PER", "PE", "Peru", row, other_names=("Republic of Peru",)),
            Country("CHL", "CL", "Chile", row),
        ),
        regions=(Region("region/southern-cone", "Southern Cone", ("CHL",), row),),
        cities=(City("place/arequipa-per", "Arequipa", "PER", row),),
        organisations=(
            Organisation("organisation/congress-per", T.GOVERNMENT_BODY, "Congress of Peru", row, iso3="PER"),
            Organisation("organisation/pact", T.INTERNATIONAL_ORGANISATION, "The Pact", row, members=("PER", "CHL")),
        ),
        posts=(
            Post("post/senator", "Senator of Peru", "legislator", "organisation/congress-per", row),
            Post("post/president", "President of Peru", "head of state", "government/per", row),
        ),
        persons=(
            KnownPerson("person/ana-ruiz", "Ana Ruiz", row, other_names=("Ruiz",)),
            KnownPerson("person/ivo-lund", "Ivo Lund", row),
        ),
        tenures=(
            Tenure("tenure/r", "person/ana-ruiz", "post/senator", dt.date(2015, 1, 1), row, dt.date(2024, 1, 1)),
            Tenure("tenure/l", "person/ivo-lund", "post/president", dt.date(2020, 1, 1), row, dt.date(2021, 1, 1)),
            Tenure("tenure/m", "person/ivo-lund", "post/president", dt.date(2024, 1, 1), row),
        ),
        visits=(visit,),
        initiatives=(
            KnownInitiative(
                "initiative/pact-plan",
                T.INITIATIVE,
                "Pact plan",
                "programme",
                replace(row, table="initiatives.csv"),
                sponsors=("government/per",),
                start="2019",
                end="2020",
                status="ended",
                topic="migration",
            ),
        ),
    )


def extraction() -> Extraction:
    document = read_bytes(TEXT.encode(), "news.txt", SourceInfo("News", "Gazette", dt.date(2024, 6, 1)))
    at = Words(document)
    return Extraction(document, entities=entities(), events=events(at), claims=claims(at))


def entities() -> tuple[Entity, ...]:
    known = ("person/ana-ruiz", T.PERSON, "Ana Ruiz"), ("person/ivo-lund", T.PERSON, "Ivo Lund")
    own = (
        ("initiative/youth", T.INITIATIVE, "Plan for youth"),
        ("objective/calm-border", T.OBJECTIVE, "Calm the border"),
        ("objective/jobs", T.OBJECTIVE, "Give jobs"),
        ("policy/border", T.POLICY, "Border policy"),
        ("outcome/prices", T.OUTCOME, "Higher prices"),
        ("outcome/calm", T.OUTCOME, "Calm"),
        ("group/lawmakers", T.SOCIAL_GROUP, "Lawmakers"),
        ("group/smugglers", T.SOCIAL_GROUP, "Smugglers"),
        ("initiative/talks", T.INITIATIVE, "Trade talks"),
    )
    patrols = Entity("initiative/patrols", T.INITIATIVE, "Joint patrols", concept="initiative-kind/dialogue")
    return (
        *(Entity(*one, known=True) for one in known),
        *(Entity(*one) for one in own),
        patrols,
    )


def claims(at: Words) -> tuple[Claim, ...]:
    asserted, planned, perhaps = Modality.ASSERTED, Modality.PLANNED, Modality.HYPOTHETICAL
    trip = (at("Senator Ana Ruiz is set to travel to the Southern Cone"),)
    advice = (at("Lawmakers should consider joint patrols"),)
    outcome = (at("expected to bring calm if trade talks begin"),)
    ruiz, lund, peru = "person/ana-ruiz", "person/ivo-lund", "government/per"
    denies = (at("does not support the smugglers"),)
    said = Attribution(ruiz, at("Ana Ruiz said"))
    return (
        Claim(ruiz, "visits", planned, trip, "region/southern-cone", modality_detail=ModalityDetail.SCHEDULED),
        Claim(ruiz, "meets", planned, (at("she will meet the government of Chile"),), "government/chl"),
        Claim(ruiz, "holdsPost", asserted, (at("Senator Ana Ruiz"),), "post/senator"),
        Claim(lund, "formerlyHeldPost", asserted, (at("former president Ivo Lund"),), "post/president"),
        Claim(ruiz, "hasObjective", planned, (at("The senator hopes to calm the border"),), "objective/calm-border"),
        Claim(ruiz, "proposes", planned, (at("She will present a plan for youth"),), "initiative/youth"),
        Claim("initiative/youth", "hasObjective", planned, (at("to give jobs"),), "objective/jobs"),
        Claim("initiative/youth", "initiativeKind", planned, (at("a programme"),), "initiative-kind/programme", True),
        Claim("policy/border", "hasOutcome", perhaps, (at("The border policy may raise prices"),), "outcome/prices"),
        Claim("group/lawmakers", "implements", Modality.RECOMMENDED, advice, "initiative/patrols"),
        Claim(
            "initiative/patrols",
            "hasOutcome",
            perhaps,
            outcome,
            "outcome/calm",
            modality_detail=ModalityDetail.EXPECTED,
            condition=("talks",),
        ),
        Claim("initiative/patrols", "addresses", perhaps, outcome, "topic/migration", True),
        Claim(peru, "implements", perhaps, (at("if trade talks begin"),), "initiative/talks", key="talks"),
        Claim(
            peru,
            "supports",
            Modality.DENIED,
            denies,
            "group/smugglers",
            attribution=said,
        ),
        Claim(peru, "supports", asserted, (at("Peru supports the smugglers"),), "group/smugglers"),
        Claim("government/chl", "isConcernedAbout", asserted, (at("Chile is worried about prices"),), "outcome/prices"),
        Claim(peru, "implements", asserted, (at("Peru carries out the border policy"),), "policy/border"),
        Claim(peru, "prioritises", asserted, (at("puts migration first"),), "topic/migration", True),
    )


def events(at: Words) -> tuple[Event, ...]:
    def party(words: str, entity: str) -> tuple[Participant, ...]:
        return (Participant(words, at(words), entity),)

    accusing = Event(
        "event/accusation",
        "Peru accused Chile",
        T.EVENT,
        EventType.ACCUSE,
        EventType.ACCUSE,
        source=party("Peru", "government/per"),
        target=party("Chile", "government/chl"),
        date=DateRef("2023-01", None, None),
        evidence=(at("Peru accused Chile of closing the border in January 2023"),),
    )
    protest = Event(
        "event/protests",
        "Protests in Arequipa",
        T.INCIDENT,
        EventType.PROTEST,
        EventType.PROTEST,
        place=PlaceRef("Arequipa", at("Arequipa"), "place/arequipa-per"),
        date=DateRef("2023-03", None, None),
        evidence=(at("Protests broke out in Arequipa in March 2023"),),
    )
    return accusing, protest


def second() -> Extraction:
    document = read_bytes(SECOND.encode(), "second.txt", SourceInfo("Second"))
    at = Words(document)
    trip = Event(
        "event/trip",
        "Visit of Ivo Lund",
        T.VISIT,
        EventType.CONSULT,
        EventType.CONSULT,
        source=(Participant("Ivo Lund", at("Ivo Lund"), "person/ivo-lund"),),
        place=PlaceRef("Chile", at("Chile"), "country/chl"),
        date=DateRef("2022", None, None),
        evidence=(at("Ivo Lund visited Chile in 2022"),),
    )
    known = Entity("policy/border", T.POLICY, "Border policy")
    evidence = (at("Peru carries out the border policy"),)
    same = Claim("government/per", "implements", Modality.ASSERTED, evidence, "policy/border")
    return Extraction(document, entities=(known,), events=(trip,), claims=(same,))


def build() -> EmbeddedStore:
    """The world as a store in memory, with edges and inferred triples."""
    store = EmbeddedStore.memory()
    encoded = [encode(extraction()), encode(second())]
    store.extend(schema_quads())
    store.extend(reference_quads(reference()))
    store.extend(entity_quads(n for one in encoded for n in one.named))
    for one in encoded:
        store.extend(one.quads)
    materialise(store.engine)
    infer(store.engine)
    store.extend(incident_quads([trip_of_lund()], strategy("exact").label))
    news, copy = (ox.NamedNode(iris.document(one.doc_id)) for one in encoded)
    store.extend([ox.Quad(copy, ox.NamedNode(iris.term("copyOf")), news, ox.NamedNode(iris.INCIDENTS_GRAPH))])
    return store


def trip_of_lund() -> Incident:
    """The trip that the second article tells of and a table has on record."""
    events = tuple(iris.thing(f"event/{name}") for name in ("trip", "visit-ivo-lund-chl-2022-05-01"))
    return Incident(events, events[1], Counts(2, 2, 0), ())
