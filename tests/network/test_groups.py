"""Tables of communities, brokers, friends and foes, and the summary."""

from __future__ import annotations

from policygraph.graph.store import EmbeddedStore
from policygraph.network import project


def test_communities_table(small: EmbeddedStore) -> None:
    table = project(small).communities(runs=3)
    groups: dict[int, set[str]] = {}
    for row in table:
        groups.setdefault(row["community"], set()).add(row["actor"])
    assert {"Ana Costa", "Luis Prado"} in groups.values()
    assert "modularity" in table.note
    assert [r["community"] for r in table] == sorted(r["community"] for r in table)


def test_brokers_by_country_type_and_bloc(small: EmbeddedStore) -> None:
    network = project(small)
    rows = {r["actor"]: r for r in network.brokers()}
    assert rows["Government of Chile"]["total"] == 0, "the workers have no country"
    by_type = {r["actor"]: r for r in network.brokers("type")}
    assert by_type["Government of Chile"]["gatekeeper"] == 1
    bloc = {r["actor"]: r for r in network.brokers({"CHL": "south", "Dam workers": "labour", "ARG": "north"})}
    assert bloc["Government of Chile"]["liaison"] == 1
    assert rows["Ana Costa"]["constraint"] == 1.0


def test_signed_table_and_summary(small: EmbeddedStore) -> None:
    network = project(small)
    rows = {r["actor"]: r for r in network.signed()}
    assert (rows["Government of Chile"]["negative_out"], rows["Government of Chile"]["negative_in"]) == (2.0, 1.0)
    assert rows["Government of Argentina"]["positive_in"] == 2.0
    assert "no structural balance" in network.signed().note
    summary = {r["measure"]: r for r in network.summary()}
    assert summary["nodes"]["value"] == 6
    assert summary["structural_balance"]["value"] is None
    assert "signed_degree" in summary["structural_balance"]["remark"]
    assert all(r["value"] is None for r in project(small, modality="hypothetical").summary().__iter__() if r["remark"])
