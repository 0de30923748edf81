"""Load, query and build: policygraph beside pyoxigraph used directly and rdflib in memory, in one run.

Run `python -m benchmarks.graph [CLAIMS]` from the top of the repository. Figures are CPU seconds,
rounds are taken in turn; what counts are the ratios.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import pyoxigraph as ox  # noqa: E402

from benchmarks.measuring import a_call, note, rounds  # noqa: E402
from policygraph import iris  # noqa: E402
from policygraph.graph.encode import encode, entity_quads  # noqa: E402
from policygraph.graph.materialise import materialise  # noqa: E402
from policygraph.graph.store import EmbeddedStore  # noqa: E402
from policygraph.records import Claim, Document, Entity, Extraction, SourceInfo, Span  # noqa: E402
from policygraph.vocabulary import EntityType, Modality  # noqa: E402

ROUNDS = 3
CLAIMS_PER_DOCUMENT = 10
#: How often each modality is drawn, in the order of `Modality`.
WEIGHTS = (60, 15, 15, 7, 3)
PREDICATES = ("supports", "opposes", "meets", "visits", "cooperatesWith")
QUERIES = {
    "one actor's statements": "SELECT ?o ?name { <%s> pg:supports ?o . ?o skos:prefLabel ?name }",
    "sentences behind a relation": """SELECT ?c ?quote ?title { ?c pg:predicate pg:visits ; pg:modality m:planned ;
        pg:evidence ?e . ?e pg:quote ?quote ; pg:source ?d . ?d dcterms:title ?title } LIMIT 500""",
    "all claims": """SELECT ?s ?p ?o ?m ?k { ?c pg:subject ?s ; pg:predicate ?p ; pg:object ?o ; pg:modality ?m ;
        pg:confidence ?k }""",
    "grouped": """SELECT ?s ?p (COUNT(?c) AS ?n) (AVG(?k) AS ?mean) { ?c pg:subject ?s ; pg:predicate ?p ;
        pg:confidence ?k } GROUP BY ?s ?p ORDER BY DESC(?n) LIMIT 100""",
}


def extractions(claims: int, seed: int = 7) -> Iterator[Extraction]:
    """Documents with ten claims each; who is named follows a long tail, as in the press."""
    rng = random.Random(seed)
    people = [f"person/p{i}" for i in range(max(claims // 40, 10))]
    for number in range(max(claims // CLAIMS_PER_DOCUMENT, 1)):
        text = f"Article {number}. " + "Someone did something to someone else. " * CLAIMS_PER_DOCUMENT
        sha = iris.sha256(text.encode())
        document = Document(sha[:16], f"{number}.txt", text, sha, SourceInfo(title=f"Article {number}"), (), ())
        drawn = [people[min(int(rng.paretovariate(0.8)) - 1, len(people) - 1)] for _ in range(2 * CLAIMS_PER_DOCUMENT)]
        said = tuple(
            Claim(
                subject=drawn[2 * i],
                predicate=rng.choice(PREDICATES),
                modality=rng.choices(list(Modality), WEIGHTS)[0],
                evidence=(Span.of(text, 20 + i, 60 + i),),
                object=drawn[2 * i + 1],
                confidence=round(rng.uniform(0.3, 1.0), 2),
            )
            for i in range(CLAIMS_PER_DOCUMENT)
        )
        named = tuple(Entity(one, EntityType.PERSON, one.removeprefix("person/")) for one in sorted(set(drawn)))
        yield Extraction(document, named, (), said)


def write_quads(claims: int, path: Path) -> int:
    """The graph of so many claims as N-Quads, edges included; the number of quads."""
    store = EmbeddedStore.memory()
    encoded = [encode(one) for one in extractions(claims)]
    store.extend(quad for one in encoded for quad in one.quads)
    store.extend(entity_quads(named for one in encoded for named in one.named))
    materialise(store.engine)
    store.engine.dump(str(path), format=ox.RdfFormat.N_QUADS)
    return len(store)


def load_ours(path: Path) -> EmbeddedStore:
    """Quads into a store in memory, through policygraph."""
    store = EmbeddedStore.memory()
    store.load(path)
    return store


def load_engine(path: Path) -> ox.Store:
    """The same through pyoxigraph's bulk loader."""
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    return store


def load_rdflib(path: Path) -> Any:
    """The same into rdflib's memory store."""
    import rdflib

    data = rdflib.Dataset(default_union=True)
    data.parse(str(path), format="nquads")
    for prefix, namespace in iris.PREFIXES.items():
        data.bind(prefix, namespace)
    return data


def engine_rows(store: ox.Store, query: str) -> list[list[Any]]:
    """All rows as terms."""
    solutions = store.query(query, use_default_graph_as_union=True, prefixes=iris.PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return [list(solution) for solution in solutions]


def build_time(claims: int) -> tuple[float, float, float]:
    """Seconds of a first and a repeated build, and the peak memory in MB, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        code = f"from benchmarks.graph import build_here; build_here({claims}, {folder!r})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    first, again, peak = map(float, done.stdout.split())
    return first, again, peak


def build_here(claims: int, folder: str) -> None:
    """Build that many articles of ten claims each with a reader that costs nothing; print the figures."""
    from policygraph.building import build
    from policygraph.projectfile import Project

    place = Path(folder)
    made = {one.document.text: one for one in extractions(claims)}
    (place / "articles").mkdir()
    for number, text in enumerate(made):
        (place / "articles" / f"{number}.txt").write_text(text, encoding="utf-8")
    (place / "policygraph.toml").write_text('[sources]\narticles = ["articles"]\n[reference]\nbundled = false\n')

    def known(document: Document, reference: object) -> Extraction:
        return made[document.text]

    project = Project.load(place)
    first = build(project, extract=known, files=())
    (place / "articles" / "0.txt").unlink()
    again = build(project, extract=known, files=())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(first.seconds, again.seconds, peak)


def main(claims: int) -> None:
    """Run everything and note the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        quads = write_quads(claims, path)
        print(f"{claims:,} claims, {quads:,} quads")
        works: dict[str, Any] = {"ours": load_ours, "engine": load_engine, "rdflib": load_rdflib}
        _note(f"load {quads:,} quads", rounds({name: lambda w=work: w(path) for name, work in works.items()}, ROUNDS))
        ours, engine, peer = load_ours(path), load_engine(path), load_rdflib(path)
    busiest = ours.select("SELECT ?s { ?s pg:supports ?o } GROUP BY ?s ORDER BY DESC(COUNT(?o)) LIMIT 1").rows[0][0]
    for name, template in QUERIES.items():
        query = template.replace("%s", busiest)
        works = {
            "ours": lambda q=query: ours.select(q),
            "engine": lambda q=query: engine_rows(engine, q),
            "rdflib": lambda q=query: list(peer.query(q)),
        }
        _note(f"query: {name}", rounds(works, ROUNDS, a_call))
    first, again, peak = build_time(claims)
    note("build", f"{claims // CLAIMS_PER_DOCUMENT:,} articles from nothing", [first], unit="s")
    note("build", "again with one article fewer", [again], unit="s")
    note("build", "peak memory", [peak], unit="MB")


def _note(what: str, taken: dict[str, list[float]]) -> None:
    note("load and query", what, taken["ours"], peer="pyoxigraph directly", theirs=taken["engine"], aim="≤ 1.2")
    note("load and query", what, taken["ours"], peer="rdflib in memory", theirs=taken["rdflib"], aim="≥ 20")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
