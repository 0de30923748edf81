"""PLOVER JSON lines out and in again: nothing that was taken in is lost or changed."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policygraph
from policygraph import iris
from policygraph.coded import CodedEvent, Mention
from policygraph.graph.coded import CodedWriter
from policygraph.graph.encode import encode, entity_quads
from policygraph.graph.export import export
from policygraph.graph.reference import reference_quads
from policygraph.importing.actors import ActorLinker
from policygraph.importing.formats import format_named
from policygraph.importing.lines import Member, Position
from policygraph.importing.reference import load_reference
from policygraph.importing.tally import Tally
from policygraph.vocabulary import CONTEXTS, MODES, SECTORS, EventType
from tests.importing import acled_rows, gdelt_rows, icews_rows, plover_rows, polecat_rows

REFERENCE = load_reference()
LINKER = ActorLinker(REFERENCE)
STORE = ox.Store()
STORE.bulk_extend(reference_quads(REFERENCE))

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
name = text.filter(lambda t: bool(t.replace("\0", "").strip()))
code = st.sampled_from(["PER", "CHL", "KOS", "USA", "IGO", "", "XYZ"])
number = st.floats(-10, 10, allow_nan=False)


def entity(n: str) -> st.SearchStrategy[dict[str, Any]]:
    """An actor; one name always has the same country and sectors, as within one data set."""
    half = len(n) % 2
    return st.just(
        {
            "entity_text": n,
            "code": ["PER", "NGO", "KOS"][len(n) % 3],
            "sector": [SECTORS[len(n) % len(SECTORS)]] if half else [],
            **({"identifier_id": f"Q9999{len(n)}"} if half else {}),
        }
    )


entities = st.lists(
    st.one_of(
        name.flatmap(entity),
        st.sampled_from([{"entity_text": "Marco Rubio"}, {"code": "CHL"}, {"entity_text": "Government of Peru"}]),
    ),
    min_size=1,
    max_size=3,
)
place = st.one_of(
    st.none(),
    st.sampled_from(["Lima", "Peru", {"code": "CHL"}, {"entity_text": "Arica", "code": "CHL"}]),
    st.fixed_dictionaries(
        {"entity_text": name, "code": code},
        optional={
            "latitude": st.floats(-90, 90),
            "longitude": st.floats(-180, 180),
            "precision": st.sampled_from(["city", "province", "country", "point", "somewhere"]),
        },
    ),
)
report = st.fixed_dictionaries(
    {},
    optional={
        "text": text,
        "text_info": st.fixed_dictionaries({}, optional={"sequence": st.integers(0, 99), "start": st.integers(0, 999)}),
        "cite_info": st.fixed_dictionaries(
            {},
            optional={
                "url": st.sampled_from(["https://a.example.org/x", "https://a.example.org/b c", "ftp://x"]),
                "title": text,
                "language": text,
                "licence": text,
                "publication": text,
                "coder": text,
                "codebook": text,
                "date": st.dates().map(str),
                "confidence": st.floats(-1, 2),
            },
        ),
    },
)
record = st.builds(
    lambda first, more: {**first, **more},
    report,
    st.fixed_dictionaries(
        {
            "id": name,
            "date": st.one_of(st.dates().map(str), st.sampled_from(["2023", "2023-02", "2023-01-05/2023-02-01"])),
            "actor": entities,
            "event": st.lists(st.sampled_from([e.value for e in EventType]), min_size=1, max_size=2, unique=True),
        },
        optional={
            "recipient": entities,
            "mode": st.lists(st.sampled_from(sorted({m for modes in MODES.values() for m in modes})), max_size=3),
            "context": st.lists(st.sampled_from(CONTEXTS), max_size=3),
            "event_loc": place,
            "event_scale": number,
            "fatalities": st.integers(0, 1000),
            "revision": st.integers(0, 2**40),
            "reports": st.lists(report, max_size=2),
            "dataset": st.sampled_from(["plover", "my-set", "gdelt"]),
        },
    ),
)


class Taken:
    """What became of a file: the quads that it led to, and the records that can be written of them."""

    def __init__(self, folder: Path, lines: Iterable[str], kind: str = "plover") -> None:
        path = folder / "a.jsonl"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="")
        self.tally, writer = Tally(), CodedWriter(LINKER.names)
        seen, mentions = {}, []
        for item in format_named(kind).read(Member(path, path.name), LINKER, self.tally, Position()):
            if isinstance(item, CodedEvent):
                # A later record with the same id takes the place of the earlier one.
                seen[item.dataset, item.id] = item
            elif isinstance(item, Mention):
                mentions.append(writer.mention(item.dataset, item.event, item.report))
        for graph in list(STORE.named_graphs()):
            if iris.is_imported(str(graph)[1:-1]):
                STORE.remove_graph(graph)
        data = "".join([*mentions, *(writer.write(item) for item in seen.values())])
        STORE.load(data.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
        graphs = [graph for graph in STORE.named_graphs() if iris.is_imported(str(graph)[1:-1])]
        self.quads = {str(q) for graph in graphs for q in STORE.quads_for_pattern(None, None, None, graph)}
        made = io.BytesIO()
        export(STORE, "plover", made)
        self.written = made.getvalue().decode("utf-8").split("\n")[:-1]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(record, min_size=1, max_size=4))
def test_what_was_taken_in_comes_out_and_in_again_unchanged(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("plover")
    lines = [json.dumps(one, ensure_ascii=len(one["id"]) % 2 == 0) for one in records]
    first = Taken(folder, lines)
    second = Taken(folder, first.written)
    assert not second.tally.left_out, second.tally.named
    assert second.quads == first.quads
    assert second.written == first.written


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (
            "gdelt",
            [gdelt_rows.event(), gdelt_rows.event(700000002, code="190", actor=("REB", "FREE FRONT", "PER", "REB"))],
        ),
        ("icews", [icews_rows.HEADER, icews_rows.row(), icews_rows.row(Event_ID="2", City="", CAMEO_Code="0871")]),
        ("polecat", [polecat_rows.HEADER, polecat_rows.row(), polecat_rows.row(Actor_Name="B;A", Actor_Country="PER")]),
        ("acled", [acled_rows.HEADER, acled_rows.row(assoc_actor_1="Police Forces of Mexico (2018-2024)")]),
        ("plover", [plover_rows.record(), plover_rows.record(id="2", event_loc="Chile", event=["AID", "AGREE"])]),
    ],
)
def test_every_data_set_can_be_handed_on_as_plover(tmp_path: Path, kind: str, lines: list[str]) -> None:
    first = Taken(tmp_path, lines, kind)
    assert len(first.written) == (3 if kind == "plover" else len(lines) - (kind != "gdelt"))
    second = Taken(tmp_path, first.written)
    assert not second.tally.left_out, second.tally.named
    assert second.quads == first.quads


def test_events_without_a_type_or_an_actor_are_no_plover_records(tmp_path: Path) -> None:
    rows = [gdelt_rows.event(code="010"), gdelt_rows.event(700000002, actor=("", "", "", ""))]
    assert Taken(tmp_path, rows, "gdelt").written == []


def test_a_record_has_the_layout_of_the_manual(tmp_path: Path) -> None:
    (line,) = Taken(tmp_path, [plover_rows.record()]).written
    assert json.loads(line) == {
        "id": "ruritania-1",
        "date": "2023-02-10",
        "actor": [{"code": "PER", "sector": ["GOV"], "entity_text": "the foreign minister of Peru"}],
        "recipient": [
            {
                "code": "CHL",
                "sector": ["GOV"],
                "entity_text": "Government of Chile",
                "identifier_id": "https://w3id.org/policygraph/id/government/chl",
            }
        ],
        "event": ["CONSULT"],
        "mode": ["visit"],
        "context": ["diplomatic"],
        "quad_code": 1,
        "event_scale": 4,
        "event_loc": {
            "entity_text": "Arica",
            "identifier_id": "https://w3id.org/policygraph/id/place/arica-chl",
            "code": "CHL",
        },
        "text": "The foreign minister of Peru travelled to Arica for talks.",
        "text_info": {"sequence": 2, "start": 120, "end": 178},
        "cite_info": {
            "url": "https://news.example.org/arica",
            "title": "Talks in Arica",
            "publication": "El Faro del Sur",
            "coder": "A. Coder",
            "codebook": "PLOVER 2.0",
        },
    }


def test_events_of_articles_are_coded_as_plover_codes_them(tmp_path: Path) -> None:
    """A visit to come is AGREE on the day of the article; what is denied or merely possible is nothing."""
    article = tmp_path / "article.txt"
    article.write_text(
        "Mexico criticized the United States on 3 May 2024. Marco Rubio will visit Chile in June 2024. "
        "Peru denied that it had attacked Ecuador. Officials say that Cuba may visit Haiti.\n",
        encoding="utf-8",
    )
    found = policygraph.extract(article)
    dated = replace(found.document, info=replace(found.document.info, published=dt.date(2024, 5, 4)))
    encoded = encode(replace(found, document=dated))
    store = ox.Store()
    store.bulk_extend(reference_quads(REFERENCE))
    store.extend(encoded.quads)
    store.extend(entity_quads(encoded.named))
    made = io.BytesIO()
    export(store, "plover", made)
    one, two = [json.loads(line) for line in made.getvalue().splitlines()]
    assert (one["event"], one["mode"], one["date"]) == (["ACCUSE"], ["disapprove"], "2024-05-03")
    assert one["text"] == "Mexico criticized the United States on 3 May 2024."
    assert one["text_info"] == {"start": 0, "end": 50}
    assert (two["event"], two.get("mode"), two["date"]) == (["AGREE"], None, "2024-05-04")
    assert two["comment"] == "reported as planned"
    assert (two["actor"][0]["identifier_id"], two["recipient"][0]["code"]) == ("Q324546", "CHL")
    assert two["cite_info"]["coder"].startswith("rules/")
    again = Taken(tmp_path, made.getvalue().decode().splitlines())
    assert not again.tally.left_out
    assert any("person/marco-rubio" in quad and "hasActor" in quad for quad in again.quads)
