"""Tables fit the terminal: side by side, wrapped, or one record below the other."""

from __future__ import annotations

import pytest

from policygraph.cli.tables import show
from policygraph.iris import IRI
from policygraph.table import Table

QUOTE = "The minister said that the river belongs to nobody and to everybody, and that the dam would be built. " * 2
RANKS = Table(
    ("actor", "type", "degree", "degree_rank", "degree_low", "degree_high", "iri"),
    [("Government of Brazil", "InternationalOrganisation", 12.0, 1, 3.0, 12.5, IRI("https://example.org/brazil"))],
    title="Ranks",
)


def drawn(table: Table, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    show(table)
    out = capsys.readouterr().out
    assert all(len(line.rstrip()) <= width for line in out.splitlines())
    return out


def test_all_columns_where_there_is_room(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = drawn(RANKS, 160, monkeypatch, capsys)
    assert "https://example.org/brazil" in out
    assert "International Organisation" in out
    assert "3 – 12.5" in out


def test_addresses_go_first(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = drawn(RANKS, 100, monkeypatch, capsys)
    assert "example.org" not in out
    assert "Government of Brazil" in out


def test_then_cells_are_wrapped_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = drawn(RANKS, 60, monkeypatch, capsys)
    assert "3 – 12.5" in out, "numbers stay whole"
    assert {"Government", "Brazil", "Organisation"} <= {word for line in out.splitlines() for word in line.split()}


@pytest.mark.parametrize("width", [40, 80])
def test_many_columns_become_records(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = tuple(f"attribute{i}" for i in range(12))
    table = Table((*columns, "quote"), [("Ana", *range(11), QUOTE), ("Ivo", *[None] * 11, None)])
    out = drawn(table, width, monkeypatch, capsys)
    assert "1. Ana" in out
    assert "2. Ivo" in out
    assert out.count("attribute5") == 1, "what is empty is left out"
    assert QUOTE.split() == out[out.index("The minister") : out.index("2. Ivo")].split()


def test_numbers_are_plain(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = drawn(Table(("n",), [(1_234_567.0,), (0.000012345,), (1234.56,)]), 80, monkeypatch, capsys)
    assert [line.split("│")[1].strip() for line in out.splitlines() if "│" in line] == [
        "1234567",
        "1.234e-05",
        "1234.6",
    ]
