"""Names in text: what they stand for, and what is no name."""

from __future__ import annotations

import pytest

from policygraph.extraction.gazetteer import Gazetteer, tokens
from policygraph.extraction.mentions import find_mentions
from policygraph.extraction.registry import Registry
from policygraph.vocabulary import EntityType

from .small_world import SMALL_WORLD, paragraphs

GAZETTEER = Gazetteer.from_reference(SMALL_WORLD)


def read(text: str, *, heading: bool = False) -> Registry:
    return find_mentions(paragraphs(text, heading=heading), GAZETTEER)


def named(text: str, **options: bool) -> dict[str, str]:
    """Words of the text → the entity that they stand for; groups without a name left out."""
    return {m.span.quote: m.entity for m in read(text, **options).mentions if m.method != "group-noun"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refugees crossed into Peru.", {"Peru": "country/per"}),
        ("Peru recalled its envoy.", {"Peru": "government/per"}),
        ("Ties between Chile and Peru cooled.", {"Chile": "government/chl", "Peru": "government/per"}),
        ("Roads in Chile and Peru were closed.", {"Chile": "country/chl", "Peru": "country/per"}),
        ("The Kremlin denied it.", {"Kremlin": "government/rus"}),
        ("Washington said no.", {"Washington": "government/usa"}),
        ("They met in Washington.", {"Washington": "place/washington-usa"}),
        ("Trade with Guinea-Bissau grew.", {"Guinea-Bissau": "government/gnb"}),
        ("U.S.-Mexico talks resumed.", {"U.S.": "government/usa", "Mexico": "government/mex"}),
        ("Kenya-which hosts the talks-agreed.", {"Kenya": "government/ken"}),
        ("Brazil’s port was shut.", {"Brazil": "government/bra"}),
        ("Talks were held in Lima, Peru.", {"Lima, Peru": "place/lima-per"}),
        ("A camp near Reynosa, Mexico was cleared.", {"Reynosa, Mexico": "place/reynosa-mex"}),
        ("The Chilean government agreed.", {"Chilean government": "government/chl"}),
        ("The government of Peru agreed.", {"government of Peru": "government/per"}),
        ("Kenya’s foreign ministry protested.", {"Kenya’s foreign ministry": "organisation/ken-foreign-ministry"}),
        ("The State Department objected.", {"State Department": "organisation/us-department-of-state"}),
        ("US lawmakers objected.", {"US lawmakers": "group/us-lawmakers"}),
        ("American lawmakers objected.", {"American lawmakers": "group/us-lawmakers"}),
        ("Central American presidents met.", {"Central American presidents": "group/central-american-presidents"}),
        ("The Trump administration objected.", {"Trump administration": "administration/usa-trump"}),
        ("Trump’s administration objected.", {"Trump’s administration": "administration/usa-trump"}),
    ],
)
def test_a_name_stands_for(text: str, expected: dict[str, str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "local", "country"),
    [
        ("Kenyan President Amos Tirop spoke.", "Kenyan President Amos Tirop", "person/amos-tirop", "KEN"),
        ("Rosa Quiroga, Peru’s foreign minister, spoke.", "Rosa Quiroga", "person/rosa-quiroga", "PER"),
        ("Peru’s foreign minister, Rosa Quiroga, spoke.", "Rosa Quiroga", "person/rosa-quiroga", "PER"),
        ("Odalys Penn, the president of Chile, spoke.", "Odalys Penn", "person/odalys-penn", "CHL"),
        ("“No,” said Teodoro Vidal.", "Teodoro Vidal", "person/teodoro-vidal", None),
        ("Secretary of State Marco Rubio left.", "Secretary of State Marco Rubio", "person/marco-rubio", "USA"),
        ("Sen. Ines Ott objected.", "Sen. Ines Ott", "person/ines-ott", None),
        ("Michael Jordan played.", "Michael Jordan", "person/michael-jordan", None),
    ],
)
def test_a_person_is_found_with_role_and_country(text: str, words: str, local: str, country: str | None) -> None:
    registry = read(text)
    found = {m.span.quote: m.entity for m in registry.mentions}
    assert found.get(words) == local
    entity = registry.get(local)
    assert entity.type is EntityType.PERSON and entity.country == country


def test_a_surname_is_understood_before_and_after_the_full_name() -> None:
    registry = read("Tirop’s trip begins\nKenyan President Amos Tirop left. Tirop is due in Lima.")
    assert [m.entity for m in registry.mentions if "Tirop" in m.span.quote] == ["person/amos-tirop"] * 3


def test_a_role_comes_again_as_a_description() -> None:
    registry = read("Senator Marco Rubio left. The senator hopes for more. The minister hopes too.")
    again = [m for m in registry.mentions if m.method == "role-again"]
    assert [(m.span.quote, m.entity) for m in again] == [("The senator", "person/marco-rubio")]
    assert [r.span.quote for r in registry.roles] == ["Senator Marco Rubio", "The senator hopes"]


def test_a_former_role_is_marked_as_gone() -> None:
    (role,) = read("Former U.S. President Donald Trump spoke.").roles
    assert role.gone and role.iso3 == "USA" and role.title == "president"


def test_an_administration_may_denote_each_term_and_chooses_none() -> None:
    registry = read("The Trump administration acted. The administration went on.")
    entity = registry.get("administration/usa-trump")
    assert entity.may_denote == ("administration/usa-trump-1", "administration/usa-trump-2")
    assert [m.entity for m in registry.mentions] == ["administration/usa-trump"] * 2


def test_a_group_of_a_region_is_no_country() -> None:
    registry = read("Latin American leaders met. The leaders agreed.")
    assert {m.entity for m in registry.mentions} == {"group/latin-american-leaders"}
    entity = registry.get("group/latin-american-leaders")
    assert entity.type is EntityType.SOCIAL_GROUP and entity.country is None


@pytest.mark.parametrize(
    "text",
    [
        "New tariffs hurt farms.",
        "However, Monday was calm.",
        "People-to-people ties help.",
        "Joint task forces help.",
        "The Senate Race Tightens",
        "mexico and peru in lower case",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not [m for m in read(text).mentions if not m.entity.startswith(("group", "organisation"))]


def test_every_mention_is_cut_from_the_text() -> None:
    text = "“U.S.-Latin America ties,” said Kenyan President Amos Tirop in Lima, Peru — “matter.”"
    assert all(text[m.span.start : m.span.end] == m.span.quote for m in read(text).mentions)


def test_tokens_keep_abbreviations_and_part_possessives_and_hyphens() -> None:
    assert [t.text for t in tokens("U.S.-Peru, Trump’s d’Ivoire 3,000")] == [
        "U.S.", "-", "Peru", ",", "Trump", "’s", "d’Ivoire", "3,000",
    ]  # fmt: skip
