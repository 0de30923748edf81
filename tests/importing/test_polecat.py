"""POLECAT files: lists in cells, the word None, former names, places and several rows of one event."""

from __future__ import annotations

import datetime as dt

import pytest

from policygraph.coded import Precision
from policygraph.errors import SourceError
from tests.importing.conftest import Read, the
from tests.importing.polecat_rows import HEADER, row


def test_a_row_becomes_an_event_with_everything_that_it_says(read: Read) -> None:
    event = the(read("polecat", HEADER, row()))
    assert event.type is not None
    assert (event.type.value, event.mode, event.contexts, event.intensity) == (
        "CONSULT",
        "visit",
        ("diplomatic", "military"),
        4.0,
    )
    assert event.earliest == event.latest == dt.date(2023, 3, 14)
    (actor,), (recipient,) = event.actors, event.recipients
    assert (actor.name, actor.country, actor.sectors, actor.known) == ("Ana Quispe", "PER", ("GOV", "ELI"), None)
    assert actor.same_as == "https://en.wikipedia.org/wiki/Ana_Quispe_%28politician%29"
    assert recipient.known == "government/chl"
    assert event.place is not None
    assert (event.place.precision, event.place.known) == (Precision.CITY, "place/arica-chl")
    (report,) = event.reports
    assert (report.source, report.publisher) == ("POLECAT event NGEC0001", "El Faro del Sur")
    assert (report.published, report.coder, report.version) == (dt.date(2023, 3, 15), "NGEC", "NGEC_v1.0.3")
    assert (report.text, report.sentence) == (None, None)


@pytest.mark.parametrize("comma", [";", "|", "; "])
def test_several_values_in_a_cell_are_told_apart(read: Read, comma: str) -> None:
    lists = {
        "Actor_Name": ("Ana Quispe", "Brazil", "None"),
        "Actor_Country": ("PER", "BRA"),
        "Primary_Actor_Sector": ("GOV", "GOV"),
        "Wikipedia_Actor_ID": ("None",),
        "Recipient_Name": ("Luz Mamani", "Tom Rey"),
        "Recipient_Country": ("CHL",),
        "Contexts": ("legal", "human_rights"),
    }
    event = the(read("polecat", HEADER, row(**{name: comma.join(parts) for name, parts in lists.items()})))
    assert [(a.name, a.country, a.known) for a in event.actors] == [
        ("Ana Quispe", "PER", None),
        ("Brazil", "BRA", "government/bra"),
    ]
    # One country for two names counts for both.
    assert [(a.name, a.country) for a in event.recipients] == [("Luz Mamani", "CHL"), ("Tom Rey", "CHL")]
    assert event.contexts == ("human_rights", "legal")


def test_countries_that_do_not_fit_the_names_are_not_guessed(read: Read) -> None:
    event = the(read("polecat", HEADER, row(Actor_Name="A One;B Two;C Three", Actor_Country="PER;CHL")))
    assert [a.country for a in event.actors] == [None, None, None]


def test_a_wikipedia_title_leads_to_a_known_person(read: Read) -> None:
    event = the(read("polecat", HEADER, row(Actor_Name="M. Rubio", Wikipedia_Actor_ID="Marco_Rubio")))
    assert event.actors[0].known == "person/marco-rubio"


def test_both_spellings_of_intensity_and_former_names_are_read(read: Read) -> None:
    old = HEADER.replace("\tIntensity\t", "\tEvent Intensity\t")
    event = the(read("polecat", old, row(Event_Type="FIGHT", Event_Mode="assassinate", Contexts="refugees")))
    assert event.type is not None
    assert (event.type.value, event.mode, event.code, event.contexts) == (
        "ASSAULT",
        "targeted",
        "FIGHT",
        ("migration",),
    )
    assert event.intensity == 4.0


def test_a_mode_of_another_type_is_left_out(read: Read) -> None:
    assert the(read("polecat", HEADER, row(Event_Type="AID", Event_Mode="visit"))).mode is None


def test_rows_of_one_event_are_its_reports_and_other_codings_other_events(read: Read) -> None:
    items, _ = read(
        "polecat", HEADER, row(), row(Source="Radio Sierra", Publication_Date="2023-03-16"), row(Event_Type="AGREE")
    )
    one, two, three = items
    assert one.id == two.id != three.id  # type: ignore[union-attr]
    publishers = [report.publisher for item in items for report in item.reports]  # type: ignore[union-attr]
    assert publishers == ["El Faro del Sur", "Radio Sierra", "El Faro del Sur"]


def test_a_place_may_be_just_a_name(read: Read) -> None:
    nothing = dict.fromkeys(("City", "Province", "Country", "Latitude", "Longitude"), "None")
    event = the(read("polecat", HEADER, row(Placename="the border", **nothing)))
    assert event.place is not None
    assert (event.place.name, event.place.country, event.place.known) == ("the border", None, None)
    event = the(read("polecat", HEADER, row(Placename="None", **nothing)))
    assert event.place is None


def test_bytes_of_the_older_encoding_are_read_and_counted(read: Read) -> None:
    reading = read("polecat", HEADER, row(Actor_Name="Íñigo Peña"), encoding="iso-8859-1")
    assert the(reading).actors[0].name == "Íñigo Peña"
    assert reading[1].changed == {"bytes that are no UTF-8": 1}


def test_lines_that_cannot_be_used_are_named(read: Read) -> None:
    lines = [row(Event_Type="None"), row(Event_Date="None"), row(Event_ID="None"), row().rpartition("\t")[0], row()]
    items, tally = read("polecat", HEADER, *lines)
    assert len(items) == 1
    assert tally.named == [
        "sample.txt:2: '' is no PLOVER event type",
        "sample.txt:3: the event date is no day as YYYY-MM-DD",
        "sample.txt:4: there is no event id",
        "sample.txt:5: 39 columns, expected 40 as in the header",
    ]


def test_a_file_of_another_set_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="no header of a POLECAT file: there is no column event_type, actor_name"):
        read("polecat", "Event ID\tEvent Date\tSource Name", "1\t2014-01-31\tChile")
