"""GDELT files: three layouts, two kinds of country codes in a row, spoiled copies, guessed dates, mentions."""

from __future__ import annotations

import datetime as dt

import pytest

from policygraph.coded import CodedEvent, Mention, Precision
from policygraph.errors import DataError
from tests.importing.conftest import Read, the
from tests.importing.gdelt_rows import event, mention


def test_actors_have_cameo_countries_and_places_fips_ones(read: Read) -> None:
    """CH is China where an event happens, and GM is Germany, while its actors are CHN and DEU."""
    one = the(read("gdelt", event(actor=("CHN", "CHINA", "CHN", ""), place=("1", "China", "CH", "35.0", "105.0"))))
    assert one.place is not None
    assert (one.actors[0].known, one.place.country, one.place.precision) == ("government/chn", "CHN", Precision.COUNTRY)
    assert one.recipients[0].country == "DEU"
    two = the(read("gdelt", event(place=("4", "Hamburg, Hamburg, Germany", "GM", "53.55", "10.0"))))
    assert two.place is not None
    assert (two.place.country, two.place.known) == ("DEU", "place/hamburg-deu")


@pytest.mark.parametrize(
    ("code", "iso3"), [("TMP", "TLS"), ("KSV", "XKX"), ("ROM", "ROU"), ("WSB", "PSE"), ("SUN", "RUS"), ("QQQ", None)]
)
def test_codes_of_cameo_that_are_not_iso_are_known(read: Read, code: str, iso3: str | None) -> None:
    assert the(read("gdelt", event(actor=(code + "COP", "POLICE", code, "COP")))).actors[0].country == iso3


def test_leading_zeros_of_codes_are_kept(read: Read) -> None:
    items, _ = read("gdelt", event(code="012"), event(2, code="120"), event(3, code="0871"))
    assert [(i.code, i.type and i.type.value) for i in items if isinstance(i, CodedEvent)] == [
        ("012", None),
        ("120", "REJECT"),
        ("0871", "RETREAT"),
    ]


@pytest.mark.parametrize("columns", [61, 58, 57])
def test_all_three_layouts_give_the_same_event(read: Read, columns: int) -> None:
    row = event() if columns == 61 else event(version=1)
    row = row.rsplit("\t", 1)[0] if columns == 57 else row
    assert row.count("\t") == columns - 1
    one = the(read("gdelt", row, name="20130401.export.CSV"))
    assert one.place is not None
    assert (one.place.known, one.place.latitude, one.place.longitude) == ("place/berlin-deu", 52.5167, 13.4)
    address = "https://news.example.org/one" if columns > 57 else "GDELT batch 20151027220000"
    assert one.reports[0].source == address


def test_rows_that_are_too_short_too_long_or_spoiled_are_named(read: Read) -> None:
    header = "\t".join(["GLOBALEVENTID", *(f"c{n}" for n in range(60))])
    spreadsheet = event().replace("\t", ";").replace("20151027220000", "2.02E+13")
    lines = [header, event() + "\tx", event().rsplit("\t", 1)[0], spreadsheet, "", event(day="20151332")]
    lines += [event(code="---"), event().replace("700000001", "7E+08"), event(700000009)]
    items, tally = read("gdelt", *lines)
    assert [i.id for i in items if isinstance(i, CodedEvent)] == ["700000009"]
    assert tally.named == [
        "sample.txt:1: a header, where none belongs",
        "sample.txt:2: 62 columns, expected 57, 58, 61",
        "sample.txt:3: 60 columns, expected 57, 58, 61",
        "sample.txt:4: a copy from a spreadsheet with semicolons, whose long numbers are damaged",
        "sample.txt:5: an empty line",
        "sample.txt:6: the date is not a day as YYYYMMDD",
        "sample.txt:7: the event code is not a CAMEO code",
        "sample.txt:8: the event id is no number",
    ]
    with pytest.raises(DataError, match=r"sample\.txt:1: a header, where none belongs"):
        read("gdelt", *lines, strict=True)


@pytest.mark.parametrize(("day", "ago"), [("20141027", "a year"), ("20150927", "a month"), ("20151020", "a week")])
def test_a_date_at_a_round_distance_is_kept_and_counted_as_a_guess(read: Read, day: str, ago: str) -> None:
    items, tally = read("gdelt", event(day=day))
    assert [i.earliest.strftime("%Y%m%d") for i in items if isinstance(i, CodedEvent)] == [day]
    assert tally.changed == {f"dated exactly {ago} before it was found, so its date may be a guess": 1}


def test_invalid_bytes_are_replaced_and_counted(read: Read) -> None:
    items, tally = read("gdelt", event(actor=("PER", "NUÑEZ", "PER", "GOV")), event(2), encoding="iso-8859-1")
    assert len(items) == 2
    assert tally.changed == {"bytes that are no UTF-8": 1}


def test_a_mention_tells_where_in_which_story(read: Read) -> None:
    items, tally = read("gdelt", mention(), mention() + "\tx", mention(sentence="-1"), name="a.mentions.CSV")
    one, two = [i for i in items if isinstance(i, Mention)]
    report = one.report
    assert (report.source, report.publisher, report.sentence, report.offset, report.confidence) == (
        "https://wire.example.org/two",
        "wire.example.org",
        3,
        145,
        0.8,
    )
    assert report.published == dt.date(2015, 10, 27)
    assert two.report.sentence is None
    assert tally.named == ["a.mentions.CSV:2: 17 columns, expected 16"]
