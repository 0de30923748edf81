"""ACLED files: present and older layout, revisions and deletions, precision of time and place, notes over lines."""

from __future__ import annotations

import datetime as dt

import pytest

from policygraph.coded import CodedEvent, Deletion, Precision
from policygraph.errors import SourceError
from policygraph.importing import crosswalk
from tests.importing.acled_rows import DELETED_HEADER, HEADER, OLD_HEADER, old_row, row
from tests.importing.conftest import Read, the


def test_a_row_becomes_an_event_with_everything_that_it_says(read: Read) -> None:
    event = the(read("acled", HEADER, row()))
    assert (event.id, event.code, event.revision) == ("MEX70001", "Battles: Armed clash", 1715700000)
    assert event.type is not None
    assert (event.type.value, event.mode, event.contexts, event.fatalities) == ("ASSAULT", None, ("military",), 3)
    assert event.earliest == event.latest == dt.date(2024, 5, 12)
    (actor,), (recipient,) = event.actors, event.recipients
    assert (actor.name, actor.country, actor.sectors) == ("Military Forces of Mexico (2018-2024)", "MEX", ("MIL",))
    assert (recipient.name, recipient.country, recipient.sectors) == ("Cartel of the Two Rivers", None, ("UAF",))
    assert event.place is not None
    assert (event.place.name, event.place.precision, event.place.country) == ("Culiacan", Precision.CITY, "MEX")
    one, two = event.reports
    assert (one.source, one.publisher, two.publisher) == ("ACLED event MEX70001", "Diario del Norte", "Radio Sierra")
    assert one.text == two.text
    assert one.text is not None
    assert one.text.endswith('\n"Several hours", said a witness.')


def test_the_older_layout_gives_the_same_event(read: Read) -> None:
    assert the(read("acled", OLD_HEADER, old_row())) == the(read("acled", HEADER, row()))
    by_number = the(read("acled", OLD_HEADER, old_row(event_id_cnty="")))
    assert by_number.id == "MEX70001"


def test_a_byte_order_mark_and_semicolons_are_no_hindrance(read: Read) -> None:
    assert the(read("acled", "\ufeff" + HEADER, row())).id == "MEX70001"
    lines = "event_id_cnty;event_date;event_type;actor1;country", "MEX1;2024-05-12;Protests;Protesters (Mexico);Mexico"
    event = the(read("acled", *lines))
    assert (event.mode, event.actors[0].country, event.actors[0].sectors) == ("demo", "MEX", ("CVL",))


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("1", "2024-05-12", "2024-05-12"), ("2", "2024-05-09", "2024-05-15"), ("3", "2024-05-01", "2024-05-31")],
)
def test_a_date_is_as_fine_as_the_row_says(read: Read, precision: str, first: str, last: str) -> None:
    event = the(read("acled", HEADER, row(time_precision=precision)))
    assert (event.earliest.isoformat(), event.latest.isoformat()) == (first, last)


def test_a_place_is_never_finer_than_the_row_says(read: Read) -> None:
    rows = [row(event_id_cnty=f"MEX{n}", geo_precision=n) for n in "123"]
    items, _ = read("acled", HEADER, *rows, row(country="Gulf of Tehuantepec", iso="0", location="Open sea"))
    places = [item.place for item in items if isinstance(item, CodedEvent)]
    assert [(p.name, p.precision.value, p.country) for p in places if p] == [
        ("Culiacan", "city", "MEX"),
        ("Culiacan", "district", "MEX"),
        ("Sinaloa", "province", "MEX"),
        ("Open sea", "city", None),
    ]


@pytest.mark.parametrize(
    ("name", "inter", "country", "sector", "known"),
    [
        ("Government of Mexico (2018-2024)", "1", "MEX", "GOV", "government/mex"),
        ("Police Forces of the Democratic Republic of Congo (2019-)", "State forces", "COD", "COP", None),
        ("Protesters (Chile)", "6", "CHL", "CVL", None),
        (
            "NATO: North Atlantic Treaty Organization",
            "8",
            None,
            None,
            "organisation/north-atlantic-treaty-organization",
        ),
        ("ADF: Allied Democratic Forces", "2", None, "REB", None),
        ("Unidentified Armed Group (Peru)", "Political militia", "PER", "UAF", None),
        ("Free Valley Front", "Rebel group", None, "REB", None),
    ],
)
def test_an_actor_is_read_from_its_name_and_code(
    read: Read, name: str, inter: str, country: str | None, sector: str | None, known: str | None
) -> None:
    (actor,) = the(read("acled", HEADER, row(actor1=name, inter1=inter))).actors
    assert (actor.name, actor.country, actor.sectors) == (name, country, (sector,) if sector else ())
    assert actor.known == known


def test_those_who_go_along_are_actors_of_the_same_side(read: Read) -> None:
    changes = {
        "actor1": "Protesters (Mexico)",
        "inter1": "6",
        "assoc_actor_1": "Students (Mexico); Labor Group (Mexico)",
    }
    event = the(read("acled", HEADER, row(event_type="Protests", sub_event_type="Peaceful protest", **changes)))
    assert [(a.name, a.sectors) for a in event.actors] == [
        ("Protesters (Mexico)", ("CVL",)),
        ("Students (Mexico)", ("EDU",)),
        ("Labor Group (Mexico)", ("LAB",)),
    ]


@pytest.mark.parametrize(("inter", "mode"), [("5", "riot"), ("6", "demo"), ("3", None)])
def test_the_older_type_of_riots_and_protests_is_told_apart_by_the_actor(read: Read, inter: str, mode: str) -> None:
    event = the(read("acled", OLD_HEADER, old_row(event_type="Riots/Protests", sub_event_type="", inter1=inter)))
    assert event.mode == mode


def test_every_sub_event_type_is_mapped_or_left_without_a_type() -> None:
    coded = {
        (row["event"], row["sub_event"]): row["type"]
        for _, row in crosswalk.rows(crosswalk._FOLDER / "acled_events.csv")
    }
    assert len(coded) == 34
    assert {type_ for (event, _), type_ in coded.items() if event.startswith("Strategic")} == {
        "",
        "AGREE",
        "COERCE",
        "RETREAT",
    }
    assert crosswalk.acled("Battles", "A kind that comes later") == crosswalk.acled("Battles", "")


def test_a_file_of_deletions_takes_events_back(read: Read) -> None:
    items, _ = read("acled", DELETED_HEADER, "MEX70001,1716000000", "MEX70002,2024-05-18 10:00:00", "MEX70003,")
    assert [(i.event, i.revision) for i in items if isinstance(i, Deletion)] == [
        ("MEX70001", 1716000000),
        ("MEX70002", 1716026400),
        ("MEX70003", 1 << 53),
    ]


def test_lines_that_cannot_be_used_are_named(read: Read) -> None:
    lines = [row(event_date="41/41/2024"), row(event_type="Dances"), row(event_id_cnty=""), row() + ",1", row()]
    items, tally = read("acled", HEADER, *lines, name="a.csv")
    assert len(items) == 1
    # Each of these rows has two lines, as its notes have.
    assert tally.named == [
        "a.csv:3: the event date is no day as YYYY-MM-DD, D/M/YYYY or 31 March 2017",
        "a.csv:5: 'Dances' is no event type of ACLED",
        "a.csv:7: there is no event_id_cnty",
        "a.csv:8: 32 columns, expected 31 as in the header",
    ]


def test_a_quote_that_is_never_closed_costs_a_limited_number_of_lines(read: Read) -> None:
    broken = row(notes="quiet").replace("quiet", '"loud')
    good = [row(event_id_cnty=f"MEX{n}", notes="x" * 400) for n in range(600)]
    items, tally = read("acled", HEADER, broken, *good, name="a.csv")
    assert tally.left_out == {"within a quoted cell that is not closed": tally.left_out.total()}
    assert len(items) + tally.left_out.total() == 601
    assert len(items) > 300


def test_a_file_of_another_set_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="no column event_id_cnty or event_id_no_cnty"):
        read("acled", "a,b,c", "1,2,3")
