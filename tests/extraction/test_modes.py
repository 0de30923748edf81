"""What gives an act its mode: where a meeting takes place, what is asked for or threatened, the means of an attack."""

from __future__ import annotations

import functools

import pytest
from benchmarks.code_sentences import code

from policygraph.extraction.gazetteer import Gazetteer
from policygraph.importing.reference import load_reference

SENTENCES = {
    "Peruvian and Chilean envoys met in Oslo on Friday.": "CONSULT third-party PER,CHL>",
    "Lao negotiators sat down with Thai officials in Bangkok.": "CONSULT visit LAO>THA",
    "A U.N. mediator held talks in Tripoli.": "CONSULT visit IGO>LBY",
    "The African Union held an emergency session in Nairobi.": "CONSULT multilateral IGO>",
    "North and South Korean officers met at the border.": "CONSULT - PRK,KOR>",
    "Zambia appealed to Norway for food and tents.": "REQUEST assist ZMB>NOR",
    "Nepal called on India to lift its blockade.": "REQUEST yield NPL>IND",
    "Unions urged the Peruvian government to repeal the law.": "REQUEST change PER>PER",
    "Austria rejected a request for aid from Malta.": "REJECT assist AUT>MLT",
    "Kenya threatened to cut diplomatic ties with Somalia.": "THREATEN relations KEN>SOM",
    "Ghana threatened to expel Togolese traders.": "THREATEN expel GHA>TGO",
    "Chad warned Niger of military action.": "THREATEN violence TCD>NER",
    "Ecuador threatened to annex a Peruvian valley.": "THREATEN territory ECU>PER",
    "Kenyan police fired rubber bullets at students.": "ASSAULT crowd-control KEN>KEN",
    "Eritrean jets raided an Ethiopian garrison.": "ASSAULT aerial ERI>ETH",
    "Turkish drones hit a depot in Iraq.": "ASSAULT drone TUR>IRQ",
    "The United States called for the release of sailors held in Yemen.": "REQUEST yield USA>YEM",
}


@functools.cache
def gazetteer() -> Gazetteer:
    return Gazetteer.from_reference(load_reference())


@pytest.mark.parametrize("text", SENTENCES)
def test_mode_and_sides(text: str) -> None:
    (coded,) = code([{"id": "1", "text": text}], gazetteer())
    kind, mode, sides = SENTENCES[text].split()
    event = coded["events"][0]
    source, target = ({p["country"] for p in event[side] if p["country"]} for side in ("source", "target"))
    wanted = [set(side.split(",")) - {""} for side in sides.split(">")]
    assert (event["event"], event["mode"] or "-") == (kind, mode)
    assert (source, target) == tuple(wanted) or (len(wanted[0]) > 1 and source | target == wanted[0])
