"""What the demo article is known to say, asked of the real build in Oxigraph and in rdflib's own engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.interfaces import GraphReader
from policygraph.project import PolicyGraph, build
from policygraph.questions import question
from policygraph.questions.filling import fill
from policygraph.questions.parameters import to_term

if TYPE_CHECKING:
    import rdflib

ROOT = Path(__file__).parents[2]
Rows = list[tuple[Any, ...]]
Ask = Callable[..., Rows]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyGraph]:
    with build(ROOT / "policygraph.toml", tmp_path_factory.mktemp("demo")) as graph:
        assert not graph.report["errors"]
        yield graph


@pytest.fixture(scope="module")
def dataset(graph: PolicyGraph) -> rdflib.Dataset:
    """What the article touches, in rdflib's store; all of the reference data would take its engine minutes."""
    import rdflib

    told = [q for g in graph.store.graphs() if "/source/" in g for q in graph.store.scan(graph=ox.NamedNode(g))]
    told += list(graph.store.scan(graph=ox.NamedNode(iris.ENTITIES_GRAPH)))
    near = {term for q in told for term in (q.subject, q.predicate, q.object) if isinstance(term, ox.NamedNode)}
    for step in ("holder", "within", "governs", "broader", "actsFor"):
        for space in (iris.ONT, iris.SKOS):
            for quad in graph.store.scan(predicate=ox.NamedNode(space + step)):
                if quad.object in near and step == "holder":
                    near.add(quad.subject)
                elif quad.subject in near:
                    near.add(quad.object)
    kept = (q for node in sorted(near, key=str) for q in graph.store.scan(subject=node))
    data = ox.serialize(kept, format=ox.RdfFormat.N_QUADS)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format="nquads")
    return dataset


@pytest.fixture(params=["oxigraph", "rdflib"])
def ask(request: pytest.FixtureRequest, graph: PolicyGraph) -> Ask:
    """Asks a question of the library in one of the engines."""

    def in_oxigraph(name: str, **parameters: str) -> Rows:
        return [tuple(row) for row in graph.ask(name, **parameters).rows]

    def in_rdflib(name: str, **parameters: str) -> Rows:
        text = fill(question(name).sparql, bindings(graph.store, name, parameters))
        found = request.getfixturevalue("dataset").query(text)
        return [tuple(map(python_value, row)) for row in found]

    return in_oxigraph if request.param == "oxigraph" else in_rdflib


def python_value(term: Any) -> Any:
    """As the tables have it: a number for a number, text for all else."""
    value = None if term is None else term.toPython()
    return value if value is None or isinstance(value, (int, float)) else str(value)


def bindings(reader: GraphReader, name: str, given: dict[str, str]) -> dict[str, ox.NamedNode | ox.Literal]:
    asked = question(name)
    return {asked.parameter(k).variable: to_term(reader, asked.parameter(k), v) for k, v in given.items()}


def test_the_mission_is_planned(ask: Ask) -> None:
    assert ask("mission") == [("Marco Rubio", "Latin America", "planned")]


def test_initiatives_have_kind_and_objective(ask: Ask) -> None:
    rows = ask("initiatives", who="Marco Rubio")
    assert [row[1:3] for row in rows] == [
        ("Crisis Response Framework", "framework"),
        ("Investment in Youth Programs", "programme"),
        ("Trade Agreements", "trade agreement"),
    ]
    assert [row[3].split()[0] for row in rows] == ["Swift", "Provide", "Enhance"]


def test_incidents_have_city_country_and_month(ask: Ask) -> None:
    assert ask("incidents") == [
        ("Border Wall Protests", "Tijuana", "Mexico", "2023-01"),
        ("Joint Press Conference Against U.S. Policies", "Guatemala City", "Guatemala", "2023-02"),
        ("Asylum Seekers Turned Away", "San Salvador", "El Salvador", "2023-03"),
    ]
    assert [row[0] for row in ask("incidents", country="MEX")] == ["Border Wall Protests"]


def test_incidents_have_type_and_quad_class(ask: Ask) -> None:
    assert ask("incident-types") == [
        ("Asylum Seekers Turned Away", "reject", "verbal conflict"),
        ("Border Wall Protests", "protest", "material conflict"),
        ("Joint Press Conference Against U.S. Policies", "accuse", "verbal conflict"),
    ]


def test_roles_that_are_wrong_on_a_day(ask: Ask) -> None:
    rows = ask("roles-on-date", date="2025-02-01")
    assert {row[:3] for row in rows} == {
        ("Donald Trump", "President of the United States", "former"),
        ("Marco Rubio", "United States Senator for Florida", "current"),
    }
    quotes = {row[3] for row in rows}
    assert {"former President Donald Trump", "Senator Marco Rubio"} <= quotes


def test_what_policymakers_should_do(ask: Ask) -> None:
    kinds = {row[2] for row in ask("recommendations", to="U.S. policymakers")}
    assert {
        "dialogue",
        "education programme",
        "exchange",
        "health initiative",
        "institutional support",
        "intelligence sharing",
        "investment summit",
        "military exercise",
        "partnership",
        "task force",
        "trade agreement",
    } <= kinds


def test_the_framework_pairs_areas_actions_and_outcomes(ask: Ask) -> None:
    rows = [tuple(set(cell.lower().split(", ")) for cell in row) for row in ask("framework")]
    assert rows == [
        (
            {"economic collaboration"},
            {"investment summits", "trade agreements"},
            {"enhanced economic ties", "increased investment"},
        ),
        (
            {"security cooperation"},
            {"joint military exercises", "intelligence sharing"},
            {"improved security and stability in the region"},
        ),
        (
            {"social development"},
            {"education programs", "health initiatives"},
            {"stronger communities", "reduced poverty"},
        ),
    ]


def test_effects_that_are_merely_possible(ask: Ask) -> None:
    effects = " / ".join(row[1].lower() for row in ask("possible-effects"))
    assert all(word in effects for word in ("tensions", "trade relations", "block"))


def test_what_is_denied_and_by_whom(ask: Ask) -> None:
    ((who, relation, what, by, quote),) = ask("denials")
    assert (who, relation, by) == ("Government of United States of America", "supports", "Marco Rubio")
    assert what.lower() == "isolationist policies"
    assert "rather than isolationist policies" in quote


def test_the_countries_involved(ask: Ask) -> None:
    rows = ask("countries")
    assert rows[0][0] == "United States of America"
    assert {row[0] for row in rows} == {"United States of America", "Mexico", "Guatemala", "Honduras", "El Salvador"}


def test_the_words_behind_border_walls(ask: Ask, graph: PolicyGraph) -> None:
    rows = ask("words", subject="Trump administration", relation="implements")
    ((quote, start, end, document),) = {row[3:] for row in rows if "border walls" in row[1].lower()}
    assert (start, end) == (2826, 2942)
    assert str(document).endswith("/dda66c4ed79506b4")
    text = graph.store.source_text("dda66c4ed79506b4")
    assert text is not None
    assert text[start:end] == quote


def test_the_mix_of_modalities(ask: Ask) -> None:
    rows = dict(ask("modality-mix"))
    assert next(iter(rows)) == "asserted"
    assert set(rows) == {"asserted", "planned", "hypothetical", "recommended", "denied"}
    assert rows["denied"] == 1
