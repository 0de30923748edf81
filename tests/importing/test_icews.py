"""ICEWS files: columns by name, codes lost and found, sectors, places, quirks of single years."""

from __future__ import annotations

import datetime as dt

import pytest

from policygraph.coded import CodedPlace, Precision
from policygraph.errors import DataError, SourceError
from policygraph.importing import crosswalk
from tests.importing.conftest import Read, the
from tests.importing.icews_rows import HEADER, HEADER_2017, row, row_2017


def test_a_row_becomes_an_event_with_everything_that_it_says(read: Read) -> None:
    event = the(read("icews", HEADER, row(Source_Name="Government (Peru)")))
    assert (event.dataset, event.id, event.code) == ("icews", "20718170-2014-01-31", "042")
    assert event.type is not None
    assert (event.type.value, event.mode, event.intensity) == ("CONSULT", "visit", 1.9)
    assert (event.earliest, event.latest) == (dt.date(2014, 1, 31), dt.date(2014, 1, 31))
    assert [a.known for a in (*event.actors, *event.recipients)] == ["government/per", "government/chl"]
    assert event.place == CodedPlace("Lima", "PER", Precision.CITY, -12.0432, -77.0282, "place/lima-per")
    (report,) = event.reports
    assert (report.source, report.publisher, report.sentence) == ("ICEWS story 31337001", "The Morning Post", 5)
    assert report.text is None


def test_the_year_without_codes_is_coded_by_its_words(read: Read) -> None:
    text = "Conduct suicide, car, or other non-military bombing"
    event = the(read("icews", HEADER_2017, row_2017(Event_Text=text), name="Events.2017.tab.gz"))
    assert (event.code, event.earliest) == ("183", dt.date(2017, 1, 31))
    assert event.mode == "suicide-attack"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("42", "042"), ("51", "051"), ("0871", "0871"), ("871", "0871"), ("190", "190"), ("12", "012")],
)
def test_a_code_that_lost_its_zero_gets_it_back(read: Read, written: str, meant: str) -> None:
    assert the(read("icews", HEADER, row(CAMEO_Code=written))).code == meant


def test_every_code_that_words_stand_for_is_a_cameo_code() -> None:
    for _, cells in crosswalk.rows(crosswalk._FOLDER / "icews_texts.csv"):
        assert crosswalk.is_cameo(cells["cameo"]), cells


def test_sectors_in_any_order_quoted_or_not_make_one_actor(read: Read) -> None:
    lists = ("Cabinet,Executive,Government", '"Government,Executive,Cabinet"', "Government,Cabinet,National Ethnic")
    rows = [row(Event_ID=str(n), Source_Name="Ana Quispe", Source_Sectors=s) for n, s in enumerate(lists, 1)]
    items, tally = read("icews", HEADER, *rows)
    actors = {item.actors for item in items}  # type: ignore[union-attr]
    assert (tally.events, len(actors)) == (3, 1)
    assert actors.pop()[0].sectors == ("GOV",)


def test_names_of_countries_are_found_and_others_stay_names(read: Read) -> None:
    names = {
        "Russian Federation": "RUS",
        "Occupied Palestinian Territory": "PSE",
        "Cote d'Ivoire": "CIV",
        "Democratic Republic of Congo": "COD",
        "the former Yugoslav Republic of Macedonia": "MKD",
        "Atlantis": None,
    }
    rows = [row(Event_ID=str(n), Source_Name="Police (X)", Source_Country=c) for n, c in enumerate(names, 1)]
    items, _ = read("icews", HEADER, *rows)
    assert [i.actors[0].country for i in items] == list(names.values())  # type: ignore[union-attr]


def test_a_place_is_as_fine_as_the_row_says(read: Read) -> None:
    rows = [
        row(Event_ID="1", City="NULL"),
        row(Event_ID="2", City="", Province="", District=""),
        row(Event_ID="3", City="NA", Province="NA", District="NA", Country="NA", Latitude="NA", Longitude="NA"),
        row(Event_ID="4", Latitude="120", Longitude="400"),
    ]
    items, _ = read("icews", HEADER, *rows)
    places = [item.place for item in items]  # type: ignore[union-attr]
    assert [p and (p.name, p.precision.value) for p in places[:3]] == [
        ("Lima Province", "province"),
        ("Peru", "country"),
        None,
    ]
    assert places[3] is not None
    assert places[3].latitude is None


def test_an_event_number_counts_with_its_date(read: Read) -> None:
    items, _ = read("icews", HEADER, row(), row(), row(Event_Date="2015-02-01"))
    assert len({item.id for item in items}) == 2  # type: ignore[union-attr]


def test_bytes_that_are_no_utf8_are_read_as_western(read: Read) -> None:
    reading = read("icews", HEADER, row(Source_Name="José Núñez"), encoding="cp1252")
    assert the(reading).actors[0].name == "José Núñez"
    assert reading[1].changed == {"bytes that are no UTF-8": 1}


def test_lines_that_cannot_be_used_are_named(read: Read) -> None:
    lines = [row(), row() + "\tmore", row().rsplit("\t", 1)[0], row(Event_Date="2014-13-40"), "", HEADER]
    lines += [row(CAMEO_Code="", Event_Text="Sing a song"), row(CAMEO_Code="999", Event_Text=""), row(Event_ID="NA")]
    items, tally = read("icews", HEADER, *lines)
    assert len(items) == 1
    assert tally.named == [
        "sample.txt:3: 21 columns, expected 20 as in the header",
        "sample.txt:4: 19 columns, expected 20 as in the header",
        "sample.txt:5: the event date is no day as YYYY-MM-DD or M/D/YYYY",
        "sample.txt:6: an empty line",
        "sample.txt:7: a second header",
        "sample.txt:8: neither the CAMEO code nor the event text is known",
        "sample.txt:9: neither the CAMEO code nor the event text is known",
        "sample.txt:10: there is no event id",
    ]
    with pytest.raises(DataError, match=r"sample\.txt:3: 21 columns"):
        read("icews", HEADER, *lines, strict=True)


def test_a_file_without_a_header_says_what_is_missing(read: Read) -> None:
    with pytest.raises(SourceError, match="no header of an ICEWS file: there is no column event_id, event_date"):
        read("icews", row(), row())
