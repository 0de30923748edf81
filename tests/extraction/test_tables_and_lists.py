"""Tables and lists: what kind they are, how their rows and items are meant, and whose they are."""

from __future__ import annotations

import pytest

from policygraph.extraction import extract
from policygraph.extraction.incidents import title_type
from policygraph.extraction.lists import list_type
from policygraph.extraction.tables import recognise
from policygraph.reading import read_bytes
from policygraph.records import Claim, Extraction
from policygraph.vocabulary import EventType, Modality, ModalityDetail

from .small_world import SMALL_WORLD


def run(text: str) -> Extraction:
    return extract(read_bytes(text.encode(), "test.md"), SMALL_WORLD)


def named(done: Extraction, claim: Claim) -> tuple[str, str, str]:
    names = {e.id: e.name for e in done.entities}
    return names[claim.subject], claim.predicate, names.get(claim.object or "", claim.object or "")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["Programme", "Aim", "Budget"], "Initiative"),
        (["Project", "Goals"], "Initiative"),
        (["Date", "Event", "Where"], "Incident"),
        (["Attack", "Site", "Day"], "Incident"),
        (["Pillar", "Steps", "Expected Impact"], "FocusArea"),
        (["Country", "Pledge", "Deadline"], "Commitment"),
        (["Stop", "City", "Day"], "Visit"),
        (["Session", "Venue", "When"], "Meeting"),
        (["Name", "Colour"], None),
        (["Country", "Population"], None),
        ([], None),
    ],
)
def test_a_table_is_known_by_its_header(header: list[str], kind: str | None) -> None:
    found = recognise(header)
    assert (found.name if found else None) == kind


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("The panel recommends that the government:", "Recommendation"),
        ("The strike has had three effects:", "Implication"),
        ("The priorities of the new cabinet are:", "Objective"),
        ("The ministers agreed to:", "Commitment"),
        ("Clashes reported this month:", "Incident"),
        ("Members of the board:", "Item"),
    ],
)
def test_a_list_is_known_by_its_lead(lead: str, kind: str) -> None:
    assert list_type(lead) == kind


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("Dock workers' strike", EventType.PROTEST),
        ("Drone strike on depot", EventType.ASSAULT),
        ("Quiet week at the embassy", None),
        ("French troops expelled", EventType.SANCTION),
        ("Diplomats expelled after row", EventType.SANCTION),
        ("Lorries turned back at bridge", EventType.REJECT),
        ("Joint statement against the dam", EventType.ACCUSE),
        ("Press conference on trade", EventType.CONSULT),
        ("Prisoner exchange completed", EventType.COOPERATE),
        ("State of emergency in the north", EventType.COERCE),
        ("A quiet day", None),
    ],
)
def test_the_act_of_a_title(title: str, type_: EventType | None) -> None:
    found = title_type(title)
    assert (found[0] if found else None) == type_


def test_programmes_of_a_donor_are_carried_out_and_not_planned() -> None:
    done = run(
        "The following projects were launched last year:\n\n"
        "| Project | Goal | Sponsor |\n|---|---|---|\n| Coastal school project | Teach reading | Chile |\n"
    )
    found = {named(done, c): c.modality for c in done.claims}
    assert found["Government of Chile", "implements", "Coastal school project"] is Modality.ASSERTED
    assert found["Coastal school project", "hasObjective", "Teach reading"] is Modality.ASSERTED


def test_a_schedule_gives_planned_visits_of_whoever_the_lead_names() -> None:
    done = run(
        "President Amos Tirop of Kenya will travel to South America. His itinerary:\n\n"
        "| Stop | City | Date |\n|---|---|---|\n| First | Lima, Peru | 3 May 2024 |\n"
        "| Second | Tijuana, Mexico | 5 May 2024 |\n"
    )
    visits = [(named(done, c), c.modality, c.modality_detail) for c in done.claims if c.method == "table"]
    assert visits == [
        (("Amos Tirop", "visits", "Lima"), Modality.PLANNED, ModalityDetail.SCHEDULED),
        (("Amos Tirop", "visits", "Tijuana"), Modality.PLANNED, ModalityDetail.SCHEDULED),
    ]
    dates = [e.date.edtf for e in done.events if e.date and e.method == "table"]
    assert dates == ["2024-05-03", "2024-05-05"]


def test_pledges_belong_to_the_country_of_their_row() -> None:
    done = run(
        "Pledges made at the summit:\n\n"
        "| Country | Pledge | Deadline |\n|---|---|---|\n| Peru | Two patrol boats | 2026 |\n"
        "| Kenya | A training centre | 2027 |\n"
    )
    found = {named(done, c) for c in done.claims if c.predicate == "implements"}
    assert found == {
        ("Government of Peru", "implements", "Two patrol boats"),
        ("Government of Kenya", "implements", "A training centre"),
    }
    assert {c.modality for c in done.claims} == {Modality.PLANNED}


def test_focus_areas_of_an_agreed_plan_are_planned_not_advised() -> None:
    done = run(
        "Peru and Chile have planned the following work:\n\n"
        "| Area | Actions | Results |\n|---|---|---|\n| Trade | Trade agreement; border fair | More exports |\n"
    )
    assert [r.modality for r in done.rows] == [Modality.PLANNED]
    outcomes = [c for c in done.claims if c.predicate == "hasOutcome"]
    assert len(outcomes) == 2 and all(c.modality is Modality.HYPOTHETICAL for c in outcomes)


def test_an_outcome_holds_only_if_the_advice_is_taken() -> None:
    done = run(
        "Chilean lawmakers should act in these fields:\n\n"
        "| Area | Actions | Results |\n|---|---|---|\n| Trade | Trade agreement | More exports |\n"
    )
    (outcome,) = [c for c in done.claims if c.predicate == "hasOutcome"]
    (advice,) = [c for c in done.claims if c.key in outcome.condition]
    assert named(done, advice) == ("Chilean lawmakers", "implements", "Trade agreement")
    assert advice.modality is Modality.RECOMMENDED


def test_a_table_of_no_known_kind_claims_nothing() -> None:
    done = run("| Country | Population |\n|---|---|\n| Peru | 34 |\n")
    (row,) = done.rows
    assert row.type == "Row" and row.entity == "government/per" and not done.claims
    assert [(h, c.quote) for h, c in row.cells] == [("Country", "Peru"), ("Population", "34")]


def test_ragged_rows_and_empty_cells_do_no_harm() -> None:
    done = run(
        "| Incident | Place | Date |\n|---|---|---|\n| Strike | | |\n"
        "| March |\n| | Lima | 2024 |\n| Rally | Lima | May 2024 | x | y |\n"
    )
    assert [r.type for r in done.rows] == ["Incident"] * 4
    assert {e.name for e in done.events} == {"Strike", "March", "Rally"}


def test_the_same_words_in_two_tables_are_two_undertakings_of_one_kind() -> None:
    table = "| Initiative | Objective |\n|---|---|\n| Trade agreement | Growth |\n"
    done = run(f"Peru proposed:\n\n{table}\nChile proposed:\n\n{table}")
    made = {r.entity for r in done.rows}
    assert len(made) == 2
    kinds = {c.object for c in done.claims if c.predicate == "initiativeKind"}
    assert kinds == {"initiative-kind/trade-agreement"}


def test_items_with_and_without_label_and_their_aims() -> None:
    done = run(
        "Peruvian lawmakers should take these steps:\n\n"
        "- Border patrols to curb smuggling.\n- **Schools**: Build more.\n"
    )
    assert [(i.label, i.text) for i in done.items] == [
        (None, "Border patrols to curb smuggling."),
        ("Schools", "Build more."),
    ]
    found = {named(done, c) for c in done.claims}
    assert ("Peruvian lawmakers", "implements", "Border patrols") in found
    assert ("Border patrols", "hasObjective", "Curb smuggling") in found
    assert ("Peruvian lawmakers", "implements", "Schools") in found


def test_commitments_bind_everyone_the_lead_names() -> None:
    done = run("Peru and Chile agreed to:\n\n- open a joint border office\n")
    found = {named(done, c)[0] for c in done.claims if c.predicate == "implements"}
    assert found == {"Government of Peru", "Government of Chile"}


def test_possible_effects_of_a_policy_named_in_the_heading() -> None:
    done = run(
        "# What Peru's export ban means\n\nThe ban has several implications:\n\n"
        "- Growers could lose buyers as prices fall.\n- Higher Prices: Shops may charge more.\n"
    )
    found = {(named(done, c), c.modality) for c in done.claims if c.method == "list"}
    assert found == {
        (("Peruvian export ban", "hasOutcome", "Growers lose buyers"), Modality.HYPOTHETICAL),
        (("Peruvian export ban", "hasOutcome", "Higher Prices"), Modality.HYPOTHETICAL),
    }
