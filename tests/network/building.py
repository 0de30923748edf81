"""A small hand for writing graphs: each method adds what the graph room would write for one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph.store import EmbeddedStore

Node = ox.NamedNode
PG = iris.term
_REFERENCE = Node(iris.REFERENCE_GRAPH)
_ENTITIES = Node(iris.ENTITIES_GRAPH)
_EDGES = Node(iris.EDGES_GRAPH)


def text(value: str, datatype: str | None = None) -> ox.Literal:
    return ox.Literal(value, datatype=Node(datatype)) if datatype else ox.Literal(value)


class Builder:
    """Collects quads; entities are named by their local names (`person/ana-costa`)."""

    def __init__(self) -> None:
        self.quads: list[ox.Quad] = []
        self.sources: dict[str, str] = {}

    def add(self, s: str, p: str, o: str | ox.Literal, graph: Node) -> None:
        self.quads.append(ox.Quad(Node(s), Node(p), Node(o) if isinstance(o, str) else o, graph))

    def entity(self, local: str, type_: str, label: str, *, graph: Node = _REFERENCE, **facts: str) -> str:
        iri = iris.thing(local)
        self.add(iri, iris.RDF + "type", PG(type_), graph)
        self.add(iri, iris.SKOS + "prefLabel", ox.Literal(label, language="en"), graph)
        for name, value in facts.items():
            is_text = name == "iso3"
            self.add(iri, PG(name), text(value) if is_text else iris.thing(value), graph)
        return iri

    def country(self, iso3: str, name: str, government: str) -> None:
        code = iso3.lower()
        self.entity(f"country/{code}", "Country", name, iso3=iso3)
        self.entity(f"government/{code}", "Government", government, governs=f"country/{code}")

    def document(self, doc: str, title: str, publisher: str = "", published: str = "") -> None:
        graph, iri = Node(iris.source_graph(doc)), iris.document(doc)
        self.add(iri, iris.RDF + "type", PG("SourceDocument"), graph)
        self.add(iri, iris.DCTERMS + "title", text(title), graph)
        if publisher:
            self.add(iri, iris.DCTERMS + "publisher", text(publisher), graph)
        if published:
            self.add(iri, PG("publishedOn"), text(published, iris.XSD + "date"), graph)

    def claim(
        self,
        doc: str,
        subject: str,
        predicate: str,
        object_: str | ox.Literal,
        *,
        modality: str = "asserted",
        confidence: float = 0.9,
        quote: str = "",
        says: str = "",
        status: str = "",
    ) -> str:
        """`object_` is a local name, a `scheme/code` of a vocabulary after `v:`, or a literal."""
        graph = Node(iris.source_graph(doc))
        value = object_ if isinstance(object_, ox.Literal) else self._object(object_)
        key = iris.content_key(doc, subject, predicate, str(value), modality, says)
        claim = iris.thing(f"claim/{key}")
        self.add(claim, iris.RDF + "type", PG("Claim"), graph)
        self.add(claim, PG("subject"), iris.thing(subject), graph)
        self.add(claim, PG("predicate"), PG(predicate), graph)
        self.add(claim, PG("value" if isinstance(value, ox.Literal) else "object"), value, graph)
        self.add(claim, PG("modality"), iris.concept("modality", modality), graph)
        self.add(claim, PG("confidence"), text(str(confidence), iris.XSD + "decimal"), graph)
        if says:
            self.add(claim, PG("attributedTo"), iris.thing(says), graph)
        if status:
            self.add(claim, PG("claimStatus"), iris.concept("claim-status", status), graph)
        if quote:
            self.evidence(doc, claim, quote)
        return claim

    @staticmethod
    def _object(name: str) -> str:
        if name.startswith("v:"):
            scheme, _, code = name[2:].partition("/")
            return iris.concept(scheme, code)
        return iris.thing(name)

    def evidence(self, doc: str, claim: str, quote: str) -> None:
        """The quote is appended to the text of the document, on a line of its own."""
        before = self.sources.get(doc, "")
        start = len(before)
        self.sources[doc] = f"{before}{quote}\n"
        graph, span = Node(iris.source_graph(doc)), iris.evidence(doc, start, start + len(quote))
        self.add(claim, PG("evidence"), span, graph)
        self.add(span, PG("quote"), text(quote), graph)
        self.add(span, PG("start"), text(str(start), iris.XSD + "nonNegativeInteger"), graph)
        self.add(span, PG("end"), text(str(start + len(quote)), iris.XSD + "nonNegativeInteger"), graph)
        self.add(span, PG("source"), iris.document(doc), graph)

    def event(
        self,
        doc: str,
        name: str,
        type_: str = "",
        actors: Sequence[str] = (),
        recipients: Sequence[str] = (),
        *,
        mode: str = "",
        place: str = "",
        edtf: str = "",
        modality: str = "asserted",
        confidence: float = 0.9,
        quote: str = "",
    ) -> str:
        local = f"event/{doc[:8]}-{name}"
        self.entity(local, "Event", name, graph=_ENTITIES)
        parts: list[tuple[str, str | ox.Literal]] = [("hasActor", a) for a in actors]
        parts += [("hasRecipient", r) for r in recipients]
        parts += [("eventType", f"v:event-type/{type_}")] if type_ else []
        parts += [("eventMode", f"v:event-mode/{type_}-{mode}")] if mode else []
        parts += [("occursAt", place)] if place else []
        parts += [("edtf", ox.Literal(edtf, datatype=Node(iris.EDTF)))] if edtf else []
        for predicate, value in parts:
            self.claim(doc, local, predicate, value, modality=modality, confidence=confidence, quote=quote)
        return iris.thing(local)

    def record(self, table: str, row: int, source: str, facts: Iterable[tuple[str, str, str]], type_: str = "") -> None:
        """Plain triples of the reference graph; the first subject hangs on the record."""
        record = iris.thing(f"record/{table}/{row}")
        self.add(record, iris.RDF + "type", PG("Record"), _REFERENCE)
        self.add(record, PG("table"), text(f"{table}.csv"), _REFERENCE)
        self.add(record, PG("row"), text(str(row), iris.XSD + "integer"), _REFERENCE)
        self.add(record, iris.DCTERMS + "source", text(source), _REFERENCE)
        for i, (subject, predicate, value) in enumerate(facts):
            if not i:
                self.add(iris.thing(subject), PG("recordedIn"), record, _REFERENCE)
                if type_:
                    self.add(iris.thing(subject), iris.RDF + "type", PG(type_), _REFERENCE)
            dated = predicate in ("earliest", "latest")
            data = text(value, iris.XSD + "date") if dated else iris.thing(value)
            self.add(iris.thing(subject), PG(predicate), data, _REFERENCE)

    def mention(self, doc: str, *entities: str) -> None:
        for entity in entities:
            self.add(iris.thing(entity), PG("mentionedIn"), iris.document(doc), Node(iris.source_graph(doc)))

    def store(self) -> EmbeddedStore:
        store = EmbeddedStore.memory()
        store.extend(self.quads)
        return store


def small_graph() -> Builder:
    """Three reports and one table row about three governments, a union and two ministers."""
    b = Builder()
    b.country("BRA", "Brazil", "Government of Brazil")
    b.country("ARG", "Argentina", "Government of Argentina")
    b.country("CHL", "Chile", "Government of Chile")
    b.entity("person/ana-costa", "Person", "Ana Costa", actsFor="country/bra")
    b.entity("person/luis-prado", "Person", "Luis Prado", actsFor="country/arg")
    b.entity("organisation/river-union", "InternationalOrganisation", "River Union")
    b.entity("group/dam-workers", "SocialGroup", "Dam workers", mayActFor="country/chl")
    b.entity("initiative/water-treaty", "Initiative", "Water Treaty")
    b.entity("place/salto-arg", "PopulatedPlace", "Salto", within="country/arg")
    b.document("aaaa000000000001", "Ministers meet at the river", "Gazette", "2024-03-02")
    b.document("bbbb000000000002", "Dam row grows", "Herald", "2024-05-10")
    b.document("cccc000000000003", "Undated notes", "Gazette")
    one, two, three = "aaaa000000000001", "bbbb000000000002", "cccc000000000003"
    b.claim(one, "person/ana-costa", "meets", "person/luis-prado", quote="Ana Costa met Luis Prado in Salto.")
    b.claim(one, "person/ana-costa", "proposes", "initiative/water-treaty", quote="Costa proposed a water treaty.")
    b.claim(one, "person/ana-costa", "visits", "place/salto-arg", quote="Ana Costa travelled to Salto.")
    b.claim(two, "government/chl", "opposes", "government/arg", quote="Chile is against what Argentina does.")
    b.claim(
        two,
        "government/chl",
        "opposes",
        "initiative/water-treaty",
        modality="planned",
        quote="Chile will vote no.",
    )
    b.claim(three, "government/bra", "supports", "government/arg", confidence=0.6, quote="Brazil stands by Argentina.")
    b.claim(
        three, "government/bra", "supports", "government/chl", modality="denied", quote="Brazil leaves Chile alone."
    )
    b.claim(three, "government/bra", "supports", "v:topic/water", quote="Brazil backs clean water.")
    b.claim(
        three, "government/arg", "supports", "organisation/river-union", status="retracted", quote="Argentina backs it."
    )
    b.event(
        two, "strike", "protest", ["group/dam-workers"], ["government/chl"], edtf="2024-04", place="place/salto-arg",
        quote="Dam workers marched against the Chilean government in April.",
    )  # fmt: skip
    b.event(
        one, "call", "consult", ["government/bra"], ["government/arg"], mode="phone", edtf="2024-02-28",
        quote="Brasilia called Buenos Aires on 28 February.",
    )  # fmt: skip
    b.event(
        one, "summit", "consult", ["government/bra", "government/arg", "government/chl"], modality="planned",
        edtf="2024-09", quote="The three governments will meet in September.",
    )  # fmt: skip
    b.event(two, "plea", "request", ["government/chl"], ["government/arg"], quote="Chile asked Argentina for water.")
    visit = "event/visit-ana-costa-arg-2023-11-05"
    b.record(
        "visits", 2, "https://example.org/diary",
        [
            (visit, "hasActor", "person/ana-costa"), (visit, "hasRecipient", "person/luis-prado"),
            (visit, "hasDestination", "country/arg"),
            (visit, "earliest", "2023-11-05"), (visit, "latest", "2023-11-06"),
        ],
        "Visit",
    )  # fmt: skip
    b.mention(one, "person/ana-costa", "person/luis-prado", "government/bra", "place/salto-arg")
    b.mention(two, "government/chl", "government/arg", "group/dam-workers")
    b.mention(three, "person/ana-costa", "person/luis-prado")
    return b
