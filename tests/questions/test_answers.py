"""What each question answers on the invented world, in Oxigraph and in rdflib's own engine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from policygraph.graph.store import EmbeddedStore
from policygraph.iris import ID
from policygraph.questions import library, question, run
from policygraph.questions.filling import fill
from policygraph.questions.parameters import to_term

if TYPE_CHECKING:
    import rdflib

CONE = "Senator Ana Ruiz is set to travel to the Southern Cone"
ADVICE = "Lawmakers should consider joint patrols"
YOUTH = "She will present a plan for youth"
WORRY = ("Government of Chile", "is concerned about", "Higher prices")
SUPPORT = ("Government of Peru", "supports", "Smugglers")

# Question, parameters, and the rows it must give in this order.
ANSWERS: list[tuple[str, dict[str, str], list[tuple[Any, ...]]]] = [
    (
        "mission",
        {},
        [("Ana Ruiz", "Southern Cone", "planned"), ("Ivo Lund", "Chile", "asserted")],
    ),
    ("mission", {"who": "Ruiz"}, [("Ana Ruiz", "Southern Cone", "planned")]),
    ("planned-visits", {}, [("Ana Ruiz", "Southern Cone", None, CONE, "News")]),
    (
        "planned-meetings",
        {},
        [("Government of Chile", "Ana Ruiz", None, "she will meet the government of Chile")],
    ),
    ("initiatives", {"who": "ana ruiz"}, [("Ana Ruiz", "Plan for youth", "programme", "Give jobs")]),
    ("incidents", {}, [("Protests in Arequipa", "Arequipa", "Peru", "2023-03")]),
    ("incidents", {"country": "PER", "since": "2023-03-20"}, [("Protests in Arequipa", "Arequipa", "Peru", "2023-03")]),
    ("incident-types", {}, [("Protests in Arequipa", "protest", "material conflict")]),
    (
        "roles-on-date",
        {"date": "2024-06-01"},
        [
            ("Ana Ruiz", "Senator of Peru", "current", "Senator Ana Ruiz"),
            ("Ivo Lund", "President of Peru", "former", "former president Ivo Lund"),
        ],
    ),
    ("recommendations", {"to": "Lawmakers"}, [("Lawmakers", "Joint patrols", "dialogue")]),
    ("framework", {}, [("migration", "Joint patrols", "Calm")]),
    ("possible-effects", {}, [("Border policy", "Higher prices", 0.9)]),
    (
        "expected-outcomes",
        {"of": "Joint patrols"},
        [("Joint patrols", "Calm", "hypothetical", "expected to bring calm if trade talks begin")],
    ),
    ("denials", {}, [(*SUPPORT, "Ana Ruiz", "does not support the smugglers")]),
    ("countries", {}, [("Peru", 8), ("Chile", 4)]),
    (
        "words",
        {"subject": "Ana Ruiz", "relation": "visits", "object": "Southern Cone"},
        [("visits", "Southern Cone", "planned", CONE, 0, len(CONE), ID + "document/")],
    ),
    (
        "modality-mix",
        {"subject": "Ana Ruiz"},
        [("planned", 3), ("asserted", 1)],
    ),
    (
        "relations-of",
        {"who": "Calm the border"},
        [("Ana Ruiz", "has objective", "Calm the border", "planned", "The senator hopes to calm the border")],
    ),
    ("evidence-between", {"a": "Ana Ruiz", "b": "Southern Cone"}, [("visits", "planned", CONE, "News")]),
    (
        "evidence-between",
        {"a": "government/per", "b": "government/chl"},
        [("Peru accused Chile", "asserted", "Peru accused Chile of closing the border in January 2023", "News")],
    ),
    (
        "events-between",
        {"from": "Peru", "to": "CHL", "until": "2023-12-31"},
        [
            (
                "2023-01",
                "accuse",
                "Government of Peru",
                "Government of Chile",
                "News",
                "Peru accused Chile of closing the border in January 2023",
            )
        ],
    ),
    ("who-says-so", {}, [("Ana Ruiz", *SUPPORT, "denied", "does not support the smugglers")]),
    (
        "who-did-what",
        {"who": "Government of Peru", "since": "2023-01-31"},
        [
            (
                "accuse",
                "Government of Chile",
                "2023-01",
                "asserted",
                "Peru accused Chile of closing the border in January 2023",
            )
        ],
    ),
    (
        "accusations",
        {"against": "Government of Chile"},
        [
            (
                "Government of Peru",
                "Government of Chile",
                "2023-01",
                "asserted",
                "Peru accused Chile of closing the border in January 2023",
            )
        ],
    ),
    ("dyads", {}, [("Government of Peru", "Government of Chile", "verbal conflict", 1)]),
    ("disagreements", {}, [(*SUPPORT, "Peru supports the smugglers", "does not support the smugglers")]),
    (
        "single-source",
        {"who": "Government of Chile"},
        [(*WORRY, "News")],
    ),
    (
        "visits-on-record",
        {"country": "Chile"},
        [("Ivo Lund", "Chile", "Arequipa", "2022-05-01", "2022-05-03", "visits.csv", 2)],
    ),
    (
        "office-holders",
        {"country": "Republic of Peru", "date": "2021-01-01"},
        [("Ana Ruiz", "Senator of Peru", "Peru", "2015-01-01", "2024-01-01", "posts.csv", 2)],
    ),
    (
        "initiatives-on-record",
        {"topic": "migration"},
        [("Pact plan", "programme", "Government of Peru", "2019/2020", "ended", "initiatives.csv", 2)],
    ),
    ("members", {"organisation": "The Pact"}, [("Government of Chile",), ("Government of Peru",)]),
    (
        "timeline",
        {},
        [
            ("2022", "Visit of Ivo Lund", "asserted"),
            ("2022-05-01/2022-05-03", "Visit of Ivo Lund to Chile, 2022-05-01", "on record"),
            ("2023-01", "Peru accused Chile", "asserted"),
            ("2023-03", "Protests in Arequipa", "asserted"),
        ],
    ),
    ("well-sourced", {}, [("Visit of Ivo Lund to Chile, 2022-05-01", "2022-05-01", 2, 0, 2, "exact/1")]),
    (
        "reports-of",
        {"incident": "Visit of Ivo Lund"},
        [
            ("Visit of Ivo Lund", "Second", None, None, "Ivo Lund visited Chile in 2022"),
            ("Visit of Ivo Lund to Chile, 2022-05-01", "https://example.org/posts", None, None, None),
        ],
    ),
    ("copied-articles", {}, [("Second", None, "News", "Gazette")]),
    ("concerns", {}, [("Government of Chile", "Higher prices", "asserted", "Chile is worried about prices")]),
    ("goals", {"who": "initiative/youth"}, [("Plan for youth", "Give jobs", "planned", "to give jobs")]),
    (
        "policies",
        {"who": "Lawmakers"},
        [("Lawmakers", "Joint patrols", "recommended", ADVICE)],
    ),
    (
        "stances",
        {"modality": "asserted"},
        [("Government of Peru", "Smugglers", "asserted", "Peru supports the smugglers")],
    ),
    ("topics", {}, [("migration", 2)]),
    ("actors", {"at_least": "4"}, [("Government of Peru", 7, 2), ("Ana Ruiz", 5, 1)]),
    (
        "quotes",
        {"text": "YOUTH"},
        [("Ana Ruiz", "proposes", "Plan for youth", "planned", YOUTH)],
    ),
    ("conditions", {}, [("Joint patrols", "has outcome", "Calm", "Government of Peru implements Trade talks")]),
]

IDS = [f"{name}-{len(parameters)}" for name, parameters, _ in ANSWERS]


def plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (Decimal, float, int)):
        return float(value)
    return str(value)


def fits(found: tuple[Any, ...], expected: tuple[Any, ...]) -> bool:
    """Equal values; a document's IRI only has to begin as expected."""
    return len(found) == len(expected) and all(
        plain(f) == plain(e) or (str(e).endswith("document/") and str(f).startswith(str(e)))
        for f, e in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize(("name", "parameters", "rows"), ANSWERS, ids=IDS)
def test_answers(store: EmbeddedStore, name: str, parameters: dict[str, str], rows: list[tuple[Any, ...]]) -> None:
    table = run(store, name, **parameters)
    assert len(table) == len(rows), table.rows
    for found, expected in zip(table.rows, rows, strict=True):
        assert fits(found, expected), found
    assert table.title == question(name).title
    assert table.note == ""


def test_every_question_has_an_expected_answer() -> None:
    assert {q.name for q in library()} - {a[0] for a in ANSWERS} == {"sources"}


def test_sources_are_listed_with_what_is_known(store: EmbeddedStore) -> None:
    rows = [tuple(map(plain, row)) for row in run(store, "sources").rows]
    assert [(r[0], r[1], r[2]) for r in rows] == [("News", "Gazette", "2024-06-01"), ("Second", None, None)]
    assert all(r[3] > 0 and r[4] > 0 for r in rows)


@pytest.mark.parametrize(
    ("name", "parameters"), [(a[0], a[1]) for a in ANSWERS], ids=[f"{a[0]}-{len(a[1])}" for a in ANSWERS]
)
def test_both_engines_agree(
    store: EmbeddedStore, in_rdflib: rdflib.Dataset, name: str, parameters: dict[str, str]
) -> None:
    asked = question(name)
    bindings = {}
    for parameter in asked.parameters:
        value = parameters.get(parameter.name.replace("-", "_"), parameter.default)
        if value is not None:
            bindings[parameter.variable] = to_term(store, parameter, value)
    text = fill(asked.sparql, bindings)
    found = [tuple(None if v is None else plain(v.toPython()) for v in row) for row in in_rdflib.query(text)]
    ours = [tuple(map(plain, row)) for row in store.select(text).rows]
    assert sorted(found, key=repr) == sorted(ours, key=repr)
