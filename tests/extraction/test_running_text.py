"""What only the sentences around tell: whose proposal it was, who the men are, what a chronology lists."""

from __future__ import annotations

import pytest

from policygraph.extraction.events import GATE
from policygraph.records import Event
from policygraph.vocabulary import EventType, Modality
from tests.extraction.test_event_participants import events


def told(text: str, *types: str) -> list[Event]:
    """The events above the gate of those types."""
    return [e for e in events(text) if e.confidence >= GATE and e.type and e.type.value in types]


def test_a_proposal_has_the_one_who_made_it_as_recipient_but_only_inferred() -> None:
    (support,) = told("Chile offered to host talks between Ghana and Togo. Ghana welcomed the proposal.", "SUPPORT")
    (whom,) = support.target
    assert (whom.country, whom.inferred, whom.entity) == ("CHL", True, None)
    assert "Chile" not in support.name


def test_of_two_countries_the_other_one_is_meant_but_only_inferred() -> None:
    text = (
        "Ghana and Togo quarrel over a bridge. Ghana arrested two Togolese drivers on Monday, and Togo expelled a "
        "Ghanaian diplomat. On Friday Togo suspended oil exports."
    )
    (last,) = [e for e in told(text, "SANCTION") if "exports" in e.name]
    assert [(p.country, p.inferred) for p in last.target] == [("GHA", True)]


def test_nobody_is_inferred_where_a_text_is_about_many() -> None:
    text = "Ghana, Togo, Mali, Chad and Niger met in Accra. Togo suspended oil exports."
    assert all(not e.target for e in told(text, "SANCTION"))


def test_the_men_are_those_told_of_before() -> None:
    text = "Oman arrested eleven Kenyan sailors in May. The sailors were charged with smuggling fuel."
    assert any(p.country == "KEN" and p.inferred for e in told(text, "ACCUSE") for p in e.target)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The driver, who had been arrested by the Omani coastguard, flew home.", "COERCE"),
        ("Peru, which had offered to mediate, kept silent.", "AGREE"),
        ("Chile closed the road two days after a Chilean consul was beaten by police in the Peruvian town of Tacna.",
         "ASSAULT"),
        ("Peru deplored the detention of three Chilean engineers in Oman.", "COERCE"),
        ("In 2019 Angola froze the accounts of three hauliers, arrested eleven Kenyan drivers and left.", "COERCE"),
        ("Peru praised Chile for having sent a hospital ship and thanked Oman for two tents.", "SUPPORT"),
        ("On Sunday some 400 Kenyan soldiers, sent by the United Nations, moved into the valley in Chad.", "MOBILIZE"),
    ],
)  # fmt: skip
def test_subordinate_and_joined_clauses_tell_events(text: str, wanted: str) -> None:
    assert told(text, wanted), [(e.name, e.type, e.confidence) for e in events(text)]


def test_joined_verbs_share_their_subject_not_the_object_before() -> None:
    text = "In 2019 Angola froze the accounts of three Zambian hauliers, arrested eleven Kenyan drivers and left."
    (arrest,) = told(text, "COERCE")
    assert [p.country for p in arrest.source] == ["AGO"]


def test_a_chronology_tells_deeds_without_a_verb() -> None:
    (arrest,) = told("September: Arrest of a former Kenyan minister in Accra.", "COERCE")
    assert arrest.modality is Modality.ASSERTED
    assert [p.country for p in arrest.target] == ["KEN"]


@pytest.mark.parametrize(
    "text",
    [
        "A visit to Chile.",
        "The minister told reporters in Lima that Chile was a good neighbour.",
        "The consul of Peru had gone to the court.",
        "Analysts expect Chile to back down.",
        "The Peruvian minister did not rule out a visit to Chile.",
        "The Peruvian minister was asked why Chile had stayed away.",
        "Peru has the right to stay.",
    ],
)
def test_no_event_comes_of_these(text: str) -> None:
    assert [e for e in events(text) if e.confidence >= GATE and e.plover is not None] == []


def test_what_parliament_never_ratified_is_not_told_as_ratified() -> None:
    assert all(e.negated for e in told("Peru's parliament never ratified the treaty with Chile.", "SUPPORT"))


def test_who_is_not_let_in_is_refused() -> None:
    found = told("Peruvian officials have not allowed the Chilean envoy to see the prisoners.", "REJECT", "RETREAT")
    assert [e.type for e in found] == [EventType.REJECT]


def test_a_purpose_of_a_march_and_its_victims_are_no_further_events() -> None:
    assert len(told("Students in Peru marched to demand free books.", "PROTEST", "REQUEST")) == 1
    assert len(told("Soldiers in Peru fired on the crowd, killing three people.", "ASSAULT")) == 1


def test_two_that_agree_to_patrol_together_threaten_nobody() -> None:
    assert not told("Peru and Chile agreed on Tuesday to patrol the river together.", "THREATEN")


def test_the_ministers_are_all_of_the_list_before() -> None:
    text = "The ministers of Ghana, Togo and Mali met in Accra. The Ministers thanked Chile for its help."
    (thanks,) = told(text, "SUPPORT")
    assert [p.country for p in thanks.source] == ["GHA", "TGO", "MLI"]


def test_its_neighbour_is_the_other_of_two_but_only_inferred() -> None:
    text = "Ghana and Togo quarrel over a bridge. Ghana suspended exports to its eastern neighbour."
    (sanction,) = told(text, "SANCTION")
    assert [(p.country, p.inferred) for p in sanction.target] == [("TGO", True)]


def test_items_under_a_lead_are_done_by_those_it_names() -> None:
    text = "Ghana and Togo met in Accra. The two countries decided:\n\n- to send food to Chad;\n- to rest.\n"
    (aid,) = told(text, "AID", "AGREE")
    assert {p.country for p in aid.source} == {"GHA", "TGO"} and aid.modality is Modality.PLANNED


def test_a_claim_is_no_demand() -> None:
    assert not told("Peru insists that the mine was old.", "REQUEST")
    assert told("Peru insisted that Chile leave the island.", "REQUEST")


def test_officials_who_warn_speak_for_the_one_who_acts() -> None:
    (threat,) = told("Peru will freeze a loan to Chile, officials warned.", "THREATEN")
    assert [p.country for p in threat.source] == ["PER"]


def test_armies_that_both_dig_in_do_not_cooperate() -> None:
    text = "Ghana and Togo quarrel over a bridge. Both armies have reinforced their positions."
    assert told(text, "MOBILIZE") and not told(text, "COOPERATE")


def test_a_wish_to_meet_is_no_meeting() -> None:
    assert {e.modality for e in events("Chile would like to meet the Peruvian envoy.")} == {Modality.PLANNED}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Guyana protests; Venezuela builds a road.", "ACCUSE"),
        ("Venezuela objects and sends a patrol boat.", "MOBILIZE"),
        ("Brazil moves armoured vehicles to its northern border.", "MOBILIZE"),
        ("October 2013: Seizure of a survey ship, the Ana, by the Chilean navy.", "COERCE"),
        ("Germany wants the blockade of Chad lifted.", "REQUEST"),
        ("Peru denounced the step and vowed to retaliate.", "THREATEN"),
    ],
)
def test_chronologies_in_the_present_and_wants_of_others(text: str, wanted: str) -> None:
    assert told(text, wanted), [(e.name, e.type, e.confidence) for e in events(text)]


def test_who_pledges_not_to_use_force_threatens_nobody() -> None:
    (pledge,) = told("Peru pledged not to use force against Chile.", "AGREE", "THREATEN", "ASSAULT")
    assert pledge.type is EventType.AGREE


def test_what_was_to_have_been_done_was_not() -> None:
    assert {e.modality for e in events("Peru was to have released the Chilean sailors.")} == {Modality.HYPOTHETICAL}
