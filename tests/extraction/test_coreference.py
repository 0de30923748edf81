"""Pronouns, pairs and office-holders: who is meant, and by which method the link was made."""

from __future__ import annotations

import functools

import pytest

from policygraph.extraction import extract
from policygraph.importing.reference import load_reference
from policygraph.reading import read_bytes
from policygraph.records import Event, Extraction, ReferenceData


@functools.cache
def reference() -> ReferenceData:
    return load_reference()


def done(text: str) -> Extraction:
    return extract(read_bytes(text.encode(), "note.txt"), reference())


def last_event(text: str) -> Event:
    return done(text).events[-1]


def sides(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {p.country for p in event.source}, {p.country for p in event.target}


PAIR = "Kenya and Somalia quarrel about a sea border. "


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        (PAIR + "The two countries signed a truce.", {"KEN", "SOM"}),
        (PAIR + "Both governments signed a truce.", {"KEN", "SOM"}),
        (PAIR + "Ethiopia looks on. The two sides signed a truce.", {"KEN", "SOM"}),
        ("Peru, Chile and Bolivia share a lake. The two countries signed a truce.", {None}),
    ],
)
def test_pairs(text: str, countries: set[str]) -> None:
    event = last_event(text)
    assert {p.country for p in (*event.source, *event.target)} == countries


def test_a_third_country_that_urges_the_two_is_none_of_them() -> None:
    event = last_event(
        PAIR + "Kenya has more ships. Somalia has none. Ethiopia urged the two countries to sign a truce."
    )
    assert sides(event) == ({"ETH"}, {"KEN", "SOM"})
    assert {p.method for p in event.target} == {"dual description"}


def test_we_is_the_side_of_the_one_who_is_quoted() -> None:
    text = "“We have expelled the Chilean ambassador,” said Peruvian Foreign Minister Amos Tirop."
    event = last_event(text)
    assert sides(event) == ({"PER"}, {"CHL"})
    assert [p.method for p in event.source] == ["pronoun: speaker's side"]
    assert event.attribution is not None and event.attribution.entity == "person/amos-tirop"


def test_we_of_no_one_known_stays_open() -> None:
    event = last_event("We have expelled the Chilean ambassador.")
    assert sides(event)[0] == {None}


def test_the_country_of_an_office_holder_without_one_is_a_guess_and_marked() -> None:
    text = "Bishkek did not answer. Instead President Temirbek Asanov telephoned his Uzbek colleague."
    event = last_event(text)
    assert sides(event) == ({"KGZ"}, {"UZB"})
    assert all(p.inferred for p in event.source) and not any(p.inferred for p in event.target)
    person = next(e for e in done(text).entities if e.id == "person/temirbek-asanov")
    assert person.country is None and not person.facts


def test_her_omani_counterpart_says_that_she_is_no_omani() -> None:
    text = "Sri Lanka thanked Oman. Foreign Minister Nilanthi Silva praised her Omani counterpart."
    assert sides(last_event(text)) == ({"LKA"}, {"OMN"})


def test_a_paper_speaks_for_the_government_in_its_title() -> None:
    text = "New Zealand’s Pacific Strategy\n\nWe are worried about illegal fishing and oppose the export ban."
    found = [(c.subject, c.predicate) for c in done(text).claims]
    assert ("government/nzl", "isConcernedAbout") in found and ("government/nzl", "opposes") in found


@pytest.mark.parametrize(
    ("text", "person", "country"),
    [
        ("China's Foreign Ministry spokesperson Mao Lin spoke.", "person/mao-lin", "CHN"),
        ("Colonel Anan Pholphat, Thai army spokesman, spoke.", "person/anan-pholphat", "THA"),
        ("The Minister of External Relations of Angola, Domingos Kati, spoke.", "person/domingos-kati", "AGO"),
        ("The Greek minister of migration and asylum, Dimitris Kair, spoke.", "person/dimitris-kair", "GRC"),
        ("Justice Minister Ana Pinto of Peru spoke.", "person/ana-pinto", "PER"),
        ("Ana Pinto is Peru's justice minister.", "person/ana-pinto", "PER"),
        ("Dana Whitfield, a spokeswoman for the State Department, spoke.", "person/dana-whitfield", "USA"),
    ],
)
def test_the_country_that_the_words_around_an_office_name(text: str, person: str, country: str) -> None:
    assert {e.id: e.country for e in done(text).entities}.get(person) == country


def test_the_ousted_president_is_not_the_president_named_before() -> None:
    text = (
        "Nigeria's President Bola Tinubu chairs the bloc. He spoke to the ousted president, Mohamed Bazoum, on Friday."
    )
    claims = [(c.subject, c.predicate) for c in done(text).claims]
    assert ("person/bola-tinubu", "formerlyHeldPost") not in claims
    assert ("person/mohamed-bazoum", "formerlyHeldPost") in claims


def test_it_is_the_subject_of_a_clause_before_and_not_any_country_near() -> None:
    text = "France and Poland oppose it. Rosa Quispe called the treaty “unfair as it stands” and left."
    assert "government/pol" not in {p.entity for e in done(text).events[1:] for p in e.source}


def test_then_speaker_is_one_no_more() -> None:
    claims = done("Talks were cancelled after then-House Speaker Nancy Pelosi visited Taiwan.").claims
    assert [c.predicate for c in claims if c.subject == "person/nancy-pelosi" and "Post" in c.predicate] == [
        "formerlyHeldPost"
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The Kenyan minister arrived on Monday. Somalia was silent. He praised Oman.", {None}),
        ("Kenyan officials met Somali rebels in Rome. They accused Somalia of spying.", {"KEN"}),
        ("The Kenyan army fought Somali rebels. It expelled a Somali diplomat.", {"KEN"}),
        ("Somali rebels fled to Kenya. They accused Kenya of spying.", {"SOM"}),
    ],
)
def test_a_pronoun_goes_on_with_the_subject_of_the_sentence_before(text: str, source: set[str | None]) -> None:
    assert sides(last_event(text))[0] == source


def test_he_in_somebodys_words_is_not_the_speaker() -> None:
    text = "“My Indonesian counterpart came to us. He accused Australia of spying,” said Timorese minister Ana Pinto."
    assert sides(last_event(text))[0] != {"TLS"}
