"""What imported events are like to whoever asks: questions, network, page and evidence work as on articles."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policygraph import iris
from policygraph.dataimport import import_events
from policygraph.project import PolicyGraph, open_folder
from policygraph.projectfile import Project
from tests.importing import acled_rows, gdelt_rows, icews_rows, plover_rows, polecat_rows
from tests.toy import make_project, toy_build

SETS = {
    # The mentions come first: they are joined to their events all the same.
    "gdelt": {
        "a.mentions.CSV": [gdelt_rows.mention()],
        "b.export.CSV": [
            gdelt_rows.event(actor=("PER", "PERU", "PER", ""), recipient=("CHL", "CHILE", "CHL", "")),
            gdelt_rows.event(700000002, code="190", actor=("PERREB", "FREE VALLEY FRONT", "PER", "REB")),
        ],
    },
    "icews": {"a.tab": [icews_rows.HEADER, icews_rows.row(Source_Name="Government (Peru)")]},
    "polecat": {
        "a.txt": [
            polecat_rows.HEADER,
            polecat_rows.row(Event_Type="AGREE", Event_Mode="None", Actor_Name="Peru", Wikipedia_Actor_ID="None"),
        ]
    },
    "acled": {
        "a.csv": [
            acled_rows.HEADER,
            acled_rows.row(actor1="Military Forces of Peru (2022-)", actor2="Government of Chile (2022-)"),
        ]
    },
    "plover": {"a.jsonl": [plover_rows.record()]},
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_project(folder, {"a.txt": "Ana backs Luz.\n"})
    plan = folder / "policygraph.toml"
    plan.write_text(plan.read_text().replace("bundled = false", "bundled = true"))
    project = Project.load(folder)
    toy_build(project)
    for kind, files in SETS.items():
        for name, lines in files.items():
            (folder / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        import_events(project.out, kind, [folder / name for name in files])
    return project.out


@pytest.fixture(scope="module")
def graph(out: Path) -> Iterator[PolicyGraph]:
    with open_folder(out) as opened:
        yield opened


def test_the_graph_is_sound(graph: PolicyGraph) -> None:
    report = graph.validate()
    assert report.ok, str(report.findings)


def test_questions_find_events_between_countries(graph: PolicyGraph) -> None:
    found = [
        (r["when"], r["type"], r["actor"], r["source"])
        for r in graph.ask("events-between", **{"from": "PER", "to": "CHL"})
    ]
    assert (
        found
        == [
            ("2014-01-31", "consult", "Government of Peru", "ICEWS: ICEWS story 31337001"),
            ("2015-10-27", "consult", "Government of Peru", "GDELT: https://news.example.org/one"),
            ("2015-10-27", "consult", "Government of Peru", "GDELT: https://wire.example.org/two"),
            ("2023-02-10", "consult", "the foreign minister of Peru", "PLOVER: https://news.example.org/arica"),
            ("2023-03-14", "agree", "Government of Peru", "POLECAT: POLECAT event NGEC0001"),
            ("2024-05-12", "assault", "Military Forces of Peru (2022-)", "ACLED: ACLED event MEX70001"),
            ("2024-05-12", "assault", "Military Forces of Peru (2022-)", "ACLED: ACLED event MEX70001"),
        ][: len(found)]
    )
    # Two outlets stand behind one row of ACLED; they differ in nothing that is asked for.
    assert len(found) == 6
    within = graph.ask("events-between", **{"from": "PER", "to": "CHL", "since": "2015-01-01", "until": "2016-01-01"})
    assert len(within.rows) == 2
    assert graph.ask("events-between", **{"from": "CHL", "to": "PER"}).rows == []


def test_what_data_sets_record_is_among_what_an_actor_did(graph: PolicyGraph) -> None:
    rows = graph.ask("who-did-what", who="Government of Peru", to="Government of Chile")
    assert [(r["type"], r["when"], r["how"], r["quote"]) for r in rows] == [
        ("agree", "2023-03-14", "on record", None),
        ("consult", "2014-01-31", "on record", None),
        ("consult", "2015-10-27", "on record", None),
    ]
    (dyad,) = [r for r in graph.ask("dyads", who="Government of Peru") if r["actor"] == "Government of Peru"]
    assert (dyad["recipient"], dyad["quad"], dyad["events"]) == ("Government of Chile", "verbal cooperation", 3)


def test_who_acts_for_a_country_is_asked_for_by_its_name(graph: PolicyGraph) -> None:
    def sides(who: str) -> set[tuple[str, str]]:
        return {(r["actor"], r["recipient"]) for r in graph.ask("dyads", who=who)}

    assert ("Military Forces of Peru (2022-)", "Government of Chile") in sides("Peru")
    assert sides("Peru") > sides("Government of Peru")
    assert ("Joe Biden", "Dina Boluarte") in sides("Peru") - sides("Chile")
    events = {r["event"] for r in graph.ask("timeline", who="Peru", since="2015-01-01", until="2015-12-31")}
    assert any(name.startswith("Government of Peru, consult") for name in events)
    assert graph.ask("dyads", who="Peru", since="2016-01-01", until="2016-12-31").rows == []


def test_the_network_has_a_tie_for_each_pair(graph: PolicyGraph) -> None:
    net = graph.network(layer="events", since="2014-01-01")
    peru, chile = iris.thing("government/per"), iris.thing("government/chl")
    ties = {d["predicate"]: d for d in net.graph.get_edge_data(peru, chile).values()}
    assert ties["agree"]["modality"] == "recorded"
    assert ties["consult"]["first"] == "2014-01-31"
    rebels = [d for _, _, d in net.graph.edges(data=True) if d["predicate"] == "assault"]
    assert sorted(d["sign"] for d in rebels) == [-1, -1]
    rolled = graph.network(layer="events", roll_up="country", since="2024-01-01", until="2024-12-31").graph
    assert rolled.has_edge(iris.thing("country/per"), iris.thing("country/chl"))
    without = graph.network(layer="events", reference=False)
    assert not without.graph.has_edge(peru, chile)


def test_evidence_names_set_and_report_and_says_that_there_is_no_text(graph: PolicyGraph) -> None:
    found = graph.evidence("Peru", "Chile")
    sources = [row["source"] for row in found if str(row["claim"]).startswith(iris.thing("event/"))]
    assert sorted(sources) == [
        "ACLED: Diario del Norte, ACLED event MEX70001",
        "ACLED: Radio Sierra, ACLED event MEX70001",
        "GDELT: https://news.example.org/one; no text in the data set",
        "GDELT: wire.example.org, https://wire.example.org/two, sentence 3, character 145; no text in the data set",
        "ICEWS: The Morning Post, ICEWS story 31337001, sentence 5; no text in the data set",
        "PLOVER: El Faro del Sur, https://news.example.org/arica, sentence 2, character 120",
        "POLECAT: El Faro del Sur, POLECAT event NGEC0001; no text in the data set",
    ]
    assert "data sets pass on no text" in found.note
    acled = next(row for row in found if str(row["source"]).startswith("ACLED"))
    assert (acled["subject"], acled["relation"], acled["object"], acled["modality"]) == (
        "Military Forces of Peru (2022-)",
        "assault",
        "Government of Chile",
        "recorded",
    )
    assert str(acled["quote"]).startswith("On 12 May 2024, soldiers and gunmen")
    assert "no text in the data set" in found._repr_html_()


def test_evidence_of_one_name_has_its_events(graph: PolicyGraph) -> None:
    front = [row["source"] for row in graph.evidence("Free Valley Front")]
    assert front == ["GDELT: https://news.example.org/one; no text in the data set"]
    assert any("POLECAT" in str(row["source"]) for row in graph.evidence("Arica"))


def test_an_actor_that_nothing_links_is_flagged_and_keeps_its_name(graph: PolicyGraph) -> None:
    rows = graph.query("SELECT ?name { ?actor pg:unlinked true ; skos:prefLabel ?name } ORDER BY ?name").rows  # type: ignore[union-attr]
    assert [str(row[0]) for row in rows] == [
        "Free Valley Front",
        "Military Forces of Peru (2022-)",
        "the foreign minister of Peru",
    ]


def page_data(graph: PolicyGraph) -> dict[str, Any]:
    """The data in the page around one of the actors, unpacked as the browser does it."""
    page = graph.view(focus=["Government of Peru"]).html()
    found = re.search(r'<script[^>]*id="pg-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    assert "The data set keeps no words of the report." in page
    text = found[1]
    if 'data-packed="gzip"' in found[0]:
        text = gzip.decompress(base64.b64decode(text)).decode()
    data: dict[str, Any] = json.loads(text)
    return data


def test_the_page_draws_the_events_with_the_reports_they_rest_on(graph: PolicyGraph) -> None:
    text = json.dumps(page_data(graph), ensure_ascii=False)
    records = [r for r in page_data(graph)["records"] if r[0] in ("GDELT", "ICEWS", "POLECAT", "ACLED", "PLOVER")]
    assert {r[0] for r in records} == {"GDELT", "ICEWS", "POLECAT", "ACLED", "PLOVER"}
    assert "https://wire.example.org/two" in text
    assert "ICEWS story 31337001" in text
    for name in ("Free Valley Front", "Military Forces of Peru (2022-)", "the foreign minister of Peru"):
        assert name in text
    # No report of these sets has words; that of ACLED has its coder's.
    with_text = {r[0] for r in records if len(r) > 7 and r[7]}
    assert with_text == {"ACLED", "PLOVER"}
