"""The first article of the demo: every row, item, role, name and statement that must come out of it."""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

import pytest

from policygraph.extraction import extract
from policygraph.importing.reference import load_reference
from policygraph.reading import read
from policygraph.records import Claim, Entity, Extraction
from policygraph.vocabulary import EntityType, EventType, Modality, ModalityDetail

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "data" / "articles" / "rubio-latin-america.txt"


@functools.cache
def article() -> Extraction:
    return extract(read(ARTICLE), load_reference())


@functools.cache
def entities() -> dict[str, Entity]:
    return {e.id: e for e in article().entities}


def claims(subject: str = "", predicate: str = "", modality: Modality | None = None) -> list[Claim]:
    return [
        c
        for c in article().claims
        if subject in ("", c.subject) and predicate in ("", c.predicate) and modality in (None, c.modality)
    ]


def name(local: str | None) -> str:
    return entities()[local or ""].name


def test_rows_by_table() -> None:
    rows = [(r.table, r.row, r.type, r.modality) for r in article().rows]
    assert rows == [
        *[(0, n, "Initiative", Modality.PLANNED) for n in (1, 2, 3)],
        *[(1, n, "Incident", Modality.ASSERTED) for n in (1, 2, 3)],
        *[(2, n, "FocusArea", Modality.RECOMMENDED) for n in (1, 2, 3)],
    ]


def test_items_by_list() -> None:
    items = [(i.list, i.item, i.type, i.modality) for i in article().items]
    assert items == [
        *[(0, n, "Objective", Modality.PLANNED) for n in (0, 1, 2)],
        *[(1, n, "Implication", Modality.HYPOTHETICAL) for n in (0, 1, 2)],
        *[(2, n, "Recommendation", Modality.RECOMMENDED) for n in (0, 1, 2, 3)],
    ]


def test_who_goes_where_and_only_as_a_plan() -> None:
    found = {(name(c.subject), name(c.object), c.modality) for c in claims(predicate="visits")}
    assert found == {("Marco Rubio", "Latin America", Modality.PLANNED)}


def test_proposed_initiatives_with_kind_and_objective() -> None:
    found = {}
    for claim in claims("person/marco-rubio", "proposes"):
        kind = [c.object for c in claims(claim.object or "", "initiativeKind")]
        aim = [name(c.object) for c in claims(claim.object or "", "hasObjective")]
        assert claim.modality is Modality.PLANNED and claim.modality_detail is ModalityDetail.PROPOSED
        found[name(claim.object)] = (kind, aim)
    assert found == {
        "Investment in Youth Programs": (
            ["initiative-kind/programme"],
            ["Provide education and job training opportunities"],
        ),
        "Trade Agreements": (
            ["initiative-kind/trade-agreement"],
            ["Enhance economic integration and reduce tariffs"],
        ),
        "Crisis Response Framework": (
            ["initiative-kind/framework"],
            ["Swift assistance during natural disasters and political unrest"],
        ),
    }


def test_incidents_with_city_country_month_and_type() -> None:
    found = {
        (e.name, name(e.place.entity), entities()[e.place.entity].within, e.date.edtf, e.type)
        for e in article().events
        if e.class_ is EntityType.INCIDENT and e.place and e.place.entity and e.date
    }
    assert found == {
        ("Border Wall Protests", "Tijuana", "country/mex", "2023-01", EventType.PROTEST),
        (
            "Joint Press Conference Against U.S. Policies",
            "Guatemala City",
            "country/gtm",
            "2023-02",
            EventType.ACCUSE,
        ),
        ("Asylum Seekers Turned Away", "San Salvador", "country/slv", "2023-03", EventType.REJECT),
    }


def test_roles_with_their_words() -> None:
    found = {
        (c.subject, c.predicate, name(c.object), e.quote, c.confidence < 0.8)
        for c in article().claims
        if c.predicate in ("holdsPost", "formerlyHeldPost")
        for e in c.evidence
    }
    senator, president = "United States Senator for Florida", "President of the United States"
    assert found == {
        ("person/marco-rubio", "holdsPost", senator, "Senator Marco Rubio", False),
        ("person/marco-rubio", "holdsPost", senator, "the senator hopes", False),
        ("person/donald-trump", "formerlyHeldPost", president, "former President Donald Trump", False),
        ("person/donald-trump", "holdsPost", president, "President Trump", True),
    }


def test_what_policymakers_are_advised_to_do() -> None:
    advised = claims("group/us-policymakers", "implements", Modality.RECOMMENDED)
    kinds = {name(c.object): entities()[c.object or ""].concept for c in advised}
    assert {n: (k or "").removeprefix("initiative-kind/") for n, k in kinds.items() if k} == {
        "Cultural exchange initiatives": "exchange",
        "Education programs": "education-programme",
        "Health initiatives": "health-initiative",
        "Increased support for regional organizations": "institutional-support",
        "Intelligence sharing": "intelligence-sharing",
        "Investment summits": "investment-summit",
        "Joint military exercises": "military-exercise",
        "Joint task forces": "task-force",
        "Public-private partnerships": "partnership",
        "Regular high-level bilateral meetings": "dialogue",
        "Trade agreements": "trade-agreement",
    }


def test_actions_and_expected_outcomes_by_area() -> None:
    areas: dict[str, tuple[set[str], set[str]]] = {}
    for claim in claims(predicate="hasOutcome"):
        if claim.modality_detail is ModalityDetail.EXPECTED:
            assert claim.modality is Modality.HYPOTHETICAL and claim.condition
            (area,) = {c.object or "" for c in claims(claim.subject, "addresses")}
            actions, outcomes = areas.setdefault(area, (set(), set()))
            actions.add(name(claim.subject))
            outcomes.add(name(claim.object))
    assert areas == {
        "topic/economic-collaboration": (
            {"Investment summits", "Trade agreements"},
            {"Enhanced economic ties", "Increased investment"},
        ),
        "topic/security-cooperation": (
            {"Joint military exercises", "Intelligence sharing"},
            {"Improved security and stability in the region"},
        ),
        "topic/social-development": (
            {"Education programs", "Health initiatives"},
            {"Stronger communities", "Reduced poverty"},
        ),
    }


def test_conditions_lead_to_advice() -> None:
    by_key = {c.key: c for c in article().claims}
    for claim in article().claims:
        for key in claim.condition:
            assert by_key[key].modality is Modality.RECOMMENDED
            assert by_key[key].object == claim.subject


def test_possible_effects_of_immigration_policy() -> None:
    found = [
        c
        for c in claims(predicate="hasOutcome", modality=Modality.HYPOTHETICAL)
        if entities()[c.subject].type is EntityType.POLICY
    ]
    assert {c.subject for c in found} == {"policy/usa-immigration-policy"}
    assert {c.confidence for c in found} == {0.8}
    assert sorted(name(c.object) for c in found) == [
        "A more cohesive block that challenges U.S. policies",
        "Increased Tensions",
        "Trade relations suffer",
    ]


def test_the_one_denial_and_who_makes_it() -> None:
    (claim,) = claims(modality=Modality.DENIED)
    assert (claim.subject, claim.predicate, name(claim.object)) == (
        "government/usa",
        "supports",
        "Isolationist policies",
    )
    assert claim.attribution and claim.attribution.entity == "person/marco-rubio"
    (evidence,) = claim.evidence
    assert evidence.quote.startswith("His visits are") and evidence.quote.endswith("isolationist policies")


def test_countries_that_claims_are_about() -> None:
    mentioned = {local for c in article().claims for local in (c.subject, c.object or "")}
    places = {e.place.entity for e in article().events if e.place}
    countries = {entities()[local].country for local in mentioned | places if local in entities()}
    assert countries - {None} == {"USA", "MEX", "GTM", "SLV", "HND"}


def test_border_walls_with_exact_words() -> None:
    (claim,) = [c for c in claims("administration/usa-trump") if c.object == "policy/usa-border-wall-construction"]
    assert claim.predicate == "implements" and claim.modality is Modality.ASSERTED
    assert [(e.start, e.end) for e in claim.evidence] == [(2826, 2942)]


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "modality"),
    [
        ("government/usa", "faces", "topic/migration", Modality.ASSERTED),
        ("government/mex", "faces", "topic/economy", Modality.ASSERTED),
        ("government/gtm", "isEngagedIn", "topic/migration", Modality.ASSERTED),
        ("government/hnd", "isEngagedIn", "topic/migration", Modality.ASSERTED),
        ("person/donald-trump", "prioritises", "topic/border-security", Modality.ASSERTED),
        ("person/donald-trump", "prioritises", "topic/immigration-reform", Modality.ASSERTED),
        ("group/latin-american-leaders", "isConcernedAbout", "policy/usa-border-wall-construction", Modality.ASSERTED),
        ("group/latin-american-leaders", "isConcernedAbout", "policy/usa-asylum-protocol", Modality.ASSERTED),
        ("group/latin-american-leaders", "retaliatesAgainst", "government/usa", Modality.HYPOTHETICAL),
        ("administration/usa-trump", "implements", "policy/usa-immigration-policy", Modality.ASSERTED),
    ],
)
def test_statements_of_running_text(subject: str, predicate: str, object_: str, modality: Modality) -> None:
    assert (object_, modality) in {(c.object, c.modality) for c in claims(subject, predicate)}


def test_no_wrong_people_and_places() -> None:
    by_type: dict[EntityType, set[str]] = {}
    for entity in article().entities:
        if entity.mentions:
            by_type.setdefault(entity.type, set()).add(entity.id)
    assert by_type[EntityType.PERSON] == {"person/marco-rubio", "person/donald-trump"}
    assert by_type[EntityType.REGION] == {"region/latin-america", "region/central-america"}
    assert by_type[EntityType.POPULATED_PLACE] == {
        "place/tijuana-mex",
        "place/san-salvador-slv",
        "place/guatemala-city-gtm",
    }
    assert by_type[EntityType.GOVERNMENT] == {f"government/{c}" for c in ("usa", "mex", "gtm", "hnd")}
    assert by_type[EntityType.COUNTRY] <= {f"country/{c}" for c in ("usa", "mex", "gtm", "slv")}
    assert by_type[EntityType.ADMINISTRATION] == {"administration/usa-trump"}
    assert EntityType.ORGANISATION not in by_type and EntityType.GOVERNMENT_BODY not in by_type


def test_every_span_is_cut_from_the_text() -> None:
    text = article().document.text
    spans = [e for c in article().claims for e in c.evidence]
    spans += [m.span for e in article().entities for m in e.mentions]
    spans += [s for r in article().rows for _, s in r.cells] + [s for i in article().items for s in i.evidence]
    spans += [s for e in article().events for s in e.evidence] + [t.span for t in article().topics]
    assert len(spans) > 200 and all(text[s.start : s.end] == s.quote for s in spans)


def test_every_claim_names_entities_that_are_handed_on() -> None:
    for claim in article().claims:
        assert claim.subject in entities()
        assert claim.object_is_concept or claim.object in entities()
        assert not entities()[claim.subject].type.is_place


def test_the_records_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from policygraph.extraction import extract; from policygraph.importing.reference import load_reference;"
        "from policygraph.reading import read; import hashlib;"
        f"print(hashlib.sha256(repr(extract(read({str(ARTICLE)!r}), load_reference())).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT / "src",
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
        ).stdout
        for seed in ("1", "77")
    }
    assert len(made) == 1
