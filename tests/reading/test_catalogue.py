"""The catalogue of sources and each way it can be wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from policygraph.errors import DataError
from policygraph.reading import read_catalogue

HEADER = "file,title,publisher,published,url,language,author,licence\n"


def test_a_catalogue_gives_what_is_known_and_none_for_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "sources.csv"
    file.write_text(
        HEADER + 'a.txt,"Talks, again",Gazette,2024-02-29,https://example.org/a,pt-BR,A. Poe,\n\nweb/b.html,,,,,,,\n',
        encoding="utf-8-sig",
    )
    found = read_catalogue(file)
    assert list(found) == ["a.txt", "web/b.html"]
    assert found["a.txt"].title == "Talks, again"
    assert found["a.txt"].published == dt.date(2024, 2, 29)
    assert found["a.txt"].licence is None
    assert found["web/b.html"].title is None


def test_columns_may_be_left_out_and_stand_in_any_order(tmp_path: Path) -> None:
    file = tmp_path / "sources.csv"
    file.write_text("published,file\n2024-02-29,a.txt\n")
    found = read_catalogue(file)["a.txt"]
    assert (found.published, found.title, found.url) == (dt.date(2024, 2, 29), None, None)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "misses file"),
        ("title,published\n", 1, "misses file"),
        ("file,title,title\n", 1, "has title twice"),
        (HEADER.replace("author", "autor"), 1, "'autor'"),
        (HEADER + "a.txt,,,,,,\n", 2, "7 cells"),
        (HEADER + "a.txt,,,2024-13-01,,,,\n", 2, "no day"),
        (HEADER + "a.txt,,,May 2024,,,,\n", 2, "no day"),
        (HEADER + "a.txt,,,,ftp://x,,,\n", 2, "http"),
        (HEADER + "a.txt,,,,,english language,,\n", 2, "language"),
        (HEADER + ",Talks,,,,,,\n", 2, "'file' is empty"),
        (HEADER + "a.txt,,,,,,,\nb.txt,,,,,,,\na.txt,,,,,,,\n", 4, "twice"),
        (HEADER + 'a.txt,"open,,,,,,\n', 2, "not a CSV row"),
    ],
)
def test_a_wrong_catalogue_is_refused_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    file = tmp_path / "sources.csv"
    file.write_text(text)
    with pytest.raises(DataError, match=words) as caught:
        read_catalogue(file)
    assert caught.value.where == f"{file}:{line}"


def test_a_catalogue_that_is_missing_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_catalogue(tmp_path / "none.csv")
    file = tmp_path / "sources.csv"
    file.write_bytes((HEADER + "ä.txt,,,,,,,\n").encode("latin-1"))
    with pytest.raises(DataError, match="UTF-8"):
        read_catalogue(file)
