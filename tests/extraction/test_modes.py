"""Type, mode and sides of single sentences.

Where a meeting takes place, what is asked for or threatened and the means of an attack give the mode;
who speaks, and what else is said, may make another act of a deed.
"""

from __future__ import annotations

import functools

import pytest
from benchmarks.code_sentences import code

from policygraph.extraction.gazetteer import Gazetteer
from policygraph.importing.reference import load_reference

SENTENCES = {
    "Japan's premier said he would visit China.": "AGREE - JPN>CHN",
    "Kenya vowed not to attack Uganda.": "AGREE - KEN>UGA",
    "Agreement was reached between Peru and Chile on a tunnel.": "AGREE - PER,CHL>",
    "The freeing of two Danish sailors was called for by Norway.": "REQUEST yield NOR>DNK",
    "A Ugandan request for loans was turned down by Kenya.": "REJECT assist KEN>UGA",
    "Engineers from Iraq and Jordan laid the last mile of a cable.": "COOPERATE - IRQ,JOR>",
    '"Give us back our boat," a Maltese minister said in a message to Libya.': "REQUEST yield MLT>LBY",
    '"The raid by Chad is a disgrace," Niger\'s premier told reporters.': "ACCUSE disapprove NER>TCD",
    "Honduras claims that Salvadoran soldiers crossed the border.": "ACCUSE allege HND>SLV",
    "Kenya admitted that its troops had fired on Ugandan fishermen.": "CONCEDE - KEN>UGA",
    "Nepal said three Indian reporters would be deported.": "THREATEN expel NPL>IND",
    "A plea from Laos for tents reached the Thai government.": "REQUEST assist LAO>THA",
    "Ghanaian soldiers were deployed to Liberia under a peacekeeping mandate.": "AID - GHA>LBR",
    "Austrian and Slovenian divers jointly searched two ships.": "COOPERATE - AUT,SVN>",
    "Gunmen shot and wounded a Pakistani consul in Kabul.": "ASSAULT firearms AFG>PAK",
    "Shells fired by Burundian rebels fell on a Rwandan town.": "ASSAULT heavy-weapons BDI>RWA",
    "Iraq rejected a U.S. call to withdraw from Kuwait.": "REJECT yield IRQ>USA",
    "Brazil lifted its embargo on Cuba.": "RETREAT - BRA>CUB",
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


@pytest.mark.parametrize(
    "text",
    [
        "Ghana beat Togo 2-1 in Lomé on Sunday.",
        "Asked about the rumours, a spokesman for the Ugandan ministry said he had no comment.",
        "A strong earthquake struck eastern Turkey on Tuesday, killing 12 people.",
        "Cholera has killed 300 people in Mozambique since January.",
        "The ruling party holds 60 of the 99 seats in the Honduran congress.",
        "The Nigerian naira slipped to a record low on Monday.",
        "Estonia's surplus narrowed to 40 million euros in May.",
    ],
)
def test_no_event(text: str) -> None:
    (coded,) = code([{"id": "1", "text": text}], gazetteer())
    assert coded["events"] == []


@pytest.mark.parametrize("text", SENTENCES)
def test_mode_and_sides(text: str) -> None:
    (coded,) = code([{"id": "1", "text": text}], gazetteer())
    kind, mode, sides = SENTENCES[text].split()
    event = coded["events"][0]
    source, target = ({p["country"] for p in event[side] if p["country"]} for side in ("source", "target"))
    wanted = [set(side.split(",")) - {""} for side in sides.split(">")]
    assert (event["event"], event["mode"] or "-") == (kind, mode)
    assert (source, target) == tuple(wanted) or (len(wanted[0]) > 1 and source | target == wanted[0])
