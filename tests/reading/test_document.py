"""Documents from files: the demo article, formats, and files that are no articles."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from policygraph.errors import MissingExtraError, SourceError
from policygraph.reading import MAX_BYTES, read, read_bytes
from policygraph.records import BlockKind, Document, SourceInfo

ARTICLE = Path(__file__).parents[2] / "data" / "articles" / "rubio-latin-america.txt"

PAGE = """<!doctype html><html lang="en"><head><title>Ministers meet in Lima</title>
<meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2024-05-02T08:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ministers meet in Lima</h1>
<p>The foreign ministers of Peru and Chile met in Lima on Thursday to speak about the border, officials of both
countries said after the talks. They agreed to meet again in the autumn.</p>
<p>The two sides have been at odds since a dispute about fishing grounds began, and neither has given ground.</p>
<table><tr><th>Plan</th><th>Aim</th></tr><tr><td>Joint patrols</td><td>Fewer clashes at sea</td></tr></table>
<p>A second round of talks, which is to deal with trade, has been planned for the end of the year.</p>
</article><footer>All rights reserved</footer></body></html>"""


def of(text: str, name: str = "note.txt") -> Document:
    return read_bytes(text.encode(), name)


def test_the_demo_article_keeps_its_identity_and_structure() -> None:
    document = read(ARTICLE)
    assert document.id == "dda66c4ed79506b4"
    assert document.sha256 == hashlib.sha256(ARTICLE.read_bytes()).hexdigest()
    assert len(document.text) == 6871
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW]
    assert [(b.group, b.row) for b in rows] == [(t, r) for t in range(3) for r in range(4)]
    items = [b for b in document.blocks if b.kind is BlockKind.ITEM]
    assert [(b.group, b.row) for b in items] == [
        *((0, i) for i in range(3)),
        *((1, i) for i in range(3)),
        *((2, i) for i in range(4)),
    ]
    assert sum(b.kind is BlockKind.HEADING for b in document.blocks) == 4
    assert document.warnings == ()


def test_every_list_and_table_of_the_demo_article_names_its_lead() -> None:
    document = read(ARTICLE)
    for block in document.blocks:
        if block.group is not None:
            assert block.lead is not None
            assert document.blocks[block.lead].span.quote.endswith(":")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_the_same_document_in_every_encoding_it_can_be_read_in(encoding: str) -> None:
    text = "Talks in São Paulo went on. No date was set."
    document = read_bytes(text.encode(encoding), "note.txt")
    assert document.text == text
    assert document.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_line_ends_are_kept_as_they_are() -> None:
    document = of("Old border line\r\n\r\nThe talks failed.\rNobody left.")
    assert "\r\n\r\n" in document.text
    assert [s.span.quote for s in document.sentences] == ["Old border line", "The talks failed.", "Nobody left."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no text"),
        (b" \n\t\r\n ", "no text"),
        (b"%PDF-1.7 \x00\x01", "a PDF"),
        (b"PK\x03\x04\x14\x00", "zip archive"),
        (b"text with a \x00 in it", "control characters"),
        (bytes(range(1, 32)) * 9, "control characters"),
        ("Grüße aus Köln".encode("latin-1"), "byte 2 is 0xfc"),
        (b"\xff\xfeA\x00B", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(data)
    with pytest.raises(SourceError, match=words) as caught:
        read(file)
    assert caught.value.where == str(file)
    assert caught.value.hint


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(SourceError, match="cannot be read"):
            read(path)


def test_twenty_megabytes_are_read_and_more_than_the_limit_is_refused() -> None:
    sentence = "The envoys of both countries met again in the capital and spoke about trade and the border. "
    big = (sentence * 50 + "\n").encode() * (20_000_000 // (50 * len(sentence)) + 1)
    document = read_bytes(big, "big.txt")
    assert len(document.text) >= 20_000_000
    assert len(document.sentences) == len(document.blocks) * 50
    with pytest.raises(SourceError, match=f"{MAX_BYTES:,}"):
        read_bytes(b"a" * (MAX_BYTES + 1), "huge.txt")


def test_a_top_heading_is_the_title_unless_one_is_known() -> None:
    text = "# Talks in Lima\nThe ministers met."
    assert of(text).title == "Talks in Lima"
    assert read_bytes(text.encode(), "n.md", SourceInfo(title="Known")).title == "Known"
    assert of("Talks in Lima\nThe ministers met.").title == "note.txt"


def test_a_web_page_gives_its_main_text_tables_and_description() -> None:
    document = read_bytes(PAGE.encode(), "page.html")
    assert "Home" not in document.text
    assert "All rights" not in document.text
    assert "They agreed to meet again in the autumn." in [s.span.quote for s in document.sentences]
    rows = [[c.quote for c in b.cells] for b in document.blocks if b.kind is BlockKind.ROW]
    assert rows == [["Plan", "Aim"], ["Joint patrols", "Fewer clashes at sea"]]
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    assert document.info.publisher == "Harbour Gazette"
    assert str(document.info.published) == "2024-05-02"
    assert (document.title, document.info.language) == ("Ministers meet in Lima", "en")


def test_what_the_catalogue_knows_stands_before_what_a_page_says() -> None:
    document = read_bytes(PAGE.encode(), "page.html", SourceInfo(title="Own title"))
    assert document.title == "Own title"
    assert document.info.publisher == "Harbour Gazette"


def test_a_page_in_an_older_encoding_is_read_as_it_says() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("in Lima on", "in Bogotá on")
    assert "Bogotá" in read_bytes(page.encode("cp1252"), "page.html").text
    with pytest.raises(SourceError, match="encoding"):
        read_bytes(page.replace("windows-1252", "no-such").encode("cp1252"), "page.html")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<!doctype html><html></html>",
        "<html>",
        "<html><body><nav>Home News</nav><script>1</script></body></html>",
    ],
)
def test_a_page_without_main_text_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match="no main text"):
        read_bytes(page.encode(), "page.html")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"policygraph\[html\]"):
        read_bytes(PAGE.encode(), "page.html")
