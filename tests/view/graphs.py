"""Small graphs made for the tests, written as TriG the way a build writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph.store import EmbeddedStore
from policygraph.table import Table

PREFIXES = "\n".join(f"@prefix {name}: <{space}> ." for name, space in iris.PREFIXES.items()) + "\n"


class Reader:
    """A `GraphReader` over a pyoxigraph store and some texts."""

    def __init__(self, store: ox.Store, texts: dict[str, str]) -> None:
        self.store = store
        self.texts = texts

    def select(self, sparql: str, bindings: Any = None) -> Table:
        raise NotImplementedError("the page scans")

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        return EmbeddedStore(self.store).rows(sparql)

    def scan(
        self, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None
    ) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(subject, predicate, object, graph)

    def graphs(self) -> list[str]:
        return sorted(str(graph)[1:-1] for graph in self.store.named_graphs())

    def source_text(self, doc_id: str) -> str | None:
        return self.texts.get(doc_id)


def quoted(text: str) -> str:
    """A text as a Turtle literal."""
    return str(ox.Literal(text))


class Maker:
    """Writes TriG by the rules of the ontology; `reader()` loads it."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.texts: dict[str, str] = {}
        self.claims = 0

    def put(self, graph: str, turtle: str) -> None:
        self.blocks.append(f"<{graph}> {{ {turtle} }}")

    def entity(self, local: str, kind: str, name: str, *others: str, graph: str = iris.ENTITIES_GRAPH) -> str:
        names = "".join(f" ; skos:altLabel {quoted(other)}" for other in others)
        self.put(graph, f"<{iris.thing(local)}> a pg:{kind} ; skos:prefLabel {quoted(name)}{names} .")
        return local

    def source(
        self,
        doc: str,
        text: str,
        title: str = "A report",
        publisher: str = "",
        day: str = "",
        url: str = "",
        keep: bool = True,
    ) -> str:
        if keep:
            self.texts[doc] = text
        facts = f"dcterms:title {quoted(title)}"
        facts += f" ; dcterms:publisher {quoted(publisher)}" if publisher else ""
        facts += f' ; pg:publishedOn "{day}"^^xsd:date' if day else ""
        facts += f" ; dcterms:source {quoted(url)}" if url else ""
        self.put(iris.source_graph(doc), f"<{iris.document(doc)}> a pg:SourceDocument ; {facts} .")
        self.all_texts = getattr(self, "all_texts", {}) | {doc: text}
        return doc

    def claim(
        self,
        doc: str,
        subject: str,
        predicate: str,
        object: str | None = None,
        quote: str | None = None,
        modality: str = "asserted",
        value: str | None = None,
        speaker: str | None = None,
        confidence: float = 0.9,
        words: tuple[str, str] | None = None,
        detail: str = "",
        concept: bool = False,
        at: int = 0,
    ) -> str:
        self.claims += 1
        iri = iris.thing(f"claim/{doc[:4]}{self.claims:016}")
        target = "" if object is None else iris.VOCAB + object if concept else iris.thing(object)
        facts = [f"pg:subject <{iris.thing(subject)}>", f"pg:predicate pg:{predicate}", f"pg:modality m:{modality}"]
        facts += [f"pg:object <{target}>"] if object is not None else [f"pg:value {quoted(value or '')}"]
        facts += [f"pg:confidence {confidence:.2f}", f"pg:extraction <{iris.thing('extraction/' + doc + '-rules')}>"]
        facts += [f"pg:attributedTo <{iris.thing(speaker)}>"] if speaker else []
        facts += [f"pg:modalityDetail md:{detail}"] if detail else []
        if words:
            facts += [f"pg:surfaceSubject {quoted(words[0])}", f"pg:surfaceObject {quoted(words[1])}"]
        turtle = ""
        if quote is not None:
            start = self.all_texts[doc].index(quote, at)
            end = start + len(quote)
            evidence = iris.evidence(doc, start, end)
            facts.append(f"pg:evidence <{evidence}>")
            turtle = (
                f"<{evidence}> a pg:Evidence ; pg:source <{iris.document(doc)}> ; pg:quote {quoted(quote)} ; "
                f"pg:start {start} ; pg:end {end} ."
            )
        self.put(iris.source_graph(doc), f"<{iri}> a pg:Claim ; {' ; '.join(facts)} . {turtle}")
        return iri

    def recorded(self, local: str, turtle: str, table: str, row: int, source: str) -> None:
        record = iris.thing(f"record/{iris.slug(table)}/{row}")
        self.put(
            iris.REFERENCE_GRAPH,
            f"<{iris.thing(local)}> {turtle} ; pg:recordedIn <{record}> . "
            f"<{record}> a pg:Record ; pg:table {quoted(table)} ; pg:row {row} ; dcterms:source {quoted(source)} .",
        )

    def coded(self, event: str, actor: str, recipient: str, kind: str, day: str, **report: str | int) -> None:
        """An event of a data set; `report` holds what the set says of the report it was coded from."""
        record = iris.thing(f"record/plover/{event}")
        facts = " ; ".join(
            f"{name.replace('__', ':')} {value if isinstance(value, int) else quoted(value)}"
            for name, value in report.items()
        )
        self.put(
            iris.DATASET_GRAPHS + "plover/2024",
            f"<{iris.thing('event/' + event)}> a pg:Event ; pg:hasActor <{iris.thing(actor)}> ; "
            f"pg:hasRecipient <{iris.thing(recipient)}> ; pg:eventType <{iris.VOCAB}event-type/{kind}> ; "
            f'pg:earliest "{day}"^^xsd:date ; pg:latest "{day}"^^xsd:date ; pg:recordedIn <{record}> .',
        )
        self.put(iris.DATASET_GRAPHS + "plover/reports", f'<{record}> a pg:Record ; pg:table "PLOVER" ; {facts} .')

    def grouped(self, group: str, events: tuple[str, ...], reports: int, sources: int, copies: int) -> None:
        """Events that are taken to be one, with the counts of their reports."""
        members = ", ".join(f"<{iris.thing('event/' + event)}>" for event in events)
        self.put(
            iris.INCIDENTS_GRAPH,
            f"<{iris.thing('event-group/' + group)}> a pg:EventGroup ; pg:groupsEvent {members} ; "
            f'pg:mainEvent <{iris.thing("event/" + events[0])}> ; pg:groupedBy "near/1" ; pg:reportCount {reports} ; '
            f"pg:independentSourceCount {sources} ; pg:copyCount {copies} .",
        )

    def concept(self, path: str, label: str) -> None:
        self.put(iris.SCHEMA_GRAPH, f"<{iris.VOCAB + path}> a skos:Concept ; skos:prefLabel {quoted(label)}@en .")

    def trig(self) -> str:
        return PREFIXES + "\n".join(self.blocks)

    def reader(self) -> Reader:
        store = ox.Store()
        store.load(self.trig().encode(), format=ox.RdfFormat.TRIG)
        return Reader(store, self.texts)


DOC, OTHER = "aaaa000011112222", "bbbb000011112222"

TEXT = """Minister Ana Prado is to visit Veria in May 2024. The government of Solm supports the Harbour Pact.

Officials said that Veria may close its ports. Ana Prado should meet the River Council, the paper writes.
| Dock Strike | Port Alda | June 2024 |
Veria does not oppose the Harbour Pact, Prado said. The talks put fisheries first.
"""
OTHER_TEXT = "Veria opposes the Harbour Pact. Ana Prado criticised Veria on Monday. Ana Prado is to visit Veria soon.\n"


def mission() -> Maker:
    """Two sources that agree, disagree, plan and advise; a record; a topic; an incident; an event."""
    m = Maker()
    m.entity("person/ana-prado", "Person", "Ana Prado", "Prado", "Minister Prado")
    m.entity("country/ver", "Country", "Veria", "Republic of Veria")
    m.entity("government/ver", "Government", "Government of Veria")
    m.entity("government/slm", "Government", "Government of Solm")
    m.entity("organisation/river-council", "InternationalOrganisation", "River Council")
    m.entity("policy/harbour-pact", "Policy", "Harbour Pact")
    m.entity("outcome/ports-closed", "Outcome", "Ports closed")
    m.entity("event/dock-strike", "Incident", "Dock Strike")
    m.entity("place/port-alda-ver", "PopulatedPlace", "Port Alda")
    m.entity("post/minister", "PublicOffice", "Minister of Trade of Solm")
    m.concept("topic/fisheries", "fisheries")
    m.concept("event-type/accuse", "accuse")
    m.source(DOC, TEXT, "A voyage of many ports", "The Quay", "2024-04-02", "https://quay.example/a?b=1&c=2")
    m.source(OTHER, OTHER_TEXT, "Second thoughts", "Daily Tide")
    visit = "Minister Ana Prado is to visit Veria in May 2024"
    m.claim(
        DOC,
        "person/ana-prado",
        "visits",
        "country/ver",
        visit,
        "planned",
        words=("Minister Ana Prado", "Veria"),
        detail="scheduled",
    )
    m.claim(OTHER, "person/ana-prado", "visits", "country/ver", "Ana Prado is to visit Veria soon", "planned")
    m.claim(
        DOC,
        "government/slm",
        "supports",
        "policy/harbour-pact",
        "The government of Solm supports the Harbour Pact",
        words=("The government of Solm", "the Harbour Pact"),
    )
    m.claim(
        DOC,
        "government/ver",
        "hasOutcome",
        "outcome/ports-closed",
        "Veria may close its ports",
        "hypothetical",
        confidence=0.6,
        words=("Veria", "close its ports"),
    )
    m.claim(
        DOC,
        "person/ana-prado",
        "meets",
        "organisation/river-council",
        "Ana Prado should meet the River Council",
        "recommended",
    )
    m.claim(
        DOC,
        "government/ver",
        "opposes",
        "policy/harbour-pact",
        "Veria does not oppose the Harbour Pact",
        "denied",
        speaker="person/ana-prado",
        words=("Veria", "the Harbour Pact"),
    )
    m.claim(
        OTHER,
        "government/ver",
        "opposes",
        "policy/harbour-pact",
        "Veria opposes the Harbour Pact",
        words=("Veria", "the Harbour Pact"),
    )
    m.claim(DOC, "person/ana-prado", "prioritises", "topic/fisheries", "The talks put fisheries first", concept=True)
    row = "| Dock Strike | Port Alda | June 2024 |"
    m.claim(DOC, "event/dock-strike", "occursAt", "place/port-alda-ver", row)
    m.claim(DOC, "event/dock-strike", "edtf", None, row, value="2024-06")
    m.claim(DOC, "event/dock-strike", "isReactionTo", "policy/harbour-pact", row, "hypothetical")
    said = "Ana Prado criticised Veria on Monday"
    m.entity("event/bbbb0000-criticised", "Event", "Prado criticises Veria")
    for predicate, target, word in (
        ("hasActor", "person/ana-prado", "Ana Prado"),
        ("hasRecipient", "government/ver", "Veria"),
    ):
        m.claim(OTHER, "event/bbbb0000-criticised", predicate, target, said, words=("criticised", word))
    m.claim(OTHER, "event/bbbb0000-criticised", "eventType", "event-type/accuse", said, concept=True)
    m.put(
        iris.EDGES_GRAPH,
        f'<{iris.thing("event/dock-strike")}> pg:earliest "2024-06-01"^^xsd:date ; pg:latest "2024-06-30"^^xsd:date .',
    )
    m.put(iris.EDGES_GRAPH, f"<{iris.thing('government/slm')}> pg:supports <{iris.thing('policy/harbour-pact')}> .")
    m.recorded(
        "event/visit-ana-prado-ver-2023-02-01",
        f'a pg:Visit ; skos:prefLabel "Visit of Ana Prado to Veria" ; pg:hasActor <{iris.thing("person/ana-prado")}> ; '
        f'pg:hasDestination <{iris.thing("country/ver")}> ; pg:earliest "2023-02-01"^^xsd:date ; '
        'pg:latest "2023-02-03"^^xsd:date',
        "visits.csv", 7, "https://register.example/visits",
    )  # fmt: skip
    m.recorded(
        "government/ver", f"pg:governs <{iris.thing('country/ver')}>", "countries.csv", 12, "Standard list of countries"
    )
    m.recorded(
        "tenure/ana-prado-minister-2020-01-01",
        f'a pg:Tenure ; pg:holder <{iris.thing("person/ana-prado")}> ; pg:ofPost <{iris.thing("post/minister")}> ; '
        'pg:earliest "2020-01-01"^^xsd:date',
        "tenures.csv", 3, "Register of ministers",
    )  # fmt: skip
    return m


def network_of(count: int, links: int) -> Maker:
    """A made-up graph of any size: hubs and leaves, a sentence a link."""
    import random

    rng = random.Random(count)
    m = Maker()
    kinds = ("Person", "Government", "Organisation", "Country", "Initiative", "Objective")
    for i in range(count):
        m.entity(f"person/n{i}", kinds[i % 6], f"Name number {i}")
    sentences, pairs, pool = [], [], [0, 1]
    for k in range(links):
        a = k % count
        b = rng.choice(pool)
        if a == b:
            b = (a + 1) % count
        pool += [a, b]
        pairs.append((a, b))
        sentences.append(
            f"Name number {a} was said on day {k} of the long talks in the old harbour town "
            f"to work closely with Name number {b}."
        )
    doc = m.source(DOC, "\n".join(sentences), "A long chronicle", "The Quay", "2024-04-02")
    at = 0
    predicates, modalities = ("supports", "engages", "visits"), ("asserted", "asserted", "planned", "hypothetical")
    for k, ((a, b), sentence) in enumerate(zip(pairs, sentences, strict=True)):
        m.claim(doc, f"person/n{a}", predicates[k % 3], f"person/n{b}", sentence, modalities[k % 4], at=at)
        at += len(sentence) + 1
    return m
