"""What each strategy merges and keeps apart, on events in a real store."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.errors import DataError, UnknownNameError, UsageError
from policygraph.incidents import strategies, strategy
from policygraph.incidents.strategies import LEVELS, load_strategies
from policygraph.vocabulary import EventType
from tests.incidents.coded import event, graph, groups, merged

FILE = Path(__file__).parents[2] / "src/policygraph/incidents/strategies.toml"


def test_exact_takes_only_what_is_equal() -> None:
    store = graph(
        event("a", at="Kyiv"),
        event("b", at="Kyiv"),
        event("c", at="Odesa"),
        event("d", at="Kyiv", day="2024-03-06"),
        event("e", at="Kyiv", mode="drone"),
    )
    assert groups(store, "exact") == [["a", "b"], ["c"], ["d"], ["e"]]


def test_one_a_day_ignores_place_and_mode_but_not_direction() -> None:
    store = graph(event("a", at="Kyiv"), event("b", at="Odesa", mode="drone"), event("c", "UKR", "RUS"))
    assert groups(store, "one-a-day") == [["a", "b"], ["c"]]


def test_dyad_day_reaches_so_many_days_and_no_chain() -> None:
    days = [event(name, day=f"2024-03-0{at}") for at, name in enumerate("abcd", 1)]
    assert groups(graph(*days), "dyad-day") == [["a", "b"], ["c", "d"]]
    assert groups(graph(*days), "dyad-day", 2) == [["a", "b", "c"], ["d"]]


def test_story_takes_one_text_whatever_the_day() -> None:
    url = "https://paper.example/one"
    store = graph(
        event("a", url=url),
        event("b", "UKR", "RUS", day="2024-03-20", url=url + "?utm_source=x"),
        event("c", url="https://other.example/two"),
        event("d", kind=EventType.ACCUSE, url=url),
    )
    assert groups(store, "story") == [["a", "b"], ["c"], ["d"]]


def test_near_takes_other_codings_of_one_event() -> None:
    store = graph(
        event("a", at="Kyiv", mode="drone"),
        event("b", at="Kyiv", mode="aerial", day="2024-03-06", dataset="acled"),
        event("c", at="Brovary", mode="drone"),
        event("d", at="Odesa", mode="drone"),
        event("e", "PER", "CHL", EventType.CONSULT, at="Lima"),
    )
    found = groups(store)
    assert ["d"] in found
    assert ["e"] in found
    assert any({"a", "b"} <= set(group) for group in found)


@pytest.mark.parametrize("other", [{"kind": EventType.AID}, {"whom": "POL"}, {"day": "2024-03-15"}])
def test_near_never_takes_the_opposite_another_pair_or_another_week(other: dict[str, object]) -> None:
    story = "https://paper.example/one"
    store = graph(event("a", at="Kyiv", url=story), event("b", at="Kyiv", url=story, **other))  # type: ignore[arg-type]
    assert groups(store) == [["a"], ["b"]]


@pytest.mark.parametrize("name", list(strategies()))
def test_every_event_is_in_one_incident_and_no_report_is_lost(name: str) -> None:
    events = [event(f"e{n}", day=f"2024-03-0{n % 5 + 1}", at=("Kyiv", "Odesa", None)[n % 3]) for n in range(30)]
    store = graph(*events)
    found = merged(store, name).incidents
    ids = [e for incident in found for e in incident.events]
    assert len(ids) == len(set(ids))
    assert {r for incident in found for r in incident.reports} >= {f"paper-{e.id}.example/{e.id}" for e in events}
    for incident in found:
        assert incident.main in incident.events


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["RUS", "UKR", ""]),
        st.sampled_from(["RUS", "UKR", ""]),
        st.sampled_from([EventType.ASSAULT, EventType.COERCE, EventType.AID]),
        st.integers(1, 6),
        st.sampled_from(["Kyiv", "Brovary", None]),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None)
@given(EVENTS, st.sampled_from(list(strategies())), st.randoms())
def test_the_order_of_the_data_changes_nothing(rows: list[tuple], name: str, rng: object) -> None:  # type: ignore[type-arg]
    events = [event(f"e{n}", a, b, kind, f"2024-03-0{day}", at=at) for n, (a, b, kind, day, at) in enumerate(rows)]
    straight = merged(graph(*events), name)
    rng.shuffle(events)  # type: ignore[attr-defined]
    assert merged(graph(*events), name) == straight


def test_wrong_names_and_days_are_told() -> None:
    with pytest.raises(UnknownNameError, match="dyad-day"):
        strategy("dyad-days")
    with pytest.raises(UsageError, match="no further days"):
        strategy("exact", 2)
    with pytest.raises(UsageError, match="99 days"):
        strategy("near", 99)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('method = "odds"', 'method = "luck"'), "'luck' is no method"),
        (('"type", "dyad"]', '"colour"]'), "'colour' is no part of a key"),
        (("unlinked =", "unheard ="), "'unheard' is no level of side"),
        (('["agree", "consult"]', '["agree", "consul"]'), "'consul' is no type"),
        ((re.search(r"abroad = .*\n", FILE.read_text()).group(), ""), "'abroad' of 'place' has no weight"),  # type: ignore[union-attr]
        (("[near]\nversion = ", "[near]\nrevision = "), "lacks 'version'"),
        (("[near]", "[near"), "cannot be read"),
    ],
)
def test_a_wrong_file_of_strategies_is_refused(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    path = tmp_path / "strategies.toml"
    path.write_text(FILE.read_text().replace(*change))
    with pytest.raises(DataError, match=re.escape(words)):
        load_strategies(path)


def test_weights_are_there_for_every_level() -> None:
    weights = strategy("near").weights
    assert {part: set(levels) for part, levels in weights.items()} == {p: set(ls) for p, ls in LEVELS.items()}
